"""A page that is a picture turned into lines, grids and findings, as a digital page gives them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np

from extract.errors import PageNotReadableError
from extract.scan.cells import INKED, GridCells, read_grid_cells
from extract.scan.clean_page import CleanPage, clean_page
from extract.scan.cleaned_sheet import WHITE
from extract.scan.grid.page_grids import FoundGrid
from extract.scan.missed_tables import missed_tables
from extract.scan.model import Grey, LineReading, Mask, PixelBox, Sheet
from extract.scan.period_columns import PagePeriods
from extract.scan.stamps.foreign_ink import likely
from extract.scan.text import available_readers, read_loose
from extract.scan.unexplained_ink import told_as, unexplained
from extract.types import Cell, Grid, Page, Seen, TextLine, Word
from schema.catalogue import make_finding
from schema.findings import Finding, RuleName
from schema.geometry import BBox
from schema.provenance import SourceRef

RULE: RuleName = "read-scan"
POINTS = 72.0
HALF = 128  # an even chance
DOUBTFUL_GRID = 0.6  # quality below which a grid as a whole is doubted
DOUBTFUL_BORDER = 0.5  # how sure a border is that rests on weak or contradicting evidence
COVERED = 0.03  # share of a line's box from which on foreign ink may hide or add letters
# The same of a cell's block of text with the room of a lost line around it, and of a cell in which nothing was read.
BLOCK_COVERED, EMPTY_COVERED = 0.005, 0.01
BLANK = 0.5  # certainty that a cell is blank in which nothing was read though ink lies there: dirt, or a sign
FILLED = 0.2  # dark share of a cell without text from which on it is not blank
AROUND = 1.5  # heights of a line around the block


@dataclass(frozen=True, slots=True)
class ScanReading:
    """What a page gave."""

    page: Page
    lines: tuple[TextLine, ...] = ()
    grids: tuple[Grid, ...] = ()
    findings: tuple[Finding, ...] = ()


@dataclass(slots=True)
class _Work:
    """The page on its way: the sheet, what was found on it, and how boxes get back to the page."""

    sheet: Sheet
    sha256: str
    foreign: Mask
    findings: list[Finding] = field(default_factory=list)

    def ref(self, box: PixelBox) -> SourceRef:
        return SourceRef(sha256=self.sha256, page=self.sheet.number, bbox=self.place(box), reader="ocr")

    def is_covered(self, box: PixelBox) -> bool:
        """Tell whether a stamp or a pen's stroke lies over a line of text."""
        return self._foreign_share(box) >= COVERED

    def is_block_covered(self, readings: Sequence[LineReading], cell: PixelBox) -> bool:
        """Tell whether foreign ink lies on a cell's text or beside it, where whole words may be lost."""
        boxes = [reading.box for reading in readings]
        room = round(AROUND * max((box.bottom - box.top for box in boxes), default=0))
        block = PixelBox(
            max(cell.x0, min((box.x0 for box in boxes), default=cell.x0) - room),
            max(cell.top, min((box.top for box in boxes), default=cell.top) - room),
            min(cell.x1, max((box.x1 for box in boxes), default=cell.x1) + room),
            min(cell.bottom, max((box.bottom for box in boxes), default=cell.bottom) + room),
        )
        return self._foreign_share(block) >= (BLOCK_COVERED if boxes else EMPTY_COVERED)

    def _foreign_share(self, box: PixelBox) -> float:
        part = self.foreign[max(0, box.top) : box.bottom, max(0, box.x0) : box.x1]
        return float(part.mean()) if part.size else 0.0

    def darkness(self, box: PixelBox, least: float) -> float | None:
        """Return the dark share of a cell's middle, `None` where it is below the least: it may be a mark, or hide one."""
        wide, high = (box.x1 - box.x0) // 10, (box.bottom - box.top) // 10
        part = self.sheet.grey[box.top + high : box.bottom - high, box.x0 + wide : box.x1 - wide]
        share = float((part < HALF).mean()) if part.size else 0.0
        return round(share, 4) if share >= least else None

    def place(self, box: PixelBox) -> BBox:
        return self.sheet.place.box(box.x0, box.top, box.x1, box.bottom)

    def places(self, boxes: Iterable[PixelBox]) -> list[BBox]:
        return self.sheet.place.boxes([(box.x0, box.top, box.x1, box.bottom) for box in boxes])

    def note(self, code: str, box: PixelBox | None, **details: str) -> None:
        whole = PixelBox(0, 0, self.sheet.grey.shape[1], self.sheet.grey.shape[0])
        self.findings.append(
            make_finding(code, rule=RULE, ref=self.ref(box or whole), certainty="ambiguous", **details)
        )


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

    `data` is the PDF, `page` the surveyed page, `text_readers` the names of the recognisers to ask
    (all that are installed by default), `periods` what the pages before tell of their columns; `every_table`
    takes grids that are too small for a plan, too. Boxes are in points of the page as a reader sees it once it is turned
    upright (`Page.rotation` of the reading says how). Raises `PageNotReadableError` for a picture that holds
    no single page, and for one in which nothing was read, a blank one too: it is said, not passed over.
    """
    seen = clean_page(data, page.number, every_table=every_table)
    sheet, grids, clean, foreign = seen.sheet, seen.grids, seen.clean, seen.foreign
    work = _Work(sheet, sha256, foreign)
    readers = [r for r in available_readers() if text_readers is None or r.name in text_readers]
    cells = read_grid_cells(
        sheet, grids, clean, (seen.rulings, foreign), readers, periods or PagePeriods(), ink=seen.ink
    )
    loose = read_loose(sheet, clean, _outside(sheet, grids), readers=readers, ink=seen.ink)
    if not loose and not grids:
        raise PageNotReadableError(
            reason_id="pada gambarnya tidak ada teks yang terbaca",
            reason_en="no text could be read in its picture",
        )
    leftover = _leftover(sheet, np.where(foreign, np.uint8(WHITE), clean), cells, loose) if grids else []
    built = tuple(_grid(work, found, read, leftover) for found, read in zip(grids, cells, strict=True))
    _report_missed(work, seen)
    for box in told_as(leftover):
        work.note("ink-unexplained", box, raw=str(sheet.number))
    turned = page.model_copy(
        update={
            "width": sheet.width,
            "height": sheet.height,
            "rotation": (page.rotation + sheet.turn) % 360,
        }
    )
    if sheet.turn:
        work.findings.append(
            make_finding(
                "page-turned",
                rule=RULE,
                ref=work.ref(PixelBox(0, 0, 1, 1)),
                raw=str(page.number),
                value=str(sheet.turn),
            )
        )
    whole = PixelBox(0, 0, sheet.grey.shape[1], sheet.grey.shape[0])
    lines = tuple(_line(work, each, covered=work.is_block_covered((each,), whole)) for each in loose)
    return ScanReading(turned, lines, built, tuple(work.findings))


def _report_missed(work: _Work, seen: CleanPage) -> None:
    """Report the places where rulings draw a table that none of the grids is."""
    maps, factor = seen.sheet.maps, seen.sheet.dpi / seen.sheet.maps.dpi
    known = [
        PixelBox(*(round(at / factor) for at in (xs[0], ys[0], xs[-1], ys[-1])))
        for xs, ys in ((grid.shape.column_edges, grid.shape.row_edges) for grid in seen.grids)
    ]
    for box in missed_tables(maps.level >= HALF, maps.upright >= HALF, known, maps.dpi):
        place = (round(at * factor) for at in (box.x0, box.top, box.x1, box.bottom))
        work.note("table-not-read", PixelBox(*place), raw=str(work.sheet.number))


def _outside(sheet: Sheet, grids: Sequence[FoundGrid]) -> list[PixelBox]:
    """Return the bands of the page above, between and below its grids; the whole page if it has none."""
    height, width = sheet.grey.shape
    bands: list[PixelBox] = []
    top = 0
    for grid in sorted(grids, key=lambda g: g.shape.row_edges[0]):
        bands.append(PixelBox(0, top, width, max(top, round(grid.shape.row_edges[0] - grid.thickness))))
        top = max(top, round(grid.shape.row_edges[-1] + grid.thickness))
    bands.append(PixelBox(0, top, width, height))
    return [band for band in bands if band.bottom - band.top > 1]


def _grid(work: _Work, found: FoundGrid, read: GridCells, leftover: Sequence[PixelBox]) -> Grid:
    """Build the grid with its cells; doubts about its borders become findings.

    A blank cell over ink that nothing explains is not surely blank.
    """
    shape, scale = found.shape, POINTS / work.sheet.dpi
    doubtful, unsure_rows = frozenset(found.doubtful), frozenset(found.unsure_rows)
    cells = tuple(
        _cell(
            work,
            read,
            n,
            doubtful=s in (unsure_rows if _is_plain_mark(read, n) else doubtful),
            inked=any(_middle_in(box, read.boxes[n]) for box in leftover),
        )
        for n, s in enumerate(shape.spans)
    )
    whole = PixelBox(
        round(shape.column_edges[0]),
        round(shape.row_edges[0]),
        round(shape.column_edges[-1]),
        round(shape.row_edges[-1]),
    )
    if shape.irregular or found.quality < DOUBTFUL_GRID:
        work.note(
            "grid-irregular", whole, raw=str(work.sheet.number), value=str(shape.irregular or len(doubtful))
        )
    return Grid(
        page=work.sheet.number,
        bbox=work.place(whole),
        column_edges=tuple(round(x * scale, 2) for x in shape.column_edges),
        row_edges=tuple(round(y * scale, 2) for y in shape.row_edges),
        row_count=len(shape.row_edges) - 1,
        column_count=len(shape.column_edges) - 1,
        cells=cells,
        exact=True,
    )


def _is_plain_mark(read: GridCells, number: int) -> bool:
    """Tell whether a cell of one column is a mark's, or empty: it is its column's, seen or unseen the borders beside it."""
    mark = read.marks.get(number)
    plain = mark is not None and mark.state in ("marked", "empty") and number not in read.lines
    return plain and read.shape.spans[number].columns == 1


def _middle_in(box: PixelBox, other: PixelBox) -> bool:
    x, y = (box.x0 + box.x1) / 2, (box.top + box.bottom) / 2
    return other.x0 <= x < other.x1 and other.top <= y < other.bottom


def _cell(work: _Work, read: GridCells, number: int, *, doubtful: bool, inked: bool) -> Cell:
    span, box = read.shape.spans[number], read.boxes[number]
    readings, mark = read.lines.get(number, ()), read.marks.get(number)
    in_periods = any(span.column in block for block in read.blocks)
    least = INKED if in_periods and span.column not in read.written else FILLED
    covered = mark is None and work.is_block_covered(readings, box)
    if covered and not readings:
        work.note("ink-unexplained", box, raw=str(work.sheet.number))
    lines = tuple(_line(work, reading, covered=covered) for reading in readings)
    confidences = [line.confidence for line in lines if line.confidence is not None]
    if mark is not None and not lines:
        confidences.append(mark.confidence)
    confidence = min(confidences, default=BLANK if inked and mark is None else 1.0)
    text = "\n".join(line.text for line in lines) or (read.sign(number) if mark is not None else "")
    return Cell(
        row=span.row,
        column=span.column,
        row_span=span.rows,
        column_span=span.columns,
        text=text,
        ref=work.ref(box),
        lines=lines,
        confidence=round(confidence, 4),
        border=DOUBTFUL_BORDER if doubtful else 1.0,
        ink=round(mark.ink, 4) if mark is not None else None if lines else work.darkness(box, least),
        mark=mark.state if mark is not None else None,
    )


def _line(work: _Work, reading: LineReading, *, covered: bool = False) -> TextLine:
    other = " ".join(text for text, _ in reading.second)
    whole, *boxes = work.places([reading.box, *(word.box for word in reading.words)])
    return TextLine(
        text=reading.text,
        page=work.sheet.number,
        bbox=whole,
        confidence=round(reading.confidence, 4),
        words=tuple(
            Word(
                text=w.text,
                bbox=box,
                confidence=round(w.confidence, 5),
                choices=tuple(Seen(text=text, chance=chance) for text, chance in w.choices),
            )
            for w, box in zip(reading.words, boxes, strict=True)
        ),
        agreed=reading.agreed,
        second=tuple(Seen(text=text, chance=chance) for text, chance in reading.second),
        others=(other,) if reading.agreed is not None and other != reading.text else (),
        covered=covered or work.is_covered(reading.box),
    )


def _leftover(
    sheet: Sheet, clean: Grey, cells: Sequence[GridCells], loose: Sequence[LineReading]
) -> list[PixelBox]:
    """Return the dark regions of an annex page that no line, mark, ruling or stamp accounts for."""
    explained = [reading.box for reading in loose]
    for read in cells:
        explained += [reading.box for lines in read.lines.values() for reading in lines]
        explained += [
            read.boxes[n] for n, mark in read.marks.items() if mark.state != "empty" or mark.glyph == "dash"
        ]
    ruled = likely(sheet, np.maximum(sheet.maps.level, sheet.maps.upright))
    return unexplained(np.where(ruled, np.uint8(WHITE), clean), explained, sheet.dpi)
