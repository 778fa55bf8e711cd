"""The ink of stamps and pens is told from print, in colour and in grey."""

from __future__ import annotations

import sys
from pathlib import Path

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from extract.scan.stamps.foreign_ink import foreign_ink

sys.path.insert(0, str(Path(__file__).parent.parent))
from grid_drawing import Table, drawn, sheet, table, worn

DPI = 200
RADIUS = 140
Picture = NDArray[np.uint8]


def stamp(page: Picture, middle: tuple[int, int]) -> Picture:
    """Where a stamp of two rings, letters and a blot lies, 255 on its ink."""
    ink = np.zeros_like(page)
    cv2.circle(ink, middle, RADIUS, 255, 6, cv2.LINE_AA)
    cv2.circle(ink, middle, 90, 255, 3, cv2.LINE_AA)
    cv2.circle(ink, middle, 22, 255, -1, cv2.LINE_AA)
    for n, letter in enumerate("KANTORDAERAH"):
        angle = 2 * np.pi * n / 12
        place = (round(middle[0] + 113 * np.cos(angle) - 10), round(middle[1] + 113 * np.sin(angle) + 10))
        cv2.putText(ink, letter, place, cv2.FONT_HERSHEY_SIMPLEX, 0.8, 255, 3, cv2.LINE_AA)
    return ink


def inked(page: Picture, ink: Picture, keeps: float) -> Picture:
    return np.rint(page * (1 - ink / 255.0 * (1 - keeps))).astype(np.uint8)


def plan(seed: int, thickness: int) -> tuple[Table, Picture, tuple[int, int]]:
    drawing = table(np.random.default_rng(seed), DPI)
    page = drawn(drawing, DPI, thickness=thickness)
    return drawing, page, ((drawing.columns[5] + drawing.columns[9]) // 2, drawing.rows[7])


def share(mask: NDArray[np.bool_], ink: NDArray[np.bool_]) -> float:
    return float(mask[ink].mean())


@pytest.mark.parametrize("thickness", [1, 2, 4])
def test_a_grey_stamp_over_rulings_is_found_with_what_stands_in_it_and_the_marks_below_are_not(
    thickness: int,
) -> None:
    _, page, middle = plan(21, thickness)
    mark = (middle[0] + 30, middle[1] - 45)
    cv2.circle(page, mark, 9, 20, -1)
    ink = stamp(page, middle)
    found = foreign_ink(sheet(worn(inked(page, ink, 0.6), np.random.default_rng(1), noise=4, wave=0), DPI))
    assert share(found, (ink > 200) & (page > 200)) > 0.8
    assert share(found, cv2.circle(np.zeros_like(page), mark, 5, 1, -1) > 0) < 0.1
    outside = cv2.circle(np.ones_like(page), middle, RADIUS + 60, 0, -1) > 0
    assert found[outside].sum() == 0


def test_a_grey_stamp_over_filled_cells_is_found_and_the_fills_are_not() -> None:
    drawing, page, middle = plan(22, 2)
    for span in [s for s in drawing.spans if s.rows == s.columns == 1 and 3 <= s.column < 15][12::2]:
        x0, top, x1, bottom = drawing.box(span)
        page[top:bottom, x0:x1] = np.minimum(page[top:bottom, x0:x1], 165)
    ink = stamp(page, middle)
    found = foreign_ink(sheet(worn(inked(page, ink, 0.6), np.random.default_rng(2), noise=4, wave=0), DPI))
    assert share(found, (ink > 200) & (page > 150)) > 0.75
    assert found[(ink == 0) & (page == 165)].mean() < 0.06
    assert not foreign_ink(sheet(worn(page, np.random.default_rng(3), noise=11, wave=0), DPI)).any()


def test_the_line_below_a_signature_is_no_ruling() -> None:
    _, page, middle = plan(23, 2)
    ink = np.zeros_like(page)
    x = np.arange(-180, 180)
    wave = np.column_stack([middle[0] + x, middle[1] - 40 + 45 * np.sin(x / 11.0)]).astype(np.int32)
    cv2.polylines(ink, [wave], False, 255, 4, cv2.LINE_AA)
    line = np.zeros_like(page)
    cv2.line(line, (middle[0] - 200, middle[1] + 40), (middle[0] + 180, middle[1] + 22), 255, 6, cv2.LINE_AA)
    found = foreign_ink(sheet(inked(page, np.maximum(ink, line), 0.25), DPI))
    assert share(found, (ink > 200) & (page > 200)) > 0.85
    assert share(found, (line > 200) & (page > 200)) > 0.8


def test_a_dark_blue_pen_is_no_measure_for_the_colour_of_a_pale_stamp() -> None:
    page = np.full((1200, 1200, 3), 255, np.uint8)
    for n in range(6):
        cv2.polylines(
            page,
            [np.array([(100 + 160 * n, 900), (140 + 160 * n, 700), (180 + 160 * n, 900)])],
            False,
            (30, 45, 130),
            9,
            cv2.LINE_AA,
        )
    ink = cv2.circle(np.zeros((1200, 1200), np.uint8), (600, 350), RADIUS, 255, 6, cv2.LINE_AA)
    page[ink > 128] = (178, 158, 205)
    grey = cv2.cvtColor(page, cv2.COLOR_RGB2GRAY)
    faint = np.maximum(grey, 228)  # too faint for what looks at grey alone
    found = foreign_ink(sheet(faint, DPI, page))
    assert share(found, ink > 200) > 0.9
