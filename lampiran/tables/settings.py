"""`[tables.*]` of settings.toml -> values with a name and a type."""

from __future__ import annotations

from schema.settings import Settings


class Letters(Settings, section="tables.letters"):
    """Which colour letters have on a coloured cell: by the brightness of its fill, 0 to 255."""

    red: float
    green: float
    blue: float
    dark: float
    on_dark: str
    on_light: str


LETTERS = Letters.load("lampiran")
