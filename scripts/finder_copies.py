"""Spoils drawn parts of pages as offices' machines do: pens and stamps over them, broken rulings, grain, one bit, bends.

Goes with `finder_pages.py`; see there.
"""

from __future__ import annotations

import math

import cv2
import numpy as np
from finder_pages import FINDER_DPI, FOREIGN, HORIZONTAL, PRINT, SIDE, VERTICAL, Floats, Grey, Part, Rng
from numpy.typing import NDArray


def composed(rng: Rng, made: Part, other: Part | None) -> tuple[Floats, NDArray[np.uint8]]:
    """Return the part as grey 0 to 1 with foreign ink over it, rulings broken as machines break them, and its map."""
    lines, maps = made.lines.copy(), made.maps.copy()
    if rng.random() < 0.35:
        lines *= _breaks(rng, lines.shape)
    dark = np.maximum(made.fill, lines)
    ink = made.ink
    dark = np.where(made.white, np.minimum(dark, 1 - ink), np.maximum(dark, ink))
    picture = 1 - dark
    if rng.random() < 0.35:
        _foreign(rng, picture, maps)
    if rng.random() < 0.12:
        _streaks(rng, picture)
    if other is not None and rng.random() < 0.12:
        through = cv2.GaussianBlur(np.maximum(other.ink, other.lines)[:, ::-1], (0, 0), rng.uniform(2, 6))
        picture *= 1 - rng.uniform(0.1, 0.45) * through
    return picture.astype(np.float32), maps


def _breaks(rng: Rng, shape: tuple[int, ...]) -> Floats:
    """Return what remains of thin lines: gaps of one to a dozen points, faint stretches, frayed pixels."""
    kept = np.ones(shape, np.float32)
    for _ in range(int(rng.integers(10, 400))):
        y, x = int(rng.integers(shape[0])), int(rng.integers(shape[1]))
        long, wide = int(rng.uniform(4, 46)), int(rng.uniform(4, 14))
        high, across = (long, wide) if rng.random() < 0.5 else (wide, long)
        kept[y : y + high, x : x + across] = rng.choice((0.0, 0.0, 0.3))
    if rng.random() < 0.5:
        field = _noise(rng, shape, rng.uniform(8, 60))
        kept *= np.clip(0.5 + 2.2 * (field + rng.uniform(0.0, 0.5)), 0, 1)
    return kept


def _noise(rng: Rng, shape: tuple[int, ...], scale: float) -> Floats:
    """Return smooth noise of mean 0, mostly within -0.5 to 0.5; `scale` pixels is its grain."""
    small = rng.normal(0, 0.35, (max(2, round(shape[0] / scale)), max(2, round(shape[1] / scale)))).astype(
        np.float32
    )
    return cv2.resize(small, (shape[1], shape[0]), interpolation=cv2.INTER_CUBIC)


def _foreign(rng: Rng, picture: Floats, maps: NDArray[np.uint8]) -> None:
    """Draw pens' strokes, handwriting, stamps."""
    layer = np.zeros(picture.shape, np.uint8)
    side = picture.shape[0]
    for _ in range(int(rng.integers(1, 4))):
        kind, wide = rng.random(), int(rng.integers(2, 11))
        x, y = rng.uniform(0, side, 2)
        if kind < 0.12:  # a line drawn by hand or along an edge: not quite horizontal, not quite vertical
            reach, slope = rng.uniform(150, 900), rng.normal(0, 0.03)
            step = np.array([reach, slope * reach] if rng.random() < 0.7 else [slope * reach, reach])
            cv2.line(layer, (int(x), int(y)), (int(x + step[0]), int(y + step[1])), 255, wide, cv2.LINE_AA)
        elif kind < 0.35:
            points = _curve(rng, x, y, int(rng.integers(3, 12)), rng.uniform(40, 260))
            cv2.polylines(layer, [points], False, 255, wide, cv2.LINE_AA)
        elif kind < 0.6:  # handwriting: small loops that go on to the right
            size = rng.uniform(16, 50)
            steps = np.arange(int(rng.integers(20, 90)))
            xs = (
                x
                + steps * size * 0.22
                + rng.normal(0, size * 0.3, len(steps)).cumsum() * 0.15
                + size * 0.3 * np.sin(steps * 1.7)
            )
            ys = y + size * rng.uniform(0.4, 1.0) * np.sin(steps * 1.1 + rng.uniform(0, 6)) * rng.uniform(
                0.3, 1, len(steps)
            )
            points = _smooth(np.stack([xs, ys], 1))
            cv2.polylines(layer, [points], False, 255, max(2, wide // 2), cv2.LINE_AA)
        elif kind < 0.85:
            radius = int(rng.uniform(80, 330))
            for r in (radius, radius - int(rng.uniform(6, 40)), int(radius * 0.6)):
                cv2.circle(
                    layer, (int(x), int(y)), r, 255, max(2, int(wide * rng.uniform(0.4, 1))), cv2.LINE_AA
                )
            _letters(rng, layer, x, y, radius * 0.8)
        else:
            box = cv2.boxPoints(
                ((x, y), (rng.uniform(200, 700), rng.uniform(80, 300)), float(rng.uniform(-25, 25)))
            ).astype(np.int32)
            cv2.polylines(layer, [box], True, 255, wide, cv2.LINE_AA)
            _letters(rng, layer, x, y, 70)
    ink = layer.astype(np.float32) / 255
    if rng.random() < 0.5:
        ink *= np.clip(0.75 + _noise(rng, ink.shape, rng.uniform(3, 12)), 0, 1)
    maps[ink > 0.3] |= np.uint8(FOREIGN)
    picture *= 1 - rng.uniform(0.3, 1.0) * ink


def _letters(rng: Rng, layer: Grey, x: float, y: float, radius: float) -> None:
    scale = max(0.5, radius / 110)
    for angle in np.arange(0, 2 * math.pi, 0.28):
        place = (int(x + radius * math.cos(angle)), int(y + radius * math.sin(angle)))
        cv2.putText(
            layer,
            chr(int(rng.integers(65, 91))),
            place,
            cv2.FONT_HERSHEY_SIMPLEX,
            scale,
            255,
            max(1, round(2 * scale)),
            cv2.LINE_AA,
        )


def _curve(rng: Rng, x: float, y: float, count: int, step: float) -> NDArray[np.int32]:
    angle = rng.uniform(0, 2 * math.pi) + np.cumsum(rng.normal(0, rng.choice((0.1, 0.5, 1.2)), count))
    places = np.stack([x + np.cumsum(step * np.cos(angle)), y + np.cumsum(step * np.sin(angle))], 1)
    return _smooth(places)


def _smooth(places: NDArray[np.float64]) -> NDArray[np.int32]:
    at = np.linspace(0, len(places) - 1, 12 * len(places))
    dense = np.stack([np.interp(at, np.arange(len(places)), places[:, k]) for k in (0, 1)], 1)
    kernel = np.hanning(15) / np.hanning(15).sum()
    padded = np.pad(dense, ((7, 7), (0, 0)), mode="edge")
    return np.stack([np.convolve(padded[:, k], kernel, "valid") for k in (0, 1)], 1).astype(np.int32)


def _streaks(rng: Rng, picture: Floats) -> None:
    """Draw what a scanner adds: a thin line through the whole part, a fold, the lid's dark edge."""
    side, kind = picture.shape[0], rng.random()
    at = int(rng.integers(0, side))
    turned = picture.T if rng.random() < 0.5 else picture
    if kind < 0.5:
        turned[at : at + int(rng.integers(1, 5)), :] *= rng.uniform(0.3, 0.9)
    elif kind < 0.75:
        profile = np.exp(-np.abs(np.arange(side) - at) / rng.uniform(4, 30))
        turned *= (1 - rng.uniform(0.1, 0.5) * profile[:, None]).astype(np.float32)
    else:
        turned[: int(rng.uniform(4, 60)), :] *= rng.uniform(0.0, 0.5)


def copied(
    rng: Rng, picture: Floats, maps: NDArray[np.uint8], side: int = SIDE
) -> tuple[Grey, NDArray[np.uint8]]:
    """Copy a part: warp, blur, grain, one bit or grey, generations; return it and its map at `FINDER_DPI`."""
    warp = _warp(rng, picture.shape[0])
    picture = cv2.remap(picture, *warp, cv2.INTER_LINEAR, borderValue=1.0)
    maps = cv2.remap(maps, *warp, cv2.INTER_NEAREST, borderValue=0)
    dpi = int(rng.choice((150, 150, 200, 200, 200, 240, 300, 300)))
    size = side * dpi // FINDER_DPI
    grey = cv2.resize(picture, (size, size), interpolation=cv2.INTER_AREA)
    clean = rng.random() < 0.2
    generations = 0 if clean else int(rng.choice((1, 1, 1, 2, 3)))
    for _ in range(generations):
        grey = _generation(rng, grey, dpi)
    if rng.random() < 0.4:
        grey = _one_bit(rng, grey)
    if rng.random() < 0.4:
        grey = grey * (
            1 + rng.uniform(0.05, 0.3) * _noise(rng, grey.shape, rng.uniform(150, 600)) - rng.uniform(0, 0.15)
        )
    eight = np.clip(grey * 255, 0, 255).astype(np.uint8)
    if rng.random() < 0.5:
        _, data = cv2.imencode(".jpg", eight, [cv2.IMWRITE_JPEG_QUALITY, int(rng.integers(15, 90))])
        eight = cv2.imdecode(data, cv2.IMREAD_GRAYSCALE)
    if dpi != FINDER_DPI:
        eight = cv2.resize(eight, (side, side), interpolation=cv2.INTER_AREA)
    return eight, _reduced(maps, side)


def _reduced(maps: NDArray[np.uint8], side: int) -> NDArray[np.uint8]:
    found = np.zeros((side, side), np.uint8)
    for bit in (HORIZONTAL, VERTICAL, PRINT, FOREIGN):
        share = cv2.resize(((maps & bit) > 0).astype(np.float32), (side, side), interpolation=cv2.INTER_AREA)
        found[share >= 0.45] |= np.uint8(bit)
    return found


def _warp(rng: Rng, size: int) -> tuple[Floats, Floats]:
    y, x = np.mgrid[:size, :size].astype(np.float32)
    angle = math.radians(rng.normal(0, 0.25) if rng.random() < 0.85 else rng.uniform(-2.5, 2.5))
    middle = size / 2
    x2 = (x - middle) * math.cos(angle) - (y - middle) * math.sin(angle) + middle
    y2 = (x - middle) * math.sin(angle) + (y - middle) * math.cos(angle) + middle
    if rng.random() < 0.4:
        reach = rng.uniform(0, 5)
        x2 += reach * _noise(rng, x.shape, rng.uniform(150, 500))
        y2 += reach * _noise(rng, x.shape, rng.uniform(150, 500))
    return x2.astype(np.float32), y2.astype(np.float32)


def _generation(rng: Rng, grey: Floats, dpi: int) -> Floats:
    """Print and scan once: blur, toner that is uneven, spread or lost, grain and dirt, contrast."""
    grey = cv2.GaussianBlur(grey, (0, 0), rng.uniform(0.25, 1.1) * dpi / 200)
    if rng.random() < 0.3:
        toner = np.clip(
            rng.uniform(0.75, 1.1) + rng.uniform(0.2, 0.8) * _noise(rng, grey.shape, rng.uniform(20, 300)),
            0.1,
            1,
        )
        grey = 1 - (1 - grey) * toner
    if rng.random() < 0.35:
        kernel = np.ones((2, 2), np.uint8)
        grey = cv2.erode(grey, kernel) if rng.random() < 0.5 else cv2.dilate(grey, kernel)
    grey = grey + rng.normal(0, rng.uniform(0.01, 0.12), grey.shape).astype(np.float32)
    if rng.random() < 0.3:
        dirt = rng.random(grey.shape) < rng.uniform(0.0002, 0.01)
        grey = np.where(dirt, rng.random(grey.shape), grey).astype(np.float32)
    if rng.random() < 0.35:
        return (
            _one_bit(rng, grey)
            if rng.random() < 0.5
            else np.clip((grey - 0.5) * rng.uniform(1.2, 3) + 0.55, 0, 1).astype(np.float32)
        )
    low, high = rng.uniform(0, 0.35), rng.uniform(0.75, 1.0)
    return np.clip(low + (high - low) * grey, 0, 1).astype(np.float32)


def _one_bit(rng: Rng, grey: Floats) -> Floats:
    if rng.random() < 0.5:
        ground = cv2.blur(grey, (31, 31))
        return (grey > ground - rng.uniform(0.05, 0.25)).astype(np.float32)
    return (grey > rng.uniform(0.35, 0.75)).astype(np.float32)
