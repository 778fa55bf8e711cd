"""The cells of a page's grids turned into text lines and marks, each cell by the reader that suits it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from extract.pdf.lattice import Shape
from extract.scan.columns import are_labels, inner, label_candidates, mark_columns, single_cells
from extract.scan.dashes import lone_dashes
from extract.scan.grid import FoundGrid
from extract.scan.heads import HeadMemory
from extract.scan.marks import read_marks
from extract.scan.model import Glyph, Grey, LineReading, MarkReading, Mask, PixelBox, Sheet
from extract.scan.text import read_cells
from extract.scan.text.ink import PageInk
from extract.scan.text.seam import LineReader

EDGE = 0.012  # inches along a cell where remains of its rulings lie
INKED = 0.01  # dark share of a narrow cell from which on it may hold a label
DARK = 128
SIGNS: dict[Glyph, str] = {"tick": "√", "letter": "v", "cross": "x", "blob": "●", "filled": "■", "dash": "-"}


@dataclass(slots=True)
class GridCells:
    """What the cells of one grid hold, by their number in `shape.spans`."""

    shape: Shape
    boxes: tuple[PixelBox, ...]
    narrow: tuple[int, ...]
    lines: dict[int, tuple[LineReading, ...]] = field(default_factory=dict)
    marks: dict[int, MarkReading] = field(default_factory=dict)

    def sign(self, number: int) -> str:
        """Return a character that stands for what the mark looks like; empty for an empty cell."""
        return SIGNS.get(self.marks[number].glyph, "")


def read_grid_cells(
    sheet: Sheet,
    grids: Sequence[FoundGrid],
    clean: Grey,
    masks: tuple[Mask, Mask],
    readers: Sequence[LineReader],
    heads: HeadMemory,
    *,
    ink: PageInk,
) -> tuple[GridCells, ...]:
    """Read all cells of all grids: narrow cells of a grid of marks by their ink, the others as text.

    `clean` is the page with rulings and stamps whitened, `ink` its pieces. `masks` are the pixels of the rulings and those of foreign ink, `readers` the text recognisers to ask, `heads`
    what the document's heads held so far: rows that look the same are not read again.
    The labels above the marks (`1 2 3`, `Jan Feb`) are told from marks by being different from each other.
    A narrow cell whose ink is no known mark is read as text as well, so that nothing printed is lost.
    """
    tables = tuple(_prepared(grid, sheet) for grid in grids)
    first = [_first_texts(table, clean) for table in tables]
    known = [
        _recalled(table, cells, clean, heads, sheet.dpi) for table, cells in zip(tables, first, strict=True)
    ]
    fresh = [[n for n in cells if n not in old] for cells, old in zip(first, known, strict=True)]
    _read_text(sheet, tables, (clean, ink), fresh, readers)
    for table, cells in zip(tables, fresh, strict=True):
        spans = {table.shape.spans[n]: n for n in cells}
        boxes = {span: table.boxes[n] for span, n in spans.items()}
        heads.keep(clean, boxes, {span: table.lines.get(n, ()) for span, n in spans.items()})
    for table in tables:
        _keep_labels(table, clean)
        table.lines.update(_dashes(sheet, table, ink.size))
    wanted: list[list[int]] = []
    for table in tables:
        cells = [n for n in table.narrow if n not in table.lines]
        readings = read_marks(sheet, [table.boxes[n] for n in cells], *masks) if cells else []
        table.marks.update(zip(cells, readings, strict=True))
        wanted.append([n for n in cells if table.marks[n].state == "unknown"])
    _read_text(sheet, tables, (clean, ink), wanted, readers)
    _read_text(sheet, tables, (clean, ink), [_covered_texts(table) for table in tables], readers)
    return tables


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
    for cells in columns.values():
        states = Counter(table.marks[n].state for n in cells)
        texts = sum(table.marks[n].state == "unknown" and n in table.lines for n in cells)
        if texts and texts >= states["marked"]:
            found += [n for n in cells if table.marks[n].state == "covered" and n not in table.lines]
    return found


def _recalled(
    table: GridCells, cells: Sequence[int], clean: Grey, heads: HeadMemory, dpi: float
) -> frozenset[int]:
    """Put what is known of the cells of a repeated head into the table; return their numbers."""
    spans = {table.shape.spans[n]: n for n in cells}
    known = heads.recall(clean, {span: table.boxes[n] for span, n in spans.items()}, dpi)
    table.lines.update({spans[span]: lines for span, lines in known.items() if lines})
    return frozenset(spans[span] for span in known)


def _prepared(grid: FoundGrid, sheet: Sheet) -> GridCells:
    inset = grid.thickness / 2 + 1
    boxes = tuple(PixelBox(*inner(grid.shape, span, inset)) for span in grid.shape.spans)
    narrow = single_cells(grid.shape, mark_columns(grid.shape, sheet.dpi))
    return GridCells(grid.shape, boxes, narrow)


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


def _keep_labels(table: GridCells, clean: Grey) -> None:
    """Drop the texts of narrow rows that turn out to be marks."""
    inked = {n: _dark_share(clean, table.boxes[n]) > INKED for n in table.narrow}
    for members in label_candidates(table.shape, table.narrow, inked).values():
        texts = [" ".join(line.text for line in table.lines.get(n, ())) for n in members]
        if not are_labels(texts):
            for n in members:
                table.lines.pop(n, None)


def _read_text(
    sheet: Sheet,
    tables: Sequence[GridCells],
    picture: tuple[Grey, PageInk],
    wanted: Sequence[Sequence[int]],
    readers: Sequence[LineReader],
) -> None:
    """Read the wanted cells of all tables in one batch and keep what holds text."""
    boxes = [
        PixelBox(*inner(table.shape, table.shape.spans[n], 0))
        for table, cells in zip(tables, wanted, strict=True)
        for n in cells
    ]
    if not boxes:
        return
    readings = iter(read_cells(sheet, boxes, picture[0], readers=readers, ink=picture[1]))
    for table, cells in zip(tables, wanted, strict=True):
        for n in cells:
            lines = next(readings)
            if lines:
                table.lines[n] = lines
