"""Rows below each other turned into components: what a row leaves blank is continued from above."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from normalize.draft import Draft, Row
from normalize.facts import fact
from normalize.labels import numeral_value, plain, same_name
from normalize.official.official_list import OfficialList, best_margin
from normalize.plan.settings import PLAN
from normalize.text import to_roman
from schema.decree import Field
from schema.findings import RuleName
from schema.roles import FieldName

RULE: RuleName = "place-rows"


def continue_components(draft: Draft) -> Draft:
    """Fill a component's numeral and name into the rows that leave both blank, inside their area."""
    rows: list[Row] = []
    current: Row | None = None
    for row in draft.rows:
        if row.kind == "area" and current is not None and row.area_number != current.area_number:
            current = None
        starts = row.kind == "component" or (row.kind == "action" and _starts_component(row, current))
        rows.append(_continued(row, current) if row.kind == "action" and current and not starts else row)
        current = row if starts else current
    return replace(draft, rows=tuple(rows))


def _starts_component(row: Row, current: Row | None) -> bool:
    """Tell whether a row begins a component; one that repeats the current one's numeral and name does not.

    On a new page the numeral, or the name, alone is a repetition, too.
    """
    number, name = row.get("component_no"), row.get("component")
    if not number.text and not name.text:
        return False
    if current is None or current.area_number != row.area_number:
        return True
    if not (name.text and number.text) and (row.chunk, row.page) == (current.chunk, current.page):
        return True
    numbered = number.text in ("", current.get("component_no").text)
    return not (numbered and (not name.text or same_name(name.text, current.get("component").text)))


def _continued(row: Row, current: Row) -> Row:
    number, name = current.get("component_no"), current.get("component")
    label = f"{number.text} {plain(name.text)}".strip()
    blank: dict[FieldName, Field] = {"component_no": number, "component": name}
    for field_name, value in blank.items():
        if not row.get(field_name).text:
            row = row.with_field(field_name, value.filled())
    return row.noting(fact("component-filled", RULE, row.ref, "component", value=label))


@dataclass(frozen=True, slots=True)
class _Gap:
    """Numerals left out between two components, and the rows in which they may have been lost."""

    area: int
    first: int
    last: int
    rows: range


def infer_lost_components(draft: Draft) -> Draft:
    """Give rows a lost numeral where the numbering has a gap and the official list says where they belong.

    Only where the text was transcribed or recognised: what a digital page leaves out was not printed.
    """
    rows = list(draft.rows)
    for gap in _gaps(rows):
        if any(rows[n].digital for n in gap.rows):
            continue
        for ordinal in range(gap.first, gap.last + 1):
            start = _first_belonging(rows, gap, ordinal, draft.resources.official)
            if start is not None:
                stop = _first_belonging(rows, gap, ordinal + 1, draft.resources.official) or gap.rows.stop
                for n in range(start, stop):
                    rows[n] = _inferred(rows[n], ordinal, draft.resources.official)
    return replace(draft, rows=tuple(rows))


def _gaps(rows: Sequence[Row]) -> list[_Gap]:
    """Find numerals left out inside an area: before its first component or between two."""
    gaps: list[_Gap] = []
    value = 0
    begun = 0
    area: int | None = None
    for n, row in enumerate(rows):
        if row.kind == "area" and row.area_number != area:
            area, value, begun = row.area_number, 0, n + 1
        own, name = row.get("component_no"), row.get("component")
        unnumbered = not own.text and row.recognised and name.text and name.status != "filled"
        if row.kind != "action" or own.status == "filled" or not (own.text or unnumbered):
            continue
        now = numeral_value(own.text)
        if now is not None and now > value + 1 and area is not None:
            gaps.append(_Gap(area, value + 1, now - 1, range(begun, n)))
        value, begun = now or value + 1, n + 1
    return gaps


def _first_belonging(rows: Sequence[Row], gap: _Gap, ordinal: int, official: OfficialList) -> int | None:
    """Return the first row of the gap that plainly belongs to a component of the list, by its indicator."""
    for n in gap.rows:
        if rows[n].kind != "action" or rows[n].get("component_no").status not in ("filled", "missing"):
            continue
        matches = official.match_questions(plain(rows[n].get("indicator").text), gap.area)
        plainly = (
            matches and matches[0].score >= PLAN.plain_score and best_margin(matches) >= PLAN.plain_margin
        )
        if plainly and matches[0].component.ordinal == ordinal:
            return n
    return None


def _inferred(row: Row, ordinal: int, official: OfficialList) -> Row:
    """Set the inferred numeral and the official name, each with a finding that asks for a decision."""
    if row.kind != "action" or row.area_number is None:
        return row
    numeral, read = to_roman(ordinal), row.get("component_no").text
    known = official.component(row.area_number, ordinal)
    row = _with_inferred(
        row, "component_no", "numeral-inferred", numeral, (numeral, read) if read else (numeral,)
    )
    if known is None:
        return row
    return _with_inferred(row, "component", "component-name-inferred", known.name, known.names)


def _with_inferred(row: Row, name: FieldName, code: str, text: str, alternatives: Sequence[str]) -> Row:
    told = fact(
        code,
        "infer-components",
        row.ref,
        name,
        raw="",
        value=text,
        alternatives=alternatives,
        certainty="probable",
    )
    return row.with_field(name, Field(text=text, status="inferred")).noting(told)
