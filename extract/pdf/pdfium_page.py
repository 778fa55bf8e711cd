"""One page opened with PDFium: its objects, its characters with their places, and its views."""

from __future__ import annotations

import ctypes
import math
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Self

import numpy as np
import pypdfium2
import pypdfium2.raw as pdfium

from extract.errors import PageNotReadableError
from extract.grid.chars import Chars
from extract.pdf.drawn_page import PageView, PixelPool, Pixels
from extract.pdf.page_content import Ink
from extract.pdf.pdfium_chars import page_space, read_chars
from extract.survey import pdfium_calls as calls
from extract.survey.pdfium_objects import bounds_of, objects_of

MAX_OBJECTS = 400_000  # objects of one page
LARGEST = 6.0  # pixels a point: print of 2 points is drawn 12 pixels high
MAX_PIXELS = 40_000_000  # a larger page is drawn more coarsely
SCALE = 2.0  # pixels a point: the shorter stroke of a comma in 8-point print is a pixel wide
FINE_PRINT = 6.0  # points; where most print is smaller the page is drawn larger in proportion
REPLACEMENT = "ActualText"  # the key of a mark that says another text than its glyphs show


class PdfiumPage:
    """A page with its comments and form fields made part of its content, as they are drawn on a screen.

    Points have their origin at the top left of the page as a reader sees it. Raises `PageNotReadableError` where
    PDFium does not load the page or it holds more than 400,000 objects. Use it in a `with` statement.
    """

    def __init__(self, document: pypdfium2.PdfDocument, number: int, pool: PixelPool | None = None) -> None:
        self._document, self._number = document, number
        self._pool = pool or PixelPool()
        self._page = _flattened(document, number)
        self._address = calls.address(self._page.raw)
        self._space = page_space(self._page)
        self.width, self.height = map(float, self._page.get_size())
        self.fonts: dict[int, int] = {}  # of each text object that has characters: the address of its font
        self._texts: list[int] = []
        self._images: list[int] = []
        self._scale = SCALE
        self._is_open = True
        self.pictures: list[Ink] = []
        try:
            self._survey()
        except PageNotReadableError:
            self.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *args: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the page; a view of it that is asked for its colours opens it again."""
        self._is_open = False
        self._page.close()

    def _survey(self) -> None:
        boxes: list[tuple[float, float, float, float]] = []
        for count, (kind, item, matrix) in enumerate(objects_of(self._address)):
            if count > MAX_OBJECTS:
                raise PageNotReadableError(
                    reason_id="isi halaman terlalu padat", reason_en="it holds too many objects"
                )
            if kind == pdfium.FPDF_PAGEOBJ_TEXT:
                self._texts.append(item)
                _drop_replacement(item)
            elif kind == pdfium.FPDF_PAGEOBJ_IMAGE:
                self._images.append(item)
                boxes.append(bounds_of(item, matrix))
        placed = self._space.placed_boxes(np.array(boxes, dtype=np.float64).reshape(-1, 4))
        self.pictures = [Ink(*box) for box in placed.tolist()]

    # ------------------------------------------------------------------------------- characters

    def chars(self) -> Chars:
        """Return the page's characters in the order in which they are drawn, seen or not."""
        text = self._page.get_textpage()
        try:
            chars, self.fonts = read_chars(calls.address(text.raw), text.count_chars(), self._space)
        finally:
            text.close()
        across, down = chars.x0 + chars.x1, chars.top + chars.bottom
        on_page = (across >= 0) & (across <= 2 * self.width) & (down >= 0) & (down <= 2 * self.height)
        return chars if on_page.all() else chars[on_page]

    # ------------------------------------------------------------------------------------- views

    def view(self, print_size: float) -> PageView:
        """Draw the page whole and without its text; `print_size` is that of its smaller print in points."""
        scale = SCALE * max(1.0, FINE_PRINT / max(print_size, 0.5))
        scale = min(scale, LARGEST, (MAX_PIXELS / max(self.width * self.height, 1.0)) ** 0.5)
        self._scale = scale
        whole = self._drawn(scale, self._pool)
        with self._without(self._texts):
            drawing = self._drawn(scale, self._pool) if self._texts else whole
        return PageView(whole, drawing, (self.width, self.height), self._colours, self._pool)

    def strokes(self) -> Pixels:
        """Draw the page without its text and its pictures, as large as its view."""
        with self._without([*self._texts, *self._images]):
            return self._drawn(self._scale, PixelPool())

    def view_of(self, source: int, view: PageView) -> PageView:
        """Return a view of the page in which the ink of one text object alone counts as text."""
        return self.view_of_all([source], view)

    def view_of_all(self, sources: Iterable[int], view: PageView) -> PageView:
        """Return a view of the page in which the ink of some text objects alone counts as text."""
        with self._without(sources):
            bare = self._drawn(self._scale, PixelPool())
        return PageView(view.whole, bare, (self.width, self.height), self._colours)

    def _colours(self, scale: float) -> Pixels:
        """Return the page without its text in colour (H x W x 3: red, green, blue), this object closed or not."""
        if not self._is_open:
            with PdfiumPage(self._document, self._number) as page:
                return page._colours(scale)
        with self._without(self._texts):
            return self._drawn(scale, PixelPool(), grey=False)

    @contextmanager
    def _without(self, items: Iterable[int]) -> Iterator[None]:
        chosen = list(items)
        for item in chosen:
            calls.set_active(item, 0)
        try:
            yield
        finally:
            for item in chosen:
                calls.set_active(item, 1)

    def _drawn(self, scale: float, pool: PixelPool, *, grey: bool = True) -> Pixels:
        width, height = math.ceil(self.width * scale), math.ceil(self.height * scale)
        channels = 1 if grey else 3
        pixels: Pixels = pool.array((height, width) if grey else (height, width, 3))
        pixels.fill(255)
        bitmap = pdfium.FPDFBitmap_CreateEx(
            width,
            height,
            pdfium.FPDFBitmap_Gray if grey else pdfium.FPDFBitmap_BGR,
            pixels.ctypes.data,
            width * channels,
        )
        if not bitmap:
            raise PageNotReadableError(reason_id="gambarnya tidak terbentuk", reason_en="it cannot be drawn")
        flags = pdfium.FPDF_GRAYSCALE if grey else pdfium.FPDF_REVERSE_BYTE_ORDER
        pdfium.FPDF_RenderPageBitmap(bitmap, self._page.raw, 0, 0, width, height, 0, flags)
        pdfium.FPDFBitmap_Destroy(bitmap)
        return pixels


def _flattened(document: pypdfium2.PdfDocument, number: int) -> pypdfium2.PdfPage:
    """Open a page; what its annotations draw on a screen becomes part of its content, in memory only."""
    try:
        page = document[number - 1]
        count = pdfium.FPDFPage_GetAnnotCount(page.raw)
        if count:
            _remove_hidden(page, count)
            pdfium.FPDFPage_Flatten(page.raw, pdfium.FLAT_NORMALDISPLAY)
            page.close()
            page = document[number - 1]
    except pypdfium2.PdfiumError as error:
        raise PageNotReadableError(
            reason_id="halaman tidak dapat dibuka", reason_en="it does not open"
        ) from error
    return page


def _remove_hidden(page: pypdfium2.PdfPage, count: int) -> None:
    """Take away the annotations that no screen shows, some of which flattening would draw, and those of signatures.

    What a signature's field draws is the stamp of whoever signed; `lampiran.verify` reads the signature itself.
    """
    unseen = pdfium.FPDF_ANNOT_FLAG_HIDDEN | pdfium.FPDF_ANNOT_FLAG_NOVIEW
    for index in reversed(range(count)):
        annotation = pdfium.FPDFPage_GetAnnot(page.raw, index)
        if not annotation:
            continue
        flags, is_signature = pdfium.FPDFAnnot_GetFlags(annotation), _is_signature(annotation)
        pdfium.FPDFPage_CloseAnnot(annotation)
        if flags & unseen or is_signature:
            pdfium.FPDFPage_RemoveAnnot(page.raw, index)


def _is_signature(annotation: pdfium.FPDF_ANNOTATION) -> bool:
    buffer = (ctypes.c_ushort * 8)()
    pdfium.FPDFAnnot_GetStringValue(annotation, b"FT", buffer, ctypes.sizeof(buffer))
    return bytes(buffer).decode("utf-16-le").rstrip("\0") == "Sig"


def _drop_replacement(item: int) -> None:
    """Take away the marks by which a text object says another text than its glyphs show."""
    for index in reversed(range(max(calls.count_marks(item), 0))):
        mark = calls.object_mark(item, index)
        if any(_key(mark, place) == REPLACEMENT for place in range(max(calls.count_mark_values(mark), 0))):
            calls.remove_mark(item, mark)


def _key(mark: int, place: int) -> str:
    buffer, length = ctypes.create_string_buffer(64), ctypes.c_ulong()
    calls.mark_key(mark, place, ctypes.addressof(buffer), 64, ctypes.addressof(length))
    return buffer.raw[: length.value].decode("utf-16-le", "ignore").rstrip("\0")
