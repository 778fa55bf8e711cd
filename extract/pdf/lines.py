"""Turns placed characters into lines of text, spaces and trailing spaces as the page has them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from extract.pdf.seam import Char
from extract.types import TextLine
from schema.geometry import BBox

BASELINE = 0.6  # of the smaller size: baselines closer than this are one line (raised and lowered signs)
OVERPRINT = 0.35  # of a glyph's width: the same glyph printed again this close is fake bold
# A gap that stands for a space, in sizes of the glyph: on a page without space characters (a space is
# about 0.25 wide), in a line without one, in a line that has its own (there only a jump is a space).
GAP_PAGE, GAP_LINE, GAP_JUMP = 0.18, 0.3, 0.55
PART_GAP = 1.5  # sizes; printed glyphs further apart than this are pieces of two columns, not one text
SPACES_SHARE = 0.02  # a page with a smaller share of space characters has none of its own
PLACES = 2  # decimals of a coordinate


class Glyph(NamedTuple):
    """A character turned upright: `v` of its baseline downwards, `u0` to `u1` in reading direction."""

    v: float
    u0: float
    u1: float
    char: Char


def has_spaces(chars: Iterable[Char]) -> bool:
    """Tell whether the text layer of a page holds space characters of its own."""
    texts = [char.text for char in chars]
    return texts.count(" ") >= SPACES_SHARE * len(texts)


def lines_of(chars: Iterable[Char], page: int, *, spaced: bool, parted: bool = False) -> tuple[TextLine, ...]:
    """Return the lines of the characters from top to bottom, those of turned text after the level ones.

    `spaced` says whether the page has space characters; gaps without one become a space either way. Lines
    of nothing but spaces are left out. With `parted` a line is cut at each gap between printed glyphs that
    is wider than 1.5 of their sizes: blocks that stand side by side come as lines of their own, and so do
    the hanging columns of a list. The pieces of a line follow each other from left to right; spaces in the
    gap belong to none of them.
    """
    by_turn: dict[int, list[Glyph]] = {}
    for char in chars:
        by_turn.setdefault(char.turn, []).append(_upright(char))
    return tuple(
        _text_line(line, page, spaced=spaced)
        for turn in sorted(by_turn)
        for whole in _grouped(by_turn[turn])
        for line in (_parted(whole) if parted else (whole,))
        if any(not glyph.char.text.isspace() for glyph in line)
    )


def known_share(chars: Iterable[Char]) -> float:
    """Return the share of the glyphs whose character is known, 1.0 for none."""
    flags = [char.known for char in chars]
    return round(sum(flags) / len(flags), 3) if flags else 1.0


def _upright(char: Char) -> Glyph:
    if char.turn == 0:
        return Glyph(char.origin_y, char.x0, char.x1, char)
    if char.turn == 90:
        return Glyph(char.origin_x, -char.bottom, -char.top, char)
    if char.turn == 180:
        return Glyph(-char.origin_y, -char.x1, -char.x0, char)
    return Glyph(-char.origin_x, char.top, char.bottom, char)


def _grouped(glyphs: list[Glyph]) -> list[list[Glyph]]:
    """Group glyphs by baseline, each group sorted in reading direction."""
    lines: list[list[Glyph]] = []
    start = size = 0.0
    for glyph in sorted(glyphs, key=_by_baseline):
        if lines and glyph.v - start <= BASELINE * min(size, glyph.char.size):
            lines[-1].append(glyph)
            continue
        lines.append([glyph])
        start, size = glyph.v, glyph.char.size
    for line in lines:
        line.sort(key=_by_place)
    return lines


def _parted(line: list[Glyph]) -> list[list[Glyph]]:
    """Cut a line at its wide gaps; the spaces at its own ends stay."""
    pieces: list[list[Glyph]] = []
    start = last = 0
    end: float | None = None
    for index, glyph in enumerate(line):
        if glyph.char.text.isspace():
            continue
        if end is not None and glyph.u0 - end > PART_GAP * glyph.char.size:
            pieces.append(line[start : last + 1])
            start = index
        end = glyph.u1 if end is None else max(end, glyph.u1)
        last = index
    return [*pieces, line[start:]]


def _by_baseline(glyph: Glyph) -> float:
    return glyph.v


def _by_place(glyph: Glyph) -> float:
    return glyph.u0


def _text_line(line: list[Glyph], page: int, *, spaced: bool) -> TextLine:
    kept = _without_overprint(line)
    chars = [glyph.char for glyph in kept]
    bold = sum(char.bold for char in chars)
    return TextLine.model_construct(
        text=_spelled(kept, spaced=spaced), page=page, bbox=_box(chars), line=None, bold=bold * 2 > len(chars)
    )


def _without_overprint(line: list[Glyph]) -> list[Glyph]:
    kept: list[Glyph] = []
    for glyph in line:
        near = OVERPRINT * (glyph.u1 - glyph.u0)
        if any(
            glyph.char.text == other.char.text and abs(glyph.u0 - other.u0) <= near and _level(glyph, other)
            for other in kept[-3:]
        ):
            continue
        kept.append(glyph)
    return kept


def _level(one: Glyph, other: Glyph) -> bool:
    return abs(one.v - other.v) <= OVERPRINT * one.char.size


def _spelled(line: list[Glyph], *, spaced: bool) -> str:
    """Return the line's text; a gap wide enough for a space becomes one."""
    limit = GAP_PAGE
    if spaced:
        limit = GAP_JUMP if any(glyph.char.text == " " for glyph in line) else GAP_LINE
    parts: list[str] = []
    end: float | None = None
    for _, u0, u1, char in line:
        text = char.text
        if end is not None and u0 - end > limit * char.size and text != " " and parts[-1] != " ":
            parts.append(" ")
        parts.append(text)
        end = u1 if end is None else max(end, u1)
    return "".join(parts)


def _box(chars: list[Char]) -> BBox:
    return BBox.model_construct(
        x0=round(min([char.x0 for char in chars]), PLACES),
        top=round(min([char.top for char in chars]), PLACES),
        x1=round(max([char.x1 for char in chars]), PLACES),
        bottom=round(max([char.bottom for char in chars]), PLACES),
    )
