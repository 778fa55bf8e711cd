"""The rows of a table that page breaks cut turned into whole ones."""

from __future__ import annotations

from collections.abc import Collection

from schema.ruled import RuledCell, RuledTable


def without_cuts(table: RuledTable, cut: Collection[int]) -> RuledTable:
    """Return a table in which some of its parts, numbered from 0, give their first row's texts to the row above."""
    for number in sorted(cut, reverse=True):
        table = _folded(table, number)
    return table


def _folded(table: RuledTable, number: int) -> RuledTable:
    row = table.parts[number].first_row
    rest = {cell.column: cell for cell in table.cells if cell.row == row}
    cells = []
    for cell in table.cells:
        if cell.row == row - 1 and cell.column in rest:
            cells.append(_whole(cell, rest[cell.column]))
        elif cell.row != row:
            cells.append(cell.replace(row=cell.row - 1) if cell.row > row else cell)
    parts = [
        part.replace(row_count=part.row_count - (n == number), first_row=part.first_row - (n > number))
        for n, part in enumerate(table.parts)
    ]
    return table.replace(cells=tuple(cells), parts=tuple(parts), row_count=table.row_count - 1)


def _whole(upper: RuledCell, lower: RuledCell) -> RuledCell:
    """Return both parts of a cell as one, at the place of the upper one."""
    known = [each.confidence for each in (upper, lower) if each.confidence is not None]
    return upper.replace(
        text="\n".join(text for text in (upper.text, lower.text) if text),
        confidence=min(known, default=None),
        mark=lower.mark if upper.mark in (None, "empty") else upper.mark,
        fill=upper.fill or lower.fill,
        needs_review=upper.needs_review or lower.needs_review,
    )
