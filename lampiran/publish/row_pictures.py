"""A Plan and its input -> a picture of each row on each page, and for each value its place in that picture."""

from __future__ import annotations

import csv
import hashlib
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from PIL import Image

from extract.types import Page
from lampiran.publish.crops import Spot, spot_pictures
from lampiran.publish.field_rows import field_values
from lampiran.publish.settings import CROPS, ROWS
from schema.geometry import BBox
from schema.plan import Plan

FOLDER, INDEX = "crops", "crops.csv"
_ODD = re.compile(r"[^A-Za-z0-9.-]+")
_DIGITS = 8
Value = tuple[str, str]  # an action's id and the name of a field


@dataclass(frozen=True)
class RowPictures:
    """PNGs by their names, and the address of each value: a picture's name and the pixels in it (`#xywh=`)."""

    files: dict[str, bytes] = field(default_factory=dict)
    addresses: dict[Value, str] = field(default_factory=dict)

    def index(self) -> bytes:
        """Return the addresses as a CSV."""
        target = io.StringIO(newline="")
        rows = csv.writer(target, lineterminator="\r\n")
        rows.writerow(("action_id", "field", "crop"))
        rows.writerows((*value, address) for value, address in self.addresses.items())
        return target.getvalue().encode("utf-8")


def row_pictures(plan: Plan, source_path: Path | None, pages: Sequence[Page] = ()) -> RowPictures:
    """Return a picture of each row of a plan on each page that it is on.

    Empty under the conditions of `lampiran.publish.crops.crops`. A picture shows all values of its row on that page, at
    most so many pixels, and there are at most so many pictures (`[publish.rows]` of settings.toml); what is beyond has
    no address.
    """
    values = list(_values(plan))[: ROWS.most]
    made = RowPictures()
    names = dict(_names([(action_id, page) for action_id, page, _ in values]))
    spots: dict[Spot, list[tuple[str, int, dict[str, BBox]]]] = {}
    for action_id, page, boxes in values:
        spots.setdefault(Spot(page, BBox.around(boxes.values())), []).append((action_id, page, boxes))
    for spot, picture in spot_pictures(plan, source_path, spots, pages):
        part, left, top, scale = _part(picture, spot.bbox)
        if part is None:
            continue
        for action_id, page, boxes in spots[spot]:
            name = names[action_id, page]
            made.files[name] = _png(part)
            for said, box in boxes.items():
                # A value that is on several pages has its address on the first.
                made.addresses.setdefault((action_id, said), f"{name}#xywh={_pixels(box, left, top, scale)}")
    return made


def _values(plan: Plan) -> Iterator[tuple[str, int, dict[str, BBox]]]:
    """Yield each row and page with the boxes of its values there."""
    for item in plan.placed():
        found: dict[int, dict[str, BBox]] = {}
        fields = field_values(item, plan.findings_of(item.action.action_id))
        for name, value in fields.items():
            for ref in value.refs:
                if ref.page is not None and ref.bbox is not None:
                    on_page = found.setdefault(ref.page, {})
                    on_page[name] = on_page[name].union(ref.bbox) if name in on_page else ref.bbox
        yield from ((item.action.action_id, page, boxes) for page, boxes in sorted(found.items()))


def _names(rows: Sequence[tuple[str, int]]) -> Iterator[tuple[tuple[str, int], str]]:
    """Yield the file of each row and page, by the action's id; one that no file system takes gets digits of its digest."""
    taken: set[str] = set()
    for action_id, page in rows:
        plain = _ODD.sub("_", action_id)
        name = f"{plain}-p{page}.png"
        if plain != action_id or name.casefold() in taken:
            name = f"{plain}-{hashlib.sha256(action_id.encode()).hexdigest()[:_DIGITS]}-p{page}.png"
        taken.add(name.casefold())
        yield (action_id, page), name


def _part(page: Image.Image, box: BBox) -> tuple[Image.Image | None, float, float, float]:
    """Cut a row out of its page; return it with its corner in pixels of the page, and its pixels per point."""
    left, top = (
        max(0, int((box.x0 - ROWS.margin) * CROPS.scale)),
        max(0, int((box.top - ROWS.margin) * CROPS.scale)),
    )
    right = min(page.width, round((box.x1 + ROWS.margin) * CROPS.scale))
    bottom = min(page.height, round((box.bottom + ROWS.margin) * CROPS.scale))
    if right - left < 1 or bottom - top < 1:
        return None, 0, 0, 1
    part = page.crop((left, top, right, bottom))
    wide = part.width
    part.thumbnail((ROWS.widest, ROWS.tallest))
    return part, left, top, CROPS.scale * part.width / wide


def _pixels(box: BBox, left: float, top: float, scale: float) -> str:
    shrunk = scale / CROPS.scale
    x, y = (box.x0 * scale - left * shrunk, box.top * scale - top * shrunk)
    return ",".join(str(max(0, round(value))) for value in (x, y, box.width * scale, box.height * scale))


def _png(part: Image.Image) -> bytes:
    target = io.BytesIO()
    part.quantize(colors=CROPS.colours, method=Image.Quantize.FASTOCTREE).save(target, "PNG", optimize=True)
    return target.getvalue()
