"""Rows and cells of an audit -> the table of the paper and that of the transcription, as grids with spans."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, product

from normalize.text import squeeze
from schema.audit import AuditCell, AuditRow, by_row

MERGED = ("area_no", "area", "component_no", "component")
MARK = "√"

Texts = dict[str, str]
Side = Callable[[AuditCell], str | None]


@dataclass(frozen=True, slots=True)
class GridCell:
    """A cell of a grid: its first row and column from 0, its text, and how many rows and columns it covers."""

    row: int
    column: int
    text: str
    row_span: int = 1
    column_span: int = 1

    def places(self) -> Iterator[tuple[int, int]]:
        """Yield the places (row, column) that the cell covers."""
        rows = range(self.row, self.row + self.row_span)
        yield from product(rows, range(self.column, self.column + self.column_span))


@dataclass(frozen=True, slots=True)
class TableGrid:
    """A table as a matrix of `rows` by `columns`, all of whose places are covered by one cell each."""

    rows: int
    columns: int
    cells: tuple[GridCell, ...]

    def lines(self) -> tuple[tuple[GridCell, ...], ...]:
        """Return the cells that begin in each row, from left to right, as the `td` of an HTML table's rows."""
        begun: dict[int, list[GridCell]] = defaultdict(list)
        for cell in self.cells:
            begun[cell.row].append(cell)
        return tuple(tuple(sorted(begun[row], key=lambda cell: cell.column)) for row in range(self.rows))


def grids_of(rows: Sequence[AuditRow], cells: Sequence[AuditCell]) -> tuple[TableGrid, TableGrid]:
    """Return the grids of the paper and of the transcription, with the same columns, each in its own order of rows.

    The columns are the fields of the cells, the head of the decree left out. Adjacent rows with the same
    area and component share one cell over all of them, as in print. What the transcription does not state and what
    is unreadable on the paper is empty on both sides: it is nobody's fault.
    """
    held = by_row(cells)
    fields = tuple(dict.fromkeys(cell.field for cell in cells if cell.row is not None))
    spread = [_spread(held[row.n], len(row.action_ids), lambda cell: cell.paper) for row in rows]
    paper = list(chain.from_iterable(spread))
    spread = [_spread(held[row.n], len(row.stated), lambda cell: cell.stated) for row in rows]
    numbers = chain.from_iterable(row.stated for row in rows)
    placed = zip(numbers, chain.from_iterable(spread), strict=True)
    stated = [texts for _, texts in sorted(placed, key=lambda pair: pair[0])]
    return _merged(paper, fields), _merged(stated, fields)


def _spread(cells: Sequence[AuditCell], count: int, side: Side) -> Iterator[Texts]:
    """Yield one side's texts of a row; of several printed or stated rows, the first text of a field is the first's."""
    told: dict[str, list[str]] = defaultdict(list)
    for cell in cells:
        text = side(cell)
        if text is not None and cell.verdict not in {"not-stated", "unreadable"}:
            shown = {"true": MARK}.get(text, "") if cell.level == "mark" else squeeze(text)
            told[cell.field].append(shown)
    for number in range(count):
        yield {field: texts[number] for field, texts in told.items() if number < len(texts)}


def _merged(rows: Sequence[Texts], fields: Sequence[str]) -> TableGrid:
    """Return the grid of rows; a run of equal areas, or of components within one, is one cell."""
    cells: list[GridCell] = []
    labels = [name for name in MERGED if name in fields]
    for column, field in enumerate(fields):
        above = labels[: labels.index(field) + 1] if field in labels else []
        begin = 0
        for row in range(1, len(rows) + 1):
            same = row < len(rows) and all(rows[begin].get(n, "") == rows[row].get(n, "") for n in above)
            if not (same and above):
                cells.append(GridCell(begin, column, rows[begin].get(field, ""), row - begin))
                begin = row
    return TableGrid(len(rows), len(fields), tuple(cells))
