"""Turns the rows of one annex page into cells: place and span in the grid, text, how it is set."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Literal, NamedTuple

from samples.draw.columns import BY_ROW, COMPONENT, OVER_AREA, PERIODS, Column
from samples.draw.forms import Form
from samples.draw.truth import Action, Area, Component, Truth

Kind = Literal["head", "number", "area", "text", "mark", "shaded", "team"]


@dataclass(frozen=True)
class Box:
    """A cell of the printed table; row and column count from 0 on its page.

    With `lines` the text is set in these lines as they are; with `middle` it stands in the cell's middle.
    """

    row: int
    column: int
    text: str
    kind: Kind
    row_span: int = 1
    column_span: int = 1
    lines: tuple[str, ...] | None = None
    middle: bool = False


class Row(NamedTuple):
    """An action with the area and component that it stands in."""

    area: Area
    component: Component
    action: Action

    @property
    def begins_component(self) -> bool:
        """Whether it is its component's first row."""
        return self.component.actions[0] is self.action

    @property
    def begins_area(self) -> bool:
        """Whether it is its area's first row."""
        return self.begins_component and self.area.components[0] is self.component


def pages(truth: Truth) -> list[tuple[Row, ...]]:
    """The rows of each annex page, in the order of print."""
    rows = [Row(a, c, x) for a in truth.areas for c in a.components for x in c.actions]
    return [tuple(group) for _, group in groupby(rows, key=lambda row: row.action.page)]


def page_boxes(form: Form, rows: Sequence[Row], started: frozenset[int], *, headed: bool = True) -> list[Box]:
    """All cells of one page's table; `started` holds the areas whose title an earlier page has."""
    boxes = [*_head(form)] if headed else []
    at = max((box.row + box.row_span for box in boxes), default=0)
    for _, group in groupby(rows, key=lambda row: row.area.no):
        members = list(group)
        if form.area_style == "row" and members[0].area.no not in started:
            boxes.extend(_title(form, members[0].area, at))
            at += 1
        for block in _blocks(form, members):
            if form.component_style == "row" and block[0].begins_component:
                boxes.append(Box(at, 0, _label(block[0].component), "area", column_span=len(form.columns)))
                at += 1
            boxes.extend(_block(form, block, at))
            at += len(block)
    return boxes


def areas_of(rows: Iterable[Row]) -> frozenset[int]:
    """The numbers of the areas that have a row here."""
    return frozenset(row.area.no for row in rows)


def component_texts(form: Form, component: Component) -> list[str]:
    """The texts of a component's columns: numeral and name, or both in one."""
    texts = {
        "component_no": component.printed_no,
        "component_name": component.name,
        "component": _label(component),
    }
    return [texts[column.holds] for column in form.laid if column.holds in COMPONENT]


def _blocks(form: Form, rows: Sequence[Row]) -> Iterator[list[Row]]:
    """Rows of one area between which no cell lies over the whole table."""
    if form.component_style == "cells":
        yield list(rows)
        return
    for _, group in groupby(rows, key=lambda row: row.component.no):
        yield list(group)


def _head(form: Form) -> Iterator[Box]:
    """The rows of the head, neighbours of the same names in one cell, and (where the form has them) column numbers."""
    levels = max(len(column.head) for column in form.laid)
    for level in range(levels):
        for start, names in _groups(form.laid, level):
            last = all(len(column.head) == level + 1 for column in names)
            span = levels - level if last else 1
            yield Box(level, start, names[0].head[level], "head", row_span=span, column_span=len(names))
    if form.numbered_head:
        for number, (start, names) in enumerate(_groups(form.laid, None), start=1):
            yield Box(levels, start, str(number), "number", column_span=len(names))


def _groups(columns: Sequence[Column], level: int | None) -> Iterator[tuple[int, list[Column]]]:
    """Neighbours whose names agree down to a level (`None`: down to the lowest), with the place of the first."""
    depth = None if level is None else level + 1
    start = 0
    for _, group in groupby(columns, key=lambda column: column.head[:depth]):
        members = list(group)
        if level is None or len(members[0].head) > level:
            yield start, members
        start += len(members)


def _title(form: Form, area: Area, at: int) -> Iterator[Box]:
    columns = len(form.columns)
    if area.title_row == "merged":
        yield Box(at, 0, _label(area), "area", column_span=columns)
        return
    yield Box(at, 0, area.printed_no, "area")
    yield Box(at, 1, area.name, "area", column_span=columns - 1)


def _label(part: Area | Component) -> str:
    return f"{part.printed_no} {part.name}".strip()


def _block(form: Form, rows: Sequence[Row], at: int) -> Iterator[Box]:
    """The rows of one area on one page; what is printed once for several is merged over them."""
    for index, column in enumerate(form.laid):
        if column.holds in OVER_AREA:
            yield Box(at, index, _area_text(form, rows[0], column), "text", row_span=len(rows))
    for index, column in enumerate(form.laid):
        if column.holds == "responsible":
            yield from _teams(form, rows, at, index)
    for offset, row in enumerate(rows):
        yield from _action(form, row.action, at + offset)
    for _, group in groupby(enumerate(rows), key=lambda pair: pair[1].component.no):
        members = list(group)
        yield from _component(form, members[0][1], at + members[0][0], len(members))


def _area_text(form: Form, first: Row, column: Column) -> str:
    if column.holds == "blank" or not (first.begins_area or form.area_again):
        return ""
    if column.holds == "area_no":
        return first.area.printed_no
    return first.area.name if any(c.holds == "area_no" for c in form.laid) else _label(first.area)


def _teams(form: Form, rows: Sequence[Row], at: int, column: int) -> Iterator[Box]:
    if form.team_merged:
        yield from _merged(rows, at, column, lambda row: row.action.responsible, "team")
        return
    for offset, row in enumerate(rows):
        yield Box(at + offset, column, row.action.responsible, "team")


def _component(form: Form, first: Row, at: int, height: int) -> Iterator[Box]:
    """The cells that are merged over a component's rows; their text stands on its first page only."""
    part = first.component
    texts = iter(component_texts(form, part))
    for index, column in enumerate(form.laid):
        if column.holds in COMPONENT:
            text = next(texts)
            yield Box(at, index, text if first.begins_component else "", "text", row_span=height)
        if column.holds == "extra" and column.merged:
            yield Box(at, index, dict(first.action.extra)[column.name], "text", row_span=height)


def _merged(
    rows: Sequence[Row], at: int, column: int, value: Callable[[Row], str], kind: Kind
) -> Iterator[Box]:
    for text, group in groupby(enumerate(rows), key=lambda pair: value(pair[1])):
        members = list(group)
        yield Box(at + members[0][0], column, text, kind, row_span=len(members))


def _action(form: Form, action: Action, at: int) -> Iterator[Box]:
    for index, column in enumerate(form.laid):
        if column.holds in PERIODS:
            yield _period(form, at, index, marked=column.period in planned(action, column))
        elif column.holds in BY_ROW and not column.merged:
            kind: Kind = "team" if column.holds == "row_no" else "text"
            yield Box(at, index, _text(action, column), kind)


def planned(action: Action, column: Column) -> tuple[int, ...]:
    """The periods of a column's kind in which an action is due."""
    return {"month": action.months, "quarter": action.quarters, "semester": action.semesters}[column.holds]


def _text(action: Action, column: Column) -> str:
    if column.holds == "time":
        return action.schedule_text
    if column.holds in {"extra", "row_no"}:
        return dict(action.extra)[column.name]
    return str(getattr(action, column.holds))


def _period(form: Form, at: int, column: int, *, marked: bool) -> Box:
    if marked and form.mark_fill is not None:
        return Box(at, column, "", "shaded")
    return Box(at, column, form.mark if marked else form.no_mark, "mark")
