"""A card -> a picture of its row on the page, with the names of the periods over it and the doubtful cells lit."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from extract.types import Page
from lampiran.publish.crops import Spot, spot_pictures
from lampiran.publish.labels import label
from lampiran.publish.settings import CROPS
from lampiran.review.card import Card
from lampiran.review.settings import PICTURES
from schema.choices import Language
from schema.decisions import Place
from schema.geometry import BBox
from schema.plan import Action, Period, Plan

_LIT = (255, 214, 64, 90)  # yellow, see-through
_WHITE, _INK = (255, 255, 255), (20, 66, 79)


def card_pictures(
    cards: Sequence[Card],
    plan: Plan,
    source: Path | None,
    pages: Sequence[Page] = (),
    language: Language = "id",
) -> dict[str, bytes]:
    """Return the PNG of each card that has a place on a page which can be drawn, by the card's id.

    Pages are drawn one at a time, each once. Empty under the conditions of `lampiran.publish.crops.crops`.
    """
    actions = list(plan.actions)
    spots = {card.id: spot for card in cards if (spot := _spot(card, actions)) is not None}
    found = {}
    for spot, page in spot_pictures(plan, source, spots.values(), pages):
        for card in cards:
            if spots.get(card.id) == spot and card.id not in found:
                found[card.id] = _png(_picture(card, spot, page, actions, language))
    return found


def _spot(card: Card, actions: Sequence[Action]) -> Spot | None:
    """Return the row of a card's first value, or the place of a value that is in no row."""
    place = card.place
    if place.page is None or place.bbox is None:
        return None
    rows = [actions[target.row] for target in card.targets if target.row is not None]
    boxes = [box for row in rows for box in _row_boxes(row, place.page)]
    return Spot(place.page, place.bbox, BBox.around([place.bbox, *boxes]))


def _row_boxes(action: Action, page: int) -> Iterator[BBox]:
    """Yield the boxes of an action's cells on a page; of those that other rows share only the width.

    The periods' cells are the row's own, and so is its action, or what comes next to it.
    """
    texts = (action.action, action.indicator, action.evidence, action.responsible)
    periods = [period.ref for period in action.schedule.periods if period.ref is not None]
    groups = [periods, *([*value.refs] for value in texts if value.status != "filled")]
    known = [[r.bbox for r in refs if r.page == page and r.bbox is not None] for refs in groups]
    own = next((boxes for boxes in known if boxes), None)
    if own is None:
        return
    band = BBox.around(own)
    for box in (box for boxes in known for box in boxes):
        yield BBox(x0=box.x0, top=band.top, x1=box.x1, bottom=band.bottom)


def _picture(
    card: Card, spot: Spot, page: Image.Image, actions: Sequence[Action], language: Language
) -> Image.Image:
    """Cut the row out, light the doubtful cells, and put a strip with the periods' names over it."""
    around = spot.around or spot.bbox
    scale = CROPS.scale
    left, right = (
        max(0, round((around.x0 - PICTURES.below) * scale)),
        round((around.x1 + PICTURES.below) * scale),
    )
    top, bottom = (
        max(0, round((around.top - PICTURES.above) * scale)),
        round((around.bottom + PICTURES.below) * scale),
    )
    bottom = min(bottom, top + PICTURES.tallest, page.height)
    part = page.crop((left, top, min(right, page.width), max(bottom, top + 1))).convert("RGBA")
    light = Image.new("RGBA", part.size)
    pen = ImageDraw.Draw(light)
    for box in _doubtful(card, spot.page):
        edges = (
            box.x0 * scale - left,
            box.top * scale - top,
            box.x1 * scale - left,
            box.bottom * scale - top,
        )
        pen.rectangle(edges, fill=_LIT, outline=CROPS.frame, width=CROPS.frame_width)
    part = Image.alpha_composite(part, light).convert("RGB")
    named = _with_names(part, list(_periods(card, actions, spot.page)), left, language)
    named.thumbnail((PICTURES.widest, PICTURES.tallest))
    return named


def _doubtful(card: Card, page: int) -> list[BBox]:
    """Return the boxes of what is asked about on a page: those of the findings, else of the value."""
    asked = list(_boxes((Place.of(finding.ref) for finding in card.findings), page))
    return asked or list(_boxes((target.place for target in card.targets), page))


def _boxes(places: Iterable[Place], page: int) -> Iterator[BBox]:
    yield from (place.bbox for place in places if place.page == page and place.bbox is not None)


def _periods(card: Card, actions: Sequence[Action], page: int) -> Iterator[Period]:
    for target in card.targets:
        if target.row is not None and card.kind is not None:
            for period in actions[target.row].schedule.periods:
                if period.ref is not None and period.ref.page == page:
                    yield period


def _with_names(part: Image.Image, periods: Sequence[Period], left: int, language: Language) -> Image.Image:
    """Return a picture with the names of the periods in a strip over it, each over its cell."""
    if not periods:
        return part
    font = ImageFont.load_default(PICTURES.label)
    high = 2 * PICTURES.label
    whole = Image.new("RGB", (part.width, part.height + high), _WHITE)
    whole.paste(part, (0, high))
    pen = ImageDraw.Draw(whole)
    for period in periods:
        if period.ref is None or period.ref.bbox is None:
            continue
        middle = (period.ref.bbox.x0 + period.ref.bbox.x1) / 2 * CROPS.scale - left
        name = label(period.period_type, period.period).text(language)
        pen.text((middle, high / 2), name, fill=_INK, font=font, anchor="mm")
    return whole


def _png(picture: Image.Image) -> bytes:
    target = io.BytesIO()
    picture.quantize(colors=CROPS.colours, method=Image.Quantize.FASTOCTREE).save(
        target, "PNG", optimize=True
    )
    return target.getvalue()
