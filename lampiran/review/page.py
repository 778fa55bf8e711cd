"""Cards and what is decided about them -> the page, and the JSON that it asks for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from lampiran.publish.html import assets, content_policy, filled
from lampiran.publish.labels import labels
from lampiran.review.desk import Desk
from lampiran.review.view import CardView, decision_label
from schema.choices import Language
from schema.decisions import Decision, DecisionFile
from schema.findings import Message
from schema.plan import Plan


@dataclass(frozen=True, slots=True)
class PageContent:
    """The bytes of the page and its content security policy."""

    content: bytes
    policy: str


def page_html(
    plan: Plan, cards: Sequence[dict[str, Any]], state: dict[str, Any], *, by: str, language: Language
) -> PageContent:
    """Return the page; its script puts every text in as text."""
    style, script = (
        assets("report/report.css", "review/review.css"),
        assets("language.js", "review/review.js"),
    )
    words = {key: [said.id, said.en] for key, said in labels("review").items()}
    data = {"cards": list(cards), "state": state, "words": words, "by": by}
    policy = content_policy(style, script, same_origin=True)
    values = {"plan": plan, "language": language, "data": data}
    return PageContent(filled("review/review.html.j2", style, script, policy, values), policy)


def shown_card(view: CardView, alike: int, *, pictured: bool) -> dict[str, Any]:
    """Return a card as JSON; each sentence is a pair of Indonesian and English."""
    card = view.card
    return {
        "id": card.id,
        "subject": card.subject,
        "title": _pair(view.title),
        "where": _pair(view.where),
        "questions": [_pair(question) for question in view.questions],
        "text": card.text,
        "printed": card.printed if card.kind is None else "",
        "picture": pictured,
        "quote": [[cell.text, cell.marked] for cell in view.quote],
        "row": [[_pair(field.label), field.text, field.doubted] for field in view.row],
        "rows": sum(target.row is not None for target in card.targets),
        "periods": [[period.number, _pair(period.label), period.state] for period in view.periods],
        "options": [
            {
                "verdict": option.choice.verdict,
                "value": option.choice.value,
                "label": _pair(option.label),
                "why": _pair(option.why),
            }
            for option in view.options
        ],
        "typed": card.subject in ("row", "area", "preamble"),
        "alike": alike,
    }


def shown_state(desk: Desk, file: DecisionFile | None = None) -> dict[str, Any]:
    """Return what is decided, disputed and waits, as JSON, by the cards' ids."""
    decided = desk.decided(file)
    return {
        "decided": {c.id: _decision(decided[c.id], desk, c.id) for c in desk.cards if c.id in decided},
        "conflicts": {
            card_id: [_decision(one, desk, card_id) for one in found]
            for card_id, found in desk.conflicts(file).items()
        },
    }


def _decision(decision: Decision, desk: Desk, card_id: str) -> dict[str, Any]:
    card = desk.card(card_id)
    return {
        "verdict": decision.verdict,
        "value": decision.value,
        "label": _pair(decision_label(decision, card)) if card is not None else [decision.value] * 2,
        "by": decision.by,
        "note": decision.note,
        "at": decision.at.isoformat(),
    }


def _pair(message: Message) -> list[str]:
    return [message.id, message.en]
