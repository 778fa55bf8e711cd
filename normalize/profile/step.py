"""The forms of all tables held against a profile: what is read by it, and findings of what changed since."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from extract.types import Grid
from normalize.facts import Fact, fact
from normalize.form import Form, HeaderSplit
from normalize.form.model import Column
from normalize.profile.matching import NAMED, Pair, moved
from normalize.profile.pinning import Pinned, pin_form
from schema.findings import RuleName
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
_AnyColumn = ProfileColumn | Column


def pin(splits: Sequence[_Split], profile: Profile | None) -> tuple[list[_Split], list[Fact]]:
    """Return the stretches with the forms that the profile says, and what changed since it, each change once.

    Without a profile nothing changes. A table whose head is none of a plan's is left alone.
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
        yield fact(
            "form-profile-unfit",
            rule=RULE,
            ref=split.header[0][0].ref,
            raw=" | ".join(dict.fromkeys(column.name for column in form.columns if column.name)),
            certainty="ambiguous",
        )


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
        """Return the place of the lowest cell of the head over a column, of the head itself where there is none."""
        cells = [
            cell
            for row in self.split.header
            for cell in row
            if index is not None and cell.column <= index < cell.column + cell.column_span
        ]
        return (cells or [self.split.header[0][0]])[-1].ref

    def _unplaced(self) -> Iterator[Fact]:
        held = {column.role for column in self.form.columns}
        lost = {c.role: c for c in reversed(self.old) if c.role in NAMED and c.role not in held}
        nameless = tuple(dict.fromkeys(c.name for c in self.form.of("unknown") if c.name))
        for column in reversed(lost.values()):
            yield fact(
                "form-role-unplaced",
                rule=RULE,
                ref=self._ref(),
                raw=_whole_name(column),
                value=column.role,
                alternatives=nameless,
                certainty="ambiguous",
            )

    def _missing(self) -> Iterator[Fact]:
        for n in _told(self.old, {pair.old for pair in self.pairs}):
            column = self.old[n]
            if not self._is_other_time(column.role, column.period_type):
                yield fact(
                    "form-column-missing",
                    rule=RULE,
                    ref=self._ref(),
                    raw=_whole_name(column) if n == _first_period(self.old) else column.name,
                    role=column.role,
                )

    def _new(self) -> Iterator[Fact]:
        columns = self.form.columns
        for n in _told(columns, {pair.new for pair in self.pairs}):
            column = columns[n]
            if not self._is_other_time(column.role, column.period_type):
                yield fact(
                    "form-column-new",
                    rule=RULE,
                    ref=self._ref(column.index),
                    raw=_whole_name(column) if n == _first_period(columns) else column.name,
                    value=column.role,
                )

    def _is_other_time(self, role: str, kind: str | None) -> bool:
        """Tell whether a column of time is told of by the change of the schedule as a whole."""
        both = self.form.of("time") and any(c.role == "time" for c in self.old)
        if role != "time" or not both:
            return False
        kinds = {c.period_type for c in self.old if c.role == "time"}
        return kinds.isdisjoint({c.period_type for c in self.form.of("time")}) or kind is None

    def _renamed(self) -> Iterator[Fact]:
        for pair in self.pairs:
            if pair.renamed:
                column = self.form.columns[pair.new]
                yield fact(
                    "form-column-renamed",
                    rule=RULE,
                    ref=self._ref(column.index),
                    raw=self.old[pair.old].name,
                    value=column.name,
                    certainty="probable" if pair.by == "place" else "certain",
                    role=column.role,
                )

    def _moved(self) -> Iterator[Fact]:
        blocks = [self._is_period(self.old[pair.old], pair) for pair in self.pairs]
        for pair in moved(self.pairs, blocks):
            column = self.form.columns[pair.new]
            yield fact(
                "form-column-moved",
                rule=RULE,
                ref=self._ref(column.index),
                raw=_whole_name(self.old[pair.old]),
                value=str(pair.new + 1),
                place=pair.old + 1,
            )

    def _is_period(self, old: ProfileColumn, pair: Pair) -> bool:
        return old.period is not None or self.form.columns[pair.new].period is not None

    def _schedule(self) -> Iterator[Fact]:
        before, now = self.said.schedule, self.form.schedule
        if before is None or before == now:
            return
        first = next(iter(self.form.of("time")), None)
        yield fact(
            "form-schedule-changed",
            rule=RULE,
            ref=self._ref(first.index if first else None),
            field="schedule",
            raw=before,
            value=now,
        )

    def _pinned(self) -> Iterator[Fact]:
        """Report what the profile changed, so that a reading by it can be traced."""
        for pair in self.pairs:
            was, column = self.before.columns[pair.new], self.form.columns[pair.new]
            if (was.role, was.period) != (column.role, column.period):
                yield fact(
                    "form-role-pinned",
                    rule=RULE,
                    ref=self._ref(column.index),
                    raw=column.name,
                    value=column.role,
                    alternatives=(was.role,),
                )


def _told(columns: Sequence[_AnyColumn], paired: set[int]) -> Iterator[int]:
    """Yield the positions of unpaired columns that are told of.

    A name over two columns that stands over one in the other form is no change, and periods of which none is paired
    are told of by their first.
    """
    names = {(columns[n].name, columns[n].role) for n in paired}
    periods = any(columns[n].period is not None for n in paired)
    for n, column in enumerate(columns):
        if n in paired or (column.name, column.role) in names:
            continue
        if column.period is None or periods or n == _first_period(columns):
            yield n


def _first_period(columns: Sequence[_AnyColumn]) -> int | None:
    return next((n for n, column in enumerate(columns) if column.period is not None), None)


def _whole_name(column: _AnyColumn) -> str:
    """Return the name of a column, of one of several periods the name of them all."""
    return column.head[0] if column.period is not None and column.head else column.name
