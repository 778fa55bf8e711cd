"""Rows and cells with their verdicts -> the audit's figures, each with what it counts and its 95 % interval.

What counts:

- *Not stated* and *unreadable* cells are in no figure but `stated` and `readable`: who says nothing, or cannot be
  checked, is neither right nor wrong. Cells empty on both sides are in none, and neither are periods without a mark on both.
- *Exact* is what is the same letter by letter (`AuditCell.is_exact`), in every figure: `exactness` of all cells,
  `cell-exactness` of texts, `head-exactness` of the head. Case, spaces, punctuation or markup are forgiven by `cell-agreement` alone.
- A missing cell (a lost row's cells among them) is wrong, and so is an invented one: both are in the denominator
  of exactness; CER and WER count every character of a missing cell as an error, and those of an invented one on
  top, so that they can exceed 1. A misplaced text is wrong where it is and where it ought to be.
- Marks are counted by themselves, row by row and period by period: a moved mark is one lost and one invented.
- A row counts as found where one printed row is one row of the transcription; fused and split rows do not.

Intervals of shares are Wilson's, those of CER, WER and F1 come from drawing rows again (`intervals`). They say how
far the figure would carry to other pages made the same way; of this transcription itself each fault is known.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence

from rapidfuzz.distance import Levenshtein

from lampiran.audit.figures.intervals import f1, rate, share
from normalize.text import squeeze
from schema.audit import Audit, AuditCell, AuditRow, Figure, Level, by_row

_AGREEING = frozenset({"same", "normalised"})
Rows = Sequence[AuditRow]
Cells = Sequence[AuditCell]
_TEXTS: frozenset[Level] = frozenset({"area", "component", "action"})


def with_figures(audit: Audit) -> Audit:
    """Return the audit with its figures, see `figures_of`."""
    return audit.replace(figures=figures_of(audit.rows, audit.cells))


def figures_of(rows: Rows, cells: Cells, *, tables: bool = True) -> tuple[Figure, ...]:
    """Return the figures of the catalogue (`figures.toml`), those for all columns first, then column by column.

    `tables=False` leaves out GriTS and TEDS, which take longest. Equal cells give equal figures.
    """
    counted = [cell for cell in cells if cell.counts]
    texts = [cell for cell in counted if cell.level in _TEXTS]
    columns: dict[str, list[AuditCell]] = defaultdict(list)
    for cell in texts:
        columns[cell.field].append(cell)
    head = [cell for cell in counted if cell.level == "head"]
    return (
        share("exactness", sum(cell.is_exact for cell in counted), len(counted)),
        *_text_figures(texts, None),
        *_mark_figures([cell for cell in counted if cell.level == "mark"]),
        *_row_figures(rows),
        share("head-exactness", sum(cell.is_exact for cell in head), len(head)),
        *_reach_figures(cells),
        *(_table_figures(rows, cells) if tables else ()),
        *(figure for column, held in columns.items() for figure in _text_figures(held, column)),
    )


def _text_figures(cells: Cells, column: str | None) -> Iterator[Figure]:
    exact = sum(cell.is_exact for cell in cells)
    agreeing = sum(cell.verdict in _AGREEING for cell in cells)
    yield share("cell-exactness", exact, len(cells), column)
    yield share("cell-agreement", agreeing, len(cells), column)
    yield rate("cer", _errors(cells, squeeze), column)
    yield rate("wer", _errors(cells, str.split), column)


def _errors(cells: Cells, units: Callable[[str], Sequence[str]]) -> list[tuple[int, int, int]]:
    """Return for each row its errors, the units on the paper and its cells."""
    sums: dict[int | None, tuple[int, int, int]] = defaultdict(lambda: (0, 0, 0))
    for cell in cells:
        paper, stated = units(cell.paper or ""), units(cell.stated or "")
        errors, whole, count = sums[cell.row]
        sums[cell.row] = (errors + Levenshtein.distance(paper, stated), whole + len(paper), count + 1)
    return list(sums.values())


def _mark_figures(cells: Cells) -> Iterator[Figure]:
    parts = [_marks(held) for held in by_row(cells).values()]
    hits, lost, invented = (sum(counts) for counts in zip(*parts, strict=True)) if parts else (0, 0, 0)
    yield share("marks-precision", hits, hits + invented)
    yield share("marks-recall", hits, hits + lost)
    yield f1("marks-f1", parts)


def _marks(cells: Cells) -> tuple[int, int, int]:
    """Return how many marks both sides have, how many were lost and how many invented."""
    sides = [(cell.paper == "true", cell.stated == "true") for cell in cells]
    return sides.count((True, True)), sides.count((True, False)), sides.count((False, True))


def _row_figures(rows: Rows) -> Iterator[Figure]:
    found = sum(row.state == "matched" for row in rows)
    yield share("row-recall", found, sum(len(row.action_ids) for row in rows))
    yield share("row-precision", found, sum(len(row.stated) for row in rows))


def _reach_figures(cells: Cells) -> Iterator[Figure]:
    """Yield how many of the cells can be compared at all; invented ones have nothing on the paper to be read."""
    told = [cell for cell in cells if cell.verdict != "invented" and cell.level != "head"]
    legible = [cell for cell in told if cell.verdict != "unreadable"]
    yield share("stated", sum(cell.verdict != "not-stated" for cell in legible), len(legible))
    yield share("readable", len(legible), len(told))


def _table_figures(rows: Rows, cells: Cells) -> Iterator[Figure]:
    from lampiran.audit.figures.table_figures import table_figures  # the one door to an optional part

    return table_figures(rows, cells)
