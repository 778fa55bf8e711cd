"""The loose lines of pages turned into text and running heads, feet and catchwords, which repeat."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rapidfuzz import fuzz

from extract.types import Extraction, Grid, TextLine
from normalize.settings import RUNNING_TEXT

_DIGITS = re.compile(r"\d+")
_DOTS = re.compile(r"…|\.{3,}")  # behind a catchword
_SIGNS = re.compile(r"[\W_]+")


class RunningLines:
    """What repeats on the pages of a document."""

    def __init__(self, extraction: Extraction) -> None:
        """Take the lines and grids of the pages; a transcription has none."""
        self._pages = {page.number: page for page in extraction.pages}
        self._lines: dict[int, list[TextLine]] = {}
        for line in extraction.lines:
            if line.page is not None and line.bbox is not None:
                self._lines.setdefault(line.page, []).append(line)
        self._beginnings: dict[int, Sequence[str]] = {}
        self._grids: dict[int, list[Grid]] = {}
        for grid in extraction.grids:
            if grid.page is not None and grid.bbox is not None:
                self._grids.setdefault(grid.page, []).append(grid)

    def on_page(self, page: int | None) -> list[TextLine]:
        """Return the placed lines of a page outside its grids."""
        return self._lines.get(page or 0, [])

    def height(self, page: int | None) -> float:
        """Return the height of a page in points."""
        return self._pages[page or 0].height

    def runs(self, line: TextLine, *, caption: bool = False) -> bool:
        """Tell whether a line is a page number, a catchword, or repeated at the same place of a page nearby.

        Where a caption could be (`Tabel 1`, `Tabel 2`) its figures must be the same as well.
        """
        letters = sum(char.isalpha() for char in line.text)
        if letters == 0 or (line.confidence is not None and letters < RUNNING_TEXT.fewest_letters):
            return True
        in_margin = line.bbox is not None and line.bbox.bottom < RUNNING_TEXT.margin * self.height(line.page)
        exact = caption and not in_margin
        number = line.page or 0
        near = [n for n in range(number - RUNNING_TEXT.reach, number + RUNNING_TEXT.reach + 1) if n != number]
        return self._repeats(line, near, exact=exact) or self.is_catchword(line)

    def is_repeated(self, line: TextLine) -> bool:
        """Tell whether a line repeats one at the same place of a page shortly before, with the same text."""
        number = line.page or 0
        return self._repeats(line, list(range(number - RUNNING_TEXT.reach, number)), exact=True)

    def is_catchword(self, line: TextLine) -> bool:
        """Tell whether a line below all tables of its page prints the words that the next page begins with.

        A running foot may follow its dots.
        """
        printed, foot = _parted(line.text)
        word = _bare(printed)
        if line.bbox is None or not word or self._has_grid_below(line):
            return False
        near = range((line.page or 0) - RUNNING_TEXT.reach, (line.page or 0) + RUNNING_TEXT.reach + 1)
        beside = line.replace(text=foot)
        if foot and not self._repeats(beside, [n for n in near if n != line.page], exact=False):
            return False
        return any(text.startswith(word) for text in self._beginnings_of((line.page or 0) + 1))

    def _has_grid_below(self, line: TextLine) -> bool:
        grids = [grid.bbox for grid in self._grids.get(line.page or 0, []) if grid.bbox is not None]
        top = line.bbox.top if line.bbox is not None else 0.0
        return not grids or any(box.bottom > top + RUNNING_TEXT.near for box in grids)

    def _beginnings_of(self, page: int) -> Sequence[str]:
        """Return the texts from each place on at which a page may begin: behind running lines and a repeated head."""
        if page not in self._beginnings:
            self._beginnings[page] = self._read_beginnings(page)
        return self._beginnings[page]

    def _read_beginnings(self, page: int) -> Sequence[str]:
        grids = sorted(self._grids.get(page, []), key=lambda grid: grid.bbox.top if grid.bbox else 0.0)
        top = grids[0].bbox.top if grids and grids[0].bbox else float("inf")
        above = [
            line.text
            for line in self.on_page(page)
            if line.bbox and line.bbox.bottom <= top + RUNNING_TEXT.near
        ]
        rows = (
            [[cell.text for cell in row] for row in grids[0].rows()[: RUNNING_TEXT.beginning]]
            if grids
            else []
        )
        parts = [_bare(text) for text in (*above, *map(" ".join, rows))]
        return ["".join(parts[n:]) for n in range(len(parts))]

    def _repeats(self, line: TextLine, pages: list[int], *, exact: bool) -> bool:
        return any(self._same(line, other, exact=exact) for n in pages for other in self.on_page(n))

    def _same(self, line: TextLine, other: TextLine, *, exact: bool) -> bool:
        if not self._same_place(line, other):
            return False
        if exact and _DIGITS.findall(line.text) != _DIGITS.findall(other.text):
            return False
        one, two, foot = (
            _DIGITS.sub("#", t.strip()) for t in (line.text, other.text, _parted(other.text)[1])
        )
        return one in (two, foot) or (
            line.confidence is not None and fuzz.ratio(one, two) >= RUNNING_TEXT.alike
        )

    def _same_place(self, line: TextLine, other: TextLine) -> bool:
        if line.bbox is None or other.bbox is None:
            return False
        if abs(line.bbox.top - other.bbox.top) <= RUNNING_TEXT.same_place:
            return True
        heights = self.height(line.page), self.height(other.page)
        return (
            abs((heights[0] - line.bbox.bottom) - (heights[1] - other.bbox.bottom)) <= RUNNING_TEXT.same_place
        )


def _parted(text: str) -> tuple[str, str]:
    """Return what precedes the dots of a catchword and what follows them."""
    parts = _DOTS.split(text.strip(), maxsplit=1)
    return (parts[0], parts[1].strip()) if len(parts) > 1 and parts[0].strip() else (text, "")


def _bare(text: str) -> str:
    """Return the letters and figures of a text, in one case."""
    return _SIGNS.sub("", text).casefold()
