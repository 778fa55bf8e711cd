"""Turns a truth whose rows stand on no page of this form into one whose pages are as full as the paper allows."""

from collections.abc import Sequence

from samples.draw.facsimile import BOTTOM, TOP, draw_annex_head, draw_signatures
from samples.draw.forms import Form
from samples.draw.ink import Ink
from samples.draw.layout import Row, areas_of
from samples.draw.sheet import Sheet
from samples.draw.truth import Action, Truth


def repaged(form: Form, truth: Truth) -> Truth:
    """Give each action the annex page it falls on when rows are set one after another.

    Raises:
        ValueError: a word does not fit into its column.
    """
    rows = [Row(a, c, x) for a in truth.areas for c in a.components for x in c.actions]
    numbers = iter(_numbers(form, truth, rows))
    areas = []
    for area in truth.areas:
        parts = []
        for part in area.components:
            actions = tuple(_on(action, next(numbers)) for action in part.actions)
            parts.append(part.model_copy(update={"actions": actions}))
        areas.append(area.model_copy(update={"components": tuple(parts)}))
    return truth.model_copy(update={"areas": tuple(areas)})


def _on(action: Action, page: int) -> Action:
    return action.model_copy(update={"page": page})


def _numbers(form: Form, truth: Truth, rows: Sequence[Row]) -> list[int]:
    first, closing = _heights(form, truth)
    numbers: list[int] = []
    page: list[Row] = []
    started: frozenset[int] = frozenset()
    top = first
    for row in rows:
        room = form.annex[1] - BOTTOM - (closing if row is rows[-1] else 0.0)
        if page and _bottom(form, [*page, row], started, top) > room:
            started |= areas_of(page)
            page, top = [], TOP
        page.append(row)
        numbers.append(numbers[-1] + (len(page) == 1) if numbers else 1)
    return numbers


def _bottom(form: Form, page: Sequence[Row], started: frozenset[int], top: float) -> float:
    return Sheet(form, page, started, 0.0, top).bottom


def _heights(form: Form, truth: Truth) -> tuple[float, float]:
    """Where the first page's table begins, and what the block of signatures needs below the last."""
    ink = Ink(form, "measured")
    ink.page(form.annex)
    return draw_annex_head(ink, form, truth.head), draw_signatures(ink, form, truth.head, 14.0)
