"""A grid's shape and labels turned into the cells that may hold marks, and those that do."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import pairwise
from statistics import median

from extract.grid.lattice import Shape, Span
from extract.scan.model import MarkState, PixelBox
from extract.scan.settings import NARROW


def narrow_blocks(shape: Shape, dpi: float) -> tuple[range, ...]:
    """Return the stretches of columns that may hold marks: at least four narrow ones of one width side by side.

    Whether they do follows from the names above them (`schema.periods`), the pages before, or their content.
    """
    widths = [right - left for left, right in pairwise(shape.column_edges)]
    found: list[range] = []
    start = 0
    while start < len(widths):
        end = start
        while end < len(widths) and _fits(widths[start : end + 1], dpi):
            end += 1
        if end - start >= NARROW.fewest:
            found.append(range(start, end))
        start = max(end, start + 1)
    return tuple(found)


def _fits(widths: Sequence[float], dpi: float) -> bool:
    middle = median(widths)
    return middle <= NARROW.widest * dpi and all(abs(w - middle) <= NARROW.alike * middle for w in widths)


def single_cells(shape: Shape, columns: Collection[int]) -> tuple[int, ...]:
    """Return the numbers of the cells that fill one row of one of these columns."""
    return tuple(
        n for n, span in enumerate(shape.spans) if span.column in columns and span.columns == span.rows == 1
    )


def label_candidates(shape: Shape, cells: Iterable[int], inked: Mapping[int, bool]) -> dict[int, list[int]]:
    """Return, by row, the inked cells of those top rows in which most of the narrow cells hold ink."""
    rows: dict[int, list[int]] = {}
    for n in cells:
        if shape.spans[n].row < NARROW.top_rows:
            rows.setdefault(shape.spans[n].row, []).append(n)
    filled = {row: [n for n in members if inked[n]] for row, members in rows.items()}
    return {
        row: members for row, members in filled.items() if len(members) >= NARROW.distinct * len(rows[row])
    }


def are_labels(texts: Sequence[str]) -> bool:
    """Tell whether the texts of a row of narrow cells are labels: unlike marks, they differ."""
    read = [text.strip().lower() for text in texts if text.strip()]
    return len(read) >= NARROW.fewest - 1 and len(set(read)) >= NARROW.distinct * len(texts)


def is_written(states: Sequence[MarkState], texts: Sequence[str]) -> bool:
    """Tell whether a narrow column holds texts: most of its cells with ink were read as digits or several characters.

    `states` are what the ink of its cells was taken for, `texts` what was read in each (empty: nothing).
    """
    inked = sum(state in ("marked", "unknown") for state in states)
    words = sum(len(text) > 1 or text.isdigit() for text in texts)
    return 2 * words > inked


def inner(shape: Shape, span: Span, inset: float) -> PixelBox:
    """Return a cell in whole pixels, without a rim of `inset` pixels: its rulings."""
    x0, top, x1, bottom = shape.box(span)
    left, upper = round(x0 + inset), round(top + inset)
    return PixelBox(left, upper, max(round(x1 - inset), left + 1), max(round(bottom - inset), upper + 1))
