"""Parts a page's characters into those that a person sees on it and those that are there in the file only."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence

import numpy as np
import numpy.typing as npt

from extract.pdf.glyphs import UNKNOWN
from extract.pdf.pdfium_page import TextChar
from extract.pdf.seam import Char
from extract.pdf.view import PageView

OVERLAP = 0.35  # of the smaller glyph's box: two glyphs that share more cannot both be read
OVERPRINT = 0.2  # sizes between the places of a glyph printed twice for boldness or shadow
SMALLEST = 2.5  # points; print of 3 points is the smallest that labels and contracts use
SPECK = 0.5  # of the usual size of the page: where all print is tiny, the page is drawn tiny
WIDE = 0.4  # sizes; in a narrower space the glyphs beside it reach too near to its middle
INNER = 0.3  # of a space's width at each side: slanted glyphs beside it reach so far
NEIGHBOURS = 4  # glyphs of one square that each is held against
MOST_LOOKED_AT = 60  # text objects of a page that are looked at one by one

Sight = Callable[[int, PageView], PageView]


def part_by_sight(
    chars: Sequence[TextChar], view: PageView, alone: Sight | None
) -> tuple[tuple[Char, ...], tuple[Char, ...]]:
    """Return the characters that are seen, spaces included, and the printed ones that are not.

    A glyph is seen where the page has ink of text in its place. Where a text object has a glyph that is not seen, or
    one that lies over another object's, the ink may be that one's: `alone` then gives a view in which the object's
    ink alone is text. It is `None` where nobody can draw one; the ink is taken for the glyph's then. A space is seen
    where the glyph before it in its object is.
    """
    boxes = np.array([(c.x0, c.top, c.x1, c.bottom) for c, _ in chars], dtype=np.float64).reshape(-1, 4)
    flags: list[bool] = ((view.text_pixels(boxes) > 0) & _is_legible(chars)).tolist()
    for index in _covered(chars, boxes, flags, view, alone):
        flags[index] = False
    blotted = _inked_spaces(chars, boxes, view)
    seen: list[Char] = []
    hidden: list[Char] = []
    last: dict[int, bool] = {}
    for index, ((char, source), visible) in enumerate(zip(chars, flags, strict=True)):
        if index in blotted:
            seen.append(char._replace(text=UNKNOWN, known=False))
        elif char.text.isspace():
            if last.get(source, True):
                seen.append(char)
        else:
            last[source] = visible
            (seen if visible else hidden).append(char)
    return tuple(seen), tuple(hidden)


def _inked_spaces(chars: Sequence[TextChar], boxes: npt.NDArray[np.float64], view: PageView) -> set[int]:
    """Return the spaces in whose middle ink of text is seen where no glyph stands: glyphs that are named spaces."""
    level = (n for n, item in enumerate(chars) if item.char.text.isspace() and item.char.turn in {0, 180})
    spaces = np.array(list(level), dtype=np.intp)
    if not len(spaces):
        return set()
    inner = boxes[spaces].copy()
    inset = INNER * (inner[:, 2] - inner[:, 0])
    inner[:, 0] += inset
    inner[:, 2] -= inset
    wide = np.array([chars[n].char.x1 - chars[n].char.x0 > WIDE * chars[n].char.size for n in spaces])
    wide &= np.array([chars[n].char.turn in {0, 180} for n in spaces])  # an upright one's width is its height
    inked = wide & (view.text_pixels(inner) > 0)
    printed = boxes[[not item.char.text.isspace() for item in chars]]
    return {
        int(n)
        for n, box in zip(spaces[inked], inner[inked], strict=True)
        if box[2] > box[0] and not (_share(np.broadcast_to(box, printed.shape), printed) > 0).any()
    }


def _is_legible(chars: Sequence[TextChar]) -> npt.NDArray[np.bool_]:
    """Tell which glyphs are not so small beside the others of the page that a person sees specks."""
    sizes = np.array([item.char.size for item in chars])
    usual = float(np.median(sizes)) if len(sizes) else 0.0
    legible: npt.NDArray[np.bool_] = (sizes >= SMALLEST) | (sizes >= SPECK * usual)
    return legible


def _covered(
    chars: Sequence[TextChar],
    boxes: npt.NDArray[np.float64],
    flags: Sequence[bool],
    view: PageView,
    alone: Sight | None,
) -> Iterator[int]:
    """Yield the glyphs in whose place only the ink of another one is seen."""
    if alone is None:
        return
    unsure = {chars[index].source for index in _overlaid(chars, boxes, flags)}
    unsure |= {
        c.source for c, seen in zip(chars, flags, strict=True) if not seen and not c.char.text.isspace()
    }
    doubted: dict[int, list[int]] = defaultdict(list)
    for index, (item, seen) in enumerate(zip(chars, flags, strict=True)):
        if seen and item.source in unsure:
            doubted[item.source].append(index)
    for source, members in list(doubted.items())[:MOST_LOOKED_AT]:
        pixels = alone(source, view).text_pixels(boxes[members])
        yield from (index for index, seen in zip(members, pixels, strict=True) if seen == 0)


def _overlaid(chars: Sequence[TextChar], boxes: npt.NDArray[np.float64], flags: Sequence[bool]) -> set[int]:
    """Return the glyphs over which a glyph of another text object lies, other than the same one for boldness."""
    printed = np.array(
        [n for n, item in enumerate(chars) if flags[n] and not item.char.text.isspace()], dtype=np.intp
    )
    found: set[int] = set()
    for one, other in _near(boxes[printed]):
        first, second = chars[printed[one]], chars[printed[other]]
        if first.source != second.source and not _is_overprint(first.char, second.char):
            found |= {int(printed[one]), int(printed[other])}
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
        keys = np.floor(centres / square + shift).astype(np.int64)
        order = np.lexsort((keys[:, 0], keys[:, 1]))
        for apart in range(1, NEIGHBOURS + 1):
            one, other = order[:-apart], order[apart:]
            same = (keys[one] == keys[other]).all(axis=1)
            one, other = one[same], other[same]
            over = _share(boxes[one], boxes[other]) > OVERLAP
            pairs |= {(min(a, b), max(a, b)) for a, b in zip(one[over], other[over], strict=True)}
    yield from sorted(pairs)


def _share(ones: npt.NDArray[np.float64], others: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Return what two boxes have in common as a share of the smaller one."""
    low, high = np.maximum(ones[:, :2], others[:, :2]), np.minimum(ones[:, 2:], others[:, 2:])
    common = np.clip(high - low, 0.0, None).prod(axis=1)
    areas = np.minimum((ones[:, 2:] - ones[:, :2]).prod(axis=1), (others[:, 2:] - others[:, :2]).prod(axis=1))
    shares: npt.NDArray[np.float64] = common / np.clip(areas, 0.01, None)
    return shares


def _is_overprint(one: Char, other: Char) -> bool:
    """Tell whether a glyph is printed twice in nearly one place."""
    near = OVERPRINT * one.size
    same_place = abs(one.x0 - other.x0) <= near and abs(one.top - other.top) <= near
    return one.text == other.text and same_place
