"""Draws parts of pages with tables, and for each pixel what it belongs to: what the page finder is trained on.

A part is drawn at 300 dpi with print, rulings and foreign ink apart, so that each map is exact: a ruling's map goes on
where its ink is broken or lies under a stamp, and lines that are no table's (underlines, streaks of the scanner, folds)
are in none. `finder_copies.py` then spoils it as offices' machines do and brings it to the dpi that the finder looks at. Nothing is
shared with the drawing of the samples or of the benchmarks.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

Grey = NDArray[np.uint8]
Floats = NDArray[np.floating]

DRAWN_DPI, FINDER_DPI = 300, 150
SIDE = 512  # pixels of a part at FINDER_DPI
HORIZONTAL, VERTICAL, PRINT, FOREIGN = 1, 2, 4, 8  # bits of the map
TITLED = 0.5  # of the tables have rows that run through all columns
MARKS = "√✓✔✗✘xXvV●■*-–+"
Rng = np.random.Generator


@dataclass(slots=True)
class Part:
    """A part on its way: `paper` (fills), `ink` (print) and `lines` as darkness 0 to 1, `maps` as bits."""

    fill: Floats
    ink: Floats
    lines: Floats
    maps: NDArray[np.uint8]
    white: NDArray[np.bool_]  # where print is white on a dark fill


@dataclass(frozen=True, slots=True)
class Words:
    """What is written and in which faces."""

    words: tuple[str, ...]
    faces: tuple[str, ...]

    def text(self, rng: Rng, count: int) -> str:
        """Return some words, numbers and signs among them."""
        found = []
        for _ in range(count):
            kind = rng.random()
            if kind < 0.8:
                word = self.words[int(rng.integers(len(self.words)))]
                found.append(
                    word.upper() if rng.random() < 0.1 else word.title() if rng.random() < 0.3 else word
                )
            elif kind < 0.9:
                found.append(
                    f"{int(rng.integers(1, 10 ** int(rng.integers(1, 8)))):,}".replace(
                        ",", rng.choice((".", ",", ""))
                    )
                )
            else:
                found.append(
                    str(rng.choice(("-", "/", "(a)", "1.", "dan", "&", "II", "iv.", "a.", "%", "s.d.")))
                )
        return " ".join(found)


def part(rng: Rng, words: Words, side: int = SIDE) -> Part:
    """Draw one part: a table over most of it, or text alone, or both."""
    full = side * DRAWN_DPI // FINDER_DPI
    square = (full, full)
    made = Part(
        fill=np.zeros(square, np.float32),
        ink=np.zeros(square, np.float32),
        lines=np.zeros(square, np.float32),
        maps=np.zeros(square, np.uint8),
        white=np.zeros(square, np.bool_),
    )
    kind = rng.random()
    if kind < 0.12:
        _loose_text(rng, words, made, 0, full)
        return made
    top = int(rng.integers(-200, full // 2)) if kind < 0.7 else -100
    bottom = full + 100 if rng.random() < 0.6 else int(rng.integers(full // 2 + 60, full))
    if top > 60:
        _loose_text(rng, words, made, 0, top - 20)
    _table(rng, words, made, top, bottom)
    if bottom < full - 60:
        _loose_text(rng, words, made, bottom + 20, full)
    return made


def _face(rng: Rng, words: Words, size: float) -> ImageFont.FreeTypeFont:
    for _ in range(20):
        try:
            return ImageFont.truetype(words.faces[int(rng.integers(len(words.faces)))], max(8, round(size)))
        except OSError:
            continue
    raise OSError("no face opens")


def _write(
    made: Part,
    face: ImageFont.FreeTypeFont,
    text: str,
    x: int,
    baseline: int,
    darkness: float,
    *,
    white: bool = False,
    turned: bool = False,
) -> int:
    """Write a line at x on a baseline; return its width in pixels."""
    left, top, right, bottom = map(int, face.getbbox(text, anchor="ls"))
    wide, high = right - left, bottom - top
    if wide <= 0 or high <= 0:
        return 0
    picture = Image.new("L", (wide + 4, high + 4), 0)
    ImageDraw.Draw(picture).text((2 - left, 2 - top), text, fill=255, font=face, anchor="ls")
    glyphs = np.asarray(picture, np.float32) / 255
    core_top = int(face.getbbox("x", anchor="ls")[1])
    core = np.zeros(glyphs.shape, np.uint8)
    low, high_row = (core_top, 0) if any(c.isalnum() for c in text) else (top, bottom)
    core[max(0, low - top + 2) : max(1, high_row - top + 2), 2 : 2 + wide] = PRINT
    if turned:
        glyphs, core = np.rot90(glyphs), np.rot90(core)
        _paste(made, glyphs * darkness, core, x + top, baseline - wide, white)
        return high
    _paste(made, glyphs * darkness, core, x, baseline + top - 2, white)
    return wide


def _paste(made: Part, glyphs: Floats, core: NDArray[np.uint8], x: int, y: int, white: bool) -> None:
    side = made.ink.shape[0]
    x0, y0, x1, y1 = max(x, 0), max(y, 0), min(x + glyphs.shape[1], side), min(y + glyphs.shape[0], side)
    if x1 <= x0 or y1 <= y0:
        return
    cut = np.s_[y0 - y : y1 - y, x0 - x : x1 - x]
    here = np.s_[y0:y1, x0:x1]
    made.ink[here] = np.maximum(made.ink[here], glyphs[cut])
    made.maps[here] |= core[cut]
    made.white[here] |= white & (glyphs[cut] > 0)


def _loose_text(rng: Rng, words: Words, made: Part, top: int, bottom: int) -> None:
    size = rng.uniform(26, 58)
    face, y = _face(rng, words, size), top + size
    left = int(rng.integers(0, 120))
    while y < bottom:
        text = words.text(rng, int(rng.integers(1, 14)))
        x = left + int(rng.integers(0, 200)) * (rng.random() < 0.3)
        wide = _write(made, face, text, int(x), int(y), rng.uniform(0.7, 1.0))
        if rng.random() < 0.08:  # an underline, a dotted line to write on: no ruling
            _line(made, rng, int(y + size * 0.14), int(x), int(x + wide), Stroke(rng.uniform(1, 4), 1.0))
        if rng.random() < 0.04:
            _write(made, face, "." * int(rng.integers(10, 60)), int(x), int(y), 0.9)
        y += size * rng.uniform(1.15, 2.0)
    if rng.random() < 0.1:  # the line below a letterhead
        _line(made, rng, int(min(bottom - 4, y)), 0, made.ink.shape[1], Stroke(rng.uniform(2, 9), 1.0))


@dataclass(frozen=True, slots=True)
class Stroke:
    """How a line is drawn: its width in pixels, its darkness, its style; `bit` of the map is set under it (0: none)."""

    width: float
    darkness: float
    bit: int = 0
    style: str = "solid"


def _line(
    made: Part, rng: Rng, across: int, start: int, end: int, stroke: Stroke, *, vertical: bool = False
) -> None:
    """Draw a line of a width in pixels; its map is as wide as a finder's pixel at least."""
    lines, maps = (made.lines.T, made.maps.T) if vertical else (made.lines, made.maps)
    side, width, bit, style = lines.shape[0], stroke.width, stroke.bit, stroke.style
    start, end = max(start, 0), min(end, side)
    if end <= start or not 0 <= across < side:
        return
    low, high = across - width / 2, across + width / 2
    rows = np.arange(max(0, math.floor(low)), min(side, math.ceil(high)))
    cover = np.clip(np.minimum(rows + 1, high) - np.maximum(rows, low), 0, 1).astype(np.float32)
    along = np.ones(end - start, np.float32)
    if style in {"dotted", "dashed"}:
        on, off = (
            (width * 1.2, width * 1.5 + 3) if style == "dotted" else (rng.uniform(10, 40), rng.uniform(6, 24))
        )
        along = ((np.arange(end - start) % (on + off)) < on).astype(np.float32)
    if style == "double":
        gap = int(width + rng.uniform(3, 7))
        _line(made, rng, across + gap, start, end, Stroke(width, stroke.darkness, bit), vertical=vertical)
    drawn = stroke.darkness * cover[:, None] * along[None, :]
    lines[rows, start:end] = np.maximum(lines[rows, start:end], drawn)
    if bit:
        reach = max(2, math.ceil(width / 2))
        maps[max(0, across - reach) : across + reach, start:end] |= np.uint8(bit)


def _edges(rng: Rng, low: int, high: int, least: float, most: float) -> list[int]:
    edges, at = [low], float(low)
    while True:
        at += rng.uniform(least, most)
        if at > high - least:
            edges.append(high)
            return edges
        edges.append(int(at))


def _columns(rng: Rng, side: int) -> list[int]:
    """Return column edges; often a run of narrow equal columns, as a plan's months."""
    left = int(rng.integers(-300, 80))
    right = side + 300 if rng.random() < 0.6 else int(rng.integers(side - 120, side))
    edges = [left]
    while edges[-1] < right - 60:
        if rng.random() < 0.35:
            width = int(rng.uniform(38, 120))
            edges += [edges[-1] + width * k for k in range(1, int(rng.integers(4, 13)) + 1)]
        else:
            edges.append(edges[-1] + int(rng.uniform(50, 700)))
    kept = [x for x in edges if x <= right - 30]
    return [*kept, right]


def _table(rng: Rng, words: Words, made: Part, top: int, bottom: int) -> None:
    side = made.ink.shape[0]
    columns, size = _columns(rng, side), rng.uniform(22, 50)
    rows = _edges(rng, top, bottom, size * 1.25, size * rng.choice((1.6, 3.0, 8.0)))
    count = (len(rows) - 1, len(columns) - 1)
    owner = _merged(rng, count)
    width = float(rng.choice((0.8, 1.2, 2, 2, 3, 4, 6)))
    darkness = float(rng.choice((1, 1, 1, 0.8, 0.5, 0.3)))
    style = str(rng.choice(("solid",) * 12 + ("dotted", "dashed", "double")))
    fills = _fills(rng, count, owner)
    open_sides = rng.random(4) < 0.06
    no_horizontal, no_vertical = rng.random() < 0.05, rng.random() < 0.05
    line_white = rng.random() < 0.3
    for j in range(count[0]):
        for i in range(count[1]):
            box = np.s_[max(rows[j], 0) : max(rows[j + 1], 0), max(columns[i], 0) : max(columns[i + 1], 0)]
            made.fill[box] = fills[j, i]
    drawn = (no_horizontal, no_vertical, open_sides)
    _rulings(rng, made, (rows, columns), owner, fills, (width, darkness, style, line_white), drawn)
    _cells(rng, words, made, (rows, columns), owner, fills, _type(rng, words, size))


def _merged(rng: Rng, count: tuple[int, int]) -> NDArray[np.intp]:
    """Return the cell that each box belongs to: some merged at random, often whole rows, as the titles of parts are."""
    owner = np.arange(count[0] * count[1]).reshape(count)
    if rng.random() < TITLED:
        for row in np.flatnonzero(rng.random(count[0]) < rng.uniform(0.1, 0.5)):
            first = int(rng.choice((0, 0, min(1, count[1] - 1))))
            owner[row, first:] = owner[row, first]
    for _ in range(int(rng.integers(0, 1 + count[0] * count[1] // 10))):
        j, i = int(rng.integers(count[0])), int(rng.integers(count[1]))
        high, wide = (
            (int(rng.integers(1, 6)), 1) if rng.random() < 0.5 else (1, int(rng.integers(1, count[1] + 1)))
        )
        block = owner[j : j + high, i : i + wide]
        if (
            np.unique(block).size == block.size and (owner == block[0, 0]).sum() == 1
        ):  # nothing merged in it yet
            owner[j : j + high, i : i + wide] = block[0, 0]
    return owner


def _fills(rng: Rng, count: tuple[int, int], owner: NDArray[np.intp]) -> Floats:
    fills = np.zeros(count, np.float32)
    kind = rng.random()
    if kind < 0.35:
        rows = rng.random(count[0]) < 0.25
        fills[rows] = rng.choice((0.08, 0.15, 0.25, 0.4, 0.6, 0.8, 1.0))
    if 0.25 < kind < 0.45:
        fills[::2] = rng.uniform(0.03, 0.2)
    if kind > 0.9:
        single = rng.random(count) < 0.15
        fills[single] = rng.choice((0.2, 0.4, 0.6, 1.0), size=int(single.sum()))
    return fills.ravel()[owner].astype(np.float32)


def _rulings(
    rng: Rng,
    made: Part,
    edges: tuple[list[int], list[int]],
    owner: NDArray[np.intp],
    fills: Floats,
    look: tuple[float, float, str, bool],
    missing: tuple[bool, bool, NDArray[np.bool_]],
) -> None:
    rows, columns = edges
    width, darkness, style, white = look
    no_horizontal, no_vertical, open_sides = missing
    thick = rng.random() < 0.15
    for vertical in (False, True):
        across, along = (columns, rows) if vertical else (rows, columns)
        cells, tone = (owner.T, fills.T) if vertical else (owner, fills)
        bit = VERTICAL if vertical else HORIZONTAL
        for n, at in enumerate(across):
            outer = n in (0, len(across) - 1)
            hidden = (no_vertical if vertical else no_horizontal) and not outer
            if outer and open_sides[2 * int(vertical) + int(n > 0)]:
                continue
            own = width * (2 if outer and thick else 1)
            for k in range(len(along) - 1):
                before, after = (cells[n - 1, k] if n else -1), (cells[n, k] if n < len(cells) else -1)
                if before == after:
                    continue
                around = [tone[m, k] for m in (n - 1, n) if 0 <= m < len(tone)]
                ground, step = max(around), (abs(around[0] - around[-1]) if len(around) == 2 else around[0])
                if hidden:
                    if step >= 0.12:
                        _line(made, rng, at, along[k], along[k + 1], Stroke(2, 0.0, bit), vertical=vertical)
                    continue
                dark = -1.0 if white and ground > 0.3 else darkness
                if dark > 0 and dark < ground + 0.15 and step < 0.12:
                    dark = -1.0 if ground > 0.5 else min(1.0, ground + 0.35)
                if dark < 0:
                    _white_line(made, at, along[k], along[k + 1], bit, max(own, 2.0), vertical=vertical)
                else:
                    _line(
                        made,
                        rng,
                        at,
                        along[k],
                        along[k + 1],
                        Stroke(own, dark, bit, style),
                        vertical=vertical,
                    )


def _white_line(
    made: Part, across: int, start: int, end: int, bit: int, width: float, *, vertical: bool
) -> None:
    fill, maps = (made.fill.T, made.maps.T) if vertical else (made.fill, made.maps)
    reach = max(1, round(width / 2))
    start, end = max(start, 0), max(end, 0)
    if across < reach:
        return
    fill[across - reach : across + reach, start:end] = 0
    maps[across - max(reach, 2) : across + max(reach, 2), start:end] |= np.uint8(bit)


@dataclass(frozen=True, slots=True)
class Type:
    """How the cells of a table are written: its faces, their size and line height, the room at a cell's edge, its mark."""

    faces: tuple[ImageFont.FreeTypeFont, ImageFont.FreeTypeFont]
    size: float
    leading: float
    pad: int
    mark: str
    tight: bool


def _type(rng: Rng, words: Words, size: float) -> Type:
    return Type(
        (_face(rng, words, size), _face(rng, words, size)),
        size,
        size * rng.uniform(1.0, 1.35),
        int(rng.choice((1, 4, 8, 16))),
        str(rng.choice(list(MARKS))),
        bool(rng.random() < 0.15),
    )


def _cells(
    rng: Rng,
    words: Words,
    made: Part,
    edges: tuple[list[int], list[int]],
    owner: NDArray[np.intp],
    fills: Floats,
    look: Type,
) -> None:
    rows, columns = edges
    for number in np.unique(owner):
        where = np.argwhere(owner == number)
        (j0, i0), (j1, i1) = where.min(axis=0), where.max(axis=0)
        box = columns[i0], rows[j0], columns[i1 + 1], rows[j1 + 1]
        if box[2] - box[0] >= 12 and rng.random() >= 0.12:
            _cell(rng, words, made, box, float(fills[j0, i0]), look)


def _cell(
    rng: Rng, words: Words, made: Part, box: tuple[int, int, int, int], tone: float, look: Type
) -> None:
    """Write a mark, a label turned on its side, or lines of words into a cell; white ones on a dark fill."""
    x0, y0, x1, y1 = box
    size, white, face = look.size, tone >= 0.55, look.faces[int(rng.random() < 0.2)]
    darkness = 1.0 if tone > 0.2 else rng.uniform(0.75, 1.0)
    middle = (x0 + x1) // 2, (y0 + y1) // 2
    if x1 - x0 < 130 and rng.random() < 0.7:
        if rng.random() < 0.5:
            sign = look.mark if rng.random() < 0.8 else str(rng.integers(1, 13))
            place = middle[0] - int(size / 3), middle[1] + int(size / 3)
            _write(made, face, sign, *place, darkness, white=white)
    elif rng.random() < 0.04 and y1 - y0 > 4 * size:
        place = middle[0] + int(size / 2), y1 - look.pad - 2
        _write(made, face, words.text(rng, 2), *place, darkness, white=white, turned=True)
    else:
        _lines(rng, words, made, box, face, (darkness, white), look)


def _lines(
    rng: Rng,
    words: Words,
    made: Part,
    box: tuple[int, int, int, int],
    face: ImageFont.FreeTypeFont,
    ink: tuple[float, bool],
    look: Type,
) -> None:
    x0, y0, x1, y1 = box
    wide, size = x1 - x0 - 2 * look.pad, look.size
    y = y0 + (size * 0.78 if look.tight else size + rng.uniform(0, 6))
    centred = rng.random() < 0.25
    while y < y1 - (0 if look.tight else size * 0.2):
        text = words.text(rng, int(rng.integers(1, 9)))
        while text and face.getlength(text) > wide:
            text = text[:-2]
        if not text.strip():
            return
        x = x0 + look.pad + int((wide - face.getlength(text)) / 2) * centred
        _write(made, face, text, x, int(y), ink[0], white=ink[1])
        if rng.random() < 0.02:
            _line(made, rng, int(y + 3), x, x + int(face.getlength(text)), Stroke(2, 1.0))
        if rng.random() < 0.25:
            return
        y += look.leading
