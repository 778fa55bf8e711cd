"""The words for time, handed in as data and looked up by their folded form."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal, TypeVar

from schema.plan import PeriodType

# What the names of the data file's lists are to the grammar: a letter each.
_KINDS = {
    "each": "e",
    "parts": "a",
    "through": "h",
    "times": "k",
    "once": "s",
    "within": "i",
    "from": "g",
    "ranges": "T",
    "lists": "c",
    "dates": "t",
    "regular": "r",
    "open": "o",
    "fillers": "f",
    "limits": "l",
    "none": "n",
}
UNIT_KINDS = {"month": "b", "quarter": "Q", "semester": "S", "year": "y", "week": "w", "day": "d"}
Name = TypeVar("Name", bound=str)
_SPACE = re.compile(r"[\s-]+")


@dataclass(frozen=True)
class ScheduleWords:
    """Words and phrases in lower case, each with its kind and value; letters that stand for a unit before a number.

    `hints` are the words of a column's name that say what a bare number in it counts, `ends` those that say that the
    column holds where a time starts or ends.
    """

    known: Mapping[str, tuple[str, Any]]
    codes: Mapping[str, str]
    hints: Mapping[str, PeriodType]
    ends: Mapping[str, Literal["start", "end"]]

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> ScheduleWords:
        """Build the words from the parsed content of the data file."""
        return cls(
            known=dict(_entries(data)),
            codes=dict(data["codes"]),
            hints=_inverse(data["hints"]),
            ends=_inverse(data["ends"]),
        )

    def look_up(self, text: str) -> tuple[str, Any] | None:
        """Return kind and value of a word or a phrase in any case."""
        return self.known.get(_SPACE.sub(" ", text.casefold()))

    @cached_property
    def phrases(self) -> re.Pattern[str]:
        """Match a known word or phrase, the longest first, with no letter before or behind it."""
        longest = sorted(self.known, key=lambda phrase: (-len(phrase), phrase))
        either = "|".join(r"[\s-]+".join(map(re.escape, phrase.split(" "))) for phrase in longest)
        return re.compile(rf"(?<![^\W\d_])(?:{either})(?![^\W\d_])", re.IGNORECASE)

    @cached_property
    def single(self) -> tuple[str, ...]:
        """Return the known words of letters alone, sorted."""
        return tuple(sorted(word for word in self.known if word.isalpha()))

    def hint_of(self, name: str) -> PeriodType | None:
        """Return what a bare number counts below a column of this name, if the name says one thing."""
        return _named(name, self.hints)

    def end_of(self, name: str) -> Literal["start", "end"] | None:
        """Return whether a column's name says that it holds where a time starts or where it ends."""
        return _named(name, self.ends)


def _entries(data: Mapping[str, Any]) -> Iterator[tuple[str, tuple[str, Any]]]:
    for name, kind in _KINDS.items():
        yield from ((phrase, (kind, None)) for phrase in data[name])
    for unit, phrases in data["units"].items():
        yield from ((phrase, (UNIT_KINDS[unit], unit)) for phrase in phrases)
    for kind, name in (("E", "adverbs"), ("z", "one")):
        for unit, phrases in data[name].items():
            yield from ((phrase, (kind, unit)) for phrase in phrases)
    for kind, name in (("M", "months"), ("N", "numbers")):
        for number, phrases in data[name].items():
            yield from ((phrase.casefold(), (kind, int(number))) for phrase in phrases)


def _named(name: str, table: Mapping[str, Name]) -> Name | None:
    """Return what the words of a column's name say, if they say one thing."""
    words = set(re.findall(r"[^\W\d_]+", name.casefold()))
    found = {value for word, value in table.items() if word in words}
    return found.pop() if len(found) == 1 else None


def _inverse(table: Mapping[Name, Sequence[str]]) -> dict[str, Name]:
    return {word: unit for unit, words in table.items() for word in words}
