"""The characters of a page as columns: what each shows, and arrays of where and how it is printed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from typing import Generic, NamedTuple, TypeVar, overload

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]
Values = TypeVar("Values")

UNKNOWN = "\ufffd"  # a glyph that cannot be named


class Char(NamedTuple):
    """One glyph.

    The box is in points, origin top left of the page as a reader sees it. `origin_x`, `origin_y` is the glyph's
    origin on its baseline; `turn` the reading direction in degrees, counted anticlockwise (0: horizontal, 90:
    upwards, 180, 270: downwards). `known` is false for a glyph without a Unicode value, whose text is then a
    placeholder; `slanted` is true for one that is neither horizontal nor vertical, as in a watermark; `tracking` is
    how far, in points, the letters of its word are spread beyond their own widths.
    """

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    origin_x: float
    origin_y: float
    size: float
    turn: int
    bold: bool
    known: bool
    slanted: bool = False
    tracking: float = 0.0


class _Column(Generic[Values]):
    """A column of one of the arrays of `Chars` as an attribute."""

    def __init__(self, array: str, number: int) -> None:
        self._array, self._number = array, number

    def __get__(self, chars: Chars, _owner: type[Chars]) -> Values:
        column: Values = getattr(chars, self._array)[:, self._number]
        return column


class Chars(Sequence[Char]):
    """Characters in the order in which they are drawn, one value per character in each column.

    `texts` are what they show; `places` (N x 8) their x0, top, x1, bottom, origin x and y, size and tracking, in
    points as in `Char`; `turn` (N) the reading direction in degrees; `flags` (N x 3) whether they are bold, known
    and slanted; `source` (N) the text objects that draw them, 0 where not known. As a sequence it gives `Char`
    values; a slice, an array of indexes or of flags gives `Chars`.
    """

    x0, top, x1, bottom, origin_x, origin_y, size, tracking = (_Column[Floats]("places", n) for n in range(8))
    bold, known, slanted = (_Column[Flags]("flags", n) for n in range(3))

    def __init__(self, texts: list[str], places: Floats, turn: Ints, flags: Flags, source: Ints) -> None:
        self.texts = texts
        self.places = places
        self.turn = turn
        self.flags = flags
        self.source = source

    @classmethod
    def of(cls, chars: Iterable[Char]) -> Chars:
        """Return characters as columns; none of them belongs to a text object."""
        rows = list(chars)
        places = np.array([(*char[1:8], char.tracking) for char in rows], dtype=np.float64).reshape(-1, 8)
        flags = np.array([(c.bold, c.known, c.slanted) for c in rows], dtype=np.bool_).reshape(-1, 3)
        turn = np.array([char.turn for char in rows], dtype=np.int64)
        return cls([char.text for char in rows], places, turn, flags, np.zeros(len(rows), dtype=np.int64))

    def __len__(self) -> int:
        return len(self.texts)

    def __iter__(self) -> Iterator[Char]:
        return iter(self._rows)

    @overload
    def __getitem__(self, index: int) -> Char: ...
    @overload
    def __getitem__(self, index: slice | Ints | Flags) -> Chars: ...
    def __getitem__(self, index: int | slice | Ints | Flags) -> Char | Chars:
        if isinstance(index, (int, np.integer)):
            *place, tracking = self.places[index].tolist()
            turn, flags = int(self.turn[index]), self.flags[index].tolist()
            return Char._make((self.texts[index], *place, turn, *flags, tracking))
        if isinstance(index, slice):
            texts = self.texts[index]
        else:
            chosen = np.flatnonzero(index) if index.dtype == np.bool_ else index
            texts = [self.texts[n] for n in chosen.tolist()]
        return Chars(texts, self.places[index], self.turn[index], self.flags[index], self.source[index])

    @cached_property
    def _rows(self) -> list[Char]:
        columns = (self.places.tolist(), self.turn.tolist(), self.flags.tolist())
        return [
            Char._make((text, *place, turn, *flags, tracking))
            for text, (*place, tracking), turn, flags in zip(self.texts, *columns, strict=True)
        ]

    @property
    def boxes(self) -> Floats:
        """N x 4: x0, top, x1, bottom."""
        return self.places[:, :4]

    @cached_property
    def printed(self) -> Flags:
        """Which of them are not blank."""
        return ~np.array([text.isspace() for text in self.texts], dtype=np.bool_)

    @cached_property
    def codes(self) -> Ints:
        """A number for what each of them shows: the code point of a single character, a negative number for others."""
        others: dict[str, int] = {}
        return np.array(
            [ord(t) if len(t) == 1 else others.setdefault(t, -1 - len(others)) for t in self.texts],
            dtype=np.int64,
        )

    def with_tracking(self, tracking: Floats) -> Chars:
        """Return the characters with another `tracking` (N), in points."""
        places = np.column_stack([self.places[:, :-1], tracking])
        return Chars(self.texts, places, self.turn, self.flags, self.source)

    def as_unknown(self, chosen: Flags) -> Chars:
        """Return the characters, the chosen ones as glyphs that cannot be named."""
        texts = [UNKNOWN if flag else text for text, flag in zip(self.texts, chosen.tolist(), strict=True)]
        flags = np.column_stack([self.bold, self.known & ~chosen, self.slanted])
        return Chars(texts, self.places, self.turn, flags, self.source)
