"""A plan -> what waits for a person, in groups: one for each decision, however many findings ask and rows share the value."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import takewhile

from normalize.decisions.anchors import AREA, EXTRA, ROW_FIELDS, SCHEDULE, area_views, views_of
from normalize.decisions.preamble import part_of
from schema.decisions import Place, Subject
from schema.findings import Finding
from schema.plan import Placed, Plan

LABEL = ("component_no", "component")
_JOIN = "row-join-doubtful"
_ONE_ROW = frozenset({"action-fragment", "rows-not-ruled"})  # whether a row is one with another, or several


@dataclass(frozen=True, slots=True)
class Waiting:
    """What one decision is about: a value, by its field, and the rows (numbers among the plan's) that share it."""

    subject: Subject
    field: str
    rows: tuple[int, ...]
    findings: list[Finding]


def waiting_of(plan: Plan) -> tuple[Waiting, ...]:
    """Return what waits in a plan, in the order of print; what is about the whole decree comes first."""
    return _Doubts(plan).groups()


class _Doubts:
    """The rows of a plan and the doubts about them."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.items: list[Placed] = list(plan.placed())
        self.views = list(views_of(plan))
        self.areas = list(area_views(plan))
        self.numbers = {item.action.action_id: n for n, item in enumerate(self.items)}

    def groups(self) -> tuple[Waiting, ...]:
        groups: dict[object, Waiting] = {}
        for finding in self.plan.findings:
            if finding.severity == "review":
                key, group = self._group(finding)
                groups.setdefault(key, group).findings.append(finding)
        return tuple(sorted(groups.values(), key=lambda group: group.rows[:1] or (-1,)))

    def _group(self, finding: Finding) -> tuple[object, Waiting]:
        """Return what a finding asks about, and a key that is equal for those that ask about the same."""
        n = self._row_of(finding)
        field = finding.field or ""
        if n is not None and finding.code == _JOIN:
            rows = self._joined(n)
            return ("join", rows), Waiting("join", "", rows, [])
        if n is not None and finding.code in _ONE_ROW:
            return ("join", (n,)), Waiting("join", "", (n,), [])
        if n is not None and field in ROW_FIELDS:
            rows = self._sharing(n, field, finding)
            place = Place.of(finding.ref) if field == EXTRA else None
            return ("row", field, rows, str(place)), Waiting("row", field, rows, [])
        area = None if finding.action_id else self._area_of(finding)
        if area is not None:
            return ("area", field, area), Waiting("area", field, (area,), [])
        if finding.action_id is None and part_of(self.plan.head, field) is not None:
            return ("preamble", field), Waiting("preamble", field, (), [])
        key = ("finding", finding.code, str(Place.of(finding.ref)), finding.raw)
        return key, Waiting("finding", field, () if n is None else (n,), [])

    def _row_of(self, finding: Finding) -> int | None:
        """Return the row that a finding is about: its action's, else the first whose value is at its place."""
        if finding.action_id is not None:
            return self.numbers.get(finding.action_id)
        field = finding.field or ""
        if finding.ref is None or field not in ROW_FIELDS:
            return None
        for n, view in enumerate(self.views):
            value = view.value(field, Place.of(finding.ref))
            if value is not None and finding.ref in value.refs:
                return n
        return None

    def _area_of(self, finding: Finding) -> int | None:
        """Return the area whose title a finding is about."""
        for n, view in enumerate(self.areas):
            value = view.value(finding.field or "")
            if value is not None and finding.ref in value.refs:
                return n
        return None

    def _joined(self, n: int) -> tuple[int, ...]:
        """Return the two rows that may be one, of which a doubt is on one or on both."""
        asks = {self.numbers.get(f.action_id or "") for f in self.plan.findings if f.code == _JOIN}
        upper = n if n + 1 in asks and n - 1 not in asks else n - 1 if n else n
        return (upper, upper + 1) if upper + 1 < len(self.items) else (upper,)

    def _sharing(self, n: int, field: str, finding: Finding) -> tuple[int, ...]:
        """Return the rows that share a value: those of a component, of a merged cell, or filled in the same way."""
        if field in LABEL:
            return self._run(n, lambda m: self.items[m].component == self.items[n].component)
        if field in AREA:
            return self._run(n, lambda m: self.views[m].area == self.views[n].area)
        value = self.views[n].value(field, Place.of(finding.ref))
        if value is None or field in (SCHEDULE, EXTRA):
            return (n,)

        def same(m: int) -> bool:
            other = self.views[m].value(field)
            if other is None or other.text != value.text or self.views[m].area != self.views[n].area:
                return False
            unprinted = not value.printed and not other.printed and value.status == other.status == "inferred"
            return other.refs == value.refs or unprinted

        return self._run(n, same)

    def _run(self, n: int, same: Callable[[int], bool]) -> tuple[int, ...]:
        """Return the rows around one that are the same in something."""
        before = takewhile(same, range(n - 1, -1, -1))
        after = takewhile(same, range(n, len(self.items)))
        return (*reversed(list(before)), *after)
