"""A head that is printed on every page is read once; a row that looks otherwise is read anew."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from extract.pdf.lattice import Span
from extract.scan.heads import HeadMemory
from extract.scan.model import Grey, LineReading, PixelBox, WordReading

DPI = 200.0
LABELS = ("JAN", "FEB", "MAR", "APR", "MEI", "JUN")
WIDE, HIGH = 60, 30


def page(labels: tuple[str, ...], *, right: int = 0, down: int = 0, seed: int = 0) -> Grey:
    """One row of cells without rulings, with grain, from (100 + right, 50 + down) on."""
    picture = np.full((200, 700), 255, dtype=np.uint8)
    for n, label in enumerate(labels):
        place = (105 + right + n * WIDE, 72 + down)
        cv2.putText(picture, label, place, cv2.FONT_HERSHEY_SIMPLEX, 0.6, 0, 2, cv2.LINE_AA)
    grain = np.random.default_rng(seed).normal(0, 12, picture.shape)
    return np.clip(picture + grain, 0, 255).astype(np.uint8)


def cells(right: int = 0, down: int = 0, row: int = 1) -> dict[Span, PixelBox]:
    left, top = 100 + right, 50 + down
    return {
        Span(row, n, 1, 1): PixelBox(left + n * WIDE, top, left + (n + 1) * WIDE, top + HIGH)
        for n in range(len(LABELS))
    }


def lines(
    boxes: dict[Span, PixelBox], confidence: float = 0.99, agreed: bool | None = None
) -> dict[Span, tuple[LineReading, ...]]:
    return {
        span: (
            LineReading(
                text=text,
                box=box,
                confidence=confidence,
                words=(WordReading(text, box, confidence),),
                agreed=agreed,
            ),
        )
        for (span, box), text in zip(boxes.items(), LABELS, strict=True)
    }


def test_the_same_row_elsewhere_on_the_page_is_recalled_with_its_boxes_moved() -> None:
    memory = HeadMemory()
    memory.keep(page(LABELS), cells(), lines(cells()))
    found = memory.recall(page(LABELS, right=7, down=20, seed=1), cells(7, 20), DPI)
    assert [found[span][0].text for span in cells()] == list(LABELS)
    assert [found[span][0].box for span in cells()] == list(cells(7, 20).values())
    assert [found[span][0].words[0].box for span in cells()] == list(cells(7, 20).values())


@pytest.mark.parametrize("other", [(*LABELS[:5], "JUL"), ("JUL", "AGU", "SEP", "OKT", "NOV", "DES")])
def test_a_row_with_another_label_is_not(other: tuple[str, ...]) -> None:
    memory = HeadMemory()
    memory.keep(page(LABELS), cells(), lines(cells()))
    assert memory.recall(page(other, seed=1), cells(), DPI) == {}


def test_a_row_in_which_the_reader_was_unsure_or_two_differed_is_not_kept() -> None:
    for told in (lines(cells(), 0.8), lines(cells(), agreed=False)):
        memory = HeadMemory()
        memory.keep(page(LABELS), cells(), told)
        assert memory.recall(page(LABELS, seed=1), cells(), DPI) == {}


def test_a_row_further_down_is_no_head() -> None:
    memory = HeadMemory()
    memory.keep(page(LABELS), cells(row=9), lines(cells(row=9)))
    assert memory.recall(page(LABELS), cells(row=9), DPI) == {}
