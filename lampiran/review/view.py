"""A card -> what a page, a sheet or a terminal shows of it, in both languages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from lampiran.publish.cards import merged
from lampiran.publish.frames import component_number
from lampiran.publish.labels import field_label, finding_title, label
from lampiran.publish.periods import period_states
from lampiran.publish.quotes import QuotedCell, Quotes
from lampiran.review.card import Card, Option
from lampiran.review.desk import Choice
from normalize.decisions.schedules import NONE, periods_in
from schema.decisions import Decision
from schema.findings import Message
from schema.periods import PER_YEAR
from schema.plan import PeriodState, PeriodType, Placed, Plan
from schema.provenance import SourceRef


@dataclass(frozen=True, slots=True)
class ShownField:
    """A field of the row as read, and whether it is the one in doubt."""

    label: Message
    text: str
    doubted: bool


@dataclass(frozen=True, slots=True)
class ShownPeriod:
    """A period of a schedule: its number, its name, and what its cell says."""

    number: int
    label: Message
    state: PeriodState


@dataclass(frozen=True, slots=True)
class ShownOption:
    """What can be chosen, in words, and why it is offered."""

    choice: Choice
    label: Message
    why: Message


@dataclass(frozen=True, slots=True)
class CardView:
    """All that is shown of a card."""

    card: Card
    title: Message
    where: Message
    questions: tuple[Message, ...]
    row: tuple[ShownField, ...]
    quote: tuple[QuotedCell, ...]
    periods: tuple[ShownPeriod, ...]
    options: tuple[ShownOption, ...]


def card_views(cards: Sequence[Card], plan: Plan, quotes: Quotes) -> tuple[CardView, ...]:
    """Return what is shown of each card; `quotes` are the lines of a transcription."""
    items = list(plan.placed())
    return tuple(_view(card, items, quotes) for card in cards)


def _view(card: Card, items: Sequence[Placed], quotes: Quotes) -> CardView:
    rows = [items[target.row] for target in card.targets if target.row is not None]
    return CardView(
        card=card,
        title=_title(card),
        where=_where(card, rows),
        questions=merged([finding.message for finding in card.findings]),
        row=tuple(field for item in _shown_rows(card, rows, items) for field in _row(item, card)),
        quote=_quote(card, quotes),
        periods=_periods(card, rows),
        options=tuple(
            ShownOption(_choice(o), option_label(o, card), label("review", f"why_{o.why}"))
            for o in card.options
        ),
    )


def _shown_rows(card: Card, rows: Sequence[Placed], items: Sequence[Placed]) -> Sequence[Placed]:
    """Return the row of a card; of rows that may be one both, the upper one first."""
    first = next((t.row for t in card.targets if t.row is not None), None)
    if card.subject != "join" or len(rows) > 1 or not first:
        return rows[:1] if card.subject != "join" else rows[:2]
    return [items[first - 1], *rows[:1]]


def _title(card: Card) -> Message:
    if card.subject == "join":
        return label("review", "subject_join")
    if card.subject == "finding":
        return finding_title(card.codes[0])
    return field_label(card.field)


def _where(card: Card, rows: Sequence[Placed]) -> Message:
    place = card.place
    parts: list[Message] = []
    if rows:
        first, last = rows[0].action.action_id, rows[-1].action.action_id
        parts.append(Message.of(first if first == last else f"{first} – {last}"))
    if place.page is not None:
        parts.append(_numbered("page", place.page))
    elif place.line is not None:
        parts.append(_numbered("line", place.line))
    if not parts:
        parts.append(label("review", "whole"))
    return Message.of(" · ".join(p.id for p in parts), " · ".join(p.en for p in parts))


def _numbered(key: str, number: int) -> Message:
    said = label("review", key)
    return Message.of(f"{said.id} {number}", f"{said.en} {number}")


def _row(item: Placed, card: Card) -> list[ShownField]:
    fields = {
        "area": item.area.name.text,
        "component": f"{component_number(item)} {item.component.name.text}".strip(),
        "indicator": item.action.indicator.text,
        "action": item.action.action.text,
        "evidence": item.action.evidence.text,
        "responsible": item.action.responsible.text,
    }
    asked = "component" if card.field == "component_no" else card.field
    return [ShownField(field_label(name), text, name == asked) for name, text in fields.items()]


def _quote(card: Card, quotes: Quotes) -> tuple[QuotedCell, ...]:
    refs: list[SourceRef] = [finding.ref for finding in card.findings if finding.ref is not None]
    return next((found for ref in refs if (found := quotes.of(ref))), ())


def _periods(card: Card, rows: Sequence[Placed]) -> tuple[ShownPeriod, ...]:
    if card.kind is None:
        return ()
    states = period_states(rows[0].action.schedule, card.kind)
    numbers = range(1, PER_YEAR[card.kind] + 1)
    return tuple(ShownPeriod(n, label(card.kind, n), states.get(n, "unknown")) for n in numbers)


def _choice(option: Option) -> Choice:
    return Choice(option.verdict, option.value)


def option_label(option: Option, card: Card) -> Message:
    """Return an option in words: months by their names, a text as it is."""
    if option.verdict == "as-read":
        if card.subject == "finding":
            return label("review", "noted")
        if card.subject == "join":
            return label("review", "separate")
        return Message.of(card.text) if card.text else label("review", "as-read")
    if option.verdict != "value":
        return label("review", option.verdict)
    return value_label(option.value or "", card.kind)


def value_label(value: str, kind: PeriodType | None) -> Message:
    """Return a value in words: the names of its periods, or the text."""
    if kind is None:
        return Message.of(value)
    if value == NONE:
        return label("review", "why_none")
    names = [label(kind, n) for n in sorted(periods_in(value, kind) or ())]
    return Message.of(", ".join(n.id for n in names), ", ".join(n.en for n in names))


def decision_label(decision: Decision, card: Card) -> Message:
    """Return what was decided, in words."""
    if decision.verdict == "value":
        return value_label(decision.value or "", card.kind)
    if decision.verdict == "unreadable":
        return label("review", "unreadable")
    return option_label(Option(decision.verdict), card)
