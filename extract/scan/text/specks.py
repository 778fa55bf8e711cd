"""Tells the dots and commas of a line from dirt: small ink that no printed sign could have put where it lies."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from extract.scan.model import Mask
from extract.scan.text.ink import BOTTOM, LINKED, TOP, X0, X1, Ints, heights, letters, widths

SMALL = 0.45  # letter sizes: a piece that is smaller both ways may be dirt
DASH = 0.3  # letter sizes: least length of a hyphen
# The same for one that is long for its height: letter sizes, pixels, times its height. Small print stands on pages of
# larger letters, and the letter size is the page's where a line has few letters.
SHORT = (0.25, 4, 1.6)
STOP = 0.45  # letter sizes: a stop or comma stands no further behind its letter than this
LONE = 1.0  # letter sizes: the same for a stop after a space, which stands just on the foot of the line
LOW = 2.5  # pixels: so far over the foot the remains of a pale stop may end
HYPHEN = 0.35  # letter sizes: a hyphen between two letters stands no further from either
BULLET = 1.3  # letter sizes: a faint dash or bullet before a line stands no further from it
WORDS = 4  # letters from which on a line may be an item of a list
FOOT, EXACT = 0.3, 0.1  # letter sizes: how far from the foot of the line such a sign may end
BESIDE = 0.15  # letter sizes: a piece this near to a letter may be a part of it, broken off
QUOTE = 0.6  # letter sizes: a quotation mark stands no further from its letter than this
Floats = NDArray[np.float64]


def specks(pieces: Ints, size: float) -> Ints:
    """Return those pieces of a line's ink that are dirt.

    Kept are a dot over or under another piece (i, colon, a letter broken in two), a stop or comma close behind a letter
    at the foot of the line, leaders, a bullet before the line, and quotation marks at its head. Dirt just where a stop could stand stays: that is
    for the recognisers.
    """
    is_letter = letters(pieces, size)
    high, wide = heights(pieces), widths(pieces)
    is_dash = (wide >= DASH * size) & (wide >= 1.25 * high)
    is_dash |= (wide >= np.maximum(SHORT[0] * size, SHORT[1])) & (wide >= SHORT[2] * high)
    doubtful = (high < SMALL * size) & (wide < SMALL * size) & ~is_letter & ~is_dash
    doubtful &= pieces[:, LINKED] == 0
    if not doubtful.any() or not is_letter.any():
        return pieces[:0]
    tried, others = pieces[doubtful], pieces[~doubtful]
    kept = _beside(tried, others, size) | _placed(tried, pieces[is_letter], size) | _paired(tried, size)
    return tried[~kept]


def _gaps(tried: Ints, others: Ints) -> tuple[Floats, Floats]:
    """Return the white between each tried piece and each other one to its left, and to its right; negative inside."""
    left = tried[:, X0][:, None] - others[:, X1][None, :]
    right = others[:, X0][None, :] - tried[:, X1][:, None]
    return left.astype(np.float64), right.astype(np.float64)


def _beside(tried: Ints, others: Ints, size: float) -> Mask:
    left, right = _gaps(tried, others)
    return np.asarray(((left < BESIDE * size) & (right < BESIDE * size)).any(axis=1))


def _placed(tried: Ints, chosen: Ints, size: float) -> Mask:
    foot, head = np.median(chosen[:, BOTTOM]), np.median(chosen[:, TOP])
    left, right = _gaps(tried, chosen)
    reach = np.where(left >= -BESIDE * size, left, np.inf).min(axis=1)
    off = np.abs(tried[:, BOTTOM] - foot)
    stop = (
        (reach < STOP * size)
        & (tried[:, BOTTOM] > foot - max(0.2 * size, LOW))
        & (tried[:, TOP] < foot + FOOT * size)
    )
    stop |= (reach < LONE * size) & (off <= max(1.0, EXACT * size))
    near = (np.maximum(left, right) < QUOTE * size).any(axis=1)
    high = (tried[:, BOTTOM] <= head + 0.4 * size) & (heights(tried) > 0.3 * size)
    first = float(chosen[:, X0].min())
    middle = (tried[:, TOP] + tried[:, BOTTOM]) / 2
    bullet = (tried[:, X1] <= first) & (first - tried[:, X1] < BULLET * size)
    bullet &= (middle > foot - 0.8 * size) & (middle < foot - 0.15 * size)
    wide = widths(tried)
    before, behind = (
        np.where(left >= 0, left, np.inf).min(axis=1),
        np.where(right >= 0, right, np.inf).min(axis=1),
    )
    hyphen = (np.maximum(before, behind) < HYPHEN * size) & (wide >= 0.2 * size) & (wide >= heights(tried))
    hyphen &= (middle > foot - 0.55 * size) & (middle < foot - 0.25 * size)
    kept: Mask = stop | hyphen | (near & high) | (bullet & (len(chosen) >= WORDS))
    return kept


def _paired(tried: Ints, size: float) -> Mask:
    """Tell which small pieces stand over, under or level beside another one: colons, leaders, dots of an ellipsis."""
    left, right = _gaps(tried, tried)
    over = np.maximum(left, right) < 0
    middle = (tried[:, TOP] + tried[:, BOTTOM]) / 2
    apart = np.abs(middle[:, None] - middle[None, :])
    level = (np.maximum(left, right) < QUOTE * size) & (apart < 0.15 * size)
    linked = ((over & (apart < 1.2 * size)) | level) & ~np.eye(len(tried), dtype=bool)
    return np.asarray(linked.any(axis=1))
