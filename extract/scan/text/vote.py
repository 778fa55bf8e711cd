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
# The second reader is followed where the first was in doubt and the second was not, in lines of some length: alone
# among few signs Tesseract reads i as 1, ii as a quotation mark, and is sure of it.
IN_DOUBT, SURE, LONG = 0.6, 0.9, 4
# Signs that dirt is read as, by both readers alike: where the first was less sure than that, agreement adds nothing.
# Of 129 wrong lines that did not ask, among 4,510 of worn pages, 11 were of these.
SPECKS, WEAK = frozenset(".,:;'\"`*^~-•°"), 0.9


@dataclass(frozen=True, slots=True)
class Vote:
    """A voted reading; `agreed` tells that both saw the same printed characters and spaces."""

    reading: RawReading
    agreed: bool


def vote(first: RawReading, second: RawReading) -> Vote:
    """Return the voted reading; where the two differ the first is followed, unless it was in doubt itself.

    Characters both saw are surer than either alone says: 1 - (1 - a)(1 - b). Characters in dispute keep a share
    of their confidence, so that the line shows its doubt.
    """
    chars: list[RawChar] = []
    agreed, passed_over = True, False
    long = min(len(first.chars), len(second.chars)) >= LONG
    for step in Levenshtein.opcodes(_plain(first), _plain(second)):
        mine = first.chars[step.src_start : step.src_end]
        other = second.chars[step.dest_start : step.dest_end]
        if step.tag == "equal":
            both = list(map(_surer, mine, other))
            chars += [_doubted(both[0]), *both[1:]] if passed_over else both
            passed_over = False
            continue
        agreed = False
        chosen = _disputed(mine, other, long=long)
        if not chosen and chars:
            chars[-1] = _doubted(chars[-1])
        elif not chosen:
            passed_over = True
        chars += chosen
    return Vote(RawReading(tuple(chars)), agreed)


def _plain(reading: RawReading) -> str:
    return reading.text.translate(ALIKE)


def _surer(one: RawChar, other: RawChar) -> RawChar:
    if one.text in SPECKS and one.confidence < WEAK:
        return one
    return replace(one, confidence=min(BEST, 1 - (1 - one.confidence) * (1 - other.confidence)))


def _disputed(mine: Sequence[RawChar], other: Sequence[RawChar], *, long: bool) -> list[RawChar]:
    follow = long and bool(mine) and bool(other)
    follow = follow and min(char.confidence for char in mine) < IN_DOUBT
    follow = follow and min(char.confidence for char in other) >= SURE
    return [_doubted(char) for char in (other if follow else mine)]


def _doubted(char: RawChar) -> RawChar:
    return replace(char, confidence=DISSENT * char.confidence)
