"""The forms of all tables compared with a profile: what is read by it, and findings of what changed since."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any, TypeVar

from extract.types import Grid
from normalize.facts import Fact, doubt, fact
from normalize.form import Form, HeaderSplit
from normalize.form.model import Column
from normalize.profile.matching import NAMED, moved
from normalize.profile.pinning import Pinned, pin_form
from schema.findings import RuleName
from schema.plan import TableForm
from schema.profile import Profile, ProfileColumn
from schema.provenance import SourceRef

RULE: RuleName = "pin-form"
CHANGES = (
    "form-profile-unfit",
    "form-role-unplaced",
    "form-column-missing",
    "form-column-renamed",
    "form-column-moved",
    "form-column-new",
    "form-schedule-changed",
    "form-areas-changed",
)

_Split = tuple[int, Grid, HeaderSplit]
_AnyColumn = TypeVar("_AnyColumn", ProfileColumn, Column)


def pin(splits: Sequence[_Split], profile: Profile | None) -> tuple[list[_Split], list[Fact]]:
    """Return the stretches with the forms that the profile says, and what changed since it, each change once.

    Without a profile nothing changes. A table whose header is not a plan's is left alone.
    """
    if profile is None:
        return list(splits), []
    known: dict[tuple[Form, bool], Pinned | None] = {}
    pinned: list[_Split] = []
    found: dict[tuple[str, str | None], Fact] = {}
    for number, grid, split in splits:
        form = split.form
        if form is not None:
            key = (form, split.header[0][0].ref.reader == "ocr")
            if key not in known:
                known[key] = pin_form(form, profile, recognised=key[1])
                for finding in _findings(known[key], split, form):
                    found.setdefault((finding.code, finding.raw), finding)
            held = known[key]
            form = held.form if held else form
        pinned.append((number, grid, replace(split, form=form)))
    return pinned, list(found.values())


def _findings(pinned: Pinned | None, split: HeaderSplit, form: Form) -> Iterator[Fact]:
    if pinned is not None:
        yield from _Report(pinned, split).facts()
    elif form.is_plan:
        names = " | ".join(dict.fromkeys(column.name for column in form.columns if column.name))
        yield doubt("form-profile-unfit", RULE, split.header[0][0].ref, raw=names)


class _Report:
    """What one form has otherwise than its profile."""

    def __init__(self, pinned: Pinned, split: HeaderSplit) -> None:
        self.old = pinned.profile.columns
        self.form = pinned.form
        self.before = pinned.before
        self.said = pinned.profile
        self.pairs = pinned.pairs
        self.split = split

    def facts(self) -> Iterator[Fact]:
        """Yield the changes: what cannot be read first, then columns in the order of print."""
        yield from self._unplaced()
        yield from self._missing()
        yield from self._renamed()
        yield from self._moved()
        yield from self._new()
        yield from self._schedule()
        yield from self._pinned()

    def _ref(self, index: int | None = None) -> SourceRef:
        """Return the place of the lowest cell of the header over a column, or that of the header itself."""
        cells = [
            cell
            for row in self.split.header
            for cell in row
            if index is not None and cell.column <= index < cell.column + cell.column_span
        ]
        return (cells or [self.split.header[0][0]])[-1].ref

    def _of_column(self, code: str, column: Column | None, **said: Any) -> Fact:  # noqa: ANN401 - as for `fact`
        return fact(code, RULE, self._ref(column.index if column else None), **said)

    def _unplaced(self) -> Iterator[Fact]:
        held = {column.role for column in self.form.columns}
        lost = {c.role: c for c in reversed(self.old) if c.role in NAMED and c.role not in held}
        nameless = dict.fromkeys(c.name for c in self.form.of("unknown") if c.name)
        for column in reversed(lost.values()):
            raw, role = _whole_name(column), column.role
            yield doubt("form-role-unplaced", RULE, self._ref(), raw=raw, value=role, alternatives=nameless)

    def _missing(self) -> Iterator[Fact]:
        for column, name in self._told(self.old, {pair.old for pair in self.pairs}):
            yield fact("form-column-missing", RULE, self._ref(), raw=name, role=column.role)

    def _new(self) -> Iterator[Fact]:
        for column, name in self._told(self.form.columns, {pair.new for pair in self.pairs}):
            yield self._of_column("form-column-new", column, raw=name, value=column.role)

    def _told(self, columns: Sequence[_AnyColumn], paired: set[int]) -> Iterator[tuple[_AnyColumn, str]]:
        """Yield the unpaired columns that are told of, and their names.

        A name over two columns that is over one in the other form is not a change. Periods of which none is paired
        are told of by their first, and not at all where the change of the schedule as a whole is told.
        """
        names = {(columns[n].name, columns[n].role) for n in paired}
        periods = any(columns[n].period is not None for n in paired)
        first = next((n for n, column in enumerate(columns) if column.period is not None), None)
        for n, column in enumerate(columns):
            known = n in paired or (column.name, column.role) in names or self._is_other_time(column)
            if not known and (column.period is None or periods or n == first):
                yield column, _whole_name(column) if n == first else column.name

    def _is_other_time(self, column: ProfileColumn | Column) -> bool:
        """Tell whether a column of time is told of by the change of the schedule as a whole."""
        before, now = (
            {c.period_type for c in each if c.role == "time"} for each in (self.old, self.form.columns)
        )
        if column.role != "time" or not before or not now:
            return False
        return before.isdisjoint(now) or column.period_type is None

    def _renamed(self) -> Iterator[Fact]:
        for pair in self.pairs:
            if pair.renamed:
                column, was = self.form.columns[pair.new], self.old[pair.old].name
                grade = "probable" if pair.by == "place" else "certain"
                said = {"raw": was, "value": column.name, "role": column.role}
                yield self._of_column("form-column-renamed", column, certainty=grade, **said)

    def _moved(self) -> Iterator[Fact]:
        both = [(self.old[pair.old], self.form.columns[pair.new]) for pair in self.pairs]
        for pair in moved(self.pairs, [a.period is not None or b.period is not None for a, b in both]):
            said = {"raw": _whole_name(self.old[pair.old]), "value": str(pair.new + 1), "place": pair.old + 1}
            yield self._of_column("form-column-moved", self.form.columns[pair.new], **said)

    def _schedule(self) -> Iterator[Fact]:
        before, now = self.said.schedule, self.form.schedule
        if before is not None and before != now:
            first = next(iter(self.form.of("time")), None)
            yield self._of_column("form-schedule-changed", first, field="schedule", raw=before, value=now)

    def _pinned(self) -> Iterator[Fact]:
        """Report what the profile changed, so that a reading by it can be traced."""
        for pair in self.pairs:
            was, column = self.before.columns[pair.new], self.form.columns[pair.new]
            if (was.role, was.period) != (column.role, column.period):
                said = {"raw": column.name, "value": column.role, "alternatives": (was.role,)}
                yield self._of_column("form-role-pinned", column, **said)


def _whole_name(column: ProfileColumn | Column) -> str:
    """Return the name of a column, of one of several periods the name of them all."""
    return column.head[0] if column.period is not None and column.head else column.name


def area_changes(forms: Sequence[TableForm], profile: Profile | None) -> tuple[Fact, ...]:
    """Return one finding where areas are printed otherwise than in any form of the profile; none where it does not say."""
    said = {form.areas for form in profile.forms if form.areas} if profile else set()
    now = {form.areas for form in forms}
    if not said or now <= said:
        return ()
    raw, value = ", ".join(sorted(said)), ", ".join(sorted(now))
    return (fact("form-areas-changed", RULE, field="area", raw=raw, value=value),)
