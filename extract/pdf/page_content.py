"""The seam of page readers: turns a page number into placed characters, rulings, pictures and a view of the page."""

from __future__ import annotations

from typing import NamedTuple, Protocol, Self

from extract.grid.chars import Chars
from extract.grid.rulings import Segment
from extract.pdf.drawn_page import PageView


class Ink(NamedTuple):
    """The box of a picture."""

    x0: float
    top: float
    x1: float
    bottom: float


class PageContent(NamedTuple):
    """What a page reader sees on one page; `width` and `height` in points after rotation.

    `chars` are those that can be seen, `hidden` the printed ones that cannot, `pictures` the boxes of the page's
    raster images. `view` is the page as it is drawn, whoever read its characters.
    """

    width: float
    height: float
    chars: Chars
    hidden: Chars
    horizontal: tuple[Segment, ...]
    vertical: tuple[Segment, ...]
    pictures: tuple[Ink, ...]
    view: PageView


class PageReader(Protocol):
    """A reader of an opened document, page by page; of a page nothing is kept after the next one was read."""

    def read(self, number: int) -> PageContent:
        """Return the content of a page, counted from 1; raises `PageNotReadableError`."""
        ...

    def __enter__(self) -> Self:
        """Return the reader itself."""
        ...

    def __exit__(self, *args: object) -> None:
        """Close the document."""
        ...
