"""Wears a printed sheet before it is scanned: poor toner, show-through, folds, staples, holes."""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np

from benchmarks.drawing.copying.sheet import Sheet
from benchmarks.drawing.copying.texture import Span, drawn, drift


def faint(rng: np.random.Generator, sheet: Sheet, lost: Span) -> Sheet:
    """Print with an old cartridge: faint bands along the way of the paper, thin places, small drop-outs."""
    height, width = sheet.shape
    across = np.interp(
        np.arange(width), np.linspace(0, width, 24), np.clip(rng.normal(0.25, 0.35, 24), 0, 1)
    ).astype(np.float32)
    soft = np.clip(0.5 + 0.35 * drift(rng, sheet.shape, waves=5), 0, 1)
    most = drawn(rng, lost)
    thin = most * np.clip(0.65 * across[None, :] + 0.35 * soft, 0, 1)
    holes = drift(rng, (height // 2, width // 2), waves=420, slope=0.2)
    holes = cv2.resize(holes, (width, height), interpolation=cv2.INTER_LINEAR)
    thin = np.maximum(thin, np.where(holes > 2.9 - most, most, 0)).astype(np.float32)
    thin = thin[..., None] if sheet.is_colour else thin
    return sheet.lit(1 - (1 - sheet.light) * (1 - thin))


def bled(rng: np.random.Generator, sheet: Sheet, behind: Sheet, share: Span) -> Sheet:
    """Let the page on the other side shine through: mirrored, softened, fainter, and not everywhere alike."""
    other = cv2.resize(behind.light, sheet.shape[::-1], interpolation=cv2.INTER_AREA)
    other = cv2.GaussianBlur(other[:, ::-1], (0, 0), sheet.pixels(rng.uniform(0.35, 0.8)))
    strength = np.clip(drawn(rng, share) * (1 + 0.25 * drift(rng, sheet.shape, waves=4)), 0, 0.6)
    strength = strength[..., None] if sheet.is_colour else strength
    return sheet.lit(sheet.light * (1 - strength * (1 - other)))


def folded(rng: np.random.Generator, sheet: Sheet, count: int) -> Sheet:
    """Fold the sheet and open it again: a dark and a light line beside each other, toner flaked off along it."""
    light = sheet.light.copy()
    height, width = sheet.shape
    for _ in range(count):
        vertical = bool(rng.random() < 0.35)
        across, along = (width, height) if vertical else (height, width)
        place = across * float(rng.choice((1 / 3, 1 / 2, 2 / 3))) + sheet.pixels(float(rng.normal(0, 8)))
        run = (
            place
            + sheet.pixels(1.2) * drift(rng, (1, along), waves=5)[0]
            + np.linspace(-1, 1, along) * sheet.pixels(rng.normal(0, 2))
        )
        distance = np.arange(across, dtype=np.float32)[:, None] - run[None, :]
        wide = sheet.pixels(float(rng.uniform(0.5, 1.1)))
        shade = (
            1
            - 0.22 * np.exp(-(((distance - wide) / wide) ** 2))
            - 0.06 * np.exp(-np.abs(distance) / (12 * wide))
        )
        flaked = np.exp(-((distance / (0.35 * wide)) ** 2)) * (rng.random((1, along)) < 0.25)
        shade, flaked = ((part.T if vertical else part).astype(np.float32) for part in (shade, flaked))
        if sheet.is_colour:
            shade, flaked = shade[..., None], flaked[..., None]
        light = (light + (1 - light) * 0.6 * flaked) * shade
    return sheet.lit(light)


def bound(rng: np.random.Generator, sheet: Sheet) -> Sheet:
    """Punch two or four holes into an edge and leave a staple, or the two holes of one, in a corner."""
    light, foreign = sheet.light.copy(), sheet.foreign.copy()
    height, width = sheet.shape
    vertical = bool(rng.random() < 0.7)
    count, length = int(rng.choice((2, 4))), height if vertical else width
    inset = sheet.pixels(float(rng.uniform(18, 27)))
    for n in range(count):
        along = length / 2 + (n - (count - 1) / 2) * sheet.pixels(227)
        if not 0 < along < length:
            continue
        place = (inset, along) if vertical else (along, inset)
        radius = sheet.pixels(float(rng.uniform(7.3, 8.3)))
        for ring, tone in ((radius, 0.75), (radius * 0.93, float(rng.uniform(0.03, 0.2)))):
            _disc(light, place, ring, tone)
        marked = foreign.astype(np.uint8)
        _disc(marked, place, radius, 1)
        foreign = marked.astype(np.bool_)
    _staple(rng, light, sheet)
    return replace(sheet.lit(light), foreign=foreign)


def _disc(picture: np.ndarray, place: tuple[float, float], radius: float, tone: float) -> None:
    middle = (round(place[0] * 16), round(place[1] * 16))
    cv2.circle(picture, middle, round(radius * 16), (tone, tone, tone), -1, cv2.LINE_AA, 4)


def _staple(rng: np.random.Generator, light: np.ndarray, sheet: Sheet) -> None:
    x, y = (sheet.pixels(float(value)) for value in rng.uniform(14, 30, 2))
    turn = float(rng.choice((0.0, np.pi / 2, np.pi / 4))) + float(rng.normal(0, 0.08))
    half = sheet.pixels(6)
    ends = [
        (round((x + s * half * np.cos(turn)) * 16), round((y + s * half * np.sin(turn)) * 16))
        for s in (-1, 1)
    ]
    if rng.random() < 0.5:
        for end in ends:
            cv2.circle(light, end, round(sheet.pixels(0.6) * 16), (0.1, 0.1, 0.1), -1, cv2.LINE_AA, 4)
        return
    start, end = ends
    cv2.line(light, start, end, (0.2, 0.2, 0.2), max(1, round(sheet.pixels(1.1))), cv2.LINE_AA, 4)
    start, end = ((a, b - round(sheet.pixels(0.35) * 16)) for a, b in ends)
    cv2.line(light, start, end, (0.8, 0.8, 0.8), max(1, round(sheet.pixels(0.4))), cv2.LINE_AA, 4)
