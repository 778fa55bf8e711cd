"""Holds what the fonts of a document draw against the characters that its text layer says: finds misnamed fonts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping

import cv2
import numpy as np

from extract.grid.boxes import Box
from extract.grid.chars import Char, Chars, Floats, Ints
from extract.grid.settings import WORDS
from extract.pdf.drawn_page import PageView
from extract.pdf.letter_shapes import evidence, features, sign_of
from extract.pdf.settings import GLYPHS
from extract.types import QUARTER_TURN

Alone = Callable[[Iterable[int], PageView], PageView]


class GlyphShapes:
    """What was seen of a document's fonts so far; a font is known by its address, its characters by their texts.

    The evidence of a character is that of the glyph that looks most like it, in nats, positive where it speaks for it.
    """

    def __init__(self) -> None:
        self._seen: dict[int, dict[str, float]] = defaultdict(dict)

    def checked(self, chars: Chars, fonts: Mapping[int, int], view: PageView, alone: Alone) -> Chars:
        """Return the characters of a page, those of misnamed fonts as unknown.

        `fonts` gives the font of each text object; `alone` draws text objects by themselves: whether a font is
        misnamed is looked at again without the text of others that may cover it.
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
        """Tell whether the characters of a font look like others than they are said to be; signs only speak against it."""
        seen = self._seen.get(font, {}).items()
        return sum(found if text.isalnum() else min(found, 0.0) for text, found in seen) < GLYPHS.against

    def _look(self, chars: Chars, fonts: Ints, view: PageView) -> None:
        """Look at glyphs of each character, one after the other until one looks like it."""
        waiting = self._waiting(chars, fonts)
        for _ in range(GLYPHS.looks):
            rows = {key: (_features(glyph, view) for glyph in glyphs) for key, glyphs in waiting.items()}
            judged = {key: next((row for row in own if row is not None), None) for key, own in rows.items()}
            found = {key: row for key, row in judged.items() if row is not None}
            if not found:
                return
            likely = evidence(
                np.array([*found.values()]), [sign_of(text) or "" for _, text in found]
            ).tolist()
            for (font, text), nats in zip(found, likely, strict=True):
                self._seen[font][text] = max(nats, self._seen[font].get(text, nats))
            waiting = {key: waiting[key] for key, nats in zip(found, likely, strict=True) if nats <= 0.0}

    def _waiting(self, chars: Chars, fonts: Ints) -> dict[tuple[int, str], Iterator[Char]]:
        """Return some glyphs of each character of a font that was not yet seen to look like itself."""
        keys = list(zip(fonts.tolist(), chars.texts, strict=True))
        asked = {
            (font, text)
            for font, text in set(keys)
            if sign_of(text) is not None and self._seen[font].get(text, 0.0) <= 0.0
        }
        waiting: dict[tuple[int, str], list[Char]] = {}
        for index in [n for n, key in enumerate(keys) if key in asked] if asked else ():
            glyphs = waiting.setdefault(keys[index], [])
            if len(glyphs) < GLYPHS.looks and chars.known[index] and not chars.slanted[index]:
                glyphs.append(chars[index])
        return {key: iter(glyphs) for key, glyphs in waiting.items()}


def _features(char: Char, view: PageView) -> Floats | None:
    em = char.size * view.y_scale
    if em < GLYPHS.smallest:
        return None
    over = GLYPHS.over * char.size
    quarters = char.turn // QUARTER_TURN
    x, y = (over, 0.0) if quarters % 2 else (0.0, over)
    box = Box(char.x0 - x, char.top - y, char.x1 + x, char.bottom + y)
    rows, columns = _pixels(box.top, box.bottom, view.y_scale), _pixels(box.x0, box.x1, view.x_scale)
    ink = cv2.absdiff(view.whole[rows, columns], view.drawing[rows, columns])
    if ink is None or not ink.size:
        return None
    horizontal = np.ascontiguousarray(np.rot90(ink, -quarters))
    return features(horizontal, em, horizontal.shape[0] - (WORDS.descent + GLYPHS.over) * em)


def _pixels(low: float, high: float, scale: float) -> slice:
    return slice(max(int(low * scale), 0), max(int(np.ceil(high * scale)), 0))
