"""The angle of lines and the axis of text are found from ink alone."""

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.scan.model import Grey, Mask
from extract.scan.page.skew import horizontal_share, letters_of, skew_of

DPI = 100.0


def text_page() -> Grey:
    page = np.full((1170, 827), 255, np.uint8)
    for row in range(40):
        y = 100 + 24 * row
        cv2.putText(
            page,
            "Menetapkan rencana aksi pembangunan zona integritas di lingkungan komisi pemilihan",
            (60, y),
            cv2.FONT_HERSHEY_SIMPLEX,
            0.5,
            0,
            1,
            cv2.LINE_AA,
        )
    return page


def tilted(page: Grey, degrees: float) -> Grey:
    """Turn a page clockwise."""
    big = cv2.resize(page, None, fx=2, fy=2, interpolation=cv2.INTER_CUBIC)
    turn = cv2.getRotationMatrix2D((big.shape[1] / 2, big.shape[0] / 2), -degrees, 1.0)
    turned = cv2.warpAffine(big, turn, (big.shape[1], big.shape[0]), flags=cv2.INTER_CUBIC, borderValue=255)
    small: Grey = cv2.resize(turned, (page.shape[1], page.shape[0]), interpolation=cv2.INTER_AREA)
    return small


@settings(max_examples=12, deadline=None)
@given(st.floats(-5.2, 5.2))
def test_the_skew_of_text_is_found_to_a_tenth_of_a_degree(degrees: float) -> None:
    assert skew_of(tilted(text_page(), degrees) < 190) == pytest.approx(degrees, abs=0.1)


@pytest.mark.parametrize("degrees", [-5.0, 0.0, 3.0])
def test_level_text_is_told_from_upended_text(degrees: float) -> None:
    page = tilted(text_page(), degrees)
    assert horizontal_share(letters_of(page, DPI), DPI) > 0.58
    assert horizontal_share(letters_of(np.ascontiguousarray(np.rot90(page)), DPI), DPI) < 0.42


def test_rulings_are_no_letters() -> None:
    page = np.full((800, 800), 255, np.uint8)
    cv2.rectangle(page, (50, 50), (750, 750), 0, 2)
    cv2.line(page, (100, 400), (160, 400), 0, 1)
    assert not letters_of(page, DPI).any()


def test_an_empty_page_is_level() -> None:
    empty: Mask = np.zeros((400, 300), dtype=np.bool_)
    assert skew_of(empty) == 0.0
    assert horizontal_share(empty, DPI) == 0.5
