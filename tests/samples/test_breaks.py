"""Annexes whose rows are cut by the pages' ends: every line of a row stands on one of its two pages, once."""

import io
from dataclasses import replace

import pdfplumber
import pytest

from benchmarks.accuracy.breaks import drawn_form
from samples.draw.breaks import Break, broken, effective, kept_lines, places, row_lines, rows_of, shares

FORM, TRUTH = drawn_form("kpu-contoh-2024")
AREA = TRUTH.model_copy(update={"areas": TRUTH.areas[1:2]})
ROWS = rows_of(AREA)


def words(data: bytes) -> list[list[str]]:
    """The words of each page below its title."""
    with pdfplumber.open(io.BytesIO(data)) as document:
        return [[word["text"] for word in page.extract_words()] for page in document.pages]


def test_two_drawings_are_byte_equal() -> None:
    breaks = [Break(2, 1, border="open"), Break(4, 2, marks="second")]
    assert broken(FORM, AREA, breaks) == broken(FORM, AREA, breaks)


@pytest.mark.parametrize("line", list(places(FORM, ROWS, 4)))
def test_a_cut_row_has_each_line_once(line: int) -> None:
    pages = words(broken(FORM, AREA, [Break(4, line)]))
    for text in row_lines(FORM, ROWS[4]):
        for number, printed in enumerate(text):
            page = pages[0] if number < line else pages[1]
            assert printed.split()[0] in page
    assert len(pages) == 2


def test_a_break_that_leaves_nothing_on_one_page_cuts_no_row() -> None:
    count = max(map(len, row_lines(FORM, ROWS[4])))
    falls = effective(FORM, AREA, [Break(4, count)])
    assert [(each.action, each.lines) for each in falls] == [(5, 0)]


@pytest.mark.parametrize("count", range(1, 9))
@pytest.mark.parametrize("line", range(1, 8))
def test_widow_control_leaves_no_line_alone(count: int, line: int) -> None:
    kept = kept_lines(count, Break(0, line, widows=True))
    assert 0 <= kept <= min(count, line)
    assert count == 1 or (kept != 1 and count - kept != 1)


def test_a_row_is_drawn_without_the_border_that_the_break_leaves_open() -> None:
    def rulings(border: str) -> int:
        cut = replace(Break(4, 1, head=False), border=border)
        with pdfplumber.open(io.BytesIO(broken(FORM, AREA, [cut]))) as document:
            return sum(len(page.rects) + len(page.lines) for page in document.pages)

    assert rulings("open") < rulings("closed")


def test_rows_that_share_an_indicator_stand_beside_one_cell() -> None:
    form, truth = drawn_form("kpu-contoh-2024+merged")
    rows = rows_of(truth)
    assert shares(rows[0], rows[1])
    area = truth.model_copy(update={"areas": truth.areas[:1]})
    left = (form.annex[0] - sum(form.columns)) / 2 + sum(form.columns[: form.first_month - 3])
    with pdfplumber.open(io.BytesIO(broken(form, area, []))) as document:
        page = document.pages[0]
        column = page.crop((left, 0, left + form.columns[form.first_month - 3], page.height)).extract_text()
    assert "".join(column.split()).count("".join(rows[0].action.indicator.split())) == 1
