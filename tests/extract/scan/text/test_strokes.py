"""Numerals of upright strokes are counted; what is no stroke is left to the readers."""

from __future__ import annotations

import numpy as np
import pytest

from extract.scan.model import Grey, PixelBox
from extract.scan.text.detector import CoreMap
from extract.scan.text.ink import PageInk, page_ink
from extract.scan.text.lines import InkLine, cell_lines
from extract.scan.text.strokes import numeral_of_strokes

FOOT, HIGH, LOW, THICK = 60, 20, 14, 6


def drawn(strokes: int, *, dots: bool = False, stop: bool = False, gap: int = 4, between: int = 255) -> Grey:
    page = np.full((100, 200), 255, dtype=np.uint8)
    x, high = 60, LOW if dots else HIGH
    for n in range(strokes):
        page[FOOT - high : FOOT, x : x + THICK] = 20
        if dots:
            page[FOOT - high - 8 : FOOT - high - 3, x : x + THICK] = 20
        if n + 1 < strokes:
            page[FOOT - high : FOOT, x + THICK : x + THICK + gap] = between
        x += THICK + gap
    if stop:
        page[FOOT - 4 : FOOT, x : x + 4] = 20
    return page


def line_of(page: Grey) -> tuple[PageInk, InkLine]:
    mask = np.zeros((50, 100), dtype=np.uint8)
    mask[(FOOT - 14) // 2 : FOOT // 2, 30:60] = 1
    ink = page_ink(page, 200.0, CoreMap(mask, 0.5, 0, 0))
    (line,) = cell_lines(ink, PixelBox(10, 10, 190, 90))
    return ink, line


def counted(page: Grey) -> str:
    found = numeral_of_strokes(*line_of(page))
    return found[0][0] if found else ""


@pytest.mark.parametrize(
    ("page", "text"),
    [
        (drawn(1), "I"),
        (drawn(2), "II"),
        (drawn(3), "III"),
        (drawn(3, stop=True), "III."),
        (drawn(1, dots=True), "i"),
        (drawn(2, dots=True, stop=True), "ii."),
        (drawn(3, gap=3, between=150), "III"),
        (drawn(4), ""),
    ],
)
def test_strokes_are_counted(page: Grey, text: str) -> None:
    assert counted(page) == text


def test_a_bar_across_makes_it_a_letter() -> None:
    page = drawn(2, gap=8)
    page[FOOT - 12 : FOOT - 8, 60:80] = 20
    assert counted(page) == ""


def test_dirt_far_beside_is_none_of_its_ink() -> None:
    page = drawn(2)
    page[FOOT - 3 : FOOT, 150:154] = 20
    assert counted(page) == "II"
