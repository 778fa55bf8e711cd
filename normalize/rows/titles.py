"""Rows of an exact grid recognised as titles: over the table, in the columns of the titles, or in a merged cell."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from extract.types import Cell, TextLine
from normalize.draft import Row, cell_field
from normalize.facts import Fact, fact
from normalize.form import Form
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
from normalize.rows.transcribed import replace_text
from normalize.vocabulary import Role
from normalize.words.confusables import STROKES
from schema.decree import Field
from schema.findings import RuleName
from schema.roles import FieldName, TextRole

RULE: RuleName = "read-rows"
_OVER: tuple[TextRole, ...] = ("indicator", "action", "evidence")
_WORD = 3  # letters
_SURE = 0.9  # chance from which on a lone stroke is printed
_LONGEST_NUMERAL = 4  # letters of the numeral of an area (VIII)
_TITLE_ROLES: tuple[Role, ...] = ("area_no", "area", "component")
_BESIDE: tuple[Role, ...] = ("indicator", "action", "evidence", "responsible", "time")


def title_row(row: Row, cells: Sequence[Cell], form: Form, resources: Resources) -> Row | None:
    """Return the row as the title of an area if its only texts stand left of, or over, the text columns.

    Behind a cell that lies over all text columns there is nothing but what a pen or a stamp left; it is reported.
    """
    filled = [c for c in cells if c.text.strip()]
    over = next((n for n, cell in enumerate(filled) if lies_over_texts(cell, form)), None)
    behind = filled[over + 1 :] if over is not None else []
    filled = filled[: over + 1] if over is not None else filled
    if not filled or len(filled) > 2:
        return None
    own = {c.index for role in _TITLE_ROLES for c in form.of(role)}
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
    fields: dict[FieldName, Field] = {
        "area_no": replace_text(cell_field(filled[0]), title.label),
        "area": _without_label(filled, title.label),
    }
    found = replace(row, kind="area", area_number=title.number, fields=fields)
    return found.noting(*(_unplaced(cell) for cell in behind))


def _worded(cell: Cell) -> str:
    """Return a recognised cell's text without unsure lines of one sign where others hold words: what a stroke left there."""
    if cell.ref.reader != "ocr" or not any(sum(map(str.isalpha, line.text)) >= _WORD for line in cell.lines):
        return cell.text
    return "\n".join(line.text for line in cell.lines if not _is_stroke(line))


def _is_stroke(line: TextLine) -> bool:
    """Tell whether a line is one upright stroke or sign that its reader was not sure of."""
    sign = line.text.strip()
    return len(sign) == 1 and (sign in STROKES or not sign.isalnum()) and (line.confidence or 0.0) < _SURE


def _named_title(filled: Sequence[Cell], official: OfficialList) -> AreaTitle | None:
    """Return the title of an area whose name is an official one though its recognised number is none (`mI`)."""
    number = official.match_area(plain(_worded(filled[-1])))
    if number is None or len(filled) != 2 or filled[0].ref.reader != "ocr":
        return None
    return AreaTitle(clean_numeral(filled[0].text), number, plain(_worded(filled[-1])))


def _misnumbered_title(filled: Sequence[Cell], official: OfficialList) -> AreaTitle | None:
    """Return the title of an area that is an official name behind a short word, no numeral as recognised (`HII.`)."""
    label, _, name = plain(_worded(filled[-1])).partition(" ")
    if len(filled) != 1 or filled[0].ref.reader != "ocr" or not official.is_name(name):
        return None
    number = official.match_area(name)
    short = len(clean_numeral(label)) <= _LONGEST_NUMERAL
    return AreaTitle(clean_numeral(label), number, name) if number is not None and short else None


def _numbered_title(filled: Sequence[Cell]) -> AreaTitle | None:
    """Return a title over the table with a numeral of any kind: that of a component, or of an area beside others."""
    label, name = filled[0].text, filled[-1].text
    if len(filled) == 2:
        return AreaTitle(clean_numeral(label), None, plain(name)) if is_numeral(label) else None
    split = split_numeral(name)
    return AreaTitle(split[0], None, split[1]) if split is not None else None


def lies_over_texts(cell: Cell, form: Form) -> bool:
    """Tell whether a cell covers two text columns or more, and all there are."""
    if cell.column_span == 1:
        return False
    columns = {c.index for role in _OVER for c in form.of(role)}
    return len(columns) > 1 and columns <= set(range(cell.column, cell.column + cell.column_span))


def _unplaced(cell: Cell) -> Fact:
    return fact("text-unplaced", rule=RULE, ref=cell.ref, raw=plain(cell.text), certainty="ambiguous")


def _without_label(filled: Sequence[Cell], label: str) -> Field:
    value = replace_text(cell_field(filled[-1]), _worded(filled[-1]))
    if len(filled) == 2 or not label:
        return value
    text = value.text.lstrip()
    return replace_text(value, text[len(label) :].lstrip(" .):\n") if text.startswith(label) else text)


def area_row(row: Row, at: Mapping[int, Cell], form: Form, resources: Resources) -> Row | None:
    """Return the title of the area whose cell in a column of its own begins in this row, `None` where none does."""
    number = row.cells[0].row
    named = _own(at, form, "area", number)
    if not named:
        return None
    filled = [*_own(at, form, "area_no", number), *named]
    texts = [*(cell.text for cell in filled[:-1]), bare_title(plain(filled[-1].text), resources.form)]
    title = area_title(texts, resources.official, resources.form)
    if title is None:
        name = plain(filled[-1].text)
        label = clean_numeral(filled[0].text) if len(filled) == 2 else ""
        title = AreaTitle(label, resources.official.match_area(name), name)
    fields: dict[FieldName, Field] = {
        "area_no": replace_text(cell_field(filled[0]), title.label),
        "area": _without_label(filled, title.label)
        if texts[-1] == plain(filled[-1].text)
        else replace_text(cell_field(filled[-1]), title.name),
    }
    cells = tuple(filled)
    return replace(row, kind="area", source="cell", cells=cells, area_number=title.number, fields=fields)


def _own(at: Mapping[int, Cell], form: Form, role: Role, number: int) -> list[Cell]:
    """Return the cells of a role with text that begin in a row."""
    cells = {id(at[c.index]): at[c.index] for c in form.of(role) if c.index in at}
    return [cell for cell in cells.values() if cell.row == number and cell.text.strip()]


def is_section(row: Row, at: Mapping[int, Cell], form: Form) -> bool:
    """Tell whether a digital row names a component and no action: all cells of its action are empty."""
    number = row.cells[0].row
    own = _own(at, form, "component", number)
    if not row.digital or not own or any(cell.row_span > 1 for cell in own):
        return False
    beside = [at[c.index] for role in _BESIDE for c in form.of(role) if c.index in at]
    return bool(beside) and all(
        cell.row == number and not cell.text.strip() and not cell.fill for cell in beside
    )
