"""Turns the cells of one annex page into texts and rulings on it."""

from collections.abc import Sequence
from itertools import accumulate, pairwise

from samples.draw.forms import Form
from samples.draw.ink import Ink
from samples.draw.layout import Box
from samples.draw.text import LEADING, wrap

PAD_X, PAD_Y = 3.0, 2.5

Edge = tuple[int, int, int]


class Table:
    """A page's cells with their lines broken and the grid's edges known.

    Args:
        form: the form that the page follows.
        boxes: the cells, which cover the grid without overlap.
        left: x of the table's left edge in points.
        top: distance of its upper edge from the page's, in points.
        open_top: leave out its upper border, as where a row goes on from the page before.
        open_bottom: leave out its lower border, as where a row goes on on the next page.
    """

    def __init__(
        self,
        form: Form,
        boxes: Sequence[Box],
        left: float,
        top: float,
        *,
        open_top: bool = False,
        open_bottom: bool = False,
    ) -> None:
        """Break all texts and give each row the height that its cells need."""
        self.form, self.boxes = form, boxes
        self.open_top, self.open_bottom = open_top, open_bottom
        self.xs = list(accumulate(form.columns, initial=left))
        self.lines = {(box.row, box.column): self._wrap(box) for box in boxes}
        self.ys = list(accumulate(self._heights(), initial=top))

    @property
    def bottom(self) -> float:
        """Distance of the table's lower edge from the page's upper one, in points."""
        return self.ys[-1]

    def corners(self, box: Box) -> tuple[float, float, float, float]:
        """x0, top, x1 and bottom of a cell on the page, in points."""
        right, bottom = box.column + box.column_span, box.row + box.row_span
        return self.xs[box.column], self.ys[box.row], self.xs[right], self.ys[bottom]

    def draw(self, ink: Ink) -> None:
        """Put fills, texts and rulings on the page."""
        for box in self.boxes:
            self._draw_fill(ink, box)
        for box in self.boxes:
            self._draw_text(ink, box)
        for x0, top, x1, bottom in self.rulings():
            ink.ruling(x0, top, x1, bottom)

    def rulings(self) -> list[tuple[float, float, float, float]]:
        """All rulings; a filled one is as long as a cell's side, a stroked one runs as far as it can."""
        across, down = self._edges()
        across = [edge for edge in across if not self._is_left_out(edge[0])]
        if self.form.rulings == "stroked":
            across, down = _joined(across), _joined(down)
        level = [(self.xs[start], self.ys[at], self.xs[end], self.ys[at]) for at, start, end in across]
        upright = [(self.xs[at], self.ys[start], self.xs[at], self.ys[end]) for at, start, end in down]
        return level + upright

    def _is_left_out(self, at: int) -> bool:
        return (self.open_top and at == 0) or (self.open_bottom and at == len(self.ys) - 1)

    def lines_for(self, box: Box) -> int:
        """How many lines of a cell's print its height has room for."""
        _, top, _, bottom = self.corners(box)
        return int((bottom - top - 2 * PAD_Y) / (LEADING * self._size(box)) + 0.01)

    def _wrap(self, box: Box) -> list[str]:
        if box.lines is not None:
            return list(box.lines)
        if not box.text:
            return []
        width = sum(self.form.columns[box.column : box.column + box.column_span])
        pad = PAD_X if box.kind in {"text", "area", "team"} else 0.5
        return wrap(
            box.text,
            self._font(box),
            self._size(box),
            width - 2 * pad,
            trailing_space=self.form.keeps_trailing_space,
        )

    def _heights(self) -> list[float]:
        """Row heights: first what single cells need, then the last row of a merged cell grows."""
        count = max(box.row + box.row_span for box in self.boxes)
        heights = [0.0] * count
        for box in sorted(self.boxes, key=lambda box: box.row_span):
            need = len(self.lines[box.row, box.column]) * LEADING * self._size(box) + 2 * PAD_Y
            last = box.row + box.row_span - 1
            lacking = need - sum(heights[box.row : last + 1])
            heights[last] += max(0.0, lacking)
        return heights

    def _size(self, box: Box) -> float:
        shrink = {"head": 0.9, "number": 0.85, "team": 0.95, "mark": 1.1}
        return self.form.size * shrink.get(box.kind, 1.0)

    def _font(self, box: Box) -> str:
        if box.kind == "mark" and box.text == self.form.mark and self.form.mark_font is not None:
            return self.form.mark_font
        return self.form.font(bold=self._is_bold(box))

    @staticmethod
    def _is_bold(box: Box) -> bool:
        return box.kind in {"head", "area"}

    def _draw_fill(self, ink: Ink, box: Box) -> None:
        if self.form.head_fill is not None and box.kind == "head":
            ink.fill(*self.corners(box), self.form.head_fill)
        if self.form.mark_fill is not None and box.kind == "shaded":
            ink.fill(*self.corners(box), self.form.mark_fill)

    def _draw_text(self, ink: Ink, box: Box) -> None:
        lines, size, font = self.lines[box.row, box.column], self._size(box), self._font(box)
        x0, top, x1, bottom = self.corners(box)
        if box.kind in {"text", "area"}:
            if box.middle:
                top += (bottom - top - 2 * PAD_Y - len(lines) * LEADING * size) / 2
            ink.block(x0 + PAD_X, top + PAD_Y, lines, size=size, bold=self._is_bold(box))
            return
        top += (bottom - top - len(lines) * LEADING * size) / 2
        for index, line in enumerate(lines):
            ink.centred((x0 + x1) / 2, top + index * LEADING * size, line, size=size, font=font)

    def _edges(self) -> tuple[list[Edge], list[Edge]]:
        """Sides of the cells in grid units, each once: (place, start, end), across and down."""
        across: set[Edge] = set()
        down: set[Edge] = set()
        for box in self.boxes:
            right, bottom = box.column + box.column_span, box.row + box.row_span
            for column in range(box.column, right):
                across |= {(box.row, column, column + 1), (bottom, column, column + 1)}
            for row in range(box.row, bottom):
                down |= {(box.column, row, row + 1), (right, row, row + 1)}
        return sorted(across), sorted(down)


def _joined(edges: Sequence[Edge]) -> list[Edge]:
    """Sides that follow each other on one line, joined to one."""
    if not edges:
        return []
    follows = [one[0] == two[0] and one[2] == two[1] for one, two in pairwise(edges)]
    breaks = [index for index, joined in enumerate(follows, start=1) if not joined]
    runs = pairwise([0, *breaks, len(edges)])
    return [(edges[start][0], edges[start][1], edges[end - 1][2]) for start, end in runs]
