"""The labels of a page's pixels turned into a small picture: paper, ink in the colour of what explains it, outlines."""

from __future__ import annotations

import base64
import io
import math

import numpy as np
from PIL import Image, ImageDraw

from lampiran.audit.ink_labels import LABELS, NAMES, Labels
from lampiran.audit.model import InkPage
from lampiran.publish.crops import Crop

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
    "ruling": (202, 210, 210),
    "fill": (222, 230, 226),
    "stamp": (150, 120, 196),
    "picture": (196, 188, 170),
    "outside": (196, 188, 170),
    "dirt": (240, 240, 240),
    "unexplained": (200, 30, 20),
}
# Where several labels fall on one pixel of the small picture, the first of these is shown.
_FIRST = ("unexplained", "mark", "cell", "table-head", "head", "footer", "body", "stamp", "picture", "outside",
          "fill", "ruling", "dirt", "paper")  # fmt: skip


def ink_picture(labels: Labels, account: InkPage, scale: float) -> Crop:
    """Return the page's map as a PNG with a palette, at most `WIDTH` pixels on its longer side."""
    step = max(1, math.ceil(max(labels.shape) / WIDTH))
    small = _reduced(labels, step)
    picture = Image.fromarray(small)
    picture.putpalette([level for name in NAMES for level in COLOURS[name]])
    draw = ImageDraw.Draw(picture)
    for region in account.regions:
        if region.state == "unexplained":
            box = region.bbox
            corners = (box.x0 - ROOM, box.top - ROOM, box.x1 + ROOM, box.bottom + ROOM)
            place = tuple(round(value * scale / step) for value in corners)
            draw.rectangle((place[0], place[1], place[2], place[3]), outline=LABELS["unexplained"], width=2)
    target = io.BytesIO()
    picture.save(target, "PNG", optimize=True, bits=4)
    uri = "data:image/png;base64," + base64.b64encode(target.getvalue()).decode("ascii")
    return Crop(uri=uri, width=picture.width, height=picture.height)


def _reduced(labels: Labels, step: int) -> Labels:
    """Return every `step` by `step` pixels as one, with the most telling of their labels."""
    height, width = (-(-side // step) * step for side in labels.shape)
    rank = np.zeros(len(NAMES), dtype=np.uint8)
    rank[[LABELS[name] for name in _FIRST]] = np.arange(len(_FIRST), dtype=np.uint8)
    ranks = np.full((height, width), len(_FIRST) - 1, dtype=np.uint8)
    ranks[: labels.shape[0], : labels.shape[1]] = rank[labels]
    least = ranks.reshape(height // step, step, width // step, step).min(axis=(1, 3))
    found: Labels = np.array([LABELS[name] for name in _FIRST], dtype=np.uint8)[least]
    return found
