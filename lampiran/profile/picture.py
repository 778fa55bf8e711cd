"""A form and the reading it came from -> its first page as a picture with one stripe per column."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from extract.types import Grid
from lampiran.profile.settings import PICTURE
from lampiran.publish.crops import Crop, Spot, cutout
from lampiran.publish.labels import label
from lampiran.result import Result
from normalize.text import squeeze
from schema.findings import Message
from schema.geometry import BBox
from schema.profile import ProfileColumn, ProfileForm


@dataclass(frozen=True, slots=True)
class Stripe:
    """A column on the page: its number from 1, its left edge and width in points, and what it was read as."""

    number: int
    x: float
    width: float
    role: str
    doubtful: bool


@dataclass(frozen=True, slots=True)
class Tag:
    """A label over one or more stripes; `vertical` where it is too long to be horizontal."""

    x: float
    width: float
    role: str
    text: Message
    doubtful: bool
    vertical: bool


@dataclass(frozen=True, slots=True)
class FormPicture:
    """The table's part of a page and what is drawn over it; all in points of that page, origin top left."""

    page: int
    box: BBox
    crop: Crop
    stripes: tuple[Stripe, ...]
    tags: tuple[Tag, ...]

    @property
    def band(self) -> float:
        """Return the height above the table that the labels need."""
        vertical = [_letters(tag.text, doubtful=tag.doubtful) for tag in self.tags if tag.vertical]
        return max(vertical) * PICTURE.letter + PICTURE.below if vertical else PICTURE.flat


def form_picture(result: Result, form: ProfileForm) -> FormPicture | None:
    """Return the picture of a form on the first page that has it, `None` where there is no page or no grid."""
    grid = _grid_of(form, result.extraction.grids)
    if grid is None or grid.page is None:
        return None
    edges = grid.column_edges
    first, last = grid.row_edges[0], grid.row_edges[-1]
    box = BBox(x0=edges[0], top=first, x1=edges[-1], bottom=last)
    crop = cutout(result.plan, result.source_path, Spot(grid.page, box), result.extraction.pages)
    if crop is None:
        return None
    stripes = tuple(
        Stripe(n + 1, edges[n], edges[n + 1] - edges[n], column.role, is_doubtful(column))
        for n, column in enumerate(form.columns)
    )
    return FormPicture(grid.page, box, crop, stripes, tuple(_tags(form.columns, stripes)))


def is_doubtful(column: ProfileColumn) -> bool:
    """Tell whether a person should look at what a column was read as."""
    return column.certainty != "certain" or column.role == "unknown"


def role_label(columns: Sequence[ProfileColumn]) -> Message:
    """Return the name of the role that some columns share, with their periods (`time: months 1–12`)."""
    first, last = columns[0], columns[-1]
    name = label("role", first.role)
    if first.period is None:
        return name
    kind = label("schedule_kind", first.period_type)
    numbers = f"{first.period}" if first is last else f"{first.period}–{last.period}"
    return Message.of(f"{name.id}: {kind.id} {numbers}", f"{name.en}: {kind.en} {numbers}")


def runs_of(columns: Sequence[ProfileColumn]) -> Iterator[range]:
    """Yield the positions of columns that are shown as one: adjacent periods of a kind; other columns are shown alone."""

    def kind(n: int) -> tuple[object, ...]:
        column = columns[n]
        return (column.period_type, column.certainty, column.why) if column.period is not None else (n,)

    for _, places in groupby(range(len(columns)), key=kind):
        first, *others = places
        yield range(first, first + 1 + len(others))


def _tags(columns: Sequence[ProfileColumn], stripes: Sequence[Stripe]) -> Iterator[Tag]:
    for run in runs_of(columns):
        stripe, width = stripes[run[0]], sum(stripes[n].width for n in run)
        text = role_label([columns[n] for n in run])
        vertical = _letters(text, doubtful=stripe.doubtful) * PICTURE.letter > width
        yield Tag(stripe.x, width, stripe.role, text, stripe.doubtful, vertical)


def _letters(text: Message, *, doubtful: bool) -> int:
    return max(len(text.id), len(text.en)) + 2 * doubtful


def _grid_of(form: ProfileForm, grids: Sequence[Grid]) -> Grid | None:
    """Return the grid with as many columns as the form that prints most of its header; of equals the first."""
    texts = {squeeze(text) for column in form.columns for text in column.head if text.strip()}
    fitting = [g for g in grids if g.exact and g.page is not None and g.column_count == len(form.columns)]

    def printed(grid: Grid) -> int:
        return len(texts & {squeeze(cell.text) for cell in grid.cells})

    return max(fitting, key=printed, default=None)
