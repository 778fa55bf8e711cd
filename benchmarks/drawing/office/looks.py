"""Draws the look of a plan by lot: program, page, face, rulings and marks."""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import Literal

from benchmarks.drawing.office.model import Line

Program = Literal["writer-odt", "writer-docx", "writer-html", "calc-xlsx", "chromium"]
Place = Literal["row", "column", "heading", "none"]
Team = Literal["each", "merged", "boxed"]
Mark = Literal["letter", "fill", "picture", "wingdings"]
Labels = Literal["numbers", "short", "long", "letters"]
Gap = Literal["", "sides", "verticals", "month-verticals"]

# Paper in points, upright: A4, F4 as Indonesia cuts it (215 x 330 mm), legal, letter, A3.
PAPER = {
    "A4": (595.3, 841.9),
    "F4": (609.4, 935.4),
    "legal": (612.0, 1008.0),
    "letter": (612.0, 792.0),
    "A3": (841.9, 1190.6),
}
FACES = (
    "Liberation Sans",
    "Liberation Serif",
    "Liberation Sans Narrow",
    "Carlito",
    "Caladea",
    "DejaVu Sans",
    "Nimbus Sans",
    "P052",
)
LETTERS = ("√", "✓", "✔", "v", "V", "x", "X", "●", "■", "*")
FILLS = ("00B050", "4472C4", "FFFF00", "808080", "A9D08E", "C00000", "000000", "D9D9D9")
BANDS = (
    ("", "000000"),
    ("", "000000"),
    ("D9D9D9", "000000"),
    ("BDD7EE", "000000"),
    ("1F4E78", "FFFFFF"),
    ("548235", "FFFFFF"),
    ("000000", "FFFFFF"),
)


@dataclass(frozen=True, slots=True)
class Look:
    """Each choice of how a plan is drawn; lengths in points."""

    program: Program
    paper: str
    landscape: bool
    face: str
    size: float
    labels: Labels
    month_width: float
    under_quarters: bool
    turned_labels: bool
    mark: Mark
    letter: str
    mark_fill: str
    dash_in_empty: bool
    line: Line
    gap: Gap
    head_fill: str
    head_colour: str
    zebra: str
    area_fill: str
    repeat_head: bool
    cut_rows: bool
    column_numbers: bool
    area: Place
    team: Team
    components_merged: bool
    indicators_merged: bool
    numeral: Literal["no", "name", "own"]
    lettered: bool
    middle: bool
    padding: float
    running_head: str
    running_foot: str
    watermark: str
    comments: bool
    body: bool


def look(chance: random.Random) -> Look:
    """Return a look; the common ways of offices are the likely ones."""
    landscape = chance.random() < 0.75
    size = chance.choice((7.0, 8.0, 9.0, 10.0, 11.0) if landscape else (6.5, 7.0, 8.0, 9.0))
    head_fill, head_colour = chance.choice(BANDS)
    month_width = size * chance.choice((1.3, 1.5, 1.9, 2.3, 2.8))
    program: Program = chance.choices(
        ("writer-odt", "writer-docx", "writer-html", "calc-xlsx", "chromium"), (4, 6, 1, 4, 4)
    )[0]
    colour = chance.choice(("000000", "000000", "000000", "7F7F7F", "2F5496", "BFBFBF"))
    white_lines = bool(head_fill) and chance.random() < 0.12
    marks: tuple[Mark, ...] = ("letter", "fill", "picture", "wingdings")
    # Only Writer draws Wingdings with another face's signs where it is not installed.
    odds = (8, 3, 1, 2) if program in {"writer-odt", "writer-docx"} else (8, 3, 1, 0)
    return Look(
        program=program,
        paper=chance.choice(("A4", "F4", "F4", "legal", "letter", "A3")),
        landscape=landscape,
        face=chance.choice(FACES),
        size=size,
        labels=chance.choice(("numbers", "numbers", "short", "short", "long", "letters")),
        month_width=month_width,
        under_quarters=chance.random() < 0.2,
        turned_labels=chance.random() < 0.2,
        mark=chance.choices(marks, odds)[0],
        letter=chance.choice(LETTERS),
        mark_fill=chance.choice(FILLS),
        dash_in_empty=chance.random() < 0.08,
        line=Line(
            chance.choice((0.05, 0.25, 0.5, 0.5, 0.75, 1.0, 1.5)),
            chance.choices(("solid", "dotted", "dashed", "double"), (16, 2, 2, 2))[0],
            "FFFFFF" if white_lines else colour,
        ),
        gap=chance.choices(("", "sides", "verticals", "month-verticals"), (16, 2, 1, 1))[0],
        head_fill=head_fill,
        head_colour=head_colour,
        zebra="DDEBF7" if white_lines else chance.choice(("", "", "", "", "F2F2F2", "DDEBF7")),
        area_fill="DDEBF7" if white_lines else chance.choice(("", "", "FFF2CC", "D9D9D9")),
        repeat_head=chance.random() < 0.6,
        cut_rows=chance.random() < 0.75,
        column_numbers=chance.random() < 0.35,
        area=chance.choices(("row", "column", "heading", "none"), (6, 2, 2, 1))[0],
        team=chance.choices(("each", "merged", "boxed"), (4, 5, 0.5))[0],
        components_merged=chance.random() < 0.7,
        indicators_merged=chance.random() < 0.25,
        numeral=chance.choice(("no", "name", "own")),
        lettered=chance.random() < 0.2,
        middle=chance.random() < 0.4,
        # In the narrowest column of a month there is room for one digit, so that two digits are one below the other.
        padding=min(chance.choice((0.5, 1.5, 2.0, 4.0, 5.4)), (month_width - 0.8 * size) / 2),
        running_head=chance.choice(("", "", "", "RENCANA AKSI TAHUN 2025", "LAMPIRAN")),
        running_foot=chance.choice(("", "#", "- # -", "Halaman #", "jdih.contoh.go.id")),
        watermark=chance.choices(("", "SALINAN", "DRAFT"), (12, 1, 1))[0],
        comments=chance.random() < 0.1,
        body=chance.random() < 0.35,
    )
