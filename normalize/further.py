"""Recognised texts of further columns turned into a certainty each; one below the threshold asks for a review."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from math import prod

from extract.types import TextLine
from normalize.draft import Draft, Row
from normalize.figures import Doubt, Seen, column_doubts, is_text, seen_cell
from normalize.numerals import shape
from normalize.resources import Resources
from schema.catalogue import make_finding
from schema.decree import Field, Status
from schema.findings import Finding
from schema.provenance import SourceRef

RULE = "weigh-words"
COUNT_RULE = "count-rows"
FIELD = "extra"
COUNTED = 0.995  # certainty of a number that the count of its column settles
ODD_NUMBER = 0.3  # certainty of a number that breaks the count of its column
_FEWEST = 4


def weigh_further(draft: Draft) -> Draft:
    """Give what further columns of recognised rows hold its certainty; what is covered or doubtful asks."""
    if not any(row.extra and row.ref.reader == "ocr" for row in draft.rows):
        return draft
    words = draft.resources.words
    columns = _columns(draft.rows)
    odd, counted = _odd_numbers(columns)
    doubts = column_doubts(list(_cells(draft.rows).values()), lambda text: is_text(text, words))
    return draft.map_rows(lambda row: _weighed(row, draft.resources, odd, counted, doubts))


def _columns(rows: Sequence[Row]) -> dict[str, list[Field]]:
    """Return what further columns hold, from top to bottom."""
    columns: dict[str, list[Field]] = {}
    for row in rows:
        for name, value in row.extra:
            if value.status != "filled" and value.refs:
                columns.setdefault(name, []).append(value)
    return columns


def _cells(rows: Sequence[Row]) -> dict[str, list[Seen]]:
    """Return the cells of further columns, from top to bottom."""
    columns: dict[str, list[Seen]] = {}
    for row in rows:
        cells = {cell.ref: cell for cell in row.cells}
        for name, value in row.extra:
            if value.status != "filled" and value.refs and value.refs[0] in cells:
                columns.setdefault(name, []).append(seen_cell(cells[value.refs[0]]))
    return columns


def _odd_numbers(
    columns: Mapping[str, Sequence[Field]],
) -> tuple[dict[SourceRef, str | None], frozenset[SourceRef]]:
    """Return the places of texts that break the count of a column which counts its rows, with what each must be.

    Then those of the numbers that count on. What a number must be is known where the text looks like the number that its neighbours leave (`I` before `2`, `I3` for `13`).
    """
    odd: dict[SourceRef, str | None] = {}
    counted: set[SourceRef] = set()
    for values in columns.values():
        numbers = [int(v.text) if v.text.strip().isdecimal() else None for v in values]
        rising = sum(a is not None and b is not None and b == a + 1 for a, b in pairwise(numbers))
        if len(values) < _FEWEST or rising * 3 < (len(values) - 1) * 2:
            continue
        around = zip([None, *numbers[:-1]], numbers, [*numbers[1:], None], values, strict=True)
        for before, own, behind, value in around:
            if _counts_on(before, own, behind):
                counted.add(value.refs[0])
            else:
                odd[value.refs[0]] = _wanted(before, value.text, behind)
    return odd, frozenset(counted)


def _counts_on(before: int | None, own: int | None, behind: int | None) -> bool:
    return own is not None and (before == own - 1 or behind == own + 1)


def _wanted(before: int | None, text: str, behind: int | None) -> str | None:
    """Return the number that a text looks like where both neighbours, or the only one, leave it."""
    left = {str(before + 1)} if before is not None else set()
    right = {str(behind - 1)} if behind is not None else set()
    found = left & right if left and right else left | right
    return next((number for number in found if shape(number) == shape(text)), None)


def _weighed(
    row: Row,
    resources: Resources,
    odd: Mapping[SourceRef, str | None],
    counted: frozenset[SourceRef],
    doubts: Mapping[SourceRef, Doubt],
) -> Row:
    if row.ref.reader != "ocr":
        return row
    extra: list[tuple[str, Field]] = []
    for name, value in row.extra:
        lines = [line for cell in row.cells if cell.ref in value.refs for line in cell.lines]
        if not lines or value.status == "filled":
            extra.append((name, value))
            continue
        certainty = prod(word.confidence for line in lines for word in line.words)
        wanted = odd.get(value.refs[0])
        if wanted is not None and not any(line.covered for line in lines):
            row = row.noting(_corrected(value, wanted))
            update = {"text": wanted, "status": "corrected", "confidence": COUNTED}
            extra.append((name, value.model_copy(update=update)))
            continue
        if value.refs[0] in odd:
            certainty *= ODD_NUMBER
        if value.refs[0] in counted:
            certainty = max(certainty, COUNTED)
        doubt = doubts.get(value.refs[0])
        if doubt is not None:
            certainty = min(certainty, resources.review_threshold / 2)
        update = {"confidence": round(certainty, 4)}
        status = _doubt(lines, certainty, resources.review_threshold)
        if status is not None:
            update["status"] = status
            row = row.noting(_finding(value, lines, status, doubt))
        extra.append((name, value.model_copy(update=update)))
    return replace(row, extra=tuple(extra))


def _corrected(value: Field, wanted: str) -> Finding:
    return make_finding(
        "word-corrected",
        rule=COUNT_RULE,
        ref=value.refs[0],
        field=FIELD,
        raw=value.text,
        value=wanted,
        alternatives=(value.text,),
        certainty="certain",
        reason=COUNT_RULE,
    )


def _doubt(lines: list[TextLine], certainty: float, threshold: float) -> Status | None:
    if any(line.covered for line in lines):
        return "covered"
    return "uncertain" if certainty < threshold else None


def _finding(value: Field, lines: list[TextLine], status: Status, doubt: Doubt | None) -> Finding:
    code = "text-covered" if status == "covered" else doubt.code if doubt else "text-uncertain"
    likely = doubt.alternatives if doubt else ()
    return make_finding(
        code,
        rule=RULE,
        ref=value.refs[0],
        field=FIELD,
        raw=" ".join(value.printed.split()),
        alternatives=tuple(dict.fromkeys((*likely, *(o for line in lines for o in line.others)))),
        certainty="ambiguous",
    )
