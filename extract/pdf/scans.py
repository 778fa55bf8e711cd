"""The pages of a PDF that are pictures, read side by side by the scan reader, and their text layers held against that."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import TYPE_CHECKING, Any

import pypdfium2

from extract.errors import PageNotReadableError, not_readable
from extract.survey.pdfium_calls import ONE_IN_PDFIUM
from extract.survey.survey import Survey
from extract.types import Grid, Page, TextLine

if TYPE_CHECKING:
    from extract.scan.document import ScanReading
    from extract.scan.period_columns import PagePeriods

log = logging.getLogger(__name__)

# Pages read at once: a page at 300 dpi takes up to half a gigabyte, and 1.5 is the bound of a run.
AT_ONCE = 2

Picture = Callable[[], "ScanReading"]


def read_pictures(
    survey: Survey,
    pages: Iterable[tuple[Page, Callable[[Picture], None]]],
    text_readers: Sequence[str] | None,
    *,
    every_table: bool,
) -> dict[str, str]:
    """Hand what reads each picture to its function, several at once; return the versions of the readers.

    The functions must not raise. Pages are begun in order; what one tells of its columns reaches all after it.
    `text_readers` and `every_table` are as in `extract.pdf.document.read_pdf`.
    """
    from extract.scan.period_columns import PagePeriods  # noqa: PLC0415 - a digital file loads no recogniser
    from extract.scan.text import reader_versions  # noqa: PLC0415 - the same
    from extract.scan.text.engine import core_share, cores  # noqa: PLC0415 - the same

    todo, periods = [], None
    for page, receive in pages:
        periods = PagePeriods(periods)
        read = partial(_read, survey, page, periods, text_readers=text_readers, every_table=every_table)
        todo.append((receive, read))
    if not todo:
        return {}

    def beside_others(receive: Callable[[Picture], None], picture: Picture) -> None:
        with core_share():
            receive(picture)

    with ThreadPoolExecutor(min(AT_ONCE, len(todo), cores())) as pool:
        for done in [pool.submit(beside_others, *each) for each in todo]:
            done.result()
    return reader_versions(text_readers)


def _read(survey: Survey, page: Page, periods: PagePeriods, **options: Any) -> ScanReading:  # noqa: ANN401 - handed on
    from extract.scan.document import read_scan  # noqa: PLC0415 - a digital file loads no recogniser

    try:
        return read_scan(survey.data, page, survey.source.sha256, periods=periods, **options)
    except PageNotReadableError:
        raise
    except Exception as error:
        # Pixels can be anything; a picture that defeats the reader costs its page, not the decree.
        log.warning("picture not read: %r", error, extra={"page": page.number})
        raise not_readable("not-worked-on") from error
    finally:
        periods.close()


def layer_share(data: bytes, number: int, lines: Iterable[TextLine], grids: Iterable[Grid]) -> float | None:
    """Return the share (0 to 1) of a page's words, as read from its picture, that its text layer holds as well.

    Words are compared letter by letter, without case and wherever they are on the page; `number` counts from
    1. `None` where the picture holds no words. Raises `pypdfium2.PdfiumError` for a page that does not open.
    """
    every = (*lines, *(line for grid in grids for cell in grid.cells for line in cell.lines))
    read = Counter(word for line in every for word in line.text.casefold().split())
    if not read:
        return None
    with ONE_IN_PDFIUM:
        document = pypdfium2.PdfDocument(data)
        try:
            text: str = document[number - 1].get_textpage().get_text_bounded()
        finally:
            document.close()
    return sum((read & Counter(text.casefold().split())).values()) / sum(read.values())
