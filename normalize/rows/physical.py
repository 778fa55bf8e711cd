"""Rows of an exact grid: every position is known, so a column's role tells what its cell holds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from extract.types import Cell
from normalize.breaks.row_parts import filled_fact
from normalize.breaks.table import FIELDS
from normalize.draft import Row, TimeCell, cell_field
from normalize.facts import Fact
from normalize.labels import clean_numeral, is_numeral, plain
from normalize.rows.cell_fields import component_in
from normalize.rows.settings import TITLES
from normalize.rows.stretch import CoveredRow, Stretch
from normalize.rows.titles import area_row, is_section, lies_over_texts, title_row
from schema.decree import Field, Status
from schema.findings import RuleName
from schema.roles import FieldName

RULE: RuleName = "read-rows"


def exact_rows(cells: tuple[Cell, ...], stretch: Stretch) -> Iterator[Row]:
    """Yield a row, and before it the title of an area whose merged cell begins there."""
    row = stretch.row(cells, exact=True)
    title = title_row(row, cells, stretch.form, stretch.resources)
    if title is not None:
        yield title
        return
    covered = stretch.covered(row)
    if _is_empty(covered):
        yield replace(row, kind="empty")
        return
    if any(lies_over_texts(cell, stretch.form) for cell in cells if cell.text.strip()):
        yield _fragment(row, cells)
        return
    area = area_row(covered, stretch.resources)
    if area is not None:
        yield area
    component, extra = _component(covered), tuple(_extra(covered))
    if is_section(covered):
        names = {c.name for c in stretch.form.of("component")}
        extra = tuple(pair for pair in extra if pair[0] not in names)
        yield replace(row, kind="component", source="cell", fields=component, extra=extra)
        return
    fields, facts = _texts(covered)
    fields |= {} if stretch.form.sectioned else component
    yield replace(row, fields=fields, times=_times(covered), extra=extra).noting(*facts)


def _is_empty(covered: CoveredRow) -> bool:
    """Tell whether a row holds nothing; in a digital one what begins above it does not count, nor does its shade."""
    digital, number = covered.row.digital, covered.number
    own = [c for c in covered.at.values() if c.row == number or not digital]
    above = [c.fill for c in covered.at.values() if c.row < number and digital]
    shade = Counter(above).most_common(1)[0][0] if above else None
    return not any(c.text.strip() or c.fill not in (None, shade) or (digital and c.ink) for c in own)


def _fragment(row: Row, cells: Sequence[Cell]) -> Row:
    """Return a row with a text over all text columns that is not a title: it asks for a decision."""
    texts = " | ".join(plain(c.text) for c in cells if c.text.strip())
    return replace(row, kind="fragment").report(
        "action-fragment", rule=RULE, raw=texts, value=texts, certainty="ambiguous"
    )


def _texts(covered: CoveredRow) -> tuple[dict[FieldName, Field], list[Fact]]:
    """Take the cells of each text role; a cell that began in a row above is filled into this one."""
    fields: dict[FieldName, Field] = {}
    facts: list[Fact] = []
    for role in FIELDS:
        cells = covered.of(role)
        texts = [c for c in cells if c.text.strip()]
        above = bool(texts) and all(c.row < covered.number for c in texts)
        if cells:
            fields[role] = _text_field(texts or cells[:1], status="filled" if above else "read")
        if above:
            facts.append(filled_fact(role, fields[role], RULE))
    return fields, facts


def _text_field(cells: Sequence[Cell], status: Status) -> Field:
    value = cell_field(cells[0], status=status)
    if len(cells) == 1:
        return value
    text = "\n".join(c.text for c in cells)
    return value.replace(printed=text, text=text, refs=tuple(c.ref for c in cells))


def _times(covered: CoveredRow) -> tuple[TimeCell, ...]:
    columns = (c for c in covered.form.of("time") if c.index in covered.at)
    return tuple(TimeCell(covered.at[c.index], c.period_type or "month", c.period, c.name) for c in columns)


def _component(covered: CoveredRow) -> dict[FieldName, Field]:
    return component_fields([c for c in covered.of("component") if c.row == covered.number])


def component_fields(cells: Sequence[Cell]) -> dict[FieldName, Field]:
    """Take number and name from the cells of a component that begin in one row: two cells, or one that holds both."""
    own = [c for c in cells if c.text.strip() and not _is_bare_dash(c)]
    if not own:
        return {}
    if not is_numeral(own[0].text) and not _is_misread_numeral(own):
        return component_in(own[0])
    number: dict[FieldName, Field] = {"component_no": cell_field(own[0], text=clean_numeral(own[0].text))}
    return number | ({"component": cell_field(own[1])} if len(own) > 1 else {})


def _is_bare_dash(cell: Cell) -> bool:
    """Tell whether a dash alone was recognised: it may be dirt."""
    return cell.ref.reader == "ocr" and not cell.text.strip(" -–—")


def _is_misread_numeral(cells: Sequence[Cell]) -> bool:
    """Tell whether a recognised cell beside a component's name holds so little that it must be its number."""
    if len(cells) < 2 or cells[0].ref.reader != "ocr":
        return False
    longest, first, second = TITLES.misread_numeral, plain(cells[0].text), plain(cells[1].text)
    return len(first) <= longest < len(second) and " " not in first


def _extra(covered: CoveredRow) -> Iterator[tuple[str, Field]]:
    """Yield the texts of columns without a role by their names, so that nothing printed is lost.

    Numbers beside an action that are not an area's, and texts of a component's column that are not names, are kept too.
    """
    form = covered.form
    for column in form.columns:
        cell = covered.at.get(column.index)
        if cell is None or not cell.text.strip() or cell.column != column.index:
            continue
        begins = cell.row == covered.number
        own = column.role == "area_no" and begins and not form.of("area")
        own |= column.role == "component" and form.sectioned
        if own or column.role in ("extra", "unknown"):
            yield column.name, cell_field(cell, status="read" if begins else "filled")
