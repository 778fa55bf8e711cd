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


class Report(Settings, section="publish.report"):
    """How much `report.html` shows at once; counts."""

    most_crops: int
    most_warnings: int
    most_notices: int
    shortest_run: int


class Heat(Settings, section="publish.heat"):
    """The shades of a heat map; a count."""

    levels: int


CROPS = Crops.load("lampiran")
REPORT = Report.load("lampiran")
HEAT = Heat.load("lampiran")
