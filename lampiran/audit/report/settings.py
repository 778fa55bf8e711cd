"""The limits of an audit's pages, sheets and packs, from `lampiran/settings.toml`."""

from __future__ import annotations

from schema.settings import Settings


class Sheet(Settings, section="audit.sheet"):
    """What is read of a sample's sheet: bytes, rows, and letters of a digest."""

    largest: int
    rows: int
    digest: int


class Page(Settings, section="audit.page"):
    """How much `audit.html` shows: numbers of crops and cells, widths in pixels, a factor of a height."""

    crops: int
    ink_crops: int
    cell_width: int
    row_width: int
    row_cells: int
    around: int


class Pack(Settings, section="audit.pack"):
    """The limits of an evidence pack: bytes, and letters of a name."""

    largest: int
    field: int


SHEET = Sheet.load("lampiran")
PAGE = Page.load("lampiran")
PACK = Pack.load("lampiran")
