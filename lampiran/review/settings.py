"""`[review.*]` of settings.toml -> values with a name and a type."""

from __future__ import annotations

from schema.settings import Settings


class Choices(Settings, section="review.choices"):
    """What can be chosen on a card; a count, and likeness from 0 to 1."""

    most: int
    often: int
    whole: float
    line: float


class Pictures(Settings, section="review.pictures"):
    """How the place of a doubt is shown; pixels, and points of the page."""

    widest: int
    tallest: int
    above: float
    below: float
    label: int


class Server(Settings, section="review.server"):
    """What the local page takes; bytes, letters."""

    largest_body: int
    longest_text: int
    token_bytes: int


class Sheet(Settings, section="review.sheet"):
    """How the workbook of decisions looks, and how much of a filled-in one is read; points, pixels, inches, letters, counts."""

    line: float
    tallest: float
    picture_width: int
    narrow: float
    margin: float
    longest_list: int
    most_rows: int
    most_columns: int


CHOICES = Choices.load("lampiran")
PICTURES = Pictures.load("lampiran")
SERVER = Server.load("lampiran")
SHEET = Sheet.load("lampiran")
