"""The labels of a page's pixels -> a small picture: paper, ink in the colour of what explains it, outlines."""

from __future__ import annotations

import base64
import io
import math

import cv2
import numpy as np
from PIL import Image, ImageDraw

from lampiran.audit.catalogue import ink_colours
from lampiran.audit.ink.labels import LABELS, NAMES, Labels
from lampiran.audit.ink.sheet import WHITE, Grey
from lampiran.audit.settings import MAP
from lampiran.publish.crops import Crop
from schema.audit import InkPage


def ink_picture(labels: Labels, grey: Grey, account: InkPage, scale: float) -> Crop:
    """Return the page's map as a PNG with a palette, at most `WIDTH` pixels on its longer side.

    `grey` is the page as it is drawn, of the shape of `labels`: its ink keeps its shades, its paper is white.
    """
    step = max(1, math.ceil(max(labels.shape) / MAP.width))
    names = cv2.dilate(_ranked(labels, step), np.ones((MAP.spread, MAP.spread), np.uint8))
    shades = _shades(grey, step)
    shades[names == 0] = 0
    picture = Image.fromarray(names * np.uint8(MAP.shades) + shades)
    picture.putpalette(_palette())
    draw = ImageDraw.Draw(picture)
    red = len(ink_colours()) * MAP.shades - 1
    for region in account.regions:
        if region.state == "unexplained":
            box, room = region.bbox, MAP.room
            corners = (box.x0 - room, box.top - room, box.x1 + room, box.bottom + room)
            left, top, right, bottom = (round(value * scale / step) for value in corners)
            draw.rectangle((left, top, right, bottom), outline=red, width=2)
    target = io.BytesIO()
    picture.save(target, "PNG", optimize=True)
    uri = "data:image/png;base64," + base64.b64encode(target.getvalue()).decode("ascii")
    return Crop(uri=uri, width=picture.width, height=picture.height)


def _palette() -> list[int]:
    """Return the levels of every shade of every colour, from paper to the full tone."""
    return [
        round(WHITE + (level - WHITE) * shade / (MAP.shades - 1))
        for colour in ink_colours().values()
        for shade in range(MAP.shades)
        for level in colour
    ]


def _ranked(labels: Labels, step: int) -> Labels:
    """Return every `step` by `step` pixels as one: the place among the colours of the most telling of their labels."""
    rank = np.zeros(len(NAMES), dtype=np.uint8)
    rank[[LABELS[name] for name in ink_colours()]] = np.arange(len(NAMES), dtype=np.uint8)
    found: Labels = _blocks(rank[labels], step, 0).max(axis=(1, 3))
    return found


def _shades(grey: Grey, step: int) -> Labels:
    """Return every `step` by `step` pixels as one: how dark they are, 0 for white."""
    dark = WHITE - _blocks(grey, step, WHITE).mean(axis=(1, 3))
    most = MAP.shades - 1
    found: Labels = np.clip(np.rint(dark / WHITE * MAP.contrast * most), 0, most).astype(np.uint8)
    return found


def _blocks(raster: Labels, step: int, filler: int) -> Labels:
    height, width = (-(-side // step) for side in raster.shape)
    whole = np.full((height * step, width * step), filler, dtype=np.uint8)
    whole[: raster.shape[0], : raster.shape[1]] = raster
    return whole.reshape(height, step, width, step)
