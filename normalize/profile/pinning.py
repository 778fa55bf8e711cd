"""A Form and the pairs of its columns with a profile's -> the Form with the roles that the profile says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from normalize.form.model import Column, Form
from normalize.profile.matching import NAMED, Pair, match_columns
from normalize.profile.settings import PROFILE
from schema.profile import Profile, ProfileColumn, ProfileForm


@dataclass(frozen=True, slots=True)
class Pinned:
    """A form as it is read, the form of the profile it was compared with, and which column is which.

    `before` is the form as its own header and content settle it.
    """

    form: Form
    before: Form
    profile: ProfileForm
    pairs: tuple[Pair, ...]


def pin_form(form: Form, profile: Profile, *, recognised: bool = False) -> Pinned | None:
    """Compare a form with the most similar form of a profile; `None` where none of its forms fits.

    Half of the profile's columns with a role must be there by their names or roles; for a table that is not a plan by
    its own header, three in four.
    """
    tried = []
    for each in profile.forms:
        pairs = match_columns(each.columns, form.columns, recognised=recognised)
        tried.append((_fit(each, pairs), each, pairs))
    fit, chosen, pairs = max(tried, key=lambda one: one[0])
    if fit < (PROFILE.fits_plan if form.is_plan else PROFILE.fits_table):
        return None
    pinned = _applied(form, chosen, pairs)
    return Pinned(pinned, form, chosen, pairs) if pinned.is_plan else None


def _fit(profile: ProfileForm, pairs: Sequence[Pair]) -> float:
    """Return the share of the profile's columns with a role that are found without looking at places alone."""
    single = [n for n, c in enumerate(profile.columns) if c.period is None]
    named = [n for n in single if profile.columns[n].role in NAMED] or single
    found = {pair.old for pair in pairs if pair.by != "place"}
    return sum(n in found for n in named) / max(1, len(named))


def _applied(form: Form, profile: ProfileForm, pairs: Sequence[Pair]) -> Form:
    given = {pair.new: profile.columns[pair.old] for pair in pairs}
    columns = [_given(c, given[n]) if n in given else c for n, c in enumerate(form.columns)]
    held = {c.role for n, c in enumerate(columns) if n in given}
    heads = {(c.role, c.head) for n, c in enumerate(columns) if n in given}
    columns = [
        _set_aside(c) if n not in given and c.role in held and (c.role, c.head) not in heads else c
        for n, c in enumerate(columns)
    ]
    sectioned = form.sectioned and any(c.role == "component" for c in columns)
    return replace(form, columns=tuple(columns), sectioned=sectioned)


def _given(column: Column, said: ProfileColumn) -> Column:
    """Return a column with what the profile says of it; one that is as it says already is not touched."""
    role = column.role if said.role == "unknown" else said.role
    kind, period = (said.period_type, said.period) if said.period else (column.period_type, column.period)
    if role != "time":
        kind = period = None
    same = (role, kind, period) == (column.role, column.period_type, column.period)
    if same and (column.certainty == "certain" or role == "unknown"):
        return column
    return replace(
        column, role=role, period_type=kind, period=period, certainty="certain", why="profile", rivals=()
    )


def _set_aside(column: Column) -> Column:
    """Return a column whose role another one has, as the profile says: it is kept as a further column."""
    if column.role not in NAMED or column.period is not None:
        return column
    return column.given("extra", "profile")
