"""A page that is a picture turned into lines, grids and findings, as a digital page gives them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np

from extract.errors import PageNotReadableError
from extract.scan.cells import GridCells, read_grid_cells
from extract.scan.clean_page import CleanPage, clean_page
from extract.scan.grid.page_grids import FoundGrid
from extract.scan.model import DARK, EVEN_CHANCE, POINTS_PER_INCH, WHITE, LineReading, PixelBox
from extract.scan.period_columns import PagePeriods
from extract.scan.settings import CELLS, REPORT
from extract.scan.stamps.foreign_ink import likely
from extract.scan.text import available_readers
from extract.scan.text.reading import read_loose
from extract.scan.unread import missed_tables, reported, unexplained
from extract.types import Cell, Grid, Page, Seen, TextLine, Word
from schema.catalogue import make_finding
from schema.findings import Finding, Grade, RuleName
from schema.provenance import SourceRef

RULE: RuleName = "read-scan"


class ScanReading(NamedTuple):
    """What a page gave."""

    page: Page
    lines: tuple[TextLine, ...] = ()
    grids: tuple[Grid, ...] = ()
    findings: tuple[Finding, ...] = ()


def read_scan(
    data: bytes,
    page: Page,
    sha256: str,
    *,
    text_readers: Sequence[str] | None = None,
    periods: PagePeriods | None = None,
    every_table: bool = False,
) -> ScanReading:
    """Read a page that is a picture.

    `data` is the PDF, `page` the surveyed page, `text_readers` the names of the recognisers to ask (all that are
    installed by default), `periods` what the pages before tell of their columns; `every_table` also takes grids that are
    too small for a plan. Boxes are in points of the page as a reader sees it once it is turned upright
    (`Page.rotation` of the reading says how). Raises `PageNotReadableError` for a picture that does not hold exactly one
    page, and for one in which nothing was read, even a blank one, so that it is reported and not passed over.
    """
    seen = clean_page(data, page.number, every_table=every_table)
    sheet, grids = seen.sheet, seen.grids
    readers = [r for r in available_readers() if text_readers is None or r.name in text_readers]
    cells = read_grid_cells(seen, readers, periods or PagePeriods())
    loose = read_loose(sheet, seen.clean, _outside(seen), readers=readers, ink=seen.ink)
    if not loose and not grids:
        raise PageNotReadableError(
            reason_id="pada gambarnya tidak ada teks yang terbaca",
            reason_en="no text could be read in its picture",
        )
    leftover = _leftover(seen, cells, loose) if grids else []
    out = _Output(seen, sha256)
    built = tuple(out.grid(found, read, leftover) for found, read in zip(grids, cells, strict=True))
    for box in _missed(seen):
        out.note("table-not-read", box)
    for box in reported(leftover):
        out.note("ink-unexplained", box)
    if sheet.turn:
        out.note("page-turned", PixelBox(0, 0, 1, 1), value=str(sheet.turn), certainty="certain")
    turned = page.replace(width=sheet.width, height=sheet.height, rotation=(page.rotation + sheet.turn) % 360)
    lines = tuple(out.line(each, covered=out.is_text_covered((each,), out.page)) for each in loose)
    return ScanReading(turned, lines, built, tuple(out.findings))


def _outside(seen: CleanPage) -> list[PixelBox]:
    """Return the bands of the page above, between and below its grids; the whole page if it has none."""
    height, width = seen.sheet.grey.shape
    bands: list[PixelBox] = []
    top = 0
    for grid in sorted(seen.grids, key=lambda g: g.shape.row_edges[0]):
        bands.append(PixelBox(0, top, width, max(top, round(grid.shape.row_edges[0] - grid.thickness))))
        top = max(top, round(grid.shape.row_edges[-1] + grid.thickness))
    bands.append(PixelBox(0, top, width, height))
    return [band for band in bands if band.height > 1]


def _leftover(seen: CleanPage, cells: Sequence[GridCells], loose: Sequence[LineReading]) -> list[PixelBox]:
    """Return the dark regions of an annex page that no line, mark, ruling or stamp accounts for."""
    explained = [reading.box for reading in loose]
    for read in cells:
        explained += [reading.box for lines in read.lines.values() for reading in lines]
        explained += [
            read.boxes[n] for n, mark in read.marks.items() if mark.state != "empty" or mark.glyph == "dash"
        ]
    taken = seen.foreign | likely(seen.sheet, seen.sheet.maps.ruled)
    return unexplained(np.where(taken, np.uint8(WHITE), seen.clean), explained, seen.sheet.dpi)


def _missed(seen: CleanPage) -> list[PixelBox]:
    """Return the places where rulings draw a table that is none of the grids."""
    maps, factor = seen.sheet.maps, seen.sheet.dpi / seen.sheet.maps.dpi
    known = [PixelBox.rounded(at / factor for at in grid.outline) for grid in seen.grids]
    rulings = maps.horizontal >= EVEN_CHANCE, maps.vertical >= EVEN_CHANCE
    found = missed_tables(*rulings, known, maps.dpi)
    return [PixelBox.rounded(at * factor for at in box) for box in found]


@dataclass(slots=True)
class _Output:
    """What becomes of a page: its values in points, with the findings made of doubts about it."""

    seen: CleanPage
    sha256: str
    findings: list[Finding] = field(default_factory=list)

    @property
    def page(self) -> PixelBox:
        height, width = self.seen.sheet.grey.shape
        return PixelBox(0, 0, width, height)

    def ref(self, box: PixelBox) -> SourceRef:
        sheet = self.seen.sheet
        return SourceRef(sha256=self.sha256, page=sheet.number, bbox=sheet.place.box(*box), reader="ocr")

    def note(
        self, code: str, box: PixelBox, *, value: str | None = None, certainty: Grade = "ambiguous"
    ) -> None:
        place, number = self.ref(box), str(self.seen.sheet.number)
        finding = make_finding(code, rule=RULE, ref=place, raw=number, value=value, certainty=certainty)
        self.findings.append(finding)

    def grid(self, found: FoundGrid, read: GridCells, leftover: Sequence[PixelBox]) -> Grid:
        """Build the grid with its cells; doubts about its borders become findings.

        A blank cell over ink that nothing explains is not surely blank.
        """
        shape, scale = found.shape, POINTS_PER_INCH / self.seen.sheet.dpi
        doubtful, unsure_rows = frozenset(found.doubtful), frozenset(found.unsure_rows)
        cells = tuple(
            self.cell(
                read,
                n,
                doubtful=span in (unsure_rows if _is_plain_mark(read, n) else doubtful),
                inked=any(read.boxes[n].has_middle_of(box) for box in leftover),
            )
            for n, span in enumerate(shape.spans)
        )
        whole = PixelBox.rounded(found.outline)
        if shape.irregular or found.quality < REPORT.doubtful_grid:
            self.note("grid-irregular", whole, value=str(shape.irregular or len(doubtful)))
        return Grid(
            page=self.seen.sheet.number,
            bbox=self.seen.sheet.place.box(*whole),
            column_edges=tuple(round(x * scale, 2) for x in shape.column_edges),
            row_edges=tuple(round(y * scale, 2) for y in shape.row_edges),
            row_count=len(shape.row_edges) - 1,
            column_count=len(shape.column_edges) - 1,
            cells=cells,
            exact=True,
        )

    def cell(self, read: GridCells, number: int, *, doubtful: bool, inked: bool) -> Cell:
        span, box = read.shape.spans[number], read.boxes[number]
        readings, mark = read.lines.get(number, ()), read.marks.get(number)
        covered = mark is None and self.is_text_covered(readings, box)
        if covered and not readings:
            self.note("ink-unexplained", box)
        lines = tuple(self.line(reading, covered=covered) for reading in readings)
        confidences = [line.confidence for line in lines if line.confidence is not None]
        if mark is not None and not lines:
            confidences.append(mark.confidence)
        confidence = min(confidences, default=REPORT.blank if inked and mark is None else 1.0)
        in_periods = any(span.column in block for block in read.blocks)
        least = CELLS.label_ink if in_periods and span.column not in read.written else REPORT.filled
        return Cell(
            row=span.row,
            column=span.column,
            row_span=span.rows,
            column_span=span.columns,
            text="\n".join(line.text for line in lines) or (read.sign(number) if mark is not None else ""),
            ref=self.ref(box),
            lines=lines,
            confidence=round(confidence, 4),
            border=REPORT.doubtful_border if doubtful else 1.0,
            ink=round(mark.ink, 4) if mark is not None else None if lines else self.darkness(box, least),
            mark=mark.state if mark is not None else None,
        )

    def line(self, reading: LineReading, *, covered: bool) -> TextLine:
        other = " ".join(text for text, _ in reading.second)
        boxes = [reading.box, *(word.box for word in reading.words)]
        whole, *places = self.seen.sheet.place.boxes(boxes)
        return TextLine(
            text=reading.text,
            page=self.seen.sheet.number,
            bbox=whole,
            confidence=round(reading.confidence, 4),
            words=tuple(
                Word(
                    text=word.text,
                    bbox=place,
                    confidence=round(word.confidence, 5),
                    choices=_seen(word.choices),
                )
                for word, place in zip(reading.words, places, strict=True)
            ),
            agreed=reading.agreed,
            second=_seen(reading.second),
            others=(other,) if reading.agreed is not None and other != reading.text else (),
            covered=covered or self.foreign_share(reading.box) >= REPORT.covered_line,
        )

    def is_text_covered(self, readings: Sequence[LineReading], cell: PixelBox) -> bool:
        """Tell whether foreign ink lies on a cell's text or beside it, where whole words may be lost."""
        if not readings:
            return self.foreign_share(cell) >= REPORT.covered_empty
        boxes = [reading.box for reading in readings]
        block = PixelBox.around(boxes).grown(round(REPORT.around * max(box.height for box in boxes)))
        return self.foreign_share(block.within(cell)) >= REPORT.covered_text

    def foreign_share(self, box: PixelBox) -> float:
        part = self.seen.foreign[box.part]
        return float(part.mean()) if part.size else 0.0

    def darkness(self, box: PixelBox, least: float) -> float | None:
        """Return the dark share of a cell's middle; `None` where it is lower than `least`, so that it hides nothing."""
        wide, high = box.width // 10, box.height // 10
        middle = PixelBox(box.x0 + wide, box.top + high, box.x1 - wide, box.bottom - high)
        part = self.seen.sheet.grey[middle.part]
        share = float((part < DARK).mean()) if part.size else 0.0
        return round(share, 4) if share >= least else None


def _is_plain_mark(read: GridCells, number: int) -> bool:
    """Tell whether a cell of one column is a mark's, or empty: it belongs to its column whether or not its sides are seen."""
    mark = read.marks.get(number)
    plain = mark is not None and mark.state in ("marked", "empty") and number not in read.lines
    return plain and read.shape.spans[number].columns == 1


def _seen(choices: Iterable[tuple[str, float]]) -> tuple[Seen, ...]:
    return tuple(Seen(text=text, chance=chance) for text, chance in choices)
