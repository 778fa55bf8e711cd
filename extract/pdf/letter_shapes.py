"""The picture of one printed glyph turned into how likely it is each letter, digit and sign of ASCII."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from functools import cache
from importlib.resources import files

import cv2
import numpy as np
import numpy.typing as npt
from numpy.typing import NDArray

from extract.pdf.drawn_page import Pixels

GRID = 16  # pixels of a glyph's picture as the classifier sees it, both ways
CUT = 0.35  # of a glyph's darkest pixel: what is darker is its stroke, the rest its blurred rim
FAINTEST = 24  # grey levels of 255; a glyph whose darkest pixel is paler is too faint to be judged
PIECE = 0.2  # of a glyph's ink: a smaller piece at the side of its box is a neighbour's
TICK, OTHER = "√", "●"  # the classes of ticks, and of all signs that have none of their own
SIGNS = "".join(map(chr, range(0x21, 0x7F))) + TICK + OTHER
ALIKE = {TICK: "√✓✔", "-": "‐‑‒–—−", "'": "‘’‚′", '"': "“”„″"}  # other signs of the same shape
Floats = NDArray[np.float64]


def sign_of(text: str) -> str | None:
    """Return the class of a character: itself, its letter without accents, a tick; `None` for other alphabets."""
    if len(text) != 1:
        return None
    bare = unicodedata.normalize("NFD", text)[0]
    if bare in SIGNS:
        return bare
    for sign, alike in ALIKE.items():
        if text in alike:
            return sign
    return OTHER if unicodedata.category(text)[0] in "SP" else None


def features(ink: Pixels, em: float, baseline: float) -> Floats | None:
    """Return what the classifier sees of a glyph, `None` where there is too little to see.

    `ink` is the part of a page's ink of text (0 paper to 255) between the glyph's origin and the next one's, upright; `em`
    is the size of the print and `baseline` the row on which it stands, both in pixels.
    """
    darkest = int(ink.max()) if ink.size else 0
    if darkest < FAINTEST:
        return None
    alone = _alone(ink, CUT * darkest)
    dark = alone > CUT * darkest
    rows, columns = np.flatnonzero(dark.any(axis=1)), np.flatnonzero(dark.any(axis=0))
    top, bottom, left, right = rows[0], rows[-1] + 1, columns[0], columns[-1] + 1
    cut = alone[top:bottom, left:right].astype(np.float32) / darkest
    small = cv2.resize(
        cut, (GRID, GRID), interpolation=cv2.INTER_AREA if min(cut.shape) > GRID else cv2.INTER_LINEAR
    )
    place = [
        np.log((right - left) / (bottom - top)),
        2.0 * (bottom - top) / em - 1.0,
        2.0 * (right - left) / em - 1.0,
        4.0 * (bottom - baseline) / em,
        2.0 * (baseline - top) / em - 1.0,
    ]
    return np.concatenate([2.0 * np.clip(small, 0.0, 1.0).astype(np.float64).ravel() - 1.0, place])


def _alone(ink: Pixels, cut: float) -> Pixels:
    """Take away the small pieces at the sides that a neighbour's overhang leaves in a glyph's box."""
    if not (ink[:, 0].max() > cut or ink[:, -1].max() > cut):
        return ink
    count, labels, stats, _ = cv2.connectedComponentsWithStats((ink > cut).astype(np.uint8), connectivity=8)
    if count < 3:
        return ink
    at_side = (stats[:, 0] == 0) | (stats[:, 0] + stats[:, 2] == ink.shape[1])
    strange = at_side & (stats[:, 4] < PIECE * stats[1:, 4].sum())
    strange[0] = False
    if not strange.any():
        return ink
    touched = cv2.dilate(strange[labels].astype(np.uint8), np.ones((3, 3), dtype=np.uint8))
    keep = strange.copy()
    keep[:] = ~strange
    keep[0] = False
    return np.where((touched > 0) & ~keep[labels], 0, ink).astype(np.uint8)


def evidence(inputs: Floats, signs: Sequence[str]) -> Floats:
    """Return in nats how much more glyphs (N x features) look like the `signs` they are said to be than like any sign.

    A small perceptron says what each looks like. What signs of one kind look like to it in fonts that it was not trained on is stored
    with it: letters that look alike count little, see `scripts/train_letter_shapes.py`.
    """
    likely, seen_as = likelihoods(inputs), _weights()[-1]
    claimed = seen_as[[SIGNS.index(sign) for sign in signs]]
    by_claim = (likely * claimed / seen_as.mean(axis=0)).sum(axis=1)
    return np.asarray(np.log(by_claim))


def likelihoods(inputs: Floats) -> Floats:
    """Return how likely glyphs (N x features) are each of `SIGNS`, N rows that each sum to 1."""
    values: npt.NDArray[np.floating] = inputs.astype(np.float32)
    weights = _weights()[:-1]
    for index in range(0, len(weights), 2):
        values = values @ weights[index] + weights[index + 1]
        if index < len(weights) - 2:
            values = np.maximum(values, 0.0)
    grown = np.exp(values - values.max(axis=1, keepdims=True))
    return np.asarray(grown / grown.sum(axis=1, keepdims=True))


@cache
def _weights() -> tuple[Floats, ...]:
    """Return weights and offsets of each layer, then the share of each sign (rows) that is seen as each (columns)."""
    with (files("extract.pdf") / "letter_shapes.npz").open("rb") as file, np.load(file) as stored:
        return tuple(stored[f"p{n}"].astype(np.float32) for n in range(len(stored.files)))
