"""Findings -> the cards of `report.html`: one for each row that asks, however many of its cells are in doubt."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from lampiran.publish.crops import Crop, Spot
from lampiran.publish.labels import finding_title
from lampiran.publish.quotes import QuotedCell, Quotes
from lampiran.publish.settings import REPORT
from schema.findings import Finding, Message, Severity
from schema.geometry import BBox

# How many cards of one kind are shown before the kind folds away; the others always are.
_MOST_OPEN: Mapping[Severity, int] = {
    "info": 0,
    "warning": REPORT.most_warnings,
    "notice": REPORT.most_notices,
}
PICTURED: tuple[Severity, ...] = ("error", "review", "warning", "notice")
_NUMBER = re.compile(r"(\d+)")
_TO = Message.of(" sampai ", " to ")

Numbered = tuple[int, Finding]


@dataclass(frozen=True, slots=True)
class Change:
    """What was read, what it became or is held against, and what else it may be."""

    raw: str | None
    value: str | None
    alternatives: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """Findings of one kind about one field of an action (or a single finding), and a picture or quoted line of them.

    `numbers` are theirs in `findings.csv`, `first` is the one that speaks for all.
    """

    numbers: tuple[int, ...]
    first: Finding
    title: Message
    messages: tuple[Message, ...]
    changes: tuple[Change, ...]
    spot: Spot | None
    crop: Crop | None = None
    quote: tuple[QuotedCell, ...] = ()


@dataclass(frozen=True, slots=True)
class Card:
    """What stands together: all that a row asks, or one part of another severity."""

    parts: tuple[Part, ...]

    @property
    def first(self) -> Finding:
        """The finding that the card is ordered and named by."""
        return self.parts[0].first


@dataclass(frozen=True, slots=True)
class SeverityGroup:
    """The cards of one severity: those shown at once, and those folded away, by kind."""

    severity: Severity
    count: int
    open: tuple[Card, ...]
    folded: tuple[tuple[Card, ...], ...]


def parts_of(findings: Iterable[Finding], quotes: Quotes) -> list[Part]:
    """Put together what is of one kind and about one field of an action, in the order of the first of each."""
    together: dict[object, list[Numbered]] = {}
    for n, finding in enumerate(findings, start=1):
        own = (finding.severity, finding.code, finding.action_id, finding.field)
        together.setdefault(own if finding.action_id else n, []).append((n, finding))
    return [_part(members, quotes) for members in together.values()]


def spots_of(parts: Sequence[Part]) -> dict[int, Spot]:
    """Return the places worth a picture by the number of the part's first finding, the most urgent first."""
    return {
        part.numbers[0]: part.spot
        for severity in PICTURED
        for part in parts
        if part.first.severity == severity and part.spot
    }


def group_of(severity: Severity, parts: Sequence[Part]) -> SeverityGroup:
    """Fold away mechanical findings and long rows of warnings and notices; what a person must decide is always shown."""
    cards = list(_cards(severity, [part for part in parts if part.first.severity == severity]))
    kinds: dict[str, list[Card]] = {}
    for card in cards:
        kinds.setdefault(card.first.code, []).append(card)
    most = _MOST_OPEN.get(severity, len(cards))
    return SeverityGroup(
        severity,
        len(cards),
        open=tuple(card for kind in kinds.values() if len(kind) <= most for card in kind),
        folded=tuple(tuple(kind) for kind in kinds.values() if len(kind) > most),
    )


def chips_of(parts: Iterable[Part]) -> dict[str, list[tuple[Severity, int, int]]]:
    """Return, for each action, its severities with their number of parts and the first finding's number."""
    found: dict[str, dict[Severity, list[int]]] = {}
    for part in parts:
        finding = part.first
        if finding.action_id and finding.severity in PICTURED:
            found.setdefault(finding.action_id, {}).setdefault(finding.severity, []).append(part.numbers[0])
    return {
        action_id: [
            (severity, len(own[severity]), own[severity][0]) for severity in PICTURED if severity in own
        ]
        for action_id, own in found.items()
    }


def merged(messages: Sequence[Message]) -> tuple[Message, ...]:
    """Return sentences as one where a single number tells them apart: "the cell of period 2 to 7 is covered"."""
    different = list(dict.fromkeys(messages))
    ids, ens = (_merged([message.text(lang) for message in different], lang) for lang in ("id", "en"))
    if len(different) > 1 and ids and ens:
        return (Message.of(ids, ens),)
    return tuple(different)


def _merged(texts: Sequence[str], language: str) -> str | None:
    split = [_NUMBER.split(text) for text in texts]
    places = list(zip(*split, strict=True)) if len({len(parts) for parts in split}) == 1 else []
    unlike = [n for n, words in enumerate(places) if len(set(words)) > 1]
    if len(unlike) != 1 or not places[unlike[0]][0].isdecimal():
        return None
    parts = list(split[0])
    parts[unlike[0]] = _listed(sorted({int(number) for number in places[unlike[0]]}), language)
    return "".join(parts)


def _listed(numbers: Sequence[int], language: str) -> str:
    """Return numbers with their runs in short: `2 to 7, 9`."""
    told: list[str] = []
    for _, run in groupby(enumerate(numbers), lambda pair: pair[1] - pair[0]):
        own = [str(number) for _, number in run]
        to = _TO.id if language == "id" else _TO.en
        told += [f"{own[0]}{to}{own[-1]}"] if len(own) >= REPORT.shortest_run else own
    return ", ".join(told)


def _part(members: Sequence[Numbered], quotes: Quotes) -> Part:
    findings = [finding for _, finding in members]
    first = findings[0]
    changes = (Change(one.raw, one.value, one.alternatives) for one in findings)
    told = [change for change in dict.fromkeys(changes) if change != Change(None, None, ())]
    return Part(
        numbers=tuple(n for n, _ in members),
        first=first,
        title=finding_title(first.code),
        messages=merged([finding.message for finding in findings]),
        changes=tuple(told),
        spot=_spot(findings),
        quote=_quote(findings, quotes),
    )


def _quote(findings: Sequence[Finding], quotes: Quotes) -> tuple[QuotedCell, ...]:
    """Return the line of the first finding, with the cells marked that any of them names."""
    line = findings[0].ref.line if findings[0].ref else None
    lines = [quotes.of(finding.ref) for finding in findings if finding.ref and finding.ref.line == line]
    return tuple(
        QuotedCell(cells[0].text, any(cell.marked for cell in cells)) for cells in zip(*lines, strict=True)
    )


def _spot(findings: Sequence[Finding]) -> Spot | None:
    """Return the place of findings, as far as they stand on the page of the first."""
    refs = [finding.ref for finding in findings if finding.ref and finding.ref.page and finding.ref.bbox]
    page = refs[0].page if refs else None
    boxes = [ref.bbox for ref in refs if ref.page == page and ref.bbox]
    return Spot(page=page, bbox=BBox.around(boxes)) if page else None


def _cards(severity: Severity, parts: Sequence[Part]) -> Iterator[Card]:
    """Yield a card for each row that asks; of other severities each part has one."""
    together: dict[object, list[Part]] = {}
    for part in parts:
        asks = severity == "review" and part.first.action_id
        together.setdefault(asks or part.numbers, []).append(part)
    yield from (Card(tuple(own)) for own in together.values())
