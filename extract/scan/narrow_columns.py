"""A grid's shape and labels turned into the cells that may hold marks, and those that do."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from statistics import median

from extract.grid.lattice import Shape, Span
from extract.scan.model import MarkState

WIDEST = 0.75  # inches; a column of marks is not wider
ALIKE = 0.3  # columns of marks differ from their median width by no more than this share
FEWEST = 4  # adjacent columns of one width that make a grid of marks (quarters)
TOP_ROWS = 5  # labels of mark columns stand among the first rows of a grid
DISTINCT = 0.6  # share of different texts from which on a row of filled cells is a row of labels


def narrow_blocks(shape: Shape, dpi: float) -> tuple[range, ...]:
    """Return the stretches of columns that may hold marks: at least four narrow ones of one width side by side.

    Whether they do is told by the names above them (`schema.periods`), the pages before, or what they hold.
    """
    widths = [b - a for a, b in zip(shape.column_edges, shape.column_edges[1:], strict=False)]
    found: list[range] = []
    start = 0
    while start < len(widths):
        end = start
        while end < len(widths) and _fits(widths[start : end + 1], dpi):
            end += 1
        if end - start >= FEWEST:
            found.append(range(start, end))
        start = max(end, start + 1)
    return tuple(found)


def _fits(widths: Sequence[float], dpi: float) -> bool:
    middle = median(widths)
    return middle <= WIDEST * dpi and all(abs(w - middle) <= ALIKE * middle for w in widths)


def single_cells(shape: Shape, columns: Collection[int]) -> tuple[int, ...]:
    """Return the numbers of the cells that fill one row of one mark column."""
    return tuple(
        n for n, span in enumerate(shape.spans) if span.column in columns and span.columns == span.rows == 1
    )


def label_candidates(shape: Shape, cells: Iterable[int], inked: Mapping[int, bool]) -> dict[int, list[int]]:
    """Return, by row, the inked cells of those top rows in which most mark cells hold ink."""
    rows: dict[int, list[int]] = {}
    for n in cells:
        if shape.spans[n].row < TOP_ROWS:
            rows.setdefault(shape.spans[n].row, []).append(n)
    filled = {row: [n for n in members if inked[n]] for row, members in rows.items()}
    return {row: members for row, members in filled.items() if len(members) >= DISTINCT * len(rows[row])}


def are_labels(texts: Sequence[str]) -> bool:
    """Tell whether the texts of a row of narrow cells are labels: they differ, as marks do not."""
    read = [text.strip().lower() for text in texts if text.strip()]
    return len(read) >= FEWEST - 1 and len(set(read)) >= DISTINCT * len(texts)


def is_written(states: Sequence[MarkState], texts: Sequence[str]) -> bool:
    """Tell whether a narrow column holds texts: most of its cells with ink were read as figures or more than one sign.

    `states` are what the ink of its cells was taken for, `texts` what was read in each (empty: nothing).
    """
    inked = sum(state in ("marked", "unknown") for state in states)
    words = sum(len(text) > 1 or text.isdigit() for text in texts)
    return 2 * words > inked


def inner(shape: Shape, span: Span, inset: float) -> tuple[int, int, int, int]:
    """Return x0, top, x1, bottom of a cell in whole pixels, its rulings left out."""
    x0, top, x1, bottom = shape.box(span)
    return (
        round(x0 + inset),
        round(top + inset),
        max(round(x1 - inset), round(x0 + inset) + 1),
        max(round(bottom - inset), round(top + inset) + 1),
    )
