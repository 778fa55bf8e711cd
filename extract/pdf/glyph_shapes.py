"""What the fonts of a document draw, held against the characters that its text layer says: misnamed fonts are found."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

import cv2
import numpy as np

from extract.pdf.glyphs import UNKNOWN
from extract.pdf.letter_shapes import Floats, evidence, features, sign_of
from extract.pdf.pdfium_page import BELOW, TextChar
from extract.pdf.seam import Char
from extract.pdf.view import PageView, Pixels

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

    def checked(
        self, chars: Sequence[TextChar], fonts: Mapping[int, int], view: PageView, alone: Alone
    ) -> list[TextChar]:
        """Return the characters of a page, those of misnamed fonts as unknown.

        `fonts` gives the font of each text object; `alone` draws text objects by themselves: whether a font is misnamed is looked at
        again without the text of others that may lie over it.
        """
        self._look(chars, fonts, view)
        suspects = {font for font in set(fonts.values()) if self.misnamed(font)}
        for font in suspects:
            mine = [item for item in chars if fonts[item.source] == font]
            for text in {item.char.text for item in mine}:
                self._seen[font].pop(text, None)
            self._look(mine, fonts, alone({item.source for item in mine}, view))
        wrong = {font for font in suspects if self.misnamed(font)}
        if not wrong:
            return list(chars)
        return [
            TextChar(_unknown(item.char), item.source) if fonts[item.source] in wrong else item
            for item in chars
        ]

    def misnamed(self, font: int) -> bool:
        """Tell whether the characters of a font look like other ones than they are said to be.

        Signs speak against a font only: a shift of the alphabet leaves them as they are.
        """
        return sum(self._weights_of(font)) < AGAINST

    def _weights_of(self, font: int) -> Iterator[float]:
        return (
            found if text.isalnum() else min(found, 0.0) for text, found in self._seen.get(font, {}).items()
        )

    def _look(self, chars: Sequence[TextChar], fonts: Mapping[int, int], view: PageView) -> None:
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

    def _waiting(
        self, chars: Sequence[TextChar], fonts: Mapping[int, int]
    ) -> dict[tuple[int, str], list[Char]]:
        """Return for each character of a font that was not yet seen to look like itself some glyphs of it."""
        told = {
            font: {" "} | {text for text, nats in self._seen[font].items() if nats > 0.0}
            for font in set(fonts.values())
        }
        waiting: dict[tuple[int, str], list[Char]] = {}
        for char, source in [item for item in chars if item[0].text not in told[fonts[item[1]]]]:
            glyphs = waiting.setdefault((fonts[source], char.text), [])
            if len(glyphs) < LOOKS and char.known and not char.slanted:
                glyphs.append(char)
        return {key: glyphs for key, glyphs in waiting.items() if sign_of(key[1]) is not None}


def _unknown(char: Char) -> Char:
    return char if char.text.isspace() else char._replace(text=UNKNOWN, known=False)


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
