"""Rows of an exact grid recognised as titles: over the table, in the columns of the titles, or in a merged cell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from extract.types import Cell, TextLine
from normalize.breaks.table import FIELDS, TEXTS
from normalize.draft import Row, cell_field
from normalize.facts import fact
from normalize.form import Form
from normalize.form.content import columns_of
from normalize.labels import (
    AreaTitle,
    area_title,
    bare_title,
    clean_numeral,
    is_numeral,
    plain,
    split_numeral,
)
from normalize.official.official_list import OfficialList
from normalize.resources import Resources
from normalize.rows.cell_fields import after_label, area_of
from normalize.rows.settings import TITLES
from normalize.rows.stretch import CoveredRow
from normalize.words.confusables import STROKES
from schema.decree import Field
from schema.findings import RuleName

RULE: RuleName = "read-rows"


def title_row(row: Row, cells: Sequence[Cell], form: Form, resources: Resources) -> Row | None:
    """Return the row as the title of an area if its only texts are left of the text columns, or over them.

    Behind a cell over all text columns there is only what a pen or a stamp left; it is reported.
    """
    filled = [c for c in cells if c.text.strip()]
    over = next((n for n, cell in enumerate(filled) if lies_over_texts(cell, form)), None)
    filled, behind = (filled, []) if over is None else (filled[: over + 1], filled[over + 1 :])
    if not filled or len(filled) > 2:
        return None
    own = {c.index for c in form.of("area_no", "area", "component")}
    spanning = over is not None or filled[-1].column_span * 2 >= len(form.columns)
    if not spanning and not all(c.column in own for c in filled):
        return None
    title = area_title([_worded(c) for c in filled], resources.official, resources.form)
    if title is None and over is not None:
        title = _named_title(filled, resources.official)
    if title is not None and not title.label:
        title = _misnumbered_title(filled, resources.official) or title
    if title is None and spanning:
        title = _numbered_title(filled)
    if title is None:
        return None
    found = area_of(row, title, filled, name=_without_label(filled, title.label))
    unplaced = (
        fact("text-unplaced", rule=RULE, ref=cell.ref, raw=plain(cell.text), certainty="ambiguous")
        for cell in behind
    )
    return found.noting(*unplaced)


def _worded(cell: Cell) -> str:
    """Return a recognised cell's text without unsure lines of one sign beside words: a stroke left them."""
    letters = (sum(map(str.isalpha, line.text)) for line in cell.lines)
    if cell.ref.reader != "ocr" or max(letters, default=0) < TITLES.word:
        return cell.text
    return "\n".join(line.text for line in cell.lines if not _is_stroke(line))


def _is_stroke(line: TextLine) -> bool:
    sign = line.text.strip()
    return (
        len(sign) == 1 and (sign in STROKES or not sign.isalnum()) and (line.confidence or 0.0) < TITLES.sure
    )


def _named_title(filled: Sequence[Cell], official: OfficialList) -> AreaTitle | None:
    """Return the title of an area with an official name and a number that was not understood (`mI`)."""
    number = official.match_area(plain(_worded(filled[-1])))
    if number is None or len(filled) != 2 or filled[0].ref.reader != "ocr":
        return None
    return AreaTitle(clean_numeral(filled[0].text), number, plain(_worded(filled[-1])))


def _misnumbered_title(filled: Sequence[Cell], official: OfficialList) -> AreaTitle | None:
    """Return the title of an area with an official name behind a short word, a misread number (`HII.`)."""
    label, _, name = plain(_worded(filled[-1])).partition(" ")
    if len(filled) != 1 or filled[0].ref.reader != "ocr" or not official.is_name(name):
        return None
    number = official.match_area(name)
    short = len(clean_numeral(label)) <= TITLES.area_numeral
    return AreaTitle(clean_numeral(label), number, name) if number is not None and short else None


def _numbered_title(filled: Sequence[Cell]) -> AreaTitle | None:
    """Return a title over the table with a number of any kind: a component's, or an area's."""
    label, name = filled[0].text, filled[-1].text
    if len(filled) == 2:
        return AreaTitle(clean_numeral(label), None, plain(name)) if is_numeral(label) else None
    split = split_numeral(name)
    return AreaTitle(split[0], None, split[1]) if split is not None else None


def lies_over_texts(cell: Cell, form: Form) -> bool:
    """Tell whether a cell covers two text columns or more, and all there are."""
    if cell.column_span == 1:
        return False
    columns = {c.index for c in form.of(*TEXTS)}
    return len(columns) > 1 and columns <= set(columns_of(cell))


def _without_label(filled: Sequence[Cell], label: str) -> Field:
    text = _worded(filled[-1])
    if len(filled) == 2 or not label:
        return cell_field(filled[-1], text=text)
    text = text.lstrip()
    return cell_field(filled[-1], text=after_label(text, label) if text.startswith(label) else text)


def area_row(covered: CoveredRow, resources: Resources) -> Row | None:
    """Return the title of the area whose cell in an area's column begins in this row, if one does."""
    named = covered.beginning("area")
    if not named:
        return None
    filled = (*covered.beginning("area_no"), *named)
    text = plain(filled[-1].text)
    bare = bare_title(text, resources.form)
    title = area_title([*(cell.text for cell in filled[:-1]), bare], resources.official, resources.form)
    if title is None:
        label = clean_numeral(filled[0].text) if len(filled) == 2 else ""
        title = AreaTitle(label, resources.official.match_area(text), text)
    name = _without_label(filled, title.label) if bare == text else None
    found = area_of(covered.row, title, filled, name=name, source="cell")
    return replace(found, cells=filled)


def is_section(covered: CoveredRow) -> bool:
    """Tell whether a digital row names a component and no action: all cells of its action are empty."""
    own = covered.beginning("component")
    if not covered.row.digital or not own or any(cell.row_span > 1 for cell in own):
        return False
    beside = covered.of(*FIELDS, "time")
    return bool(beside) and all(
        cell.row == covered.number and not cell.text.strip() and not cell.fill for cell in beside
    )
