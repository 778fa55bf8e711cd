"""The values of stage 1: a decree file as pages, loose text and grids of cells, exactly as seen."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Literal

from pydantic import model_validator

from schema.base import Frozen
from schema.findings import Finding
from schema.geometry import BBox
from schema.provenance import PageEntry, PageState, Source, SourceRef, with_source

QUARTER_TURN, FULL_TURN = 90, 360  # degrees
PageKind = Literal["digital", "picture", "mixed", "empty"]
MarkState = Literal["marked", "empty", "unknown", "covered"]


class Seen(Frozen):
    """A text that a recogniser saw, or may have seen, with its chance (0 to 1)."""

    text: str
    chance: float


class Word(Frozen):
    """One word as a recogniser read it, its place in points, its chance (0 to 1) and its other `choices`, likeliest first."""

    text: str
    bbox: BBox
    confidence: float
    choices: tuple[Seen, ...] = ()


class TextLine(Frozen):
    """One line of text, with its trailing space if the source has one.

    A PDF gives `page` and `bbox`, a transcription `line`. `bold` is `None` where it is not known. Only a
    recogniser gives `words`, `confidence` (0 to 1), `agreed` (two independent readers saw the same; `None`:
    only one looked), `second`: the words of the second reader, `others`: what was seen instead, and `covered`: a stamp
    or a pen's stroke covers it. `first_read` is what the first reader saw where another text was decided on.
    """

    text: str
    page: int | None = None
    bbox: BBox | None = None
    line: int | None = None
    bold: bool | None = None
    confidence: float | None = None
    words: tuple[Word, ...] = ()
    agreed: bool | None = None
    second: tuple[Seen, ...] = ()
    others: tuple[str, ...] = ()
    covered: bool = False
    first_read: str | None = None

    @property
    def printed(self) -> str:
        """The text as it was first read, whatever was decided on."""
        return self.text if self.first_read is None else self.first_read


class Cell(Frozen):
    """One cell of a grid; `row` and `column` count from 0 in the grid.

    `text` is what was read, its lines separated by a line feed; `lines` holds the same lines with their
    places. `fill` is a colour such as `#92d050` (`None`: no fill or not looked at), `ink` the dark share
    of the cell that is neither ruling nor text (`None`: not looked at). `mark` is what the ink of a small
    cell was taken for (`None`: not looked at as a mark); the text of a marked one is the sign it looks like. `border` is
    how sure it is, 0 to 1, that the cell ends where its box does (`None`: its borders were not guessed).
    """

    row: int
    column: int
    row_span: int = 1
    column_span: int = 1
    text: str = ""
    ref: SourceRef
    lines: tuple[TextLine, ...] = ()
    confidence: float | None = None
    fill: str | None = None
    ink: float | None = None
    mark: MarkState | None = None
    border: float | None = None

    @property
    def printed(self) -> str:
        """The text as it was first read, whatever was decided on."""
        if all(line.first_read is None for line in self.lines):
            return self.text
        return "\n".join(line.printed for line in self.lines)


class Grid(Frozen):
    """A ruled table, or a block of table rows in a transcription.

    `column_edges` and `row_edges` are in points and have one more entry than columns and rows; they are
    empty for a transcription, whose rows may differ in their number of cells. `cells` are in row-major
    order; a spanned position has no cell of its own. `exact` tells that positions are physical: an empty
    cell was seen to be empty. `turn` is by how many degrees clockwise the page must be turned to read it (0: its text
    is horizontal, 90: it runs upwards): rows, columns and edges are those of the page turned so, `bbox` and all `ref`
    are places of the page as it is.
    """

    page: int | None = None
    bbox: BBox | None = None
    line: int | None = None
    column_edges: tuple[float, ...] = ()
    row_edges: tuple[float, ...] = ()
    row_count: int
    column_count: int
    cells: tuple[Cell, ...]
    exact: bool
    turn: Literal[0, 90, 180, 270] = 0

    def rows(self) -> tuple[tuple[Cell, ...], ...]:
        """Return the cells row by row; a cell is in the row where it begins."""
        rows: list[list[Cell]] = [[] for _ in range(self.row_count)]
        for cell in self.cells:
            rows[cell.row].append(cell)
        return tuple(tuple(row) for row in rows)


class Page(Frozen):
    """One page as a reader sees it: size in points after rotation, and how its reading ended, see `PageState`."""

    number: int
    width: float
    height: float
    rotation: int = 0
    kind: PageKind
    state: PageState = "read"


class Extraction(Frozen):
    """What stage 1 hands on: the content of `extraction.json`.

    `lines` is all text outside the grids in reading order. `findings` are those of the reading itself.
    """

    source: Source
    pages: tuple[Page, ...] = ()
    lines: tuple[TextLine, ...] = ()
    grids: tuple[Grid, ...] = ()
    findings: tuple[Finding, ...] = ()
    versions: tuple[tuple[str, str], ...] = ()

    @model_validator(mode="before")
    @classmethod
    def _with_source(cls, data: Any) -> Any:  # noqa: ANN401 - whatever was written
        """Give each place the sha256 of the source, which a file states once."""
        return with_source(data)

    def brief(self) -> Iterator[str]:
        """Yield the file, and how much was read of it."""
        yield repr(self.source.name)
        yield from (f"{len(parts)} {name}" for name, parts in (("pages", self.pages), ("grids", self.grids)))

    def ledger(self) -> tuple[PageEntry, ...]:
        """Return how the reading of each page ended; empty for a transcription."""
        return tuple(PageEntry(number=page.number, state=page.state) for page in self.pages)
