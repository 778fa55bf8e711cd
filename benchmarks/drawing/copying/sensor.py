"""Does to a sheet's picture what toner, glass and sensor do: spread, blur, noise, thresholds, coding."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from benchmarks.drawing.copying.sheet import Sheet
from benchmarks.drawing.copying.texture import Plane, Span, drawn, drift, specks

Picture = NDArray[np.uint8]
Bits = NDArray[np.bool_]

REACH = 3.5  # pixels from an edge


def blurred(rng: np.random.Generator, sheet: Sheet, points: Span) -> Sheet:
    """Blur by a Gaussian (Baird's point spread; width in points), a little more in one direction."""
    sigma = sheet.pixels(drawn(rng, points))
    longer = sigma * float(rng.uniform(1, 1.25))
    x, y = (longer, sigma) if rng.random() < 0.5 else (sigma, longer)
    return sheet.lit(cv2.GaussianBlur(sheet.light, (0, 0), max(x, 0.2), sigmaY=max(y, 0.2)))


def noisy(rng: np.random.Generator, sheet: Sheet, shot: Span, read: Span) -> Sheet:
    """Add a sensor's noise: one part grows with the root of the light, one is everywhere (shares of white)."""
    shot_noise, read_noise = drawn(rng, shot), drawn(rng, read)
    deviation = np.sqrt(shot_noise**2 * sheet.light + read_noise**2)
    return sheet.lit(sheet.light + deviation * rng.standard_normal(sheet.light.shape, dtype=np.float32))


def paper(rng: np.random.Generator, sheet: Sheet, white: Span, *, grain: float = 0.008) -> Sheet:
    """Give the paper its own tone and grain; the darkest ink gives a little light back."""
    tone = np.float32(drawn(rng, white))
    black = np.float32(rng.uniform(0.04, 0.12))
    base = tone + np.float32(grain) * drift(rng, sheet.shape, waves=150, slope=0.3)
    if sheet.is_colour:
        tint = np.array([1.0, rng.uniform(0.97, 1.0), rng.uniform(0.9, 0.99)], np.float32)
        return sheet.lit((black + (1 - black) * sheet.light) * base[..., None] * tint)
    return sheet.lit((black + (1 - black) * sheet.light) * base)


def toned(sheet: Sheet, contrast: float, middle: float) -> Sheet:
    """Bend light by an S-curve as a copier's drum does: what is darker than `middle` goes to black."""
    curve = 1 / (1 + np.exp(-contrast * (sheet.light - middle)))
    low, high = 1 / (1 + np.exp(contrast * middle)), 1 / (1 + np.exp(-contrast * (1 - middle)))
    return sheet.lit((curve - low) / (high - low))


def dirty(rng: np.random.Generator, sheet: Sheet, count: Span) -> Sheet:
    """Put specks of dust and of lost toner (a third of them) on the sheet, 0.1 to 0.45 points in radius."""
    number = round(drawn(rng, count))
    size = (sheet.pixels(0.1), sheet.pixels(0.45))
    dark = specks(rng, sheet.shape, number, size)
    pale = specks(rng, sheet.shape, number // 3, size)
    dark, pale = (mask[..., None] if sheet.is_colour else mask for mask in (dark, pale))
    light = sheet.light * (1 - np.float32(rng.uniform(0.5, 0.9)) * dark)
    return sheet.lit(light + (1 - light) * pale)


def global_threshold(rng: np.random.Generator, sheet: Sheet, level: Span) -> Bits:
    """Return where ink is: darker than a level between the paper's tone and the ink's, in shares of that way.

    With each pixel's own sensitivity, as in Baird's defect model (1990).
    """
    grey = _grey(sheet)
    paper_tone, ink = float(np.percentile(grey, 70)), float(np.percentile(grey, 1))
    jitter = np.float32(0.02) * rng.standard_normal(grey.shape, dtype=np.float32)
    found: Bits = grey + jitter < ink + drawn(rng, level) * (paper_tone - ink)
    return found


def local_threshold(rng: np.random.Generator, sheet: Sheet, share: Span) -> Bits:
    """Return where ink is by the method of Sauvola and Pietikainen (2000), window 18 points, and all that is very dark.

    The method alone hollows out filled areas; scanners fill them.
    """
    grey = _grey(sheet)
    side = round(sheet.pixels(18)) | 1
    mean = cv2.boxFilter(grey, -1, (side, side))
    square = cv2.boxFilter(grey * grey, -1, (side, side))
    deviation = np.sqrt(np.maximum(square - mean * mean, 0))
    found: Bits = grey < mean * (1 + drawn(rng, share) * (deviation / 0.5 - 1))
    return found | global_threshold(rng, sheet, (0.48, 0.52))


def degraded(rng: np.random.Generator, ink: Bits, strength: float) -> Bits:
    """Flip pixels as Kanungo, Haralick and Phillips (1993): the nearer to an edge, the likelier; then close.

    `strength` 1 gives chances of 0.55 at an edge that fall with the square of the distance; far away 1 in 10,000.
    """
    dark = ink.astype(np.uint8)
    inside, outside = (cv2.distanceTransform(part, cv2.DIST_L2, 3) for part in (dark, 1 - dark))
    fall = float(rng.uniform(0.9, 1.6))
    flipped = ink.copy().reshape(-1)
    near = np.flatnonzero((inside < REACH) & (outside < REACH))  # farther away the chance is zero
    distance, is_ink = np.maximum(inside, outside).reshape(-1)[near], flipped[near]
    chance = np.where(is_ink, 0.55, 0.4) * strength * np.exp(-fall * distance**2)
    far = rng.integers(ink.size, size=rng.binomial(ink.size, 1e-4 * strength))
    flips = np.concatenate([near[rng.random(near.size, dtype=np.float32) < chance], far])
    flipped[flips] ^= True
    spoiled = flipped.reshape(ink.shape).astype(np.uint8)
    closed: Bits = cv2.morphologyEx(spoiled, cv2.MORPH_CLOSE, np.ones((2, 2), np.uint8)).astype(np.bool_)
    return closed


def one_bit(ink: Bits) -> Picture:
    """Return ink as a picture, 0 black and 255 white."""
    return np.where(ink, 0, 255).astype(np.uint8)


def eight_bit(sheet: Sheet) -> Picture:
    """Return the sheet's picture in steps of 1 in 255."""
    picture: Picture = np.rint(sheet.light * 255).astype(np.uint8)
    return picture


def _grey(sheet: Sheet) -> Plane:
    grey: Plane = sheet.light @ np.array([0.3, 0.59, 0.11], np.float32) if sheet.is_colour else sheet.light
    return grey
