"""Lines above a table turned into the title of the area that the table is for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from statistics import median

from extract.types import Cell, Extraction, Grid, TextLine
from normalize.draft import Row
from normalize.labels import AreaTitle, area_title, bare_title, plain
from normalize.line_breaks import line_ref
from normalize.resources import Resources
from normalize.rows.cell_fields import area_of
from normalize.rows.settings import HEADINGS
from normalize.running_text import RunningLines
from normalize.settings import RUNNING_TEXT
from schema.geometry import BBox

_GOES_ON = re.compile(r"\s*\((?:lanjutan|lanj\.?)\)\s*$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Heading:
    """The title of an area above a table, and the lines that it was read from."""

    title: AreaTitle
    lines: tuple[TextLine, ...]

    def row(self, grid: int, chunk: int, sha256: str, *, exact: bool) -> Row:
        """Return the heading as a row of the table below it."""
        cell = _cell(self.lines, sha256)
        return area_of(Row(grid, chunk, (cell,), exact=exact), self.title, (cell,), source="heading")


def headings_of(extraction: Extraction, resources: Resources) -> dict[int, Heading]:
    """Return the headings of grids by the grids' numbers; a table may have none."""
    running = RunningLines(extraction)
    found: dict[int, Heading] = {}
    for number, grid in enumerate(extraction.grids):
        above = _heading(_lines_above(extraction, number, grid), resources)
        heading = above or _heading(_lines_at_foot(extraction, number, grid, running), resources)
        if heading is not None:
            found[number] = heading
    return found


def _lines_above(extraction: Extraction, number: int, grid: Grid) -> list[TextLine]:
    """Return the paragraph right above a grid, from the top down."""
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
    """Return the last paragraph of the page before if only running lines are between it and the grid."""
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
    """Leave out lines that are far higher than most of a page, such as a watermark."""
    usual = median(box.height for _, box in lines) if lines else 0.0
    return [(line, box) for line, box in lines if box.height <= HEADINGS.highest * usual]


def _paragraph(lines: list[tuple[TextLine, BBox]], edge: float) -> list[TextLine]:
    """Return the lowest lines above an edge that are close to it and to each other, from the top down."""
    lines.sort(key=lambda pair: -pair[1].bottom)
    taken: list[TextLine] = []
    for line, box in lines:
        if edge - box.bottom > HEADINGS.near * box.height or len(taken) == HEADINGS.most_lines:
            break
        taken.insert(0, line)
        edge = box.top
    return taken


def _is_between(box: BBox, before: Sequence[BBox], cells: Sequence[BBox]) -> bool:
    """Tell whether a line is above a grid (its cells) and below the one before at its place: both may be skewed."""
    middle = (box.top + box.bottom) / 2
    below = not before or middle >= max(cell.bottom for cell in _cells_over(before, box))
    return below and middle < _top_over(cells, box)


def _boxes(grid: Grid) -> list[BBox]:
    return [cell.ref.bbox for cell in grid.cells if cell.ref.bbox is not None]


def _top_over(cells: Sequence[BBox], box: BBox) -> float:
    return min((cell.top for cell in _cells_over(cells, box)), default=0.0)


def _cells_over(cells: Sequence[BBox], box: BBox) -> Sequence[BBox]:
    return [cell for cell in cells if cell.x0 < box.x1 and box.x0 < cell.x1] or cells


def _transcribed_above(lines: Sequence[TextLine], before: Grid | None, grid: Grid) -> list[TextLine]:
    start = max(cell.ref.line or 0 for cell in before.cells) if before is not None else 0
    end = grid.line or 0
    return [line for line in lines if line.line and start < line.line < end and line.text.strip()][-1:]


def _heading(lines: Sequence[TextLine], resources: Resources) -> Heading | None:
    """Read the last lines of a paragraph as a title: an official one with a number first, then the shortest."""
    found: list[tuple[bool, bool, Heading]] = []
    for count in range(1, len(lines) + 1):
        chosen = tuple(lines[-count:])
        title = heading_title(" ".join(plain(line.text) for line in chosen), resources)
        if title is not None and _is_plain(title, chosen, resources):
            official = resources.official.match_area(title.name) is not None
            found.append((bool(title.label) and official, bool(title.label), Heading(title, chosen)))
    return max(found, key=lambda each: each[:2])[2] if found else None


def heading_title(text: str, resources: Resources) -> AreaTitle | None:
    """Read a title, with or without a word for the area before it (`AREA I: ...`) or "(lanjutan)" behind it."""
    whole = _GOES_ON.sub("", text)
    bare = area_title([bare_title(whole, resources.form)], resources.official, resources.form)
    return bare or area_title([whole], resources.official, resources.form)


def _is_plain(title: AreaTitle, lines: Sequence[TextLine], resources: Resources) -> bool:
    """Tell whether a title is official, or numbered and printed as a heading is: bold or in capitals.

    Beside a transcribed table a name alone, or behind a word for a team, may be a team that fell out of it.
    """
    transcribed = lines[0].line is not None
    if transcribed and (not title.label or resources.form.names_team(plain(lines[0].text))):
        return False
    if resources.official.match_area(title.name) is not None:
        return True
    letters = [char for char in title.name if char.isalpha()]
    capitals = sum(map(str.isupper, letters)) >= HEADINGS.capitals * len(letters)
    return bool(title.label) and (capitals or all(line.bold for line in lines))


def _cell(lines: Sequence[TextLine], sha256: str) -> Cell:
    boxes = [line.bbox for line in lines if line.bbox is not None]
    box = reduce(BBox.union, boxes) if boxes else None
    return Cell(
        row=0,
        column=0,
        text="\n".join(line.text for line in lines),
        ref=line_ref(lines[0], sha256).replace(bbox=box),
        lines=tuple(lines),
        confidence=min((line.confidence for line in lines if line.confidence is not None), default=None),
    )
