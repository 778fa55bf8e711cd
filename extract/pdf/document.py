"""Turns a surveyed PDF into an Extraction, page after page: grids first, then the lines around them."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from importlib.metadata import version
from itertools import chain
from pathlib import Path
from typing import Any

import numpy as np

from extract.errors import PageNotReadableError, not_readable, refused
from extract.grid.boxes import Box
from extract.grid.chars import UNKNOWN, Chars
from extract.grid.rulings import reach_of
from extract.pdf.cells import GridBuilder
from extract.pdf.lines import lines_of
from extract.pdf.page_content import PageContent, PageReader, smaller_print
from extract.pdf.page_text import PageText, page_text, runs_of
from extract.pdf.pdfium import PdfiumReader
from extract.pdf.pictures import is_drawn_text, unread_pictures
from extract.pdf.plumber import PlumberReader
from extract.pdf.scans import Picture, layer_share, read_pictures
from extract.pdf.second_reader import compare_grids
from extract.pdf.settings import PAGE
from extract.pdf.tables import NO_COLUMNS, Columns, SeenTable, page_tables
from extract.pdf.unexplained_ink import unexplained_text
from extract.survey.opening import rewritten
from extract.survey.survey import PageFacts, Survey
from extract.types import Extraction, Grid, TextLine
from schema.catalogue import make_finding
from schema.findings import Finding
from schema.geometry import BBox
from schema.provenance import SourceRef

log = logging.getLogger(__name__)

NOT_READ = "page-not-read"
UNREAD = frozenset({NOT_READ, "table-not-read"})  # findings: rows of the page may be missing

Opener = Callable[[bytes], PageReader]
PageDone = Callable[[int, int], None]  # told how many pages are done, and of how many
# Who reads a digital page: PDFium, whose picture of the page is the witness, or pdfplumber, held against that picture.
PAGE_READERS: dict[str, Opener] = {"pdfium": PdfiumReader, "pdfplumber": PlumberReader}


def read_pdf(
    path: Path,
    survey: Survey,
    *,
    second_reader: bool = False,
    opener: Opener = PdfiumReader,
    text_readers: Sequence[str] | None = None,
    every_table: bool = False,
    page_done: PageDone | None = None,
) -> Extraction:
    """Read a PDF that was surveyed, page by page; `path` is named in messages only.

    `opener` makes the reader of digital pages. Pages that are pictures are read by their pixels, see
    `extract.pdf.scans`, with the recognisers `text_readers` (all that are installed by default). `Page.state` says
    how each page ended; what is lost, too much or damaged gives a finding and costs that page alone, and so does
    text of which far less was read than PDFium sees. `second_reader` checks grids on pixels, see
    `extract.pdf.second_reader`. `every_table` also gives grids that no plan's table is like: small ones, and on a
    digital page those inside a cell of another one, whose text stays that cell's as well. `page_done` is told of each
    page that is done, those that are pictures after the others. Coordinates are points,
    origin top left of the page as a reader sees it. Raises `InputError` where the document does not open.
    """
    readings: list[_PageReading] = []
    count = _counting(len(survey.pages), page_done)
    with _held(_opened(path, survey.data, opener)) as reader:
        columns = NO_COLUMNS
        for facts in survey.pages:
            reading = _PageReading(survey, facts, every_table=every_table, before=columns)
            reading.run(reader)
            columns = reading.columns
            readings.append(reading)
            count(not reading.is_picture)
    pictures = [(each.page, _then(each.read_picture, count)) for each in readings if each.is_picture]
    scan_versions = read_pictures(survey, pictures, text_readers, every_table=every_table)
    findings = [*survey.findings, *chain.from_iterable(each.findings for each in readings)]
    if second_reader:
        findings += compare_grids(survey, [grid for each in readings for grid in each.ruled])
    used = {"pypdfium2": True, "pdfplumber": opener is PlumberReader, "camelot-py": second_reader}
    versions = {part: version(part) for part, is_used in used.items() if is_used} | scan_versions
    return Extraction(
        source=survey.source,
        pages=tuple(each.page for each in readings),
        lines=tuple(chain.from_iterable(each.lines for each in readings)),
        grids=tuple(chain.from_iterable(each.grids for each in readings)),
        findings=tuple(findings),
        versions=tuple(sorted(versions.items())),
    )


def _counting(pages: int, page_done: PageDone | None) -> Callable[[int], None]:
    """Return what counts pages that are done and tells of them, if anybody listens."""
    done = 0

    def count(more: int) -> None:
        nonlocal done
        done += more
        if page_done is not None and more:
            page_done(done, pages)

    return count


def _then(read: Callable[[Picture], None], count: Callable[[int], None]) -> Callable[[Picture], None]:
    def read_and_count(picture: Picture) -> None:
        read(picture)
        count(1)

    return read_and_count


def _opened(path: Path, data: bytes, opener: Opener) -> PageReader:
    """Open the document, rewritten by qpdf where the page reader is stricter than qpdf is."""
    try:
        return opener(data)
    except Exception as error:  # noqa: BLE001 - pdfminer lets errors of every kind through on broken files
        log.warning("page reader refused %s (%s); trying it rewritten", path.name, str(error))
    try:
        return opener(rewritten(data))
    except Exception as error:
        raise refused("damaged", path=path) from error


@contextmanager
def _held(reader: PageReader) -> Iterator[PageReader]:
    """Hold a page reader open; one that fails only to close has read all the same."""
    try:
        yield reader.__enter__()
    finally:
        try:
            reader.__exit__(None, None, None)
        except Exception as error:  # noqa: BLE001 - nothing of what was read depends on it
            log.warning("page reader did not close: %r", error)


class _PageReading:
    """What one page gives."""

    def __init__(self, survey: Survey, facts: PageFacts, *, every_table: bool, before: Columns) -> None:
        self._survey = survey
        self._facts = facts
        self._every_table = every_table
        self._before = before
        self._number = facts.page.number
        self.page = facts.page
        self.columns = NO_COLUMNS  # of its last table
        self.is_picture = False  # and waits to be read as one
        self.lines: tuple[TextLine, ...] = ()
        self.grids: list[Grid] = []
        self.ruled: list[Grid] = []  # as their rulings alone draw them: what another reader of rulings sees
        self.findings: list[Finding] = []
        self._clipped: set[int] = (
            set()
        )  # text objects of which a finding says, at their cell, that they are cut

    def run(self, reader: PageReader) -> None:
        """Read the page, or see that it is a picture, or say why it is not read, or not as a whole."""
        self._attempt(lambda: self._read_content(reader))

    def read_picture(self, picture: Picture) -> None:
        """Read the page by its pixels, or say why it is not read; a text layer is judged by them."""
        self.is_picture = False
        self._attempt(lambda: self._read_picture(picture))

    def _attempt(self, read: Callable[[], None]) -> None:
        """Do a part of the work; no page ends the reading of the others."""
        reason: PageNotReadableError | None = None
        try:
            read()
        except PageNotReadableError as error:
            reason = error
        except Exception as error:  # noqa: BLE001 - a damaged page may fail anywhere; it costs itself alone
            log.warning("page reader failed: %r", error, extra={"page": self._number})
            reason = not_readable("damaged")
        if not self.is_picture:
            self._end(reason)

    def _end(self, reason: PageNotReadableError | None) -> None:
        """Say why the page was not read as a whole, if it was not, and set its state."""
        loss, extra = self._facts.loss, {"page": self._number}
        if loss is not None:
            reason = PageNotReadableError(reason_id=loss.id, reason_en=loss.en)
        if reason is not None and all(finding.code != NOT_READ for finding in self.findings):
            self._note(NOT_READ, reason_id=reason.reason_id, reason_en=reason.reason_en)
            log.warning("page not read: %s", reason.reason_en, extra=extra)
        is_unread = any(finding.code in UNREAD for finding in self.findings)
        state = "not_read" if is_unread else "empty" if self.page.kind == "empty" else "read"
        self.page = self.page.replace(state=state)
        log.info("page read: %d grids, %d lines", len(self.grids), len(self.lines), extra=extra)

    def _read_content(self, reader: PageReader) -> None:
        if self._facts.too_large or self._facts.damaged:
            raise not_readable("too-large" if self._facts.too_large else "damaged")
        kind = self._facts.page.kind
        content = None if kind in {"picture", "empty"} else reader.read(self._number)
        if kind == "picture" or (content is not None and is_drawn_text(content)):
            self.is_picture = True
        elif content is not None:
            unread = self._facts.glyphs - self._read(content)
            if unread > max(PAGE.few_glyphs, PAGE.few_share * self._facts.glyphs):
                raise not_readable("partly-read")

    def _read_picture(self, picture: Picture) -> None:
        reading = picture()
        has_layer = self._facts.glyphs > 0
        self.page = reading.page.replace(kind="mixed" if has_layer else "picture")
        self.lines, self.grids = reading.lines, list(reading.grids)
        self.findings += reading.findings
        if has_layer:
            share = layer_share(self._survey.data, self._number, self.lines, self.grids)
            self._note("text-layer-ignored", value="-" if share is None else f"{share:.0%}")

    def _note(self, code: str, box: BBox | None = None, **parts: Any) -> None:  # noqa: ANN401 - parts of a finding
        sha256 = self._survey.source.sha256
        ref = SourceRef(sha256=sha256, page=self._number, bbox=box, reader="pdf-text")
        parts["raw"] = parts.get("raw") or str(self._number)
        self.findings.append(make_finding(code, rule="read-page", ref=ref, **parts))

    def _read(self, content: PageContent) -> int:
        """Read the page's content; return the number of its printed characters."""
        self.page = self.page.replace(kind="digital")
        reach = reach_of(smaller_print(content.chars))
        text = page_text(content, reach)
        content = content._replace(horizontal=text.horizontal)
        found = page_tables(content, text.chars, reach, every=self._every_table, before=self._before)
        rest = text.chars
        unread = set(unexplained_text(content.view, content.chars, content.hidden, content.parted))
        for table in found.tables:
            rest = self._read_grid(table, content, rest, unread)
            self.columns = table.columns
        for table in found.inner:
            self._read_grid(table, content, text.chars, set())
        for box in found.unclear if self._every_table else ():
            self._note("rulings-level-only", box.published())
        level = lines_of(rest, self._number, cut_at_gaps=True)
        self.lines = (*level, *lines_of(text.slanted, self._number))
        self._note_cut(level)
        self._account_for(content, text, unread)
        pictured = unread_pictures(content, [table.shape for table in found.tables])
        if pictured is not None:
            self._note("picture-not-read", pictured)
        return sum(int(chars.printed.sum()) for chars in (content.chars, content.hidden, content.parted))

    def _read_grid(self, table: SeenTable, content: PageContent, chars: Chars, unread: set[Box]) -> Chars:
        """Add a grid with what its cells hold; return the characters outside it, take its places from `unread`."""
        page = (content, self._number, self._survey.source.sha256)
        builder = GridBuilder(table.shape, *page, tuple(unread))
        cells = builder.claim(chars)
        grid = table.read(builder.grid(chars, cells))
        self.grids.append(grid)
        if table.is_changed:
            ruled, nothing = GridBuilder(table.ruled, *page), Chars.of(())
            grid = ruled.grid(nothing, ruled.claim(nothing))
        self.ruled.append(grid)
        self._note_table(table, self.grids[-1].bbox)
        self.findings += builder.findings()
        unread -= builder.unread()
        self._clipped |= builder.clipped()
        return chars[cells < 0]

    def _note_table(self, table: SeenTable, box: BBox | None) -> None:
        if table.shape.irregular:
            self._note("grid-irregular", box, value=str(table.shape.irregular))
        if table.frame.degrees:
            self._note("table-turned", box, value=str(table.frame.degrees))
        if table.split.is_split:
            self._note("cells-parted", box)
        for code, place in table.doubts:
            self._note(code, place.published())
        bounds = table.shape.bounds
        # No printer prints at the left or right edge of the page: the paper cuts what runs there.
        if bounds.x0 <= PAGE.at_edge or bounds.x1 >= self.page.width - PAGE.at_edge:
            self._note("table-cut", box)

    def _note_cut(self, lines: Iterable[TextLine]) -> None:
        """Say which lines run to the left or right edge of the page, beyond which their letters are lost."""
        for line in lines:
            box = line.bbox
            if box and (box.x0 <= PAGE.cut_text or box.x1 >= self.page.width - PAGE.cut_text):
                self._note("text-cut", box, raw=line.text.strip())

    def _account_for(self, content: PageContent, text: PageText, unread: set[Box]) -> None:
        """Say what of the page's text is in the file only or struck out, and which ink of text was not read."""
        for run in runs_of(content.hidden):
            if run.text.strip(UNKNOWN):  # glyphs without name and ink are blanks
                self._note("text-hidden", run.box.published(), raw=run.text)
        parted = content.parted
        for run in runs_of(parted[~np.isin(parted.source, list(self._clipped))]):
            self._note("text-parted", run.box.published(), raw=run.text)
        for run in runs_of(text.struck):
            self._note("text-struck", run.box.published(), raw=run.text)
        for place in sorted(unread):
            self._note("ink-unexplained", place.published())
