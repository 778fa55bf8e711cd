"""The seam of page readers: turns a page number into placed characters, rulings, pictures and a view of the page."""

from __future__ import annotations

from threading import RLock
from typing import TYPE_CHECKING, NamedTuple, Protocol, Self

if TYPE_CHECKING:
    from extract.pdf.chars import Chars
    from extract.pdf.view import PageView


# PDFium may be used by one thread at a time; pages that are pictures are read by several.
ONE_IN_PDFIUM = RLock()


class Char(NamedTuple):
    """One glyph.

    The box is in points, origin top left of the page as a reader sees it. `origin_x`, `origin_y` is the
    glyph's origin on its baseline; `turn` the direction of reading in degrees against the horizontal,
    counted anticlockwise (0, 90: upwards, 180, 270: downwards). `known` is false for a glyph without a
    Unicode value, whose text is then a placeholder; `slanted` is true for one that runs neither level nor upright,
    as a watermark does; `tracking` is how far, in points, its word's letters are set apart beyond their own widths.
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
    slanted: bool = False
    tracking: float = 0.0


class Segment(NamedTuple):
    """A straight ruling: `position` across its direction (y of a horizontal one), `start` to `end` along it."""

    position: float
    start: float
    end: float


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
