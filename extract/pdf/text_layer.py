"""The text layer of a scanned page and what its picture says turned into how far the layer can be trusted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

import pypdfium2

from extract.survey.pdfium_calls import ONE_IN_PDFIUM
from extract.types import Grid, TextLine


def layer_share(data: bytes, number: int, lines: Sequence[TextLine], grids: Iterable[Grid]) -> float | None:
    """Return the share (0 to 1) of a page's words, as read from its picture, that its text layer holds as well.

    Words are compared letter by letter, without case and wherever they stand on the page; `number` counts from
    1. `None` where the picture holds no words. Raises `pypdfium2.PdfiumError` for a page that does not open.
    """
    read = Counter(word for line in _all_lines(lines, grids) for word in line.text.casefold().split())
    if not read:
        return None
    layer = Counter(_text_of(data, number).casefold().split())
    return sum((read & layer).values()) / sum(read.values())


def _all_lines(lines: Sequence[TextLine], grids: Iterable[Grid]) -> Iterable[TextLine]:
    yield from lines
    yield from (line for grid in grids for cell in grid.cells for line in cell.lines)


def _text_of(data: bytes, number: int) -> str:
    with ONE_IN_PDFIUM:
        document = pypdfium2.PdfDocument(data)
        try:
            text = document[number - 1].get_textpage()
            found: str = text.get_text_bounded()
            return found
        finally:
            document.close()
