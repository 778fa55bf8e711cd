"""A header whose rulings cannot be seen, as with white print on black, parted into levels by where its print is."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from extract.grid.header_levels import ASCENT, DESCENT, LABELLED, Level, first_level
from extract.grid.lattice import Shape, Span
from extract.grid.words import Line, Word
from extract.scan.grid.settings import HEADER
from extract.scan.model import EVEN_CHANCE, POINTS_PER_INCH, Grey, PageMaps, PixelBox
from extract.scan.pixels import closed, dilated, grouped, opened, pieces_of


def with_levels(shape: Shape, maps: PageMaps, picture: Grey) -> Shape:
    """Return a shape (points) whose first row, whatever rulings were guessed there, is parted into the levels of a header.

    Names over several columns become their cells, and what all columns hold on one last line (their numbers) becomes a row.
    Without such names each column has a cell, except where a text runs over its edge. `picture` is the page's grey, as
    large as the maps.
    """
    count = len(shape.column_edges) - 1
    below = [span for span in shape.spans if span.row]
    shape = shape._replace(spans=(*(Span(0, column, 1, 1) for column in range(count)), *below))
    texts = _texts(maps, picture, shape)
    row, named = 0, set(range(count))
    while row < 4 and (level := _next_level(texts, shape, row, named)) is not None:
        named = _columns(level)
        shape = _parted(shape, row, level)
        row += 1
    edge = _last_line(texts, shape) if row else None
    if edge is not None:
        numbers = [Span(row + 1, column, 1, 1) for column in range(count)]
        shape = _with_edge(shape, row, edge, [*(_below(span, row) for span in shape.spans), *numbers])
    for word in texts:
        shape = _over_edges(shape, word)
    return shape


def _next_level(texts: Sequence[Word], shape: Shape, row: int, named: set[int]) -> Level | None:
    """Return the names in a row of single cells, which can only be over columns that the names above are over."""
    box = shape.box(Span(row, 0, 1, len(shape.column_edges) - 1))
    held = [(shape.column_edges[n], shape.column_edges[n + 1]) for n in named]
    inside = [
        word
        for word in texts
        if box[1] <= word.base - word.size / 2 <= box[-1]
        and any(left <= (word.x0 + word.x1) / 2 <= right for left, right in held)
    ]
    level = first_level(_lines(inside), shape.column_edges, box)
    found = level is not None and box[1] < level.edge < box[-1] and _columns(level) <= named
    return level if found else None


def _columns(level: Level) -> set[int]:
    return {n for first, last in level.groups for n in range(first, last + 1)}


def _below(span: Span, row: int) -> Span:
    """Return a span as it is after a row was added behind this one, whose single cells do not change."""
    return span._replace(row=span.row + 1) if span.row > row else span


def _with_edge(shape: Shape, row: int, edge: float, spans: Sequence[Span]) -> Shape:
    edges = (*shape.row_edges[: row + 1], edge, *shape.row_edges[row + 1 :])
    return shape._replace(row_edges=edges, spans=tuple(sorted(spans)))


def _parted(shape: Shape, row: int, level: Level) -> Shape:
    """Return the shape with a row of single cells parted below the names of a level."""
    names = {Span(row, first, 1, last - first + 1) for first, last in level.groups}
    under = _columns(level)
    spans = []
    for span in shape.spans:
        if span.row == row and span.column in under:
            spans.append(span._replace(row=row + 1))
        elif span.row <= row < span.row + span.rows:
            spans.append(span._replace(rows=span.rows + 1))
        else:
            spans.append(_below(span, row))
    return _with_edge(shape, row, level.edge, [*{*spans, *names}])


def _over_edges(shape: Shape, word: Word) -> Shape:
    """Return the shape with the cells that a text runs over made one."""
    middle, least = word.base - word.size / 2, HEADER.over * word.size
    own = []
    for span in shape.spans:
        x0, top, x1, bottom = shape.box(span)
        if top < middle < bottom and word.x0 < x1 - least and word.x1 > x0 + least:
            own.append(span)
    if len(own) < 2 or len({(span.row, span.rows) for span in own}) > 1:
        return shape
    first, last = min(own), max(own)
    whole = first._replace(columns=last.column + last.columns - first.column)
    return shape._replace(spans=tuple(sorted({*shape.spans} - {*own} | {whole})))


def _texts(maps: PageMaps, picture: Grey, shape: Shape) -> list[Word]:
    """Return the texts in a shape's first row by the map of print; one that runs upwards as a heap of short ones."""
    scale = POINTS_PER_INCH / maps.dpi
    row = shape.box(Span(0, 0, 1, len(shape.column_edges) - 1))
    place = PixelBox.rounded(value / scale for value in row)
    pieces = [box for box in _print(maps, picture, shape, place) if min(box.width, box.height) * scale >= 1]
    if not pieces:
        return []
    high = round(float(np.median([min(box.width, box.height) for box in pieces])))
    size = high / HEADER.core
    pieces = [
        box for box in pieces if 2 * min(box.width, box.height) >= high
    ]  # less is left at a wide text's rim
    turned = [box for box in pieces if box.height > HEADER.turned * box.width]
    return [
        Word(
            (place.x0 + box.x0) * scale,
            (place.x0 + box.x1) * scale,
            (place.top + foot) * scale,
            size * scale,
            "x",
        )
        for box in pieces
        for foot in (
            _feet(box, turned, size)
            if box in turned
            else [
                box.top + min(box.height, high) + size * (1 - HEADER.core) / 2
            ]  # what hangs down is not a foot
        )
    ]


def _print(maps: PageMaps, picture: Grey, shape: Shape, place: PixelBox) -> list[PixelBox]:
    """Return the boxes of the texts at a place of the map, counted from its corner.

    What is wider than the narrowest column is a text by itself, though those below it nearly touch it. Words are joined, but
    not over the edge of a column where no ink is seen: the map runs on from one to the next.
    """
    scale = POINTS_PER_INCH / maps.dpi
    joined = closed(maps.printed[place.part] >= EVEN_CHANCE, round(3 / scale), 1)
    part = picture[place.part]
    light = part > (np.median(part) + np.percentile(part, 98)) / 2
    inked = dilated(light, 1, 9)  # a letter's height: ink so near above or below belongs to one word
    for edge in shape.column_edges[1:-1]:
        at = round(edge / scale) - place.x0
        before, on, behind = (inked[:, at + step] for step in (-1, 0, 1))
        joined[:, at] &= (before | on) & (on | behind)
    narrowest = min(right - left for left, right in pairwise(shape.column_edges))
    wide = opened(joined, max(3, round(narrowest / scale)), 1)
    broad = pieces_of(wide).boxes()
    rest = pieces_of(joined & ~dilated(wide)).boxes()
    return [*broad, *(piece for piece in rest if not any(_is_part(piece, whole) for whole in broad))]


def _is_part(piece: PixelBox, whole: PixelBox) -> bool:
    shared = min(piece.bottom, whole.bottom) - max(piece.top, whole.top)
    return whole.x0 <= piece.x0 and piece.x1 <= whole.x1 and 2 * shared >= piece.height


def _feet(piece: PixelBox, turned: Sequence[PixelBox], size: float) -> list[float]:
    """Return the feet of the lines that a turned piece counts for: a heap as high as all turned ones beside it.

    Labels beside each other share their cells' height: the longest of them is not a name over its neighbours.
    """
    beside = [other for other in turned if other.top < piece.bottom and other.bottom > piece.top]
    first, last = min(other.top for other in beside), max(other.bottom for other in beside)
    steps = max(1, round((last - first) / size))
    return [first + (last - first) * (step + 1) / steps for step in range(steps)]


def _lines(words: Sequence[Word]) -> list[Line]:
    lines = grouped(
        sorted(words, key=lambda word: word.base),
        lambda line, word: word.base - line[0].base <= HEADER.line * word.size,
    )
    return [tuple(word._replace(base=line[0].base) for word in sorted(line)) for line in lines]


def _last_line(words: Sequence[Word], shape: Shape) -> float | None:
    """Return the edge above the last line of a header's columns, if each has one there and another text above it."""
    lowest, over = [], []
    size = words[0].size
    for left, right in pairwise(shape.column_edges):
        own = sorted(word.base for word in words if left < (word.x0 + word.x1) / 2 < right)
        lowest += own[-1:]
        over += [base for base in own if base < own[-1] - HEADER.same * size][-1:]
    count = len(shape.column_edges) - 1
    if len(lowest) < count or max(lowest) - min(lowest) > HEADER.same * size:
        return None
    if len(over) < LABELLED * count or min(lowest) - max(over) < (ASCENT + DESCENT) * size:
        return None
    return (max(over) + DESCENT * size + min(lowest) - ASCENT * size) / 2
