"""The thresholds of the account of ink, from `lampiran/settings.toml`."""

from __future__ import annotations

from schema.settings import Settings


class Ink(Settings, section="audit.ink"):
    """How ink is seen and told: points and pixels, levels of grey (0 to 255), shares (0 to 1), numbers, decimals."""

    scale: float
    most_pixels: int
    dark: int
    letter: float
    no_width: float
    line: float
    ruling: float
    cell_edge: float
    least_ruling: float
    speck: float
    solid: float
    solid_pixels: int
    tone: int
    near: float
    wide: float
    most: int
    fewest: float
    decimals: int
    share_decimals: int


class InkMap(Settings, section="audit.ink_map"):
    """The picture of a page's ink: pixels, points, numbers of shades, and a factor of darkness."""

    width: int
    room: float
    shades: int
    contrast: float
    spread: int


INK = Ink.load("lampiran")
MAP = InkMap.load("lampiran")
