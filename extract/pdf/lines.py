"""Turns placed characters into lines of text, spaces and trailing spaces as the page has them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from itertools import pairwise
from typing import NamedTuple

from extract.pdf.seam import Char
from extract.types import TextLine
from schema.geometry import BBox

BASELINE = 0.6  # of the smaller size: baselines closer than this are one line (raised and lowered signs)
OVERPRINT = 0.35  # of a glyph's width: the same glyph printed again this close is fake bold
GAP = 0.18  # sizes; a wider gap between two glyphs is a space (a space is about 0.25 wide)
LEAST_GAP = 0.09  # sizes; a space character in a narrower gap is not seen
PART_GAP = 1.5  # sizes; printed glyphs further apart than this are pieces of two columns, not one text
FEWEST_SPREAD = 3  # letters of a spread word that tell it by their even distances
EVEN = 0.08  # sizes by which those distances may differ
SPREAD = 4  # single letters with a space between each two from which on they are one spread word
NEXT = 0.3  # sizes between a raised sign and the glyph before it at most
RAISED, SMALLER = 0.15, 0.8  # of the line's size: a smaller sign this far above its baseline is raised
PLACES = 2  # decimals of a coordinate
SPREAD_LETTERS = re.compile(rf"(?<!\S)(?:[^\W\d_] ){{{SPREAD - 1},}}[^\W\d_](?!\S)")
FROM_RIGHT = {"R", "AL"}
FROM_RIGHT_RUN = re.compile(
    r"([\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]+(?:[ ,.]+[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]+)*)"
)
RAISED_SIGNS = dict(zip("0123456789+-()", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁽⁾", strict=True))


class Glyph(NamedTuple):
    """A character turned upright: `v` of its baseline downwards, `u0` to `u1` in reading direction."""

    v: float
    u0: float
    u1: float
    char: Char


def lines_of(chars: Iterable[Char], page: int, *, parted: bool = False) -> tuple[TextLine, ...]:
    """Return the lines of the characters from top to bottom, those of turned text after the level ones.

    A gap that is seen is a space, whether a space character stands in it or not. Raised figures become the signs
    for them. Lines of nothing but spaces are left out. With `parted` a line is cut at each gap between printed glyphs that
    is wider than 1.5 of their sizes: blocks that stand side by side come as lines of their own, and so do
    the hanging columns of a list. The pieces of a line follow each other from left to right; spaces in the
    gap belong to none of them.
    """
    by_turn: dict[int, list[Glyph]] = {}
    for char in chars:
        by_turn.setdefault(char.turn, []).append(_upright(char))
    return tuple(
        _text_line(line, page)
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
        return Glyph(char.origin_y, char.x0, char.x1 + char.tracking, char)
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
    return _with_raised(lines)


def _with_raised(lines: list[list[Glyph]]) -> list[list[Glyph]]:
    """Put small signs that stand high behind a glyph of the next line into that line."""
    kept: list[list[Glyph]] = []
    for line, below in zip(lines, [*lines[1:], []], strict=True):
        if below and all(_is_raised_on(glyph, below) for glyph in line if not glyph.char.text.isspace()):
            below.extend(line)
            below.sort(key=_by_place)
        else:
            kept.append(line)
    return kept


def _is_raised_on(glyph: Glyph, line: list[Glyph]) -> bool:
    before = [other for other in line if other.u0 < glyph.u0]
    if not before:
        return False
    last = max(before, key=lambda other: other.u1)
    size = last.char.size
    return (
        glyph.char.size <= SMALLER * size
        and last.v - glyph.v < BASELINE * size
        and -NEXT * size <= glyph.u0 - last.u1 <= NEXT * size
    )


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


def _text_line(line: list[Glyph], page: int) -> TextLine:
    kept = _without_overprint(line)
    chars = [glyph.char for glyph in kept]
    bold = sum(char.bold for char in chars)
    return TextLine.model_construct(
        text=_spelled(kept), page=page, bbox=_box(chars), line=None, bold=bold * 2 > len(chars)
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


def _spelled(line: list[Glyph]) -> str:
    """Return the line's text with its spaces as they are seen, and one at its end if the page has it."""
    raised = _raised(line)
    if _is_evenly_spread(line):
        return "".join(glyph.char.text for glyph in line)
    parts: list[str] = []
    last: Glyph | None = None
    spaced = False
    for glyph in line:
        text = glyph.char.text
        if text == " ":
            spaced = True
            continue
        gap = 0.0 if last is None else (glyph.u0 - last.u1) / max(min(glyph.char.size, last.char.size), 0.01)
        is_space = last is not None and gap > (LEAST_GAP if spaced else GAP)
        sign = RAISED_SIGNS.get(text, text) if id(glyph) in raised else text
        parts.append(" " + sign if is_space else sign)
        last, spaced = (glyph if last is None or glyph.u1 >= last.u1 else last), False
    return _in_reading_order(_unspread("".join(parts))) + (" " if spaced else "")


def _is_evenly_spread(line: list[Glyph]) -> bool:
    """Tell whether a line without space characters is one word whose letters are all set apart alike."""
    if len(line) < FEWEST_SPREAD or any(glyph.char.text.isspace() for glyph in line):
        return False
    gaps = [(b.u0 - a.u1) / max(a.char.size, 0.01) for a, b in pairwise(line)]
    return min(gaps) > GAP and max(gaps) - min(gaps) < EVEN


def _raised(line: list[Glyph]) -> set[int]:
    """Return the identities of the glyphs that are set smaller and higher than the line's own."""
    printed = [glyph for glyph in line if not glyph.char.text.isspace()]
    size = max((glyph.char.size for glyph in printed), default=0.0)
    base = max((glyph.v for glyph in printed if glyph.char.size > SMALLER * size), default=0.0)
    return {
        id(glyph)
        for glyph in printed
        if glyph.char.size <= SMALLER * size and base - glyph.v >= RAISED * size
    }


def _in_reading_order(text: str) -> str:
    """Return a text that was put together from left to right with its right-to-left words as they are read."""
    if not any(unicodedata.bidirectional(sign) in FROM_RIGHT for sign in text):
        return text
    pieces = FROM_RIGHT_RUN.split(text)
    return "".join(piece[::-1] if n % 2 else piece for n, piece in enumerate(pieces))


def _unspread(text: str) -> str:
    """Return a text with letters that are set apart by spaces as the words they are."""
    return SPREAD_LETTERS.sub(lambda match: match[0].replace(" ", ""), text)


def _box(chars: list[Char]) -> BBox:
    return BBox.model_construct(
        x0=round(min([char.x0 for char in chars]), PLACES),
        top=round(min([char.top for char in chars]), PLACES),
        x1=round(max([char.x1 for char in chars]), PLACES),
        bottom=round(max([char.bottom for char in chars]), PLACES),
    )
