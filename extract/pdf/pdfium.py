"""The PDFium page reader: turns a page's objects and its picture into placed characters and rulings."""

from __future__ import annotations

from typing import Self

import pypdfium2

from extract.pdf.pdfium_page import PdfiumPage
from extract.pdf.print_size import smaller_print
from extract.pdf.seam import PageContent, PageNotReadableError
from extract.pdf.seen_lines import seen_rulings
from extract.pdf.visible import part_by_sight


class PdfiumReader:
    """Reads pages with PDFium: characters from its objects, rulings from what they draw."""

    def __init__(self, data: bytes) -> None:
        self._document = pypdfium2.PdfDocument(data)
        if self._document.get_formtype():
            self._document.init_forms()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *args: object) -> None:
        self._document.close()

    def read(self, number: int) -> PageContent:
        """Return the content of a page, counted from 1; raises `PageNotReadableError`."""
        try:
            with PdfiumPage(self._document, number) as page:
                return _content(page)
        except (pypdfium2.PdfiumError, MemoryError) as error:
            raise PageNotReadableError(
                reason_id="isi halaman rusak", reason_en="its content is damaged"
            ) from error


def _content(page: PdfiumPage) -> PageContent:
    chars = page.chars()
    print_size = smaller_print([item.char for item in chars])
    view = page.view(print_size)
    seen, hidden = part_by_sight(chars, view, page.view_of)
    horizontal, vertical = seen_rulings(view, page.pictures, print_size)
    return PageContent(
        page.width,
        page.height,
        seen,
        hidden,
        tuple(horizontal),
        tuple(vertical),
        tuple(page.pictures),
        view,
    )
