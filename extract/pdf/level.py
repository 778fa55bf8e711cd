"""Turns level rulings that no upright one meets into the boxes of what looks like a table between them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, pairwise

from extract.pdf.lattice import Shape
from extract.pdf.lines import PLACES, lines_of
from extract.pdf.rulings import Reach, merge
from extract.pdf.seam import PageContent, Segment
from extract.types import TextLine
from schema.geometry import BBox

SAME_END = 6.0  # points by which the ends of a table's level rulings may differ
NARROWEST = 144.0  # points; shorter rulings are underlines and places to write on
FEWEST_RULINGS = 3  # above the head, below it, below the table
FEWEST_LINES = 2  # lines of text that are parted into columns


def level_blocks(content: PageContent, shapes: Iterable[Shape], reach: Reach) -> tuple[BBox, ...]:
    """Return the boxes (points, origin top left) of lines in columns between level rulings alone.

    Three rulings or more that begin and end together outside all grids, with text in two columns or more between
    them. Nothing is read of them: where no upright ruling parts the text, its columns would be a guess.
    """
    boxes = [(s.column_edges[0], s.row_edges[0], s.column_edges[-1], s.row_edges[-1]) for s in shapes]
    free = [
        line
        for line in merge(content.horizontal, reach)
        if not any(_lies_in(line, box, reach.snap) for box in boxes)
    ]
    wide = [line for line in free if line.end - line.start >= NARROWEST]
    found = (_box(group) for group in _alike(wide))
    return tuple(box for box in found if _has_columns(box, content))


def _lies_in(line: Segment, box: tuple[float, float, float, float], snap: float) -> bool:
    middle = (line.start + line.end) / 2
    return box[0] <= middle <= box[2] and box[1] - snap <= line.position <= box[3] + snap


def _alike(lines: Sequence[Segment]) -> Iterator[list[Segment]]:
    """Yield the sets of rulings that begin and end together."""
    left = list(lines)
    while left:
        first = left[0]
        group = [
            line
            for line in left
            if abs(line.start - first.start) <= SAME_END and abs(line.end - first.end) <= SAME_END
        ]
        left = [line for line in left if line not in group]
        if len(group) >= FEWEST_RULINGS:
            yield group


def _box(lines: Sequence[Segment]) -> BBox:
    return BBox(
        x0=round(min(line.start for line in lines), PLACES),
        top=round(min(line.position for line in lines), PLACES),
        x1=round(max(line.end for line in lines), PLACES),
        bottom=round(max(line.position for line in lines), PLACES),
    )


def _has_columns(box: BBox, content: PageContent) -> bool:
    """Tell whether at least two lines of text in the box are parted into columns."""
    inside = [
        char for char in content.chars if box.contains((char.x0 + char.x1) / 2, (char.top + char.bottom) / 2)
    ]
    lines = [line for line in lines_of(inside, 1, parted=True) if line.bbox is not None]
    rows = [list(group) for _, group in groupby(lines, key=_level)]
    return sum(len(row) > 1 and _stand_apart(row) for row in rows) >= FEWEST_LINES


def _level(line: TextLine) -> float:
    return line.bbox.bottom if line.bbox is not None else 0.0


def _stand_apart(row: Sequence[TextLine]) -> bool:
    boxes = sorted((line.bbox for line in row if line.bbox is not None), key=lambda box: box.x0)
    return all(left.x1 < right.x0 for left, right in pairwise(boxes))
