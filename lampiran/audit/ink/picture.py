"""The labels of a page's pixels turned into a small picture: paper, ink in the colour of what explains it, outlines."""

from __future__ import annotations

import base64
import io
import math

import cv2
import numpy as np
from PIL import Image, ImageDraw

from lampiran.audit.ink.labels import LABELS, NAMES, Labels
from lampiran.audit.ink.sheet import Grey
from lampiran.publish.crops import Crop
from schema.audit import InkPage

WIDTH = 900  # pixels of the longer side, at most
ROOM = 4.0  # points between unexplained ink and its outline
# By name. Unexplained ink is told by its outline as well, never by colour alone.
COLOURS: dict[str, tuple[int, int, int]] = {
    "paper": (255, 255, 255),
    "cell": (22, 92, 110),
    "mark": (20, 120, 78),
    "table-head": (92, 122, 150),
    "head": (92, 122, 150),
    "footer": (92, 122, 150),
    "body": (120, 146, 156),
    "ruling": (150, 164, 166),
    "fill": (196, 208, 200),
    "stamp": (150, 120, 196),
    "picture": (196, 188, 170),
    "outside": (196, 188, 170),
    "dirt": (225, 225, 225),
    "unexplained": (200, 30, 20),
}
# Where several labels fall on one pixel of the small picture, the last of these is shown.
_ORDER = ("paper", "dirt", "ruling", "fill", "outside", "picture", "stamp", "body", "footer", "head", "table-head",
          "cell", "mark", "unexplained")  # fmt: skip


SHADES = 5  # of each colour: letters keep their soft edges


def ink_picture(labels: Labels, grey: Grey, account: InkPage, scale: float) -> Crop:
    """Return the page's map as a PNG with a palette, at most `WIDTH` pixels on its longer side.

    `grey` is the page as it is drawn, of the shape of `labels`: its ink keeps its shades, its paper is white.
    """
    step = max(1, math.ceil(max(labels.shape) / WIDTH))
    names = cv2.dilate(_ranked(labels, step), np.ones((3, 3), np.uint8))
    shades = _shades(grey, step)
    shades[names == 0] = 0
    picture = Image.fromarray(names * np.uint8(SHADES) + shades)
    picture.putpalette(_palette())
    draw = ImageDraw.Draw(picture)
    for region in account.regions:
        if region.state == "unexplained":
            box = region.bbox
            corners = (box.x0 - ROOM, box.top - ROOM, box.x1 + ROOM, box.bottom + ROOM)
            place = tuple(round(value * scale / step) for value in corners)
            draw.rectangle(
                (place[0], place[1], place[2], place[3]), outline=len(_ORDER) * SHADES - 1, width=2
            )
    target = io.BytesIO()
    picture.save(target, "PNG", optimize=True)
    uri = "data:image/png;base64," + base64.b64encode(target.getvalue()).decode("ascii")
    return Crop(uri=uri, width=picture.width, height=picture.height)


def _palette() -> list[int]:
    """Return the levels of every shade of every colour, from paper to the full tone, in the order of `_ORDER`."""
    return [
        round(255 + (level - 255) * shade / (SHADES - 1))
        for name in _ORDER
        for shade in range(SHADES)
        for level in COLOURS[name]
    ]


def _ranked(labels: Labels, step: int) -> Labels:
    """Return every `step` by `step` pixels as one: the place in `_ORDER` of the most telling of their labels."""
    rank = np.zeros(len(NAMES), dtype=np.uint8)
    rank[[LABELS[name] for name in _ORDER]] = np.arange(len(_ORDER), dtype=np.uint8)
    found: Labels = _blocks(rank[labels], step, 0).max(axis=(1, 3))
    return found


def _shades(grey: Grey, step: int) -> Labels:
    """Return every `step` by `step` pixels as one: how dark they are, 0 to `SHADES - 1`."""
    dark = 255.0 - _blocks(grey, step, 255).mean(axis=(1, 3))
    found: Labels = np.clip(np.rint(dark / 255 * 1.4 * (SHADES - 1)), 0, SHADES - 1).astype(np.uint8)
    return found


def _blocks(raster: Labels, step: int, filler: int) -> Labels:
    height, width = (-(-side // step) for side in raster.shape)
    whole = np.full((height * step, width * step), filler, dtype=np.uint8)
    whole[: raster.shape[0], : raster.shape[1]] = raster
    return whole.reshape(height, step, width, step)
