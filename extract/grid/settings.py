"""The thresholds of grids: how rulings form cells, and how words and headers are placed in them."""

from __future__ import annotations

from schema.settings import Settings


class Boxes(Settings, section="grid.boxes"):
    """Coordinates and areas of boxes."""

    places: int
    least_area: float


class Reach(Settings, section="grid.rulings"):
    """How far apart rulings may be, in points; the values of the file hold where the size of the print is not known.

    Rulings in one line with at least `dashes` gaps in all (0: none is) are dashed: each piece with a gap may end two
    gaps before the ruling that it meets, since a dash that would be cut at a crossing is not drawn.
    An outermost row or column up to `strip` wide is what is left of a border, or of a page that is cut.
    """

    snap: float
    join: float
    touch: float
    shortest: float
    poke: float
    strip: float
    dashes: int


class PrintedRulings(Settings, section="grid.printed_rulings"):
    """The same in sizes of the smaller print of a page, up to `largest` points."""

    room: float
    gap: float
    longest_gap: float
    poke: float
    strip: float
    largest: float
    joint: float
    fewest_dashes: int


class Shapes(Settings, section="grid.shapes"):
    """When rulings draw a grid, and of which size."""

    covered: float
    lone_row_columns: int
    fewest_cells: int
    narrow: float
    ruled: float
    few_vertical: float
    half_stroke: float
    border: float


class Words(Settings, section="grid.words"):
    """How characters form words and lines, in sizes of the print."""

    same_line: float
    space: float
    spaces: float
    wide: float
    same_place: float
    ascent: float
    descent: float


class Headers(Settings, section="grid.headers"):
    """How names are placed over the columns that they are names of, in sizes of the print."""

    reach_over: float
    low: float
    labelled: float
    below: float
    beside: float


BOXES = Boxes.load("extract")
PRINTED_RULINGS = PrintedRulings.load("extract")
SHAPES = Shapes.load("extract")
WORDS = Words.load("extract")
HEADERS = Headers.load("extract")
