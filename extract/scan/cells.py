"""The cells of a page's grids turned into text lines and marks, each cell by the reader that suits it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np

from extract.grid.lattice import Shape
from extract.scan.dashed_cells import lone_dashes
from extract.scan.grid.page_grids import FoundGrid
from extract.scan.marks.read_marks import read_marks
from extract.scan.model import Glyph, Grey, LineReading, MarkReading, Mask, PixelBox, Sheet
from extract.scan.narrow_columns import (
    are_labels,
    inner,
    is_written,
    label_candidates,
    narrow_blocks,
    single_cells,
)
from extract.scan.period_columns import PagePeriods, PeriodColumns
from extract.scan.text import read_cells
from extract.scan.text.ink import PageInk
from extract.scan.text.reader import LineReader
from extract.scan.upward_labels import is_turned, read_turned
from schema.periods import name_periods

EDGE = 0.012  # inches along a cell where remains of its rulings lie
INKED = 0.01  # dark share of a narrow cell from which on it may hold a label
DARK = 128
SIGNS: dict[Glyph, str] = {"tick": "√", "letter": "v", "cross": "x", "blob": "●", "filled": "■", "dash": "-"}


@dataclass(slots=True)
class GridCells:
    """What the cells of one grid hold, by their number in `shape.spans`.

    `blocks` are stretches of narrow columns, `narrow` their single cells, `written` the columns among them that hold texts.
    """

    shape: Shape
    boxes: tuple[PixelBox, ...]
    blocks: tuple[range, ...]
    narrow: tuple[int, ...]
    written: set[int] = field(default_factory=set)
    lines: dict[int, tuple[LineReading, ...]] = field(default_factory=dict)
    marks: dict[int, MarkReading] = field(default_factory=dict)

    @property
    def shares(self) -> tuple[float, ...]:
        """The column edges as shares of the grid's width."""
        left, right = self.shape.column_edges[0], self.shape.column_edges[-1]
        return tuple((edge - left) / (right - left) for edge in self.shape.column_edges)

    def sign(self, number: int) -> str:
        """Return a character that stands for what the mark looks like; empty for an empty cell."""
        return SIGNS.get(self.marks[number].glyph, "")


def read_grid_cells(
    sheet: Sheet,
    grids: Sequence[FoundGrid],
    clean: Grey,
    masks: tuple[Mask, Mask],
    readers: Sequence[LineReader],
    periods: PagePeriods,
    *,
    ink: PageInk,
) -> tuple[GridCells, ...]:
    """Read all cells of all grids: the narrow cells of a grid of periods by their ink, the others as text.

    `clean` is the page with rulings and stamps whitened, `ink` its pieces. `masks` are the pixels of the rulings and those of foreign ink, `readers` the text recognisers to ask, `periods`
    what the pages before tell of their columns.
    The labels above the marks (`1 2 3`, `Jan Feb`) are told from marks by being different from each other.
    A narrow cell whose ink is no known mark is read as text as well, so that nothing printed is lost. Narrow columns that no
    label, and no page before, tells to be those of periods are read both ways: what most of a column's cells hold decides.
    """
    tables = tuple(_prepared(grid, sheet) for grid in grids)
    _read_text(sheet, tables, (clean, ink), [_first_texts(table, clean) for table in tables], readers)
    open_ones = _without_periods(tables, [_keep_labels(table, clean) for table in tables], periods)
    for table in tables:
        table.lines.update(_dashes(sheet, table, ink.size))
    wanted: list[list[int]] = []
    for table, blocks in zip(tables, open_ones, strict=True):
        cells = [n for n in table.narrow if n not in table.lines]
        readings = read_marks(sheet, [table.boxes[n] for n in cells], *masks) if cells else []
        table.marks.update(zip(cells, readings, strict=True))
        both = {column for block in blocks for column in block}
        wanted.append([n for n in cells if _asks_for_text(table, n, both)])
    _read_text(sheet, tables, (clean, ink), wanted, readers)
    for table, blocks in zip(tables, open_ones, strict=True):
        _decide(table, blocks)
    _read_text(sheet, tables, (clean, ink), [_covered_texts(table) for table in tables], readers)
    return tables


def _without_periods(
    tables: Sequence[GridCells], labels: Sequence[Sequence[Sequence[int]]], periods: PagePeriods
) -> list[tuple[range, ...]]:
    """Return the blocks of narrow columns of each table that neither labels nor the pages before tell to be periods."""
    labelled = [
        PeriodColumns(table.shares, block)
        for table, rows in zip(tables, labels, strict=True)
        for block in table.blocks
        if any(name_periods(row) for row in _label_texts(table, rows, block))
    ]
    known = periods.exchange(labelled)
    return [
        tuple(
            block
            for block in table.blocks
            if not any(PeriodColumns(table.shares, block).is_like(other) for other in known)
        )
        for table in tables
    ]


def _label_texts(table: GridCells, rows: Sequence[Sequence[int]], block: range) -> Iterator[list[str]]:
    """Yield the texts that rows of labels have over a block of columns."""
    for row in rows:
        own = (n for n in row if table.shape.spans[n].column in block)
        yield [" ".join(line.text for line in table.lines.get(n, ())) for n in own]


def _asks_for_text(table: GridCells, number: int, both: Collection[int]) -> bool:
    return table.marks[number].state == "unknown" or table.shape.spans[number].column in both


def _decide(table: GridCells, blocks: Sequence[range]) -> None:
    """Let each narrow column of some blocks hold texts or marks, whichever most of its inked cells do."""
    for column in (column for block in blocks for column in block):
        cells = [n for n in table.marks if table.shape.spans[n].column == column]
        texts = [" ".join(line.text for line in table.lines.get(n, ())) for n in cells]
        written = is_written([table.marks[n].state for n in cells], texts)
        table.written |= {column} if written else set()
        for n in cells:
            if written and (n in table.lines or table.marks[n].state == "empty"):
                del table.marks[n]
            elif table.marks[n].state == "marked":
                table.lines.pop(n, None)


def _dashes(sheet: Sheet, table: GridCells, size: float) -> dict[int, tuple[LineReading, ...]]:
    """Return the dashes that stand alone in wide cells, by the cells' numbers."""
    narrow = set(table.narrow)
    inset = round(EDGE * sheet.dpi)
    boxes = [PixelBox(b.x0 + inset, b.top + inset, b.x1 - inset, b.bottom - inset) for b in table.boxes]
    wide = {n: lines for n, lines in table.lines.items() if n not in narrow}
    found = lone_dashes(sheet, table.shape.spans, boxes, wide, size)
    return {n: lines for n, lines in found.items() if n not in narrow}


def _covered_texts(table: GridCells) -> list[int]:
    """Return the covered cells of narrow columns whose other ink is text, not marks (`25%`, `50%`)."""
    columns: dict[int, list[int]] = {}
    for n in table.marks:
        columns.setdefault(table.shape.spans[n].column, []).append(n)
    found = []
    for column, cells in columns.items():
        states = Counter(table.marks[n].state for n in cells)
        texts = sum(table.marks[n].state == "unknown" and n in table.lines for n in cells)
        if column in table.written or (texts and texts >= states["marked"]):
            found += [n for n in cells if table.marks[n].state == "covered" and n not in table.lines]
    return found


def _prepared(grid: FoundGrid, sheet: Sheet) -> GridCells:
    inset = grid.thickness / 2 + 1
    boxes = tuple(PixelBox(*inner(grid.shape, span, inset)) for span in grid.shape.spans)
    blocks = narrow_blocks(grid.shape, sheet.dpi)
    narrow = single_cells(grid.shape, {column for block in blocks for column in block})
    return GridCells(grid.shape, boxes, blocks, narrow)


def _first_texts(table: GridCells, clean: Grey) -> list[int]:
    """Return the cells that are read as text first: all wide ones, and narrow ones that may be labels."""
    narrow = set(table.narrow)
    wide = [n for n in range(len(table.boxes)) if n not in narrow]
    inked = {n: _dark_share(clean, table.boxes[n]) > INKED for n in table.narrow}
    candidates = label_candidates(table.shape, table.narrow, inked)
    return wide + [n for members in candidates.values() for n in members]


def _dark_share(clean: Grey, box: PixelBox) -> float:
    part = clean[box.top : box.bottom, box.x0 : box.x1]
    return float(np.count_nonzero(part < DARK)) / max(1, part.size)


def _keep_labels(table: GridCells, clean: Grey) -> list[list[int]]:
    """Return the cells of each narrow row that holds labels; drop the texts of those that turn out to be marks."""
    inked = {n: _dark_share(clean, table.boxes[n]) > INKED for n in table.narrow}
    kept = []
    for members in label_candidates(table.shape, table.narrow, inked).values():
        texts = [" ".join(line.text for line in table.lines.get(n, ())) for n in members]
        if are_labels(texts):
            kept.append(sorted(members, key=lambda n: table.shape.spans[n].column))
            continue
        for n in members:
            table.lines.pop(n, None)
    return kept


def _read_text(
    sheet: Sheet,
    tables: Sequence[GridCells],
    picture: tuple[Grey, PageInk],
    wanted: Sequence[Sequence[int]],
    readers: Sequence[LineReader],
) -> None:
    """Read the wanted cells of all tables in one batch and keep what holds text; turned ones apart from level ones."""
    asked = [(table, n) for table, cells in zip(tables, wanted, strict=True) for n in cells]
    boxes = [PixelBox(*inner(table.shape, table.shape.spans[n], 0)) for table, n in asked]
    turned = [is_turned(sheet, box) for box in boxes]
    level = [box for box, is_one in zip(boxes, turned, strict=True) if not is_one]
    steep = [table.boxes[n] for (table, n), is_one in zip(asked, turned, strict=True) if is_one]
    readings = iter(read_cells(sheet, level, picture[0], readers=readers, ink=picture[1]) if level else [])
    others = iter(read_turned(sheet, steep, picture[0], readers))
    for (table, n), is_one in zip(asked, turned, strict=True):
        lines = next(others if is_one else readings)
        if lines:
            table.lines[n] = lines
