"""Turns the words of a page into the invisible text layer that a poor OCR program would have left."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from pdfplumber.page import Page

SWAPS = (
    ("rn", "m"), ("m", "rn"), ("I", "l"), ("l", "1"), ("O", "0"), ("0", "O"), ("t", "f"), ("a", "o"), ("e", "c"),
    ("h", "b"), ("n", "ri"), ("5", "S"), ("g", "q"), ("i", "l"), ("u", "n"),
)  # fmt: skip
MARKS = frozenset("√✓✔vVxX×■●*")
LOST_WORDS, WRONG_WORDS, LOST_MARKS, SHIFTED_LINES = 0.03, 0.18, 0.6, 0.08
FONT_HEIGHT = 0.75


@dataclass(frozen=True)
class LayerWord:
    """A word of the layer: its text and its box in points of the original page."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float


def poor_layer(rng: np.random.Generator, page: Page) -> tuple[LayerWord, ...]:
    """Read the page's words with planted errors: letters, lost words and ticks, lines moved up or down."""
    shifts: dict[int, float] = {}
    found = []
    for word in page.extract_words():
        text = _misread(rng, str(word["text"]))
        line = round(float(word["bottom"]))
        if line not in shifts:
            shifts[line] = float(rng.choice([-9.0, 9.0])) if rng.random() < SHIFTED_LINES else 0.0
        if text:
            found.append(_placed(word, text, shifts[line]))
    return tuple(found)


def layer_stream(words: tuple[LayerWord, ...], height: float, font: str) -> bytes:
    """The content stream of the words: text mode 3, WinAnsi letters of `font`, widths stretched to the boxes."""
    parts = [b"BT 3 Tr"]
    for word in words:
        code = word.text.encode("cp1252", "replace")
        size = max(1.0, (word.bottom - word.top) * FONT_HEIGHT)
        stretch = 100 * (word.x1 - word.x0) / max(0.1, 0.52 * size * len(code))
        escaped = code.replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")
        place = f"{font} {size:.2f} Tf {stretch:.1f} Tz 1 0 0 1 {word.x0:.2f} {height - word.bottom + 0.2 * size:.2f} Tm"
        parts.append(place.encode() + b" (" + escaped + b") Tj")
    return b"\n".join([*parts, b"ET"])


def _misread(rng: np.random.Generator, text: str) -> str:
    if text in MARKS:
        return "" if rng.random() < LOST_MARKS else str(rng.choice(["V", "4", "/", "y"]))
    if rng.random() < LOST_WORDS:
        return ""
    if rng.random() < WRONG_WORDS:
        fits = [(old, new) for old, new in SWAPS if old in text]
        if fits:
            old, new = fits[rng.integers(len(fits))]
            return text.replace(old, new, 1)
    return text


def _placed(word: dict[str, Any], text: str, shift: float) -> LayerWord:
    sides = [float(word[side]) for side in ("x0", "top", "x1", "bottom")]
    return LayerWord(text, sides[0], sides[1] + shift, sides[2], sides[3] + shift)
