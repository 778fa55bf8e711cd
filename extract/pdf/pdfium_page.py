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

from extract.errors import not_readable
from extract.grid.boxes import Box, middles, rows_of
from extract.grid.chars import Chars, Floats
from extract.pdf.drawn_page import WHITE, PageView, PixelPool, Pixels
from extract.pdf.pdfium_chars import page_space, read_chars
from extract.pdf.settings import DRAWING
from extract.settings import LIMITS
from extract.survey import pdfium_calls as calls
from extract.survey.pdfium_objects import bounds_of, clip_of, objects_of

REPLACEMENT = "ActualText"  # the key of a mark that says another text than its glyphs show
LONGEST_KEY = 64  # bytes


class PdfiumPage:
    """A page with its comments and form fields made part of its content, as they are drawn on a screen.

    Points have their origin at the top left of the page as a reader sees it. Raises `PageNotReadableError` where
    PDFium does not load the page or it holds too many objects. Use it in a `with` statement.
    """

    def __init__(self, document: pypdfium2.PdfDocument, number: int, pool: PixelPool | None = None) -> None:
        self._document, self._number = document, number
        self._pool = pool or PixelPool()
        self._page = _flattened(document, number)
        self._space = page_space(self._page)
        self.width, self.height = map(float, self._page.get_size())
        self.fonts: dict[int, int] = {}  # of each text object that has characters: the address of its font
        self._texts: list[int] = []
        self._images: list[int] = []
        self._clips: dict[
            int, Box
        ] = {}  # of texts that are clipped: where they may be seen, in the page's space
        self._scale = DRAWING.scale
        self._is_open = True
        try:
            self.pictures = self._survey()
        except Exception:
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

    def _survey(self) -> list[Box]:
        """Note the page's texts and images; return the boxes of the images."""
        boxes: list[Box] = []
        for count, (kind, item, matrix) in enumerate(objects_of(calls.address(self._page.raw))):
            if count > LIMITS.page_objects:
                raise not_readable("too-dense")
            if kind == pdfium.FPDF_PAGEOBJ_TEXT:
                self._texts.append(item)
                if clip := clip_of(item, matrix):
                    self._clips[item] = Box(*clip)
                _drop_replacement(item)
            elif kind == pdfium.FPDF_PAGEOBJ_IMAGE:
                self._images.append(item)
                boxes.append(Box(*bounds_of(item, matrix)))
        return [Box(*box) for box in self._space.placed_boxes(rows_of(boxes)).tolist()]

    def chars(self) -> Chars:
        """Return the page's characters in the order in which they are drawn, seen or not."""
        text = self._page.get_textpage()
        try:
            chars, self.fonts = read_chars(calls.address(text.raw), text.count_chars(), self._space)
        finally:
            text.close()
        x, y = middles(chars.boxes)
        on_page = (x >= 0) & (x <= self.width) & (y >= 0) & (y <= self.height)
        return chars if on_page.all() else chars[on_page]

    def clips(self, chars: Chars) -> Floats:
        """Return for each character the box that its object's clip leaves of the page (N x 4, points)."""
        found = np.tile((-np.inf, -np.inf, np.inf, np.inf), (len(chars), 1))
        sources, source = np.unique(chars.source, return_inverse=True)
        clipped = [n for n, one in enumerate(sources.tolist()) if one in self._clips]
        if clipped:
            boxes = np.tile((-np.inf, -np.inf, np.inf, np.inf), (len(sources), 1))
            own = rows_of(self._clips[one] for one in sources[clipped].tolist())
            boxes[clipped] = self._space.placed_boxes(own)
            found = boxes[source]
        return found

    def view(self, print_size: float) -> PageView:
        """Draw the page whole and without its text; `print_size` is that of its smaller print in points."""
        scale = DRAWING.scale * max(1.0, DRAWING.fine_print / max(print_size, DRAWING.least_print))
        most = math.sqrt(LIMITS.drawn_pixels / max(self.width * self.height, 1.0))
        self._scale = min(scale, DRAWING.largest_scale, most)
        whole = self._drawn(self._scale, self._pool)
        with self._without(self._texts):
            drawing = self._drawn(self._scale, self._pool) if self._texts else whole
        return PageView(whole, drawing, (self.width, self.height), self._colours, self._pool)

    def strokes(self) -> Pixels:
        """Draw the page without its text and its pictures, as large as its view."""
        with self._without([*self._texts, *self._images]):
            return self._drawn(self._scale, PixelPool())

    def view_of(self, sources: Iterable[int], view: PageView) -> PageView:
        """Return a view of the page in which only the ink of some text objects counts as text."""
        with self._without(sources):
            bare = self._drawn(self._scale, PixelPool())
        return PageView(view.whole, bare, (self.width, self.height), self._colours)

    def _colours(self, scale: float) -> Pixels:
        """Return the page without its text in colour (H x W x 3: red, green, blue), this object closed or not."""
        if not self._is_open:
            with PdfiumPage(self._document, self._number) as page:
                return page._colours(scale)
        with self._without(self._texts):
            return self._drawn(scale, PixelPool(), channels=3)

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

    def _drawn(self, scale: float, pool: PixelPool, *, channels: int = 1) -> Pixels:
        width, height = math.ceil(self.width * scale), math.ceil(self.height * scale)
        pixels: Pixels = pool.array((height, width) if channels == 1 else (height, width, channels))
        pixels.fill(WHITE)
        kind, flags = (
            (pdfium.FPDFBitmap_Gray, pdfium.FPDF_GRAYSCALE)
            if channels == 1
            else (pdfium.FPDFBitmap_BGR, pdfium.FPDF_REVERSE_BYTE_ORDER)
        )
        bitmap = pdfium.FPDFBitmap_CreateEx(width, height, kind, pixels.ctypes.data, width * channels)
        if not bitmap:
            raise not_readable("not-drawn")
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
        raise not_readable("not-opened") from error
    return page


def _remove_hidden(page: pypdfium2.PdfPage, count: int) -> None:
    """Take away annotations that no screen shows and those of signatures, whose stamp `lampiran.verify` does not need."""
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
    buffer = (ctypes.c_ushort * LONGEST_KEY)()
    pdfium.FPDFAnnot_GetStringValue(annotation, b"FT", buffer, ctypes.sizeof(buffer))
    return bytes(buffer).decode("utf-16-le").partition("\0")[0] == "Sig"


def _drop_replacement(item: int) -> None:
    """Take away the marks by which a text object says another text than its glyphs show."""
    for index in reversed(range(max(calls.count_marks(item), 0))):
        mark = calls.object_mark(item, index)
        if any(_key(mark, place) == REPLACEMENT for place in range(max(calls.count_mark_values(mark), 0))):
            calls.remove_mark(item, mark)


def _key(mark: int, place: int) -> str:
    buffer, length = ctypes.create_string_buffer(LONGEST_KEY), ctypes.c_ulong()
    calls.mark_key(mark, place, ctypes.addressof(buffer), LONGEST_KEY, ctypes.addressof(length))
    return buffer.raw[: length.value].decode("utf-16-le", "ignore").rstrip("\0")
