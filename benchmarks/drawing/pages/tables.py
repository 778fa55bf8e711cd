"""What a drawn plan or table says, cell by cell, with the place of each; points, origin upper left."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from itertools import accumulate
from pathlib import Path
from typing import Literal

LEFT, TOP = 40.0, 60.0
PAPER = (841.89, 595.276)  # A4 on its side
LINE = 9.0  # from baseline to baseline
MONTHS = 12
TICK = "√"
Kind = Literal["head", "area", "text", "mark"]

TEXTS = json.loads(Path(__file__).with_name("texts.json").read_text(encoding="utf-8"))
DECREE: tuple[str, ...] = tuple(TEXTS["decree"])
ROWS: list[list[str]] = TEXTS["plan"]
AREAS = {0: "1. MANAJEMEN PERUBAHAN", 3: "2. PENATAAN TATALAKSANA"}
PLAN_WIDTHS = (22.0, 22.0, 88.0, 112.0, 130.0, 104.0, *[17.5] * MONTHS, 70.0)
FIRST_MONTH, TEAM = 6, 18
FIELDS = {"indicator": 3, "action": 4, "evidence": 5, "responsible": TEAM}
GOODS: list[list[str]] = TEXTS["goods"]
GOODS_WIDTHS = (28.0, 170.0, 90.0, 90.0, 50.0, 50.0)


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell with its text; row and column count from 0."""

    row: int
    column: int
    text: str
    kind: Kind = "text"
    row_span: int = 1
    column_span: int = 1


@dataclass(frozen=True, slots=True)
class Table:
    """A table on a page of its own: widths and heights in points, cells, and whether a decree's text stands before it."""

    widths: tuple[float, ...]
    heights: tuple[float, ...]
    cells: tuple[Cell, ...]
    head_rows: int
    is_plan: bool
    body_rows: tuple[int, ...]

    def box(self, cell: Cell) -> tuple[float, float, float, float]:
        """Return x0, top, x1, bottom of a cell on its page."""
        xs = list(accumulate(self.widths, initial=LEFT))
        ys = list(accumulate(self.heights, initial=TOP))
        right, bottom = cell.column + cell.column_span, cell.row + cell.row_span
        return xs[cell.column], ys[cell.row], xs[right], ys[bottom]

    def at(self, row: int, column: int) -> Cell:
        """Return the cell that begins at a place."""
        return next(cell for cell in self.cells if (cell.row, cell.column) == (row, column))

    def said(self, row: int, column: int, text: str) -> Table:
        """Return the table with another text in a cell."""
        old = self.at(row, column)
        return replace(self, cells=tuple(replace(c, text=text) if c is old else c for c in self.cells))

    def emptied(self, row: int) -> Table:
        """Return the table without the texts of a row."""
        return replace(self, cells=tuple(replace(c, text="") if c.row == row else c for c in self.cells))

    def grid(self) -> list[list[str]]:
        """Return the texts by row and column; a spanned cell's at its first place."""
        rows = [[""] * len(self.widths) for _ in self.heights]
        for cell in self.cells:
            rows[cell.row][cell.column] = cell.text
        return rows


def plan(chance: int = 0) -> Table:
    """Return an action plan of six rows in two areas, the rows turned by `chance`."""
    header: list[str] = TEXTS["plan_header"]
    cells = [
        Cell(0, 0, header[0], "head", row_span=2),
        Cell(0, 1, header[1], "head", row_span=2, column_span=2),
        *(Cell(0, 3 + n, header[2 + n], "head", row_span=2) for n in range(3)),
        Cell(0, FIRST_MONTH, header[5], "head", column_span=MONTHS),
        Cell(0, TEAM, header[6], "head", row_span=2),
        *(Cell(1, FIRST_MONTH + n, str(n + 1), "head") for n in range(MONTHS)),
    ]
    heights, body = [16.0, 16.0], []
    for n in range(len(ROWS)):
        if n in AREAS:
            cells.append(Cell(len(heights), 0, AREAS[n], "area", column_span=TEAM + 1))
            heights.append(16.0)
        number, *_ = ROWS[n]
        _, component, indicator, action, evidence, months, _ = ROWS[(n + chance) % len(ROWS)]
        body.append(len(heights))
        cells += _plan_row(len(heights), number, (component, indicator, action, evidence), months, ROWS[n][6])
        heights.append(40.0)
    return Table(PLAN_WIDTHS, tuple(heights), tuple(cells), 2, is_plan=True, body_rows=tuple(body))


def _plan_row(row: int, number: str, texts: tuple[str, ...], months: str, team: str) -> list[Cell]:
    planned = {int(month) for month in months.split()}
    return [
        Cell(row, 0, ""),
        Cell(row, 1, number + "."),
        *(Cell(row, 2 + n, text) for n, text in enumerate(texts)),
        *(Cell(row, FIRST_MONTH + n, TICK if n + 1 in planned else "", "mark") for n in range(MONTHS)),
        Cell(row, TEAM, team),
    ]


def goods(chance: int = 0) -> Table:
    """Return a list of goods with two columns of ticks, the rows turned by `chance`."""
    cells = [Cell(0, n, text, "head") for n, text in enumerate(TEXTS["goods_header"])]
    for n in range(len(GOODS)):
        name, unit, amount, yes, no = GOODS[(n + chance) % len(GOODS)]
        cells += [Cell(n + 1, c, text) for c, text in enumerate((str(n + 1), name, unit, amount))]
        ticks = enumerate((yes, no), 4)
        cells += [Cell(n + 1, c, TICK if ticked == "1" else "", "mark") for c, ticked in ticks]
    heights = (16.0, *[34.0] * len(GOODS))
    body = tuple(range(1, len(GOODS) + 1))
    return Table(GOODS_WIDTHS, heights, tuple(cells), 1, is_plan=False, body_rows=body)
