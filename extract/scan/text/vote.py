"""Turns what two independent recognisers read in one line into the text they agree on, character by character."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from rapidfuzz.distance import Levenshtein

from extract.scan.text.seam import RawChar, RawReading

# Signs that look alike in print and that recognisers write either way; the first reader's stays.
ALIKE: Mapping[int, str] = MappingProxyType(
    str.maketrans({"“": '"', "”": '"', "„": '"', "‘": "'", "’": "'", "`": "'", "–": "-", "—": "-", "…": "."})
)
BEST = 0.999  # no reading is certain
DISSENT = 0.6  # what remains of a character's confidence where the other reader saw something else
LEAD = 0.15  # by so much the second reader must be surer than the first to be followed


@dataclass(frozen=True, slots=True)
class Vote:
    """A voted reading; `agreed` tells that both saw the same printed characters and spaces."""

    reading: RawReading
    agreed: bool


def vote(first: RawReading, second: RawReading) -> Vote:
    """Return the voted reading; where the two differ the surer one is followed, the first one in doubt.

    Characters both saw are surer than either alone says: 1 - (1 - a)(1 - b). Characters in dispute keep a share
    of their confidence, so that the line shows its doubt.
    """
    ours, theirs = _plain(first), _plain(second)
    chars: list[RawChar] = []
    agreed = True
    for tag, a0, a1, b0, b1 in Levenshtein.opcodes(ours, theirs).as_list() if ours != theirs else _same(ours):
        mine, other = first.chars[a0:a1], second.chars[b0:b1]
        if tag == "equal":
            chars += map(_surer, mine, other)
            continue
        agreed = False
        chars += _disputed(mine, other, _around(first, a0, a1))
    return Vote(RawReading(tuple(chars)), agreed)


def _same(text: str) -> list[tuple[str, int, int, int, int]]:
    return [("equal", 0, len(text), 0, len(text))]


def _plain(reading: RawReading) -> str:
    return reading.text.translate(ALIKE)


def _surer(one: RawChar, other: RawChar) -> RawChar:
    return replace(one, confidence=min(BEST, 1 - (1 - one.confidence) * (1 - other.confidence)))


def _around(reading: RawReading, start: int, end: int) -> float:
    """Return how sure a reader was of leaving something out: by the characters before and after."""
    beside = reading.chars[max(0, start - 1) : start] + reading.chars[end : end + 1]
    return min((char.confidence for char in beside), default=0.5)


def _disputed(mine: Sequence[RawChar], other: Sequence[RawChar], around: float) -> list[RawChar]:
    own = min((char.confidence for char in mine), default=around)
    their = min((char.confidence for char in other), default=around)
    chosen = other if their > own + LEAD else mine
    return [replace(char, confidence=DISSENT * char.confidence) for char in chosen]
