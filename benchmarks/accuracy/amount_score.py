"""Compares the values of a tariff annex as `lampiran tables` reads them with what is printed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from rapidfuzz import fuzz
from scipy.optimize import linear_sum_assignment

from benchmarks.accuracy.copied import CopiedCounts
from schema.ruled import RuledCell, TableSet

LIKE = 50.0  # of 100: two rows less alike than this are not the same
KINDS = ("amount", "percent", "date", "numeral")


@dataclass(slots=True)
class AmountScore(CopiedCounts):
    """Counts by kind of value.

    A value asks where its cell does, or where its page has an error. `lost_*` are values without a cell or with an
    empty one. `other_value` are wrong values in silence that are not the printed one in other signs either.
    """

    values: Counter[str] = field(default_factory=Counter)
    right_asking: Counter[str] = field(default_factory=Counter)
    wrong_silent: Counter[str] = field(default_factory=Counter)
    wrong_asked: Counter[str] = field(default_factory=Counter)
    lost_silent: Counter[str] = field(default_factory=Counter)
    lost_told: Counter[str] = field(default_factory=Counter)
    other_value: Counter[str] = field(default_factory=Counter)


ReadCells = Mapping[int, RuledCell]  # by column


def refused(rows: Sequence[Mapping[str, Any]], why: str) -> AmountScore:
    """Return the score of a file that gave no tables; the refusal reports all its values."""
    made = AmountScore(files=1, refused=1, wrong=[f"refused: {why}"])
    for kind, _ in _values(rows):
        made.values[kind] += 1
        made.lost_told[kind] += 1
    return made


def score(
    rows: Sequence[Mapping[str, Any]], row_pages: Sequence[Sequence[int]], inked: set[int], content: TableSet
) -> AmountScore:
    """Return the score of the tables that were read; rows under foreign ink are left out."""
    made = AmountScore(files=1)
    failed = {f.ref.page for f in content.findings if f.severity == "error" and f.ref}
    read = list(_read_rows(content))
    pairs = _matched(rows, [cells for _, cells in read])
    columns = _columns(rows, read, pairs)
    for index, row in enumerate(rows):
        if index in inked:
            continue
        table, cells = read[pairs[index]] if index in pairs else (-1, {})
        for column, (kind, text) in enumerate(row["cells"]):
            if kind in KINDS:
                cell = cells.get(columns.get((table, column), -1))
                told = not failed.isdisjoint(row_pages[index])
                _count(made, kind, text, cell, f"{row['action']}", told=told)
    return made


def _values(rows: Sequence[Mapping[str, Any]]) -> Iterator[tuple[str, str]]:
    yield from ((kind, text) for row in rows for kind, text in row["cells"] if kind in KINDS)


def _count(
    made: AmountScore, kind: str, text: str, cell: RuledCell | None, where: str, *, told: bool
) -> None:
    made.values[kind] += 1
    asks = told or (cell is not None and cell.needs_review)
    seen = _bare(cell.text, kind) if cell else ""
    if seen == _bare(text, kind):
        made.right_asking[kind] += asks
        return
    names = ("lost_told", "lost_silent") if not seen else ("wrong_asked", "wrong_silent")
    getattr(made, names[0] if asks else names[1])[kind] += 1
    if seen and not asks:
        made.other_value[kind] += _signless(seen) != _signless(text)
    made.wrong.append(f"{'asks  ' if asks else 'SILENT'} {kind} {seen!r} for {text!r} in {where}")


def _bare(text: str, kind: str) -> str:
    bare = "".join(text.split())
    return bare.rstrip(".") if kind == "numeral" else bare


def _signless(text: str) -> str:
    return "".join(letter for letter in text if letter.isalnum())


def _read_rows(content: TableSet) -> Iterator[tuple[int, ReadCells]]:
    for number, table in enumerate(content.tables):
        rows: dict[int, dict[int, RuledCell]] = {}
        for cell in table.cells:
            rows.setdefault(cell.row, {})[cell.column] = cell
        yield from ((number, rows[row]) for row in sorted(rows))


def _matched(rows: Sequence[Mapping[str, Any]], read: Sequence[ReadCells]) -> dict[int, int]:
    if not read:
        return {}
    mine = [" ".join(text for _, text in row["cells"]) for row in rows]
    theirs = [" ".join(" ".join(cell.text.split()) for cell in cells.values()) for cells in read]
    alike = np.array([[fuzz.ratio(a, b) for b in theirs] for a in mine])
    chosen = zip(*linear_sum_assignment(alike, maximize=True), strict=True)
    return {int(i): int(j) for i, j in chosen if alike[i, j] > LIKE}


def _columns(
    rows: Sequence[Mapping[str, Any]], read: Sequence[tuple[int, ReadCells]], pairs: Mapping[int, int]
) -> dict[tuple[int, int], int]:
    """Return which printed column each read column of a table is, by how alike their rows are."""
    width = max((len(row["cells"]) for row in rows), default=0)
    found = {}
    for table in {number for number, _ in read}:
        mine = [(rows[i], read[j][1]) for i, j in pairs.items() if read[j][0] == table]
        wide = 1 + max((column for _, cells in mine for column in cells), default=0)
        alike = np.zeros((width, wide))
        for row, cells in mine:
            for column, (_, text) in enumerate(row["cells"]):
                for other, cell in cells.items():
                    alike[column, other] += fuzz.ratio(text, " ".join(cell.text.split()))
        for column, other in zip(*linear_sum_assignment(alike, maximize=True), strict=True):
            found[table, int(column)] = int(other)
    return found
