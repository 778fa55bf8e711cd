"""Turns the text of a page opened with PDFium into its characters with their places."""

from __future__ import annotations

import ctypes
from itertools import repeat
from typing import NamedTuple

import numpy as np
import pypdfium2

from extract.grid.chars import UNKNOWN, Chars, Flags, Floats, Ints
from extract.pdf.glyphs import printed_text
from extract.survey import pdfium_calls as calls

ABOVE, BELOW = 0.79, 0.21  # of the size: a glyph's box above and below its baseline
LEVEL = 5.0  # degrees; text that leaves the level and the upright by more is slanted
BOLD_NAMES = ("bold", "black", "heavy")
HYPHENS = {0x02, 0xFFFE}  # what PDFium gives for a hyphen at a line's end
NO_CHARACTER = {0x00, 0xFFFD, 0xFFFF}


class PageSpace(NamedTuple):
    """The visible box of a page in its own space (points, upwards) and by how many degrees a reader sees it turned."""

    left: float
    bottom: float
    right: float
    top: float
    rotation: int

    def placed(self, x: Floats, y: Floats) -> tuple[Floats, Floats]:
        """Return places of the page's own space on the page as a reader sees it, origin top left."""
        if self.rotation == 90:
            return y - self.bottom, x - self.left
        if self.rotation == 180:
            return self.right - x, y - self.bottom
        if self.rotation == 270:
            return self.top - y, self.right - x
        return x - self.left, self.top - y

    def placed_boxes(self, boxes: Floats) -> Floats:
        """Return N boxes (two opposite corners, x and y of each) as x0, top, x1, bottom."""
        (ax, ay), (bx, by) = self.placed(boxes[:, 0], boxes[:, 1]), self.placed(boxes[:, 2], boxes[:, 3])
        low, high = (np.minimum(ax, bx), np.minimum(ay, by)), (np.maximum(ax, bx), np.maximum(ay, by))
        return np.stack([*low, *high], axis=1)


def page_space(page: pypdfium2.PdfPage) -> PageSpace:
    """Return the space of an opened page."""
    left, bottom, right, top = map(float, page.get_bbox())
    return PageSpace(left, bottom, right, top, int(page.get_rotation()))


class _Styles(NamedTuple):
    """What the characters of each of M text objects have in common.

    `font` are the fonts' addresses, `x` and `y` places on the baselines, of the page as a reader sees it.
    """

    font: Ints
    bold: Flags
    size: Floats
    turn: Ints
    slanted: Flags
    x: Floats
    y: Floats

    def at(self, index: Ints) -> _Styles:
        """Return the styles of characters by the numbers of their objects."""
        return _Styles(
            self.font[index],
            self.bold[index],
            self.size[index],
            self.turn[index],
            self.slanted[index],
            self.x[index],
            self.y[index],
        )


class FontNames:
    """The names of a page's fonts by their addresses."""

    def __init__(self) -> None:
        self._names: dict[int, str] = {}

    def name(self, font: int) -> str:
        """Return a font's name as its file gives it, empty where it has none."""
        if font not in self._names:
            self._names[font] = _font_name(font)
        return self._names[font]

    def is_bold(self, font: int) -> bool:
        """Tell by its name whether a font is bold."""
        return any(part in self.name(font).lower() for part in BOLD_NAMES)


def read_chars(text: int, count: int, space: PageSpace) -> tuple[Chars, dict[int, int]]:
    """Return the characters of a text page in the order in which they are drawn, and the font of each text object.

    `text` is the address of the text page, `count` its number of characters. What PDFium adds by itself, spaces and
    line ends, belongs to no object and is left out.
    """
    sources = np.fromiter(map(calls.char_object, repeat(text), range(count)), dtype=np.int64, count=count)
    drawn = np.flatnonzero(sources)
    sources = sources[drawn]
    of, first, object_of = np.unique(sources, return_index=True, return_inverse=True)
    styles = _styles(text, drawn[first].tolist(), of.tolist(), space)
    fonts = dict(zip(of.tolist(), styles.font.tolist(), strict=True))
    texts, known, are_chars = _shown(text, drawn.tolist(), styles.font[object_of])
    chosen = np.flatnonzero(are_chars)
    boxes = _boxes(text, drawn[chosen].tolist())
    boxes = space.placed_boxes(_parted_ligatures(boxes, sources[chosen]))
    own = styles.at(object_of[chosen])
    flags = (own.bold, known[chosen], own.slanted)
    return Chars(
        [texts[n] for n in chosen.tolist()], _places(boxes, own), own.turn, flags, sources[chosen]
    ), fonts


def _styles(text: int, indexes: list[int], sources: list[int], space: PageSpace) -> _Styles:
    """Return the styles of text objects; `indexes` are each one's first character."""
    count = len(indexes)
    matrices, origins = (ctypes.c_float * 6 * count)(), (ctypes.c_double * 2 * count)()
    matrix, origin = ctypes.addressof(matrices), ctypes.addressof(origins)
    for n, index in enumerate(indexes):
        calls.char_matrix(text, index, matrix + 24 * n)
        calls.char_origin(text, index, origin + 16 * n, origin + 16 * n + 8)
    sizes = np.fromiter(map(calls.char_size, repeat(text), indexes), dtype=np.float64, count=count)
    fonts = np.fromiter(map(calls.text_font, sources), dtype=np.int64, count=count)
    a, b, c, d = np.array(matrices, dtype=np.float64).reshape(-1, 6)[:, :4].T
    across = np.hypot(c, d)
    degrees = np.degrees(np.arctan2(b * sizes, a * sizes)) - space.rotation
    turn = np.rint(degrees / 90) * 90
    x, y = space.placed(*np.array(origins, dtype=np.float64).reshape(-1, 2).T)
    size = np.abs(sizes) * np.where(across == 0, 1.0, across)
    names = FontNames()
    bold = np.array([names.is_bold(font) for font in fonts.tolist()], dtype=np.bool_)
    return _Styles(fonts, bold, size, turn.astype(np.int64) % 360, np.abs(degrees - turn) > LEVEL, x, y)


def _shown(text: int, indexes: list[int], fonts: Ints) -> tuple[list[str], Flags, Flags]:
    """Return what characters show, whether that is known, and whether they are characters at all."""
    count = len(indexes)
    codes = np.fromiter(map(calls.char_code, repeat(text), indexes), dtype=np.int64, count=count)
    # Asked of each: a font may know one of two like glyphs.
    unmapped = np.fromiter(map(calls.char_unmapped, repeat(text), indexes), dtype=np.int64, count=count) == 1
    which, font = np.unique(fonts, return_inverse=True)
    keys, key = np.unique((font << 33) | (codes << 1) | unmapped, return_inverse=True)
    names = FontNames()
    found = [
        _printed((value >> 1) & 0xFFFFFFFF, names.name(which[value >> 33]), unmapped=bool(value & 1))
        for value in keys.tolist()
    ]
    texts = [printed[0] if printed else "" for printed in found]
    known = np.array([printed is not None and printed[1] for printed in found], dtype=np.bool_)
    are_chars = np.array([printed is not None for printed in found], dtype=np.bool_)
    return [texts[n] for n in key.tolist()], known[key], are_chars[key]


def _printed(code: int, font: str, *, unmapped: bool) -> tuple[str, bool] | None:
    """Return what a character of a font shows and whether that is known; `None` for what is none."""
    if code in HYPHENS and not unmapped:
        return "-", True
    if code in NO_CHARACTER:
        return UNKNOWN, False
    if code < ord(" ") and not unmapped:
        return (" ", True) if code == ord("\t") else None
    shown, known = printed_text(chr(code), font)
    return (UNKNOWN, False) if unmapped and shown == chr(code) else (shown, known)


def _boxes(text: int, indexes: list[int]) -> Floats:
    """Return left, top, right, bottom of characters in the page's own space."""
    buffer = (ctypes.c_float * 4 * len(indexes))()
    start = ctypes.addressof(buffer)
    for place, index in zip(range(start, start + 16 * len(indexes), 16), indexes, strict=True):
        calls.char_box(text, index, place)
    return np.array(buffer, dtype=np.float64).reshape(-1, 4)


def _places(boxes: Floats, styles: _Styles) -> Floats:
    """Return the places of characters, see `Chars`: their boxes as high as their print is."""
    x0, top, x1, bottom = boxes.T
    size, x, y = styles.size, styles.x, styles.y
    above, below, none = ABOVE * size, BELOW * size, np.zeros(len(size))
    if not styles.slanted.any() and not styles.turn.any():
        return np.stack([x0, y - above, x1, y + below, x0, y, size, none], axis=1)
    turns = [styles.slanted, styles.turn == 0, styles.turn == 180, styles.turn == 90]
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
    same = (boxes[1:] == boxes[:-1]).all(axis=1) & (np.diff(sources) == 0)
    same &= boxes[1:, 2] != boxes[1:, 0]
    for index in np.flatnonzero(same & ~np.concatenate([[False], same[:-1]])):
        last = int(index) + 1
        while last < len(same) and same[last]:
            last += 1
        box = boxes[index].copy()
        count = last - int(index) + 1
        for part in range(count):
            boxes[index + part, 0] = box[0] + (box[2] - box[0]) * part / count
            boxes[index + part, 2] = box[0] + (box[2] - box[0]) * (part + 1) / count
    return boxes


def _font_name(font: int) -> str:
    size = calls.font_name(font, 0, 0) if font else 0
    if size <= 1:
        return ""
    buffer = ctypes.create_string_buffer(size)
    calls.font_name(font, ctypes.addressof(buffer), size)
    return buffer.value.decode("latin-1")
