"""Boxes on PDF pages -> small pictures of them, as PNG data URIs."""

from __future__ import annotations

import base64
import hashlib
import io
import logging
import math
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

import pypdfium2
from PIL import Image, ImageDraw

from extract.settings import LIMITS
from extract.survey.opening import Structure, structure_of
from extract.survey.survey import PDF
from extract.types import Page
from lampiran.publish.settings import CROPS
from schema.errors import InputError
from schema.geometry import BBox
from schema.plan import Plan

log = logging.getLogger(__name__)

_FULL_TURN = 360  # degrees


@dataclass(frozen=True, slots=True)
class Spot:
    """A box on a page: points, origin top left, pages from 1; `around` is what is shown with it, if more."""

    page: int
    bbox: BBox
    around: BBox | None = None


@dataclass(frozen=True, slots=True)
class Crop:
    """A picture of a spot and its surroundings; width and height in pixels."""

    uri: str
    width: int
    height: int


def crops(
    plan: Plan,
    source_path: Path | None,
    spots: Iterable[Spot],
    pages: Sequence[Page] = (),
    *,
    widest: int = CROPS.widest,
) -> dict[Spot, Crop]:
    """Return a picture of each spot that can be drawn, at most `widest` pixels wide.

    `pages` are those of the extraction: a page is drawn under the rotation that it was read under.

    Empty when the input is not at hand, is not the file the plan was read from (by its sha256), or
    cannot be opened as a PDF. Pages are drawn one at a time, in their order, each once.
    """
    drawn = (
        (spot, _framed(picture, spot, widest))
        for spot, picture in spot_pictures(plan, source_path, spots, pages)
    )
    return {spot: crop for spot, crop in drawn if crop is not None}


def cutout(plan: Plan, source_path: Path | None, spot: Spot, pages: Sequence[Page] = ()) -> Crop | None:
    """Return a picture of exactly the spot, without a frame, under the conditions of `crops`."""
    for _, picture in spot_pictures(plan, source_path, [spot], pages):
        left, top, right, bottom = (round(value * CROPS.scale) for value in _edges(spot.bbox))
        if right > left and bottom > top:
            return _crop(picture.crop((left, top, right, bottom)))
    return None


def _edges(bbox: BBox) -> tuple[float, float, float, float]:
    return bbox.x0, bbox.top, bbox.x1, bbox.bottom


def spot_pictures(
    plan: Plan, source_path: Path | None, spots: Iterable[Spot], pages: Sequence[Page]
) -> Iterator[tuple[Spot, Image.Image]]:
    """Yield each spot with the picture of its page, as far as the pages can be drawn."""
    structure = _structure(plan, source_path)
    if structure is None:
        return
    try:
        document = pypdfium2.PdfDocument(structure.data)
    except pypdfium2.PdfiumError:
        return
    rotations = {page.number: page.rotation for page in pages}
    wanted = sorted(
        set(spots), key=lambda spot: (spot.page, spot.bbox.top, spot.bbox.x0, spot.bbox.bottom, spot.bbox.x1)
    )
    with closing(document):
        for number, on_page in groupby(wanted, key=lambda spot: spot.page):
            if 1 <= number <= len(document) and structure.pages[number - 1].size is not None:
                picture = _page_picture(document, number, rotations.get(number))
                yield from ((spot, picture) for spot in on_page if picture is not None)


def _structure(plan: Plan, source_path: Path | None) -> Structure | None:
    """Return the pages as they were read, in their places, and the bytes that readers got."""
    if source_path is None or plan.source.media_type != PDF:
        return None
    try:
        content = source_path.read_bytes()
        if hashlib.sha256(content).hexdigest() != plan.source.sha256:
            return None
        return structure_of(source_path, content)
    except (OSError, InputError):
        return None


def _page_picture(document: pypdfium2.PdfDocument, number: int, rotation: int | None) -> Image.Image | None:
    """Draw a page, `None` if it is too damaged or too large: a missing picture must not stop the result."""
    try:
        page = document[number - 1]
        width, height = page.get_size()
        if width * height * CROPS.scale**2 > LIMITS.drawn_pixels:
            log.warning("page too large to be shown", extra={"page": number})
            return None
        turn = 0 if rotation is None else (rotation - page.get_rotation()) % _FULL_TURN
        picture: Image.Image = page.render(scale=CROPS.scale, rotation=turn).to_pil().convert("RGB")
        page.close()
    except Exception as error:  # noqa: BLE001 - a damaged page may fail anywhere in the drawing
        log.warning("page not drawn: %r", error, extra={"page": number})
        return None
    return picture


def _framed(picture: Image.Image, spot: Spot, widest: int) -> Crop | None:
    """Return a spot and its surroundings, with a frame around it; a tall box is shown from its top."""
    box = spot.bbox if spot.around is None else spot.around.union(spot.bbox)
    beside = CROPS.margin * CROPS.beside
    left = max(0, math.floor((box.x0 - beside) * CROPS.scale))
    top = max(0, math.floor((box.top - CROPS.margin) * CROPS.scale))
    right = min(picture.width, math.ceil((box.x1 + beside) * CROPS.scale))
    bottom = min(picture.height, math.ceil((box.bottom + CROPS.margin) * CROPS.scale), top + CROPS.tallest)
    if right - left < 1 or bottom - top < 1:
        return None
    part = picture.crop((left, top, right, bottom))
    edges = [round(value * CROPS.scale) for value in _edges(spot.bbox)]
    width, x0, y0 = CROPS.frame_width, edges[0] - left, edges[1] - top
    frame = (x0 - width, y0 - width, max(x0, edges[2] - left + width), max(y0, edges[-1] - top + width))
    ImageDraw.Draw(part).rectangle(frame, outline=CROPS.frame, width=width)
    part.thumbnail((widest, CROPS.tallest))
    return _crop(part)


def _crop(part: Image.Image) -> Crop:
    target = io.BytesIO()
    part.quantize(colors=CROPS.colours, method=Image.Quantize.FASTOCTREE).save(target, "PNG", optimize=True)
    uri = "data:image/png;base64," + base64.b64encode(target.getvalue()).decode("ascii")
    return Crop(uri=uri, width=part.width, height=part.height)
