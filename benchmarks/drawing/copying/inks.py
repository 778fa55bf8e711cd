"""Puts foreign ink on a printed sheet: an office's stamp, a signature, strokes of a pen and handwritten notes."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import replace
from functools import cache
from itertools import pairwise
from pathlib import Path

import cv2
import numpy as np
import reportlab
from PIL import Image, ImageDraw, ImageFont

from benchmarks.drawing.copying.sheet import Sheet
from benchmarks.drawing.copying.texture import Plane, drift

STAMPS = ((70, 40, 150), (30, 60, 170), (150, 30, 50), (30, 110, 80), (60, 60, 70))
PENS = ((20, 30, 120), (25, 25, 30), (10, 70, 150), (150, 20, 30))
RINGS = (
    "PEMERINTAH KABUPATEN ANGIN",
    "KANTOR ARSIP DAERAH",
    "SEKRETARIAT BALAI UJI",
    "DINAS PERIKANAN KOTA RIMBA",
)
NOTES = (
    "acc",
    "cek lagi",
    "sudah",
    "revisi hal ini",
    "ok 12/3",
    "tambah 1",
    "lihat lamp.",
    "belum ada",
    "setuju",
    "?? tgl",
)
HANDS = (
    "Breip",
    "Dancing Script",
    "Kristi",
    "DkgHandwriting",
)  # faces of handwriting, taken where they are installed
LEAST = 0.12  # share of ink from which a point counts as covered


def stamped(rng: np.random.Generator, sheet: Sheet) -> Sheet:
    """Press a round or a framed stamp on the sheet, its middle anywhere but in the margins."""
    scale = sheet.dpi / 72
    patch = _round_stamp(rng, scale) if rng.random() < 0.75 else _framed_stamp(rng, scale)
    mask = _placed(rng, sheet, patch, float(rng.uniform(-35, 35)))
    worn = np.clip(0.8 + 0.22 * drift(rng, sheet.shape, waves=30, slope=0.9), 0.15, 1)
    return inked(
        sheet,
        (mask * worn * float(rng.uniform(0.5, 0.8))).astype(np.float32),
        STAMPS[rng.integers(len(STAMPS))],
    )


def signed(rng: np.random.Generator, sheet: Sheet) -> Sheet:
    """Sign across the sheet: a run of loops that grows flat, and a long stroke under it."""
    t = np.linspace(0, 1, 400)
    loops, width, height = rng.uniform(4, 8), rng.uniform(90, 170), rng.uniform(22, 45)
    flat = height * (1 - 0.75 * t) * np.sin(2 * np.pi * loops * t + rng.uniform(0, 6))
    x = width * (t + 0.06 * np.cos(2 * np.pi * loops * t)) + 3 * np.sin(2 * np.pi * t * rng.uniform(1, 3))
    y = flat * (0.6 + 0.4 * np.sin(2 * np.pi * t * rng.uniform(0.5, 2)))
    under = np.stack(
        [
            np.linspace(width, -0.1 * width, 60),
            height * rng.uniform(0.3, 0.7) + 6 * np.sin(np.linspace(0, 3, 60)),
        ],
        1,
    )
    path = np.concatenate([np.stack([x, y], 1), under])
    place = _somewhere(rng, sheet) - np.array([width / 2, 0])
    return _pen(rng, sheet, [path + place], float(rng.uniform(0.9, 1.6)))


def marked(rng: np.random.Generator, sheet: Sheet, count: int) -> Sheet:
    """Draw strokes of a pen: rings round words, ticks, crosses, wavy underlines, arrows."""
    paths = []
    for _ in range(count):
        place = _somewhere(rng, sheet)
        size, kind = rng.uniform(7, 16), int(rng.integers(5))
        t = np.linspace(0, 1, 60)
        if kind == 0:
            turn = 2 * np.pi * (1.08 * t)
            shape = np.stack([size * 2.2 * np.cos(turn) * (1 + 0.06 * t), size * 0.8 * np.sin(turn)], 1)
        elif kind == 1:
            shape = _through(((-0.5, 0), (-0.1, 0.6), (0.9, -1.0)), size)
        elif kind == 2:
            shape = _through(((-0.5, -0.5), (0.5, 0.5)), size)
            paths.append(_through(((0.5, -0.6), (-0.45, 0.5)), size) + place)
        elif kind == 3:
            shape = np.stack([size * 5 * t, 1.2 * np.sin(2 * np.pi * 4 * t)], 1)
        else:
            shape = _through(((0, 0), (2.2, -0.3), (1.7, -0.7), (2.2, -0.3), (1.8, 0.2)), size)
        paths.append(shape + place)
    return _pen(rng, sheet, paths, float(rng.uniform(0.8, 1.5)))


def noted(rng: np.random.Generator, sheet: Sheet, count: int) -> Sheet:
    """Write short notes by hand, mostly beside the print and sometimes over it."""
    colour = PENS[rng.integers(len(PENS))]
    for _ in range(count):
        patch = _written(rng, str(rng.choice(NOTES)), sheet.dpi / 72 * float(rng.uniform(13, 20)))
        mask = _placed(rng, sheet, patch, float(rng.normal(0, 6)))
        sheet = inked(sheet, mask * np.float32(rng.uniform(0.75, 0.95)), colour)
    return sheet


def inked(sheet: Sheet, mask: Plane, colour: tuple[int, int, int]) -> Sheet:
    """Return the sheet under one more ink: it absorbs its share of the light, of each colour in a colour picture."""
    tone = np.array(colour, np.float32) / 255
    if sheet.is_colour:
        light = sheet.light * (1 - mask[..., None] * (1 - tone))
    else:
        light = sheet.light * (1 - mask * (1 - float(tone @ np.array([0.3, 0.59, 0.11]))))
    return replace(sheet.lit(light), foreign=sheet.foreign | (mask > LEAST))


def _through(points: tuple[tuple[float, float], ...], size: float) -> np.ndarray:
    corners = np.array(points) * size
    at = np.linspace(0, len(points) - 1, 30)
    return np.stack([np.interp(at, np.arange(len(points)), corners[:, axis]) for axis in (0, 1)], 1)


def _somewhere(rng: np.random.Generator, sheet: Sheet) -> np.ndarray:
    """A place in points, anywhere but in the margins."""
    height, width = (side * 72 / sheet.dpi for side in sheet.shape)
    return np.array([rng.uniform(0.12, 0.88) * width, rng.uniform(0.12, 0.88) * height])


def _pen(rng: np.random.Generator, sheet: Sheet, paths: list[np.ndarray], width: float) -> Sheet:
    mask = np.zeros(sheet.shape, np.uint8)
    for path in paths:
        points = np.rint((path + rng.normal(0, 0.12, path.shape)) * sheet.dpi / 72 * 16).astype(np.int32)
        for start, end in pairwise(points):
            pressed = width * (0.8 + 0.3 * float(rng.random()))
            cv2.line(
                mask, start.tolist(), end.tolist(), 255, max(1, round(sheet.pixels(pressed))), cv2.LINE_AA, 4
            )
    strength = np.float32(rng.uniform(0.7, 0.95)) / 255
    return inked(sheet, mask.astype(np.float32) * strength, PENS[rng.integers(len(PENS))])


def _placed(rng: np.random.Generator, sheet: Sheet, patch: Plane, degrees: float) -> Plane:
    """Lay a patch of ink, turned, somewhere on an empty sheet."""
    height, width = patch.shape
    x, y = _somewhere(rng, sheet) * sheet.dpi / 72
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1.0)
    matrix[:, 2] += (x - width / 2, y - height / 2)
    laid: Plane = cv2.warpAffine(patch, matrix, sheet.shape[::-1], flags=cv2.INTER_LINEAR)
    return laid


def _print_face(size: float) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(Path(reportlab.__file__).parent / "fonts" / "VeraBd.ttf", max(6, round(size)))


def _round_stamp(rng: np.random.Generator, scale: float) -> Plane:
    radius = float(rng.uniform(38, 55)) * scale
    side = round(2.1 * radius)
    image = Image.new("L", (side, side), 0)
    draw = ImageDraw.Draw(image)
    middle = side / 2
    for share, line in ((1.0, 1.6), (0.93, 0.8), (0.64, 0.9)):
        box = [
            middle - radius * share,
            middle - radius * share,
            middle + radius * share,
            middle + radius * share,
        ]
        draw.ellipse(box, outline=255, width=max(1, round(line * scale)))
    text = f"{RINGS[rng.integers(len(RINGS))]} * "
    for index, letter in enumerate(text):
        angle = 360 * index / len(text)
        tile = Image.new("L", (round(radius * 0.4),) * 2, 0)
        ImageDraw.Draw(tile).text(
            (tile.width / 2, tile.height / 2), letter, 255, _print_face(radius * 0.2), "mm"
        )
        turned = tile.rotate(-angle, Image.Resampling.BICUBIC)
        place = (
            np.array([np.sin(np.deg2rad(angle)), -np.cos(np.deg2rad(angle))]) * radius * 0.79
            + middle
            - tile.width / 2
        )
        x, y = (int(value) for value in np.rint(place))
        image.paste(255, (x, y), turned)
    draw.text(
        (middle, middle), str(rng.choice(("ARSIP", "SALINAN", "UMUM"))), 255, _print_face(radius * 0.24), "mm"
    )
    return np.asarray(image, np.float32) / 255


def _framed_stamp(rng: np.random.Generator, scale: float) -> Plane:
    width, height = round(110 * scale), round(46 * scale)
    image = Image.new("L", (width, height), 0)
    draw = ImageDraw.Draw(image)
    draw.rectangle([2, 2, width - 3, height - 3], outline=255, width=max(1, round(1.4 * scale)))
    draw.text(
        (width / 2, height * 0.32),
        str(rng.choice(("DITERIMA", "AGENDA", "TELAH DIPERIKSA"))),
        255,
        _print_face(11 * scale),
        "mm",
    )
    draw.text(
        (width / 2, height * 0.72),
        f"TGL {rng.integers(1, 29)} - {rng.integers(1, 13)} - 2025",
        255,
        _print_face(9 * scale),
        "mm",
    )
    return np.asarray(image, np.float32) / 255


def _written(rng: np.random.Generator, text: str, size: float) -> Plane:
    face = _hand(str(rng.choice(HANDS)))
    if face is None:
        patch = np.zeros((round(size * 2), round(size * 0.8 * (len(text) + 1))), np.uint8)
        start = (round(size * 0.3), round(size * 1.3))
        cv2.putText(
            patch,
            text,
            start,
            cv2.FONT_HERSHEY_SCRIPT_SIMPLEX,
            size / 26,
            255,
            max(1, round(size / 16)),
            cv2.LINE_AA,
        )
        return patch.astype(np.float32) / 255
    font = ImageFont.truetype(face, max(8, round(size)))
    box = font.getbbox(text)
    image = Image.new("L", (round(box[2] + size), round(box[3] + size)), 0)
    ImageDraw.Draw(image).text((size / 2, size / 2), text, 255, font)
    return np.asarray(image, np.float32) / 255


@cache
def _hand(name: str) -> str | None:
    """Return the file of an installed face, or None."""
    program = shutil.which("fc-list")
    if program is None:
        return None
    found = subprocess.run([program, "-f", "%{file}\n", name], check=False, capture_output=True, text=True)  # noqa: S603 - a name of ours
    return next((line for line in sorted(found.stdout.splitlines()) if line.endswith(("ttf", "otf"))), None)
