"""Two parts of a cut row turned into one: cells, fields, time cells and further columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from extract.types import Cell
from normalize.breaks.page_breaks import PageBreak
from normalize.draft import Row, TimeCell
from normalize.facts import Fact, fact
from normalize.labels import plain
from normalize.text import fold
from schema.decree import Field
from schema.findings import RuleName
from schema.roles import FieldName

_SHOWN = ("empty", "unknown", "marked", "covered")  # states of a mark, the more telling the later


def one_cell(cut: PageBreak) -> Cell:
    """Return both parts of a cell as one, at the place of the upper one."""
    upper, lower = cut.upper, cut.lower
    text = "\n".join(part for part in (upper.text, lower.text) if part)
    return upper.replace(text=text, lines=(*upper.lines, *lower.lines), confidence=_least(upper, lower))


def _least(*values: Cell | Field) -> float | None:
    return min((v.confidence for v in values if v.confidence is not None), default=None)


def longer_field(value: Field, adding: Sequence[Cell]) -> Field:
    """Return a field with the texts of cells added; one that was blank becomes theirs."""
    texts = [cell.text for cell in adding]
    blank = not value.text.strip()
    return value.replace(
        printed="\n".join(texts if blank else [value.printed, *texts]),
        text="\n".join(texts if blank else [value.text, *texts]),
        status="read" if blank else "joined",
        confidence=_least(value, *adding),
        refs=(*(() if blank else value.refs), *(cell.ref for cell in adding)),
    )


def filled_fact(name: FieldName, value: Field, rule: RuleName) -> Fact:
    """Return the fact that a field, which is blank in its row, has the text of a merged cell."""
    code = "responsible-filled" if name == "responsible" else "cell-filled"
    return fact(code, rule=rule, ref=value.refs[0], field=name, value=plain(value.text))


def filled(row: Row, name: FieldName, value: Field, rule: RuleName) -> Row:
    """Return a row with a field filled from a merged cell; a fact says so where the field was blank."""
    blank = not row.get(name).text.strip()
    row = row.with_field(name, value.filled())
    return row.noting(filled_fact(name, value, rule)) if blank else row


def united_times(above: Sequence[TimeCell], below: Sequence[TimeCell]) -> tuple[TimeCell, ...]:
    """Return for each period the cell that holds a sign; texts in words follow each other."""
    if len(above) != len(below):
        return tuple(above or below)
    return tuple(_time(one, two) for one, two in zip(above, below, strict=True))


def _time(above: TimeCell, below: TimeCell) -> TimeCell:
    if above.period is None and above.cell.text.strip() and below.cell.text.strip():
        cut = PageBreak("time", above.cell, below.cell, above.cell.text)
        return above if cut.is_repeated else replace(above, cell=one_cell(cut))
    return max(above, below, key=lambda time: _rank(time.cell))


def _rank(cell: Cell) -> int:
    """Order what a cell shows: nothing, a sign for "none" or ink that is not understood, a mark, a cover."""
    if cell.mark is None:
        return 2 if cell.text.strip() else 1 if cell.fill is not None or cell.ink else 0
    return _SHOWN.index(cell.mark)


def united_extra(
    above: Sequence[tuple[str, Field]], below: Sequence[tuple[str, Field]]
) -> tuple[tuple[str, Field], ...]:
    """Return the texts of further columns, each with what the part below adds."""
    added = dict(below)
    result = [(name, _both(value, added.pop(name, None))) for name, value in above]
    return (*result, *added.items())


def _both(above: Field, below: Field | None) -> Field:
    if below is None or fold(above.text) == fold(below.text):
        return above
    text, printed = f"{above.text}\n{below.text}", f"{above.printed}\n{below.printed}"
    return above.replace(printed=printed, text=text, status="joined", refs=(*above.refs, *below.refs))
