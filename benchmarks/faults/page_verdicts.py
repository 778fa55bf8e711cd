"""Reads a drawn file as a user would and judges the result against the table that a person sees on it."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import lampiran
from benchmarks.drawing.pages.tables import FIELDS, FIRST_MONTH, MONTHS, Table
from benchmarks.reading import texts_of
from schema.errors import LampiranError
from schema.findings import Finding
from schema.geometry import BBox
from schema.plan import Placed, Plan
from schema.ruled import RuledCell, RuledTable

ASKING = ("review", "error")
Place = tuple[int, int]  # row, column


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of a file: a word, what is wrong, and the codes of the findings that ask."""

    word: Literal["right", "flagged", "refused", "silent"]
    note: str
    asked: tuple[str, ...]


def squeezed(text: str) -> str:
    """Return a text with its runs of white space as one space."""
    return " ".join(text.split())


def plan_verdict(path: Path, seen: Table, place: Place, accepted: Sequence[str]) -> Verdict:
    """Read an action plan and judge all of its rows; `accepted` are the texts that are right at `place`."""
    logging.disable(logging.CRITICAL)
    try:
        plan = lampiran.read(path).plan
    except LampiranError as error:
        return Verdict("refused", str(error), ())
    asking = [finding for finding in plan.findings if finding.severity in ASKING]
    codes = _codes(asking)
    rows = list(plan.placed())
    if len(rows) != len(seen.body_rows):
        told = any(not _is_head(finding) for finding in asking)
        return Verdict("flagged" if told else "silent", f"{len(rows)} rows for {len(seen.body_rows)}", codes)
    notes, silent = [], False
    for number, placed in zip(seen.body_rows, rows, strict=True):
        wrong = list(_wrong(placed, seen, number, place, accepted))
        if wrong:
            notes.append("; ".join(note for _, note in wrong))
            silent |= not all(_told(asking, placed, name, seen, number, plan) for name, _ in wrong)
    return Verdict(("silent" if silent else "flagged") if notes else "right", " | ".join(notes), codes)


def _codes(asking: Sequence[Finding]) -> tuple[str, ...]:
    return tuple(sorted(finding.code for finding in asking))


def _wrong(
    placed: Placed, seen: Table, row: int, place: Place, accepted: Sequence[str]
) -> Iterable[tuple[str, str]]:
    action = placed.action
    read = texts_of(placed)
    columns = FIELDS | {"component": 2}
    for name, column in columns.items():
        right = accepted if (row, column) == place else (seen.at(row, column).text,)
        if squeezed(read[name]) not in right:
            yield name, f"{name} {right} read as {read[name]!r}"
    months = tuple(n + 1 for n in range(MONTHS) if seen.at(row, FIRST_MONTH + n).text)
    unknown = [p.period for p in action.schedule.periods if p.state in {"unknown", "covered"}]
    if action.schedule.planned() != months or unknown:
        yield "schedule", f"months {months} read as {action.schedule.planned()}, unknown {unknown}"


def _told(asking: Sequence[Finding], placed: Placed, name: str, seen: Table, row: int, plan: Plan) -> bool:
    """Tell whether a finding asks about a field of a row, about the row as a whole, or about its page.

    A cell of several rows asks once; then each of these rows waits for a person.
    """
    cells = {period.ref for period in placed.action.schedule.periods if placed.action.needs_review}
    return any(
        (finding.action_id == placed.action.action_id and _is_about(finding, name))
        or (name == "schedule" and finding.field == "schedule" and finding.ref in cells)
        or (finding.action_id is None and not _is_head(finding) and _reaches(finding, seen, row, plan))
        for finding in asking
    )


def _is_about(finding: Finding, name: str) -> bool:
    return name != "schedule" or finding.field in {None, "schedule", "months"}


def _is_head(finding: Finding) -> bool:
    return (finding.field or "").startswith("head") or finding.code.startswith("head-")


def _reaches(finding: Finding, seen: Table, row: int, plan: Plan) -> bool:
    """Tell whether a finding without a row is about the page or a place that meets the row."""
    ref = finding.ref
    if ref is None or ref.bbox is None:
        return ref is None or ref.page in {None, plan.source.page_count}
    _, top, _, bottom = seen.box(seen.at(row, 0))
    return ref.page == plan.source.page_count and ref.bbox.top < bottom and ref.bbox.bottom > top


def goods_verdict(path: Path, seen: Table, place: Place, accepted: Sequence[str]) -> Verdict:
    """Read a table with `lampiran tables` and judge all of its cells."""
    logging.disable(logging.CRITICAL)
    try:
        content = lampiran.read_tables(path).content
    except LampiranError as error:
        return Verdict("refused", str(error), ())
    asking = [finding for finding in content.findings if finding.severity in ASKING]
    codes = _codes(asking)
    shapes = [(table.row_count, table.column_count) for table in content.tables]
    wanted = (len(seen.heights), len(seen.widths))
    if shapes != [wanted]:
        return Verdict("flagged" if asking else "silent", f"tables of {shapes} for {wanted}", codes)
    table = content.tables[0]
    wrong = list(_wrong_cells(table, seen, place, accepted))
    if not wrong:
        return Verdict("right", "", codes)
    boxes = {(cell.row, cell.column): cell for cell in table.cells}
    told = all(boxes[at].needs_review or _meets(asking, boxes[at]) for at, _ in wrong)
    return Verdict("flagged" if told else "silent", "; ".join(note for _, note in wrong), codes)


def _wrong_cells(
    table: RuledTable, seen: Table, place: Place, accepted: Sequence[str]
) -> Iterable[tuple[Place, str]]:
    for cell in table.cells:
        at = (cell.row, cell.column)
        wanted = seen.at(*at)
        text = squeezed(cell.text)
        if wanted.kind == "mark":
            marked = bool(text) or cell.mark == "marked"
            fits = marked == bool(wanted.text) and cell.mark != "unknown"
        else:
            fits = text in (accepted if at == place else (wanted.text,))
        if not fits:
            right = accepted if at == place else wanted.text
            yield at, f"{at} {right!r} read as {cell.text!r}, mark {cell.mark}"


def _meets(asking: Sequence[Finding], cell: RuledCell) -> bool:
    """Tell whether a finding is about a place that meets a cell, about its page or about the file."""
    return any(
        finding.ref is None
        or finding.ref.page is None
        or (
            finding.ref.page == cell.page
            and (finding.ref.bbox is None or _overlap(finding.ref.bbox, cell.bbox))
        )
        for finding in asking
    )


def _overlap(one: BBox, two: BBox) -> bool:
    return one.x0 < two.x1 and two.x0 < one.x1 and one.top < two.bottom and two.top < one.bottom
