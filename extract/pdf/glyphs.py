"""Turns the text a font claims for a glyph into the character a reader sees."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from extract.grid.chars import UNKNOWN

# What is printed as a plain space or hyphen is read as one; ligatures as their letters.
PLAIN = {"\u00a0": " ", "\t": " ", "\u00ad": "-"} | dict(
    zip("\ufb00\ufb01\ufb02\ufb03\ufb04", ("ff", "fi", "fl", "ffi", "ffl"), strict=True)
)
PRIVATE_USE = range(0xF000, 0xF100)
PLACEHOLDER = re.compile(r"^\(cid:(\d{1,3})\)$")


NO_TEXT = re.compile("[\ud800-\udfff\ufffe\uffff]")  # halves of a pair, and what Unicode keeps free


def printed_text(text: str, font: str) -> tuple[str, bool]:
    """Return what a glyph shows and whether that is known; `font` is the font's name.

    A glyph without a Unicode value keeps its placeholder `(cid:n)`, a sign that no chart explains what its
    font claims; both are not known.
    """
    if NO_TEXT.search(text):
        return UNKNOWN, False
    chart = _chart(font)
    if len(text) != 1:
        match = PLACEHOLDER.match(text)
        sign = chart.get(int(match[1])) if chart and match else None
        return (sign, True) if sign else (text, bool(text) and not text.startswith("(cid:"))
    if text in PLAIN:
        return PLAIN[text], True
    code = ord(text)
    if code in PRIVATE_USE:
        found = (chart or charts()["symbol"]).get(code - PRIVATE_USE.start)
        return (found, True) if found is not None else (text, False)
    if chart is None or text == " " or code > 0xFF:
        return text, text != UNKNOWN
    is_plain = chart is charts()["symbol"] and not text.isalpha()
    return chart.get(code, text), code in chart or is_plain


@cache
def charts() -> Mapping[str, Mapping[int, str]]:
    """Return what the codes of fonts of signs show, by the plain name of the font."""
    raw = tomllib.loads((files("extract.pdf") / "glyph_charts.toml").read_text(encoding="utf-8"))
    return {font: {int(code, 16): sign for code, sign in chart.items()} for font, chart in raw.items()}


@cache
def _chart(font: str) -> Mapping[int, str] | None:
    name = font.rpartition("+")[2].lower().replace(" ", "")
    return charts().get(name.removesuffix("-regular").removesuffix("mt").replace("-", ""))
