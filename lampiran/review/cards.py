"""A plan -> one card for each decision that waits: what is doubted, where it is, what can be chosen."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import replace

from lampiran.review.card import Card, Target
from lampiran.review.options import options_of
from lampiran.waiting import Waiting, waiting_of
from normalize.decisions.anchors import EXTRA, SCHEDULE, anchors_of, area_views, views_of
from normalize.decisions.preamble import part_of
from normalize.decisions.schedules import period_type_of
from schema.decisions import Place
from schema.decree import Field
from schema.plan import PeriodType, Placed, Plan


def cards_of(plan: Plan) -> tuple[Card, ...]:
    """Return the cards of all that waits, in the order of print; what is about the whole decree comes first."""
    deck = _Deck(plan)
    return tuple(deck.card(group) for group in waiting_of(plan))


class _Deck:
    """The rows of a plan, of which cards are made."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.items: list[Placed] = list(plan.placed())
        self.views = list(views_of(plan))
        self.anchors = anchors_of(self.views)
        self.areas = list(area_views(plan))

    def card(self, group: Waiting) -> Card:
        targets = tuple(self._targets(group))
        seed = "|".join([group.subject, group.field, *(f"{t.place.model_dump_json()}" for t in targets[:1])])
        seed += "|" + "|".join(f.raw or "" for f in group.findings) if group.subject == "finding" else ""
        value = self._value(group)
        kind: PeriodType | None = None
        if group.field == SCHEDULE and group.subject == "row":
            forms = [form.schedule for form in self.plan.forms]
            kind = period_type_of(self.items[group.rows[0]].action.schedule, forms)
        card = Card(
            id=hashlib.sha256(seed.encode("utf-8")).hexdigest()[:12],
            subject=group.subject,
            field=group.field,
            findings=tuple(group.findings),
            targets=targets,
            text=value.text if value is not None else "",
            options=(),
            kind=kind,
        )
        return replace(card, options=options_of(card, value, self.plan, group.rows))

    def _value(self, group: Waiting) -> Field | None:
        if group.subject == "preamble":
            return part_of(self.plan.head, group.field)
        if group.subject == "area":
            return self.areas[group.rows[0]].value(group.field)
        if group.subject != "row" or group.field == SCHEDULE:
            return None
        return self.views[group.rows[0]].value(group.field, Place.of(group.findings[0].ref))

    def _targets(self, group: Waiting) -> Iterator[Target]:
        first = group.findings[0]
        if group.subject in ("preamble", "finding"):
            value = part_of(self.plan.head, group.field)
            read = value.printed if group.subject == "preamble" and value is not None else first.raw or ""
            place = Place.of(first.ref)
            yield Target(place, read, next(iter(group.rows), None))
            return
        views, anchors = self.views, self.anchors
        if group.subject == "area":
            views, anchors = self.areas, anchors_of(self.areas)
        for n in group.rows:
            view = views[n]
            place = Place.of(first.ref) if group.field == EXTRA else view.place(group.field)
            row = None if group.subject == "area" else n
            yield Target(place, view.printed(group.field, place), row, anchors[n])
