"""Words at the end of a line and at the head of the next: one that was broken, or two."""

from __future__ import annotations

from extract.types import TextLine
from normalize.line_breaks import word_fits
from schema.geometry import BBox

NARROW, WIDE = BBox(x0=0, top=0, x1=50, bottom=30), BBox(x0=0, top=0, x1=120, bottom=30)


def line(text: str, top: float) -> TextLine:
    return TextLine(text=text, page=1, bbox=BBox(x0=3, top=top, x1=3 + 5 * len(text), bottom=top + 10))


def test_a_word_that_would_fit_on_a_line_was_not_broken_inside() -> None:
    lines = (line("Halaman Website KPU", 0), line("dan Media Sosial", 12))
    assert word_fits(WIDE, lines, 0)


def test_a_word_that_is_longer_than_its_line_may_have_been_broken_inside() -> None:
    assert not word_fits(NARROW, (line("TATALAKS", 0), line("ANA", 12)), 0)
