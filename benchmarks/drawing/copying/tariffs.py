"""Draws annexes of tariffs to be copied: numerals, units, amounts, per cents, dates."""

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from itertools import product
from typing import Any

from benchmarks.drawing.copying.forms import FIRST_SEED as FIRST_FORM
from benchmarks.drawing.copying.forms import Split, data, faces
from benchmarks.drawing.office.looks import PAPER, Program
from benchmarks.drawing.office.model import Cell, Document, Line, Paragraph, Table

FIRST_SEED: dict[Split, int] = {split: seed + 5_000 for split, seed in FIRST_FORM.items()}
PROGRAMS: tuple[Program, ...] = ("calc-xlsx", "writer-odt", "writer-docx")
STYLES = ("dots", "dots", "commas", "rupiah", "decimals")
ROMAN = ("I", "II", "III", "IV", "V", "VI")


@dataclass(frozen=True, slots=True)
class Value:
    """A value that prints in a cell: its kind (`amount`, `percent`, `date`, `numeral`) and its text."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class TariffRow:
    """A row: its text and the cells of all columns, those to be scored as values."""

    label: str
    cells: tuple[str | Value, ...]


@dataclass(frozen=True, slots=True)
class Tariffs:
    """An annex before a program draws it."""

    seed: int
    program: Program
    rows: tuple[TariffRow, ...]
    document: Document

    def truth(self) -> dict[str, Any]:
        """Return the truth as JSON's values: a row's cells are texts, or a kind and a text."""
        rows = [{"action": row.label, "cells": [_value(cell) for cell in row.cells]} for row in self.rows]
        return {"seed": self.seed, "program": self.program, "rows": rows}


def _value(cell: str | Value) -> list[str]:
    return ["text", cell] if isinstance(cell, str) else [cell.kind, cell.text]


def tariffs(split: Split, number: int) -> Tariffs:
    """Return the annex of a number from 1 on; the same number gives the same annex."""
    seed = FIRST_SEED[split] + number
    chance = random.Random(seed)
    program = PROGRAMS[number % len(PROGRAMS)]
    extra = chance.choice(("", "percent", "date"))
    rows = _rows(chance, split, extra)
    size = chance.choice((8.0, 9.0, 10.0, 11.0))
    width, height = PAPER[chance.choice(("A4", "F4"))]
    page = (height, width) if chance.random() < 0.3 else (width, height)
    title = [
        Paragraph(text, bold=True, align="center", scale=1.15)
        for text in ("LAMPIRAN", "DAFTAR TARIF LAYANAN", "")
    ]
    document = Document(
        page=page,
        margins=(42.0, 42.0, 42.0, 42.0),
        face=_faces(split)[number * 5 % len(_faces(split))],
        size=size,
        blocks=(*title, _table(chance, rows, extra, page[0] - 84)),
        running_foot=chance.choice(("", "#", "- # -")),
    )
    return Tariffs(seed, program, tuple(row for row in rows if len(row.cells) > 2), document)


def _faces(split: Split) -> tuple[str, ...]:
    """Return the faces whose 1 differs from a small capital I, which even a person reads only by its context."""
    return tuple(face for face in faces(split) if face != "Vollkorn")


def _rows(chance: random.Random, split: Split, extra: str) -> list[TariffRow]:
    """Groups of rows; a group's own row has two cells, its numeral and its name."""
    services = data("splits")[split]
    groups, units = services["groups"], services["units"]
    labels = [" ".join(parts) for parts in product(services["acts"], services["things"], services["ways"])]
    chance.shuffle(labels)
    style, numbered = chance.choice(STYLES), chance.choice(("1", "1.", "a.", "1)"))
    rows = []
    for place, group in enumerate(groups[: chance.randint(3, 4)]):
        rows.append(TariffRow(group, (Value("numeral", f"{ROMAN[place]}{chance.choice(('', '.'))}"), group)))
        for index in range(chance.randint(9, 13)):
            parts = [_amount(chance), _amount(chance)]
            figures = [*parts, sum(parts)]
            texts = [_printed(chance, figure, style) for figure in figures]
            if chance.random() < 0.06:
                texts[:2] = ["-", "-"]
            label = labels.pop()
            cells: list[str | Value] = [
                Value("numeral", _numeral(numbered, index)),
                label,
                chance.choice(units),
            ]
            cells += [text if text == "-" else Value("amount", text) for text in texts]
            cells += [_extra(chance, extra)] if extra else []
            rows.append(TariffRow(label, tuple(cells)))
    return rows


def _amount(chance: random.Random) -> int:
    return chance.choice((500, 1_000, 2_500, 25_000)) * chance.choice(
        (chance.randint(1, 20), chance.randint(1, 199))
    )


def _printed(chance: random.Random, figure: int, style: str) -> str:
    if chance.random() < 0.01:
        return str(figure)
    text = f"{figure:,}"
    match style:
        case "commas":
            return text
        case "rupiah":
            return f"Rp {text.replace(',', '.')}"
        case "decimals":
            return f"{text.replace(',', '.')},00"
        case _:
            return text.replace(",", ".")


def _numeral(style: str, index: int) -> str:
    number = "abcdefghijklmn"[index] if style[0] == "a" else str(index + 1)
    return f"{number}{style[1:]}"


def _extra(chance: random.Random, kind: str) -> Value:
    if kind == "percent":
        return Value(
            kind,
            chance.choice((f"{chance.randint(1, 100)}%", f"{chance.randint(1, 40)},{chance.choice('25')}%")),
        )
    day, month = chance.randint(1, 28), chance.randint(1, 12)
    return Value(kind, f"{day:02}/{month:02}/{chance.randint(2021, 2026)}")


def _table(chance: random.Random, rows: list[TariffRow], extra: str, width: float) -> Table:
    shares = [0.06, 0.3, 0.1, 0.15, 0.15, 0.15, *([0.12] if extra else [])]
    names = ["No", "Uraian", "Satuan", "Jasa Sarana", "Jasa Pelayanan", "Tarif", *({"percent": ["Potongan"], "date": ["Berlaku"]}.get(extra, []))]  # fmt: skip
    fill = chance.choice(("", "", "D9D9D9", "FFE699"))
    head = Cell(bold=True, align="center", valign="middle", fill=fill)
    levels = [tuple(replace(head, text=name) for name in names)]
    if chance.random() < 0.4:
        levels.append(tuple(replace(head, text=str(n)) for n in range(1, len(names) + 1)))
    body = [_cells(row, len(names)) for row in rows]
    return Table(
        widths=tuple(width * share / sum(shares) for share in shares),
        rows=(*levels, *body),
        head=len(levels),
        line=Line(chance.choice((0.05, 0.25, 0.5, 0.75, 1.0))),
        padding=chance.choice((0.0, 0.5, 1.5, 3.0)),
    )


def _cells(row: TariffRow, columns: int) -> tuple[Cell, ...]:
    if len(row.cells) == 2:
        numeral, name = (cell if isinstance(cell, str) else cell.text for cell in row.cells)
        return Cell(numeral, bold=True, align="center"), Cell(name, columns=columns - 1, bold=True)
    made = []
    for index, cell in enumerate(row.cells):
        text = cell if isinstance(cell, str) else cell.text
        made.append(Cell(text, align="center" if index in {0, 2} else "left" if index == 1 else "right"))
    return tuple(made)
