"""Rows and cells of an audit -> the figures of its tables as a whole: GriTS and TEDS."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lampiran.audit.figures.grids import grids_of
from lampiran.audit.figures.grits import grits_con, grits_top
from lampiran.audit.figures.teds import teds
from schema.audit import AuditCell, AuditRow, Figure


def table_figures(rows: Sequence[AuditRow], cells: Sequence[AuditCell]) -> Iterator[Figure]:
    """Yield how alike the tables of the paper and the transcription are."""
    paper, stated = grids_of(rows, cells)
    places = paper.rows * paper.columns + stated.rows * stated.columns
    nodes = max(len(grid.cells) + grid.rows for grid in (paper, stated))
    yield Figure(name="grits-con", value=grits_con(paper, stated), n=places)
    yield Figure(name="grits-top", value=grits_top(paper, stated), n=places)
    yield Figure(name="teds", value=teds(paper, stated), n=nodes)
