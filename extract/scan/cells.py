"""The cells of a page's grids turned into text lines and marks, each cell by the reader that suits it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

import numpy as np

from extract.grid.lattice import Shape
from extract.scan.clean_page import CleanPage
from extract.scan.dashed_cells import lone_dashes
from extract.scan.grid.page_grids import FoundGrid
from extract.scan.marks.read_marks import read_marks
from extract.scan.marks.shapes import SIGNS
from extract.scan.model import DARK, LineReading, MarkReading, PixelBox
from extract.scan.narrow_columns import (
    are_labels,
    inner,
    is_written,
    label_candidates,
    narrow_blocks,
    single_cells,
)
from extract.scan.period_columns import PagePeriods, PeriodColumns
from extract.scan.settings import CELLS
from extract.scan.text.reader import LineReader
from extract.scan.text.reading import read_cells
from extract.scan.upward_labels import is_turned, read_turned
from schema.periods import name_periods


@dataclass(slots=True)
class GridCells:
    """What the cells of one grid hold, by their number in `shape.spans`.

    `blocks` are stretches of narrow columns, `narrow` their single cells, `label_rows` those of them that may be labels,
    row by row, and `written` the columns among them that hold texts.
    """

    shape: Shape
    boxes: tuple[PixelBox, ...]
    blocks: tuple[range, ...]
    narrow: tuple[int, ...]
    label_rows: tuple[list[int], ...]
    written: set[int] = field(default_factory=set)
    lines: dict[int, tuple[LineReading, ...]] = field(default_factory=dict)
    marks: dict[int, MarkReading] = field(default_factory=dict)

    @property
    def shares(self) -> tuple[float, ...]:
        """The column edges as shares of the grid's width."""
        left, right = self.shape.column_edges[0], self.shape.column_edges[-1]
        return tuple((edge - left) / (right - left) for edge in self.shape.column_edges)

    def column(self, number: int) -> int:
        """Return the first column of a cell."""
        return self.shape.spans[number].column

    def text(self, number: int) -> str:
        """Return what was read in a cell as one line."""
        return " ".join(line.text for line in self.lines.get(number, ()))

    def sign(self, number: int) -> str:
        """Return a character for what the mark looks like; empty for an empty cell."""
        return SIGNS.get(self.marks[number].glyph, "")


def read_grid_cells(
    page: CleanPage, readers: Sequence[LineReader], periods: PagePeriods
) -> tuple[GridCells, ...]:
    """Read all cells of all grids: the narrow cells of a grid of periods by their ink, the others as text.

    `readers` are the text recognisers to ask, `periods` what the pages before tell of their columns.
    Labels above the marks (`1 2 3`, `Jan Feb`) differ from each other, marks do not. A narrow cell whose ink is not a known
    mark is read as text as well, so that nothing printed is lost. Narrow columns that neither a label nor a page before
    shows to be those of periods are read both ways: what most of a column's cells hold decides.
    """
    tables = tuple(_prepared(grid, page) for grid in page.grids)
    _read_text(page, tables, [_first_texts(table) for table in tables], readers)
    unnamed = _without_periods(tables, [_keep_labels(table) for table in tables], periods)
    wanted: list[list[int]] = []
    for table, blocks in zip(tables, unnamed, strict=True):
        table.lines.update(_dashes(page, table))
        cells = [n for n in table.narrow if n not in table.lines]
        boxes = [table.boxes[n] for n in cells]
        table.marks.update(zip(cells, read_marks(page.sheet, boxes, page.rulings, page.foreign), strict=True))
        both = {column for block in blocks for column in block}
        wanted.append([n for n in cells if table.marks[n].state == "unknown" or table.column(n) in both])
    _read_text(page, tables, wanted, readers)
    for table, blocks in zip(tables, unnamed, strict=True):
        _decide(table, blocks)
    _read_text(page, tables, [_covered_texts(table) for table in tables], readers)
    return tables


def _prepared(grid: FoundGrid, page: CleanPage) -> GridCells:
    boxes = grid.cell_boxes()
    blocks = narrow_blocks(grid.shape, page.sheet.dpi)
    narrow = single_cells(grid.shape, {column for block in blocks for column in block})
    inked = {n: _dark_share(page, boxes[n]) > CELLS.label_ink for n in narrow}
    label_rows = tuple(label_candidates(grid.shape, narrow, inked).values())
    return GridCells(grid.shape, boxes, blocks, narrow, label_rows)


def _dark_share(page: CleanPage, box: PixelBox) -> float:
    part = page.clean[box.part]
    return float(np.count_nonzero(part < DARK)) / max(1, part.size)


def _first_texts(table: GridCells) -> list[int]:
    """Return the cells that are read as text first: all wide ones, and narrow ones that may be labels."""
    narrow = set(table.narrow)
    wide = [n for n in range(len(table.boxes)) if n not in narrow]
    return wide + [n for row in table.label_rows for n in row]


def _keep_labels(table: GridCells) -> list[list[int]]:
    """Return the cells of each narrow row that holds labels; drop the texts of those that turn out to be marks."""
    kept = []
    for row in table.label_rows:
        if are_labels([table.text(n) for n in row]):
            kept.append(sorted(row, key=table.column))
            continue
        for n in row:
            table.lines.pop(n, None)
    return kept


def _without_periods(
    tables: Sequence[GridCells], labels: Sequence[Sequence[Sequence[int]]], periods: PagePeriods
) -> list[list[range]]:
    """Return the blocks of narrow columns of each table that neither labels nor the pages before show to be periods."""
    labelled = [
        PeriodColumns(table.shares, block)
        for table, rows in zip(tables, labels, strict=True)
        for block in table.blocks
        if any(name_periods([table.text(n) for n in row if table.column(n) in block]) for row in rows)
    ]
    known = periods.exchange(labelled)
    return [
        [block for block in table.blocks if not PeriodColumns(table.shares, block).is_among(known)]
        for table in tables
    ]


def _decide(table: GridCells, blocks: Sequence[range]) -> None:
    """Let each narrow column of some blocks hold texts or marks, whichever most of its inked cells do."""
    for column in (column for block in blocks for column in block):
        cells = [n for n in table.marks if table.column(n) == column]
        written = is_written([table.marks[n].state for n in cells], [table.text(n) for n in cells])
        table.written |= {column} if written else set()
        for n in cells:
            if written and (n in table.lines or table.marks[n].state == "empty"):
                del table.marks[n]
            elif table.marks[n].state == "marked":
                table.lines.pop(n, None)


def _dashes(page: CleanPage, table: GridCells) -> dict[int, tuple[LineReading, ...]]:
    """Return the dashes that are alone in wide cells, by the cells' numbers."""
    narrow = set(table.narrow)
    boxes = [box.grown(-round(CELLS.ruling_rest * page.sheet.dpi)) for box in table.boxes]
    wide = {n: lines for n, lines in table.lines.items() if n not in narrow}
    found = lone_dashes(page.sheet, table.shape.spans, boxes, wide, page.ink.size)
    return {n: lines for n, lines in found.items() if n not in narrow}


def _covered_texts(table: GridCells) -> list[int]:
    """Return the covered cells of narrow columns whose other ink is text, not marks (`25%`, `50%`)."""
    columns: dict[int, list[int]] = {}
    for n in table.marks:
        columns.setdefault(table.column(n), []).append(n)
    found = []
    for column, cells in columns.items():
        states = Counter(table.marks[n].state for n in cells)
        texts = sum(table.marks[n].state == "unknown" and n in table.lines for n in cells)
        if column in table.written or (texts and texts >= states["marked"]):
            found += [n for n in cells if table.marks[n].state == "covered" and n not in table.lines]
    return found


def _read_text(
    page: CleanPage,
    tables: Sequence[GridCells],
    wanted: Sequence[Collection[int]],
    readers: Sequence[LineReader],
) -> None:
    """Read the wanted cells of all tables in one batch and keep what holds text; turned ones apart from the others."""
    asked = [(table, n) for table, cells in zip(tables, wanted, strict=True) for n in cells]
    whole = [inner(table.shape, table.shape.spans[n], 0) for table, n in asked]
    turned = [is_turned(page.sheet, box) for box in whole]
    plain = [box for box, is_one in zip(whole, turned, strict=True) if not is_one]
    steep = [table.boxes[n] for (table, n), is_one in zip(asked, turned, strict=True) if is_one]
    horizontal = iter(read_cells(page.sheet, plain, page.clean, readers=readers, ink=page.ink))
    vertical = iter(read_turned(page.sheet, steep, page.clean, readers))
    for (table, n), is_one in zip(asked, turned, strict=True):
        lines = next(vertical if is_one else horizontal)
        if lines:
            table.lines[n] = lines
