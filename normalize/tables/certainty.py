"""The cells of recognised grids turned into how certain each is, and the findings that ask a person to look."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cached_property
from math import prod
from typing import Any

from extract.types import Cell, Extraction, Grid, MarkState, TextLine
from normalize.figures import Doubt
from normalize.resources import Resources
from normalize.tables.figures import FigureChecks
from normalize.tables.settings import CERTAINTY
from normalize.text import squeeze
from schema.catalogue import make_finding
from schema.findings import Finding, RuleName
from schema.provenance import SourceRef

RULE: RuleName = "weigh-cells"
_ODD_FIGURE = re.compile(r"\d[:;]\d{3}")


class CellCertainty:
    """What is known of the recognised cells of one document, asked cell by cell."""

    def __init__(self, extraction: Extraction, resources: Resources, figures: FigureChecks) -> None:
        """Know what a document's words were weighed as, and what its figures say of each other."""
        self._extraction = extraction
        self._resources = resources
        self._figures = figures

    @cached_property
    def _written(self) -> frozenset[SourceRef]:
        """The places of the cells whose grids hold texts."""
        grids = (grid for grid in self._extraction.grids if _holds_texts(grid))
        return frozenset(cell.ref for grid in grids for cell in grid.cells)

    def mark_of(self, cell: Cell) -> MarkState | None:
        """Return what a small cell's ink was taken for; `None` where its grid's small cells hold figures, not marks."""
        is_text = cell.mark == "unknown" and bool(cell.lines) and cell.ref in self._written
        return None if is_text else cell.mark

    def of(self, cell: Cell) -> float | None:
        """Return the chance (0 to 1) that a cell is right; of a digital one what its page said."""
        if cell.ref.reader != "ocr":
            return cell.confidence
        certainty = 1.0 if cell.border is None else cell.border
        certainty *= prod(word.confidence for line in cell.lines for word in line.words)
        if cell.mark is not None and not cell.lines and cell.confidence is not None:
            certainty *= cell.confidence
        if cell.ref in self._figures.confirmed:
            certainty = max(certainty, CERTAINTY.confirmed * (1.0 if cell.border is None else cell.border))
        return round(min(certainty, CERTAINTY.doubted) if cell.ref in self._figures.doubts else certainty, 4)

    def asks(self, cell: Cell) -> bool:
        """Tell whether a cell asks without a finding of its own: that of another cell tells of it."""
        doubt = self._figures.doubts.get(cell.ref)
        return doubt is not None and not doubt.told

    def findings(self, cell: Cell, table: str) -> Iterator[Finding]:
        """Yield what a person must look at in a cell of the table `table`."""
        doubt = self._doubt(cell)
        if doubt is not None and doubt.told:
            yield _finding(doubt.code, cell, table, alternatives=doubt.alternatives)

    def _doubt(self, cell: Cell) -> Doubt | None:
        mark = self.mark_of(cell)
        others = tuple(dict.fromkeys(other for line in cell.lines for other in line.others))
        if mark in ("unknown", "covered") or (mark == "marked" and cell.ref in self._written):
            return Doubt("table-mark-unclear", others)
        if any(line.covered for line in cell.lines):
            return Doubt("text-covered", others)
        figure = self._figures.doubts.get(cell.ref)
        if figure is not None:
            return replace(figure, alternatives=tuple(dict.fromkeys((*figure.alternatives, *others))))
        confirmed = cell.ref in self._figures.confirmed
        if not confirmed and any(_differ_in_figures(line) or _is_odd_figure(line) for line in cell.lines):
            return Doubt("text-uncertain", others)
        certainty = self.of(cell)
        doubtful = certainty is not None and certainty < self._resources.review_threshold
        return (
            Doubt("text-uncertain", others) if doubtful and (cell.lines or cell.ref.reader == "ocr") else None
        )


def _differ_in_figures(line: TextLine) -> bool:
    """Tell whether two readers differ where one of them saw a figure: nothing else vouches for a number in a table."""
    return line.agreed is False and any(map(str.isdigit, "".join((line.text, *line.others))))


def _is_odd_figure(line: TextLine) -> bool:
    """Tell whether a recognised line holds a number parted as none is (`2:300.000`)."""
    return line.confidence is not None and _ODD_FIGURE.search(line.text) is not None


def _holds_texts(grid: Grid) -> bool:
    """Tell whether most of a grid's small inked cells were read as texts and are not known marks."""
    inked = [cell for cell in grid.cells if cell.mark in ("marked", "unknown")]
    return 2 * sum(cell.mark == "unknown" and bool(cell.lines) for cell in inked) > len(inked)


def unruled_rows(grid: Grid, table: str) -> Iterator[Finding]:
    """Yield a finding a row whose cells all hold the same number of lines at equal heights, three or more.

    Where a text goes on in small letters on its next line, the lines are not rows.
    """
    for row in grid.rows():
        cells = [cell for cell in row if cell.text.strip()]
        if len(cells) < max(2, grid.column_count / 2):
            continue
        first = _heights(cells[0])
        if len(first) < CERTAINTY.fewest_rows:
            continue
        alike = all(_same_heights(first, _heights(other)) for other in cells[1:])
        if alike and not any(_is_prose(cell) for cell in cells):
            yield _finding("rows-not-ruled", cells[0], table, value=str(len(first)))


def _finding(code: str, cell: Cell, table: str, **details: Any) -> Finding:  # noqa: ANN401 - parts of a finding
    parts = {"ref": cell.ref, "field": table, "raw": squeeze(cell.text), "certainty": "ambiguous", **details}
    return make_finding(code, rule=RULE, **parts)


def _is_prose(cell: Cell) -> bool:
    small = [line.text.lstrip()[:1].islower() for line in cell.lines]
    return any(small[1:]) and not small[0]


def _heights(cell: Cell) -> list[float]:
    return [(line.bbox.top + line.bbox.bottom) / 2 for line in cell.lines if line.bbox is not None]


def _same_heights(one: list[float], other: list[float]) -> bool:
    return len(one) == len(other) and all(
        abs(a - b) <= CERTAINTY.same_height for a, b in zip(one, other, strict=True)
    )
