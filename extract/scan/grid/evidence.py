"""What a page shows along the edges of a grid turned into the evidence for each of its sides."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from extract.scan.grid.course_view import CourseView, Stretch
from extract.scan.grid.ruling_lines import Edge
from extract.scan.grid.settings import COURSE, EVIDENCE, SIDES
from extract.scan.grid.sides import Scores, in_context, of_print
from extract.scan.model import EVEN_CHANCE, POINTS_PER_INCH, Floats, Grey, Mask, Sheet
from extract.scan.pixels import dilated


class Direction(NamedTuple):
    """What is looked at for rulings of one direction; for vertical ones everything is transposed.

    Their map, the page's grey, its print, the middle rows of its print with the ink of stamps and pens, and all print with
    that ink.
    """

    rulings: Grey
    picture: Grey
    printed: Mask
    cores: Mask
    other: Mask


class PageView(NamedTuple):
    """A page as it is looked at for horizontal and for vertical rulings, at the dpi of its maps."""

    horizontal: Direction
    vertical: Direction
    dpi: float


def page_view(sheet: Sheet) -> PageView:
    """Return a page as it is looked at for rulings."""
    maps, around = sheet.maps, 5
    size = maps.horizontal.shape[::-1]
    grey = np.asarray(cv2.resize(sheet.grey, size, interpolation=cv2.INTER_AREA), dtype=np.uint8)
    printed, along, down = (
        dilated(maps.printed, *size) >= EVEN_CHANCE for size in ((around, around), (around, 1), (1, around))
    )
    foreign = dilated(maps.foreign, around) >= EVEN_CHANCE
    horizontal = Direction(maps.horizontal, grey, printed, along | foreign, printed | foreign)
    rulings, picture = (np.ascontiguousarray(each.T) for each in (maps.vertical, grey))
    masks = (np.ascontiguousarray(each.T) for each in (printed, down | foreign, printed | foreign))
    return PageView(horizontal, Direction(rulings, picture, *masks), maps.dpi)


def evidence(page: PageView, rows: Sequence[Edge], columns: Sequence[Edge]) -> tuple[Scores, Scores]:
    """Return the evidence for each horizontal side (row edge, column) and each vertical one (column edge, row).

    Where rulings stand out from the dark somewhere, what is seen of others in the dark counts; elsewhere nothing can be
    seen there, and the evidence is what is usual on the edge.
    """
    found = (
        _evidence(page.horizontal, rows, columns, page.dpi),
        _evidence(page.vertical, columns, rows, page.dpi),
    )
    stand_out = any(
        bool(((each.dark > EVIDENCE.hidden) & (each.lit >= EVIDENCE.clearly)).any()) for each in found
    )
    horizontal, vertical = (_in_the_dark(each, stand_out=stand_out) for each in found)
    return in_context(horizontal), in_context(vertical.T).T


class _Evidence(NamedTuple):
    """The evidence for each side of one direction, how much of it is in the dark, and how much of a line is seen there."""

    score: Scores
    dark: Scores
    lit: Scores


def _in_the_dark(found: _Evidence, *, stand_out: bool) -> Scores:
    """Return the evidence for each side, including the sides between two dark cells."""
    dark = found.dark > EVIDENCE.hidden
    if not stand_out:
        typical = [
            np.median(row[~own]) if not own.all() else SIDES.open
            for row, own in zip(found.score, dark, strict=True)
        ]
        return np.where(dark, np.array(typical)[:, None], found.score)
    seen = np.interp(found.lit, *EVIDENCE.in_dark)
    among_letters = np.where(found.dark > EVIDENCE.half_seen, np.maximum(found.score, seen), found.score)
    return np.where(dark, seen, among_letters)


def _evidence(seen: Direction, along: Sequence[Edge], across: Sequence[Edge], dpi: float) -> _Evidence:
    """Return the evidence for each side of `along` edges between neighbouring `across` ones.

    It is the mean chance of a ruling, bounded by how much of a ruling is seen where no print covers it, as a share of what
    is seen of the edge's sure sides.
    """
    rows = [_along(seen, edge, list(_stretches(edge, across, dpi)), dpi) for edge in along]
    likely, shown, beside, pale, unknown, lit, bare, free, ends, middle = np.array(rows).swapaxes(0, 1)
    clear = np.where((likely >= SIDES.sure) & (shown > 0), shown, np.nan)
    usual = np.array([np.nanmedian(row) if np.isfinite(row).any() else 1.0 for row in clear])[:, None]
    least = np.interp(beside / usual, *EVIDENCE.shown)
    likely = np.maximum(likely, np.where(free >= EVIDENCE.bare, least, 0.0))
    all_bare = bare >= EVIDENCE.all_bare
    likely = np.where(all_bare & (beside >= EVIDENCE.clearly), np.maximum(likely, SIDES.sure), likely)
    share = shown / usual
    bound = np.where(all_bare, np.interp(share, *EVIDENCE.seen_bare), np.interp(share, *EVIDENCE.seen))
    bound = np.maximum(bound, np.where(likely >= SIDES.sure, EVIDENCE.worn, 0.0))
    score = np.minimum(likely, bound)
    score = np.where(of_print(score, ends > 0, middle), 0.0, score)
    score = np.maximum(score, np.where(all_bare, np.interp(pale, *EVIDENCE.lit), 0.0))
    return _Evidence(score, unknown, lit)


def _along(
    seen: Direction, edge: Edge, stretches: Sequence[Stretch], dpi: float
) -> tuple[Floats | Mask, ...]:
    """Return the measures of the sides along an edge: one array per measure, with one value per side.

    The chance of a ruling; the share on which a line is seen, and one as dark as the edge's rulings; those of a pale line,
    of the dark, and of a line in the dark; the share free of print, and of the cores of print; whether a line is seen up to
    both ends, and its share between them.
    """
    view = CourseView(seen.picture, edge.course, dpi)
    bare, free = ~edge.on(seen.printed), ~edge.on(seen.cores)
    chance = edge.chances(seen.rulings, dpi)
    dark = view.even.darker()
    known = dark[(chance >= SIDES.sure) & free]  # the feet of letters are paler than the edge's rulings
    least = max(COURSE.stands_out, EVIDENCE.as_dark * float(np.median(known))) if known.size else np.inf
    return (
        _means(chance, stretches),
        _means(view.visible(), stretches, bare),
        _means(dark >= least, stretches, free),
        view.on_fill(stretches),
        _means(view.hidden(), stretches),
        view.in_dark(stretches),
        _means(bare, stretches),
        _means(free, stretches),
        *view.ends_and_middle(stretches),
    )


def _stretches(edge: Edge, across: Sequence[Edge], dpi: float) -> Iterator[Stretch]:
    """Yield the pixels along an edge that lie between neighbouring crossing ones, as half-open stretches."""
    inset = EVIDENCE.inset * dpi / POINTS_PER_INCH
    last = len(edge.course)
    for one, other in pairwise(across):
        low, high = (float(e.course[min(round(edge.position), len(e.course) - 1)]) for e in (one, other))
        start = min(max(round(low + inset), 0), last - 1)
        yield start, min(max(round(high - inset), start + 1), last)


def _means(values: NDArray[np.generic], stretches: Sequence[Stretch], bare: Mask | None = None) -> Scores:
    """Return the mean of each stretch, over what is bare of print if enough of it is."""
    result = np.zeros(len(stretches))
    for number, (start, end) in enumerate(stretches):
        part = values[start:end]
        if bare is not None and bare[start:end].mean() >= EVIDENCE.bare:
            part = part[bare[start:end]]
        result[number] = part.mean()
    return result
