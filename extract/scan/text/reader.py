"""What a text recogniser is: pictures of single lines in, characters with places and confidences out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, Protocol

from extract.scan.model import Grey
from extract.scan.text.choices import Lattice, Lattices


class RawChar(NamedTuple):
    """One character a recogniser saw; `place` is its middle as a share of the crop's width (0 left, 1 right)."""

    text: str
    confidence: float
    place: float


class RawReading(NamedTuple):
    """What a recogniser read in one crop, spaces included, from left to right; empty where it saw nothing.

    `lattice` is what it weighed, if it is a network that tells it.
    """

    chars: tuple[RawChar, ...] = ()
    lattice: Lattice | Lattices | None = None

    @property
    def text(self) -> str:
        """The characters as one string."""
        return "".join(char.text for char in self.chars)


class LineReader(Protocol):
    """A recogniser of single lines of text."""

    name: str

    def read(self, crops: Sequence[Grey]) -> list[RawReading]:
        """Return one reading per crop, in the order given; a crop is grey, dark ink on white, one line of text."""
        ...
