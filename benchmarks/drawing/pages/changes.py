"""Draws a plan as a PDF in one of many legal ways that look alike: one setting for each axis."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace

import pikepdf
from pikepdf import Array, Dictionary, Name

from benchmarks.drawing.pages import files, marks
from benchmarks.drawing.pages.bases import flipped, lines_of
from benchmarks.drawing.pages.content import SIZE, Content, centred
from benchmarks.drawing.pages.fonts import Fonts, width_of
from benchmarks.drawing.pages.frame import FRAMES, Box
from benchmarks.drawing.pages.lettering import CUTS, LATIN, LETTERINGS, Lettering, Line, shown, symbol
from benchmarks.drawing.pages.rulings import RULINGS
from benchmarks.drawing.pages.tables import DECREE, LINE, PAPER, TICK, Cell, Table
from samples.draw.text import ASCENT

PAD = 3.0
SHEET: Box = (0.0, 0.0, *PAPER)


@dataclass(frozen=True, slots=True)
class Change:
    """How a plan is drawn: one setting for each axis, the plainest by default."""

    cut: str = "line"
    font: str = "composite"
    frame: str = "plain"
    order: str = "cells"
    rulings: str = "lines"
    wrap: str = "none"
    sheet: str = "plain"
    unseen: str = "none"
    comment: str = "none"
    file: str = "plain"
    mark: str = "letter"

    def __str__(self) -> str:
        """Name the settings that are not the plainest."""
        plain = Change()
        settings = ((each.name, getattr(self, each.name)) for each in fields(self))
        named = (f"{axis}={setting}" for axis, setting in settings if setting != getattr(plain, axis))
        return " ".join(named) or "plain"


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of operators, with the cell it belongs to; a ruling belongs to none."""

    operators: str
    row: int = -1
    column: int = -1


def _shuffled(pieces: list[Piece], chance: random.Random) -> list[Piece]:
    chance.shuffle(pieces)
    return pieces


ORDERS: Mapping[str, Callable[[list[Piece], random.Random], list[Piece]]] = {
    "cells": lambda pieces, _: pieces,
    "text-first": lambda pieces, _: sorted(pieces, key=lambda piece: piece.row < 0),
    "columnwise": lambda pieces, _: sorted(pieces, key=lambda each: (each.row >= 0, each.column, each.row)),
    "backwards": lambda pieces, _: pieces[::-1],
    "shuffled": _shuffled,
}
WRAPS = (
    "none",
    "clips",
    "deep",
    "layer-on",
    "tagged",
    "form",
    "form-a-cell",
    "nested-forms",
    "pattern",
    "group",
)
SHEETS = ("plain", "turned-90", "turned-180", "turned-270", "crop", "offset", "negative", "user-unit")
UNSEEN = (
    "none",
    *(
        f"{how}-{what}"
        for how in ("white", "clear", "mode-3", "clipped", "layer", "covered", "tiny", "outside")
        for what in ("words", "marks")
    ),
    "same-text",
)
COMMENTS = (
    "none",
    "highlight",
    "note",
    "link",
    "empty-field",
    "underline",
    "free-text-below",
    "stamp-below",
    "ink-below",
    "popup",
)
AXES: Mapping[str, Sequence[str]] = {
    "cut": tuple(CUTS),
    "font": tuple(LETTERINGS),
    "frame": tuple(FRAMES),
    "order": tuple(ORDERS),
    "rulings": tuple(RULINGS),
    "wrap": WRAPS,
    "sheet": SHEETS,
    "unseen": UNSEEN,
    "comment": COMMENTS,
    "file": tuple(files.FILES),
    "mark": ("letter", *marks.MARKS),
}


class Drawing:
    """One page of a plan in the making.

    Args:
        pdf: the document, whose last page is drawn on.
        change: the settings.
        chance: where they leave a choice.
        fonts: the document's fonts.
        letters: all letters that the document has.
    """

    def __init__(
        self, pdf: pikepdf.Pdf, change: Change, chance: random.Random, fonts: Fonts, letters: str
    ) -> None:
        """Begin with an empty page."""
        pdf.add_blank_page(page_size=PAPER)
        self.change, self.chance = change, chance
        self.content = Content(pdf, pdf.pages[-1], fonts)
        self.frame = FRAMES[change.frame]
        self.font = LETTERINGS[change.font](self.content, letters)
        self.pieces: list[Piece] = []
        self._off: pikepdf.Object | None = None

    def line(self, text: str, x: float, y: float, size: float = SIZE) -> str:
        """Return the operators of a line; a tick in a font without one is of the Symbol font."""
        font: Lettering = self.font
        if text == TICK and self.change.font in LATIN:
            font = symbol(self.content)
        return shown(self.frame, font, Line(text, x, y, size), self.change.cut)

    def table(self, table: Table) -> None:
        """Draw a table."""
        for cell in table.cells:
            operators = " ".join(self._cell(table, cell))
            if operators:
                clipped = self._clipped(flipped(table, cell), operators)
                self.pieces.append(Piece(clipped, cell.row, cell.column))
        boxes = [flipped(table, cell) for cell in table.cells]
        ruled = [Piece(part) for part in RULINGS[self.change.rulings](self.frame, boxes, self.content)]
        ordered = ORDERS[self.change.order](self.pieces + ruled, self.chance)
        if self.change.rulings == "ground":  # it goes below everything else
            ordered = ruled + [piece for piece in ordered if piece.row >= 0]
        self.pieces = ordered
        _comment(self, table)

    def _cell(self, table: Table, cell: Cell) -> Iterator[str]:
        lines = [*lines_placed(table, cell, self._wide)]
        box, (how, _, what) = flipped(table, cell), self.change.unseen.rpartition("-")
        if cell.kind == "text" and cell.text and cell.column > 1 and what == "words":
            yield self._unseen(box, how, lines[0], "Surat lama")
        if cell.kind == "mark" and not cell.text and (cell.row + cell.column) % 3 == 0 and what == "marks":
            yield self._unseen(box, how, (TICK, *centred(box, TICK)), TICK)
        if self.change.unseen == "same-text":
            yield from (f"q 3 Tr {self.line(text, x, y)} Q" for text, x, y in lines)
        if cell.kind == "mark" and cell.text and self.change.mark != "letter":
            yield marks.MARKS[self.change.mark](self.content, self.frame, box)
            return
        for text, x, y in lines:
            yield self.line(text, x, y)

    def _wide(self, text: str) -> float:
        font = symbol(self.content) if text == TICK and self.change.font in LATIN else self.font
        return font.long(text, SIZE)

    def _unseen(self, box: Box, how: str, line: tuple[str, float, float], said: str) -> str:
        """Return a word or sign that is not seen: below a text, or in its place under something that covers it."""
        _, x, y = line
        below = y if said == TICK else y - 2 * LINE
        if how == "layer":
            return f"/OC {self._layer()} BDC {self.line(said, x, y)} EMC"
        if how == "covered":
            inner = (box[0] + 1, box[1] + 1, box[2] - 1, box[3] - 1)
            return f"{self.line(said, x, y)} q 1 g {self.frame.box(inner)} re f Q"
        if how == "tiny":
            return self.line(said, x, below, 0.5)
        if how == "outside":
            return self.line(said, x, y + PAPER[1])
        before = {
            "white": "1 g",
            "clear": self.content.state(ca=0),
            "mode-3": "3 Tr",
            "clipped": f"{self.frame.box((5, 5, 9, 9))} re W n",
        }
        return f"q {before[how]} {self.line(said, x, below)} Q"

    def _layer(self) -> str:
        if self._off is None:
            self._off = self.content.layer(shown=False)
        return self.content.name("/Properties", self._off)

    def _clipped(self, box: Box, operators: str) -> str:
        return f"q {self.frame.box(box)} re W n {operators} Q" if self.change.wrap == "clips" else operators

    def close(self) -> None:
        """Put the pieces together and write the page."""
        prefix = self.frame.prefix
        if self.change.wrap in {"form-a-cell", "tagged", "deep"}:
            body = " ".join(self._alone(n, piece.operators) for n, piece in enumerate(self.pieces))
        else:
            body = f"q {prefix} {' '.join(piece.operators for piece in self.pieces)} Q"
        self.content.op(files.laid(self.content.page, self.change.sheet, self._wrapped(body)))
        self.content.close()

    def _alone(self, number: int, operators: str) -> str:
        own = f"q {self.frame.prefix} {operators} Q"
        if self.change.wrap == "tagged":
            return f"/P <</MCID {number}>> BDC {own} EMC"
        if self.change.wrap == "deep":
            turns = [f"q 1 0 0 1 {n} {-n} cm" for n in range(1, 6)]
            return f"{' '.join(turns)} 1 0 0 1 -15 15 cm {own}{' Q' * 5}"
        return self._do(self.content.form(own, SHEET))

    def _do(self, form: pikepdf.Object) -> str:
        return f"q {self.content.name('/XObject', form)} Do Q"

    def _wrapped(self, body: str) -> str:
        content, wrap = self.content, self.change.wrap
        if wrap == "layer-on":
            return f"/OC {content.name('/Properties', content.layer(shown=True))} BDC {body} EMC"
        if wrap == "form":
            return self._do(content.form(body, SHEET))
        if wrap == "group":
            return self._do(content.form(body, SHEET, Group=Dictionary(S=Name.Transparency, I=True)))
        if wrap == "nested-forms":
            for right, up in ((10, 0), (-7, 4), (-3, -4)):
                moved = (SHEET[0] - 50, SHEET[1] - 50, SHEET[2] + 50, SHEET[3] + 50)
                body = self._do(content.form(body, moved, Matrix=Array([1, 0, 0, 1, right, up])))
            return body
        if wrap == "pattern":
            return self._pattern(body)
        return body

    def _pattern(self, body: str) -> str:
        tiled = self.content.tiled(body, SHEET, 2000, self.content.page.obj.Resources)
        return f"q {tiled} 0 0 {PAPER[0]} {PAPER[1]} re f Q"


def lines_placed(
    table: Table, cell: Cell, long: Callable[[str], float]
) -> Iterator[tuple[str, float, float]]:
    """Yield the lines of a cell, each with the start of its baseline; `long` gives the width of a text in points."""
    x0, y0, x1, y1 = flipped(table, cell)
    lines = lines_of(table, cell)
    for n, text in enumerate(lines):
        if cell.kind in {"mark", "head"}:
            middle = (y0 + y1) / 2 - 0.36 * SIZE + (len(lines) - 1 - 2 * n) * LINE / 2
            yield text, (x0 + x1 - long(text)) / 2, middle
        else:
            yield text, x0 + PAD, y1 - PAD - ASCENT * SIZE - n * LINE


def _comment(drawing: Drawing, table: Table) -> None:
    """Add an annotation: to a row of the table, or below it where it shows something."""
    content, kind = drawing.content, drawing.change.comment
    x0, y0, x1, y1 = flipped(table, table.at(table.body_rows[1], 4))
    row = (x0 + 2, y1 - 13, x1 - 2, y1 - 3)
    below = (80.0, 40.0, 260.0, 60.0)
    quads = Array([row[0], row[3], row[2], row[3], row[0], row[1], row[2], row[1]])
    if kind == "highlight":
        state = content.state(BM=Name.Multiply)
        fill = f"{state} 1 1 0.4 rg {row[0]} {row[1]} {row[2] - row[0]} {row[3] - row[1]} re f"
        content.annotate("Highlight", row, fill, QuadPoints=quads, Contents=b"periksa")
    elif kind == "underline":
        stroke = f"0 0 1 RG 0.5 w {row[0]} {row[1]} m {row[2]} {row[1]} l S"
        content.annotate("Underline", row, stroke, QuadPoints=quads)
    elif kind in {"note", "popup"}:
        which = {"note": "Text", "popup": "Popup"}[kind]
        content.annotate(which, (x1 - 12, y0 + 2, x1 - 2, y0 + 12), None, Contents=b"Dibatalkan", F=2)
    elif kind == "link":
        action = Dictionary(S=Name.URI, URI=b"https://example.org/")
        content.annotate("Link", row, None, A=action, Border=Array([0, 0, 0]))
    elif kind == "empty-field":
        content.field((x0 + 2, y0 + 2, x1 - 2, y0 + 14), "", FT=Name.Tx, T=b"catatan", DA=b"/Helv 7 Tf 0 g")
    elif kind == "free-text-below":
        font = content.name("/Font", content.fonts.standard("Helvetica"))
        text = f"BT {font} 9 Tf 84 46 Td (Sudah diperiksa) Tj ET"
        content.annotate("FreeText", below, text, Contents=b"Sudah diperiksa", DA=b"/Helv 9 Tf")
    elif kind == "stamp-below":
        content.annotate("Stamp", below, "1 0 0 RG 2 w 82 42 176 16 re S", Contents=b"DITERIMA")
    elif kind == "ink-below":
        points = [(90, 45), (120, 58), (150, 44), (180, 57)]
        path = " ".join(f"{x} {y} {'lm'[n == 0]}" for n, (x, y) in enumerate(points))
        drawn_points = Array([float(p) for point in points for p in point])
        content.annotate("Ink", below, f"0 0 0.6 RG 1 w {path} S", InkList=Array([drawn_points]))


def drawn(change: Change, table: Table, seed: int = 0) -> bytes:
    """Draw a plan with its decree; the same settings give the same bytes."""
    chance = random.Random(seed)
    pdf = pikepdf.new()
    fonts = Fonts(pdf)
    texts = [*DECREE, *(cell.text for cell in table.cells), "Tidak ada Surat lama"]
    letters = "".join(sorted(set("".join(texts)) - ({TICK} if change.font in LATIN else set())))
    plain = replace(change, unseen="none", comment="none", order="cells")
    first = Drawing(pdf, plain, chance, fonts, letters)
    for n, line in enumerate(DECREE):
        x = (PAPER[0] - width_of(line, 9)) / 2
        first.pieces.append(Piece(first.line(line, x, PAPER[1] - 60 - 16 * n, 9), n))
    first.close()
    second = Drawing(pdf, change, chance, fonts, letters)
    second.table(table)
    second.close()
    return files.FILES[change.file](pdf)


def changes(count: int, seed: int) -> list[Change]:
    """Return this many different ways of drawing: each setting alone, then settings of two to four axes together."""
    found = [Change()]
    for axis, settings in AXES.items():
        plain = getattr(Change(), axis)
        found += [replace(Change(), **{axis: setting}) for setting in settings if setting != plain]
    known, chance = set(found), random.Random(seed)
    while len(found) < count:
        axes = chance.sample([*AXES], chance.randint(2, 4))
        change = replace(Change(), **{axis: chance.choice(AXES[axis]) for axis in axes})
        if change not in known and _is_possible(change):
            known.add(change)
            found.append(change)
    return found[:count]


def _is_possible(change: Change) -> bool:
    """Tell whether settings go together: what must cover something else cannot be put below it."""
    stacked = change.rulings == "ground" or change.unseen.startswith("covered")
    placed = (change.comment != "none" or change.mark in marks.ANNOTATIONS) and change.sheet != "plain"
    if change.wrap == "pattern" and change.sheet != "plain":  # a pattern uses the sheet's coordinates
        return False
    return not placed and not (stacked and change.rulings == "ground" and change.unseen != "none")
