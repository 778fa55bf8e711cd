"""A cell as it was read turned into one of a column of figures, and a text of words told from a misread figure."""

from __future__ import annotations

import re
from typing import Protocol

from extract.types import Cell
from normalize.figures.model import Seen
from normalize.figures.settings import COLUMNS

_LETTERS = re.compile(r"[^\W\d_]+")
_GLUED = re.compile(r"\d[^\W\d_]|[^\W\d_]\d")


class Words(Protocol):
    """What is known of words, in lower case."""

    def knows(self, word: str) -> bool:
        """Tell whether anything vouches for a word."""


def seen_cell(cell: Cell) -> Seen:
    """Return a cell with what other readers saw of its only line."""
    others = tuple(other for line in cell.lines for other in line.others)
    return Seen(cell.text, cell.ref, others if len(cell.lines) == 1 else ())


def is_text(text: str, words: Words) -> bool:
    """Tell whether a text that stands among figures is made of words: none of its letters may be a misread figure."""
    parts = _LETTERS.findall(text)
    told = any(len(part) >= COLUMNS.text_word for part in parts) and _GLUED.search(text) is None
    return told and all(words.knows(part.lower()) for part in parts if len(part) >= COLUMNS.text_word)
