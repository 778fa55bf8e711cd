"""Turns the shape of a grid and the content of its page into a Grid with text, fills and ink per cell."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np

from extract.grid.boxes import Box, rows_of
from extract.grid.chars import Chars, Flags, Ints
from extract.grid.lattice import Shape, Span
from extract.grid.settings import BOXES
from extract.pdf.cell_boxes import cells_at
from extract.pdf.drawn_marks import NOTHING, DrawnMark, drawn_mark
from extract.pdf.lines import lines_by_cell
from extract.pdf.page_content import PageContent
from extract.pdf.settings import DRAWING, PAGE
from extract.pdf.unexplained_ink import unexplained_drawing
from extract.types import QUARTER_TURN, Cell, Grid, TextLine
from schema.catalogue import make_finding
from schema.findings import Finding, Grade
from schema.geometry import BBox
from schema.provenance import SourceRef


class GridBuilder:
    """Fills one grid of a page."""

    def __init__(
        self, shape: Shape, content: PageContent, page: int, sha256: str, unread: Sequence[Box] = ()
    ) -> None:
        """Take the grid's shape, its page and the places on that with text that no character explains."""
        self.shape = shape
        self.page = page
        self._content = content
        self._sha256 = sha256
        self._boxes = [shape.box(span) for span in shape.spans]
        xs, ys = (
            tuple(round(x, BOXES.places) for x in edges) for edges in (shape.column_edges, shape.row_edges)
        )
        self._rounded = shape._replace(column_edges=xs, row_edges=ys)
        self._overflows: list[tuple[int, str]] = []
        self._crossed: set[int] = set()
        self._clipped: dict[int, int] = {}  # of each text object of which a part can be read: its cell
        self._unexplained: list[int] = []
        marks = [p for p in content.pictures if max(p.width, p.height) <= DRAWING.largest_mark]
        self._pictures = self._by_cell(marks)
        self._unread = self._by_cell(unread)

    def _by_cell(self, boxes: Sequence[Box]) -> dict[int, list[Box]]:
        found: dict[int, list[Box]] = {}
        for box, cell in zip(boxes, cells_at(self.shape, rows_of(boxes)).tolist(), strict=True):
            if cell >= 0:
                found.setdefault(cell, []).append(box)
        return found

    def claim(self, chars: Chars) -> Ints:
        """Return the index of the cell of each character, -1 for those that belong to none.

        A character belongs to the cell that holds its centre. A run of text drawn in one go that passes a
        ruling stays together in the cell that holds most of it: it overflows, it does not change cells.
        """
        cells = cells_at(self.shape, chars.boxes)
        if not len(cells):
            return cells
        cut = np.isin(chars.source, self._content.parted.source) & chars.printed & (cells >= 0)
        self._clipped = dict(zip(chars.source[cut].tolist(), cells[cut].tolist(), strict=True))
        starts = np.concatenate([[0], np.flatnonzero(~_follow(chars)) + 1])
        ends = np.append(starts[1:], len(cells))
        split = np.minimum.reduceat(cells, starts) != np.maximum.reduceat(cells, starts)
        for first, last in zip(starts[split].tolist(), ends[split].tolist(), strict=True):
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
        """Return a finding for each text that runs over a ruling or is cut, at its cell, and for each cell with unread ink."""
        found: list[tuple[str, Grade, int, str]] = [
            ("text-crosses-ruling", "probable", home, text) for home, text in self._overflows
        ]
        parted = self._content.parted
        for source, home in self._clipped.items():
            found.append(("text-clipped", "ambiguous", home, "".join(parted[parted.source == source].texts)))
        found += [("ink-unexplained", "ambiguous", index, str(self.page)) for index in self._unexplained]
        return tuple(
            make_finding(code, rule="read-cells", ref=self._ref(index), raw=raw, certainty=certainty)
            for code, certainty, index, raw in found
        )

    def grid(self, chars: Chars, cells: Ints) -> Grid:
        """Return the grid with the text, the colour and what is drawn in each cell; `cells` are as `claim` gives them."""
        count = len(self.shape.spans)
        printed, known = cells[chars.printed], cells[chars.printed & chars.known]
        every, named, of_known, total = (
            np.bincount(own[own >= 0], minlength=count) for own in (printed, known, cells[chars.known], cells)
        )
        lone = (every == 1) & (named == 0)
        lines = lines_by_cell(chars, np.where(lone[cells], -1, cells), count, self.page)
        shares = np.where(lone | (total == 0), 1.0, of_known / np.maximum(total, 1))
        rows = zip(lines, lone.tolist(), (named < every).tolist(), shares.tolist(), strict=True)
        built = tuple(
            self._cell(index, own, lone=is_lone, unnamed=unnamed, known=round(share, PAGE.confidence_places))
            for index, (own, is_lone, unnamed, share) in enumerate(rows)
        )
        return Grid.unchecked(
            page=self.page,
            bbox=_bbox(self._rounded.bounds),
            line=None,
            column_edges=self._rounded.column_edges,
            row_edges=self._rounded.row_edges,
            row_count=self.shape.rows,
            column_count=self.shape.columns,
            cells=built,
            exact=True,
        )

    def unread(self) -> set[Box]:
        """Return the places of unread text in the grid; its findings tell of those that matter."""
        return {place for places in self._unread.values() for place in places}

    def clipped(self) -> set[int]:
        """Return the text objects of which its findings say that they are cut."""
        return set(self._clipped)

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
        doubted = round(known * PAGE.overflow_doubt, PAGE.confidence_places)
        return Cell.unchecked(
            row=span.row,
            column=span.column,
            row_span=span.rows,
            column_span=span.columns,
            text="\n".join([line.text for line in lines]) or drawn.sign,
            ref=self._ref(index),
            lines=lines,
            confidence=doubted if index in self._crossed else known,
            fill=self._content.view.colour(box, inset),
            ink=None if lines else drawn.ink,
            mark=drawn.state,
        )

    def _mark(self, index: int, *, with_text: bool) -> DrawnMark:
        """Look at what is drawn in a cell; a lone picture of a mark is looked at as a whole, on a ruling too."""
        pictures = self._pictures.get(index, [])
        place = (pictures[0], 0.0) if len(pictures) == 1 else (self._boxes[index], self.shape.border)
        return drawn_mark(self._content.view, *place, with_text=with_text)

    def _ref(self, index: int) -> SourceRef:
        box = _bbox(self._rounded.box(self.shape.spans[index]))
        return SourceRef.unchecked(
            sha256=self._sha256, page=self.page, bbox=box, line=None, cell=None, reader="pdf-text"
        )


def _bbox(box: Box) -> BBox:
    x0, top, x1, bottom = box
    return BBox.unchecked(x0=x0, top=top, x1=x1, bottom=bottom)


def _follow(chars: Chars) -> Flags:
    """Tell for each character but the first whether it was drawn right after the one before it, without a gap."""
    last, char = chars[:-1], chars[1:]
    quarters, near = char.turn // QUARTER_TURN, PAGE.run_gap * char.size
    gaps = [char.x0 - last.x1, last.top - char.bottom, last.x0 - char.x1, char.top - last.bottom]
    gap = np.choose(quarters, gaps)
    across, down = char.origin_x - last.origin_x, char.origin_y - last.origin_y
    rise = np.abs(np.where(quarters % 2 == 0, down, across))
    blank = chars.codes == ord(" ")
    follow = (char.turn == last.turn) & ~(blank[1:] & blank[:-1]) & (np.abs(gap) <= near) & (rise <= near)
    return np.asarray(follow)
