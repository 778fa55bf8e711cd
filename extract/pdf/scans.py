"""The pages of a PDF that are pictures, read side by side by the scan reader."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, NamedTuple

from extract.errors import PageNotReadableError
from extract.survey.survey import Survey
from extract.types import Page

if TYPE_CHECKING:
    from extract.scan.document import ScanReading
    from extract.scan.period_columns import PagePeriods

log = logging.getLogger(__name__)

# Pages read at once: one at 300 dpi takes up to half a gigabyte, and a run may take 1.5.
AT_ONCE = 2


class ScanOptions(NamedTuple):
    """The recognisers to ask (all that are installed by default), and whether tables too small for a plan count."""

    text_readers: Sequence[str] | None = None
    every_table: bool = False


class PagePicture:
    """A page to be read by its pixels, and its place among the others."""

    def __init__(self, survey: Survey, page: Page, options: ScanOptions, periods: PagePeriods) -> None:
        self._survey = survey
        self._page = page
        self._options = options
        self._periods = periods

    def read(self) -> ScanReading:
        """Read the page. Raises `PageNotReadableError`."""
        from extract.scan.document import read_scan  # noqa: PLC0415 - a digital file loads no recogniser

        try:
            return read_scan(
                self._survey.data,
                self._page,
                self._survey.source.sha256,
                periods=self._periods,
                **self._options._asdict(),
            )
        except PageNotReadableError:
            raise
        except Exception as error:
            # Pixels can be anything; a picture that defeats the reader costs its page, not the decree.
            log.warning("picture not read: %r", error, extra={"page": self._page.number})
            raise PageNotReadableError(
                reason_id="gambarnya tidak dapat diolah", reason_en="its picture could not be worked on"
            ) from error
        finally:
            self._periods.close()


def read_pictures(
    survey: Survey, pages: Iterable[tuple[Page, Callable[[PagePicture], None]]], options: ScanOptions
) -> dict[str, str]:
    """Hand each page's picture to its function, several at once; return the versions of what reads pictures.

    The functions must not raise. Pages are started in their order; what one shows of its columns reaches all after it.
    """
    from extract.scan.period_columns import PagePeriods  # noqa: PLC0415 - a digital file loads no recogniser
    from extract.scan.text import reader_versions  # noqa: PLC0415 - the same
    from extract.scan.text.engine import core_share, cores  # noqa: PLC0415 - the same

    todo, periods = [], None
    for page, read in pages:
        periods = PagePeriods(periods)
        todo.append((read, PagePicture(survey, page, options, periods)))
    if not todo:
        return {}

    def beside_others(read: Callable[[PagePicture], None], picture: PagePicture) -> None:
        with core_share():
            read(picture)

    with ThreadPoolExecutor(min(AT_ONCE, len(todo), cores())) as pool:
        for done in [pool.submit(beside_others, *each) for each in todo]:
            done.result()
    return reader_versions(options.text_readers)
