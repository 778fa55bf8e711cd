"""Turns a form and its truth into the places of the periods' cells on the drawn pages."""

from collections.abc import Iterator
from itertools import groupby

from samples.draw.facsimile import TOP, draw_annex_head
from samples.draw.forms import Form
from samples.draw.ink import Ink
from samples.draw.layout import areas_of, pages
from samples.draw.sheet import Sheet
from samples.draw.truth import Truth

Corners = tuple[float, float, float, float]


def month_cells(form: Form, truth: Truth) -> list[tuple[Corners, ...]]:
    """For each action in the order of print, its periods' cells (twelve months, mostly): x0, top, x1, bottom in points of its page."""
    return list(_cells(form, truth))


def _cells(form: Form, truth: Truth) -> Iterator[tuple[Corners, ...]]:
    ink = Ink(form, "measured")
    ink.page(form.annex)
    top = draw_annex_head(ink, form, truth.head)
    left = (form.annex[0] - sum(form.columns)) / 2
    started: frozenset[int] = frozenset()
    for rows in pages(truth):
        for table in Sheet(form, rows, started, left, top).tables:
            marks = sorted(
                (box for box in table.boxes if box.kind in {"mark", "shaded"}),
                key=lambda b: (b.row, b.column),
            )
            for _, months in groupby(marks, key=lambda box: box.row):
                yield tuple(table.corners(box) for box in months)
        started |= areas_of(rows)
        top = TOP
