"""The PDFium page reader: turns a page's objects and its picture into placed characters and rulings."""

from __future__ import annotations

from typing import Self

import pypdfium2

from extract.errors import not_readable
from extract.grid.chars import Chars
from extract.pdf.drawn_page import PageView, PixelPool
from extract.pdf.glyph_shapes import GlyphShapes
from extract.pdf.page_content import PageContent, smaller_print
from extract.pdf.pdfium_page import PdfiumPage
from extract.pdf.seen_lines import seen_rulings
from extract.pdf.visible_chars import split_by_sight
from extract.survey import pdfium_calls as calls


class PdfiumReader:
    """Reads pages with PDFium: characters from its objects, rulings from what they draw."""

    def __init__(self, data: bytes) -> None:
        self._document = pypdfium2.PdfDocument(data)
        if self._document.get_formtype():
            self._document.init_forms()
        self._shapes = GlyphShapes()
        self._page: PdfiumPage | None = None
        self._pool = PixelPool()
        self._kept: dict[int, int] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *args: object) -> None:
        self._close_page()
        for item in self._kept.values():
            calls.destroy_object(item)
        self._kept.clear()
        self._document.close()

    def read(self, number: int) -> PageContent:
        """Return the content of a page, counted from 1; raises `PageNotReadableError`."""
        self._close_page()
        try:
            self._pool.reset()
            self._page = PdfiumPage(self._document, number, self._pool)
            return self._content(self._page)
        except (pypdfium2.PdfiumError, MemoryError) as error:
            raise not_readable("damaged-page") from error

    def _close_page(self) -> None:
        """Close the page that was read last; it stays open until then, so that its colours may be asked for."""
        if self._page is not None:
            self._page.close()
            self._page = None

    def _content(self, page: PdfiumPage) -> PageContent:
        chars = page.chars()
        print_size = smaller_print(chars)
        view = page.view(print_size)
        chars = self._named(page, chars, view)
        sight = split_by_sight(chars, view, page.view_of, page.clips(chars))
        horizontal, vertical = seen_rulings(view, page.pictures, print_size, page.strokes)
        size, pictures = (page.width, page.height), tuple(page.pictures)
        return PageContent(*size, *sight, tuple(horizontal), tuple(vertical), pictures, view)

    def _named(self, page: PdfiumPage, chars: Chars, view: PageView) -> Chars:
        """Return characters, those of misnamed fonts as unknown; an object made for each font keeps its address taken."""
        document = calls.address(self._document.raw)
        for font in set(page.fonts.values()) - self._kept.keys():
            self._kept[font] = calls.new_text(document, font, 1.0)
        return self._shapes.checked(chars, page.fonts, view, page.view_of)
