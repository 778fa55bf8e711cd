"""A transcription -> what it states: rows of cells as written, the names over their columns, the decree's head."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from extract.types import Cell, Extraction, Grid, TextLine
from lampiran.alignment.wording import wording
from lampiran.audit.match.plan_rows import PaperText, head_texts
from lampiran.publish.own_columns import NOTE, contract_names
from lampiran.publish.periods import period_field
from normalize.draft import Draft
from normalize.form import Form, HeaderSplit, split_headers
from normalize.form.naming import exact_form
from normalize.preamble.step import read_preamble
from normalize.resources import Resources
from normalize.rows.build import build_rows
from normalize.vocabulary import is_numbers_row
from schema.periods import MONTHS
from schema.plan import Plan

_FEW = 2  # cells of a title
_NARROW = 4  # columns that a plan's table has at least
_FIELDS = frozenset({"area_no", "area", "component", "indicator", "action", "evidence", "responsible"})


@dataclass(frozen=True, slots=True)
class StatedRow:
    """A row as written; `n` counts from 1, `width` is how many columns the line reaches over."""

    n: int
    line: int | None
    section: int
    cells: tuple[Cell, ...]
    width: int

    @property
    def filled(self) -> tuple[Cell, ...]:
        """The cells that hold something, from the left."""
        return tuple(cell for cell in self.cells if cell.text.strip())

    def at(self, column: int) -> Cell | None:
        """Return the cell in a column, `None` where the line has none."""
        return next((c for c in self.cells if c.column <= column < c.column + c.column_span), None)


@dataclass(frozen=True, slots=True)
class Section:
    """The rows below one header. `names` gives the field that the header names over each column, periods too.

    `exact`: the names are those of our own tables, so that each column is what it is called, and an empty cell of a
    period says nothing. `notes` are the columns that state nothing. `ticked`: it is our workbook, where no tick means
    not planned. `width` is how many columns its rows have, 0 where they do not agree in it.
    """

    names: Mapping[int, str] = field(default_factory=dict)
    exact: bool = False
    width: int = 0
    notes: frozenset[int] = frozenset()
    ticked: bool = False


@dataclass(frozen=True, slots=True)
class Stated:
    """All that a transcription states: rows below headers, lines outside of tables, and the decree's head."""

    rows: tuple[StatedRow, ...]
    sections: tuple[Section, ...]
    loose: tuple[TextLine, ...] = ()
    head: Mapping[str, PaperText] = field(default_factory=dict)


def without_headers(stated: Stated, names: frozenset[str]) -> Stated:
    """Leave out the rows that hold nothing but names of the paper's columns, and rows of column numbers.

    A header of several levels whose spans a transcription lost has rows that do not look like one.
    """
    wordings = [[wording(cell.text) for cell in row.filled] for row in stated.rows]
    titles = [is_numbers_row(own) or (bool(own) and names.issuperset({*own} - {""})) for own in wordings]
    return replace(
        stated, rows=_numbered(row for row, is_title in zip(stated.rows, titles, strict=True) if not is_title)
    )


def _numbered(rows: Iterable[StatedRow]) -> tuple[StatedRow, ...]:
    return tuple(replace(row, n=n) for n, row in enumerate(rows, start=1))


def stated_in(extraction: Extraction, resources: Resources) -> Stated:
    """Take a transcription's tables as they are written; nothing is put right, joined or inferred."""
    rows: list[StatedRow] = []
    sections: list[Section] = []
    for grid in extraction.grids:
        for split in _splits(grid, resources):
            body = [cells for cells in split.body if any(cell.text.strip() for cell in cells)]
            least = _stripped_width([*split.header, *body])
            own = [
                _row(len(sections), cells, max(least, reach))
                for cells, reach in zip(body, _reaches(body), strict=True)
            ]
            section = _section(split, resources)
            sections.append(replace(section, width=_usual_width(own)))
            rows += [
                replace(row, cells=tuple(cell for cell in row.cells if cell.column not in section.notes))
                for row in own
            ]
    if any(section.exact for section in sections):
        rows = [row for row in rows if sections[row.section].exact]
    return Stated(_numbered(rows), tuple(sections), extraction.lines, _head(extraction, resources))


def _splits(grid: Grid, resources: Resources) -> Sequence[HeaderSplit]:
    rows = [row for row in grid.rows() if row]
    if rows and contract_names([cell.text for cell in rows[0]]):
        return (HeaderSplit(None, (rows[0],), (), tuple(rows[1:])),)
    return split_headers(grid, resources.form)


def _section(split: HeaderSplit, resources: Resources) -> Section:
    if not split.header:
        return Section()
    texts = {cell.column: cell.text for cell in split.header[0]}
    if names := contract_names(list(texts.values())):
        ours = {
            at: names[text.strip()] for at, text in texts.items() if names.get(text.strip(), NOTE) != NOTE
        }
        ticked = any(name not in texts.values() for name in ours.values())
        return Section(ours, exact=True, notes=frozenset(texts) - frozenset(ours), ticked=ticked)
    last = max(cell.column + cell.column_span for row in split.header for cell in row)
    form = exact_form(_spread(split.header, last), last, resources.form)
    months = _numbered_months(form)
    named: dict[int, str] = {}
    for column in form.columns:
        if column.period is not None and column.period_type is not None:
            named[column.index] = period_field(column.period_type, column.period)
        elif column.role == "time":
            named[column.index] = "schedule_text"
        elif column.index in months:
            named[column.index] = months[column.index]
        elif column.role in ("extra", "unknown") and column.name:
            named[column.index] = f"extra.{column.name}"
        elif column.role in _FIELDS:
            named[column.index] = column.role
    return Section(named)


def _numbered_months(form: Form) -> dict[int, str]:
    """Return the months of columns that a header of one row calls `1` to `12`."""
    unknown = [column for column in form.columns if column.role == "unknown" and column.name.isdigit()]
    if sorted(int(column.name) for column in unknown) != list(range(1, MONTHS + 1)):
        return {}
    return {column.index: period_field("month", int(column.name)) for column in unknown}


def _spread(head: Sequence[tuple[Cell, ...]], width: int) -> list[tuple[Cell, ...]]:
    """Let each name of a header reach over the empty cells behind it, no further than the name above it does.

    The lowest names, mostly labels of periods, stay as they are.
    """
    rows: list[tuple[Cell, ...]] = []
    for number, row in enumerate(head):
        filled = tuple(cell for cell in row if cell.text.strip())
        if filled and not (rows and number == len(head) - 1):
            bounds = [*(cell.column for upper in (*rows, filled) for cell in upper), width]
            filled = tuple(_reaching(cell, bounds) for cell in filled)
        if filled:
            rows.append(filled)
    return rows


def _reaching(cell: Cell, bounds: Sequence[int]) -> Cell:
    """Return a cell of one column that spans to the next bound."""
    span = min(at for at in bounds if at > cell.column) - cell.column
    return cell.replace(column_span=span) if cell.column_span == 1 else cell


def _stripped_width(rows: Sequence[tuple[Cell, ...]]) -> int:
    """Return the width of a table whose lines all lost their empty cells at the end, else 0."""
    widths = {cells[-1].column + cells[-1].column_span for cells in rows}
    stripped = len(widths) > 1 and all(cells[-1].text.strip() for cells in rows)
    return max(widths) if stripped else 0


def _reaches(body: Sequence[tuple[Cell, ...]]) -> list[int]:
    """Return, for each row, the column after the last one that a merged cell from above takes up in it."""
    reach: dict[int, int] = {}
    for cell in (cell for cells in body for cell in cells if cell.row_span > 1):
        for number in range(cell.row + 1, cell.row + cell.row_span):
            reach[number] = max(reach.get(number, 0), cell.column + cell.column_span)
    return [reach.get(cells[0].row, 0) for cells in body]


def _usual_width(rows: Sequence[StatedRow]) -> int:
    """Return how many columns most rows have, 0 where fewer than two thirds agree."""
    widths = Counter(row.width for row in rows if len(row.filled) > _FEW)
    width, count = max(widths.items(), key=lambda item: (item[1], item[0]), default=(0, 0))
    return width if count * 3 >= sum(widths.values()) * 2 and count > 1 else 0


def _row(section: int, cells: tuple[Cell, ...], least: int) -> StatedRow:
    width = max(least, *(cell.column + cell.column_span for cell in cells))
    return StatedRow(0, next((cell.ref.line for cell in cells), None), section, cells, width)


def _head(extraction: Extraction, resources: Resources) -> dict[str, PaperText]:
    """Read the decree's head as it is written, by the reader of heads, without what is put right later.

    Tables too narrow for a plan may hold parts of it.
    """
    narrow = tuple(grid for grid in extraction.grids if grid.column_count < _NARROW)
    draft = Draft(extraction.replace(grids=narrow), resources, loose=extraction.lines)
    for step in (build_rows, read_preamble) if narrow else (read_preamble,):
        draft = step(draft)
    plan = Plan(decree_id="", source=extraction.source, head=draft.head)
    return head_texts(plan, as_stated=True)
