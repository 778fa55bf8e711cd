"""Turns a surveyed PDF into an Extraction, page after page: grids first, then the lines around them."""

from __future__ import annotations

import logging
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path

from extract.pdf.cells import GridBuilder
from extract.pdf.ink import DrawnPage
from extract.pdf.lattice import Shape, shape_of
from extract.pdf.lines import has_spaces, lines_of
from extract.pdf.opening import rewritten
from extract.pdf.plumber import PlumberReader
from extract.pdf.rulings import lattices
from extract.pdf.seam import PageContent, PageNotReadableError, PageReader
from extract.pdf.second import compare_grids
from extract.survey import PageFacts, Survey
from extract.types import Extraction, Grid, TextLine
from schema.catalogue import make_finding
from schema.errors import InputError
from schema.findings import Finding
from schema.provenance import SourceRef

log = logging.getLogger(__name__)

Opener = Callable[[bytes], PageReader]


def read_pdf(
    path: Path, survey: Survey, *, second_reader: bool = False, opener: Opener = PlumberReader
) -> Extraction:
    """Read a born-digital PDF.

    Pages are read one after the other and released; `opener` makes the page reader. A page that is a
    picture, holds too much or is damaged gives a `page-not-read` finding, the other pages go on. With
    `second_reader` every page with a grid is also looked at on pixels, see `extract.pdf.second`.
    Coordinates are points, origin top left of the page as a reader sees it. Raises `InputError` where the
    document does not open. `path` is named in messages only: the bytes are those of the survey.
    """
    lines: list[TextLine] = []
    grids: list[Grid] = []
    findings: list[Finding] = list(survey.findings)
    with _opened(path, survey.data, opener) as reader:
        for facts in survey.pages:
            reading = _PageReading(survey, facts)
            reading.run(reader)
            lines += reading.lines
            grids += reading.grids
            findings += reading.findings
    if second_reader:
        findings += compare_grids(survey, grids)
    parts = ("camelot-py", "pdfplumber") if second_reader else ("pdfplumber",)
    return Extraction(
        source=survey.source,
        pages=tuple(facts.page for facts in survey.pages),
        lines=tuple(lines),
        grids=tuple(grids),
        findings=tuple(findings),
        versions=tuple((part, version(part)) for part in parts),
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


class _PageReading:
    """What one page gives."""

    def __init__(self, survey: Survey, facts: PageFacts) -> None:
        self._survey = survey
        self._facts = facts
        self._number = facts.page.number
        self.lines: tuple[TextLine, ...] = ()
        self.grids: list[Grid] = []
        self.findings: list[Finding] = []

    def run(self, reader: PageReader) -> None:
        """Read the page, or say why it is not read."""
        try:
            self._check()
            if self._facts.page.kind == "empty":
                return
            self._read(reader.read(self._number))
        except PageNotReadableError as error:
            self._not_read(error)
        log.info(
            "page read: %d grids, %d lines", len(self.grids), len(self.lines), extra={"page": self._number}
        )

    def _check(self) -> None:
        facts = self._facts
        if facts.too_large:
            raise PageNotReadableError(reason_id="isinya terlalu besar", reason_en="its content is too large")
        if facts.damaged:
            raise PageNotReadableError(reason_id="isinya rusak", reason_en="its content is damaged")
        if facts.page.kind == "picture":
            raise PageNotReadableError(
                reason_id="halaman berupa gambar tanpa teks", reason_en="it is a picture without text"
            )
        if facts.page.kind == "mixed" and not facts.visible_text:
            raise PageNotReadableError(
                reason_id="halaman berupa gambar dengan teks OCR tersembunyi",
                reason_en="it is a picture with a hidden layer of OCR text",
            )
        if facts.page.kind == "mixed":
            self._not_read(
                PageNotReadableError(
                    reason_id="hanya teksnya yang terbaca, gambar yang menutupi halaman tidak",
                    reason_en="only its text was read, the picture that covers it was not",
                )
            )

    def _not_read(self, error: PageNotReadableError) -> None:
        self.findings.append(
            make_finding(
                "page-not-read",
                rule="extract.pdf.document",
                ref=SourceRef(sha256=self._survey.source.sha256, page=self._number, reader="pdf-text"),
                raw=str(self._number),
                reason_id=error.reason_id,
                reason_en=error.reason_en,
            )
        )
        log.warning("page not read: %s", error.reason_en, extra={"page": self._number})

    def _read(self, content: PageContent) -> None:
        shapes = page_shapes(content)
        if not content.chars and len(content.inks) > sum(len(shape.spans) for shape in shapes):
            raise PageNotReadableError(
                reason_id="isinya digambar, tanpa teks", reason_en="its content is drawn, without text"
            )
        spaced = has_spaces(content.chars)
        drawn = DrawnPage(self._survey.data, self._number)
        rest = list(content.chars)
        for shape in shapes:
            if shape.irregular:
                log.warning("%d regions are no rectangle", shape.irregular, extra={"page": self._number})
            builder = GridBuilder(shape, content, self._number, self._survey.source.sha256)
            cells, rest = builder.claim(rest)
            self.grids.append(builder.grid(cells, spaced=spaced, ink=drawn.dark_share))
        self.lines = lines_of(rest, self._number, spaced=spaced)


def page_shapes(content: PageContent) -> list[Shape]:
    """Return the grids of a page from top to bottom; a grid inside another one's cell is part of that."""
    found = [shape for part in lattices(content.horizontal, content.vertical) if (shape := shape_of(part))]
    found.sort(key=_area, reverse=True)
    outer: list[Shape] = []
    for shape in found:
        if not any(_lies_in(shape, other) for other in outer):
            outer.append(shape)
    return sorted(outer, key=lambda shape: (shape.row_edges[0], shape.column_edges[0]))


def _area(shape: Shape) -> float:
    return (shape.column_edges[-1] - shape.column_edges[0]) * (shape.row_edges[-1] - shape.row_edges[0])


def _lies_in(shape: Shape, other: Shape) -> bool:
    x = (shape.column_edges[0] + shape.column_edges[-1]) / 2
    y = (shape.row_edges[0] + shape.row_edges[-1]) / 2
    return (
        other.column_edges[0] <= x <= other.column_edges[-1]
        and other.row_edges[0] <= y <= other.row_edges[-1]
    )
