"""The seam of page readers: turns a page number into placed characters, rulings, fills and drawn marks."""

from __future__ import annotations

from typing import NamedTuple, Protocol, Self


class Char(NamedTuple):
    """One glyph.

    The box is in points, origin top left of the page as a reader sees it. `origin_x`, `origin_y` is the
    glyph's origin on its baseline; `turn` the direction of reading in degrees against the horizontal,
    counted anticlockwise (0, 90: upwards, 180, 270: downwards). `known` is false for a glyph without a
    Unicode value, whose text is then `(cid:n)`.
    """

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    origin_x: float
    origin_y: float
    size: float
    turn: int
    bold: bool
    known: bool


class Segment(NamedTuple):
    """A straight ruling: `position` across its direction (y of a horizontal one), `start` to `end` along it."""

    position: float
    start: float
    end: float


class Fill(NamedTuple):
    """A filled rectangle and its colour as `#rrggbb`, in the order of painting."""

    x0: float
    top: float
    x1: float
    bottom: float
    colour: str


class Ink(NamedTuple):
    """The box of a picture or of a drawn shape that is neither ruling nor fill."""

    x0: float
    top: float
    x1: float
    bottom: float


class PageContent(NamedTuple):
    """What a page reader sees on one page; `width` and `height` in points after rotation.

    `pictures` are those of the `inks` that are pictures.
    """

    width: float
    height: float
    chars: tuple[Char, ...]
    horizontal: tuple[Segment, ...]
    vertical: tuple[Segment, ...]
    fills: tuple[Fill, ...]
    inks: tuple[Ink, ...]
    pictures: tuple[Ink, ...]


class PageNotReadableError(Exception):
    """A page's content cannot be read; the document's other pages can.

    Stays inside `extract.pdf`, which turns it into a `page-not-read` finding. `reason_id`, `reason_en` are
    the reason in both languages, as the end of a sentence.
    """

    def __init__(self, *, reason_id: str, reason_en: str) -> None:
        super().__init__(reason_en)
        self.reason_id = reason_id
        self.reason_en = reason_en


class PageReader(Protocol):
    """A reader of an opened document, page by page; nothing of a page is kept after `read` returns."""

    def read(self, number: int) -> PageContent:
        """Return the content of a page, counted from 1; raises `PageNotReadableError`."""
        ...

    def __enter__(self) -> Self:
        """Return the reader itself."""
        ...

    def __exit__(self, *args: object) -> None:
        """Close the document."""
        ...
