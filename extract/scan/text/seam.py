"""The seam of text recognisers: turns pictures of single lines into characters with places and confidences."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from extract.scan.model import Grey


@dataclass(frozen=True, slots=True)
class RawChar:
    """One character a recogniser saw.

    `place` is where its middle lies, as a share of the crop's width (0 left, 1 right). `twin` is what the
    recogniser gave to the same letter in the other case (0 where it does not say), `others` what it gave to the
    next likely letters. `contradicted` tells that the picture speaks against the letter without deciding it: no
    agreement of readers makes it sure; `dirt` that its ink is like none of the page's signs, so that it goes where
    another reader did not see it; `borne` that it is a full stop whose ink is like that of the page's others.
    """

    text: str
    confidence: float
    place: float
    twin: float = 0.0
    others: tuple[tuple[str, float], ...] = ()
    contradicted: bool = False
    dirt: bool = False
    borne: bool = False


@dataclass(frozen=True, slots=True)
class RawReading:
    """What a recogniser read in one crop, spaces included, from left to right; empty where it saw nothing."""

    chars: tuple[RawChar, ...] = ()

    @property
    def text(self) -> str:
        """The characters as one string."""
        return "".join(char.text for char in self.chars)

    @property
    def confidence(self) -> float:
        """The confidence of the least certain printed character, 0 to 1; 0 for an empty reading.

        A line is right only when all of it is right, so a mean would hide the one character in doubt.
        """
        return min((char.confidence for char in self.chars if char.text != " "), default=0.0)


class LineReader(Protocol):
    """A recogniser of single lines of text."""

    name: str

    def read(self, crops: Sequence[Grey]) -> list[RawReading]:
        """Return a reading a crop, in the order given; a crop is grey, dark ink on white, one line of text."""
        ...
