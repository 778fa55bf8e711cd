"""Turns a seed and the grid of a page into a stamp's and a pen's ink on it."""

import math
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import cv2
import numpy as np
import reportlab
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

Mask = NDArray[np.float32]  # share of ink, 0 to 1
Picture = NDArray[np.uint8]
Frame = tuple[float, float, float, float]  # x0, top, x1, bottom in points

STAMP_COLOURS = ((58, 46, 148), (36, 58, 160), (92, 44, 140))
PEN_COLOURS = ((28, 44, 132), (30, 30, 36), (20, 60, 150))
RING_TEXT = "PEMERINTAH DAERAH * KANTOR CONTOH * "
CENTRE_TEXT = "CONTOH"


@dataclass(frozen=True)
class Stroke:
    """Foreign ink on a page: where it is, as shares of 0 to 1 a pixel, and its colour (RGB)."""

    mask: Mask
    colour: tuple[int, int, int]


def stamp(rng: np.random.Generator, shape: tuple[int, int], scale: float, frame: Frame) -> Stroke:
    """An inked round stamp with two rings and text, its centre inside `frame`; `scale` is pixels a point."""
    radius = rng.uniform(46, 56)
    middle = _inside(rng, frame, 0.35 * radius)
    size = round(2.2 * radius * scale)
    patch = _stamp_patch(size, radius * scale)
    turn = cv2.getRotationMatrix2D((size / 2, size / 2), rng.uniform(-35, 35), 1.0)
    turn[:, 2] += (middle[0] * scale - size / 2, middle[1] * scale - size / 2)
    mask = cv2.warpAffine(patch, turn, (shape[1], shape[0]), flags=cv2.INTER_LINEAR)
    strength = rng.uniform(0.62, 0.85) * (1 - 0.45 * cloud(rng, shape, 14))
    return Stroke((mask * strength).astype(np.float32), STAMP_COLOURS[rng.integers(len(STAMP_COLOURS))])


def signature(rng: np.random.Generator, shape: tuple[int, int], scale: float, frame: Frame) -> Stroke:
    """A pen's signature: loops, a long run-out and an underline, its middle inside `frame`."""
    width, height = rng.uniform(130, 180), rng.uniform(42, 60)
    x, y = _inside(rng, frame, 20)
    path = _signature_path(rng, width, height) + np.array([x - width / 2, y])
    mask = np.zeros(shape, np.uint8)
    pressure = rng.uniform(0.55, 0.8) * scale
    for start, end in pairwise(path):
        slow = 1.0 / (0.6 + np.hypot(*(end - start)) / 3.0)
        thick = max(1, round(pressure * float(np.clip(1.3 * slow, 0.8, 1.6)) * 2))
        ends = [tuple(int(v) for v in np.rint(point * scale * 16)) for point in (start, end)]
        cv2.line(mask, ends[0], ends[1], 255, thick, cv2.LINE_AA, shift=4)
    strength = np.float32(rng.uniform(0.82, 0.95)) / 255
    return Stroke(mask.astype(np.float32) * strength, PEN_COLOURS[rng.integers(len(PEN_COLOURS))])


def cloud(rng: np.random.Generator, shape: tuple[int, int], cells: int) -> Mask:
    """A smooth random surface of 0 to 1 with about `cells` hills along the longer side."""
    longest = max(shape)
    small = rng.random([max(2, round(side * cells / longest)) for side in shape], dtype=np.float32)
    surface = cv2.resize(small, (shape[1], shape[0]), interpolation=cv2.INTER_CUBIC)
    clipped: Mask = np.clip(surface, 0, 1)
    return clipped


def inked(picture: Picture, stroke: Stroke) -> Picture:
    """The picture (RGB) under one more ink, which darkens what lies below it."""
    rows, columns = np.nonzero(stroke.mask > 0.01)
    if not rows.size:
        return picture
    part = (slice(rows.min(), rows.max() + 1), slice(columns.min(), columns.max() + 1))
    keeps = 1 - np.array(stroke.colour, np.float32) / 255
    result = picture.copy()
    result[part] = np.rint(picture[part] * (1 - stroke.mask[part][..., None] * keeps)).astype(np.uint8)
    return result


def _inside(rng: np.random.Generator, frame: Frame, margin: float) -> tuple[float, float]:
    x0, top, x1, bottom = frame
    inner = (min(margin, (x1 - x0) / 2), min(margin, (bottom - top) / 2))
    return rng.uniform(x0 + inner[0], x1 - inner[0]), rng.uniform(top + inner[1], bottom - inner[1])


def _stamp_patch(size: int, radius: float) -> Mask:
    """The stamp upright: rings, text along the ring, a star and a word in the middle."""
    image = Image.new("L", (size, size), 0)
    middle = size / 2
    for share, width in ((1.0, 0.045), (0.94, 0.015), (0.62, 0.02)):
        _ring(image, middle, radius * share, radius * width)
    letters = (RING_TEXT * 2)[: len(RING_TEXT)]
    for index, letter in enumerate(letters):
        _letter(image, letter, middle, radius * 0.78, 2 * math.pi * index / len(letters), radius * 0.2)
    pen = ImageDraw.Draw(image)
    pen.text((middle, middle + radius * 0.2), CENTRE_TEXT, fill=255, font=_font(radius * 0.22), anchor="mm")
    pen.polygon(_star(middle, middle - radius * 0.15, radius * 0.24), fill=255)
    return np.asarray(image, np.float32) / np.float32(255)


def _ring(image: Image.Image, middle: float, radius: float, width: float) -> None:
    box = (middle - radius, middle - radius, middle + radius, middle + radius)
    ImageDraw.Draw(image).ellipse(box, outline=255, width=max(1, round(width)))


def _letter(image: Image.Image, letter: str, middle: float, radius: float, angle: float, size: float) -> None:
    tile = Image.new("L", (round(2 * size), round(2 * size)), 0)
    ImageDraw.Draw(tile).text((size, size), letter, fill=255, font=_font(size), anchor="mm")
    tile = tile.rotate(-math.degrees(angle), resample=Image.Resampling.BICUBIC)
    x, y = middle + radius * math.sin(angle) - size, middle - radius * math.cos(angle) - size
    image.paste(255, (round(x), round(y)), tile)


def _star(x: float, y: float, radius: float) -> list[tuple[float, float]]:
    reach = [radius if tip % 2 == 0 else 0.4 * radius for tip in range(10)]
    return [
        (x + r * math.sin(math.pi * n / 5), y - r * math.cos(math.pi * n / 5)) for n, r in enumerate(reach)
    ]


def _font(size: float) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(Path(reportlab.__file__).parent / "fonts" / "VeraBd.ttf"), size)


def _signature_path(rng: np.random.Generator, width: float, height: float) -> NDArray[np.float64]:
    """A smooth way through random turning points, in points from the left end of the signature's middle line."""
    turns = int(rng.integers(9, 14))
    along = np.linspace(0.05, 0.62, turns) + rng.normal(0, 0.02, turns)
    up = (
        np.where(np.arange(turns) % 2 == 0, -1.0, 1.0)
        * rng.uniform(0.35, 1.0, turns)
        * np.linspace(1, 0.5, turns)
    )
    knots = np.column_stack([along * width, up * height / 2])
    tail = np.array([(0.8, 0.1), (1.0, -0.35), (0.75, 0.42), (0.1, 0.62), (0.9, 0.5)]) * (width, height)
    return _smooth(np.vstack([knots, tail]))


def _smooth(knots: NDArray[np.float64], steps: int = 18) -> NDArray[np.float64]:
    """A Catmull-Rom curve through the knots."""
    padded = np.vstack([knots[:1], knots, knots[-1:]])
    t = np.linspace(0, 1, steps, endpoint=False)[:, None]
    curve = []
    for a, b, c, d in zip(padded[:-3], padded[1:-2], padded[2:-1], padded[3:], strict=True):
        curve.append(
            0.5 * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t**2 + (3 * b - a - 3 * c + d) * t**3)
        )
    return np.vstack(curve)
