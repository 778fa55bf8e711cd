"""Rows of an exact grid: every position is known, so a column's role tells what its cell holds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from extract.types import Cell, Grid
from normalize.draft import FieldName, Row, TextRole, TimeCell, cell_field
from normalize.form import Column, Form
from normalize.official import OfficialList
from normalize.resources import Resources
from normalize.rows.labels import AreaTitle, area_title, clean_numeral, is_numeral, plain, split_numeral
from normalize.rows.transcribed import replace_text
from normalize.vocabulary import Role
from schema.catalogue import make_finding
from schema.decree import Field
from schema.findings import Finding

RULE = "read-rows"
_TEXT_ROLES: tuple[TextRole, ...] = ("indicator", "action", "evidence", "responsible")
_OVER: tuple[TextRole, ...] = ("indicator", "action", "evidence")
_WORD = 3  # letters
_TITLE_ROLES: tuple[Role, ...] = ("area_no", "area", "component")


def exact_rows(
    body: Sequence[tuple[Cell, ...]], form: Form, grid: Grid, place: tuple[int, int], resources: Resources
) -> tuple[Row, ...]:
    """Turn the rows below a head into draft rows; `place` is the number of the grid and of the stretch."""
    covering = _covering(grid)
    return tuple(_row(cells, form, covering, place, resources) for cells in body)


def _covering(grid: Grid) -> dict[tuple[int, int], Cell]:
    """Map each elementary position to the cell that covers it."""
    return {
        (r, c): cell
        for cell in grid.cells
        for r in range(cell.row, cell.row + cell.row_span)
        for c in range(cell.column, cell.column + cell.column_span)
    }


def _row(
    cells: tuple[Cell, ...],
    form: Form,
    covering: Mapping[tuple[int, int], Cell],
    place: tuple[int, int],
    resources: Resources,
) -> Row:
    number = cells[0].row
    row = Row(place[0], place[1], cells, exact=True)
    at = {c.index: covering[number, c.index] for c in form.columns if (number, c.index) in covering}
    title = _title(row, cells, form, resources)
    if title is not None:
        return title
    if not any(c.text.strip() or c.fill for c in at.values()):
        return replace(row, kind="empty")
    if any(_lies_over_texts(cell, form) for cell in cells if cell.text.strip()):
        return _fragment(row, cells)
    for role in _TEXT_ROLES:
        row = _text_field(row, role, [at[c.index] for c in form.of(role) if c.index in at], number)
    row = _component(row, [at[c.index] for c in form.of("component") if c.index in at], number)
    times = tuple(
        TimeCell(at[c.index], c.period_type or "month", c.period, c.name)
        for c in form.of("time")
        if c.index in at
    )
    return replace(row, times=times, extra=_extra(at, form))


def _title(row: Row, cells: Sequence[Cell], form: Form, resources: Resources) -> Row | None:
    """Return the row as the title of an area if its only texts stand left of, or over, the text columns.

    Behind a cell that lies over all text columns there is nothing but what a pen or a stamp left; it is reported.
    """
    filled = [c for c in cells if c.text.strip()]
    over = next((n for n, cell in enumerate(filled) if _lies_over_texts(cell, form)), None)
    behind = filled[over + 1 :] if over is not None else []
    filled = filled[: over + 1] if over is not None else filled
    if not filled or len(filled) > 2:
        return None
    own = {c.index for role in _TITLE_ROLES for c in form.of(role)}
    spanning = over is not None or filled[-1].column_span * 2 >= len(form.columns)
    if not spanning and not all(c.column in own for c in filled):
        return None
    title = area_title([_worded(c) for c in filled], resources.official, resources.form)
    if title is None and over is not None:
        title = _named_title(filled, resources.official)
    if title is None:
        return None
    fields: dict[FieldName, Field] = {
        "area_no": replace_text(cell_field(filled[0]), title.label),
        "area": _without_label(filled, title.label),
    }
    found = replace(row, kind="area", area_number=title.number, fields=fields)
    return found.noting(*(_unplaced(cell) for cell in behind))


def _worded(cell: Cell) -> str:
    """Return a recognised cell's text without lines that hold no word where others do: what a stroke left there."""
    lines = [line.text for line in cell.lines if sum(map(str.isalpha, line.text)) >= _WORD]
    return "\n".join(lines) if cell.ref.reader == "ocr" and lines else cell.text


def _named_title(filled: Sequence[Cell], official: OfficialList) -> AreaTitle | None:
    """Return the title of an area whose name is an official one though its recognised number is none (`mI`)."""
    number = official.match_area(plain(_worded(filled[-1])))
    if number is None or len(filled) != 2 or filled[0].ref.reader != "ocr":
        return None
    return AreaTitle(clean_numeral(filled[0].text), number, plain(_worded(filled[-1])))


def _lies_over_texts(cell: Cell, form: Form) -> bool:
    """Tell whether a cell covers two text columns or more, and all there are."""
    columns = {c.index for role in _OVER for c in form.of(role)}
    return len(columns) > 1 and columns <= set(range(cell.column, cell.column + cell.column_span))


def _unplaced(cell: Cell) -> Finding:
    return make_finding("text-unplaced", rule=RULE, ref=cell.ref, raw=plain(cell.text), certainty="ambiguous")


def _without_label(filled: Sequence[Cell], label: str) -> Field:
    value = replace_text(cell_field(filled[-1]), _worded(filled[-1]))
    if len(filled) == 2 or not label:
        return value
    return replace_text(value, value.text.lstrip()[len(label) :].lstrip(" .)"))


def _fragment(row: Row, cells: Sequence[Cell]) -> Row:
    """Return a row whose text lies over all text columns and is no title: it is no action, and asks for a decision."""
    texts = " | ".join(plain(c.text) for c in cells if c.text.strip())
    finding = make_finding(
        "action-fragment", rule=RULE, ref=row.ref, raw=texts, value=texts, certainty="ambiguous"
    )
    return replace(row, kind="fragment").noting(finding)


def _text_field(row: Row, name: FieldName, cells: Sequence[Cell], number: int) -> Row:
    """Take the cells of one role; a cell that began in a row above is filled into this one."""
    filled = [c for c in cells if c.text.strip()]
    if not filled:
        return row.with_field(name, cell_field(cells[0])) if cells else row
    text = "\n".join(c.text for c in filled)
    above = all(c.row < number for c in filled)
    value = cell_field(filled[0], status="filled" if above else "read").model_copy(
        update={"printed": text, "text": text, "refs": tuple(c.ref for c in filled)}
    )
    row = row.with_field(name, value)
    if not above:
        return row
    code = "responsible-filled" if name == "responsible" else "cell-filled"
    return row.noting(make_finding(code, rule=RULE, ref=value.refs[0], field=name, value=plain(text)))


def _component(row: Row, cells: Sequence[Cell], number: int) -> Row:
    """Take numeral and name from the component's columns: two cells, or one that holds both.

    A cell that began in a row above is the component going on and is left to the step that continues it.
    """
    own = [c for c in cells if c.row == number and c.text.strip()]
    if not own:
        return row
    if is_numeral(own[0].text):
        row = row.with_field("component_no", replace_text(cell_field(own[0]), clean_numeral(own[0].text)))
        return row.with_field("component", cell_field(own[1])) if len(own) > 1 else row
    split = split_numeral(own[0].text)
    if split is None:
        return row.with_field("component", cell_field(own[0]))
    start = own[0].text.find(split[0]) + len(split[0])
    row = row.with_field("component_no", replace_text(cell_field(own[0]), split[0]))
    return row.with_field("component", replace_text(cell_field(own[0]), own[0].text[start:].lstrip(" .)\n")))


def _extra(at: Mapping[int, Cell], form: Form) -> tuple[tuple[str, Field], ...]:
    def kept(column: Column) -> bool:
        return column.role in ("extra", "unknown") and column.index in at

    return tuple(
        (c.name, cell_field(at[c.index])) for c in form.columns if kept(c) and at[c.index].text.strip()
    )
