"""Lines above a table of its own turned into the title of the area that it holds."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import median

from extract.types import Cell, Extraction, Grid, TextLine
from normalize.draft import Row, cell_field
from normalize.labels import AreaTitle, area_title, bare_title, plain
from normalize.resources import Resources
from normalize.rows.transcribed import replace_text
from normalize.running_text import RunningLines
from normalize.settings import RUNNING_TEXT
from schema.geometry import BBox
from schema.provenance import Reader, SourceRef
from schema.roles import FieldName

_MOST_LINES = 3
_NEAR = 3.0  # heights of a line by which a heading may stand above its table, or above its next line
_HIGHEST = 3.0  # of the usual height of a page's lines: a heading is set in no larger print
_CAPITALS = 0.6  # share of capital letters from which on a name is printed in capitals
_GOES_ON = re.compile(r"\s*\((?:lanjutan|lanj\.?)\)\s*$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Heading:
    """The title of an area above a table, and the lines that it was read from."""

    title: AreaTitle
    lines: tuple[TextLine, ...]

    def row(self, grid: int, chunk: int, sha256: str, *, exact: bool) -> Row:
        """Return the heading as a row of the table below it."""
        cell = _cell(self.lines, sha256)
        value = cell_field(cell)
        fields: dict[FieldName, object] = {
            "area_no": replace_text(value, self.title.label),
            "area": replace_text(value, self.title.name),
        }
        return Row(
            grid,
            chunk,
            (cell,),
            exact=exact,
            kind="area",
            source="heading",
            area_number=self.title.number,
            fields=fields,  # type: ignore[arg-type]
        )


def headings_of(extraction: Extraction, resources: Resources) -> dict[int, Heading]:
    """Return the headings of grids by the grids' numbers; a table without one is left out."""
    found = {}
    running = RunningLines(extraction)
    for number, grid in enumerate(extraction.grids):
        heading = _heading(_lines_above(extraction, number, grid), resources)
        if heading is None:
            heading = _heading(_lines_at_foot(extraction, number, grid, running), resources)
        if heading is not None:
            found[number] = heading
    return found


def _lines_above(extraction: Extraction, number: int, grid: Grid) -> list[TextLine]:
    """Return the lines right above a grid, those of one paragraph, from the top down."""
    before = extraction.grids[number - 1] if number else None
    if grid.bbox is None or grid.page is None:
        return _transcribed_above(extraction.lines, before, grid)
    boxed = _of_like_height(
        [(line, line.bbox) for line in extraction.lines if line.page == grid.page and line.bbox]
    )
    cells, over = _boxes(grid), _boxes(before) if before is not None and before.page == grid.page else []
    lowest = max((cell.top for cell in cells), default=0.0)
    boxed = [(line, box) for line, box in boxed if (box.top + box.bottom) / 2 < lowest]
    above = [(line, box) for line, box in boxed if _is_between(box, over, cells)]
    nearest = max((box for _, box in above), key=lambda box: box.bottom, default=None)
    return _paragraph(above, _top_over(cells, nearest) if nearest is not None else 0.0)


def _lines_at_foot(extraction: Extraction, number: int, grid: Grid, running: RunningLines) -> list[TextLine]:
    """Return the last paragraph of the page before, if nothing but running lines stands between it and the grid."""
    before = extraction.grids[number - 1] if number else None
    if grid.bbox is None or grid.page is None or (before is not None and before.page == grid.page):
        return []
    top = grid.bbox.top
    above = [line for line in running.on_page(grid.page) if line.bbox and line.bbox.top < top]
    if not all(running.runs(line) for line in above):
        return []
    foot = before.bbox.bottom if before is not None and before.bbox and before.page == grid.page - 1 else 0.0
    own = _of_like_height([(line, line.bbox) for line in running.on_page(grid.page - 1) if line.bbox])
    left = [
        (line, box) for line, box in own if box.top >= foot - RUNNING_TEXT.near and not running.runs(line)
    ]
    return _paragraph(left, max((box.bottom for _, box in left), default=0.0))


def _of_like_height(lines: list[tuple[TextLine, BBox]]) -> list[tuple[TextLine, BBox]]:
    """Leave out the lines that are far higher than most of a page, as those of a watermark across it."""
    usual = median(box.height for _, box in lines) if lines else 0.0
    return [(line, box) for line, box in lines if box.height <= _HIGHEST * usual]


def _paragraph(lines: list[tuple[TextLine, BBox]], edge: float) -> list[TextLine]:
    """Return the lowest lines above an edge that stand close to it and to each other, from the top down."""
    lines.sort(key=lambda pair: -pair[1].bottom)
    taken: list[TextLine] = []
    for line, box in lines:
        if edge - box.bottom > _NEAR * box.height or len(taken) == _MOST_LINES:
            break
        taken.insert(0, line)
        edge = box.top
    return taken


def _is_between(box: BBox, before: Sequence[BBox], cells: Sequence[BBox]) -> bool:
    """Tell whether a line stands above a grid and below the one before, where it stands: both may lie askew.

    The grids are given by the boxes of their cells.
    """
    middle = (box.top + box.bottom) / 2
    if before and middle < max(cell.bottom for cell in _cells_over(before, box)):
        return False
    return middle < _top_over(cells, box)


def _boxes(grid: Grid) -> list[BBox]:
    return [cell.ref.bbox for cell in grid.cells if cell.ref.bbox is not None]


def _top_over(cells: Sequence[BBox], box: BBox) -> float:
    """Return where a grid begins below or above a line."""
    return min((cell.top for cell in _cells_over(cells, box)), default=0.0)


def _cells_over(cells: Sequence[BBox], box: BBox) -> Sequence[BBox]:
    return [cell for cell in cells if cell.x0 < box.x1 and box.x0 < cell.x1] or cells


def _transcribed_above(lines: Sequence[TextLine], before: Grid | None, grid: Grid) -> list[TextLine]:
    start = 0
    if before is not None:
        start = max(cell.ref.line or 0 for cell in before.cells)
    own = [line for line in lines if line.line and start < line.line < (grid.line or 0) and line.text.strip()]
    return own[-1:]


def _heading(lines: Sequence[TextLine], resources: Resources) -> Heading | None:
    """Read the last lines of a paragraph as a title: an official one with a number first, then as few as make one."""
    found: list[tuple[bool, bool, Heading]] = []
    for count in range(1, len(lines) + 1):
        chosen = tuple(lines[-count:])
        title = heading_title(" ".join(plain(line.text) for line in chosen), resources)
        if title is not None and _is_plain(title, chosen, resources):
            official = resources.official.match_area(title.name) is not None
            found.append((bool(title.label) and official, bool(title.label), Heading(title, chosen)))
    return max(found, key=lambda each: each[:2])[2] if found else None


def heading_title(text: str, resources: Resources) -> AreaTitle | None:
    """Read a title with or without a word for the area before it (`AREA I: ...`), and one that goes on."""
    bare = _GOES_ON.sub("", text)
    titles = (
        area_title([t], resources.official, resources.form) for t in (bare_title(bare, resources.form), bare)
    )
    return next((title for title in titles if title is not None), None)


def _is_plain(title: AreaTitle, lines: Sequence[TextLine], resources: Resources) -> bool:
    """Tell whether a title is an official one, or is numbered and printed as a heading is: bold or in capitals.

    Beside a transcribed table a name alone, or after a word for a team, may be a team's that fell out of it.
    """
    transcribed = lines[0].line is not None
    if transcribed and (not title.label or resources.form.names_team(plain(lines[0].text))):
        return False
    if resources.official.match_area(title.name) is not None:
        return True
    letters = [char for char in title.name if char.isalpha()]
    capitals = sum(map(str.isupper, letters)) >= _CAPITALS * len(letters)
    return bool(title.label) and (capitals or all(line.bold for line in lines))


def _cell(lines: Sequence[TextLine], sha256: str) -> Cell:
    boxes = [line.bbox for line in lines if line.bbox is not None]
    box = _union(boxes)
    recognised: Reader = "pdf-text" if lines[0].confidence is None else "ocr"
    reader: Reader = "transcript" if lines[0].line is not None else recognised
    confidences = list(_confidences(lines))
    return Cell(
        row=0,
        column=0,
        text="\n".join(line.text for line in lines),
        ref=SourceRef(sha256=sha256, page=lines[0].page, bbox=box, line=lines[0].line, reader=reader),
        lines=tuple(lines),
        confidence=min(confidences, default=None),
    )


def _confidences(lines: Sequence[TextLine]) -> Iterator[float]:
    for line in lines:
        if line.confidence is not None:
            yield line.confidence


def _union(boxes: Sequence[BBox]) -> BBox | None:
    whole: BBox | None = None
    for box in boxes:
        whole = box if whole is None else whole.union(box)
    return whole
