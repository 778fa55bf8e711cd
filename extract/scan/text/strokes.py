"""A short line whose only letters are upright strokes turned into its numeral by counting them.

A CTC network needs a step between two equal letters: it reads bold III as 808 or I, and i as 1.
"""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from extract.scan.model import WHITE, Ints
from extract.scan.pixels import runs_of
from extract.scan.text.ink import AREA, BOTTOM, LABEL, TOP, X0, X1, PageInk, heights, middles, widths
from extract.scan.text.lines import InkLine
from extract.scan.text.settings import WORDS


def numeral_of_strokes(ink: PageInk, line: InkLine) -> tuple[tuple[str, float], ...]:
    """Return the numerals that a line of one to three upright strokes may be, with their chances; else nothing."""
    pieces = line.pieces[line.pieces[:, X0].argsort()]
    if not len(pieces):
        return ()
    high = heights(pieces)
    is_tall = high >= WORDS.letter * high.max()
    tall = _parted(ink, pieces[is_tall])
    if len(tall) > WORDS.most or high.max() < WORDS.letter * ink.size or not _are_strokes(tall):
        return ()
    height = float(heights(tall).mean())
    rest = _near(pieces[~is_tall], tall, height)
    places = (rest[:, TOP] + rest[:, BOTTOM]) / 2
    dots = rest[places < tall[:, TOP].mean() + WORDS.uneven * height]
    feet = rest[places > tall[:, BOTTOM].mean() - 2 * WORDS.uneven * height]
    stop = len(feet) == 1 and feet[0, X0] > tall[-1, X1]
    dotted = len(dots) == len(tall) and all(_is_over(*pair) for pair in zip(dots, tall, strict=True))
    if len(dots) + len(feet) != len(rest) or len(feet) > stop or (len(dots) and not dotted):
        return ()
    end = "." if stop else ""
    if len(tall) == 1 and not dotted:
        return tuple((sign + end, chance) for sign, chance in zip("I1l", WORDS.lone, strict=True))
    return ((("i" if dotted else "I") * len(tall) + end, WORDS.counted),)


def _near(pieces: Ints, tall: Ints, height: float) -> Ints:
    """Return the pieces beside strokes without dirt: far ones and specks."""
    reach = WORDS.near * height
    near = (pieces[:, X1] > tall[0, X0] - reach) & (pieces[:, X0] < tall[-1, X1] + reach)
    return pieces[near & (np.maximum(heights(pieces), widths(pieces)) >= WORDS.smallest * height)]


def _parted(ink: PageInk, pieces: Ints) -> Ints:
    """Return pieces; upright strokes that have run together are parted where the ink between is pale from top to foot."""
    found = []
    for piece in pieces:
        x0, top, x1, bottom = piece[: BOTTOM + 1].tolist()
        inset = round(WORDS.uneven * (bottom - top))
        whole = ink.clean[top:bottom, x0:x1].astype(np.float64)
        inner = whole[inset : bottom - top - inset]
        limit = inner.min() + WORDS.pale * (WHITE - inner.min())
        runs = runs_of(np.percentile(inner, 75, axis=0) < limit)
        pale = np.percentile(whole, 10, axis=0) >= limit
        if len(runs) > 1 and all(pale[end:start].any() for (_, end), (start, _) in pairwise(runs)):
            found += [
                [x0 + start, top, x0 + end, bottom, (end - start) * (bottom - top), piece[LABEL]]
                for start, end in runs
            ]
        else:
            found.append(piece.tolist())
    return np.array(found, dtype=np.int32)


def _are_strokes(pieces: Ints) -> bool:
    high, wide = heights(pieces), widths(pieces)
    slim = (wide <= WORDS.slim * high) & (pieces[:, AREA] >= WORDS.solid * high * wide)
    differ = max(np.ptp(pieces[:, TOP]), np.ptp(pieces[:, BOTTOM]))
    gaps = pieces[1:, X0] - pieces[:-1, X1]
    near = (gaps <= WORDS.apart * high.mean()).all()
    return bool(slim.all() and differ <= WORDS.uneven * high.mean() and near)


def _is_over(dot: Ints, stroke: Ints) -> bool:
    (middle,) = middles(dot[None])
    around = stroke[X1] - stroke[X0]
    return bool(stroke[X0] - around <= middle <= stroke[X1] + around and dot[BOTTOM] <= stroke[TOP] + around)
