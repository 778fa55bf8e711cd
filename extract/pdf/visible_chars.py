"""Parts a page's characters into those that a person sees on it and those that are there in the file only."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator

import numpy as np
import numpy.typing as npt

from extract.grid.chars import Chars, Flags
from extract.pdf.drawn_page import PageView

OVERLAP = 0.35  # of the smaller glyph's box: two glyphs that share more cannot both be read
OVERPRINT = 0.2  # sizes between the places of a glyph printed twice for boldness or shadow
SMALLEST = 2.5  # points; print of 3 points is the smallest that labels and contracts use
SPECK = 0.5  # of the usual size of the page: where all print is tiny, the page is drawn tiny
WIDE = 0.4  # sizes; in a narrower space the glyphs beside it reach too near to its middle
INNER = 0.3  # of a space's width at each side: slanted glyphs beside it reach so far
MOST_SQUARES = 1 << 20  # squares side by side, more than a page has
NEIGHBOURS = 4  # glyphs of one square that each is held against
MOST_LOOKED_AT = 60  # text objects of a page that are looked at one by one

Sight = Callable[[int, PageView], PageView]


def part_by_sight(chars: Chars, view: PageView, alone: Sight | None) -> tuple[Chars, Chars]:
    """Return the characters that are seen, spaces included, and the printed ones that are not.

    A glyph is seen where the page has ink of text in its place. Where a text object has a glyph that is not seen, or
    one that lies over another object's, the ink may be that one's: `alone` then gives a view in which the object's
    ink alone is text. It is `None` where nobody can draw one; the ink is taken for the glyph's then. A space is seen
    where the glyph before it in its object is.
    """
    seen = (view.text_pixels(chars.boxes) > 0) & _is_legible(chars)
    if alone is not None:
        seen[_covered(chars, seen, view, alone)] = False
    blotted = _inked_spaces(chars, view)
    shown = np.where(chars.printed, seen, blotted | _follows_seen(chars, seen))
    if blotted.any():
        chars = chars.as_unknown(blotted)
    hidden = chars[chars.printed & ~shown]
    return (chars if shown.all() else chars[shown]), hidden


def _follows_seen(chars: Chars, seen: Flags) -> Flags:
    """Tell of each character whether the printed one before it in its text object is seen, or there is none."""
    order = np.argsort(chars.source, kind="stable")
    first = np.zeros(len(order), dtype=np.int64)
    first[1:] = np.where(np.diff(chars.source[order]) != 0, np.arange(1, len(order)), 0)
    first = np.maximum.accumulate(first)
    last = np.maximum.accumulate(np.where(chars.printed[order], np.arange(len(order)), -1))
    found = np.ones(len(order), dtype=np.bool_)
    found[order] = (last < first) | seen[order][last]
    return found


def _inked_spaces(chars: Chars, view: PageView) -> Flags:
    """Return the spaces in whose middle ink of text is seen where no glyph stands: glyphs that are named spaces."""
    blotted = np.zeros(len(chars), dtype=np.bool_)
    level = (chars.turn == 0) | (chars.turn == 180)  # an upright one's width is its height
    spaces = np.flatnonzero(~chars.printed & level & (chars.x1 - chars.x0 > WIDE * chars.size))
    if not len(spaces):
        return blotted
    inner = chars.boxes[spaces]
    inset = INNER * (inner[:, 2] - inner[:, 0])
    inner[:, 0] += inset
    inner[:, 2] -= inset
    printed = chars.boxes[chars.printed]
    for n in np.flatnonzero(view.text_pixels(inner) > 0):
        box = inner[n]
        blotted[spaces[n]] = (
            box[2] > box[0] and not (_share(np.broadcast_to(box, printed.shape), printed) > 0).any()
        )
    return blotted


def _is_legible(chars: Chars) -> Flags:
    """Tell which glyphs are not so small beside the others of the page that a person sees specks."""
    usual = float(np.median(chars.size)) if len(chars) else 0.0
    legible: Flags = (chars.size >= SMALLEST) | (chars.size >= SPECK * usual)
    return legible


def _covered(chars: Chars, seen: Flags, view: PageView, alone: Sight) -> list[int]:
    """Return the glyphs in whose place only the ink of another one is seen."""
    unsure = _overlaid(chars, seen) | (~seen & chars.printed)
    if not unsure.any():
        return []
    doubted: dict[int, list[int]] = defaultdict(list)
    for index in np.flatnonzero(seen & np.isin(chars.source, np.unique(chars.source[unsure]))).tolist():
        doubted[int(chars.source[index])].append(index)
    found: list[int] = []
    for source, members in list(doubted.items())[:MOST_LOOKED_AT]:
        pixels = alone(source, view).text_pixels(chars.boxes[members])
        found += (index for index, count in zip(members, pixels, strict=True) if count == 0)
    return found


def _overlaid(chars: Chars, seen: Flags) -> Flags:
    """Return the glyphs over which a glyph of another text object lies, other than the same one for boldness."""
    printed = np.flatnonzero(seen & chars.printed)
    found = np.zeros(len(chars), dtype=np.bool_)
    for one, other in _near(chars.boxes[printed]):
        first, second = printed[one], printed[other]
        if chars.source[first] != chars.source[second] and not _is_overprint(chars, first, second):
            found[[first, second]] = True
    return found


def _near(boxes: npt.NDArray[np.float64]) -> Iterator[tuple[int, int]]:
    """Yield pairs of boxes that share more than a third of the smaller one.

    Boxes are told by the square their centre lies in, in two gratings, one moved by half a square.
    """
    if len(boxes) < 2:
        return
    centres = np.stack([boxes[:, 0] + boxes[:, 2], boxes[:, 1] + boxes[:, 3]], axis=1) / 2
    square = max(float(np.median(boxes[:, 3] - boxes[:, 1])), 0.5)
    pairs: set[tuple[int, int]] = set()
    for shift in ((0.0, 0.0), (0.5, 0.5)):
        columns, rows = np.floor(centres / square + shift).astype(np.int64).T
        keys = rows * MOST_SQUARES + columns
        order = np.argsort(keys, kind="stable")
        ordered = keys[order]
        for apart in range(1, NEIGHBOURS + 1):
            same = np.flatnonzero(ordered[:-apart] == ordered[apart:])
            if not len(same):
                break
            one, other = order[same], order[same + apart]
            over = _share(boxes[one], boxes[other]) > OVERLAP
            pairs |= {(min(a, b), max(a, b)) for a, b in zip(one[over], other[over], strict=True)}
    yield from sorted(pairs)


def _share(ones: npt.NDArray[np.float64], others: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Return what two boxes have in common as a share of the smaller one."""
    one, other = ones.T, others.T
    wide = np.maximum(np.minimum(one[2], other[2]) - np.maximum(one[0], other[0]), 0.0)
    high = np.maximum(np.minimum(one[3], other[3]) - np.maximum(one[1], other[1]), 0.0)
    areas = np.minimum((one[2] - one[0]) * (one[3] - one[1]), (other[2] - other[0]) * (other[3] - other[1]))
    shares: npt.NDArray[np.float64] = wide * high / np.maximum(areas, 0.01)
    return shares


def _is_overprint(chars: Chars, one: int, other: int) -> bool:
    """Tell whether a glyph is printed twice in nearly one place."""
    near = OVERPRINT * chars.size[one]
    apart = np.abs(chars.boxes[one, :2] - chars.boxes[other, :2])
    return chars.texts[one] == chars.texts[other] and bool((apart <= near).all())
