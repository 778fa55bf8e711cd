"""Turns the picture of one printed glyph into how likely it is each letter, digit and sign of ASCII."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from functools import cache
from importlib.resources import files

import cv2
import numpy as np
import numpy.typing as npt

from extract.grid.chars import Floats
from extract.pdf.drawn_page import Pixels, extent
from extract.pdf.settings import GLYPHS

TICK, OTHER = "√", "●"  # the classes of ticks, and of all signs that have none of their own
SIGNS = "".join(map(chr, range(0x21, 0x7F))) + TICK + OTHER
ALIKE = {TICK: "√✓✔", "-": "‐‑‒–—−", "'": "‘’‚′", '"': "“”„″"}  # other signs of the same shape


def sign_of(text: str) -> str | None:
    """Return the class of a character: itself, its letter without accents, a tick; `None` for other alphabets."""
    if len(text) != 1:
        return None
    bare = unicodedata.normalize("NFD", text)[0]
    if bare in SIGNS:
        return bare
    other = OTHER if unicodedata.category(text)[0] in "SP" else None
    return next((sign for sign, alike in ALIKE.items() if text in alike), other)


def features(ink: Pixels, em: float, baseline: float) -> Floats | None:
    """Return what the classifier sees of a glyph, `None` where there is too little to see.

    `ink` is the part of a page's ink of text (0 paper to 255) between the glyph's origin and the next one's, set
    horizontally; `em` is the size of the print and `baseline` the row of its baseline, both in pixels.
    """
    darkest = int(ink.max()) if ink.size else 0
    if darkest < GLYPHS.faintest:
        return None
    alone = _alone(ink, GLYPHS.cut * darkest)
    rows, columns = extent(alone > GLYPHS.cut * darkest)
    cut = alone[rows, columns].astype(np.float32) / darkest
    height, width = cut.shape
    way = cv2.INTER_AREA if min(cut.shape) > GLYPHS.grid else cv2.INTER_LINEAR
    small = cv2.resize(cut, (GLYPHS.grid, GLYPHS.grid), interpolation=way)
    place = [
        np.log(width / height),
        2 * height / em - 1,
        2 * width / em - 1,
        4 * (rows.stop - baseline) / em,
        2 * (baseline - rows.start) / em - 1,
    ]
    return np.concatenate([2.0 * np.clip(small, 0.0, 1.0).astype(np.float64).ravel() - 1.0, place])


def _alone(ink: Pixels, cut: float) -> Pixels:
    """Take away the small pieces at the sides that a neighbour's overhang leaves in a glyph's box."""
    if not ink[:, [0, -1]].max() > cut:
        return ink
    _, labels, stats, _ = cv2.connectedComponentsWithStats((ink > cut).astype(np.uint8), connectivity=8)
    left, width, area = (stats[:, n] for n in (cv2.CC_STAT_LEFT, cv2.CC_STAT_WIDTH, cv2.CC_STAT_AREA))
    at_side = (left == 0) | (left + width == ink.shape[1])
    strange = at_side & (area < GLYPHS.piece * area[1:].sum())
    strange[0] = False
    if not strange.any():
        return ink
    touched = cv2.dilate(strange[labels].astype(np.uint8), np.ones((3, 3), dtype=np.uint8))
    keep = ~strange
    keep[0] = False
    return np.where((touched > 0) & ~keep[labels], 0, ink).astype(np.uint8)


def evidence(inputs: Floats, signs: Sequence[str]) -> Floats:
    """Return in nats how much more glyphs (N x features) look like the `signs` they are said to be than like any sign.

    A small perceptron says what each looks like. What signs of one kind look like to it in fonts that it was not
    trained on is stored with it: letters that look alike count little, see `scripts/train_letter_shapes.py`.
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
