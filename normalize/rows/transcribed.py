"""Rows of a transcription anchored on their text cells, since their positions cannot be trusted."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from extract.types import Cell, TextLine
from normalize.breaks.broken_lines import join_broken_rows, length_of
from normalize.breaks.table import FIELDS, TEXTS
from normalize.draft import Row, TimeCell, TimeEvidence, cell_field
from normalize.form import Column, Form, HeaderSplit
from normalize.form.content import columns_of
from normalize.labels import clean_numeral, is_numeral
from normalize.resources import Resources
from normalize.rows.cell_fields import component_in, titled_row
from normalize.rows.stretch import Stretch
from normalize.schedule_text import read_schedule_text
from schema.decree import Field
from schema.findings import RuleName
from schema.roles import FieldName, TextRole

RULE: RuleName = "anchor-rows"
_TEAM_GAP = 2  # columns between the last text and the team
_TEXTS_BEFORE = 2  # texts left of a time in words at least
_SHORTEST_TEAM = re.compile(r"[^\W\d_]{2}.*[^\W\d_]", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Parts:
    """A row's cells by kind: texts left of the schedule, marks, texts right of it; `width` is the row's in cells."""

    lead: tuple[Cell, ...]
    marks: tuple[Cell, ...]
    tail: tuple[Cell, ...]
    width: int

    @property
    def anchor(self) -> int:
        """Return the column of the last lead text."""
        return self.lead[-1].column


def transcribed_rows(
    split: HeaderSplit, stretch: Stretch, *, area: int | None = None
) -> tuple[tuple[Row, ...], tuple[TextLine, ...]]:
    """Turn the rows below one header into draft rows; what cannot be anchored carries a fact.

    `area` is the number of the area above. Lines that are not rows are returned beside them as loose text.
    """
    form, resources = stretch.form, stretch.resources
    longest = max(map(length_of, (*split.header, *split.numbers, *split.body)), default=0)
    wholes, strays = join_broken_rows(split.body, longest, resources, area=area)
    rows, time = [whole.cells for whole in wholes], _column_of_words(form)
    if time is None:
        roles = tuple(role for role in TEXTS if form.of(role)) or TEXTS
        times: Sequence[Cell | None] = [None] * len(rows)
        least = _least_widths(split, rows)
    else:
        roles, times, least = _roles_before(form, time), _time_cells(rows, time, resources), {}
    parts = [
        _parts_beside(cells, at) if at is not None else _parts(cells, least.get(cells[0].row, 0), resources)
        for cells, at in zip(rows, times, strict=True)
    ]
    usual = _usual_anchor(parts, len(roles))
    read = [
        _row(stretch.row(cells, exact=False), part, roles, usual, resources)
        for cells, part in zip(rows, parts, strict=True)
    ]
    if time is not None:
        read = [_with_time(row, at, time) for row, at in zip(read, times, strict=True)]
    return tuple(row.noting(*whole.facts) for row, whole in zip(read, wholes, strict=True)), strays


def _parts_beside(cells: Sequence[Cell], time: Cell) -> Parts:
    filled = [cell for cell in cells if cell.text.strip() and cell is not time]
    lead = tuple(cell for cell in filled if cell.column < time.column)
    tail = tuple(cell for cell in filled if cell.column > time.column)
    return Parts(lead, (), tail, max(columns_of(cell).stop for cell in cells))


def _least_widths(split: HeaderSplit, rows: Sequence[tuple[Cell, ...]]) -> Mapping[int, int]:
    """Return how many cells each row has at least: empty ones may have been cut off, merged ones take up some."""
    lines = [*split.header, *split.numbers, *rows]
    lengths = {length_of(cells) for cells in lines}
    stripped = len(lengths) > 1 and all(cells[-1].text.strip() for cells in lines)
    least = {cells[0].row: max(lengths) if stripped else 0 for cells in rows}
    for cell in (cell for row in split.body for cell in row if cell.row_span > 1):
        for number in range(cell.row + 1, cell.row + cell.row_span):
            least[number] = max(least.get(number, 0), columns_of(cell).stop)
    return least


def _parts(cells: Sequence[Cell], least: int, resources: Resources) -> Parts:
    """Sort a row's cells; a row shorter than `least` cells had empty ones that were left out."""
    form = resources.form
    marks = tuple(c for c in cells if form.is_mark(c.text))
    signs = {id(c) for c in cells if form.is_mark(c.text) or form.is_empty_mark(c.text)}
    texts = [c for c in cells if c.text.strip() and id(c) not in signs]
    first_mark = marks[0].column if marks else None
    lead: list[Cell] = []
    for cell in texts:
        if _is_glyph(cell.text) and (lead or not is_numeral(cell.text)):
            break
        gap = cell.column - lead[-1].column - 1 if lead else 0
        after_marks = first_mark is not None and cell.column > first_mark
        if after_marks or (len(lead) >= 2 and gap >= _TEAM_GAP):
            break
        lead.append(cell)
    width = max(least, *(columns_of(cell).stop for cell in cells))
    return Parts(tuple(lead), marks, tuple(texts[len(lead) :]), width)


def _is_glyph(text: str) -> bool:
    """Tell whether a text is too short for a cell of words: a misread mark (`4`, `J`, `vV`), not `SK`."""
    short = text.strip()
    return len(short) == 1 or (len(short) == 2 and not (short.isalpha() and short.isupper()))


def _usual_anchor(parts: Sequence[Parts], count: int) -> int | None:
    """Return the column of the last lead text in most rows that have all their texts."""
    full = Counter(p.anchor for p in parts if _texts(p) in (count, count + 1) and len(p.lead) > 1)
    return max(full, key=lambda column: (full[column], column)) if full else None


def _texts(parts: Parts) -> int:
    numeral = bool(parts.lead) and is_numeral(parts.lead[0].text)
    return len(parts.lead) - numeral


def _row(row: Row, parts: Parts, roles: tuple[TextRole, ...], usual: int | None, resources: Resources) -> Row:
    if not parts.lead:
        return replace(row, kind="fragment" if parts.marks or parts.tail else "empty")
    whole = [*parts.lead, *parts.tail]
    if not parts.marks and len(whole) <= 2:
        titled = titled_row(row, whole, resources)
        if titled is not None:
            return titled
    return _action(row, parts, roles, usual)


def _action(row: Row, parts: Parts, roles: tuple[TextRole, ...], usual: int | None) -> Row:
    lead = list(parts.lead)
    fields: dict[FieldName, Field] = {}
    if is_numeral(lead[0].text) and len(lead) > 1:
        fields["component_no"] = cell_field(lead[0], text=clean_numeral(lead[0].text))
        lead = lead[1:]
    row = replace(row, fields=fields)
    if len(lead) == len(roles) + 1:
        row = _component(row, lead.pop(0))
    if len(lead) == len(roles) and not _numeral_next_to_text(row, parts, lead):
        placed: dict[FieldName, Cell] = dict(zip(roles, lead, strict=True))
        anchor = lead[-1].column
    else:
        row, placed, anchor = _incomplete(row, lead, roles, usual)
    row = replace(row, fields={**row.fields, **{name: cell_field(cell) for name, cell in placed.items()}})
    shift = anchor - usual if usual is not None else 0
    if shift:
        row = row.report("row-shifted", rule=RULE, value=str(shift), steps=shift)
    return _schedule_side(row, parts, anchor, shift)


def _numeral_next_to_text(row: Row, parts: Parts, lead: Sequence[Cell]) -> bool:
    """Tell whether a number is followed at once by one text too few: any of them may be lost."""
    own = "component_no" in row.fields and "component" not in row.fields
    return own and lead[0].column - parts.lead[0].column < _TEAM_GAP


def _component(row: Row, cell: Cell) -> Row:
    """Take a cell as the component's name, or as number and name in one."""
    found = component_in(cell)
    number = found.get("component_no")
    if number is None or "component_no" in row.fields:
        return row.with_field("component", cell_field(cell))
    return row.with_fields(found).report(
        "numeral-misplaced", rule=RULE, ref=cell.ref, field="component_no", raw=cell.text, value=number.text
    )


def _incomplete(
    row: Row, lead: Sequence[Cell], roles: tuple[TextRole, ...], usual: int | None
) -> tuple[Row, dict[FieldName, Cell], int]:
    """Place the texts of a row with too few or too many by their columns, and ask for a review."""
    anchor = usual if usual is not None else lead[-1].column
    names: tuple[FieldName, ...] = ("component", *roles)
    by_column = {anchor - len(roles) + n: name for n, name in enumerate(names)}
    placed = {by_column[c.column]: c for c in lead if c.column in by_column}
    lost = [c for c in lead if c.column not in by_column]
    if lost:
        row = replace(row, extra=tuple((f"cell {c.column + 1}", cell_field(c)) for c in lost))
    texts, names_read = " | ".join(c.text for c in lead), ", ".join(placed) or "-"
    row = row.report("action-fragment", rule=RULE, raw=texts, value=names_read, certainty="ambiguous")
    return row, placed, max([anchor, *(c.column for c in placed.values())])


def _schedule_side(row: Row, parts: Parts, anchor: int, shift: int) -> Row:
    """Note the marks, the team and the number of cells right of the anchor."""
    team = parts.tail[-1] if parts.tail and _SHORTEST_TEAM.search(parts.tail[-1].text) else None
    rest = parts.tail[:-1] if team else parts.tail
    left = tuple((f"cell {c.column + 1}", cell_field(c)) for c in rest if c.column <= anchor)
    row = replace(row, extra=(*row.extra, *left))
    if team is not None:
        row = row.with_field("responsible", cell_field(team))
    marks = tuple(c for c in parts.marks if c.column > anchor)
    evidence = TimeEvidence(
        marks=tuple(c.column - anchor - 1 for c in marks),
        cells=parts.width - anchor - 1,
        team_at=team.column - anchor - 1 if team else None,
        refs=tuple(c.ref for c in marks),
        odd=tuple((c.column - anchor - 1, c) for c in rest if c.column > anchor),
        shift=shift,
    )
    return replace(row, evidence=evidence)


def _column_of_words(form: Form) -> Column | None:
    """Return the one column of times in words, `None` where a form has marks or no time."""
    columns = form.of("time")
    return columns[0] if len(columns) == 1 and not form.periods else None


def _roles_before(form: Form, time: Column) -> tuple[TextRole, ...]:
    """Return the roles of the text columns left of the time, in the order of print."""
    before = (c.role for c in form.columns if c.index < time.index)
    return tuple(name for role in before for name in FIELDS if name == role)


def _time_cells(rows: Sequence[Sequence[Cell]], time: Column, resources: Resources) -> list[Cell | None]:
    """Return the time's cell of each row.

    It is the only cell behind the first texts that is wholly understood as a time, or what is in that cell's usual
    column (the header's where no row shows it).
    """
    understood = [_understood(cells, resources) for cells in rows]
    alone = Counter(found[0].column for found in understood if len(found) == 1)
    usual = max(alone, key=lambda column: (alone[column], -column)) if alone else time.index
    return [
        found[0] if len(found) == 1 else next((c for c in cells if c.column == usual), None)
        for cells, found in zip(rows, understood, strict=True)
    ]


def _understood(cells: Sequence[Cell], resources: Resources) -> list[Cell]:
    filled = [cell for cell in cells if cell.text.strip()]
    return [cell for cell in filled[_TEXTS_BEFORE:] if _is_time(cell.text, resources)]


def _is_time(text: str, resources: Resources) -> bool:
    words, language = resources.schedule_words, resources.words
    reading = read_schedule_text(text, words, language, may_mend=True)
    return reading.state == "marked" or (bool(reading.open_words) and not reading.unclear)


def _with_time(row: Row, cell: Cell | None, time: Column) -> Row:
    """Give an action its time's cell in place of marks; a row that ends before it has an unknown schedule."""
    if row.kind != "action":
        return row
    row = replace(row, evidence=None)
    if cell is not None:
        return replace(row, times=(TimeCell(cell, label=time.name),))
    return row.report("schedule-unknown", rule=RULE, field="schedule", certainty="ambiguous")
