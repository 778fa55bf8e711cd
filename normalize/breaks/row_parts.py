"""Two parts of a cut row turned into one: cells, fields, time cells and further columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from extract.types import Cell
from normalize.breaks.page_breaks import Seam
from normalize.draft import Row, TimeCell
from normalize.labels import plain
from normalize.text import fold
from schema.decree import Field
from schema.findings import RuleName
from schema.roles import FieldName


def one_cell(seam: Seam) -> Cell:
    """Return both parts of a cell as one, at the place of the upper one."""
    upper, lower = seam.upper, seam.lower
    text = "\n".join(part for part in (upper.text, lower.text) if part)
    known = [c.confidence for c in (upper, lower) if c.confidence is not None]
    lines = (*upper.lines, *lower.lines)
    return upper.replace(text=text, lines=lines, confidence=min(known, default=None))


def longer_field(value: Field, adding: Sequence[Cell]) -> Field:
    """Return a field with the texts of cells added; one that was blank becomes theirs."""
    texts = [cell.text for cell in adding]
    known = [c for c in (value.confidence, *(cell.confidence for cell in adding)) if c is not None]
    blank = not value.text.strip()
    printed = texts if blank else [value.printed, *texts]
    return value.replace(
        printed="\n".join(printed),
        text="\n".join(texts if blank else [value.text, *texts]),
        status="read" if blank else "joined",
        confidence=min(known, default=None),
        refs=(*(() if blank else value.refs), *(cell.ref for cell in adding)),
    )


def filled(row: Row, name: FieldName, value: Field, rule: RuleName) -> Row:
    """Return a row with a field filled from a merged cell; a finding says so where the cell is blank here."""
    blank = not row.get(name).text.strip()
    row = row.with_field(name, value.filled())
    code = "responsible-filled" if name == "responsible" else "cell-filled"
    return (
        row.report(code, rule=rule, ref=value.refs[0], field=name, value=plain(value.text)) if blank else row
    )


def united_times(above: Sequence[TimeCell], below: Sequence[TimeCell]) -> tuple[TimeCell, ...]:
    """Return for each period the cell that holds a sign; texts in words follow each other."""
    if len(above) != len(below):
        return tuple(above or below)
    return tuple(_time(one, two) for one, two in zip(above, below, strict=True))


def _time(above: TimeCell, below: TimeCell) -> TimeCell:
    if above.period is None and above.cell.text.strip() and below.cell.text.strip():
        seam = Seam("time", above.cell, below.cell, above.cell.text)
        return above if seam.is_repeated else replace(above, cell=one_cell(seam))
    ranks = [_rank(time.cell) for time in (above, below)]
    return below if ranks[1] > ranks[0] else above


def _rank(cell: Cell) -> int:
    """Order what a cell shows: nothing, a sign for "none" or ink nobody understands, a mark, a cover."""
    if cell.mark is not None:
        return {"empty": 0, "unknown": 1, "marked": 2, "covered": 3}[cell.mark]
    return 2 if cell.text.strip() else 1 if cell.fill is not None or cell.ink else 0


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
    return above.replace(
        printed=f"{above.printed}\n{below.printed}",
        text=f"{above.text}\n{below.text}",
        status="joined",
        refs=(*above.refs, *below.refs),
    )
