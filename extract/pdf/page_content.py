"""What a reader of pages sees on one page: placed characters, rulings, pictures, and the page as it is drawn."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple, Protocol, Self

import numpy as np

from extract.grid.boxes import Box
from extract.grid.chars import Chars
from extract.grid.rulings import Segment
from extract.pdf.drawn_page import PageView
from extract.pdf.settings import CHARS


class PageContent(NamedTuple):
    """What a page reader sees on one page; `width` and `height` in points after rotation.

    `chars` are those that can be seen, `hidden` the printed ones that cannot, `parted` those of which a part is seen but
    cannot be read, since the rest is clipped away, `pictures` the boxes of the page's
    raster images. `view` is the page as it is drawn, whoever read its characters.
    """

    width: float
    height: float
    chars: Chars
    hidden: Chars
    parted: Chars
    horizontal: tuple[Segment, ...]
    vertical: tuple[Segment, ...]
    pictures: tuple[Box, ...]
    view: PageView

    @property
    def area(self) -> float:
        """The area of the page in square points, at least 1."""
        return max(self.width * self.height, 1.0)


class PageReader(Protocol):
    """A reader of an opened document, page by page; it keeps nothing of a page after the next one was read."""

    def read(self, number: int) -> PageContent:
        """Return the content of a page, counted from 1; raises `PageNotReadableError`."""
        ...

    def __enter__(self) -> Self:
        """Return the reader itself."""
        ...

    def __exit__(self, *args: object) -> None:
        """Close the document."""
        ...


def smaller_print(chars: Chars) -> float:
    """Return the size, in points, of a page's smaller print, against which all that is close or thin is measured."""
    sizes = chars.size[chars.printed]
    place = (len(sizes) - 1) * CHARS.smaller_percent // 100
    return float(np.sort(sizes)[place]) if len(sizes) else CHARS.no_print


@cache
def is_bold(font: str) -> bool:
    """Tell whether a font is bold, by its name."""
    return any(name in font.lower() for name in CHARS.bold_names)
