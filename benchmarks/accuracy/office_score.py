"""Compares rows of a plan as read with rows as drawn: what is lost, invented or wrong, and what of it is not reported."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from rapidfuzz import fuzz
from scipy.optimize import linear_sum_assignment

from benchmarks.counts import Counts
from benchmarks.reading import texts_of
from schema.plan import Plan

PERIODS = {"months": "month", "quarters": "quarter"}
ROMAN = {"i": "1", "ii": "2", "iii": "3", "iv": "4", "v": "5", "vi": "6"}
KEYS = ("component", "indicator", "action", "evidence", "responsible")
LIKE = 55.0  # of 100: two rows less alike than this are not the same row, whatever else is left over
QUOTED = 90.0  # of 100: likeness from which a text holds an action
SHORTEST_QUOTATION = 10  # letters
Values = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class ReadRow:
    """A row as read: its texts, planned periods by kind, whether they are known, its pages, whether it asks."""

    texts: Mapping[str, str]
    months: tuple[int, ...]
    quarters: tuple[int, ...]
    known: bool
    pages: tuple[int, ...]
    asks: bool


@dataclass(frozen=True, slots=True)
class Told:
    """A finding of severity `error` or `review`: its page and what it quotes."""

    code: str
    severity: str
    page: int | None
    raw: str


@dataclass(slots=True)
class OfficeScore(Counts):
    """Counts over the rows of one document, or of several once added up.

    `exact` counts, for each field, the rows that have it right; `silent` names each wrong, missing or extra row that
    neither a review of the row nor an error of its page reports.
    """

    rows: int = 0
    found: int = 0
    extra: int = 0
    schedule_exact: int = 0
    whole: int = 0
    asking: int = 0
    asking_whole: int = 0
    read: int = 0
    refused: int = 0
    exact: Counter[str] = field(default_factory=Counter)
    printed: Counter[str] = field(default_factory=Counter)
    codes: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)
    silent: list[str] = field(default_factory=list)


def read_rows(plan: Plan) -> list[ReadRow]:
    """Return a plan's rows as plain values."""
    rows = []
    for placed in plan.placed():
        action, schedule = placed.action, placed.action.schedule
        pages = tuple(page for page in (action.page_first, action.page_last) if page)
        known = schedule.state in {"marked", "none"}
        months, quarters = schedule.planned("month"), schedule.planned("quarter")
        rows.append(ReadRow(texts_of(placed), months, quarters, known, pages, action.needs_review))
    return rows


def told(plan: Plan) -> list[Told]:
    """Return the plan's findings that ask a person to look."""
    asking = (f for f in plan.findings if f.severity in {"error", "review"})
    return [Told(f.code, f.severity, f.ref.page if f.ref else None, f.raw or "") for f in asking]


def score(
    truth: Values, rows: Sequence[ReadRow], findings: Sequence[Told], pages: Sequence[str] = ()
) -> OfficeScore:
    """Compare the rows that were read with the truth's (`fields`, `rows`); `pages` holds the text of each page."""
    wanted: Sequence[Values] = truth["rows"]
    pairs = matched(wanted, rows, truth["fields"])
    failed = {finding.page for finding in findings if finding.severity == "error"}
    made = OfficeScore(rows=len(wanted), found=len(pairs), read=len(rows), extra=len(rows) - len(pairs))
    made.codes.update(finding.code for finding in findings)
    made.printed.update(dict.fromkeys(truth["fields"], len(wanted)))
    for index, row in enumerate(wanted):
        if index in pairs:
            _count(made, truth["fields"], row, rows[pairs[index]], failed, index)
        else:
            _missing(made, row, findings, failed, pages, index)
    for index in set(range(len(rows))) - set(pairs.values()):
        made.wrong.append(f"extra row: {' | '.join(filter(None, rows[index].texts.values()))[:100]!r}")
        if not rows[index].asks:
            made.silent.append(made.wrong[-1])
    made.asking = sum(row.asks for row in rows)
    return made


def differences(fields: Iterable[str], wanted: Values, row: ReadRow) -> Iterator[str]:
    """Name each field of a row that is not as drawn, `schedule` among them."""
    for name in fields:
        if fold(wanted[name]) != fold(row.texts[name]):
            yield f"{name}: {row.texts[name]!r} for {wanted[name]!r}"
    for kind in PERIODS:
        seen = getattr(row, kind)
        if tuple(wanted[kind]) != seen or not row.known:
            state = "" if row.known else " (unknown)"
            yield f"schedule: {kind} {list(seen)}{state} for {list(wanted[kind])}"


def fold(text: str) -> str:
    """Return a text without what the print of a document leaves open: case, ends of lines, a row's letter or stop."""
    text = re.sub(r"\s+", " ", text.replace("‐", "-")).strip().casefold()
    text = re.sub(r"^[a-z]\. ", "", text)
    text = re.sub(r" ?([/,;:.()-]) ?", r"\1", text).rstrip(".")
    return ROMAN.get(text, text)


def _count(
    made: OfficeScore,
    fields: Sequence[str],
    wanted: Values,
    row: ReadRow,
    failed: set[int | None],
    index: int,
) -> None:
    wrong = list(differences(fields, wanted, row))
    names = {difference.split(":")[0] for difference in wrong}
    made.exact.update(name for name in fields if name not in names)
    made.schedule_exact += "schedule" not in names
    made.whole += not wrong
    made.asking_whole += row.asks and not wrong
    made.wrong += [f"row {index + 1}: {difference}" for difference in wrong]
    if wrong and not row.asks and not failed.intersection(row.pages):
        made.silent.append(f"row {index + 1}: {'; '.join(wrong)}")


def _missing(
    made: OfficeScore,
    wanted: Values,
    findings: Sequence[Told],
    failed: set[int | None],
    pages: Sequence[str],
    index: int,
) -> None:
    action = fold(wanted["action"])
    made.wrong.append(f"row {index + 1} missing: {wanted['action']!r}")
    on = {n for n, text in enumerate(pages, start=1) if fuzz.partial_ratio(action, fold(text)) > QUOTED}
    if not is_quoted(action, findings) and not failed & on:
        made.silent.append(made.wrong[-1])


def is_quoted(action: str, findings: Sequence[Told]) -> bool:
    """Tell whether a finding quotes a lost action, given as `fold` returns it."""
    quotations = (fold(finding.raw) for finding in findings if len(finding.raw) > SHORTEST_QUOTATION)
    return bool(action) and any(fuzz.partial_ratio(action, text) > QUOTED for text in quotations)


def matched(wanted: Sequence[Values], rows: Sequence[ReadRow], fields: Iterable[str]) -> dict[int, int]:
    """Return which read row is which wanted one, as alike in total as possible."""
    if not rows:
        return {}
    names = [name for name in KEYS if name in set(fields)]
    mine = [_key(row, names) for row in wanted]
    theirs = [_key(row.texts, names) for row in rows]
    # Of equal rows the one in the same place is meant: order decides where words do not.
    alike = np.array(
        [
            [fuzz.ratio(a, b) - abs(i / len(mine) - j / len(theirs)) for j, b in enumerate(theirs)]
            for i, a in enumerate(mine)
        ]
    )
    chosen = zip(*linear_sum_assignment(alike, maximize=True), strict=True)
    return {int(i): int(j) for i, j in chosen if alike[i, j] > LIKE}


def _key(row: Values, names: Iterable[str]) -> str:
    return " | ".join(fold(row[name]) for name in names)
