"""Pictures of doubtful places: turns boxes on PDF pages into small PNG data URIs."""

from __future__ import annotations

import base64
import hashlib
import io
import logging
import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

import pypdfium2
from PIL import Image, ImageDraw

from extract.survey.opening import structure_of
from extract.types import Page
from schema.errors import InputError
from schema.geometry import BBox
from schema.plan import Plan

log = logging.getLogger(__name__)

_SCALE = 1.75
_MARGIN = 14.0
_WIDEST = 760
_TALLEST = 320
_COLOURS = 24
_FRAME = (196, 92, 0)
_REPAIRED = frozenset({"file-repaired", "file-salvaged"})


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
    widest: int = _WIDEST,
) -> dict[Spot, Crop]:
    """Return a picture of each spot that can be drawn, at most `widest` pixels wide.

    `pages` are those of the extraction: a page is drawn under the rotation that it was read under.

    Empty when the input is not at hand, is not the file the plan was read from (by its sha256), or
    cannot be opened as a PDF. Pages are drawn one at a time, in their order, each once.
    """
    content = _content(plan, source_path)
    if content is None:
        return {}
    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError:
        return {}
    try:
        return dict(_drawn(document, spots, {page.number: page.rotation for page in pages}, widest))
    finally:
        document.close()


def cutout(plan: Plan, source_path: Path | None, spot: Spot, pages: Sequence[Page] = ()) -> Crop | None:
    """Return a picture of exactly the spot, without a frame, under the conditions of `crops`."""
    content = _content(plan, source_path)
    if content is None:
        return None
    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError:
        return None
    try:
        if not 1 <= spot.page <= len(document):
            return None
        rotation = next((page.rotation for page in pages if page.number == spot.page), None)
        picture = _page_picture(document, spot.page, rotation)
    finally:
        document.close()
    if picture is None:
        return None
    left, top = round(spot.bbox.x0 * _SCALE), round(spot.bbox.top * _SCALE)
    part = picture.crop((left, top, round(spot.bbox.x1 * _SCALE), round(spot.bbox.bottom * _SCALE)))
    return (
        Crop(uri=_data_uri(part), width=part.width, height=part.height)
        if part.width and part.height
        else None
    )


def _content(plan: Plan, source_path: Path | None) -> bytes | None:
    if source_path is None or plan.source.media_type != "application/pdf":
        return None
    try:
        content = source_path.read_bytes()
    except OSError:
        return None
    if hashlib.sha256(content).hexdigest() != plan.source.sha256:
        return None
    if not any(finding.code in _REPAIRED for finding in plan.findings):
        return content
    try:
        return structure_of(source_path, content).data  # the pages as they were read, in their places
    except InputError:
        return None


def _drawn(
    document: pypdfium2.PdfDocument, spots: Iterable[Spot], rotations: Mapping[int, int], widest: int
) -> Iterator[tuple[Spot, Crop]]:
    wanted = sorted(
        set(spots), key=lambda spot: (spot.page, spot.bbox.top, spot.bbox.x0, spot.bbox.bottom, spot.bbox.x1)
    )
    for number, on_page in groupby(wanted, key=lambda spot: spot.page):
        if 1 <= number <= len(document):
            picture = _page_picture(document, number, rotations.get(number))
            for spot in on_page:
                crop = _crop(picture, spot, widest) if picture is not None else None
                if crop is not None:
                    yield spot, crop


def _page_picture(document: pypdfium2.PdfDocument, number: int, rotation: int | None) -> Image.Image | None:
    """Draw a page, `None` for one that is too damaged: no result is lost for want of a picture."""
    try:
        page = document[number - 1]
        turn = 0 if rotation is None else (rotation - page.get_rotation()) % 360
        picture: Image.Image = page.render(scale=_SCALE, rotation=turn).to_pil().convert("RGB")
        page.close()
    except Exception as error:  # noqa: BLE001 - a damaged page may fail anywhere in the drawing
        log.warning("page not drawn: %r", error, extra={"page": number})
        return None
    return picture


def _crop(picture: Image.Image, spot: Spot, widest: int) -> Crop | None:
    bbox = spot.bbox
    window = _window(picture, bbox if spot.around is None else spot.around.union(bbox))
    if window[2] - window[0] < 1 or window[3] - window[1] < 1:
        return None
    part = picture.crop(window)
    box = [bbox.x0, bbox.top, bbox.x1, bbox.bottom]
    left, top, right, bottom = (round(value * _SCALE) - window[n % 2] for n, value in enumerate(box))
    ImageDraw.Draw(part).rectangle(
        (left - 2, top - 2, max(left, right + 2), max(top, bottom + 2)), outline=_FRAME, width=2
    )
    part.thumbnail((widest, _TALLEST * 2))
    return Crop(uri=_data_uri(part), width=part.width, height=part.height)


def _window(picture: Image.Image, bbox: BBox) -> tuple[int, int, int, int]:
    """Return the pixels of a box and its margin; a tall box is shown from its top."""
    left = max(0, math.floor((bbox.x0 - _MARGIN * 4) * _SCALE))
    top = max(0, math.floor((bbox.top - _MARGIN) * _SCALE))
    right = min(picture.width, math.ceil((bbox.x1 + _MARGIN * 4) * _SCALE))
    bottom = min(picture.height, math.ceil((bbox.bottom + _MARGIN) * _SCALE))
    return left, top, right, min(bottom, top + 2 * _TALLEST)


def _data_uri(picture: Image.Image) -> str:
    target = io.BytesIO()
    picture.quantize(colors=_COLOURS, method=Image.Quantize.FASTOCTREE).save(target, "PNG", optimize=True)
    return "data:image/png;base64," + base64.b64encode(target.getvalue()).decode("ascii")
