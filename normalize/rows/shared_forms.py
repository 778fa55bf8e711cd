"""The forms of all headers made alike: what one page's header or contents say holds for the other pages as well."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TypeAlias

from rapidfuzz import fuzz

from extract.types import Grid
from normalize.facts import Fact, fact
from normalize.form import Form, HeaderSplit
from normalize.form.column_roles import Evidence, settle
from normalize.form.content import contents_of
from normalize.resources import Resources
from normalize.rows.settings import HEADERS
from normalize.text import fold
from schema.findings import RuleName
from schema.roles import Role

RULE: RuleName = "build-rows"
Split: TypeAlias = tuple[int, Grid, HeaderSplit]  # with the number of the grid
_Roles: TypeAlias = tuple[Role, ...]


def settled(splits: Sequence[Split], resources: Resources) -> list[Split]:
    """Settle the form of each exact header by what all tables with the same columns hold."""
    keys = list(_keys(splits))
    bodies = defaultdict(list)
    for key, (_, _, split) in zip(keys, splits, strict=True):
        bodies[key].append(split.body)
    forms: dict[tuple[Form, _Roles], Form] = {}
    result: list[Split] = []
    for key, (number, grid, split) in zip(keys, splits, strict=True):
        form = split.form
        if form is not None and key is not None:
            if (form, key) not in forms:
                contents = contents_of(bodies[key], len(key), resources.form)
                is_stem, reader = resources.words.lexicon.is_stem, grid.cells[0].ref.reader
                evidence = Evidence(contents, resources.form, resources.official, is_stem, reader)
                forms[form, key] = settle(form, evidence)
            form = forms[form, key]
        result.append((number, grid, replace(split, form=form)))
    return result


def _keys(splits: Sequence[Split]) -> Iterator[_Roles | None]:
    """Yield for each stretch the roles of the header that it is below, `None` where its columns differ."""
    last: _Roles | None = None
    for _, grid, split in splits:
        if split.form is not None:
            by_place = split.form.exact or split.form.placed
            last = split.form.roles if by_place else None
        fits = last is not None and (len(last) == grid.column_count or not grid.exact)
        yield last if fits else None


def named_alike(splits: Sequence[Split]) -> list[Split]:
    """Give the columns of recognised headers the names of an earlier header of the same columns.

    What differs in a few letters is the same name read again (`TWI` for `TW I`).
    """
    first: dict[_Roles, Form] = {}
    named: list[Split] = []
    for number, grid, split in splits:
        form = split.form
        if form is not None and _is_recognised(grid):
            known = first.setdefault(form.roles, form)
            columns = (
                replace(own, name=other.name, head=other.head) if _are_alike(own.name, other.name) else own
                for own, other in zip(form.columns, known.columns, strict=True)
            )
            form = replace(form, columns=tuple(columns))
        named.append((number, grid, replace(split, form=form)))
    return named


def _are_alike(one: str, other: str) -> bool:
    return fuzz.ratio(fold(one), fold(other)) >= HEADERS.alike


def fullest_forms(splits: Sequence[Split]) -> dict[int, tuple[Form, Grid]]:
    """Return, by the number of physical columns, the recognised form that says most of what columns hold."""
    fullest: dict[int, tuple[Form, Grid]] = {}
    for _, grid, split in splits:
        if split.form is None or not split.form.is_plan or not _is_recognised(grid):
            continue
        known = fullest.get(grid.column_count)
        if known is None or _fullness(split.form) > _fullness(known[0]):
            fullest[grid.column_count] = (split.form, grid)
    return fullest


def _fullness(form: Form) -> tuple[int, int]:
    return sum(column.role != "unknown" for column in form.columns), len(form.periods)


def _is_recognised(grid: Grid) -> bool:
    return grid.exact and grid.cells[0].ref.reader == "ocr"


def completed(
    split: HeaderSplit, grid: Grid, fullest: Mapping[int, tuple[Form, Grid]]
) -> tuple[HeaderSplit, Sequence[Fact]]:
    """Give a recognised header that was misread in part what another page's header with the same columns says.

    Their number is the same, each edge is at the same share of the table's width, and most roles that were read agree.
    """
    if split.form is None or not _is_recognised(grid) or grid.column_count not in fullest:
        return split, ()
    form, source = fullest[grid.column_count]
    if _fullness(split.form) >= _fullness(form) or not _same_edges(grid, source):
        return split, ()
    if not _means_alike(split.form, form):
        return split, ()
    first = split.header[0][0]
    taken = fact("form-taken-over", rule=RULE, ref=first.ref, raw=first.text, value=str(source.page))
    return replace(split, form=form, inferred=()), (taken,)


def _means_alike(form: Form, other: Form) -> bool:
    same = [a == b for a, b in zip(form.roles, other.roles, strict=True) if a != "unknown"]
    return 2 * sum(same) > len(same)


def _same_edges(one: Grid, other: Grid) -> bool:
    return all(abs(a - b) <= HEADERS.edge for a, b in zip(_shares(one), _shares(other), strict=True))


def _shares(grid: Grid) -> list[float]:
    left, right = grid.column_edges[0], grid.column_edges[-1]
    return [(edge - left) / max(1.0, right - left) for edge in grid.column_edges]
