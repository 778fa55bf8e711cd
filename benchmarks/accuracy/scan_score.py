"""Turns a plan read from a scan and what is printed on it into counts: rows, schedules, letters, silent errors."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

from benchmarks.counts import Counts
from benchmarks.drawing.scan_sources import Wanted
from benchmarks.reading import TEXTS
from samples.draw.truth import Truth
from schema.decree import Field
from schema.plan import Placed, Plan

SAME_ROW = 60.0  # likeness in per cent from which two rows can be one
EXACT = ("area_no", "component_no", "responsible")
HEAD = ("institution", "number", "year", "title", "place", "date", "signatory")


@dataclass(slots=True)
class Score(Counts):
    """Counts over rows (unless said otherwise); scores add up.

    `schedules_*`: all twelve months right; none wrong and some unknown; the same with only cells under foreign
    ink unknown; some wrong. `marks_*` count single wrong months. `silent_*` count rows that are wrong without
    asking for a review. `open_rows` are the rows no ink crosses, `open_reviews` those of them for review.
    `misses` names each difference.
    """

    pages: int = 0
    rows: int = 0
    found: int = 0
    missing: int = 0
    invented: int = 0
    schedules_right: int = 0
    schedules_unknown: int = 0
    schedules_covered: int = 0
    schedules_wrong: int = 0
    marks_invented: int = 0
    marks_lost: int = 0
    letters: int = 0
    letters_wrong: int = 0
    area_no: int = 0
    component_no: int = 0
    responsible: int = 0
    silent_schedules: int = 0
    silent_fields: int = 0
    reviews: int = 0
    open_rows: int = 0
    open_reviews: int = 0
    head_fields: int = 0
    head_right: int = 0
    seconds: float = 0.0
    misses: list[str] = field(default_factory=list)

    @property
    def cer(self) -> float:
        """Character error rate over all texts, of missing and invented rows too."""
        return self.letters_wrong / max(1, self.letters)


def plain(text: str) -> str:
    """A text as it is compared: one kind of space, none where a line may have ended after `/` or `-`."""
    text = re.sub(r"\s+", " ", unicodedata.normalize("NFKC", text)).strip()
    return re.sub(r"([/-]) ", r"\1", text)


def score(plan: Plan | None, rows: Sequence[Wanted], truth: Truth | None) -> Score:
    """Compare a plan (`None`: nothing could be read) with the printed rows, and the head where it was scanned."""
    read = list(plan.placed()) if plan else []
    result = Score(rows=len(rows))
    seen: set[tuple[object, ...]] = set()
    for placed, wanted in _pairs(read, rows):
        _score_pair(result, placed, wanted, seen)
    if truth is not None:
        _score_head(result, plan, truth)
    return result


def _score_pair(
    result: Score, placed: Placed | None, wanted: Wanted | None, seen: set[tuple[object, ...]]
) -> None:
    if wanted is None and placed is not None:
        result.invented += 1
        result.misses.append(f"{placed.action.action_id} invented: {placed.action.action.text!r}")
    elif wanted is not None and placed is None:
        result.missing += 1
        result.letters += sum(len(plain(getattr(wanted.action, name))) for name in TEXTS)
        result.letters_wrong += sum(len(plain(getattr(wanted.action, name))) for name in TEXTS)
        result.misses.append(f"page {wanted.action.page} missing: {wanted.action.action!r}")
    elif wanted is not None and placed is not None:
        _score_row(result, placed, wanted, seen)


def _score_row(result: Score, placed: Placed, wanted: Wanted, seen: set[tuple[object, ...]]) -> None:
    action = placed.action
    result.found += 1
    result.reviews += action.needs_review
    if not (wanted.hidden or wanted.inked):
        result.open_rows += 1
        result.open_reviews += action.needs_review
    right = _score_exact(result, placed, wanted)
    right &= _score_texts(result, placed, wanted, seen)
    scheduled = _score_schedule(result, placed, wanted)
    if not action.needs_review:
        result.silent_schedules += not scheduled
        result.silent_fields += not (right and scheduled)


def _score_exact(result: Score, placed: Placed, wanted: Wanted) -> bool:
    same = {
        "area_no": placed.area.number == wanted.area_no,
        "component_no": placed.component.number.text == wanted.component_no,
        "responsible": plain(placed.action.responsible.text) == plain(wanted.action.responsible),
    }
    if _is_covered(placed.action.responsible, wanted):
        same["responsible"] = True
    for name, holds in same.items():
        setattr(result, name, getattr(result, name) + holds)
        if not holds and name != "responsible":
            read = placed.area.number if name == "area_no" else placed.component.number.text
            _miss(result, placed, name, str(read), str(getattr(wanted, name)))
    return all(same.values())


def _score_texts(result: Score, placed: Placed, wanted: Wanted, seen: set[tuple[object, ...]]) -> bool:
    """Count the letters of a row's texts; an area's and a component's name count once, where they begin.

    Texts that are reported as covered, in a row that is, are not counted.
    """
    pairs = [(name, getattr(placed.action, name).text, getattr(wanted.action, name)) for name in TEXTS]
    names = [
        (("area", wanted.area_no), placed.area.name.text, wanted.area),
        (("component", wanted.area_no, wanted.component_no), placed.component.name.text, wanted.component),
    ]
    right = all(plain(read) == plain(printed) for _, read, printed in names)
    for key, read, printed in names:
        if key not in seen:
            seen.add(key)
            pairs.append((str(key[0]), read, printed))
    hidden = {name for name in TEXTS if _is_covered(getattr(placed.action, name), wanted)}
    for name, read, printed in pairs:
        if name in hidden:
            continue
        wrong = Levenshtein.distance(plain(read), plain(printed))
        result.letters += len(plain(printed))
        result.letters_wrong += wrong
        right &= wrong == 0
        if wrong:
            _miss(result, placed, name, plain(read), plain(printed))
    return right


def _is_covered(value: Field, wanted: Wanted) -> bool:
    """Tell whether a text is reported as covered in a row that a stamp or a pen really crosses: it is not judged."""
    return wanted.inked and value.status == "covered"


def _score_schedule(result: Score, placed: Placed, wanted: Wanted) -> bool:
    """Count a row's schedule; false when a month is wrong."""
    states = {p.period: p.state for p in placed.action.schedule.periods if p.period_type == "month"}
    open_months = {month for month in range(1, 13) if states.get(month) not in {"planned", "not-planned"}}
    planned = {month for month, state in states.items() if state == "planned"}
    printed = set(wanted.action.months)
    invented, lost = planned - printed, printed - planned - open_months
    result.marks_invented += len(invented)
    result.marks_lost += len(lost)
    if invented or lost:
        result.schedules_wrong += 1
        _miss(result, placed, "months", f"{sorted(planned)} open {sorted(open_months)}", str(sorted(printed)))
    elif not open_months:
        result.schedules_right += 1
    elif open_months <= wanted.hidden:
        result.schedules_covered += 1
    else:
        result.schedules_unknown += 1
        _miss(result, placed, "months", f"open {sorted(open_months)}", f"hidden {sorted(wanted.hidden)}")
    return not (invented or lost)


def _score_head(result: Score, plan: Plan | None, truth: Truth) -> None:
    result.head_fields += len(HEAD)
    if plan is None:
        return
    head = plan.head
    signatory = head.signatory.name.text if head.signatory else ""
    read = {name: getattr(head, name).text for name in HEAD[:5]}
    read |= {"date": str(head.date), "signatory": signatory}
    printed = {name: str(getattr(truth.head, name)) for name in HEAD[:5]}
    printed |= {"date": str(truth.head.date), "signatory": truth.head.signatory.name}
    for name in HEAD:
        if plain(read[name]).casefold() == plain(printed[name]).casefold():
            result.head_right += 1
        else:
            result.misses.append(f"head {name}: {read[name]!r} for {printed[name]!r}")


def _miss(result: Score, placed: Placed, name: str, read: str, printed: str) -> None:
    asks = "review" if placed.action.needs_review else "SILENT"
    result.misses.append(f"{placed.action.action_id} {name} [{asks}]: {read!r} for {printed!r}")


def _pairs(read: Sequence[Placed], rows: Sequence[Wanted]) -> Iterator[tuple[Placed | None, Wanted | None]]:
    """Rows that are the same, in the order of both; a row without a partner stands alone (dynamic programme)."""
    likeness = [[_likeness(placed, wanted) for wanted in rows] for placed in read]
    best = [[0.0] * (len(rows) + 1) for _ in range(len(read) + 1)]
    for i in range(len(read) - 1, -1, -1):
        for j in range(len(rows) - 1, -1, -1):
            best[i][j] = max(best[i + 1][j], best[i][j + 1], likeness[i][j] + best[i + 1][j + 1])
    i = j = 0
    while i < len(read) and j < len(rows):
        if likeness[i][j] > 0 and best[i][j] == likeness[i][j] + best[i + 1][j + 1]:
            yield read[i], rows[j]
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            yield read[i], None
            i += 1
        else:
            yield None, rows[j]
            j += 1
    yield from ((placed, None) for placed in read[i:])
    yield from ((None, wanted) for wanted in rows[j:])


def _likeness(placed: Placed, wanted: Wanted) -> float:
    one = " ".join(plain(getattr(placed.action, name).text) for name in TEXTS[:3])
    two = " ".join(plain(getattr(wanted.action, name)) for name in TEXTS[:3])
    return found if (found := fuzz.ratio(one, two)) >= SAME_ROW else 0.0
