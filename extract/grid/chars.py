"""The characters of a page as columns: what each shows, and arrays of where and how it is printed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from typing import NamedTuple, overload

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]

UNKNOWN = "\ufffd"  # a glyph of which nobody can say what it shows
X0, TOP, X1, BOTTOM, ORIGIN_X, ORIGIN_Y, SIZE, TRACKING = range(8)


class Char(NamedTuple):
    """One glyph.

    The box is in points, origin top left of the page as a reader sees it. `origin_x`, `origin_y` is the
    glyph's origin on its baseline; `turn` the direction of reading in degrees against the horizontal,
    counted anticlockwise (0, 90: upwards, 180, 270: downwards). `known` is false for a glyph without a
    Unicode value, whose text is then a placeholder; `slanted` is true for one that runs neither level nor upright,
    as a watermark does; `tracking` is how far, in points, its word's letters are set apart beyond their own widths.
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


class Chars(Sequence[Char]):
    """Characters in the order in which they are drawn, one value a character in each column.

    `texts` are what they show; `places` (N x 8) their x0, top, x1, bottom, the x and y of their origin, their size and
    their tracking, in points as in `Char`; `turn` (N) the direction of reading in degrees; `bold`, `known` and
    `slanted` (N) flags, see `Char`; `source` (N) tells the text objects apart that draw them, 0 where nobody knows.
    As a sequence it gives each character as a `Char`; a slice, an array of places or of flags gives `Chars`.
    """

    def __init__(
        self,
        texts: list[str],
        places: Floats,
        turn: Ints,
        flags: tuple[Flags, Flags, Flags],
        source: Ints,
    ) -> None:
        self.texts = texts
        self.places = places
        self.turn = turn
        self.bold, self.known, self.slanted = flags
        self.source = source

    @classmethod
    def of(cls, chars: Iterable[Char]) -> Chars:
        """Return characters as columns; none of them belongs to a text object."""
        rows = list(chars)
        places = np.array([(*char[1:8], char.tracking) for char in rows], dtype=np.float64).reshape(-1, 8)
        flags = np.array([(c.bold, c.known, c.slanted) for c in rows], dtype=np.bool_).reshape(-1, 3)
        return cls(
            [char.text for char in rows],
            places,
            np.array([char.turn for char in rows], dtype=np.int64),
            (flags[:, 0], flags[:, 1], flags[:, 2]),
            np.zeros(len(rows), dtype=np.int64),
        )

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
            x0, top, x1, bottom, x, y, size, tracking = self.places[index].tolist()
            turn, bold = int(self.turn[index]), bool(self.bold[index])
            known, slanted = bool(self.known[index]), bool(self.slanted[index])
            text = self.texts[index]
            return Char(text, x0, top, x1, bottom, x, y, size, turn, bold, known, slanted, tracking)
        if isinstance(index, slice):
            texts = self.texts[index]
        else:
            chosen = np.flatnonzero(index) if index.dtype == np.bool_ else index
            texts = [self.texts[n] for n in chosen.tolist()]
        flags = (self.bold[index], self.known[index], self.slanted[index])
        return Chars(texts, self.places[index], self.turn[index], flags, self.source[index])

    @cached_property
    def _rows(self) -> list[Char]:
        columns = (self.turn, self.bold, self.known, self.slanted)
        return [
            Char(text, x0, top, x1, bottom, x, y, size, turn, bold, known, slanted, tracking)
            for text, (x0, top, x1, bottom, x, y, size, tracking), turn, bold, known, slanted in zip(
                self.texts, self.places.tolist(), *(column.tolist() for column in columns), strict=True
            )
        ]

    @property
    def x0(self) -> Floats:
        """Left sides."""
        return self.places[:, X0]

    @property
    def top(self) -> Floats:
        """Upper sides."""
        return self.places[:, TOP]

    @property
    def x1(self) -> Floats:
        """Right sides."""
        return self.places[:, X1]

    @property
    def bottom(self) -> Floats:
        """Lower sides."""
        return self.places[:, BOTTOM]

    @property
    def boxes(self) -> Floats:
        """N x 4: x0, top, x1, bottom."""
        return self.places[:, :4]

    @property
    def origin_x(self) -> Floats:
        """Where they stand on their baselines: from the left side of the page."""
        return self.places[:, ORIGIN_X]

    @property
    def origin_y(self) -> Floats:
        """Where they stand on their baselines: from the top of the page."""
        return self.places[:, ORIGIN_Y]

    @property
    def size(self) -> Floats:
        """Sizes in points."""
        return self.places[:, SIZE]

    @property
    def tracking(self) -> Floats:
        """How far the letters of their words are set apart, in points."""
        return self.places[:, TRACKING]

    @cached_property
    def printed(self) -> Flags:
        """Which of them are no blanks."""
        return ~np.array([text.isspace() for text in self.texts], dtype=np.bool_)

    @cached_property
    def codes(self) -> Ints:
        """A number for what each of them shows: like ones have like numbers, single characters their code points."""
        others: dict[str, int] = {}
        return np.array(
            [ord(t) if len(t) == 1 else others.setdefault(t, -1 - len(others)) for t in self.texts],
            dtype=np.int64,
        )

    def with_tracking(self, tracking: Floats) -> Chars:
        """Return the characters set apart by `tracking` (N), in points."""
        places = self.places.copy()
        places[:, TRACKING] = tracking
        flags = (self.bold, self.known, self.slanted)
        return Chars(self.texts, places, self.turn, flags, self.source)

    def as_unknown(self, flags: Flags) -> Chars:
        """Return the characters, those flagged as ones of which nobody can say what they show."""
        texts = [UNKNOWN if flag else text for text, flag in zip(self.texts, flags.tolist(), strict=True)]
        known = (self.bold, self.known & ~flags, self.slanted)
        return Chars(texts, self.places, self.turn, known, self.source)
