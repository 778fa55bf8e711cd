"""Compares rows of a plan read from a copy with the truth: what is lost, invented or wrong, and what of it is not reported."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from rapidfuzz.distance import Levenshtein

from benchmarks.accuracy.copied import CopiedCounts
from benchmarks.accuracy.office_score import ReadRow, Told, differences, fold, is_quoted, matched
from benchmarks.drawing.copying.drawn import CopyTruth


@dataclass(slots=True)
class CopyScore(CopiedCounts):
    """Counts over rows, unless said otherwise; scores add up.

    `schedules_silent` and `schedules_asked` are wrong or unknown schedules of rows that do not ask and that do; a row
    under foreign ink that asks is in neither. `letters` are those of the texts of rows found. `silent` counts rows that
    are wrong, lost or invented while neither they ask nor their page has an error. `open_rows` are the rows found
    that no foreign ink crosses, `asking` those of them that ask, `asking_right` those that ask and are right.
    `pages_lost` counts pages with rows in print, none in the result and no error about them.
    """

    rows: int = 0
    found: int = 0
    invented: int = 0
    schedules_silent: int = 0
    schedules_asked: int = 0
    letters: int = 0
    letters_wrong: int = 0
    silent: int = 0
    open_rows: int = 0
    asking: int = 0
    asking_right: int = 0
    inked_rows: int = 0
    pages_lost: int = 0


def refused(truth: CopyTruth, pages: int, why: str) -> CopyScore:
    """Return the score of a file that gave no plan; the refusal reports all its rows."""
    wrong = [f"refused: {why}"]
    return CopyScore(
        rows=len(truth.rows), inked_rows=len(truth.inked), pages=pages, files=1, refused=1, wrong=wrong
    )


def score(truth: CopyTruth, rows: Sequence[ReadRow], findings: Sequence[Told], pages: int) -> CopyScore:
    """Return the score of a plan that was read from a copy of so many pages."""
    failed = {finding.page for finding in findings if finding.severity == "error"}
    pairs = matched(truth.rows, rows, truth.fields)
    made = CopyScore(
        rows=len(truth.rows), found=len(pairs), inked_rows=len(truth.inked), pages=pages, files=1
    )
    for index in range(len(truth.rows)):
        if index in pairs:
            _pair(made, truth, index, rows[pairs[index]], failed)
        else:
            _lost(made, truth, index, findings, failed)
    for index in sorted(set(range(len(rows))) - set(pairs.values())):
        made.invented += 1
        told = rows[index].asks or not failed.isdisjoint(rows[index].pages)
        _note(made, "invented", " | ".join(filter(None, rows[index].texts.values()))[:120], told=told)
    for page in sorted(_pages_without_rows(truth, rows) - failed):
        made.pages_lost += 1
        made.wrong.append(f"page {page}: rows in print, none read, no error")
    return made


def _pages_without_rows(truth: CopyTruth, rows: Sequence[ReadRow]) -> set[int]:
    seen = {page for row in rows if row.pages for page in range(min(row.pages), max(row.pages) + 1)}
    return {page for pages in truth.pages for page in pages} - seen


def _pair(made: CopyScore, truth: CopyTruth, index: int, row: ReadRow, failed: set[int | None]) -> None:
    wanted, is_inked = as_read(truth, index, row), index in truth.inked
    wrong = list(differences(truth.fields, wanted, row))
    if not is_inked:
        made.open_rows += 1
        made.asking += row.asks
        made.asking_right += row.asks and not wrong
    told = row.asks or not failed.isdisjoint(row.pages)
    excused = is_inked and row.asks
    if not excused:
        for read, printed in _texts(truth.fields, wanted, row):
            made.letters += len(printed)
            made.letters_wrong += Levenshtein.distance(read, printed)
        if any(difference.startswith("schedule") for difference in wrong):
            made.schedules_asked += told
            made.schedules_silent += not told
    if wrong:
        _note(made, f"row {index + 1}{' (inked)' if is_inked else ''}", "; ".join(wrong), told=told)


def as_read(truth: CopyTruth, index: int, row: ReadRow) -> Mapping[str, Any]:
    """Return a row of the truth, its broken words written as two where they were read as two."""
    breaks = truth.breaks[index] if truth.breaks else {}
    said = dict(truth.rows[index])
    for name in set(truth.fields) & set(breaks):
        for place in sorted(breaks[name], reverse=True):
            parted = f"{said[name][:place]} {said[name][place:]}"
            if _distance(parted, row.texts[name]) < _distance(said[name], row.texts[name]):
                said[name] = parted
    return said


def _distance(text: str, other: str) -> int:
    return Levenshtein.distance(fold(text), fold(other))


def _texts(names: Sequence[str], wanted: Mapping[str, Any], row: ReadRow) -> Iterator[tuple[str, str]]:
    yield from ((fold(row.texts[name]), fold(wanted[name])) for name in names if name != "component_no")


def _lost(
    made: CopyScore, truth: CopyTruth, index: int, findings: Sequence[Told], failed: set[int | None]
) -> None:
    action = fold(truth.rows[index]["action"])
    told = is_quoted(action, findings) or not failed.isdisjoint(truth.pages[index])
    _note(made, f"row {index + 1} lost", truth.rows[index]["action"], told=told)


def _note(made: CopyScore, what: str, text: str, *, told: bool) -> None:
    made.silent += not told
    made.wrong.append(f"{'asks  ' if told else 'SILENT'} {what}: {text}")
