"""Turns a text and a width into the lines that a word processor would set, and names the fonts."""

import re
from pathlib import Path

import reportlab
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

REGULAR = "Vera"
BOLD = "VeraBd"
LEADING = 1.2
ASCENT = 0.93

_PIECE = re.compile(r"[^/-]*[/-]+|[^/-]+")


def register_fonts() -> None:
    """Make reportlab's bundled Bitstream Vera known, anew for each document (subsets are stateful)."""
    folder = Path(reportlab.__file__).parent / "fonts"
    for name in (REGULAR, BOLD):
        pdfmetrics.registerFont(TTFont(name, str(folder / f"{name}.ttf")))


def width_of(text: str, font: str, size: float) -> float:
    """Width of one line in points."""
    return float(pdfmetrics.stringWidth(text, font, size))


def pieces(paragraph: str) -> list[str]:
    """Split a paragraph where a line may end: after a space, and after `/` or `-` inside a word.

    The pieces joined give the paragraph again.
    """
    found: list[str] = []
    for word in re.findall(r"\S+\s*", paragraph):
        found.extend(_PIECE.findall(word))
    return found


def wrap(text: str, font: str, size: float, width: float, *, trailing_space: bool = False) -> list[str]:
    """Break a text into lines no wider than `width`; a newline in the text ends a line.

    With `trailing_space` a line broken at a space keeps it, as word processors write it.

    Raises:
        ValueError: a piece that cannot be broken is wider than the column.
    """
    lines: list[str] = []
    for paragraph in text.split("\n"):
        lines.extend(_wrap_paragraph(paragraph, font, size, width))
    return lines if trailing_space else [line.rstrip() for line in lines]


def _wrap_paragraph(paragraph: str, font: str, size: float, width: float) -> list[str]:
    lines = [""]
    for piece in pieces(paragraph):
        if width_of(piece.rstrip(), font, size) > width:
            raise ValueError(f"{piece!r} does not fit into {width:.1f} points")
        if width_of((lines[-1] + piece).rstrip(), font, size) > width:
            lines.append("")
        lines[-1] += piece
    return lines
