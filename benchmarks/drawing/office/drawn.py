"""Makes the document of a seed: a plan as an office program prints it, with its truth."""

from __future__ import annotations

import random
from dataclasses import asdict, dataclass
from typing import Any

from benchmarks.drawing.office.layout import Layout
from benchmarks.drawing.office.looks import Look, Program, look
from benchmarks.drawing.office.model import Document
from benchmarks.drawing.office.plans import Row, Vocabulary, plan


@dataclass(frozen=True, slots=True)
class Drawing:
    """A document before a program draws it: its look, what prints in which fields, and its genre."""

    seed: int
    look: Look
    genre: str
    periods: str
    fields: tuple[str, ...]
    rows: tuple[Row, ...]
    document: Document

    @property
    def program(self) -> Program:
        """The program that draws it."""
        return self.look.program

    def truth(self) -> dict[str, Any]:
        """Return the truth as JSON's values: `fields`, `rows`, and how the document looks."""
        head = {"number": "21", "year": 2025} if self.look.body else {}
        return {
            "seed": self.seed,
            "look": asdict(self.look),
            "genre": self.genre,
            "periods": self.periods,
            "head": head,
            "fields": list(self.fields),
            "rows": [asdict(row) for row in self.rows],
        }


def drawing(seed: int) -> Drawing:
    """Return the document of a seed; the same seed gives the same document."""
    chance = random.Random(seed)
    return drawing_of(seed, look(chance), chance)


def drawing_of(seed: int, seen: Look, chance: random.Random, said: Vocabulary | None = None) -> Drawing:
    """Return the document of a look; the rest of chance decides what it says, in a vocabulary or the usual one."""
    made = plan(chance, lettered=seen.lettered, said=said)
    layout = Layout(made, seen, chance, said)
    document = layout.document()
    return Drawing(seed, seen, made.genre, made.periods, layout.fields, layout.rows, document)
