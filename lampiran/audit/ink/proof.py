"""A decree's reading and its file -> the account of its ink: what explains every dark place of every page."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import dataclass

import pypdfium2

from extract.errors import PageNotReadableError
from extract.pdf.page_content import PageReader
from extract.pdf.pdfium import PdfiumReader
from extract.survey.opening import rewritten
from extract.survey.survey import PDF, PageFacts, Survey, survey
from extract.types import Page
from lampiran.audit.ink.labels import labelled
from lampiran.audit.ink.picture import ink_picture
from lampiran.audit.ink.places import places
from lampiran.audit.ink.regions import ink_page
from lampiran.audit.ink.sheet import FULL_TURN, InkSheet, black_sheet, digital_sheet, scanned_sheet
from lampiran.publish.crops import Crop
from lampiran.result import Result
from schema.audit import InkPage
from schema.errors import InputError

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class InkAccount:
    """The account of one page with its map: the page small, its ink in the colour of what explains it."""

    page: InkPage
    picture: Crop


def ink_accounts(result: Result) -> tuple[InkAccount, ...]:
    """Account for the ink of every page of the file that `result` was read from.

    Each page is drawn anew at 144 dpi, a scanned one looked at as the scan reader does, and every dark place is
    given to what was read there: a cell, a mark, a header of a table or of a page, a ruling, a fill, a stamp. A
    text explains ink only where it went into the plan or was recognised as a part of the decree; on a page of the
    annex all other ink is unexplained, on another page `outside`. Empty where the input is not a PDF, is not at
    hand or has changed since it was read. One page is held at a time.
    """
    path = result.source_path
    if path is None or result.plan.source.media_type != PDF:
        return ()
    try:
        seen = survey(path)
    except InputError:
        return ()
    return tuple(_accounts(result, seen)) if seen.source.sha256 == result.plan.source.sha256 else ()


def _accounts(result: Result, seen: Survey) -> Iterator[InkAccount]:
    known = places(result)
    facts = {each.page.number: each for each in seen.pages}
    try:
        opened = PdfiumReader(seen.data)
    except pypdfium2.PdfiumError:
        opened = PdfiumReader(rewritten(seen.data))
    with opened as reader:
        for page in result.extraction.pages:
            own = known[page.number]
            sheet = _sheet(seen.data, page, facts[page.number], reader)
            too_large = facts[page.number].too_large
            if sheet is None:
                own.unread = True
                sheet = black_sheet(page) if too_large else _bare_sheet(seen.data, page)
            labels = labelled(sheet, own)
            account = ink_page(page, labels, sheet.scale)
            if too_large:  # it was never drawn: nothing of it is known, not even its size
                account = account.replace(explained=0.0, unexplained=1.0)
            yield InkAccount(account, ink_picture(labels, sheet.grey, account, sheet.scale))


def _sheet(data: bytes, page: Page, facts: PageFacts, reader: PageReader) -> InkSheet | None:
    """Return the page's ink, `None` where it cannot be looked at: then nothing on it is explained."""
    if facts.too_large or facts.damaged:
        return None
    try:
        if page.kind in {"picture", "mixed"}:
            return scanned_sheet(data, page, likely=(page.rotation - facts.page.rotation) % FULL_TURN)
        return digital_sheet(data, page, None if page.kind == "empty" else reader.read(page.number))
    except (PageNotReadableError, pypdfium2.PdfiumError) as error:
        log.warning("ink not accounted for: %r", error, extra={"page": page.number})
        return None


def _bare_sheet(data: bytes, page: Page) -> InkSheet:
    """Return the page as it is drawn; one that cannot be drawn is dark as a whole: nothing on it is known."""
    try:
        return digital_sheet(data, page, None)
    except pypdfium2.PdfiumError:
        return black_sheet(page)
