"""A cell that something is drawn into: what a person is to see there, what else is put there, and where."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from benchmarks.drawing.pages.content import SIZE, Box, Content, centred
from benchmarks.drawing.pages.fonts import Naming, named, width_of
from benchmarks.drawing.pages.tables import LINE
from samples.draw.text import ASCENT

PAD = 3.0
Sort = Literal["hides", "covers", "shows"]


@dataclass(slots=True)
class Spot:
    """One cell of a page and the tools to draw into it.

    `text` is what a person sees there in the end, `extra` what the page also holds there, unseen.
    `over` and `under` are content after and before the page's own; `row` is the line of `extra` in the cell,
    `bottom` the height of the table's lower edge, `step` the width of a column of marks to the next (0: there is none).
    """

    over: Content
    under: Content
    box: Box
    text: str
    extra: str
    is_mark: bool
    chance: random.Random
    bottom: float
    step: float
    row: int = 1

    def place(self, line: str, row: int = 0, size: float = SIZE) -> tuple[float, float]:
        """Return where a line's baseline starts: a mark in the middle, a text from the upper left."""
        if self.is_mark:
            return centred(self.box, line, size)
        return self.box[0] + PAD, self.box[3] - PAD - ASCENT * SIZE - row * LINE

    def around(self, line: str, row: int = 0) -> Box:
        """Return the box of a line with a little room about it, inside of the cell."""
        x, y = self.place(line, row)
        return x - 1, y - 0.3 * SIZE, x + width_of(line, SIZE) + 1, y + ASCENT * SIZE

    def inner(self) -> Box:
        """Return the cell without the room that its rulings take."""
        x0, y0, x1, y1 = self.box
        return x0 + 1, y0 + 1, x1 - 1, y1 - 1

    def write(self, before: str = "", *, naming: Naming = named) -> None:
        """Write what a person sees, plainly but for operators before it."""
        if self.text:
            x, y = self.place(self.text)
            self.over.text(x, y, self.text, before=before, naming=naming)

    def hide(self, before: str = "", *, size: float = SIZE, matrix: str = "1 0 0 1") -> None:
        """Write what must not be seen, made invisible by operators before it."""
        x, y = self.place(self.extra, self.row, size)
        self.over.text(x, y, self.extra, before=before, size=size, matrix=matrix)

    def tick(self) -> list[tuple[float, float]]:
        """Return the corners of a tick in the middle of the cell."""
        x0, y0, x1, y1 = self.box
        x, y = (x0 + x1) / 2, (y0 + y1) / 2
        return [(x - 3, y), (x - 1, y - 3), (x + 3.5, y + 3.5)]


@dataclass(frozen=True, slots=True)
class Kind:
    """A way to draw into a cell.

    `hides`: `draw` writes `extra` so that it is not seen. `covers`: `extra` is written plainly and `draw` lays something
    over it, before the text is written. `shows`: `draw` alone puts what a person sees. `accepts` gives the texts that
    are right beside what is seen; `only_doubt`: no text is right, a finding is due. `rows` are the lines of the cell
    in which `extra` may be; with `alters` something of it is seen, but not text that counts.
    """

    name: str
    sort: Sort
    draw: Callable[[Spot], None]
    marks: bool = True
    texts: bool = True
    accepts: Callable[[Spot], tuple[str, ...]] | None = None
    only_doubt: bool = False
    rows: tuple[int, ...] = (0, 1)
    alters: bool = False


KINDS: dict[str, Kind] = {}
Drawer = Callable[[Spot], None]


def kind(
    sort: Sort,
    *,
    marks: bool = True,
    texts: bool = True,
    accepts: Callable[[Spot], tuple[str, ...]] | None = None,
    only_doubt: bool = False,
    rows: tuple[int, ...] = (0, 1),
    alters: bool = False,
) -> Callable[[Drawer], Drawer]:
    """Enter a drawing function as a kind under its own name."""

    def enter(draw: Drawer) -> Drawer:
        name = draw.__name__.replace("_", "-")
        KINDS[name] = Kind(name, sort, draw, marks, texts, accepts, only_doubt, rows, alters)
        return draw

    return enter
