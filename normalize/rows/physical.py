"""Rows of an exact grid: every position is known, so a column's role tells what its cell holds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from extract.types import Cell
from normalize.breaks.table import Covering
from normalize.draft import Row, TimeCell, cell_field
from normalize.facts import Fact, fact
from normalize.form import Form
from normalize.labels import clean_numeral, is_numeral, plain, split_numeral
from normalize.resources import Resources
from normalize.rows.titles import area_row, is_section, lies_over_texts, title_row
from normalize.rows.transcribed import replace_text
from schema.decree import Field, Status
from schema.findings import RuleName
from schema.roles import FieldName, TextRole

_LONGEST_NUMERAL = 5  # letters of a misread numeral, its stop included
RULE: RuleName = "read-rows"
_TEXT_ROLES: tuple[TextRole, ...] = ("indicator", "action", "evidence", "responsible")


def exact_rows(
    body: Sequence[tuple[Cell, ...]],
    form: Form,
    covering: Covering,
    place: tuple[int, int],
    resources: Resources,
) -> tuple[Row, ...]:
    """Turn the rows below a head into draft rows; `place` is the number of the grid and of the stretch."""
    return tuple(row for cells in body for row in rows_of(cells, form, covering, place, resources))


def rows_of(
    cells: tuple[Cell, ...],
    form: Form,
    covering: Covering,
    place: tuple[int, int],
    resources: Resources,
) -> Iterator[Row]:
    """Yield a row, and before it the title of the area whose merged cell begins there."""
    number = cells[0].row
    row = Row(place[0], place[1], cells, exact=True)
    at = {c.index: covering[number, c.index] for c in form.columns if (number, c.index) in covering}
    title = title_row(row, cells, form, resources)
    if title is not None:
        yield title
        return
    if _is_empty(row, at):
        yield replace(row, kind="empty")
        return
    if any(lies_over_texts(cell, form) for cell in cells if cell.text.strip()):
        yield _fragment(row, cells)
        return
    area = area_row(row, at, form, resources)
    if area is not None:
        yield area
    parts = [at[c.index] for c in form.of("component") if c.index in at]
    if is_section(row, at, form):
        section = with_component(row, parts, number)
        names = {c.name for c in form.of("component")}
        extra = tuple(pair for pair in _extra(at, form, number) if pair[0] not in names)
        yield replace(section, kind="component", source="cell", extra=extra)
        return
    row = _with_texts(row, at, form, number)
    if not form.sectioned:
        row = with_component(row, parts, number)
    times = tuple(
        TimeCell(at[c.index], c.period_type or "month", c.period, c.name)
        for c in form.of("time")
        if c.index in at
    )
    yield replace(row, times=times, extra=tuple(_extra(at, form, number)))


def _is_empty(row: Row, at: Mapping[int, Cell]) -> bool:
    """Tell whether nothing stands in a row; in a digital one what begins above it does not count.

    A box drawn inside a cell leaves a rest of it below, in the colour that shades the row that it is of.
    """
    number = row.cells[0].row
    own = [c for c in at.values() if c.row == number or not row.digital]
    above = [c.fill for c in at.values() if c.row < number and row.digital]
    shade = Counter(above).most_common(1)[0][0] if above else None
    return not any(c.text.strip() or c.fill not in (None, shade) or (row.digital and c.ink) for c in own)


def _fragment(row: Row, cells: Sequence[Cell]) -> Row:
    """Return a row whose text lies over all text columns and is no title: it is no action, and asks for a decision."""
    texts = " | ".join(plain(c.text) for c in cells if c.text.strip())
    return replace(row, kind="fragment").report(
        "action-fragment", rule=RULE, raw=texts, value=texts, certainty="ambiguous"
    )


def _with_texts(row: Row, at: Mapping[int, Cell], form: Form, number: int) -> Row:
    """Take the cells of each text role; a cell that began in a row above is filled into this one."""
    fields: dict[FieldName, Field] = {}
    facts: list[Fact] = []
    for role in _TEXT_ROLES:
        cells = [at[c.index] for c in form.of(role) if c.index in at]
        texts = [c for c in cells if c.text.strip()]
        above = bool(texts) and all(c.row < number for c in texts)
        if cells:
            fields[role] = _text_field(texts or cells[:1], status="filled" if above else "read")
        if above:
            code = "responsible-filled" if role == "responsible" else "cell-filled"
            value = fields[role]
            facts.append(fact(code, rule=RULE, ref=value.refs[0], field=role, value=plain(value.text)))
    return row.with_fields(fields).noting(*facts)


def _text_field(cells: Sequence[Cell], status: Status) -> Field:
    value = cell_field(cells[0], status=status)
    if len(cells) == 1:
        return value
    text = "\n".join(c.text for c in cells)
    return value.replace(printed=text, text=text, refs=tuple(c.ref for c in cells))


def with_component(row: Row, cells: Sequence[Cell], number: int) -> Row:
    """Take numeral and name from the component's columns: two cells, or one that holds both.

    A cell that began in a row above is the component going on and is left to the step that continues it.
    """
    own = [c for c in cells if c.row == number and c.text.strip() and not _is_bare_dash(c)]
    if not own:
        return row
    if is_numeral(own[0].text) or _is_misread_numeral(own):
        row = row.with_field("component_no", replace_text(cell_field(own[0]), clean_numeral(own[0].text)))
        return row.with_field("component", cell_field(own[1])) if len(own) > 1 else row
    split = split_numeral(own[0].text)
    if split is None:
        return row.with_field("component", cell_field(own[0]))
    start = own[0].text.find(split[0]) + len(split[0])
    row = row.with_field("component_no", replace_text(cell_field(own[0]), split[0]))
    return row.with_field("component", replace_text(cell_field(own[0]), own[0].text[start:].lstrip(" .):\n")))


def _is_bare_dash(cell: Cell) -> bool:
    """Tell whether a dash alone was recognised: in a component's columns that says nothing, and may be dirt."""
    return cell.ref.reader == "ocr" and not cell.text.strip(" -–—")


def _is_misread_numeral(cells: Sequence[Cell]) -> bool:
    """Tell whether a recognised cell beside the component's name holds so little that it can only be its numeral."""
    if len(cells) < 2 or cells[0].ref.reader != "ocr":
        return False
    first, second = plain(cells[0].text), plain(cells[1].text)
    return len(first) <= _LONGEST_NUMERAL and " " not in first and len(second) > _LONGEST_NUMERAL


def _extra(at: Mapping[int, Cell], form: Form, number: int) -> Iterator[tuple[str, Field]]:
    """Yield what stands in columns without a role, by their names: nothing printed is lost.

    Numbers beside an action that are no area's are kept as well, and so are texts of a component's column that are no
    names of components.
    """
    for column in form.columns:
        cell = at.get(column.index)
        if cell is None or not cell.text.strip() or cell.column != column.index:
            continue
        own = column.role == "area_no" and cell.row == number and not form.of("area")
        own |= column.role == "component" and form.sectioned
        if own or column.role in ("extra", "unknown"):
            yield column.name, cell_field(cell, status="read" if cell.row == number else "filled")
