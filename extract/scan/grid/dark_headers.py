"""A head whose rulings cannot be seen, as white print on black hides them, parted into levels by where its print stands."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import cv2
import numpy as np

from extract.grid.header_levels import ASCENT, DESCENT, LABELLED, Level, first_level
from extract.grid.lattice import Shape, Span
from extract.grid.words import Line, Word
from extract.scan.components import pieces_of
from extract.scan.grid.ruling_lines import HALF, POINTS
from extract.scan.model import Grey, PageMaps

CORE = 0.6  # of a letter size: how high the map's core of a line is
OVER = 0.4  # sizes by which a text lies in a cell at least that it runs over
SAME = 0.5  # sizes between the feet of the texts of one line
LINE = 0.25  # the same of the words of one line: names in the middle of their cells stand little higher than labels below others
TURNED = 1.6  # times as high as wide: print that runs upwards, or several lines of a narrow column
LIGHT = 98  # the percentile of a dark head's grey at which its letters are
AROUND = 9  # pixels, a letter's height: ink so near above or below is of one word with that at its edge
MOST = 4  # levels of a head


def with_levels(shape: Shape, maps: PageMaps, picture: Grey) -> Shape:
    """Return a shape (points) whose first row, whatever rulings were guessed there, is parted into the levels of a head.

    Names that stand over several columns become their cells, and what all columns hold on one last line (their numbers)
    a row of its own. Without such names each column has a cell, but where a text runs over its edge. `picture` is the page's grey, as large as the maps.
    """
    row = 0
    columns = range(len(shape.column_edges) - 1)
    below = [span for span in shape.spans if span.row]
    shape = shape._replace(spans=(*(Span(0, column, 1, 1) for column in columns), *below))
    narrowest = min(right - left for left, right in pairwise(shape.column_edges))
    texts = _texts(maps, picture, shape, narrowest)
    parts = set(columns)  # what the names above stand over: only there may further names stand
    for _ in range(MOST):
        box = shape.box(Span(row, 0, 1, len(shape.column_edges) - 1))
        held = [(shape.column_edges[n], shape.column_edges[n + 1]) for n in parts]
        inside = [
            word
            for word in texts
            if box[1] <= word.base - word.size / 2 <= box[3]
            and any(left <= (word.x0 + word.x1) / 2 <= right for left, right in held)
        ]
        level = first_level(_lines(inside), shape.column_edges, box)
        if level is None or not box[1] < level.edge < box[3]:
            break
        under = {n for first, last in level.groups for n in range(first, last + 1)}
        if not under <= parts:
            break
        parts = under
        shape = _parted(shape, row, level)
        row += 1
    edge = _last_line(texts, shape) if row else None
    if edge is not None:
        below = [span._replace(row=span.row + 1) for span in shape.spans if span.row > row]
        numbers = [Span(row + 1, column, 1, 1) for column in range(len(shape.column_edges) - 1)]
        spans = (*(span for span in shape.spans if span.row <= row), *numbers, *below)
        edges = (*shape.row_edges[: row + 1], edge, *shape.row_edges[row + 1 :])
        shape = shape._replace(row_edges=edges, spans=tuple(sorted(spans)))
    for word in texts:
        shape = _over_edges(shape, word)
    return shape


def _over_edges(shape: Shape, word: Word) -> Shape:
    """Return the shape with the cells made one that a text runs over."""
    middle = word.base - word.size / 2
    own = [
        span
        for span in shape.spans
        if (box := shape.box(span))[1] < middle < box[3]
        and word.x0 < box[2] - OVER * word.size
        and word.x1 > box[0] + OVER * word.size
    ]
    if len(own) < 2 or len({(span.row, span.rows) for span in own}) > 1:
        return shape
    first, last = min(own), max(own)
    whole = Span(first.row, first.column, first.rows, last.column + last.columns - first.column)
    return shape._replace(spans=tuple(sorted({*shape.spans} - {*own} | {whole})))


def _parted(shape: Shape, row: int, level: Level) -> Shape:
    """Return the shape with a row of single cells parted below the names of a level."""
    names = {Span(row, first, 1, last - first + 1) for first, last in level.groups}
    under = {n for first, last in level.groups for n in range(first, last + 1)}
    spans = []
    for span in shape.spans:
        if span.row > row:
            spans.append(span._replace(row=span.row + 1))
        elif span.row < row:
            spans.append(span._replace(rows=span.rows + 1) if span.row + span.rows > row else span)
        elif span.column in under:
            spans.append(Span(row + 1, span.column, span.rows, span.columns))
        else:
            spans.append(span._replace(rows=span.rows + 1))
    edges = (*shape.row_edges[: row + 1], level.edge, *shape.row_edges[row + 1 :])
    return shape._replace(row_edges=edges, spans=tuple(sorted({*spans, *names})))


def _texts(maps: PageMaps, picture: Grey, shape: Shape, narrowest: float) -> list[Word]:
    """Return the texts in a shape's first row by the map of print; one that runs upwards as a heap of short ones.

    What is wider than the narrowest column is a text by itself, though those below it nearly touch it. Words are joined,
    but not over the edge of a column on which no ink is seen: the map runs on from one to the next.
    """
    scale = POINTS / maps.dpi
    box = shape.box(Span(0, 0, 1, len(shape.column_edges) - 1))
    x0, top, x1, bottom = (round(value / scale) for value in box)
    printed = (maps.printed[top:bottom, x0:x1] >= HALF).astype(np.uint8)
    joined = cv2.morphologyEx(printed, cv2.MORPH_CLOSE, np.ones((1, round(3 / scale)), np.uint8))
    part = picture[top:bottom, x0:x1]
    light = (part > (np.median(part) + np.percentile(part, LIGHT)) / 2).astype(np.uint8)
    inked = cv2.dilate(light, np.ones((AROUND, 1), np.uint8))
    for edge in shape.column_edges[1:-1]:
        at = round(edge / scale) - x0
        before, on, behind = (inked[:, at + step] for step in (-1, 0, 1))
        joined[:, at] &= (before | on) & (on | behind)
    across = np.ones((1, max(3, round(narrowest / scale))), np.uint8)
    wide = cv2.morphologyEx(joined, cv2.MORPH_OPEN, across)
    rest = joined & ~cv2.dilate(wide, np.ones((3, 3), np.uint8))
    broad, others = ([stat[:4].tolist() for stat in pieces_of(part).stats[1:]] for part in (wide, rest))
    alone = [piece for piece in others if not any(_is_part(piece, whole) for whole in broad)]
    pieces = [piece for piece in [*broad, *alone] if min(piece[2:]) * scale >= 1]
    if not pieces:
        return []
    high = round(float(np.median([min(width, height) for _, _, width, height in pieces])))
    size = high / CORE
    pieces = [
        piece for piece in pieces if 2 * min(piece[2:]) >= high
    ]  # less is what a wide text leaves at its rim
    turned = [(above, above + height) for _, above, width, height in pieces if height > TURNED * width]
    return [
        Word((x0 + left) * scale, (x0 + left + width) * scale, (top + foot) * scale, size * scale, "x")
        for left, above, width, height in pieces
        for foot in _feet(
            above,
            above
            + (height if height > TURNED * width else min(height, high)),  # what hangs down below is no foot
            turned if height > TURNED * width else [],
            size,
        )
    ]


def _is_part(piece: Sequence[int], whole: Sequence[int]) -> bool:
    """Tell whether a piece (left, top, width, height) lies beside another one's rows as a part of it."""
    (x, y, wide, high), (left, top, width, height) = piece, whole
    shared = min(y + high, top + height) - max(y, top)
    return left <= x and x + wide <= left + width and 2 * shared >= high


def _feet(above: int, below: int, turned: Sequence[tuple[int, int]], size: float) -> list[float]:
    """Return the feet of the lines that a piece counts for; a turned one for a heap as high as those beside it.

    Labels beside each other share their cells' height: the longest of them is no name over its neighbours.
    """
    beside = [(high, low) for high, low in turned if high < below and low > above]
    if not beside:
        return [below + size * (1 - CORE) / 2]
    first, last = min(high for high, _ in beside), max(low for _, low in beside)
    steps = max(1, round((last - first) / size))
    return [first + (last - first) * (step + 1) / steps for step in range(steps)]


def _lines(words: Sequence[Word]) -> list[Line]:
    lines: list[list[Word]] = []
    for word in sorted(words, key=lambda each: each.base):
        if lines and word.base - lines[-1][0].base <= LINE * word.size:
            lines[-1].append(word)
        else:
            lines.append([word])
    return [tuple(word._replace(base=line[0].base) for word in sorted(line)) for line in lines]


def _last_line(words: Sequence[Word], shape: Shape) -> float | None:
    """Return the edge above the last line of a head's columns, where each has one there and another text above it."""
    lowest, over = [], []
    size = words[0].size
    for left, right in pairwise(shape.column_edges):
        own = sorted(word.base for word in words if left < (word.x0 + word.x1) / 2 < right)
        lowest += own[-1:]
        over += [base for base in own if base < own[-1] - SAME * size][-1:]
    count = len(shape.column_edges) - 1
    level = len(lowest) == count and max(lowest) - min(lowest) <= SAME * size
    if not level or len(over) < LABELLED * count or min(lowest) - max(over) < (ASCENT + DESCENT) * size:
        return None
    return (max(over) + DESCENT * size + min(lowest) - ASCENT * size) / 2
