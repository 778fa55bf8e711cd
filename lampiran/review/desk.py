"""A result, its cards and the file of decisions beside it -> what is decided, taken back and still waits."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from threading import Lock

from extract.types import Extraction
from lampiran.decisions import change_decisions, load_decisions
from lampiran.review.card import Card
from lampiran.review.cards import cards_of
from lampiran.review.ledger import by_key, with_decisions, without
from lampiran.review.options import UNREAD
from lampiran.review.settings import SERVER
from normalize.decisions.schedules import periods_in
from schema.decisions import Decision, DecisionFile, Verdict
from schema.errors import UsageError
from schema.plan import Plan

_NEVER = datetime.min.replace(tzinfo=UTC)


class StaleError(Exception):
    """Somebody decided about the card since it was shown; nothing was changed."""


@dataclass(frozen=True, slots=True)
class Choice:
    """What a person says about a card: a verdict, its value where it has one, and a note."""

    verdict: Verdict
    value: str | None = None
    note: str = ""


class Desk:
    """The cards of a result and what is decided about them; every change is on the disk before it is told.

    `plan` is the plan with its doubts, before any decision. Several threads and processes may use one file.
    """

    def __init__(
        self, plan: Plan, extraction: Extraction, path: Path, source: Path | None = None, by: str = ""
    ) -> None:
        self.plan = plan
        self.extraction = extraction
        self.path = path
        self.source = source
        self.by = by
        self.cards = cards_of(plan)
        self._cards = {card.id: card for card in self.cards}
        self._undo: list[tuple[str, ...]] = []
        self._lock = Lock()

    def card(self, card_id: str) -> Card | None:
        """Return a card by its id."""
        return self._cards.get(card_id)

    def decided(self, file: DecisionFile | None = None) -> dict[str, Decision]:
        """Return the decision about each card that has one, by the card's id."""
        known = by_key((file or load_decisions(self.path)).decisions)
        found = {card.id: known.get(keys[-1]) for card in self.cards if (keys := self._keys(card))}
        return {card_id: decision for card_id, decision in found.items() if decision is not None}

    def conflicts(self, file: DecisionFile | None = None) -> dict[str, tuple[Decision, ...]]:
        """Return the different decisions of several people about a card, by the card's id."""
        found = {one[0].key: one for one in (file or load_decisions(self.path)).conflicts}
        return {card.id: found[key] for card in self.cards for key in self._keys(card) if key in found}

    def alike(self, card: Card) -> tuple[Card, ...]:
        """Return the cards that ask about the same field with the same reading: what is decided for one may hold for all."""
        same = (card.subject, card.field, card.printed, card.text, card.options)
        return tuple(
            one
            for one in self.cards
            if card.printed and (one.subject, one.field, one.printed, one.text, one.options) == same
        )

    def decide(
        self,
        card: Card,
        choice: Choice,
        *,
        everywhere: bool = False,
        seen: str | None = None,
        by: str | None = None,
    ) -> DecisionFile:
        """Decide about a card, or about all that are alike, and return what the file holds then.

        `seen` is when the decision was made that the person saw, an empty text for none. Raises `StaleError` if another
        one was made since, and `UsageError` for a value that the field cannot have.
        """
        check(card, choice)
        targets = self.alike(card) if everywhere else (card,)
        at, group = datetime.now(UTC), secrets.token_hex(4)
        made = [
            decision
            for one in (targets or (card,))
            for decision in decisions_on(one, choice, self.plan, at, self.by if by is None else by, group)
        ]

        def change(file: DecisionFile) -> DecisionFile:
            held = self.decided(file).get(card.id)
            if seen is not None and seen != (held.at.isoformat() if held else ""):
                raise StaleError
            named = file.replace(decree_id=self.plan.decree_id, source_name=self.plan.source.name)
            return with_decisions(named, made)

        with self._lock:
            file = change_decisions(self.path, change)
            self._undo.append(tuple(decision.key for decision in made))
            return file

    def take_back(self, card: Card) -> DecisionFile:
        """Let a card wait again, with all that was decided at once with it, and return what the file holds then."""

        def change(file: DecisionFile) -> DecisionFile:
            held = self.decided(file).get(card.id)
            group = {one.key for one in file.decisions if held is not None and one.group == held.group}
            return without(file, group | set(self._keys(card)))

        with self._lock:
            return change_decisions(self.path, change)

    def undo(self) -> tuple[DecisionFile, Card | None]:
        """Take back what was decided last here, and return what the file holds then and the card; others' stay."""
        with self._lock:
            keys = self._undo.pop() if self._undo else ()
            card = next((one for one in self.cards if set(self._keys(one)) & set(keys)), None)
            return change_decisions(self.path, lambda file: without(file, keys)), card

    def waiting(self, file: DecisionFile | None = None) -> tuple[Card, ...]:
        """Return the cards that still wait, in their order."""
        decided = self.decided(file)
        return tuple(card for card in self.cards if card.id not in decided)

    def _keys(self, card: Card) -> list[str]:
        return [decision.key for decision in decisions_on(card, Choice("as-read"), self.plan)]


def decisions_on(
    card: Card,
    choice: Choice,
    plan: Plan,
    at: datetime = _NEVER,
    by: str = "",
    group: str = "",
) -> Sequence[Decision]:
    """Return the decisions that a choice on a card makes, one for each value that it is about.

    Of two rows that may be one, the lower one joins the upper.
    """
    last = len(card.targets) - 1
    return [
        Decision(
            sha256=plan.source.sha256,
            subject=card.subject,
            field=card.field,
            codes=card.codes,
            place=target.place,
            printed=target.printed,
            options=tuple(option.value for option in card.options if option.value is not None),
            row=target.anchor,
            verdict=choice.verdict if n == last or card.subject != "join" else "as-read",
            value=choice.value if choice.verdict == "value" else None,
            by=by,
            at=at,
            note=choice.note,
            group=group,
        )
        for n, target in enumerate(card.targets)
    ]


def check(card: Card, choice: Choice) -> None:
    """Raise `UsageError` if a choice cannot be made on a card: the sentence says what can."""
    possible = {option.verdict for option in card.options} | {"unreadable"}
    if card.subject in ("row", "area", "preamble"):
        possible |= {"value", "as-read"}
    if choice.verdict not in possible:
        raise _impossible(
            "Putusan ini tidak ada untuk keraguan ini", "This doubt has no such decision", choice
        )
    if choice.verdict != "value":
        return
    value = (choice.value or "").strip()
    if not value:
        raise _impossible("Nilainya kosong", "The value is empty", choice)
    if UNREAD in value:
        raise _impossible(
            "Nilainya memuat huruf yang tidak terbaca", "The value holds a letter that was not read", choice
        )
    if len(value) > SERVER.longest_text:
        raise _impossible("Nilainya terlalu panjang", "The value is too long", choice)
    if card.kind is not None and periods_in(value, card.kind) is None:
        raise _impossible(
            "Periode ditulis sebagai angka, misalnya 3;6;9;12, atau - bila tidak ada",
            "Periods are written as numbers, for example 3;6;9;12, or - for none",
            choice,
        )


def _impossible(id: str, en: str, choice: Choice) -> UsageError:
    shown = (choice.value or choice.verdict)[:80]
    return UsageError(id=f"{id} ({shown}).", en=f"{en} ({shown}).")


def frequent_confusions(decisions: Iterable[Decision], fewest: int = 2) -> tuple[tuple[str, str, int], ...]:
    """Return the words that people put right at least `fewest` times: what was read, what it is, how often.

    They are candidates for a lexicon or a profile; nothing applies them by itself.
    """
    counts: dict[tuple[str, str], int] = {}
    for decision in decisions:
        if decision.verdict != "value" or decision.field == "schedule":
            continue
        old, new = decision.printed.split(), (decision.value or "").split()
        if len(old) == len(new):
            for pair in {(a, b) for a, b in zip(old, new, strict=True) if a != b}:
                counts[pair] = counts.get(pair, 0) + 1
    found = sorted(((n, a, b) for (a, b), n in counts.items() if n >= fewest), reverse=True)
    return tuple((a, b, n) for n, a, b in found)
