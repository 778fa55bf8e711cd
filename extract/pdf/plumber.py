"""The pdfplumber page reader: turns a page's layout objects into placed characters and rulings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from io import BytesIO
from typing import Self, cast

import pdfplumber
import pypdfium2
from pdfminer.layout import LTChar, LTContainer, LTCurve, LTImage, LTLine, LTRect
from pdfplumber.page import Page

from extract.errors import PageNotReadableError
from extract.grid.chars import Char, Chars
from extract.grid.rulings import Segment
from extract.pdf.glyphs import printed_text
from extract.pdf.page_content import Ink, PageContent
from extract.pdf.pdfium_page import PdfiumPage
from extract.pdf.print_size import smaller_print
from extract.pdf.visible_chars import part_by_sight

RULING_WIDTH = 3.0  # points; a filled bar up to this thick is a ruling, a thicker one a fill
STRAIGHT = 0.5  # points; a line that leaves its axis by less is straight
SHAPE_EDGE = 10.0  # points; shorter straight parts of a curved shape are part of a mark, not rulings
MAX_OBJECTS = 400_000  # objects of one page
MAX_DEPTH = 30  # forms in forms
BOLD_NAMES = ("bold", "black", "heavy")


class PlumberReader:
    """Reads pages with pdfplumber (pdfminer.six).

    It is the second reader: independent of PDFium in what a page's operators say, while the picture that both are
    held against is PDFium's. It takes `Page.layout`, the placed objects below `Page.chars` and `Page.rects`: the
    same values without the dictionary an object that pdfplumber makes of each.
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
            raise PageNotReadableError(
                reason_id="isi halaman rusak", reason_en="its content is damaged"
            ) from error
        finally:
            page.close()


class _Collector:
    """Sorts the layout objects of one page by what they are."""

    def __init__(self, page: Page) -> None:
        self._objects = page.layout._objs  # noqa: SLF001 - iterating LTPage itself goes through the same list
        self._left, self._top, self.width, self.height = _visible_box(page)
        self._fonts: dict[str, bool] = {}
        self.chars: list[Char] = []
        self.horizontal: list[Segment] = []
        self.vertical: list[Segment] = []
        self.pictures: list[Ink] = []

    def content(self, drawn: PdfiumPage) -> PageContent:
        for count, item in enumerate(_flat(self._objects, 0)):
            if count > MAX_OBJECTS:
                raise PageNotReadableError(
                    reason_id="isi halaman terlalu padat", reason_en="it holds too many objects"
                )
            if isinstance(item, LTChar):
                self._add_char(item)
            elif isinstance(item, LTCurve):
                self._add_path(item)
            elif isinstance(item, LTImage):
                self.pictures.append(Ink(*self._box(item.x0, item.y0, item.x1, item.y1)))
        chars = Chars.of(self.chars)
        view = drawn.view(smaller_print(chars))
        seen, hidden = part_by_sight(chars, view, None)
        return PageContent(
            self.width,
            self.height,
            seen,
            hidden,
            tuple(self.horizontal),
            tuple(self.vertical),
            tuple(self.pictures),
            view,
        )

    def _box(self, x0: float, y0: float, x1: float, y1: float) -> tuple[float, float, float, float]:
        return x0 - self._left, self._top - y1, x1 - self._left, self._top - y0

    def _add_char(self, char: LTChar) -> None:
        x0, top, x1, bottom = (
            char.x0 - self._left,
            self._top - char.y1,
            char.x1 - self._left,
            self._top - char.y0,
        )
        if not (0 <= x0 + x1 <= 2 * self.width and 0 <= top + bottom <= 2 * self.height):
            return
        font = char.fontname if isinstance(char.fontname, str) else repr(char.fontname)
        bold = self._fonts.get(font)
        if bold is None:
            bold = self._fonts[font] = any(name in font.lower() for name in BOLD_NAMES)
        text, known = printed_text(char._text, font)  # noqa: SLF001 - get_text() without a call a glyph
        a, b, _c, _d, e, f = char.matrix
        turn = 0 if b == 0 and a > 0 else _turn(a, b)
        size = bottom - top if turn in {0, 180} else x1 - x0
        self.chars.append(
            Char(text, x0, top, x1, bottom, e - self._left, self._top - f, size, turn, bold, known)
        )

    def _add_path(self, path: LTCurve) -> None:
        if not (path.stroke or path.fill):
            return
        if isinstance(path, LTLine):
            self._add_lines(path)
        elif isinstance(path, LTRect):
            self._add_rect(path)
        else:
            self._add_curve(path)

    def _add_lines(self, path: LTCurve) -> None:
        (x0, y0), (x1, y1) = path.pts[0], path.pts[-1]
        if path.stroke and not (path.linewidth > RULING_WIDTH and _is_straight(x0, y0, x1, y1)):
            self._add_edge(x0, y0, x1, y1)

    def _add_rect(self, rect: LTRect) -> None:
        x0, top, x1, bottom = self._box(rect.x0, rect.y0, rect.x1, rect.y1)
        width, height = x1 - x0, bottom - top
        thin_x, thin_y = width <= RULING_WIDTH, height <= RULING_WIDTH
        if thin_y:
            self.horizontal.append(Segment((top + bottom) / 2, x0, x1))
        if thin_x:
            self.vertical.append(Segment((x0 + x1) / 2, top, bottom))
        if rect.stroke and not (thin_x or thin_y):
            self.horizontal += (Segment(top, x0, x1), Segment(bottom, x0, x1))
            self.vertical += (Segment(x0, top, bottom), Segment(x1, top, bottom))

    def _add_curve(self, path: LTCurve) -> None:
        for x0, y0, x1, y1, line in _path_parts(path):
            long = max(abs(x1 - x0), abs(y1 - y0)) >= SHAPE_EDGE
            if line and path.stroke and long and _is_straight(x0, y0, x1, y1):
                self._add_edge(x0, y0, x1, y1)

    def _add_edge(self, x0: float, y0: float, x1: float, y1: float) -> None:
        if not _is_straight(x0, y0, x1, y1):
            return
        left, top, right, bottom = self._box(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))
        if right - left >= bottom - top:
            self.horizontal.append(Segment((top + bottom) / 2, left, right))
        else:
            self.vertical.append(Segment((left + right) / 2, top, bottom))


def _flat(objects: Iterable[object], depth: int) -> Iterator[object]:
    for item in objects:
        if isinstance(item, LTContainer):
            if depth < MAX_DEPTH:
                yield from _flat(item, depth + 1)
        else:
            yield item


def _turn(a: float, b: float) -> int:
    if abs(a) >= abs(b):
        return 0 if a > 0 else 180
    return 90 if b > 0 else 270


def _is_straight(x0: float, y0: float, x1: float, y1: float) -> bool:
    return abs(x1 - x0) <= STRAIGHT or abs(y1 - y0) <= STRAIGHT


def _path_parts(path: LTCurve) -> Iterator[tuple[float, float, float, float, bool]]:
    """Yield the parts of a path: start, end, and whether the part is a line."""
    first: tuple[float, float] = path.pts[0]
    last = first
    for segment in path.original_path or ():
        command, points = str(segment[0]), cast("list[tuple[float, float]]", segment[1:])
        if command == "m":
            first = last = points[0]
            continue
        end = first if command == "h" else points[-1]
        if end != last:
            yield (*last, *end, command in {"l", "h"})
        last = end


def _visible_box(page: Page) -> tuple[float, float, float, float]:
    """Return left, top, width and height of the crop box in the layout's turned coordinates.

    The layout has its origin at the media box's lower left corner after /Rotate.
    """
    media, crop = page.page_obj.mediabox, page.page_obj.cropbox
    mx0, my0, mx1, my1 = _ordered(media)
    cx0, cy0, cx1, cy1 = _ordered(crop)
    x0, y0, x1, y1 = max(mx0, cx0), max(my0, cy0), min(mx1, cx1), min(my1, cy1)
    if x1 <= x0 or y1 <= y0:
        x0, y0, x1, y1 = mx0, my0, mx1, my1
    turned = {
        0: (x0 - mx0, y1 - my0, x1 - x0, y1 - y0),
        90: (y0 - my0, mx1 - x0, y1 - y0, x1 - x0),
        180: (mx1 - x1, my1 - y0, x1 - x0, y1 - y0),
        270: (my1 - y1, x1 - mx0, y1 - y0, x1 - x0),
    }
    return turned.get(page.rotation % 360, turned[0])


def _ordered(box: Iterable[float]) -> tuple[float, float, float, float]:
    x0, y0, x1, y1 = (float(part) for part in box)
    return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)
