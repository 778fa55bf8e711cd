"""Turns the rows of one annex page into cells: place and span in the grid, text, how it is set."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Literal, NamedTuple

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


def pages(truth: Truth) -> list[tuple[Row, ...]]:
    """The rows of each annex page, in the order of print."""
    rows = [Row(a, c, x) for a in truth.areas for c in a.components for x in c.actions]
    return [tuple(group) for _, group in groupby(rows, key=lambda row: row.action.page)]


def page_boxes(form: Form, rows: Sequence[Row], started: frozenset[int]) -> list[Box]:
    """All cells of one page; `started` holds the areas whose title an earlier page has."""
    boxes = [*_head(form)]
    at = max(box.row + box.row_span for box in boxes)
    for _, group in groupby(rows, key=lambda row: row.area.no):
        members = list(group)
        if members[0].area.no not in started:
            boxes.extend(_title(form, members[0].area, at))
            at += 1
        boxes.extend(_area(form, members, at))
        at += len(members)
    return boxes


def areas_of(rows: Iterable[Row]) -> frozenset[int]:
    """The numbers of the areas that have a row here."""
    return frozenset(row.area.no for row in rows)


def component_texts(form: Form, component: Component) -> list[str]:
    """The texts of a component's columns: numeral and name, or both in one."""
    if form.component_columns == 1:
        return [f"{component.printed_no} {component.name}"]
    return [component.printed_no, component.name]


def _head(form: Form) -> Iterator[Box]:
    """Two or three head rows: groups, months, and (where the form has them) column numbers."""
    wide = form.component_columns
    starts = (0, 1, 1 + wide, 2 + wide, 3 + wide)
    spans = (1, wide, 1, 1, 1)
    first, team = form.first_month, len(form.columns) - 1
    for column, span, label in zip(starts, spans, form.labels[:5], strict=True):
        yield Box(0, column, label, "head", row_span=2, column_span=span)
    yield Box(0, first, form.labels[5], "head", column_span=12)
    yield Box(0, team, form.labels[6], "head", row_span=2)
    for month, label in enumerate(form.month_labels):
        yield Box(1, first + month, label, "head")
    if form.numbered_head:
        columns = (*zip(starts, spans, strict=True), *((first + month, 1) for month in range(12)), (team, 1))
        for number, (column, span) in enumerate(columns, start=1):
            yield Box(2, column, str(number), "number", column_span=span)


def _title(form: Form, area: Area, at: int) -> Iterator[Box]:
    columns = len(form.columns)
    if area.title_row == "merged":
        yield Box(at, 0, f"{area.printed_no} {area.name}", "area", column_span=columns)
        return
    yield Box(at, 0, area.printed_no, "area")
    yield Box(at, 1, area.name, "area", column_span=columns - 1)


def _area(form: Form, rows: Sequence[Row], at: int) -> Iterator[Box]:
    """The rows of one area on one page; number and team are merged over all of them."""
    yield Box(at, 0, "", "text", row_span=len(rows))
    yield from _merged(rows, at, len(form.columns) - 1, lambda row: row.action.responsible, "team")
    for index, row in enumerate(rows):
        yield from _action(form, row.action, at + index)
    for _, group in groupby(enumerate(rows), key=lambda pair: pair[1].component.no):
        members = list(group)
        component = members[0][1].component
        begins = component.actions[0] is members[0][1].action
        texts = component_texts(form, component) if begins else [""] * form.component_columns
        for offset, text in enumerate(texts):
            yield Box(at + members[0][0], 1 + offset, text, "text", row_span=len(members))


def _merged(
    rows: Sequence[Row], at: int, column: int, value: Callable[[Row], str], kind: Kind
) -> Iterator[Box]:
    for text, group in groupby(enumerate(rows), key=lambda pair: value(pair[1])):
        members = list(group)
        yield Box(at + members[0][0], column, text, kind, row_span=len(members))


def _action(form: Form, action: Action, at: int) -> Iterator[Box]:
    first = form.first_month
    for offset, text in enumerate((action.indicator, action.action, action.evidence)):
        yield Box(at, first - 3 + offset, text, "text")
    for month in range(1, 13):
        yield _month(form, at, first + month - 1, marked=month in action.months)


def _month(form: Form, at: int, column: int, *, marked: bool) -> Box:
    if marked and form.mark_fill is not None:
        return Box(at, column, "", "shaded")
    return Box(at, column, form.mark if marked else form.no_mark, "mark")
