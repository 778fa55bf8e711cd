"""Splits a page's characters into those that a person sees on it and those that are in the file only."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

import numpy as np

from extract.grid.boxes import middles, shared
from extract.grid.chars import Chars, Flags, Floats
from extract.pdf.drawn_page import PageView
from extract.pdf.settings import VISIBLE
from extract.settings import LIMITS
from extract.types import QUARTER_TURN

Sight = Callable[[Iterable[int], PageView], PageView]


class InSight(NamedTuple):
    """The characters of a page that are seen, spaces included, and the printed ones that are not.

    `parted` are clipped ones that cannot be read, of text objects of which a clip leaves a part of such a glyph.
    """

    seen: Chars
    hidden: Chars
    parted: Chars


def split_by_sight(chars: Chars, view: PageView, alone: Sight | None, clips: Floats | None = None) -> InSight:
    """Tell the characters that are seen from those that are in the file only; `clips` are boxes, see `_within`.

    A glyph is seen where the page has ink of text in its place. Where a text object has a glyph that is not seen,
    or that covers another object's, the ink may be that one's: `alone` then gives a view in which only the object's
    ink is text (`None`: it cannot be drawn). A space is seen where the glyph before it in its object is.
    """
    # Glyphs that are tiny beside the others of the page are specks to a person.
    usual = float(np.median(chars.size)) if len(chars) else 0.0
    within = _within(chars, clips)
    seen = (view.text_pixels(chars.boxes) > 0) & within
    seen &= (chars.size >= VISIBLE.smallest) | (chars.size >= VISIBLE.speck * usual)
    if alone is not None:
        seen[_covered(chars, seen, view, alone)] = False
    blotted = _inked_spaces(chars, view)
    shown = np.where(chars.printed, seen, blotted | _follows_seen(chars, seen))
    if blotted.any():
        chars = chars.as_unknown(blotted)
    parted = _parted(chars, chars.printed & ~within, view, clips)
    hidden = chars.printed & ~shown & ~parted
    return InSight(chars if shown.all() else chars[shown], chars[hidden], chars[parted])


def _within(chars: Chars, clips: Floats | None) -> Flags:
    """Tell which characters can be read in what their clips leave of the page (N x 4; `None`: all of it).

    It holds the middle of their line and enough of their width. The ink in the place of another one is not its own, or a
    rest that nobody can read: a program of texts clips what is too long for a cell, a spreadsheet each half of a line
    that its page break cuts.
    """
    if clips is None:
        return np.ones(len(chars), dtype=np.bool_)
    low, high = chars.boxes[:, :2], chars.boxes[:, 2:]
    left = np.minimum(high, clips[:, 2:]) - np.maximum(low, clips[:, :2])
    middle = (low + high) / 2
    on_line = (clips[:, :2] <= middle) & (middle <= clips[:, 2:])
    legible = left >= VISIBLE.legible * (high - low)
    upright = (chars.turn // QUARTER_TURN % 2 == 1)[:, None]
    along = np.where(upright, [[False, True]], [[True, False]])
    return np.asarray(np.where(along, legible, on_line).all(axis=1))


def _parted(chars: Chars, clipped: Flags, view: PageView, clips: Floats | None) -> Flags:
    """Tell which of the clipped characters belong to text objects of which a part is seen."""
    if clips is None or not clipped.any():
        return clipped
    own = np.flatnonzero(clipped)
    boxes, left = chars.boxes[own], clips[own]
    boxes = np.column_stack([np.maximum(boxes[:, :2], left[:, :2]), np.minimum(boxes[:, 2:], left[:, 2:])])
    is_part = np.asarray((boxes[:, :2] < boxes[:, 2:]).all(axis=1))
    is_part[is_part] = view.text_pixels(boxes[is_part]) > 0
    return np.asarray(clipped & np.isin(chars.source, chars.source[own[is_part]]))


def _follows_seen(chars: Chars, seen: Flags) -> Flags:
    """Tell for each character whether the printed one before it in its text object is seen, or there is none."""
    order = np.argsort(chars.source, kind="stable")
    places = np.arange(len(order))
    begins = np.diff(chars.source[order], prepend=-1) != 0
    first = np.maximum.accumulate(np.where(begins, places, 0))
    last = np.maximum.accumulate(np.where(chars.printed[order], places, -1))
    found = np.ones(len(order), dtype=np.bool_)
    found[order] = (last < first) | seen[order][last]
    return found


def _inked_spaces(chars: Chars, view: PageView) -> Flags:
    """Return the spaces with ink of text in their middle where there is no glyph: glyphs that are named spaces."""
    blotted = np.zeros(len(chars), dtype=np.bool_)
    horizontal = np.isin(chars.turn, (0, 2 * QUARTER_TURN))  # the width of a vertical one is its height
    wide = chars.x1 - chars.x0 > VISIBLE.wide_space * chars.size
    spaces = np.flatnonzero(~chars.printed & horizontal & wide)
    inner = chars.boxes[spaces]
    inset = VISIBLE.space_inset * (inner[:, 2] - inner[:, 0])
    inner[:, 0] += inset
    inner[:, 2] -= inset
    printed = chars.boxes[chars.printed]
    for n in np.flatnonzero(view.text_pixels(inner) > 0):
        blotted[spaces[n]] = inner[n, 2] > inner[n, 0] and not (shared(inner[n], printed) > 0).any()
    return blotted


def _covered(chars: Chars, seen: Flags, view: PageView, alone: Sight) -> list[int]:
    """Return the glyphs in whose place only the ink of another one is seen."""
    unsure = _overlaid(chars, seen) | (~seen & chars.printed)
    if not unsure.any():
        return []
    doubted: dict[int, list[int]] = defaultdict(list)
    for index in np.flatnonzero(seen & np.isin(chars.source, np.unique(chars.source[unsure]))).tolist():
        doubted[int(chars.source[index])].append(index)
    found: list[int] = []
    for source, members in list(doubted.items())[: LIMITS.text_objects]:
        pixels = alone([source], view).text_pixels(chars.boxes[members])
        found += (index for index, count in zip(members, pixels, strict=True) if count == 0)
    return found


def _overlaid(chars: Chars, seen: Flags) -> Flags:
    printed = np.flatnonzero(seen & chars.printed)
    found = np.zeros(len(chars), dtype=np.bool_)
    for one, other in _near(chars.boxes[printed]):
        first, second = printed[one], printed[other]
        if chars.source[first] != chars.source[second] and not _is_overprint(chars, first, second):
            found[[first, second]] = True
    return found


def _near(boxes: Floats) -> Iterator[tuple[int, int]]:
    """Yield pairs of boxes that overlap much, looked for by the square of their centre in two grids half a square apart."""
    if len(boxes) < 2:
        return
    centres = np.column_stack(middles(boxes))
    square = max(float(np.median(boxes[:, 3] - boxes[:, 1])), VISIBLE.least_square)
    pairs: set[tuple[int, int]] = set()
    for shift in (0.0, 1 / 2):
        columns, rows = np.floor(centres / square + shift).astype(np.int64).T
        keys = rows * VISIBLE.most_squares + columns
        order = np.argsort(keys, kind="stable")
        ordered = keys[order]
        for apart in range(1, VISIBLE.neighbours + 1):
            same = np.flatnonzero(ordered[:-apart] == ordered[apart:])
            one, other = order[same], order[same + apart]
            over = shared(boxes[one], boxes[other]) > VISIBLE.overlap
            pairs |= {(min(a, b), max(a, b)) for a, b in zip(one[over], other[over], strict=True)}
    yield from sorted(pairs)


def _is_overprint(chars: Chars, one: int, other: int) -> bool:
    near = VISIBLE.overprint * chars.size[one]
    apart = np.abs(chars.boxes[one, :2] - chars.boxes[other, :2])
    return chars.texts[one] == chars.texts[other] and bool((apart <= near).all())
