"""Recognised words turned into a certainty of each field; a field below the threshold asks for a review."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from math import prod

from extract.types import Cell, Word
from normalize.certainty.field_lines import NUMERALS, lacks_a_dash, lines_of
from normalize.certainty.official_names import (
    NAMES,
    is_off_official,
    is_official_name,
    is_official_place,
    officially_spaced,
)
from normalize.certainty.repeats import (
    Counting,
    confirmed,
    is_number,
    numbered_teams,
    own_number,
    settled_teams,
)
from normalize.certainty.settings import CERTAINTY
from normalize.certainty.weighing import borders_certainty, doubt_of, other_readings, rounded, status_of
from normalize.draft import Draft, Row
from normalize.facts import doubt
from normalize.plan.areas import areas_in_order
from normalize.plan.numerals import numeral_order
from normalize.plan.texts import FIELDS
from normalize.recognised.corrections import correction
from normalize.resources import Resources
from schema.decree import Status
from schema.findings import RuleName
from schema.provenance import SourceRef
from schema.roles import FieldName

RULE: RuleName = "weigh-words"
_CHECKED: tuple[FieldName, ...] = ("area_no", "component_no", *FIELDS)


def weigh_fields(draft: Draft) -> Draft:
    """Give each recognised field its certainty; one below the threshold asks for a person's decision.

    A finding tells where another text was decided on than the one that was read. What a stamp or a pen's stroke
    covers is never certain.
    """
    threshold, official = draft.resources.review_threshold, draft.resources.official
    counting, told = numbered_teams(draft.rows), set[int]()
    rows = [
        _decided(_weighed(row, draft.resources, counting), told) if row.recognised else row
        for row in draft.rows
    ]
    in_order, out_of_order = numeral_order(draft.rows)
    for n in in_order:
        rows[n] = _held(rows[n], "component_no", least=CERTAINTY.vouched)
    for n in areas_in_order(draft.rows):
        rows[n] = _held(rows[n], "area_no", least=CERTAINTY.vouched)
    for n in out_of_order:
        if not is_official_place(rows[n], official):
            rows[n] = _held(rows[n], "component_no", most=CERTAINTY.out_of_order)
    spaced = tuple(officially_spaced(rows, official))
    settled = settled_teams(confirmed(spaced, FIELDS), threshold)
    asking = tuple(_asking(row, threshold) for row in settled)
    return replace(draft, rows=tuple(_filled_from_above(asking)))


def _weighed(row: Row, resources: Resources, counting: Counting | None) -> Row:
    """Set the certainty of each of a row's fields that was read from recognised lines.

    `counting` tells how the decree's teams bear the numbers of their areas, if they do.
    """
    expected = own_number(row, counting) if counting else None
    for name in _CHECKED:
        value = row.get(name)
        cells, lines = row.cells_of(value), lines_of(row, name)
        if not lines or value.status in ("inferred", "missing"):
            continue
        number = expected if name == "responsible" else None
        certainty = prod(_sureness(word, number) for line in lines for word in line.words)
        named = is_official_name(row, name, resources.official)
        if named and name not in NUMERALS:
            certainty = max(certainty, CERTAINTY.vouched)
        if name in NAMES and is_off_official(value.text, resources.official):
            certainty *= CERTAINTY.nearly_named
        if lacks_a_dash(lines, cells):
            certainty *= CERTAINTY.lost_dash
        if not named:  # no border cut an official name that is complete
            certainty *= borders_certainty(cells)
        row = row.with_field(name, value.weighed(rounded(certainty)))
    return row


def _sureness(word: Word, expected: str | None) -> float:
    """Return a word's certainty; a number beside the expected one of its team is confirmed or doubted by that."""
    if not expected or not is_number(word.text):
        return word.confidence
    if word.text == expected:
        return max(word.confidence, CERTAINTY.vouched)
    return min(word.confidence, CERTAINTY.out_of_order)


def _decided(row: Row, told: set[int]) -> Row:
    """Report each line of a row for which another text was decided on than the one read, once in a document."""
    times = {time.cell.ref for time in row.times}
    for cell in row.cells:
        changed = [line for line in cell.lines if line.first_read is not None and id(line) not in told]
        if not changed:
            continue
        told |= set(map(id, changed))
        own = (n for n in _CHECKED if cell.ref in row.get(n).refs and row.get(n).status != "filled")
        name = next(own, None)
        if name is not None and row.get(name).status == "read":
            row = row.with_field(name, row.get(name).with_status("corrected"))
        extra = any(cell.ref in value.refs for _, value in row.extra)
        field = name or ("extra" if extra else "schedule" if cell.ref in times else None)
        row = row.noting(*(correction(line, cell.ref, field) for line in changed))
    return row


def _held(row: Row, name: FieldName, *, least: float = 0, most: float = 1) -> Row:
    """Return a row with the certainty of a recognised field limited to a range."""
    value = row.get(name)
    if not row.recognised or value.confidence is None:
        return row
    return row.with_field(name, value.weighed(min(max(value.confidence, least), most)))


def _asking(row: Row, threshold: float) -> Row:
    """Ask for a person's decision on each field that is covered or not certain enough."""
    for name in _CHECKED if row.recognised else ():
        value = row.get(name)
        lines = lines_of(row, name)
        if not value.text and not lines and any(map(_may_belong_elsewhere, row.cells_of(value))):
            row = row.noting(doubt("cell-border-doubtful", RULE, value.refs[0], name))
        if not lines or value.confidence is None or value.status in ("inferred", "missing", "filled"):
            continue
        if status := status_of(lines, value.confidence, threshold):
            asked = doubt_of(value, name, status, RULE, others=other_readings(lines))
            row = row.with_field(name, value.with_status(status)).noting(asked)
    return row


def _may_belong_elsewhere(cell: Cell) -> bool:
    """Tell whether a blank cell may be a part of another one."""
    return cell.border is not None and cell.border < CERTAINTY.sure_border and not cell.text.strip()


def _filled_from_above(rows: Sequence[Row]) -> Iterator[Row]:
    """Yield the rows; what was filled from another row's cell is as certain as there, and covered where it is."""
    hidden = {cell.ref for row in rows for cell in row.cells if any(line.covered for line in cell.lines)}
    known: dict[tuple[FieldName, tuple[SourceRef, ...]], float | None] = {}
    for row in rows:
        own = ((name, row.get(name)) for name in _CHECKED)
        known |= {(name, v.refs): v.confidence for name, v in own if v.refs and v.status != "filled"}
    for row in rows:
        changed = row
        for name in _CHECKED if row.recognised else ():
            value = row.get(name)
            if value.status == "filled" and value.refs:
                certainty = known.get((name, value.refs), value.confidence)
                status: Status | None = None if hidden.isdisjoint(value.refs) else "covered"
                changed = changed.with_field(name, value.weighed(certainty, status))
        yield changed
