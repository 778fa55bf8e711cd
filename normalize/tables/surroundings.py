"""The loose lines of pages turned into what is between two tables; running heads and page numbers do not count."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rapidfuzz import fuzz

from extract.types import Extraction, Grid, TextLine
from normalize.running_text import RunningLines
from normalize.settings import RUNNING_TEXT
from normalize.tables.settings import JOINING

_DIGITS = re.compile(r"\d+")


class Surroundings:
    """The lines outside the grids of a document, page by page."""

    def __init__(self, extraction: Extraction) -> None:
        """Take the document; its running lines are known by repeating."""
        self._running = RunningLines(extraction)

    def between(self, before: Grid, after: Grid) -> list[TextLine]:
        """Return the lines below one grid and above one on the next page that are not a running head, foot or catchword."""
        return [*self._below(before), *self._above(after)]

    def between_on_page(self, above: Grid, below: Grid) -> list[TextLine]:
        """Return the lines between two grids of one page."""
        ends = (
            above.bbox.bottom - RUNNING_TEXT.near if above.bbox else 0.0,
            below.bbox.top + RUNNING_TEXT.near if below.bbox else 0.0,
        )
        return [
            line
            for line in self._running.on_page(above.page)
            if line.bbox and line.bbox.top >= ends[0] and line.bbox.bottom <= ends[1]
        ]

    def room_below(self, grid: Grid) -> float:
        """Return the share of the page's height below a grid."""
        height = self._running.height(grid.page)
        return (height - grid.bbox.bottom) / height if grid.bbox else 0.0

    def _below(self, grid: Grid) -> list[TextLine]:
        bottom = grid.bbox.bottom - RUNNING_TEXT.near if grid.bbox else 0.0
        return [
            line
            for line in self._running.on_page(grid.page)
            if line.bbox and line.bbox.top >= bottom and not self._running.runs(line)
        ]

    def _above(self, grid: Grid) -> list[TextLine]:
        top = grid.bbox.top + RUNNING_TEXT.near if grid.bbox else 0.0
        return [
            line
            for line in self._running.on_page(grid.page)
            if line.bbox and line.bbox.bottom <= top and not self._running.runs(line, caption=True)
        ]


def first_grids(grids: Sequence[Grid]) -> list[Grid]:
    """Return the grids of a page above which there is no other one."""
    return [g for g in grids if not any(_is_above(other, g) for other in grids)]


def last_grids(grids: Sequence[Grid]) -> list[Grid]:
    """Return the grids of a page below which there is no other one."""
    return [g for g in grids if not any(_is_above(g, other) for other in grids)]


def running_grids(extraction: Extraction) -> frozenset[int]:
    """Return the numbers of small grids that are repeated at the same place of another page with the same texts.

    They are ruled heads and feet of pages (a logo beside the document's number), not parts of the table between.
    """
    heights = {page.number: page.height for page in extraction.pages}
    found = set()
    for n, grid in enumerate(extraction.grids):
        low = grid.bbox is not None and grid.bbox.height <= JOINING.running * heights.get(grid.page or 0, 0.0)
        if low and any(_is_twin(grid, other) for other in extraction.grids):
            found.add(n)
    return frozenset(found)


def _is_twin(one: Grid, other: Grid) -> bool:
    if one.page == other.page or one.bbox is None or other.bbox is None:
        return False
    sides = [(box.x0, box.x1, box.top, box.bottom) for box in (one.bbox, other.bbox)]
    near = all(abs(a - b) <= RUNNING_TEXT.same_place for a, b in zip(*sides, strict=True))
    if not near or one.column_count != other.column_count:
        return False
    printed = [" ".join(cell.text for cell in grid.cells) for grid in (one, other)]
    figures = zip(*(_DIGITS.findall(text) for text in printed), strict=False)
    if sum(a != b for a, b in figures) > 1:  # more than a page's number: rows of a table that goes on
        return False
    texts = [_DIGITS.sub("#", text) for text in printed]
    seen = bool(one.cells) and one.cells[0].ref.reader == "ocr"
    if not any(map(str.isalpha, texts[0])):
        return False
    return texts[0] == texts[1] or (seen and fuzz.ratio(*texts) >= RUNNING_TEXT.alike)


def _is_above(one: Grid, other: Grid) -> bool:
    return (
        one is not other
        and one.bbox is not None
        and other.bbox is not None
        and (one.bbox.bottom <= other.bbox.top + RUNNING_TEXT.near)
    )
