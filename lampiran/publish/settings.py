"""`[publish.*]` of settings.toml -> values with a name and a type."""

from __future__ import annotations

from schema.settings import Settings


class Crops(Settings, section="publish.crops"):
    """How places of a page are shown as pictures; see settings.toml for units."""

    scale: float
    margin: float
    beside: float
    widest: int
    tallest: int
    colours: int
    frame: str
    frame_width: int


class Rows(Settings, section="publish.rows"):
    """How rows are shown as pictures; see settings.toml for units."""

    margin: float
    widest: int
    tallest: int
    most: int


class Report(Settings, section="publish.report"):
    """How much `report.html` shows at once; counts."""

    most_crops: int
    most_warnings: int
    most_notices: int
    shortest_run: int


class Heat(Settings, section="publish.heat"):
    """The shades of a heat map; a count."""

    levels: int


class Sheets(Settings, section="publish.sheets"):
    """How texts fit into the cells of a workbook; lengths in points, unless settings.toml says otherwise."""

    font: str
    font_size: float
    character: float
    cell_padding: float
    slack: float
    line_height: float
    row_padding: float
    filter_button: float
    tallest: float
    widest: float
    widening: float
    most_teams: int
    title_length: int


class Print(Settings, section="publish.print"):
    """How a workbook is printed; lengths in points, unless settings.toml says otherwise."""

    margin: float
    head_margin: float
    foot_margin: float
    foot_line: float
    character: float
    smallest: float
    longer: float


CROPS = Crops.load("lampiran")
ROWS = Rows.load("lampiran")
REPORT = Report.load("lampiran")
HEAT = Heat.load("lampiran")
SHEETS = Sheets.load("lampiran")
PRINT = Print.load("lampiran")
