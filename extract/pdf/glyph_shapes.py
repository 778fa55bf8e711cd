"""What the fonts of a document draw, held against the characters that its text layer says: misnamed fonts are found."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping

import cv2
import numpy as np

from extract.grid.chars import Char, Chars, Ints
from extract.pdf.drawn_page import PageView, Pixels
from extract.pdf.letter_shapes import Floats, evidence, features, sign_of
from extract.pdf.pdfium_chars import BELOW

SMALLEST = 10.0  # pixels of an em; smaller print is too coarse to tell its letters
OVER = 0.04  # of the size above and below a glyph's box that tall letters and tails reach
LOOKS = 3  # glyphs of one character on a page that are looked at until one looks like it
AGAINST = (
    -3.0
)  # nats of a font's characters together from which on it is misnamed; one alone has -3.5 at least
Alone = Callable[[Collection[int], PageView], PageView]


class GlyphShapes:
    """What was seen of a document's fonts so far; a font is known by its address, its characters by their texts.

    The evidence of a character is that of the glyph that looks most like it, in nats, positive where it speaks for it.
    True fonts of real and drawn files have -1.3 in all at least (a Q in a script face, alone), from four characters
    on +15; misnamed ones of four characters or more lie below -3.5.
    """

    def __init__(self) -> None:
        self._seen: dict[int, dict[str, float]] = defaultdict(dict)

    def checked(self, chars: Chars, fonts: Mapping[int, int], view: PageView, alone: Alone) -> Chars:
        """Return the characters of a page, those of misnamed fonts as unknown.

        `fonts` gives the font of each text object; `alone` draws text objects by themselves: whether a font is misnamed is looked at
        again without the text of others that may lie over it.
        """
        sources, source = np.unique(chars.source, return_inverse=True)
        font = np.array([fonts[one] for one in sources.tolist()], dtype=np.int64)[source]
        self._look(chars, font, view)
        suspects = {one for one in set(fonts.values()) if self.misnamed(one)}
        for one in suspects:
            mine = font == one
            for text in set(chars[mine].texts):
                self._seen[one].pop(text, None)
            self._look(chars[mine], font[mine], alone(set(chars.source[mine].tolist()), view))
        wrong = [one for one in suspects if self.misnamed(one)]
        return chars.as_unknown(np.isin(font, wrong) & chars.printed) if wrong else chars

    def misnamed(self, font: int) -> bool:
        """Tell whether the characters of a font look like other ones than they are said to be.

        Signs speak against a font only: a shift of the alphabet leaves them as they are.
        """
        return sum(self._weights_of(font)) < AGAINST

    def _weights_of(self, font: int) -> Iterator[float]:
        return (
            found if text.isalnum() else min(found, 0.0) for text, found in self._seen.get(font, {}).items()
        )

    def _look(self, chars: Chars, fonts: Ints, view: PageView) -> None:
        """Look at glyphs of each character, one after the other until one looks like it."""
        waiting = self._waiting(chars, fonts)
        for _ in range(LOOKS):
            found = {
                key: row
                for key, glyphs in waiting.items()
                if (row := _next_features(glyphs, view)) is not None
            }
            if not found:
                return
            likely = evidence(np.array([*found.values()]), [sign_of(text) or "" for _, text in found])
            for (font, text), nats in zip(found, likely.tolist(), strict=True):
                self._seen[font][text] = max(nats, self._seen[font].get(text, nats))
            waiting = {
                key: waiting[key] for key, nats in zip(found, likely.tolist(), strict=True) if nats <= 0.0
            }

    def _waiting(self, chars: Chars, fonts: Ints) -> dict[tuple[int, str], list[Char]]:
        """Return for each character of a font that was not yet seen to look like itself some glyphs of it."""
        keys = list(zip(fonts.tolist(), chars.texts, strict=True))
        asked = {
            key
            for key in set(keys)
            if sign_of(key[1]) is not None and self._seen[key[0]].get(key[1], 0.0) <= 0.0
        }
        waiting: dict[tuple[int, str], list[Char]] = {}
        for index in [n for n, key in enumerate(keys) if key in asked] if asked else ():
            glyphs = waiting.setdefault(keys[index], [])
            if len(glyphs) < LOOKS and chars.known[index] and not chars.slanted[index]:
                glyphs.append(chars[index])
        return waiting


def _next_features(glyphs: list[Char], view: PageView) -> Floats | None:
    """Take glyphs off a list up to one that can be judged; return what the classifier sees of it."""
    while glyphs:
        row = _features(glyphs.pop(0), view)
        if row is not None:
            return row
    return None


def _features(char: Char, view: PageView) -> Floats | None:
    """Return what the classifier sees of a glyph, `None` where that is too little."""
    em = char.size * view.scale
    if em < SMALLEST:
        return None
    ink = _upright(char, view)
    if not ink.size:
        return None
    return features(ink, em, ink.shape[0] - (BELOW + OVER) * em)


def _upright(char: Char, view: PageView) -> Pixels:
    over = OVER * char.size
    level = char.turn in {0, 180}
    x, y = (0.0, over) if level else (over, 0.0)
    rows = slice(
        max(int((char.top - y) * view.y_scale), 0), max(int(np.ceil((char.bottom + y) * view.y_scale)), 0)
    )
    columns = slice(
        max(int((char.x0 - x) * view.x_scale), 0), max(int(np.ceil((char.x1 + x) * view.x_scale)), 0)
    )
    ink = cv2.absdiff(view.whole[rows, columns], view.drawing[rows, columns])
    if ink is None:
        return np.zeros((0, 0), dtype=np.uint8)
    return np.ascontiguousarray(np.rot90(ink, -(char.turn // 90)))
