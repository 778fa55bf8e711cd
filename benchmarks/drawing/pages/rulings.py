"""Draws the rulings of cells in the ways that programs do."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from benchmarks.drawing.pages.content import Content
from benchmarks.drawing.pages.frame import Box, Frame

HALF = 0.25  # points: half of a usual ruling
Side = tuple[float, float, float, float]  # x0, y0, x1, y1 of a horizontal or vertical line
Draw = Callable[[Frame, Sequence[Box], Content], Iterable[str]]


def sides(cells: Iterable[Box]) -> list[Side]:
    """Return the sides of cells, each once."""
    found = {
        side
        for x0, y0, x1, y1 in cells
        for side in ((x0, y0, x1, y0), (x0, y1, x1, y1), (x0, y0, x0, y1), (x1, y0, x1, y1))
    }
    return sorted(found)


def joined(cells: Iterable[Box]) -> list[Side]:
    """Return the sides as lines that run as far as they can."""
    lines: list[Side] = []
    for horizontal in (True, False):
        own = [s for s in sides(cells) if (s[1] == s[3]) == horizontal]
        for x0, y0, x1, y1 in sorted(own, key=lambda s: (s[1], s[0]) if horizontal else (s[0], s[1])):
            last = lines[-1] if lines else None
            if last and horizontal and last[1] == last[3] == y0 and last[2] >= x0 - 0.01:
                lines[-1] = (last[0], y0, max(last[2], x1), y0)
            elif last and not horizontal and last[0] == last[2] == x0 and last[3] >= y0 - 0.01:
                lines[-1] = (x0, last[1], x0, max(last[3], y1))
            else:
                lines.append((x0, y0, x1, y1))
    return lines


def thin(side: Side, half: float = HALF) -> Box:
    """Return the box of a line."""
    x0, y0, x1, y1 = side
    return x0 - half, y0 - half, x1 + half, y1 + half


def _lines(style: str, width: float = 2 * HALF) -> Draw:
    def draw(frame: Frame, cells: Sequence[Box], _: Content) -> Iterator[str]:
        for x0, y0, x1, y1 in joined(cells):
            yield f"q 0 G {frame.long(width)} w {style} {frame.at(x0, y0)} m {frame.at(x1, y1)} l S Q"

    return draw


def _cells(frame: Frame, cells: Sequence[Box], _: Content) -> Iterator[str]:
    for cell in cells:
        yield f"q {frame.long(2 * HALF)} w {frame.box(cell)} re S Q"


def _path(frame: Frame, box: Box, end: str) -> str:
    x0, y0, x1, y1 = box
    corners = (frame.at(x1, y0), frame.at(x1, y1), frame.at(x0, y1))
    return f"{frame.at(x0, y0)} m {' '.join(f'{corner} l' for corner in corners)} {end}"


def _outlines(end: str) -> Draw:
    """Each cell as a stroked path that is closed, or ends where it began, or lacks its last side."""

    def draw(frame: Frame, cells: Sequence[Box], _: Content) -> Iterator[str]:
        for cell in cells:
            last = end.replace("START", frame.at(cell[0], cell[1]))
            yield f"q {frame.long(2 * HALF)} w {_path(frame, cell, last)} Q"

    return draw


def _boxes(end: str, *, as_rectangle: bool = False, whole: bool = False) -> Draw:
    """Each side as a thin filled box."""

    def draw(frame: Frame, cells: Sequence[Box], _: Content) -> Iterator[str]:
        for side in joined(cells) if whole else sides(cells):
            box = thin(side)
            width = f"{frame.long(0.1)} w"
            yield (
                f"q {width} 0 g {frame.box(box)} re {end} Q"
                if as_rectangle
                else f"q 0 g {_path(frame, box, end)} Q"
            )

    return draw


def _trapezoids(frame: Frame, cells: Sequence[Box], _: Content) -> Iterator[str]:
    """The four borders of each cell with mitred ends, as browsers fill them."""
    for x0, y0, x1, y1 in cells:
        outer, inner = (
            ((x0 - far, y0 - far), (x1 + far, y0 - far), (x1 + far, y1 + far), (x0 - far, y1 + far))
            for far in (HALF, -HALF)
        )
        for n, m in ((0, 1), (1, 2), (2, 3), (3, 0)):
            corners = [frame.at(*point) for point in (outer[n], outer[m], inner[m], inner[n])]
            yield f"q 0 g {corners[0]} m {' '.join(f'{corner} l' for corner in corners[1:])} h f Q"


def _rings(rule: str) -> Draw:
    """Each cell as a filled ring: one box inside another."""

    def draw(frame: Frame, cells: Sequence[Box], _: Content) -> Iterator[str]:
        for x0, y0, x1, y1 in cells:
            outer = (x0 - HALF, y0 - HALF, x1 + HALF, y1 + HALF)
            inner = (x0 + HALF, y0 + HALF, x1 - HALF, y1 - HALF)
            a, b, c, d = inner
            back = f"{frame.at(a, b)} m {frame.at(a, d)} l {frame.at(c, d)} l {frame.at(c, b)} l h"
            yield f"q 0 g {_path(frame, outer, 'h')} {back} {rule} Q"

    return draw


def _pieces(length: float, *, filled: bool) -> Draw:
    """Each line in pieces that meet."""

    def draw(frame: Frame, cells: Sequence[Box], _: Content) -> Iterator[str]:
        for x0, y0, x1, y1 in joined(cells):
            count = max(1, round(max(x1 - x0, y1 - y0) / length))
            step = ((x1 - x0) / count, (y1 - y0) / count)
            for n in range(count):
                a, b = x0 + n * step[0], y0 + n * step[1]
                piece = (a, b, a + step[0], b + step[1])
                if filled:
                    yield f"0 g {frame.box(thin(piece))} re f"
                else:
                    yield f"{frame.long(2 * HALF)} w {frame.at(*piece[:2])} m {frame.at(*piece[2:])} l S"

    return draw


def _double(frame: Frame, cells: Sequence[Box], _: Content) -> Iterator[str]:
    """Two lines, 1.6 points apart."""
    for x0, y0, x1, y1 in joined(cells):
        for off in (-0.8, 0.8):
            dx, dy = (0.0, off) if y0 == y1 else (off, 0.0)
            yield f"{frame.long(0.4)} w {frame.at(x0 + dx, y0 + dy)} m {frame.at(x1 + dx, y1 + dy)} l S"


def _ground(frame: Frame, cells: Sequence[Box], _: Content) -> Iterator[str]:
    """One black box, and a white one in each cell."""
    x0, y0 = (min(cell[n] for cell in cells) for n in (0, 1))
    x1, y1 = (max(cell[n] for cell in cells) for n in (2, 3))
    boxes = " ".join(f"{frame.box((a + HALF, b + HALF, c - HALF, d - HALF))} re f" for a, b, c, d in cells)
    yield f"q 0 g {frame.box(thin((x0, y0, x1, y1)))} re f 1 g {boxes} Q"


def _pictures(frame: Frame, cells: Sequence[Box], content: Content) -> Iterator[str]:
    """Each line as a black picture of one dot."""
    name = content.name("/XObject", content.picture([b"\x00"], 1))
    for side in joined(cells):
        x0, y0, x1, y1 = thin(side)
        corner = frame.at(x0, y1 if frame.down else y0)
        yield f"q {frame.long(x1 - x0)} 0 0 {frame.long(y1 - y0)} {corner} cm {name} Do Q"


def _patterns(frame: Frame, cells: Sequence[Box], content: Content) -> Iterator[str]:
    """Thin boxes filled with a tiling pattern of black."""
    black = content.tiled("0 g 0 0 4 4 re f", (0, 0, 4, 4), 4)
    for side in joined(cells):
        yield f"q {black} {frame.box(thin(side))} re f Q"


def _curves(frame: Frame, cells: Sequence[Box], _: Content) -> Iterator[str]:
    """Each line as a curve that is straight."""
    for x0, y0, x1, y1 in joined(cells):
        a, b = ((x0 + x1) / 2, (y0 + y1) / 2), (x1, y1)
        yield f"{frame.long(2 * HALF)} w {frame.at(x0, y0)} m {frame.at(*a)} {frame.at(*a)} {frame.at(*b)} c S"


def _clipped(frame: Frame, cells: Sequence[Box], _: Content) -> Iterator[str]:
    """A black box over the table, seen through a clip path of the lines."""
    x0, y0 = (min(cell[n] for cell in cells) - 1 for n in (0, 1))
    x1, y1 = (max(cell[n] for cell in cells) + 1 for n in (2, 3))
    paths = " ".join(f"{frame.box(thin(side))} re" for side in joined(cells))
    yield f"q {paths} W n 0 g {frame.box((x0, y0, x1, y1))} re f Q"


def _one_path(frame: Frame, cells: Sequence[Box], _: Content) -> Iterator[str]:
    """All lines as one path."""
    lines = " ".join(f"{frame.at(a, b)} m {frame.at(c, d)} l" for a, b, c, d in joined(cells))
    yield f"{frame.long(2 * HALF)} w {lines} S"


RULINGS: Mapping[str, Draw] = {
    "cells": _cells,
    "lines": _lines(""),
    "one-path": _one_path,
    "hairlines": _lines("0 w"),
    "thick": _lines("", 2.0),
    "very-thick": _lines("", 4.0),
    "dashes": _lines("[2 1] 0 d"),
    "round-ends": _lines("1 J"),
    "grey": _lines("0.5 G"),
    "cmyk": _lines("0 0 0 1 K"),
    "closed-outlines": _outlines("h S"),
    "returning-outlines": _outlines("START l S"),
    "open-outlines": _outlines("S"),
    "closed-boxes": _boxes("h f"),
    "open-boxes": _boxes("f"),
    "rectangles": _boxes("f", as_rectangle=True),
    "long-rectangles": _boxes("f*", as_rectangle=True, whole=True),
    "stroked-boxes": _boxes("B", as_rectangle=True),
    "trapezoids": _trapezoids,
    "rings": _rings("f*"),
    "wound-rings": _rings("f"),
    "pieces": _pieces(6.0, filled=False),
    "fine-pieces": _pieces(1.5, filled=True),
    "double": _double,
    "ground": _ground,
    "pictures": _pictures,
    "patterns": _patterns,
    "curves": _curves,
    "clipped": _clipped,
}
