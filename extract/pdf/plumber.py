"""The pdfplumber page reader: turns a page's layout objects into placed characters and rulings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from io import BytesIO
from typing import Self, cast

import pdfplumber
import pypdfium2
from pdfminer.layout import LTChar, LTContainer, LTCurve, LTImage, LTLine, LTRect
from pdfplumber.page import Page

from extract.errors import PageNotReadableError, not_readable
from extract.grid.boxes import Box
from extract.grid.chars import Char, Chars
from extract.grid.rulings import Segment
from extract.pdf.glyphs import printed_text
from extract.pdf.page_content import PageContent, is_bold, smaller_print
from extract.pdf.pdfium_page import PdfiumPage
from extract.pdf.settings import OTHERS
from extract.pdf.visible_chars import split_by_sight
from extract.settings import LIMITS
from extract.types import FULL_TURN, QUARTER_TURN

Point = tuple[float, float]


class PlumberReader:
    """Reads pages with pdfplumber (pdfminer.six), independent of PDFium in what a page's operators say.

    The picture that both are held against is PDFium's. It takes `Page.layout`, the placed objects below
    `Page.chars` and `Page.rects`, without the dictionary that pdfplumber makes of each object.
    """

    def __init__(self, data: bytes) -> None:
        self._document = pdfplumber.open(BytesIO(data))
        self._drawn = pypdfium2.PdfDocument(data)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *args: object) -> None:
        self._document.close()
        self._drawn.close()

    def read(self, number: int) -> PageContent:
        """Return the content of a page, counted from 1; raises `PageNotReadableError`."""
        page = self._document.pages[number - 1]
        try:
            with PdfiumPage(self._drawn, number) as drawn:
                return _Collector(page).content(drawn)
        except PageNotReadableError:
            raise
        except Exception as error:  # pdfminer lets errors of every kind through on broken content
            raise not_readable("damaged-page") from error
        finally:
            page.close()


class _Collector:
    """Sorts the layout objects of one page by what they are."""

    def __init__(self, page: Page) -> None:
        self._objects = page.layout._objs  # noqa: SLF001 - iterating LTPage itself goes through the same list
        self._left, bottom, right, self._top = _visible_box(page)
        self.width, self.height = right - self._left, self._top - bottom
        self.chars: list[Char] = []
        self.horizontal: list[Segment] = []
        self.vertical: list[Segment] = []
        self.pictures: list[Box] = []

    def content(self, drawn: PdfiumPage) -> PageContent:
        for count, item in enumerate(_flat(self._objects, 0)):
            if count > LIMITS.page_objects:
                raise not_readable("too-dense")
            if isinstance(item, LTChar):
                self._add_char(item)
            elif isinstance(item, LTCurve) and (item.stroke or item.fill):
                self._add_path(item)
            elif isinstance(item, LTImage):
                self.pictures.append(self._box(item.x0, item.y0, item.x1, item.y1))
        chars = Chars.of(self.chars)
        view = drawn.view(smaller_print(chars))
        sight = split_by_sight(chars, view, None)
        size, rulings = (self.width, self.height), (tuple(self.horizontal), tuple(self.vertical))
        return PageContent(*size, *sight, *rulings, tuple(self.pictures), view)

    def _box(self, x0: float, y0: float, x1: float, y1: float) -> Box:
        return Box(x0 - self._left, self._top - y1, x1 - self._left, self._top - y0)

    def _add_char(self, char: LTChar) -> None:
        box = self._box(char.x0, char.y0, char.x1, char.y1)
        if not Box(0, 0, self.width, self.height).holds(box):
            return
        font = char.fontname if isinstance(char.fontname, str) else repr(char.fontname)
        text, known = printed_text(char._text, font)  # noqa: SLF001 - get_text() without a call per glyph
        a, b, _c, _d, e, f = char.matrix
        turn = QUARTER_TURN * ((0 if a > 0 else 2) if abs(a) >= abs(b) else (1 if b > 0 else 3))
        size = box.width if turn // QUARTER_TURN % 2 else box.height
        origin = (e - self._left, self._top - f)
        self.chars.append(Char(text, *box, *origin, size, turn, is_bold(font), known))

    def _add_path(self, path: LTCurve) -> None:
        if isinstance(path, LTRect):
            self._add_rect(path)
        elif not path.stroke:
            return
        elif isinstance(path, LTLine):
            start, end = path.pts[0], path.pts[-1]
            if path.linewidth <= OTHERS.ruling_width:
                self._add_edge(start, end)
        else:
            for start, end in _lines_of(path):
                if max(abs(end[0] - start[0]), abs(end[1] - start[1])) >= OTHERS.shape_edge:
                    self._add_edge(start, end)

    def _add_rect(self, rect: LTRect) -> None:
        x0, top, x1, bottom = self._box(rect.x0, rect.y0, rect.x1, rect.y1)
        thin_x, thin_y = x1 - x0 <= OTHERS.ruling_width, bottom - top <= OTHERS.ruling_width
        if thin_y:
            self.horizontal.append(Segment((top + bottom) / 2, x0, x1))
        if thin_x:
            self.vertical.append(Segment((x0 + x1) / 2, top, bottom))
        if rect.stroke and not (thin_x or thin_y):
            self.horizontal += (Segment(top, x0, x1), Segment(bottom, x0, x1))
            self.vertical += (Segment(x0, top, bottom), Segment(x1, top, bottom))

    def _add_edge(self, start: Point, end: Point) -> None:
        (x0, x1), (y0, y1) = sorted((start[0], end[0])), sorted((start[1], end[1]))
        if min(x1 - x0, y1 - y0) > OTHERS.straight:
            return
        box = self._box(x0, y0, x1, y1)
        if box.width >= box.height:
            self.horizontal.append(Segment((box.top + box.bottom) / 2, box.x0, box.x1))
        else:
            self.vertical.append(Segment((box.x0 + box.x1) / 2, box.top, box.bottom))


def _flat(objects: Iterable[object], depth: int) -> Iterator[object]:
    for item in objects:
        if not isinstance(item, LTContainer):
            yield item
        elif depth < LIMITS.form_depth:
            yield from _flat(item, depth + 1)


def _lines_of(path: LTCurve) -> Iterator[tuple[Point, Point]]:
    first: Point = path.pts[0]
    last = first
    for segment in path.original_path or ():
        command, points = str(segment[0]), cast("list[Point]", segment[1:])
        if command == "m":
            first = last = points[0]
            continue
        end = first if command == "h" else points[-1]
        if end != last and command in {"l", "h"}:
            yield last, end
        last = end


def _visible_box(page: Page) -> tuple[float, float, float, float]:
    """Return left, bottom, right, top of the crop box from the lower left corner of the media box after /Rotate."""
    media, crop = _ordered(page.page_obj.mediabox), _ordered(page.page_obj.cropbox)
    x0, y0 = max(media.x0, crop.x0), max(media.top, crop.top)
    x1, y1 = min(media.x1, crop.x1), min(media.bottom, crop.bottom)
    if x1 <= x0 or y1 <= y0:
        x0, y0, x1, y1 = media
    x0, y0, x1, y1 = x0 - media.x0, y0 - media.top, x1 - media.x0, y1 - media.top
    width, height = media.width, media.height
    for _ in range(page.rotation % FULL_TURN // QUARTER_TURN):
        x0, y0, x1, y1 = y0, width - x1, y1, width - x0
        width, height = height, width
    return x0, y0, x1, y1


def _ordered(box: Iterable[float]) -> Box:
    x0, y0, x1, y1 = (float(part) for part in box)
    return Box(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))
