"""Turns the rows of one annex page into its tables and the headings above them."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from samples.draw.forms import Form
from samples.draw.ink import Ink
from samples.draw.layout import Row, page_boxes
from samples.draw.table import Table
from samples.draw.text import LEADING, wrap

GAP = 10.0
HEADING = 8.5


class Sheet:
    """The tables of a page below each other, one for all areas or one an area.

    Args:
        form: the form that the page follows.
        rows: the actions of the page.
        started: the areas that an earlier page has begun.
        left: x of the tables' left edge in points.
        top: distance of the first one's upper edge, or of the heading above it, from the page's, in points.
    """

    def __init__(
        self, form: Form, rows: Sequence[Row], started: frozenset[int], left: float, top: float
    ) -> None:
        """Set each heading and table below the one before."""
        self.left = left
        self.headings: list[tuple[float, list[str]]] = []
        self.tables: list[Table] = []
        for members in _tabled(form, rows):
            new = members[0].area.no not in started
            if form.area_style == "heading" and new:
                lines = _heading(form, members[0])
                self.headings.append((top, lines))
                top += len(lines) * HEADING * LEADING + 4
            headed = form.head_every or not started or (form.area_style == "heading" and new)
            self.tables.append(Table(form, page_boxes(form, members, started, headed=headed), left, top))
            top = self.tables[-1].bottom + GAP

    @property
    def bottom(self) -> float:
        """Distance of the last table's lower edge from the page's upper one, in points."""
        return self.tables[-1].bottom

    def draw(self, ink: Ink) -> None:
        """Put headings and tables on the page."""
        for top, lines in self.headings:
            ink.block(self.left, top, lines, size=HEADING, bold=True)
        for table in self.tables:
            table.draw(ink)


def _tabled(form: Form, rows: Sequence[Row]) -> Iterator[list[Row]]:
    if form.area_style != "heading":
        yield list(rows)
        return
    for _, group in groupby(rows, key=lambda row: row.area.no):
        yield list(group)


def _heading(form: Form, first: Row) -> list[str]:
    text = f"{first.area.printed_no} {first.area.name}".strip()
    return wrap(text, form.font(bold=True), HEADING, sum(form.columns))
