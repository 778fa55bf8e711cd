"""A card and its plan -> what a person can choose from, the likeliest first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from rapidfuzz import fuzz

from lampiran.publish.periods import listed, period_states, planned
from lampiran.review.card import Card, Option
from lampiran.review.settings import CHOICES
from normalize.decisions.schedules import NONE, periods_in
from normalize.text import fold, squeeze
from schema.decree import Field
from schema.plan import PeriodType, Plan, Schedule

_PERCENT = 100  # rapidfuzz's likeness of equal texts
_SPLIT = "rows-not-ruled"
UNREAD = "\ufffd"  # a letter that the recogniser passed over


def options_of(card: Card, value: Field | None, plan: Plan, rows: Sequence[int]) -> tuple[Option, ...]:
    """Return the options of a card, at most `CHOICES.most`; each value once."""
    if card.subject == "join":
        other = Option("split", why="choice") if _SPLIT in card.codes else Option("joined", why="choice")
        return (other, Option("as-read", why="choice"))
    if card.subject == "finding":
        return (Option("as-read", why="choice"),)
    if card.kind is not None:
        found = _schedules(card, card.kind, plan, rows[0])
    elif card.field in ("area", "area_no") and card.subject == "row":
        found = (Option("value", str(area.number), "area") for area in plan.areas if area.number)
    else:
        found = _texts(card, value)
    once: dict[str, Option] = {}
    for option in found:
        once.setdefault(fold(option.value or card.text) or str(option.value), option)
    return tuple(once.values())[: CHOICES.most]


def _texts(card: Card, value: Field | None) -> Iterator[Option]:
    """Yield what the text is now, what was read if that is another, then the texts that it can be instead.

    A text with a letter that was not read is none to choose.
    """
    now = value.text if value is not None else ""
    if now.strip() and UNREAD not in now:
        yield Option("as-read")
    found = [("read", _unlabelled(squeeze(value.printed), value))] if value is not None else []
    found += [("alternative", _whole(text, value)) for f in card.findings for text in f.alternatives]
    for why, text in found:
        if text and text != now and UNREAD not in text:
            yield Option("value", text, "read" if why == "read" else "alternative")


def _whole(other: str, value: Field | None) -> str:
    """Return a text with another reading of the whole of it, or of one of its lines, in its place."""
    other = squeeze(other)
    lines = [squeeze(line) for line in value.printed.split("\n") if line.strip()] if value is not None else []
    if value is None or len(lines) < 2 or _alike(other, value.text) >= CHOICES.whole:
        return _unlabelled(other, value)
    at = max(range(len(lines)), key=lambda n: _alike(other, lines[n]))
    if _alike(other, lines[at]) < CHOICES.line:
        return ""
    return _unlabelled(" ".join([*lines[:at], other, *lines[at + 1 :]]), value)


def _unlabelled(text: str, value: Field | None) -> str:
    """Return a text without the label before it (`KESATU :`) that the value does not hold, though its print does."""
    first = next(iter(value.text.split()), "") if value is not None else ""
    if not first or value is None or squeeze(value.printed).startswith(first):
        return text
    words = text.split()
    begins = next((n for n, word in enumerate(words) if _alike(word, first) >= CHOICES.whole), 0)
    return " ".join(words[begins:])


def _alike(one: str, two: str) -> float:
    return fuzz.ratio(fold(one), fold(two)) / _PERCENT


def _schedules(card: Card, kind: PeriodType, plan: Plan, row: int) -> Iterator[Option]:
    """Yield the readings that the findings name, what the sure cells show, and what other rows have.

    What contradicts a cell that was read for sure is left out of the last.
    """
    schedule = list(plan.actions)[row].schedule
    for finding in card.findings:
        for text in finding.alternatives:
            if periods_in(text, kind) is not None:
                yield Option("value", text, "alternative")
    states = period_states(schedule, kind)
    sure = frozenset(n for n, state in states.items() if state == "planned")
    none = frozenset(n for n, state in states.items() if state == "not-planned")
    if sure:
        yield Option("value", listed(tuple(sorted(sure))), "read")
    for value in _often(plan, kind):
        periods = periods_in(value, kind) or frozenset()
        if sure <= periods and not none & periods:
            yield Option("value", value, "often")
    if not sure:
        yield Option("value", NONE, "none")


def _often(plan: Plan, kind: PeriodType) -> Iterable[str]:
    """Return the schedules of the plan's other rows, the most frequent first."""
    known = Counter(_certain(action.schedule, kind) for action in plan.actions)
    return [value for value, count in known.most_common() if value and count >= CHOICES.often]


def _certain(schedule: Schedule, kind: PeriodType) -> str:
    return listed(planned(schedule, kind)) if schedule.state == "marked" else ""
