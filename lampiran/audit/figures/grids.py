"""Rows and cells of an audit -> the table of the paper and that of the transcription, as grids with spans."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import product

from schema.audit import AuditCell, AuditRow

MERGED = ("area_no", "area", "component_no", "component")
MARK = "√"

Texts = dict[str, str]


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
        yield from product(
            range(self.row, self.row + self.row_span), range(self.column, self.column + self.column_span)
        )


@dataclass(frozen=True, slots=True)
class TableGrid:
    """A table as a matrix of `rows` by `columns`, all of whose places are covered by one cell each."""

    rows: int
    columns: int
    cells: tuple[GridCell, ...]

    @classmethod
    def of(cls, texts: Sequence[Sequence[str]]) -> TableGrid:
        """Return the grid of plain rows of texts, as wide as the longest."""
        width = max(map(len, texts), default=0)
        cells = (
            GridCell(row, column, line[column] if column < len(line) else "")
            for row, line in enumerate(texts)
            for column in range(width)
        )
        return cls(len(texts), width, tuple(cells))

    def lines(self) -> tuple[tuple[GridCell, ...], ...]:
        """Return the cells that begin in each row, from left to right, as the `td` of an HTML table's rows."""
        begun: dict[int, list[GridCell]] = defaultdict(list)
        for cell in self.cells:
            begun[cell.row].append(cell)
        return tuple(tuple(sorted(begun[row], key=lambda cell: cell.column)) for row in range(self.rows))


def grids_of(rows: Sequence[AuditRow], cells: Sequence[AuditCell]) -> tuple[TableGrid, TableGrid]:
    """Return the grids of the paper and of the transcription, with the same columns, each in its own order of rows.

    The columns are the fields that stand in the cells, the head of the decree left out. Adjacent rows with the same
    area and component share one cell over all of them, as in print. What the transcription does not state and what
    is unreadable on the paper is empty on both sides: it is nobody's fault.
    """
    inside = [cell for cell in cells if cell.row is not None]
    fields = tuple(dict.fromkeys(cell.field for cell in inside))
    by_row: dict[int, list[AuditCell]] = defaultdict(list)
    for cell in inside:
        by_row[cell.row or 0].append(cell)
    paper = [
        texts
        for row in rows
        if row.action_ids
        for texts in _spread(by_row[row.n], len(row.action_ids), lambda cell: cell.paper)
    ]
    placed = [
        (number, texts)
        for row in rows
        for number, texts in zip(
            row.stated, _spread(by_row[row.n], len(row.stated), lambda cell: cell.stated), strict=True
        )
    ]
    stated = [texts for _, texts in sorted(placed, key=lambda item: item[0])]
    return _merged(paper, fields), _merged(stated, fields)


def _spread(
    cells: Sequence[AuditCell], count: int, side: Callable[[AuditCell], str | None]
) -> Iterator[Texts]:
    """Yield one side's texts of a row; of several printed or stated rows, the first text of a field is the first's."""
    told: dict[str, list[str]] = defaultdict(list)
    for cell in cells:
        text = side(cell)
        if text is not None and cell.verdict not in {"not-stated", "unreadable"}:
            told[cell.field].append(_shown(cell, text))
    for number in range(count):
        yield {field: texts[number] for field, texts in told.items() if number < len(texts)}


def _shown(cell: AuditCell, text: str) -> str:
    if cell.level == "mark":
        return MARK if text == "true" else ""
    return " ".join(text.split())


def _merged(rows: Sequence[Texts], fields: Sequence[str]) -> TableGrid:
    """Return the grid of rows; a run of equal areas, or of components within one, is one cell."""
    cells = []
    for column, field in enumerate(fields):
        above = tuple(name for name in MERGED if name in fields)
        upto = above[: above.index(field) + 1] if field in above else None
        begin = 0
        for row in range(1, len(rows) + 1):
            if row < len(rows) and upto and _same(rows[begin], rows[row], upto):
                continue
            cells.append(GridCell(begin, column, rows[begin].get(field, ""), row - begin))
            begin = row
    return TableGrid(len(rows), len(fields), tuple(cells) if rows else ())


def _same(a: Texts, b: Texts, fields: Sequence[str]) -> bool:
    return all(a.get(field, "") == b.get(field, "") for field in fields)
