"""Draws plans that are made to be copied: nothing on them that a copy must lose.

Their looks, faces, words and headers differ from those of `benchmarks.accuracy.office`, and differ between the splits: `look` is
for development, `kept` is for final figures only. Faces are taken from Debian's packages fonts-liberation2, fonts-dejavu,
fonts-urw-base35, fonts-crosextra-carlito, fonts-crosextra-caladea, fonts-croscore, fonts-lato,
fonts-open-sans, fonts-roboto-unhinted, fonts-roboto-slab, fonts-sil-gentiumplus, fonts-sil-charis, fonts-linuxlibertine,
fonts-vollkorn, fonts-paratype, fonts-tuffy, fonts-cabin, fonts-adf-gillius, fonts-adf-universalis,
fonts-inter, fonts-texgyre and fonts-clear-sans, handwriting (`inks.py`) from fonts-breip, fonts-dancingscript, fonts-kristi and
fonts-dkg-handwriting; where one is missing another is taken and the figures differ.
"""

from __future__ import annotations

import json
import random
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any, Literal

from benchmarks.drawing.office.drawn import Drawing, drawing_of
from benchmarks.drawing.office.looks import Look, Mark, Program, look
from benchmarks.drawing.office.model import Line

Split = Literal["look", "kept"]
FIRST_SEED: dict[Split, int] = {"look": 20_000, "kept": 70_000}
PROGRAMS: tuple[Program, ...] = ("writer-odt", "calc-xlsx", "writer-docx", "chromium")
LEAST_ROWS = 12
MARKS = ("√", "✓", "✔", "v", "V", "x", "X", "●", "■", "*")
FILLS = ("00B050", "4472C4", "808080", "C00000", "7030A0")  # dark enough to be seen in one bit
BANDS = (("", "000000"),) * 3 + (("D9D9D9", "000000"), ("BDD7EE", "000000"), ("FFE699", "000000"), ("1F4E78", "FFFFFF"), ("000000", "FFFFFF"))  # fmt: skip


@cache
def data(name: str) -> dict[Split, Any]:
    """Return what differs between the splits: `vocabulary` of plans, or faces and services in `splits`."""
    read: dict[Split, Any] = json.loads(Path(__file__).with_name(f"{name}.json").read_text(encoding="utf-8"))
    return read


def faces(split: Split) -> list[str]:
    """Return the faces of a split."""
    found: list[str] = data("splits")[split]["faces"]
    return found


def form(split: Split, number: int) -> Drawing:
    """Return the document of a number from 1 on; the same number gives the same document."""
    seed = FIRST_SEED[split] + number
    chance = random.Random(seed)
    while True:
        seen = _copied_look(chance, split, number)
        made = drawing_of(seed, seen, chance, data("vocabulary")[split])
        if len(made.rows) >= LEAST_ROWS:
            return made


def _copied_look(chance: random.Random, split: Split, number: int) -> Look:
    """Return a look of `benchmarks.accuracy.office` without what no copy can show, but with hard things that a copy does show."""
    usual = look(chance)
    size = chance.choice((8.0, 8.5, 9.0, 10.0, 11.0) if usual.landscape else (8.0, 8.5, 9.0))
    head_fill, head_colour = chance.choice(BANDS)
    line = chance.choice(
        (
            Line(0.05),
            Line(0.25),
            Line(0.5),
            Line(0.5),
            Line(0.75),
            Line(1.0),
            Line(1.5),
            Line(0.75, colour="7F7F7F"),
            Line(0.75, colour="2F5496"),
            Line(0.5, style="double"),
        )
    )
    # Writer gives the rows of turned text in a .docx no height.
    turns = PROGRAMS[number % len(PROGRAMS)] != "writer-docx"
    labels = "short" if usual.labels == "long" and not turns else usual.labels
    marks: tuple[Mark, ...] = ("letter", "letter", "letter", "letter", "fill")
    return replace(
        usual,
        # Programs and faces in turn, so that a few forms have all of them.
        program=PROGRAMS[number % len(PROGRAMS)],
        paper=chance.choice(("A4", "F4")),
        face=faces(split)[number * 5 % len(faces(split))],
        size=size,
        month_width=size * chance.choice((1.3, 1.6, 2.0, 2.6)),
        mark=chance.choice(marks),
        letter=chance.choice(MARKS),
        mark_fill=chance.choice(FILLS),
        line=line,
        gap=chance.choices(("", "sides"), (8, 1))[0],
        head_fill=head_fill,
        head_colour=head_colour,
        zebra=chance.choice(("", "", "", "F2F2F2")),
        area_fill=chance.choice(("", "", "FFF2CC", "D9D9D9")),
        area="column" if usual.area == "none" else usual.area,
        team="merged" if usual.team == "boxed" else usual.team,
        # No padding: letters touch their rulings.
        padding=chance.choice((0.0, 0.0, 0.5, 1.5, 2.0, 4.0)) if usual.month_width > 12 else 0.0,
        labels=labels,
        turned_labels=turns and (usual.turned_labels or labels == "long"),
        watermark="",
        comments=False,
        body=chance.random() < 0.15,
    )
