"""Rows of a transcription anchored on their text cells, since their positions cannot be trusted."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from extract.types import Cell, TextLine
from normalize.breaks.transcribed_rows import join_broken_rows, length_of
from normalize.draft import Row, TimeEvidence, cell_field
from normalize.facts import Fact, fact
from normalize.form import Column, Form, HeadSplit
from normalize.labels import area_title, clean_numeral, is_numeral, split_numeral
from normalize.resources import Resources
from normalize.rows.worded_times import column_of_words, roles_before, time_cells, with_time
from schema.decree import Field
from schema.findings import RuleName
from schema.roles import FieldName, TextRole

RULE: RuleName = "anchor-rows"
_TEAM_GAP = 2
_SHORTEST_TEAM = re.compile(r"[^\W\d_]{2}.*[^\W\d_]", re.DOTALL)
_LEAD_ROLES: tuple[TextRole, ...] = ("indicator", "action", "evidence")


@dataclass(frozen=True, slots=True)
class Parts:
    """A row's cells by kind: texts left of the schedule, marks, texts right of it, and what is neither."""

    lead: tuple[Cell, ...]
    marks: tuple[Cell, ...]
    tail: tuple[Cell, ...]
    width: int

    @property
    def anchor(self) -> int:
        """Return the column of the last lead text."""
        return self.lead[-1].column


def transcribed_rows(
    split: HeadSplit, form: Form, place: tuple[int, int], resources: Resources, *, area: int | None = None
) -> tuple[tuple[Row, ...], tuple[TextLine, ...]]:
    """Turn the rows below one head into draft rows; what cannot be anchored carries a finding.

    `place` is the number of the grid and of the stretch, `area` the number of the area above. Lines that are no
    rows are returned beside them as loose text.
    """
    roles = tuple(role for role in _LEAD_ROLES if form.of(role)) or _LEAD_ROLES
    longest = max(map(length_of, (*split.head, *split.numbers, *split.body)), default=0)
    wholes, strays = join_broken_rows(split.body, longest, resources, area=area)
    time = column_of_words(form)
    if time is not None:
        return _worded_rows(
            [w.cells for w in wholes], [w.facts for w in wholes], form, time, place, resources
        ), strays
    width = _stripped_width([*split.head, *split.numbers, *(whole.cells for whole in wholes)])
    reach = _spanned(split.body)
    parts = [_parts(w.cells, max(width, reach.get(w.cells[0].row, 0)), resources) for w in wholes]
    usual = _usual_anchor(parts, len(roles))
    rows = (
        _row(Row(*place, whole.cells, exact=False), part, roles, usual, resources).noting(*whole.facts)
        for whole, part in zip(wholes, parts, strict=True)
    )
    return tuple(rows), strays


def _worded_rows(
    rows: Sequence[tuple[Cell, ...]],
    facts: Sequence[Sequence[Fact]],
    form: Form,
    time: Column,
    place: tuple[int, int],
    resources: Resources,
) -> tuple[Row, ...]:
    """Turn rows whose time is printed in words into draft rows: texts stand left and right of the time's cell."""
    roles = roles_before(form, time)
    times = time_cells(rows, time, resources)
    parts = [
        _parts(cells, 0, resources) if at is None else _parts_beside(cells, at)
        for cells, at in zip(rows, times, strict=True)
    ]
    usual = _usual_anchor(parts, len(roles))
    return tuple(
        with_time(_row(Row(*place, cells, exact=False), part, roles, usual, resources), at, time).noting(
            *found
        )
        for cells, part, at, found in zip(rows, parts, times, facts, strict=True)
    )


def _parts_beside(cells: Sequence[Cell], time: Cell) -> Parts:
    filled = [cell for cell in cells if cell.text.strip() and cell is not time]
    lead = tuple(cell for cell in filled if cell.column < time.column)
    tail = tuple(cell for cell in filled if cell.column > time.column)
    return Parts(lead, (), tail, max(cell.column + cell.column_span for cell in cells))


def _stripped_width(rows: Sequence[tuple[Cell, ...]]) -> int:
    """Return the width of a table whose lines all lost their empty cells at the end, else 0."""
    lengths = {length_of(cells) for cells in rows}
    stripped = len(lengths) > 1 and all(cells[-1].text.strip() for cells in rows)
    return max(lengths) if stripped else 0


def _spanned(rows: Sequence[tuple[Cell, ...]]) -> dict[int, int]:
    """Map each row below a merged cell to the column after the last one that such a cell takes up."""
    reach: dict[int, int] = {}
    for cell in (cell for row in rows for cell in row if cell.row_span > 1):
        for number in range(cell.row + 1, cell.row + cell.row_span):
            reach[number] = max(reach.get(number, 0), cell.column + cell.column_span)
    return reach


def _parts(cells: Sequence[Cell], least: int, resources: Resources) -> Parts:
    """Sort a row's cells; a row shorter than `least` cells had empty ones that were left out."""
    form = resources.form
    marks = tuple(c for c in cells if form.is_mark(c.text))
    texts = [
        c for c in cells if c.text.strip() and not form.is_mark(c.text) and not form.is_empty_mark(c.text)
    ]
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
    width = max(least, *(cell.column + cell.column_span for cell in cells))
    return Parts(tuple(lead), marks, tuple(texts[len(lead) :]), width)


def _is_glyph(text: str) -> bool:
    """Tell whether a text is too short for a cell of words: a misread mark (`4`, `J`, `vV`), not `SK`."""
    short = text.strip()
    return len(short) == 1 or (len(short) == 2 and not (short.isalpha() and short.isupper()))


def _usual_anchor(parts: Sequence[Parts], count: int) -> int | None:
    """Return the column where the last lead text mostly stands in rows that have all their texts."""
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


def titled_row(row: Row, cells: Sequence[Cell], resources: Resources) -> Row | None:
    """Return the row as an area's title or as a team's name, or `None` if it is neither."""
    title = area_title([c.text for c in cells], resources.official, resources.form)
    if title is not None:
        name = replace_text(cell_field(cells[-1]), title.name)
        label = replace_text(cell_field(cells[0]), title.label)
        return replace(row, kind="area", area_number=title.number, fields={"area_no": label, "area": name})
    if len(cells) == 1 and resources.form.names_team(cells[0].text):
        return replace(row, kind="team", fields={"responsible": cell_field(cells[0])})
    return None


def replace_text(value: Field, text: str) -> Field:
    """Return the field with another text; what was printed stays."""
    return value.with_text(text)


def _action(row: Row, parts: Parts, roles: tuple[TextRole, ...], usual: int | None) -> Row:
    lead = list(parts.lead)
    fields: dict[FieldName, Field] = {}
    if is_numeral(lead[0].text) and len(lead) > 1:
        fields["component_no"] = replace_text(cell_field(lead[0]), clean_numeral(lead[0].text))
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
    """Tell whether a numeral is followed at once by texts that are one too few: which of them is lost is open."""
    own = "component_no" in row.fields and "component" not in row.fields
    return own and lead[0].column - parts.lead[0].column < _TEAM_GAP


def _component(row: Row, cell: Cell) -> Row:
    """Take a cell as the component's name, or as numeral and name in one."""
    split = split_numeral(cell.text) if "component_no" not in row.fields else None
    if split is None:
        return row.with_field("component", cell_field(cell))
    numeral, _ = split
    start = cell.text.find(numeral) + len(numeral)
    name = replace_text(cell_field(cell), cell.text[start:].lstrip(" .):"))
    row = row.with_field("component_no", replace_text(cell_field(cell), numeral))
    return row.with_field("component", name).report(
        "numeral-misplaced", rule=RULE, ref=cell.ref, field="component_no", raw=cell.text, value=numeral
    )


def _incomplete(
    row: Row, lead: Sequence[Cell], roles: tuple[TextRole, ...], usual: int | None
) -> tuple[Row, dict[FieldName, Cell], int]:
    """Place the texts of a row that has too few or too many of them by their columns, and ask for a review."""
    anchor = usual if usual is not None else lead[-1].column
    names: tuple[FieldName, ...] = ("component", *roles)
    by_column = {anchor - len(roles) + n: name for n, name in enumerate(names)}
    placed = {by_column[c.column]: c for c in lead if c.column in by_column}
    finding = fact(
        "action-fragment",
        rule=RULE,
        ref=row.ref,
        raw=" | ".join(c.text for c in lead),
        value=", ".join(placed) or "-",
        certainty="ambiguous",
    )
    lost = [c for c in lead if c.column not in by_column]
    if lost:
        row = replace(row, extra=tuple((f"cell {c.column + 1}", cell_field(c)) for c in lost))
    return row.noting(finding), placed, max([anchor, *(c.column for c in placed.values())])


def _schedule_side(row: Row, parts: Parts, anchor: int, shift: int) -> Row:
    """Note the marks, the team and the number of cells right of the anchor."""
    team = parts.tail[-1] if parts.tail and _SHORTEST_TEAM.search(parts.tail[-1].text) else None
    rest = parts.tail[:-1] if team else parts.tail
    left = tuple((f"cell {c.column + 1}", cell_field(c)) for c in rest if c.column <= anchor)
    row = replace(row, extra=(*row.extra, *left))
    if team is not None:
        row = row.with_field("responsible", cell_field(team))
    marks = tuple(c for c in parts.marks if c.column > anchor)
    team_at = team.column - anchor - 1 if team else None
    width = parts.width - anchor - 1
    evidence = TimeEvidence(
        marks=tuple(c.column - anchor - 1 for c in marks),
        cells=width,
        team_at=team_at,
        refs=tuple(c.ref for c in marks),
        odd=tuple((c.column - anchor - 1, c) for c in rest if c.column > anchor),
        shift=shift,
    )
    return replace(row, evidence=evidence)
