"""Forms of other offices are drawn from data or by lot, the same each time, each cell once."""

from __future__ import annotations

from pathlib import Path

import pytest

from samples.draw.layout import areas_of, page_boxes, pages
from samples.draw.offices import time_text
from samples.draw.variants import office_names, variant

SAMPLES = Path(__file__).resolve().parents[2] / "samples"
DRAWN = (*office_names(), "any-3", "any-4")


@pytest.mark.parametrize("name", DRAWN)
def test_cells_cover_each_table_once(name: str) -> None:
    form, truth = variant(name).form, variant(name).truth
    started: frozenset[int] = frozenset()
    for rows in pages(truth):
        boxes = page_boxes(form, rows, started, headed=form.head_every or not started)
        started |= areas_of(rows)
        places = [
            (row, column)
            for box in boxes
            for row in range(box.row, box.row + box.row_span)
            for column in range(box.column, box.column + box.column_span)
        ]
        height = max(row for row, _ in places) + 1
        assert len(places) == len(set(places)) == height * len(form.columns)


@pytest.mark.parametrize("name", ["quarters-above-months", "text-codes-upright", "any-3"])
def test_two_drawings_are_byte_equal(name: str) -> None:
    assert variant(name).pdf() == variant(name).pdf()


def test_there_are_at_least_ten_forms_on_all_papers_upright_too() -> None:
    forms = [variant(name).form for name in office_names()]
    assert len(forms) >= 10
    assert len({form.paper for form in forms}) == 4
    assert {form.upright for form in forms} == {True, False}
    assert {form.head_every for form in forms} == {True, False}


@pytest.mark.parametrize(
    ("months", "style", "text"),
    [
        ((3, 6), "Januari", "Maret, Juni"),
        ((7, 12), "Jan", "Jul, Des"),
        ((3, 6, 12), "B01", "B03, B06 dan B12"),
        ((1, 2, 3, 4), "Januari", "Januari s/d April 2021"),
        (tuple(range(1, 13)), "Januari", "Januari s/d Desember 2021"),
        (tuple(range(1, 13)), "B01", "Tiap Bulan"),
        ((), "Januari", ""),
    ],
)
def test_a_time_in_words_has_the_style_of_januarys(months: tuple[int, ...], style: str, text: str) -> None:
    assert time_text(months, style, 2021) == text


@pytest.mark.checkout
def test_the_readme_names_every_form() -> None:
    text = (SAMPLES / "README.md").read_text(encoding="utf-8")
    assert [name for name in office_names() if f"`{name}`" not in text] == []
