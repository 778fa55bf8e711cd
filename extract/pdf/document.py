"""Turns a surveyed PDF into an Extraction, page after page: grids first, then the lines around them."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path

from extract.errors import PageNotReadableError
from extract.grid.chars import UNKNOWN, Chars
from extract.grid.lattice import Shape
from extract.grid.rulings import Box, reach_of
from extract.pdf.cells import GridBuilder
from extract.pdf.drawn_text import is_drawn_text
from extract.pdf.lines import PLACES, lines_of
from extract.pdf.page_content import PageContent, PageReader
from extract.pdf.page_states import NOT_READ, with_state
from extract.pdf.page_text import PageText, page_text, runs_of
from extract.pdf.pdfium import PdfiumReader
from extract.pdf.pictures import unread_pictures
from extract.pdf.plumber import PlumberReader
from extract.pdf.print_size import smaller_print
from extract.pdf.scans import PagePicture, ScanOptions, read_pictures
from extract.pdf.second_reader import compare_grids
from extract.pdf.tables import NO_COLUMNS, Columns, SeenTable, page_tables
from extract.pdf.text_layer import layer_share
from extract.pdf.unexplained_ink import unexplained_text
from extract.survey.opening import rewritten
from extract.survey.survey import PageFacts, Survey
from extract.types import Extraction, Grid, Page, PageKind, TextLine
from schema.catalogue import make_finding
from schema.errors import InputError
from schema.findings import Finding
from schema.geometry import BBox
from schema.provenance import SourceRef

log = logging.getLogger(__name__)

AT_EDGE = 1.0  # points; half a ruling, and a pixel
FEW_GLYPHS, FEW_SHARE = 20, 0.1  # characters, and share of a page's, that two readers may differ by

Opener = Callable[[bytes], PageReader]
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
) -> Extraction:
    """Read a PDF.

    Digital pages are read one after the other and released, pictures side by side after them; `opener` makes the page reader. A page that is a
    picture, with a text layer or without, is read by its pixels, see `extract.pdf.scans`. One that
    holds too much or is damaged gives a `page-not-read` finding, and so does one of which a part is
    lost or far less text was read than PDFium sees; the other pages go on. `Page.state` says how each ended. Text over a
    ruling gives `text-crosses-ruling`, a grid with a region that is no rectangle `grid-irregular`, a picture
    on a digital page `picture-not-read`, see `extract.pdf.pictures`. With
    `second_reader` every page with a grid is also looked at on pixels, see `extract.pdf.second_reader`.
    `text_readers` names the recognisers asked on pictures (all that are installed by default). `every_table` also
    gives the grids that no plan's table is like: those of two or three cells, of one row or column, and on a
    digital page those inside a cell of another one, whose text stays that cell's as well; lines that stand
    between level rulings alone give `rulings-level-only`.
    Coordinates are points, origin top left of the page as a reader sees it. Raises `InputError` where the
    document does not open. `path` is named in messages only: the bytes are those of the survey.
    """
    lines: list[TextLine] = []
    grids: list[Grid] = []
    ruled: list[Grid] = []
    pages: list[Page] = []
    findings: list[Finding] = list(survey.findings)
    readings: list[_PageReading] = []
    with _held(_opened(path, survey.data, opener)) as reader:
        columns = NO_COLUMNS
        for facts in survey.pages:
            reading = _PageReading(survey, facts, every_table=every_table, before=columns)
            reading.run(reader)
            columns = reading.columns
            readings.append(reading)
    pictures = [(each.page, each.read_picture) for each in readings if each.is_picture]
    scan_versions = read_pictures(survey, pictures, ScanOptions(text_readers, every_table))
    for reading in readings:
        lines += reading.lines
        grids += reading.grids
        ruled += reading.ruled
        findings += reading.findings
        pages.append(reading.page)
    if second_reader:
        findings += compare_grids(survey, ruled)
    parts = (
        {"pypdfium2"}
        | ({"pdfplumber"} if opener is PlumberReader else set())
        | ({"camelot-py"} if second_reader else set())
    )
    versions = {part: version(part) for part in parts} | scan_versions
    return Extraction(
        source=survey.source,
        pages=tuple(pages),
        lines=tuple(lines),
        grids=tuple(grids),
        findings=tuple(findings),
        versions=tuple(sorted(versions.items())),
    )


def _opened(path: Path, data: bytes, opener: Opener) -> PageReader:
    """Open the document, rewritten by qpdf where the page reader is stricter than qpdf is."""
    try:
        return opener(data)
    except Exception as error:  # noqa: BLE001 - pdfminer lets errors of every kind through on broken files
        log.warning("page reader refused %s (%s); trying it rewritten", path.name, str(error))
    try:
        return opener(rewritten(data))
    except Exception as error:
        raise InputError(
            id=f'"{path}" rusak dan tidak dapat dibaca; mintalah salinan yang utuh.',
            en=f'"{path}" is damaged and cannot be read; ask for an intact copy.',
        ) from error


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

    def __init__(
        self,
        survey: Survey,
        facts: PageFacts,
        *,
        every_table: bool,
        before: Columns,
    ) -> None:
        self._every_table = every_table
        self._before = before
        self.columns = NO_COLUMNS  # of its last table
        self._survey = survey
        self._facts = facts
        self.page = facts.page
        self.is_picture = False  # and waits to be read as one
        self._number = facts.page.number
        self.lines: tuple[TextLine, ...] = ()
        self.grids: list[Grid] = []
        self.ruled: list[Grid] = []  # as their rulings alone draw them: what another reader of rulings sees
        self.findings: list[Finding] = []

    def run(self, reader: PageReader) -> None:
        """Read the page, or see that it is a picture, or say why it is not read, or not as a whole."""
        self._attempt(lambda: self._read_content(reader))

    def read_picture(self, picture: PagePicture) -> None:
        """Read the page by its pixels, or say why it is not read; a text layer below or over the picture is judged by them."""
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
            reason = PageNotReadableError(reason_id="isinya rusak", reason_en="its content is damaged")
        if not self.is_picture:
            self._end(reason)

    def _end(self, reason: PageNotReadableError | None) -> None:
        loss = self._facts.loss
        if loss is not None:
            reason = PageNotReadableError(reason_id=loss.id, reason_en=loss.en)
        if reason is not None and not any(f.code == NOT_READ for f in self.findings):
            self._not_read(reason)
        self.page = with_state(self.page, self.findings)
        log.info(
            "page read: %d grids, %d lines", len(self.grids), len(self.lines), extra={"page": self._number}
        )

    def _read_content(self, reader: PageReader) -> None:
        self._check()
        content = None if self._facts.page.kind in {"picture", "empty"} else reader.read(self._number)
        if self._facts.page.kind == "picture" or (content is not None and is_drawn_text(content)):
            self.is_picture = True
        elif content is not None:
            self._account(self._read(content))

    def _check(self) -> None:
        if self._facts.too_large:
            raise PageNotReadableError(reason_id="isinya terlalu besar", reason_en="its content is too large")
        if self._facts.damaged:
            raise PageNotReadableError(reason_id="isinya rusak", reason_en="its content is damaged")

    def _read_picture(self, picture: PagePicture) -> None:
        reading = picture.read()
        kind: PageKind = "mixed" if self._facts.glyphs else "picture"
        self.page = reading.page.model_copy(update={"kind": kind})
        self.lines, self.grids = reading.lines, list(reading.grids)
        self.findings += reading.findings
        if self._facts.glyphs:
            share = layer_share(self._survey.data, self._number, self.lines, self.grids)
            self._note("text-layer-ignored", value="-" if share is None else f"{share:.0%}")

    def _account(self, read: int) -> None:
        """Say so where far fewer characters were read than PDFium saw in the survey."""
        if self._facts.glyphs - read > max(FEW_GLYPHS, FEW_SHARE * self._facts.glyphs):
            raise PageNotReadableError(
                reason_id="hanya sebagian teksnya terbaca", reason_en="only a part of its text was read"
            )

    def _not_read(self, error: PageNotReadableError) -> None:
        self._note(NOT_READ, reason_id=error.reason_id, reason_en=error.reason_en)
        log.warning("page not read: %s", error.reason_en, extra={"page": self._number})

    def _note(
        self,
        code: str,
        *,
        box: BBox | None = None,
        raw: str | None = None,
        value: str | None = None,
        reason_id: str = "",
        reason_en: str = "",
    ) -> None:
        sha256 = self._survey.source.sha256
        self.findings.append(
            make_finding(
                code,
                rule="read-page",
                ref=SourceRef(sha256=sha256, page=self._number, bbox=box, reader="pdf-text"),
                raw=raw or str(self._number),
                value=value,
                reason_id=reason_id,
                reason_en=reason_en,
            )
        )

    def _read(self, content: PageContent) -> int:
        """Read the page's content; return the number of its printed characters."""
        self.page = self.page.model_copy(update={"kind": "digital"})
        reach = reach_of(smaller_print(content.chars))
        text = page_text(content, reach)
        content = content._replace(horizontal=text.level)
        found = page_tables(content, text.chars, reach, every=self._every_table, before=self._before)
        rest = text.chars
        unread = set(unexplained_text(content.view, content.chars, content.hidden))
        for table in found.tables:
            rest = self._read_grid(table, content, rest, unread)
            self.columns = table.columns
        for table in found.inner:
            self._read_grid(table, content, text.chars, set())
        for box in found.unclear if self._every_table else ():
            self._note("rulings-level-only", box=_bbox(box))
        self.lines = (*lines_of(rest, self._number, parted=True), *lines_of(text.slanted, self._number))
        self._account_for(content, text, unread)
        pictured = unread_pictures(content, [table.shape for table in found.tables])
        if pictured is not None:
            self._note("picture-not-read", box=pictured)
        return int(content.chars.printed.sum() + content.hidden.printed.sum())

    def _read_grid(self, table: SeenTable, content: PageContent, chars: Chars, unread: set[Box]) -> Chars:
        """Add a grid with what its cells hold; return the characters outside it, take its places from `unread`."""
        builder = GridBuilder(table.shape, content, self._number, self._survey.source.sha256, tuple(unread))
        cells = builder.claim(chars)
        grid = table.read(builder.grid(chars, cells))
        self.grids.append(grid)
        self.ruled.append(self._as_ruled(table, content) if table.is_changed else grid)
        if table.shape.irregular:
            self._note("grid-irregular", box=grid.bbox, value=str(table.shape.irregular))
        self._note_table(table, grid.bbox)
        self.findings += builder.findings()
        unread -= builder.unread()
        return chars[cells < 0]

    def _as_ruled(self, table: SeenTable, content: PageContent) -> Grid:
        builder = GridBuilder(table.ruled, content, self._number, self._survey.source.sha256)
        nothing = Chars.of(())
        return builder.grid(nothing, builder.claim(nothing))

    def _note_table(self, table: SeenTable, box: BBox | None) -> None:
        """Say how a table was turned and parted, and where it is in doubt."""
        if table.frame.degrees:
            self._note("table-turned", box=box, value=str(table.frame.degrees))
        if table.parting.parted:
            self._note("cells-parted", box=box)
        for code, place in table.doubts:
            self._note(code, box=_bbox(place))
        if self._is_cut(table.shape):
            self._note("table-cut", box=box)

    def _is_cut(self, shape: Shape) -> bool:
        """Tell whether a table runs to the left or right edge of the page, where no printer prints: the paper cuts it."""
        return shape.column_edges[0] <= AT_EDGE or shape.column_edges[-1] >= self.page.width - AT_EDGE

    def _account_for(self, content: PageContent, text: PageText, unread: set[Box]) -> None:
        """Say what of the page's text is in the file only or struck out, and which ink of text was not read."""
        for run in runs_of(content.hidden):
            if not run.text.strip(UNKNOWN):  # glyphs without name and ink are blanks
                continue
            self._note("text-hidden", box=_bbox(run.box), raw=run.text)
        for run in runs_of(text.struck):
            self._note("text-struck", box=_bbox(run.box), raw=run.text)
        for place in sorted(unread):
            self._note("ink-unexplained", box=_bbox(place))


def _bbox(box: Box) -> BBox:
    x0, top, x1, bottom = (round(part, PLACES) for part in box)
    return BBox(x0=x0, top=top, x1=x1, bottom=bottom)
