"""What a document is made of, whatever program draws it: a page, paragraphs, tables, cells and their edges."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import ceil
from typing import Literal

Side = Literal["top", "bottom", "left", "right"]
LEFT_RIGHT: tuple[Side, Side] = ("left", "right")
VerticalAlign = Literal["top", "middle"]
Picture = Literal["tick"]


@dataclass(frozen=True, slots=True)
class Line:
    """A border: its width in points, its style in CSS's words and its colour as `RRGGBB`."""

    width: float = 0.5
    style: Literal["solid", "dotted", "dashed", "double"] = "solid"
    colour: str = "000000"


@dataclass(frozen=True, slots=True)
class Cell:
    """What a cell prints, how many rows and columns it spans, and how it is set.

    `open_sides` have no border; `turned` text runs upwards; a `boxed` text is in a text box over the cell, a `comment`
    is attached to it; `face` names another face for its text (symbols).
    """

    text: str = ""
    rows: int = 1
    columns: int = 1
    bold: bool = False
    align: Literal["left", "center", "right"] = "left"
    valign: VerticalAlign = "top"
    fill: str = ""
    colour: str = "000000"
    turned: bool = False
    boxed: bool = False
    picture: Picture | None = None
    face: str = ""
    comment: str = ""
    open_sides: frozenset[Side] = frozenset()


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells (covered ones left out), column widths in points, and the number of header rows."""

    widths: tuple[float, ...]
    rows: tuple[tuple[Cell, ...], ...]
    head: int
    line: Line
    repeat_head: bool = True
    cut_rows: bool = True
    padding: float = 2.0

    def placed(self) -> Iterator[tuple[int, int, Cell]]:
        """Yield each cell with the row and column of its upper left corner."""
        taken: set[tuple[int, int]] = set()
        for y, row in enumerate(self.rows):
            x = 0
            for cell in row:
                while (y, x) in taken:
                    x += 1
                yield y, x, cell
                taken |= {(y + down, x + right) for down in range(cell.rows) for right in range(cell.columns)}
                x += cell.columns

    def owners(self) -> list[list[tuple[int, int, Cell]]]:
        """Return the cell over each place of the grid, with its upper left corner."""
        grid: list[list[tuple[int, int, Cell]]] = [
            [(y, -1, Cell())] * len(self.widths) for y in range(len(self.rows))
        ]
        for y, x, cell in self.placed():
            for down in range(min(cell.rows, len(self.rows) - y)):
                for right in range(cell.columns):
                    grid[y + down][x + right] = (y, x, cell)
        return grid


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A line of running text; `scale` multiplies the document's size, `new_page` breaks before it."""

    text: str
    bold: bool = False
    align: Literal["left", "center"] = "left"
    scale: float = 1.0
    new_page: bool = False


@dataclass(frozen=True, slots=True)
class Document:
    """A document: page and margins (left, top, right, bottom) in points, face and size, and its content."""

    page: tuple[float, float]
    margins: tuple[float, float, float, float]
    face: str
    size: float
    blocks: tuple[Paragraph | Table, ...]
    running_head: str = ""
    running_foot: str = ""
    watermark: str = ""

    @property
    def width(self) -> float:
        """The width between the margins, in points."""
        return self.page[0] - self.margins[0] - self.margins[2]


def box_height(text: str, width: float, size: float) -> float:
    """Return a height in points in which a text box of this width shows its whole text, in any of the faces."""
    letter = 0.62 * size  # wider than the mean letter of the widest face
    return (ceil(len(text) * letter / width) + 1) * size * 1.25
