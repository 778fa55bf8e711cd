"""Turns the text a font claims for a glyph into the character a reader sees."""

from __future__ import annotations

import re
from functools import cache

from extract.grid.chars import UNKNOWN

# Fonts of signs have no letters: their codes (or those codes moved to U+F000, the private use area) mean
# what their charts say. The marks, bullets and boxes of plans, after Adobe's ZapfDingbats and Symbol
# encodings and Unicode's mapping of Wingdings (L2/11-052).
CHARTS: dict[str, dict[int, str]] = {
    "zapfdingbats": {
        0x33: "✓",
        0x34: "✔",
        0x35: "✕",
        0x36: "✖",
        0x37: "✗",
        0x38: "✘",
        0x6C: "●",
        0x6E: "■",
        0x6F: "❏",
        0x71: "❑",
        0x76: "❖",
    },
    "wingdings": {
        0x6C: "●",
        0x6E: "■",
        0x6F: "□",
        0x76: "❖",
        0xA7: "▪",
        0xA8: "◻",
        0xD8: "➢",
        0xFB: "✘",
        0xFC: "✔",
        0xFD: "☒",
        0xFE: "☑",
    },
    "wingdings2": {0x4F: "✗", 0x50: "✓", 0x51: "☒", 0x52: "☑", 0x97: "●"},
    "webdings": {0x61: "✔", 0x72: "✖", 0x67: "■", 0x63: "□"},
    "symbol": {0xA3: "≤", 0xB3: "≥", 0xB4: "×", 0xB7: "•", 0xD6: "√", 0xD7: "⋅"},
}
# What is printed as a plain space or hyphen is read as one; ligatures as their letters.
PLAIN = {
    "\u00a0": " ",
    "\t": " ",
    "\u00ad": "-",
    "\ufb00": "ff",
    "\ufb01": "fi",
    "\ufb02": "fl",
    "\ufb03": "ffi",
    "\ufb04": "ffl",
}
PRIVATE_USE = range(0xF000, 0xF100)
ONE_BYTE = 0x100
PLACEHOLDER = re.compile(r"^\(cid:(\d{1,3})\)$")


def printed_text(text: str, font: str) -> tuple[str, bool]:
    """Return what a glyph shows and whether that is known; `font` is the font's name.

    A glyph without a Unicode value keeps its placeholder `(cid:n)`, a sign that no chart explains what its
    font claims; both are not known.
    """
    if len(text) != 1:
        sign = _unmapped_sign(text, font)
        return (sign, True) if sign else (text, bool(text) and not text.startswith("(cid:"))
    if text in PLAIN:
        return PLAIN[text], True
    code = ord(text)
    chart = _chart(font)
    if code in PRIVATE_USE:
        found = CHARTS[chart or "symbol"].get(code - PRIVATE_USE.start)
        return (found, True) if found is not None else (text, False)
    if chart is None or text == " " or code >= ONE_BYTE:
        return text, text != UNKNOWN
    return CHARTS[chart].get(code, text), code in CHARTS[chart] or (chart == "symbol" and not text.isalpha())


def _unmapped_sign(text: str, font: str) -> str | None:
    """Return the sign of a placeholder `(cid:n)` in a font of signs, whose codes its chart explains."""
    chart, match = _chart(font), PLACEHOLDER.match(text)
    return CHARTS[chart].get(int(match[1])) if chart and match else None


@cache
def _chart(font: str) -> str | None:
    """Return the chart of a font of signs, `None` for a font of letters."""
    name = font.rpartition("+")[2].lower().replace(" ", "")
    name = name.removesuffix("-regular").removesuffix("mt").replace("-", "")
    return name if name in CHARTS else None
