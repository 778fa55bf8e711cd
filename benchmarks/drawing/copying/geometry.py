"""Moves each point of a sheet: skewed, bent at the spine, photographed, or copied a little off its size."""

from __future__ import annotations

from dataclasses import dataclass, replace

import cv2
import numpy as np

from benchmarks.drawing.copying.sheet import Sheet
from benchmarks.drawing.copying.texture import Plane, Span, drawn, drift

White = 1.0


def skewed(rng: np.random.Generator, sheet: Sheet, degrees: Span, *, around: float = White) -> Sheet:
    """Turn the sheet to either side about its middle; `around` is the light beside it."""
    return _moved(rng, sheet, drawn(rng, degrees) * rng.choice((-1, 1)), 1.0, 0.0, around)


def copied_off(rng: np.random.Generator, sheet: Sheet, degrees: float, stretch: float, shift: float) -> Sheet:
    """Lay the sheet on a copier's glass: a small turn, a slightly different size, a shift in points."""
    turn = float(rng.normal(0, degrees / 2))
    return _moved(rng, sheet, turn, 1 + float(rng.uniform(-stretch, stretch)), shift, White)


def _moved(
    rng: np.random.Generator, sheet: Sheet, degrees: float, size: float, shift: float, around: float
) -> Sheet:
    height, width = sheet.shape
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, size)
    matrix[:, 2] += rng.uniform(-1, 1, 2) * sheet.pixels(shift)
    border = (around, around, around)
    light = cv2.warpAffine(
        sheet.light,
        matrix,
        (width, height),
        flags=cv2.INTER_LINEAR,
        borderMode=cv2.BORDER_CONSTANT,
        borderValue=border,
    )
    return sheet.lit(light)


def bent(rng: np.random.Generator, sheet: Sheet, rise: Span, reach: Span) -> Sheet:
    """Bend the sheet up at its spine, like a bound volume on the glass.

    The paper rises off the glass by up to `rise` (of the lens's distance) and falls back over `reach` (of the width
    across the spine). Higher parts look smaller to the lens, steep paper is foreshortened and gives back less light.
    The spine is the left edge, or the top one (a landscape page bound with portrait ones).
    """
    across = bool(sheet.shape[1] > sheet.shape[0] and rng.random() < 0.5)
    turned = replace(sheet, light=_swapped(sheet.light)) if across else sheet
    if not across and rng.random() < 0.5:
        turned = replace(turned, light=turned.light[:, ::-1])
        return _back(_bent(rng, turned, rise, reach), across=False, mirrored=True)
    return _back(_bent(rng, turned, rise, reach), across=across, mirrored=False)


def _swapped(light: Plane) -> Plane:
    return np.ascontiguousarray(np.swapaxes(light, 0, 1))


def _back(sheet: Sheet, *, across: bool, mirrored: bool) -> Sheet:
    light = _swapped(sheet.light) if across else sheet.light
    return replace(sheet, light=np.ascontiguousarray(light[:, ::-1] if mirrored else light))


def _bent(rng: np.random.Generator, sheet: Sheet, rise: Span, reach: Span) -> Sheet:
    height, width = sheet.shape
    top, fall = drawn(rng, rise), drawn(rng, reach) * width
    flat = np.arange(width * 2, dtype=np.float32)  # along the paper, in pixels
    lens = 1.6 * width  # distance of the lens, in pixels
    lift = top * lens * np.exp(-((flat / fall) ** 1.6))
    slope = np.gradient(lift)
    seen = np.cumsum(np.sqrt(np.maximum(1 - np.minimum(slope**2, 0.9), 0.1)))
    # Seen from above each step along steep paper is shorter; the far edge stays where it was.
    seen += width - np.interp(width, flat, seen)
    columns = np.arange(width, dtype=np.float32)
    source = np.interp(columns, seen, flat, left=-1.0).astype(np.float32)
    high = np.interp(source, flat, lift)
    rows = np.arange(height, dtype=np.float32)[:, None]
    middle = height * float(rng.uniform(0.35, 0.65))
    map_y = (middle + (rows - middle) * (1 + high / lens)[None, :]).astype(np.float32)
    map_x = np.broadcast_to(source[None, :], (height, width)).astype(np.float32)
    light = cv2.remap(
        sheet.light,
        np.ascontiguousarray(map_x),
        map_y,
        cv2.INTER_LINEAR,
        borderMode=cv2.BORDER_CONSTANT,
        borderValue=(0.25, 0.25, 0.25),
    )
    steep = np.interp(source, flat, np.abs(slope))
    shade = (1 - 0.45 * steep / max(1.0, float(steep.max()))) * (1 - 0.5 * high / max(float(lift.max()), 1))
    return sheet.lit(light).times(np.broadcast_to(shade[None, :], (height, width)).astype(np.float32))


@dataclass(frozen=True, slots=True)
class View:
    """How a camera sees a sheet: how far corners move and what part of the frame is page, as shares of its sides."""

    tilt: Span
    margin: Span


def photographed(rng: np.random.Generator, sheet: Sheet, view: View) -> Sheet:
    """Return the picture that a camera held by hand takes of the sheet on a table."""
    height, width = sheet.shape
    tilt, margin = drawn(rng, view.tilt), drawn(rng, view.margin)
    corners = np.array([(0, 0), (width, 0), (width, height), (0, height)], np.float32)
    middle = corners.mean(axis=0)
    inner = middle + (corners - middle) * (1 - 2 * margin)
    sides = np.array([width, height], np.float32)
    moved = inner + rng.uniform(-1, 1, (4, 2)).astype(np.float32) * tilt * sides
    moved = np.clip(moved, 2, sides - 3).astype(np.float32)
    matrix = cv2.getPerspectiveTransform(corners, moved)
    page = cv2.warpPerspective(sheet.light, matrix, (width, height), flags=cv2.INTER_AREA)
    cover = cv2.warpPerspective(np.ones(sheet.shape, np.float32), matrix, (width, height))
    shadow = cv2.GaussianBlur(cover, (0, 0), sheet.pixels(6))
    table = _table(rng, sheet) * (1 - 0.35 * (shadow if not sheet.is_colour else shadow[..., None]))
    share = cover[..., None] if sheet.is_colour else cover
    return sheet.lit(page * share + table * (1 - share))


def _table(rng: np.random.Generator, sheet: Sheet) -> Plane:
    """Return the table's top below the sheet: darker than paper, with a grain along one way."""
    height, width = sheet.shape
    grain = drift(rng, (max(8, height // 40), width), waves=60, slope=0.8)
    grain = cv2.resize(grain, (width, height), interpolation=cv2.INTER_LINEAR)
    tone = float(rng.uniform(0.15, 0.5)) + 0.035 * grain + 0.03 * drift(rng, sheet.shape)
    tints = np.array([(1.0, 0.78, 0.55), (0.9, 0.9, 0.95), (0.6, 0.75, 0.65)], np.float32)
    tinted = tone[..., None] * tints[rng.integers(len(tints))] if sheet.is_colour else tone
    return np.clip(tinted, 0.02, 0.75).astype(np.float32)


def uneven(rng: np.random.Generator, sheet: Sheet, lost: Span) -> Sheet:
    """Light that comes from one side and falls off, with soft shadows; `lost` of it where it is darkest."""
    height, width = sheet.shape
    y, x = np.mgrid[0:height:8, 0:width:8].astype(np.float32)
    lamp = rng.uniform(-0.4, 1.4, 2) * (width, height)
    far = np.hypot(x - lamp[0], y - lamp[1])
    fall = (far - far.min()) / max(float(far.max() - far.min()), 1)
    soft = drift(rng, fall.shape, waves=3)
    dark = np.clip(0.8 * fall**1.3 + 0.2 * (soft + 2) / 4, 0, 1)
    small = (1 - drawn(rng, lost) * dark).astype(np.float32)
    return sheet.times(cv2.resize(small, (width, height), interpolation=cv2.INTER_LINEAR))


def lid(rng: np.random.Generator, sheet: Sheet, width: Span) -> Sheet:
    """Black where the lid is not closed: a band along one to three edges, with the sheet's soft shadow beside it."""
    light = sheet.light.copy()
    height, across = sheet.shape
    for side in rng.choice(4, size=int(rng.integers(1, 4)), replace=False):
        band = sheet.pixels(drawn(rng, width))
        length = across if side % 2 else height
        edge = (
            band * (1 + float(rng.uniform(-0.4, 0.4)) * np.linspace(-1, 1, length))
            + drift(rng, (1, length), waves=4)[0]
        )
        depth = np.arange(height if side % 2 else across, dtype=np.float32)
        # 0 in the band, 1 on the sheet; the sheet's edge throws a shadow some two points deep.
        step = np.clip((depth[None, :] - edge[:, None]) / sheet.pixels(0.5), 0, 1)
        shade = 1 - 0.4 * np.exp(-np.maximum(depth[None, :] - edge[:, None], 0) / sheet.pixels(2.5))
        factor = (0.06 + 0.94 * step * shade).astype(np.float32)
        factor = factor.T if side % 2 else factor
        factor = factor[:, ::-1] if side == 2 else factor[::-1] if side == 3 else factor
        light *= factor[..., None] if sheet.is_colour else factor
    return sheet.lit(light)
