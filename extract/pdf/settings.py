"""The thresholds of digital pages: what a person sees on them, and how text shows cells that no ruling does."""

from __future__ import annotations

from schema.settings import Settings


class Page(Settings, section="pdf.page"):
    """Pages as a whole and the cells of their grids."""

    at_edge: float
    cut_text: float
    few_glyphs: int
    few_share: float
    run_gap: float
    overflow_doubt: float
    confidence_places: int
    turned: float
    turned_lines: int


class Characters(Settings, section="pdf.chars"):
    """The print of a page and its fonts."""

    smaller_percent: int
    no_print: float
    same_run: float
    bold_names: tuple[str, ...]


class Lines(Settings, section="pdf.lines"):
    """How characters form lines of text, in sizes of the print."""

    overprint: float
    overprints: int
    gap: float
    gap_with_space: float
    fewest_even: int
    even: float
    spread_letters: int
    raised: float
    raised_size: float
    raised_gap: float
    tracked: float
    widest_tracked: float
    fewest_gaps: int
    narrow_percent: int
    least_size: float
    far: float
    rounding: float


class Strokes(Settings, section="pdf.strokes"):
    """Which strokes are under text or through it, in sizes of the print."""

    low: float
    high: float
    under: float
    end: float
    under_end: float
    at_upright: float
    filled: float
    beside: float
    same_ground: float


class Visible(Settings, section="pdf.visible"):
    """Which characters a person sees."""

    overlap: float
    overprint: float
    smallest: float
    speck: float
    legible: float
    wide_space: float
    space_inset: float
    least_square: float
    most_squares: int
    neighbours: int


class Glyphs(Settings, section="pdf.glyphs"):
    """What the shapes of glyphs say of a font."""

    smallest: float
    over: float
    looks: int
    against: float
    grid: int
    cut: float
    faintest: int
    piece: float


class Drawing(Settings, section="pdf.drawing"):
    """How a page is drawn, and the grey levels (of 255) that are seen."""

    scale: float
    largest_scale: float
    colour_scale: float
    fine_print: float
    least_print: float
    seen: int
    faint: int
    dark: int
    largest_mark: float


class Edges(Settings, section="pdf.edges"):
    """Which straight edges of a drawing are rulings."""

    step: int
    shortest: float
    shortest_points: float
    dot_gap: float
    fewest_dots: int
    uneven: float
    even: float
    bar: float
    long: float
    crossing_stroke: float
    around: float
    in_picture: float
    drawn: float


class Ink(Settings, section="pdf.ink"):
    """Which ink in a cell is a mark, and which ink nothing explains."""

    sure: float
    stroke: float
    smallest_mark: float
    reach: float
    flat: float
    places: int
    around: float
    speck: float
    near: float
    most: int
    thin: float
    solid: float


class Pictures(Settings, section="pdf.pictures"):
    """Which pictures and drawn shapes may hold text."""

    letters: int
    least: float
    logo: float
    upper: float
    lower: float
    mark: float
    pictured: float
    scanned: float
    few: int
    fewest: int
    unnamed: float
    smallest: float
    largest: float
    blur: int


class Charts(Settings, section="pdf.charts"):
    """What distinguishes a chart from a table."""

    beside: float
    labels: int
    away: float
    many: int
    hardly: float
    filled: float


class Columns(Settings, section="pdf.columns"):
    """How text shows columns that no ruling separates, in sizes of the print."""

    narrowest: float
    spaces: float
    same_side: float
    share: float
    few_lines: int
    filled: float
    evidence: int
    apart: float
    alike: float
    same_run: float
    few_rows: int
    several: int


class Rows(Settings, section="pdf.rows"):
    """How text shows rows that no ruling separates, in sizes of the print."""

    same_base: float
    room: float
    close: float
    filled: float
    fewest: int


class Outer(Settings, section="pdf.outer"):
    """Headers and names of rows outside a grid, in sizes of the print."""

    close: float
    near: float
    free: float
    letter: float
    named: float
    fewest: int
    few_columns: int
    margin: float


class Horizontal(Settings, section="pdf.horizontal"):
    """Tables with horizontal rulings alone."""

    same_end: float
    narrowest: float
    fewest_rulings: int
    fewest_lines: int
    fewest_aligned: int
    aligned: float
    loose: float
    most_around: int


class OtherReaders(Settings, section="pdf.other_readers"):
    """Which paths are rulings to pdfplumber, in points, and how grids are compared with camelot's."""

    ruling_width: float
    straight: float
    shape_edge: float
    tolerance: float
    line_scale: int
    same_place: float
    near_empty: float


PAGE = Page.load("extract")
CHARS = Characters.load("extract")
LINES = Lines.load("extract")
STROKES = Strokes.load("extract")
VISIBLE = Visible.load("extract")
GLYPHS = Glyphs.load("extract")
DRAWING = Drawing.load("extract")
EDGES = Edges.load("extract")
INK = Ink.load("extract")
PICTURES = Pictures.load("extract")
CHARTS = Charts.load("extract")
COLUMNS = Columns.load("extract")
ROWS = Rows.load("extract")
OUTER = Outer.load("extract")
HORIZONTAL = Horizontal.load("extract")
OTHERS = OtherReaders.load("extract")
