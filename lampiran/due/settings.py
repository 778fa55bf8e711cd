"""`[due.*]` of settings.toml -> values with a name and a type."""

from __future__ import annotations

from schema.settings import Settings


class Lines(Settings, section="due.lines"):
    """How wide the lines on a terminal may be; columns."""

    narrowest: int
    widest: int


LINES = Lines.load("lampiran")
