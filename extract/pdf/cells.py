"""Turns the shape of a grid and the content of its page into a Grid with text, fills and ink a cell."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence

from extract.pdf.account import unexplained_drawing
from extract.pdf.drawn_marks import LARGEST, NOTHING, DrawnMark, drawn_mark
from extract.pdf.lattice import Shape, Span
from extract.pdf.lines import PLACES, known_share, lines_of
from extract.pdf.seam import Char, PageContent
from extract.pdf.view import Box
from extract.types import Cell, Grid
from schema.catalogue import make_finding
from schema.findings import Finding
from schema.geometry import BBox
from schema.provenance import SourceRef

RULE = "extract.pdf.cells"
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
        self._owner = _owners(shape)
        self._boxes = [shape.box(span) for span in shape.spans]
        self._crossed: set[int] = set()
        self._overflows: list[tuple[int, str]] = []
        self._unexplained: list[int] = []
        self._pictures: dict[int, list[Box]] = {}
        for picture in content.pictures:
            owner = self._owner_at((picture.x0 + picture.x1) / 2, (picture.top + picture.bottom) / 2)
            if owner is not None and max(picture.x1 - picture.x0, picture.bottom - picture.top) <= LARGEST:
                self._pictures.setdefault(owner, []).append(
                    (picture.x0, picture.top, picture.x1, picture.bottom)
                )
        self._unread: dict[int, list[Box]] = {}
        for place in unread:
            owner = self._owner_at((place[0] + place[2]) / 2, (place[1] + place[3]) / 2)
            if owner is not None:
                self._unread.setdefault(owner, []).append(place)

    def claim(self, chars: Sequence[Char]) -> tuple[list[list[Char]], list[Char]]:
        """Return the characters of each cell and those that belong to none.

        A character belongs to the cell its centre lies in. A run of text drawn in one go that passes a
        ruling stays together in the cell that holds most of it: it overflows, it does not change cells.
        """
        cells: list[list[Char]] = [[] for _ in self.shape.spans]
        rest: list[Char] = []
        for run, owners in _runs(chars, [self._cell_of(char) for char in chars]):
            first = owners[0]
            if all(owner == first for owner in owners):
                (rest if first is None else cells[first]).extend(run)
                continue
            printed = Counter(
                owner
                for char, owner in zip(run, owners, strict=True)
                if owner is not None and char.text != " "
            )
            home = printed.most_common(1)[0][0] if printed else first
            (rest if home is None else cells[home]).extend(run)
            if home is not None and len(printed) > 1:
                self._crossed.update(printed)
                self._overflows.append((home, "".join(char.text for char in run).strip()))
        return cells, rest

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

    def grid(self, cells: list[list[Char]]) -> Grid:
        """Return the grid with the text, the colour and what is drawn in each cell."""
        built = tuple(self._cell(index, chars) for index, chars in enumerate(cells))
        xs = tuple(round(x, PLACES) for x in self.shape.column_edges)
        ys = tuple(round(y, PLACES) for y in self.shape.row_edges)
        return Grid.model_construct(
            page=self.page,
            bbox=BBox.model_construct(x0=xs[0], top=ys[0], x1=xs[-1], bottom=ys[-1]),
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

    def _cell_of(self, char: Char) -> int | None:
        return self._owner_at((char.x0 + char.x1) / 2, (char.top + char.bottom) / 2)

    def _owner_at(self, x: float, y: float) -> int | None:
        column = bisect_right(self.shape.column_edges, x) - 1
        row = bisect_right(self.shape.row_edges, y) - 1
        return self._owner.get((row, column))

    def _cell(self, index: int, chars: list[Char]) -> Cell:
        span: Span = self.shape.spans[index]
        box, inset = self._boxes[index], self.shape.border
        printed = [char for char in chars if not char.text.isspace()]
        lone = len(printed) == 1 and not printed[0].known
        lines = lines_of(chars, self.page) if printed and not lone else ()
        drawn = NOTHING
        if not lines:
            drawn = self._mark(index, with_text=lone or index in self._unread)
        elif (
            not all(char.known for char in printed)
            or index in self._unread
            or unexplained_drawing(self._content.view, box, inset)
        ):
            self._unexplained.append(index)
        if drawn.state == "unknown":
            self._unexplained.append(index)
        confidence = 1.0 if lone else known_share(chars)
        if index in self._crossed:
            confidence = round(confidence * DOUBT, 3)
        return Cell.model_construct(
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
        x0, top, x1, bottom = (round(part, PLACES) for part in self._boxes[index])
        box = BBox.model_construct(x0=x0, top=top, x1=x1, bottom=bottom)
        return SourceRef.model_construct(
            sha256=self._sha256, page=self.page, bbox=box, line=None, cell=None, reader="pdf-text"
        )


def _owners(shape: Shape) -> dict[tuple[int, int], int]:
    return {
        (row, column): index
        for index, span in enumerate(shape.spans)
        for row in range(span.row, span.row + span.rows)
        for column in range(span.column, span.column + span.columns)
    }


def _runs(
    chars: Sequence[Char], owners: Sequence[int | None]
) -> Iterable[tuple[Sequence[Char], Sequence[int | None]]]:
    """Yield runs of characters drawn one after the other without a gap, with their cells."""
    start = 0
    for index in range(1, len(chars)):
        if _follows(chars[index - 1], chars[index]):
            continue
        yield chars[start:index], owners[start:index]
        start = index
    if chars:
        yield chars[start:], owners[start:]


def _follows(last: Char, char: Char) -> bool:
    if last.turn != char.turn or (last.text == " " and char.text == " "):
        return False
    near = RUN_GAP * char.size
    if char.turn in {0, 180}:
        gap = char.x0 - last.x1 if char.turn == 0 else last.x0 - char.x1
        return abs(gap) <= near and abs(char.origin_y - last.origin_y) <= near
    gap = last.top - char.bottom if char.turn == 90 else char.top - last.bottom
    return abs(gap) <= near and abs(char.origin_x - last.origin_x) <= near
