"""Rows of a draft or of a plan turned into anchors, by which decisions about them are found again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import get_args

from normalize.draft import Row
from normalize.text import squeeze
from schema.decisions import Place, RowAnchor
from schema.decree import Field
from schema.plan import Plan, Schedule
from schema.provenance import SourceRef
from schema.roles import TEXT_ROLES, FieldName

# The texts that tell a row from others, and among them those whose place is the row's own.
TOLD_BY: tuple[FieldName, ...] = ("area", "component", *TEXT_ROLES)
_OWN: tuple[FieldName, ...] = (
    *("action", "indicator", "evidence", "responsible"),
    *("area", "area_no", "component", "component_no"),
)
AREA: tuple[FieldName, ...] = ("area_no", "area")
_SHARED = frozenset({"filled", "inferred"})  # texts that are another row's
SCHEDULE = "schedule"
EXTRA = "extra"
ROW_FIELDS = frozenset({*get_args(FieldName), SCHEDULE, EXTRA})


@dataclass(frozen=True, slots=True)
class RowView:
    """What decisions look at in a row, of a draft or of a plan; `line` is a transcribed row's own."""

    fields: Mapping[FieldName, Field]
    schedule: Schedule | None
    extra: tuple[Field, ...]
    area: int | None
    ref: SourceRef | None
    line: int | None = None

    @classmethod
    def of_row(cls, row: Row) -> RowView:
        """Return the view of a draft's row."""
        titled = row.kind == "area"
        fields = {name: v for name, v in row.fields.items() if (name in AREA) == titled}
        return cls(
            fields, row.schedule, tuple(v for _, v in row.extra), row.area_number, row.ref, row.ref.line
        )

    def value(self, field: str, place: Place | None = None) -> Field | None:
        """Return a text of the row; of its further columns the one at a place."""
        if field == EXTRA:
            return next((v for v in self.extra if place in [Place.of(ref) for ref in v.refs]), None)
        return next((value for name, value in self.fields.items() if name == field), None)

    def place(self, field: str = "") -> Place:
        """Return the first place of a field, of the row where the field has none."""
        if field == SCHEDULE and self.schedule is not None:
            refs = [p.ref for p in self.schedule.periods if p.ref] or list(self.schedule.refs)
            return Place.of(refs[0]) if refs else self.own_place()
        value = self.value(field)
        return Place.of(value.refs[0]) if value is not None and value.refs else self.own_place()

    def own_place(self) -> Place:
        """Return the row's line, or on a page the place of its first text or mark that no other row shares."""
        if self.line is not None:
            return Place(line=self.line)
        found = (self.fields[name] for name in _OWN if name in self.fields)
        refs = [value.refs[0] for value in found if value.refs and value.status not in _SHARED]
        periods = self.schedule.periods if self.schedule is not None else ()
        refs += [period.ref for period in periods if period.ref is not None]
        return Place.of(next(iter(refs), self.ref))

    def printed(self, field: str, place: Place | None = None) -> str:
        """Return what was read in a field: its text, or the states of a schedule's periods and its words."""
        if field == SCHEDULE:
            return reading_of(self.schedule)
        value = self.value(field, place)
        return value.printed if value is not None else ""


def views_of(plan: Plan) -> Iterator[RowView]:
    """Yield the view of each action of a plan."""
    for item in plan.placed():
        action = item.action
        fields: dict[FieldName, Field] = {
            "component_no": item.component.number,
            "component": item.component.name,
            **{name: getattr(action, name) for name in TEXT_ROLES},
        }
        extra = tuple(one.field for one in action.extra)
        refs = (ref for name in TEXT_ROLES for ref in fields[name].refs)
        yield RowView(fields, action.schedule, extra, item.area.number, next(refs, None), action.line)


def area_views(plan: Plan) -> Iterator[RowView]:
    """Yield the view of each area's title."""
    for area in plan.areas:
        fields: dict[FieldName, Field] = {"area_no": area.label, "area": area.name}
        ref = next(iter((*area.name.refs, *area.label.refs)), None)
        yield RowView(fields, None, (), area.number, ref, ref.line if ref is not None else None)


def anchors_of(views: Sequence[RowView]) -> list[RowAnchor]:
    """Return the anchor of each row; the rows are in the order of print."""
    actions = [squeeze(_printed(view, "action")) for view in views]
    around = zip(views, ["", *actions], [*actions[1:], ""], strict=False)
    return [
        RowAnchor(
            place=view.own_place(),
            area=view.area,
            texts={name: squeeze(_printed(view, name)) for name in TOLD_BY if name in view.fields},
            above=above,
            below=below,
        )
        for view, above, below in around
    ]


def _printed(view: RowView, name: FieldName) -> str:
    value = view.fields.get(name)
    return "" if value is None else value.printed or value.text


def reading_of(schedule: Schedule | None) -> str:
    """Return what a schedule's cells show, as `3;6?;9`: the planned periods, and with `?` those that are not sure."""
    if schedule is None:
        return ""
    signs = {"planned": "", "unknown": "?", "covered": "?"}
    shown = [f"{p.period}{signs[p.state]}" for p in schedule.periods if p.state in signs]
    return squeeze(" ".join([";".join(shown), schedule.text.printed or schedule.printed]))
