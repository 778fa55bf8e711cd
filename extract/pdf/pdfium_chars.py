"""Turns the text of a page opened with PDFium into its characters with their places."""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Sequence
from itertools import repeat
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pypdfium2

from extract.grid.chars import UNKNOWN, Chars, Flags, Floats, Ints
from extract.grid.frame import Frame
from extract.grid.groups import stretches
from extract.grid.settings import WORDS
from extract.pdf.glyphs import printed_text
from extract.pdf.page_content import is_bold
from extract.survey import pdfium_calls as calls
from extract.survey.settings import PAGES
from extract.types import FULL_TURN, QUARTER_TURN

HYPHENS = {0x02, 0xFFFE}  # what PDFium gives for a hyphen at a line's end
NO_CHARACTER = {0x00, 0xFFFD, 0xFFFF}
LARGEST_CODE = 0xFFFFFFFF
KEY_BITS = LARGEST_CODE.bit_length() + 1  # of a code and a flag


class PageSpace(NamedTuple):
    """The left and upper edge of a page's visible box in its own space (points, upwards), and how a reader sees it turned."""

    left: float
    top: float
    frame: Frame

    def placed(self, x: Floats, y: Floats) -> tuple[Floats, Floats]:
        """Return places of the page's own space on the page as a reader sees it, origin top left."""
        return self.frame.places(x - self.left, self.top - y)

    def placed_boxes(self, boxes: Floats) -> Floats:
        """Return N boxes (two opposite corners, x and y of each) as x0, top, x1, bottom."""
        return self.frame.boxes((boxes - (self.left, self.top) * 2) * (1, -1, 1, -1))


def page_space(page: pypdfium2.PdfPage) -> PageSpace:
    """Return the space of an opened page."""
    left, bottom, right, top = map(float, page.get_bbox())
    return PageSpace(left, top, Frame(right - left, top - bottom, int(page.get_rotation())))


class _Styles(NamedTuple):
    """What the characters of each of M text objects have in common.

    `font` are the addresses of the fonts, `x` and `y` places on the baselines, of the page as a reader sees it.
    """

    font: Ints
    bold: Flags
    size: Floats
    turn: Ints
    slanted: Flags
    x: Floats
    y: Floats


def read_chars(text: int, count: int, space: PageSpace) -> tuple[Chars, dict[int, int]]:
    """Return the characters of a text page in the order in which they are drawn, and the font of each text object.

    `text` is the address of the text page, `count` its number of characters. What PDFium adds by itself, spaces and
    line ends, belongs to no object and is left out.
    """
    sources = _asked(calls.char_object, text, range(count))
    drawn = np.flatnonzero(sources)
    sources = sources[drawn]
    of, first, object_of = np.unique(sources, return_index=True, return_inverse=True)
    styles = _styles(text, drawn[first].tolist(), of.tolist(), space)
    texts, known, are_chars = _shown(text, drawn.tolist(), styles.font[object_of])
    chosen = np.flatnonzero(are_chars)
    boxes = _boxes(text, drawn[chosen].tolist())
    boxes = space.placed_boxes(_parted_ligatures(boxes, sources[chosen]))
    own = _Styles._make(column[object_of[chosen]] for column in styles)
    flags = np.column_stack([own.bold, known[chosen], own.slanted])
    chars = Chars([texts[n] for n in chosen.tolist()], _places(boxes, own), own.turn, flags, sources[chosen])
    return chars, dict(zip(of.tolist(), styles.font.tolist(), strict=True))


def _asked(function: Callable[[int, int], int], text: int, indexes: Sequence[int]) -> Ints:
    return np.fromiter(map(function, repeat(text), indexes), dtype=np.int64, count=len(indexes))


def _styles(text: int, indexes: list[int], sources: list[int], space: PageSpace) -> _Styles:
    """Return the styles of text objects; `indexes` are the first character of each."""
    count = len(indexes)
    matrices, origins = np.empty((count, 6), dtype=np.float32), np.empty((count, 2), dtype=np.float64)
    places = zip(indexes, _addresses(matrices), _addresses(origins), strict=True)
    for index, matrix, origin in places:
        calls.char_matrix(text, index, matrix)
        calls.char_origin(text, index, origin, origin + origins.itemsize)
    sizes = np.fromiter(map(calls.char_size, repeat(text), indexes), dtype=np.float64, count=count)
    fonts = np.fromiter(map(calls.text_font, sources), dtype=np.int64, count=count)
    a, b, c, d = matrices.astype(np.float64)[:, :4].T
    across = np.hypot(c, d)
    degrees = np.degrees(np.arctan2(b * sizes, a * sizes)) - space.frame.degrees
    turn = np.rint(degrees / QUARTER_TURN) * QUARTER_TURN
    x, y = space.placed(*origins.T)
    size = np.abs(sizes) * np.where(across == 0, 1.0, across)
    bold_fonts = [font for font in set(fonts.tolist()) if is_bold(_font_name(font))]
    slanted = np.abs(degrees - turn) > PAGES.straight
    return _Styles(fonts, np.isin(fonts, bold_fonts), size, turn.astype(np.int64) % FULL_TURN, slanted, x, y)


def _shown(text: int, indexes: list[int], fonts: Ints) -> tuple[list[str], Flags, Flags]:
    """Return what characters show, whether that is known, and whether they are characters at all."""
    codes = _asked(calls.char_code, text, indexes)
    # Asked of each: a font may know one of two like glyphs.
    unmapped = _asked(calls.char_unmapped, text, indexes) == 1
    names, font = np.unique(fonts, return_inverse=True)
    keys, key = np.unique((font << KEY_BITS) | (codes << 1) | unmapped, return_inverse=True)
    of_fonts = [_font_name(name) for name in names.tolist()]
    found = [
        _printed((value >> 1) & LARGEST_CODE, of_fonts[value >> KEY_BITS], unmapped=bool(value & 1))
        for value in keys.tolist()
    ]
    texts = [printed[0] if printed else "" for printed in found]
    known = np.array([printed is not None and printed[1] for printed in found], dtype=np.bool_)
    are_chars = np.array([printed is not None for printed in found], dtype=np.bool_)
    return [texts[n] for n in key.tolist()], known[key], are_chars[key]


def _printed(code: int, font: str, *, unmapped: bool) -> tuple[str, bool] | None:
    """Return what a character of a font shows and whether that is known; `None` if it is not a character."""
    if code in HYPHENS and not unmapped:
        return "-", True
    if code in NO_CHARACTER:
        return UNKNOWN, False
    if code < ord(" ") and not unmapped:
        return (" ", True) if code == ord("\t") else None
    shown, known = printed_text(chr(code), font)
    return (UNKNOWN, False) if unmapped and shown == chr(code) else (shown, known)


def _boxes(text: int, indexes: list[int]) -> Floats:
    boxes = np.empty((len(indexes), 4), dtype=np.float32)
    for index, box in zip(indexes, _addresses(boxes), strict=True):
        calls.char_box(text, index, box)
    return boxes.astype(np.float64)


def _addresses(rows: npt.NDArray[Any]) -> range:
    """Return where in memory each row of an array begins."""
    start, step = rows.ctypes.data, rows.shape[1] * rows.itemsize
    return range(start, start + step * len(rows), step)


def _places(boxes: Floats, styles: _Styles) -> Floats:
    """Return the places of characters, see `Chars`: their boxes as high as their print is."""
    x0, top, x1, bottom = boxes.T
    size, x, y = styles.size, styles.x, styles.y
    above, below, none = WORDS.ascent * size, WORDS.descent * size, np.zeros(len(size))
    if not styles.slanted.any() and not styles.turn.any():
        return np.stack([x0, y - above, x1, y + below, x0, y, size, none], axis=1)
    turns = [styles.slanted, *(styles.turn == quarters * QUARTER_TURN for quarters in (0, 2, 1))]
    columns = [
        np.select(turns, [x0, x0, x0, x - above], x - below),
        np.select(turns, [top, y - above, y - below, top], top),
        np.select(turns, [x1, x1, x1, x + below], x + above),
        np.select(turns, [bottom, y + below, y + above, bottom], bottom),
        np.select(turns, [x0, x0, x1, x], x),
        np.select(turns, [bottom, y, y, bottom], top),
    ]
    return np.stack([*columns, size, none], axis=1)


def _parted_ligatures(boxes: Floats, sources: Ints) -> Floats:
    """Give each letter of a ligature its part of the glyph's box; PDFium gives all of them the whole box."""
    same = (boxes[1:] == boxes[:-1]).all(axis=1) & (np.diff(sources) == 0) & (boxes[1:, 2] != boxes[1:, 0])
    for glyph in stretches(~same) if same.any() else ():
        count = glyph.stop - glyph.start
        left, _, right, _ = boxes[glyph.start]
        sides = left + (right - left) * np.arange(count + 1) / count
        if count > 1:
            boxes[glyph, 0], boxes[glyph, 2] = sides[:-1], sides[1:]
    return boxes


def _font_name(font: int) -> str:
    size = calls.font_name(font, 0, 0) if font else 0
    if size <= 1:
        return ""
    buffer = ctypes.create_string_buffer(size)
    calls.font_name(font, ctypes.addressof(buffer), size)
    return buffer.value.decode("latin-1")
