"""The words of a form (columns, months, marks, teams), as data handed in and looked up by likeness."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Literal, get_args

from rapidfuzz import fuzz

from normalize.text import fold, squeeze

Role = Literal[
    "area_no",
    "area",
    "component",
    "indicator",
    "action",
    "evidence",
    "time",
    "responsible",
    "extra",
    "unknown",
]
_NUMBERED = re.compile(r"^\(?\d{1,2}\)?$")
_ROLE_FLOOR = 85.0
_LONGEST_NAME = 60
_SHORTEST_PREFIX = 3


@dataclass(frozen=True)
class FormVocabulary:
    """What columns are called, how months and quarters are written, which glyphs are marks."""

    roles: Mapping[Role, tuple[str, ...]]
    months: Mapping[str, int]
    quarters: Mapping[str, int]
    marks: frozenset[str]
    empty_marks: frozenset[str]
    team_words: tuple[str, ...]

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> FormVocabulary:
        """Build the vocabulary from the parsed content of the form file."""
        known = get_args(Role)
        return cls(
            roles={
                role: tuple(fold(n) for n in names) for role, names in data["roles"].items() if role in known
            },
            months=_inverse(data["months"]),
            quarters=_inverse(data["quarters"]),
            marks=frozenset(data["marks"]),
            empty_marks=frozenset(data["empty_marks"]),
            team_words=tuple(fold(word) for word in data["team_words"]),
        )

    def role_of(self, text: str) -> tuple[Role, float]:
        """Return the role a column's name speaks of and the score (0 to 100) of the likeness."""
        wanted = fold(text)
        if not wanted or len(wanted) > _LONGEST_NAME:
            return "unknown", 0.0
        compact = wanted.replace(" ", "")
        best: tuple[float, int, Role] = (0.0, 0, "unknown")
        for role, names in self.roles.items():
            for name in names:
                score = _head_likeness(wanted, compact, name)
                if (score, len(name)) > best[:2]:
                    best = (score, len(name), role)
        return (best[2], best[0]) if best[0] >= _ROLE_FLOOR else ("unknown", best[0])

    def is_mark(self, text: str) -> bool:
        """Tell whether a cell's text is a tick, a cross or a filled glyph."""
        return squeeze(text) in self.marks

    def is_empty_mark(self, text: str) -> bool:
        """Tell whether a cell's text says "none" (a dash)."""
        return squeeze(text) in self.empty_marks

    def names_team(self, text: str) -> bool:
        """Tell whether the text begins as the name of a team or an office does."""
        folded = fold(text)
        return any(folded == word or folded.startswith(word + " ") for word in self.team_words)

    def month_of(self, text: str) -> int | None:
        """Return the month (1 to 12) that a head cell names."""
        return self.months.get(fold(text))

    def quarter_of(self, text: str) -> int | None:
        """Return the quarter (1 to 4) that a head cell names."""
        return self.quarters.get(fold(text))


def _inverse(table: Mapping[str, Sequence[str]]) -> dict[str, int]:
    return {fold(name): int(number) for number, names in table.items() for name in names}


def _head_likeness(text: str, compact: str, name: str) -> float:
    """Compare whole names without spaces; a long head that begins with the name counts a little less."""
    score = fuzz.ratio(compact, name.replace(" ", ""), score_cutoff=_ROLE_FLOOR)
    return max(score, 90.0) if len(name) > _SHORTEST_PREFIX and text.startswith(name + " ") else score


def is_numbers_row(texts: Sequence[str]) -> bool:
    """Tell whether the cells are the row of column numbers `1 2 3 ...` below a head."""
    filled = [t for text in texts if (t := squeeze(text))]
    if len(filled) < 4 or not all(_NUMBERED.match(t) for t in filled):
        return False
    numbers = [int(t.strip("()")) for t in filled]
    rising = sum(b == a + 1 for a, b in pairwise(numbers))
    return numbers[0] <= 2 and rising * 5 >= (len(numbers) - 1) * 4
