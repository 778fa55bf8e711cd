"""Turns the shape of a grid and the content of its page into a Grid with text, fills and ink a cell."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np

from extract.grid.chars import Chars, Flags, Ints
from extract.grid.lattice import Shape, Span
from extract.grid.rulings import Box
from extract.pdf.cell_boxes import cells_at, cells_of
from extract.pdf.drawn_marks import LARGEST, NOTHING, DrawnMark, drawn_mark
from extract.pdf.lines import PLACES, lines_by_cell
from extract.pdf.page_content import PageContent
from extract.pdf.unexplained_ink import unexplained_drawing
from extract.types import Cell, Grid, TextLine
from schema.catalogue import make_finding
from schema.findings import Finding, RuleName
from schema.geometry import BBox
from schema.provenance import SourceRef

RULE: RuleName = "read-cells"
RUN_GAP = 0.08  # of the size: glyphs drawn one after the other this close are one run of text
DOUBT = 0.5  # confidence of a cell whose text runs over a ruling


class GridBuilder:
    """Fills one grid of a page."""

    def __init__(
        self, shape: Shape, content: PageContent, page: int, sha256: str, unread: Sequence[Box] = ()
    ) -> None:
        """Take the grid's shape, its page and the places on that where text is seen that no character explains."""
        self.shape = shape
        self.page = page
        self._content = content
        self._sha256 = sha256
        self._boxes = [shape.box(span) for span in shape.spans]
        self._xs = tuple(round(x, PLACES) for x in shape.column_edges)
        self._ys = tuple(round(y, PLACES) for y in shape.row_edges)
        self._crossed: set[int] = set()
        self._overflows: list[tuple[int, str]] = []
        self._unexplained: list[int] = []
        small = (p for p in content.pictures if max(p.x1 - p.x0, p.bottom - p.top) <= LARGEST)
        self._pictures = self._by_cell([(p.x0, p.top, p.x1, p.bottom) for p in small])
        self._unread = self._by_cell(unread)

    def _by_cell(self, boxes: Sequence[Box]) -> dict[int, list[Box]]:
        """Return boxes by the number of the cell that their middle lies in; those outside all cells are left out."""
        found: dict[int, list[Box]] = {}
        places = np.array(boxes, dtype=np.float64).reshape(-1, 4)
        cells = cells_at(self.shape, places[:, 0::2].mean(axis=1), places[:, 1::2].mean(axis=1))
        for box, cell in zip(boxes, cells.tolist(), strict=True):
            if cell >= 0:
                found.setdefault(cell, []).append(box)
        return found

    def claim(self, chars: Chars) -> Ints:
        """Return the number of the cell of each character, -1 for those that belong to none.

        A character belongs to the cell its centre lies in. A run of text drawn in one go that passes a
        ruling stays together in the cell that holds most of it: it overflows, it does not change cells.
        """
        cells = cells_of(self.shape, chars)
        if not len(cells):
            return cells
        starts = np.concatenate([[0], np.flatnonzero(~_follow(chars)) + 1])
        ends = np.append(starts[1:], len(cells))
        parted = np.minimum.reduceat(cells, starts) != np.maximum.reduceat(cells, starts)
        for first, last in zip(starts[parted].tolist(), ends[parted].tolist(), strict=True):
            texts = chars.texts[first:last]
            owners = cells[first:last].tolist()
            printed = Counter(n for n, text in zip(owners, texts, strict=True) if n >= 0 and text != " ")
            home = printed.most_common(1)[0][0] if printed else owners[0]
            cells[first:last] = home
            if home >= 0 and len(printed) > 1:
                self._crossed.update(printed)
                self._overflows.append((home, "".join(texts).strip()))
        return cells

    def findings(self) -> tuple[Finding, ...]:
        """Return a finding a text that runs over a ruling, at the cell it was given to, and a cell with unread ink."""
        crossing = (
            make_finding(
                "text-crosses-ruling", rule=RULE, ref=self._ref(home), raw=text, certainty="probable"
            )
            for home, text in self._overflows
        )
        unexplained = (
            make_finding(
                "ink-unexplained", rule=RULE, ref=self._ref(index), raw=str(self.page), certainty="ambiguous"
            )
            for index in self._unexplained
        )
        return (*crossing, *unexplained)

    def grid(self, chars: Chars, cells: Ints) -> Grid:
        """Return the grid with the text, the colour and what is drawn in each cell; `cells` are as `claim` gives them."""
        count = len(self.shape.spans)
        printed, known = cells[chars.printed], cells[chars.printed & chars.known]
        every, named, of_known = (
            np.bincount(own[own >= 0], minlength=count) for own in (printed, known, cells[chars.known])
        )
        total = np.bincount(cells[cells >= 0], minlength=count)
        lone = (every == 1) & (named == 0)
        lines = lines_by_cell(chars, np.where(lone[cells], -1, cells), count, self.page)
        shares = np.where(lone | (total == 0), 1.0, of_known / np.maximum(total, 1))
        rows = zip(lines, lone.tolist(), (named < every).tolist(), shares.tolist(), strict=True)
        built = tuple(
            self._cell(index, own, lone=is_lone, unnamed=unnamed, known=round(share, 3))
            for index, (own, is_lone, unnamed, share) in enumerate(rows)
        )
        xs, ys = self._xs, self._ys
        return Grid.unchecked(
            page=self.page,
            bbox=BBox.unchecked(x0=xs[0], top=ys[0], x1=xs[-1], bottom=ys[-1]),
            line=None,
            column_edges=xs,
            row_edges=ys,
            row_count=len(ys) - 1,
            column_count=len(xs) - 1,
            cells=built,
            exact=True,
        )

    def unread(self) -> set[Box]:
        """Return the places of unread text that lie in the grid; its findings tell of those that matter."""
        return {place for places in self._unread.values() for place in places}

    def _cell(
        self, index: int, lines: tuple[TextLine, ...], *, lone: bool, unnamed: bool, known: float
    ) -> Cell:
        span: Span = self.shape.spans[index]
        box, inset = self._boxes[index], self.shape.border
        drawn = NOTHING
        if not lines:
            drawn = self._mark(index, with_text=lone or index in self._unread)
        elif unnamed or index in self._unread or unexplained_drawing(self._content.view, box, inset):
            self._unexplained.append(index)
        if drawn.state == "unknown":
            self._unexplained.append(index)
        confidence = round(known * DOUBT, 3) if index in self._crossed else known
        return Cell.unchecked(
            row=span.row,
            column=span.column,
            row_span=span.rows,
            column_span=span.columns,
            text="\n".join([line.text for line in lines]),
            ref=self._ref(index),
            lines=lines,
            confidence=confidence,
            fill=self._content.view.colour(box, inset),
            ink=None if lines else drawn.ink,
            mark=drawn.state,
        )

    def _mark(self, index: int, *, with_text: bool) -> DrawnMark:
        """Look at what is drawn in a cell; a lone picture of a mark is looked at where it lies, over a ruling too."""
        pictures = self._pictures.get(index, [])
        if len(pictures) == 1:
            return drawn_mark(self._content.view, pictures[0], 0.0, with_text=with_text)
        return drawn_mark(self._content.view, self._boxes[index], self.shape.border, with_text=with_text)

    def _ref(self, index: int) -> SourceRef:
        span = self.shape.spans[index]
        box = BBox.unchecked(
            x0=self._xs[span.column],
            top=self._ys[span.row],
            x1=self._xs[span.column + span.columns],
            bottom=self._ys[span.row + span.rows],
        )
        return SourceRef.unchecked(
            sha256=self._sha256, page=self.page, bbox=box, line=None, cell=None, reader="pdf-text"
        )


def _follow(chars: Chars) -> Flags:
    """Tell of each character but the first whether it was drawn right after the one before it, without a gap."""
    last, char = chars[:-1], chars[1:]
    turn, near = char.turn, RUN_GAP * char.size
    gaps = [char.x0 - last.x1, last.x0 - char.x1, last.top - char.bottom, char.top - last.bottom]
    gap = np.select([turn == 0, turn == 180, turn == 90], gaps[:3], gaps[3])
    level = (turn == 0) | (turn == 180)
    rise = np.abs(np.where(level, char.origin_y - last.origin_y, char.origin_x - last.origin_x))
    blank = chars.codes == ord(" ")
    follow: Flags = (turn == last.turn) & ~(blank[1:] & blank[:-1]) & (np.abs(gap) <= near) & (rise <= near)
    return follow
