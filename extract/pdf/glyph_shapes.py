"""What the fonts of a document draw, held against the characters that its text layer says: misnamed fonts are found."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

import cv2
import numpy as np

from extract.pdf.glyphs import UNKNOWN
from extract.pdf.letter_shapes import Floats, evidence, features, sign_of
from extract.pdf.pdfium_page import TextChar
from extract.pdf.seam import Char
from extract.pdf.view import PageView, Pixels

SMALLEST = 10.0  # pixels of an em; smaller print is too coarse to tell its letters
OVER = 0.04  # of the size above and below a glyph's box that tall letters and tails reach
LOOKS = 6  # glyphs of one character that are looked at until one looks like it
LOOKS_A_PAGE = 2  # of them on one page
FEWEST = 4  # characters of a font that show by themselves that it is misnamed
AGAINST = -1.0  # nats a character, on average, from which on a font is misnamed
Alone = Callable[[Collection[int], PageView], PageView]


class GlyphShapes:
    """What was seen of a document's fonts so far; a font is known by its address, its characters by their texts.

    The evidence of a character is that of the glyph that looks most like it, in nats: positive where it looks like what it is said to be.
    """

    def __init__(self) -> None:
        self._seen: dict[int, dict[str, float]] = defaultdict(dict)
        self._looks: dict[int, dict[str, int]] = defaultdict(dict)

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
            self._forget(font, {item.char.text for item in mine})
            self._look(mine, fonts, alone({item.source for item in mine}, view))
        wrong = {font for font in suspects if self.misnamed(font)}
        if not wrong:
            return list(chars)
        return [
            TextChar(_unknown(item.char), item.source) if fonts[item.source] in wrong else item for item in chars
        ]

    def misnamed(self, font: int) -> bool:
        """Tell whether most characters of a font look like other ones than they are said to be."""
        found = [*self._seen.get(font, {}).values()]
        return len(found) >= FEWEST and sum(found) / len(found) < AGAINST

    def _forget(self, font: int, texts: Collection[str]) -> None:
        for text in texts:
            self._seen[font].pop(text, None)
            self._looks[font].pop(text, None)

    def _look(self, chars: Sequence[TextChar], fonts: Mapping[int, int], view: PageView) -> None:
        """Look at glyphs of each character that was not seen to look like itself."""
        keys: list[tuple[int, str]] = []
        rows: list[Floats] = []
        signs: list[str] = []
        for font, char in self._chosen(chars, fonts):
            sign, row = sign_of(char.text), _features(char, view)
            if sign is not None and row is not None:
                keys.append((font, char.text))
                rows.append(row)
                signs.append(sign)
        if not rows:
            return
        for (font, text), found in zip(keys, evidence(np.array(rows), signs).tolist(), strict=True):
            self._seen[font][text] = max(found, self._seen[font].get(text, found))

    def _chosen(self, chars: Sequence[TextChar], fonts: Mapping[int, int]) -> Iterator[tuple[int, Char]]:
        now: dict[tuple[int, str], int] = defaultdict(int)
        for char, source in chars:
            font = fonts[source]
            if self._seen[font].get(char.text, 0.0) > 0.0:
                continue
            looks = self._looks[font]
            key = font, char.text
            if now[key] >= LOOKS_A_PAGE or looks.get(char.text, 0) >= LOOKS or not char.known or char.slanted or char.text.isspace():
                continue
            now[key] += 1
            looks[char.text] = looks.get(char.text, 0) + 1
            yield font, char


def _unknown(char: Char) -> Char:
    return char if char.text.isspace() else char._replace(text=UNKNOWN, known=False)


def _features(char: Char, view: PageView) -> Floats | None:
    """Return what the classifier sees of a glyph, `None` where that is too little."""
    em = char.size * view.scale
    if em < SMALLEST:
        return None
    ink = _upright(char, view)
    if not ink.size:
        return None
    return features(ink, em, ink.shape[0] - (0.21 + OVER) * em)


def _upright(char: Char, view: PageView) -> Pixels:
    over = OVER * char.size
    level = char.turn in {0, 180}
    x, y = (0.0, over) if level else (over, 0.0)
    rows = slice(max(int((char.top - y) * view.y_scale), 0), max(int(np.ceil((char.bottom + y) * view.y_scale)), 0))
    columns = slice(max(int((char.x0 - x) * view.x_scale), 0), max(int(np.ceil((char.x1 + x) * view.x_scale)), 0))
    ink = cv2.absdiff(view.whole[rows, columns], view.drawing[rows, columns])
    if ink is None:
        return np.zeros((0, 0), dtype=np.uint8)
    return np.ascontiguousarray(np.rot90(ink, -(char.turn // 90)))
