"""Recognised words turned into a certainty of each field; a field below the threshold asks for a review."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from extract.types import Cell, TextLine
from normalize.certainty.official_spacing import officially_spaced
from normalize.certainty.repeats import (
    Counting,
    confirmed,
    is_number,
    numbered_teams,
    own_number,
    settled_teams,
)
from normalize.draft import Draft, FieldName, Row
from normalize.labels import numeral_value, same_name
from normalize.official.official_list import OfficialList
from normalize.plan.areas import areas_in_order
from normalize.plan.numerals import rows_in_order, rows_out_of_order
from normalize.plan.texts import FIELDS
from normalize.recognised.corrections import correction
from normalize.resources import Resources
from schema.catalogue import make_finding
from schema.decree import Field, Status
from schema.findings import RuleName
from schema.provenance import SourceRef

RULE: RuleName = "weigh-words"
# Certainty of what something beside the letters vouches for: a numeral that follows the one before in the decree's
# way of counting, a name that is an official one letter by letter, what body and annex both say.
VOUCHED = 0.995
NEARLY_NAMED = 0.6  # the same of a name one or two letters off an official one
LOST_DASH = 0.6  # the same of a list in which one item has no dash
OUT_OF_ORDER = 0.5  # the same of a numeral that does not follow the one before
SURE_BORDER = 0.75  # certainty of a cell's borders from which on a blank one stands by itself
_STOP_INSIDE = re.compile(r"[.,:;']\s")  # no official name has one
_DASHES = ("-", "–", "—")
_CHECKED: tuple[FieldName, ...] = ("area_no", "component_no", *FIELDS)
_NUMERALS = ("area_no", "component_no")
_PARTNER: dict[FieldName, FieldName] = {
    "component_no": "component",
    "component": "component_no",
    "area_no": "area",
    "area": "area_no",
}


def weigh_fields(draft: Draft) -> Draft:
    """Give each recognised field its certainty; one below the threshold asks for a person's decision.

    Where another text was decided on than the one that was read, a finding tells it.

    What a stamp or a pen's stroke lies over is never certain.
    """
    rows, told = list(draft.rows), set[int]()
    counting = numbered_teams(rows)
    for n in range(len(rows)):
        if rows[n].ref.reader == "ocr":
            rows[n] = _decided(_weighed(rows[n], draft.resources, counting), told)
    ordered_by: dict[FieldName, frozenset[int]] = {
        "component_no": rows_in_order(draft.rows),
        "area_no": areas_in_order(draft.rows),
    }
    for name, ordered in ordered_by.items():
        for n in ordered:
            rows[n] = _vouched(rows[n], name)
    for n in rows_out_of_order(draft.rows):
        if not _is_official_place(rows[n], draft.resources.official):
            rows[n] = _lowered(rows[n], "component_no", OUT_OF_ORDER)
    threshold = draft.resources.review_threshold
    spaced = tuple(officially_spaced(rows, draft.resources.official, VOUCHED))
    settled = settled_teams(confirmed(spaced, FIELDS), threshold)
    asking = tuple(_asking(row, threshold) for row in settled)
    return replace(draft, rows=tuple(_filled_from_above(asking)))


def _is_official_place(row: Row, official: OfficialList) -> bool:
    """Tell whether the official list has a component of this name under this numeral: a decree may leave out others."""
    number = numeral_value(row.get("component_no").text)
    known = official.component(row.area_number or 0, number or 0)
    return known is not None and any(same_name(row.get("component").text, name) for name in known.names)


def _filled_from_above(rows: Sequence[Row]) -> Iterator[Row]:
    """Yield the rows; what was filled from another row's cell is as certain as there, and covered where it is."""
    hidden = {cell.ref for row in rows for cell in row.cells if any(line.covered for line in cell.lines)}
    known: dict[tuple[FieldName, tuple[SourceRef, ...]], float | None] = {}
    for row in rows:
        own = ((name, row.get(name)) for name in _CHECKED)
        known |= {(name, v.refs): v.confidence for name, v in own if v.refs and v.status != "filled"}
    for row in rows:
        changed = row
        for name in _CHECKED:
            value = row.get(name)
            if value.status != "filled" or row.ref.reader != "ocr" or not value.refs:
                continue
            update: dict[str, object] = {"confidence": known.get((name, value.refs), value.confidence)}
            if hidden.intersection(value.refs):
                update["status"] = "covered"
            changed = changed.with_field(name, value.model_copy(update=update))
        yield changed


def _weighed(row: Row, resources: Resources, counting: Counting | None) -> Row:
    """Set the certainty of each of a row's fields that was read from recognised lines.

    `counting` tells how the decree's teams bear the numbers of their areas, if they do.
    """
    expected = own_number(row, counting) if counting else None
    for name in _CHECKED:
        value = row.get(name)
        cells = _cells_of(row, value)
        lines = list(_own_lines(cells, row, name))
        if not lines or value.status in ("inferred", "missing"):
            continue
        certainty = 1.0
        for word in (word for line in lines for word in line.words):
            sure = word.confidence
            if name == "responsible" and expected and is_number(word.text):
                sure = max(sure, VOUCHED) if word.text == expected else min(sure, OUT_OF_ORDER)
            certainty *= sure
        named = _is_official_name(row, name, resources.official)
        if named and name not in _NUMERALS:
            certainty = max(certainty, VOUCHED)
        if name in ("area", "component") and _is_off_official(value.text, resources.official):
            certainty *= NEARLY_NAMED
        if _lacks_a_dash(lines, cells):
            certainty *= LOST_DASH
        for cell in cells if not named else ():  # an official name that is all there was not cut by a border
            certainty *= 1.0 if cell.border is None else cell.border
        row = row.with_field(name, value.model_copy(update={"confidence": round(certainty, 4)}))
    return row


def _decided(row: Row, told: set[int]) -> Row:
    """Tell of each text in a row's cells that another one was decided on than the one that was read, once a document."""
    times = {time.cell.ref for time in row.times}
    for cell in row.cells:
        changed = [line for line in cell.lines if line.first_read is not None and id(line) not in told]
        if not changed:
            continue
        told |= set(map(id, changed))
        own = (name for name in _CHECKED if cell.ref in row.get(name).refs)
        name = next((name for name in own if row.get(name).status != "filled"), None)
        if name is not None and row.get(name).status == "read":
            row = row.with_field(name, row.get(name).model_copy(update={"status": "corrected"}))
        extra = any(cell.ref in value.refs for _, value in row.extra)
        field = name or ("extra" if extra else "schedule" if cell.ref in times else None)
        row = row.noting(*(correction(line, cell.ref, field) for line in changed))
    return row


def _is_official_name(row: Row, name: FieldName, official: OfficialList) -> bool:
    """Tell whether a field is an official name of an area or a component, or the numeral that shares its cell."""
    value = row.get(name)
    if name in _NUMERALS:
        name = _PARTNER[name]
        if set(row.get(name).refs) != set(value.refs):
            return False
        value = row.get(name)
    plainly = _STOP_INSIDE.search(value.text) is None
    return name in ("area", "component") and plainly and official.is_name(value.text)


def _is_off_official(text: str, official: OfficialList) -> bool:
    """Tell whether a name is an official one but for a letter or two, or for a stop inside."""
    stopped = official.is_name(text) and _STOP_INSIDE.search(text) is not None
    return stopped or official.is_nearly_name(text)


def _lacks_a_dash(lines: Sequence[TextLine], cells: Sequence[Cell]) -> bool:
    """Tell whether a list has lines with a dash, and one that begins with a capital letter: its dash may be lost.

    A first line that ends with a colon or begins small introduces the list; a line whose first word had no room on
    the line before goes on with it.
    """
    dashed = [line.text.startswith(_DASHES) for line in lines]
    if not any(dashed):
        return False
    limits = [_right_limit(cell) for cell in cells for _ in cell.lines]
    bare = [n for n, line in enumerate(lines) if not dashed[n] and line.text[:1].isupper()]
    introduced = bare[:1] == [0] and lines[0].text.endswith(":")
    wrapped = sum(n > 0 and _had_no_room(lines[n], lines[n - 1], limits[n - 1 : n]) for n in bare)
    return len(bare) > introduced + wrapped


def _right_limit(cell: Cell) -> float | None:
    """Return how far to the right a cell's text reaches at most: as far from its edge as it begins from the other."""
    box, starts = cell.ref.bbox, [line.bbox.x0 for line in cell.lines if line.bbox]
    return box.x1 - (min(starts) - box.x0) if box and starts else None


def _had_no_room(line: TextLine, above: TextLine, limit: Sequence[float | None]) -> bool:
    """Tell whether a line's first word would not have fitted on the line above it."""
    first = line.words[0].bbox if line.words else None
    if first is None or above.bbox is None or not limit or limit[0] is None:
        return False
    return above.bbox.x1 + (first.x1 - first.x0) > limit[0]


def _vouched(row: Row, name: FieldName) -> Row:
    value = row.get(name)
    if row.ref.reader != "ocr" or value.confidence is None:
        return row
    return row.with_field(name, value.model_copy(update={"confidence": max(value.confidence, VOUCHED)}))


def _lowered(row: Row, name: FieldName, most: float) -> Row:
    value = row.get(name)
    if row.ref.reader != "ocr" or value.confidence is None:
        return row
    return row.with_field(name, value.model_copy(update={"confidence": min(value.confidence, most)}))


def _asking(row: Row, threshold: float) -> Row:
    """Ask for a person's decision on each field that is covered or not certain enough."""
    if row.ref.reader != "ocr":
        return row
    for name in _CHECKED:
        value = row.get(name)
        cells = _cells_of(row, value)
        lines = list(_own_lines(cells, row, name))
        if cells and not value.text and not lines and any(_is_open(cell) for cell in cells):
            row = _noted(row, name, "cell-border-doubtful")
        if not lines or value.confidence is None or value.status in ("inferred", "missing", "filled"):
            continue
        if any(line.covered for line in lines):
            row = _doubted(row, name, lines, "text-covered", "covered")
        elif value.confidence < threshold:
            row = _doubted(row, name, lines, "text-uncertain", "uncertain")
    return row


def _is_open(cell: Cell) -> bool:
    """Tell whether a blank cell may be a part of another one."""
    return cell.border is not None and cell.border < SURE_BORDER and not cell.text.strip()


def _noted(row: Row, name: FieldName, code: str) -> Row:
    ref = row.get(name).refs[0]
    return row.noting(make_finding(code, rule=RULE, ref=ref, field=name, certainty="ambiguous"))


def _cells_of(row: Row, value: Field) -> list[Cell]:
    return [cell for cell in row.cells if cell.ref in value.refs]


def _own_lines(cells: Sequence[Cell], row: Row, name: FieldName) -> Iterator[TextLine]:
    """Return the lines of a field; a numeral that shares its cell with a name is the first word there."""
    lines = [line for cell in cells for line in cell.lines]
    other = _PARTNER.get(name, name)
    shared = other != name and set(row.get(other).refs) == {cell.ref for cell in cells}
    if shared and lines and lines[0].words:
        lines[0] = _spread(lines[0], row.get(name if name in _NUMERALS else other).text)
    if shared and lines and lines[0].words and name in _NUMERALS:
        return iter((_part(lines[0], slice(0, 1)),))
    if shared and lines and len(lines[0].words) > 1 and row.get(other).text and name in ("area", "component"):
        return iter((_part(lines[0], slice(1, None)), *lines[1:]))
    return iter(lines)


def _spread(line: TextLine, numeral: str) -> TextLine:
    """Return a line whose first word is its numeral alone, where it was printed or read without a space (`IV.NAMA`)."""
    first = line.words[0]
    found = re.match(rf"(\W*{re.escape(numeral)}[.)/]+)(\w.*)", first.text) if numeral else None
    if found is None:
        return line
    words = tuple(first.model_copy(update={"text": text}) for text in found.groups())
    others = tuple(other.replace(first.text, " ".join(found.groups()), 1) for other in line.others)
    text = line.text.replace(first.text, " ".join(found.groups()), 1)
    return line.model_copy(update={"text": text, "words": (*words, *line.words[1:]), "others": others})


def _part(line: TextLine, words: slice) -> TextLine:
    """Return some words of a line with what the other reader saw of them, word by word."""
    kept = line.words[words]
    others = tuple(" ".join(other.split(" ")[words]) for other in line.others if other.strip())
    text = " ".join(word.text for word in kept)
    agreed = None if line.agreed is None else all(other == text for other in others)
    return line.model_copy(update={"text": text, "words": kept, "others": others, "agreed": agreed})


def _doubted(row: Row, name: FieldName, lines: Sequence[TextLine], code: str, status: Status) -> Row:
    value = row.get(name)
    others = tuple(dict.fromkeys(other for line in lines for other in line.others))
    finding = make_finding(
        code,
        rule=RULE,
        ref=value.refs[0] if value.refs else row.ref,
        field=name,
        raw=" ".join(value.printed.split()),
        value=None,
        alternatives=others,
        certainty="ambiguous",
    )
    return row.with_field(name, row.get(name).model_copy(update={"status": status})).noting(finding)
