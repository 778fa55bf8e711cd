"""A plan -> one card for each decision that waits: what is doubted, where it is, what can be chosen."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import takewhile

from lampiran.review.card import Card, Target
from lampiran.review.options import options_of
from normalize.decisions.anchors import AREA, EXTRA, ROW_FIELDS, SCHEDULE, anchors_of, area_views, views_of
from normalize.decisions.preamble import part_of
from normalize.decisions.schedules import period_type_of
from schema.decisions import Place, Subject
from schema.decree import Field
from schema.findings import Finding
from schema.plan import PeriodType, Placed, Plan

LABEL = ("component_no", "component")
_JOIN = "row-join-doubtful"
_ONE_ROW = frozenset({"action-fragment", "rows-not-ruled"})  # whether a row is one with another, or several


def cards_of(plan: Plan) -> tuple[Card, ...]:
    """Return the cards of all that waits, in the order of print; what is about the whole decree comes first."""
    return _Deck(plan).cards()


@dataclass
class _Group:
    subject: Subject
    field: str
    rows: tuple[int, ...]
    findings: list[Finding]


class _Deck:
    """The rows of a plan and the doubts about them."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.items: list[Placed] = list(plan.placed())
        self.views = list(views_of(plan))
        self.anchors = anchors_of(self.views)
        self.areas = list(area_views(plan))
        self.numbers = {item.action.action_id: n for n, item in enumerate(self.items)}

    def cards(self) -> tuple[Card, ...]:
        groups: dict[object, _Group] = {}
        for finding in self.plan.findings:
            if finding.severity == "review":
                key, group = self._group(finding)
                groups.setdefault(key, group).findings.append(finding)
        ordered = sorted(groups.values(), key=lambda group: group.rows[:1] or (-1,))
        return tuple(self._card(group) for group in ordered)

    def _group(self, finding: Finding) -> tuple[object, _Group]:
        """Return what a finding asks about, and a key that is equal for those that ask about the same."""
        n = self._row_of(finding)
        field = finding.field or ""
        if n is not None and finding.code == _JOIN:
            rows = self._joined(n)
            return ("join", rows), _Group("join", "", rows, [])
        if n is not None and finding.code in _ONE_ROW:
            return ("join", (n,)), _Group("join", "", (n,), [])
        if n is not None and field in ROW_FIELDS:
            rows = self._sharing(n, field, finding)
            place = Place.of(finding.ref) if field == EXTRA else None
            return ("row", field, rows, str(place)), _Group("row", field, rows, [])
        area = None if finding.action_id else self._area_of(finding)
        if area is not None:
            return ("area", field, area), _Group("area", field, (area,), [])
        if finding.action_id is None and part_of(self.plan.head, field) is not None:
            return ("preamble", field), _Group("preamble", field, (), [])
        key = ("finding", finding.code, str(Place.of(finding.ref)), finding.raw)
        return key, _Group("finding", field, () if n is None else (n,), [])

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

    def _card(self, group: _Group) -> Card:
        targets = tuple(self._targets(group))
        seed = "|".join([group.subject, group.field, *(f"{t.place.model_dump_json()}" for t in targets[:1])])
        seed += "|" + "|".join(f.raw or "" for f in group.findings) if group.subject == "finding" else ""
        value = self._value(group)
        kind: PeriodType | None = None
        if group.field == SCHEDULE and group.subject == "row":
            forms = [form.schedule for form in self.plan.forms]
            kind = period_type_of(self.items[group.rows[0]].action.schedule, forms)
        card = Card(
            id=hashlib.sha256(seed.encode("utf-8")).hexdigest()[:12],
            subject=group.subject,
            field=group.field,
            findings=tuple(group.findings),
            targets=targets,
            text=value.text if value is not None else "",
            options=(),
            kind=kind,
        )
        return replace(card, options=options_of(card, value, self.plan, group.rows))

    def _value(self, group: _Group) -> Field | None:
        if group.subject == "preamble":
            return part_of(self.plan.head, group.field)
        if group.subject == "area":
            return self.areas[group.rows[0]].value(group.field)
        if group.subject != "row" or group.field == SCHEDULE:
            return None
        return self.views[group.rows[0]].value(group.field, Place.of(group.findings[0].ref))

    def _targets(self, group: _Group) -> Iterator[Target]:
        first = group.findings[0]
        if group.subject in ("preamble", "finding"):
            value = part_of(self.plan.head, group.field)
            read = value.printed if group.subject == "preamble" and value is not None else first.raw or ""
            place = Place.of(first.ref)
            yield Target(place, read, next(iter(group.rows), None))
            return
        views, anchors = self.views, self.anchors
        if group.subject == "area":
            views, anchors = self.areas, anchors_of(self.areas)
        for n in group.rows:
            view = views[n]
            place = Place.of(first.ref) if group.field == EXTRA else view.place(group.field)
            row = None if group.subject == "area" else n
            yield Target(place, view.printed(group.field, place), row, anchors[n])
