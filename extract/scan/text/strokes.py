"""A short line whose letters are upright strokes alone turned into its numeral by counting them.

A CTC network needs a step between two equal letters: it reads bold III as 808 or I, and i as 1.
"""

from __future__ import annotations

import numpy as np

from extract.scan.text.ink import AREA, BOTTOM, LABEL, TOP, WHITE, X0, X1, Ints, PageInk, heights, widths
from extract.scan.text.lines import InkLine

LETTER = 0.6  # of the tallest piece's height: what is higher is a letter
SLIM, SOLID = 0.5, 0.7  # a stroke is no wider than that share of its height, and fills that share of its box
LEVEL = 0.2  # of a stroke's height, by which the tops and feet of strokes may differ
APART = 1.2  # of a stroke's height, by which two strokes lie apart at most
MOST = 3
PALE = 0.25  # of the way from ink to paper, from which on the column of a piece is no stroke
SMALLEST, NEAR = 0.08, 0.5  # of a stroke's height: smaller ink, and ink further beside, is dirt
COUNTED = (
    0.97  # chance of a numeral whose strokes were counted, dots and all: of 120 drawn ones one was wrong
)
LONE = (("I", 0.85), ("1", 0.1), ("l", 0.05))  # what a single stroke without dot or flag is


def numeral_of_strokes(ink: PageInk, line: InkLine) -> tuple[tuple[str, float], ...]:
    """Return the numerals that a line of one to three upright strokes may be, with their chances; else nothing."""
    pieces = line.pieces[line.pieces[:, X0].argsort()]
    if not len(pieces):
        return ()
    high = heights(pieces)
    tall = _parted(ink, pieces[high >= LETTER * high.max()])
    rest = pieces[high < LETTER * high.max()]
    if not 0 < len(tall) <= MOST or high.max() < LETTER * ink.size or not _are_strokes(tall):
        return ()
    height = float(heights(tall).mean())
    near = (rest[:, X1] > tall[0, X0] - NEAR * height) & (rest[:, X0] < tall[-1, X1] + NEAR * height)
    rest = rest[near & (np.maximum(heights(rest), widths(rest)) >= SMALLEST * height)]
    middles = (rest[:, TOP] + rest[:, BOTTOM]) / 2
    dots, feet = (
        rest[middles < tall[:, TOP].mean() + LEVEL * height],
        rest[middles > tall[:, BOTTOM].mean() - 2 * LEVEL * height],
    )
    stop = len(feet) == 1 and feet[0, X0] > tall[-1, X1]
    if len(dots) + len(feet) != len(rest) or len(feet) > stop:
        return ()
    end = "." if stop else ""
    if len(dots) == len(tall) and all(_is_over(dot, stroke) for dot, stroke in zip(dots, tall, strict=True)):
        return (("i" * len(tall) + end, COUNTED),)
    if len(dots):
        return ()
    return (
        tuple((sign + end, share) for sign, share in LONE)
        if len(tall) == 1
        else (("I" * len(tall) + end, COUNTED),)
    )


def _parted(ink: PageInk, pieces: Ints) -> Ints:
    """Return pieces, upright strokes that have run together parted where the ink between them is pale from top to foot."""
    found = []
    for piece in pieces:
        x0, top, x1, bottom = piece[: BOTTOM + 1].tolist()
        inset = round(LEVEL * (bottom - top))
        whole = ink.clean[top:bottom, x0:x1].astype(np.float64)
        inner = whole[inset : bottom - top - inset]
        darkest, palest = np.percentile(inner, 75, axis=0), np.percentile(whole, 10, axis=0)
        limit = inner.min() + PALE * (WHITE - inner.min())
        dark, pale = darkest < limit, palest >= limit
        starts = np.flatnonzero(dark & ~np.append(False, dark[:-1]))
        ends = np.flatnonzero(dark & ~np.append(dark[1:], False)) + 1
        between = [pale[end:start] for end, start in zip(ends, starts[1:], strict=False)]
        if len(starts) < 2 or not all(part.any() for part in between):
            found.append(piece.tolist())
            continue
        for start, end in zip(starts.tolist(), ends.tolist(), strict=True):
            found.append([x0 + start, top, x0 + end, bottom, (end - start) * (bottom - top), piece[LABEL]])
    return np.array(found, dtype=np.int32)


def _are_strokes(pieces: Ints) -> bool:
    """Tell whether pieces are upright strokes of one height side by side."""
    high, wide = heights(pieces), widths(pieces)
    slim = (wide <= SLIM * high) & (pieces[:, AREA] >= SOLID * high * wide)
    tops, feet = np.ptp(pieces[:, TOP]), np.ptp(pieces[:, BOTTOM])
    gaps = pieces[1:, X0] - pieces[:-1, X1]
    return bool(slim.all() and max(tops, feet) <= LEVEL * high.mean() and (gaps <= APART * high.mean()).all())


def _is_over(dot: Ints, stroke: Ints) -> bool:
    """Tell whether a dot lies over a stroke."""
    middle = (dot[X0] + dot[X1]) / 2
    around = stroke[X1] - stroke[X0]
    return bool(stroke[X0] - around <= middle <= stroke[X1] + around and dot[BOTTOM] <= stroke[TOP] + around)
