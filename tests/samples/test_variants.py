"""Further forms are drawn from data or by lot, the same each time, and know where their marks stand."""

import io
from pathlib import Path

import pdfplumber
import pytest

from samples.draw.layout import pages
from samples.draw.places import month_cells
from samples.draw.variants import numeral, variant, variant_names

SAMPLES = Path(__file__).resolve().parents[2] / "samples"
DRAWN = (*variant_names(), "random-1", "random-2")


@pytest.mark.parametrize("name", DRAWN)
def test_two_drawings_are_byte_equal(name: str) -> None:
    assert variant(name).pdf() == variant(name).pdf()


@pytest.mark.parametrize("name", DRAWN)
def test_every_action_has_its_twelve_cells_and_a_mark_in_each_of_its_months(name: str) -> None:
    chosen = variant(name)
    cells = month_cells(chosen.form, chosen.truth)
    assert [len(months) for months in cells] == [12] * len(chosen.truth.actions)
    with pdfplumber.open(io.BytesIO(chosen.pdf())) as document:
        body = len(document.pages) - len(pages(chosen.truth))
        for action, months in zip(chosen.truth.actions, cells, strict=True):
            page = document.pages[body + action.page - 1]
            inked = {n for n, cell in enumerate(months, 1) if _is_marked(page, cell, chosen.form.no_mark)}
            assert inked == set(action.months)


def _is_marked(page: pdfplumber.page.Page, cell: tuple[float, float, float, float], no_mark: str) -> bool:
    inner = (cell[0] + 1, cell[1] + 1, cell[2] - 1, cell[3] - 1)
    part = page.crop(inner)
    shaded = any(rect["width"] > 5 and rect["height"] > 5 for rect in part.rects)
    return shaded or any(char["text"] not in {no_mark, " "} for char in part.chars)


def test_a_form_drawn_by_lot_is_another_one_for_another_number() -> None:
    assert variant("random-1").form != variant("random-2").form


@pytest.mark.parametrize(
    ("style", "number", "printed"),
    [("I.", 4, "IV."), ("i", 6, "vi"), ("a)", 3, "c)"), ("A", 2, "B"), ("1.", 5, "5."), ("(a)", 2, "(b)")],
)
def test_a_numeral_follows_the_style_of_its_sample(style: str, number: int, printed: str) -> None:
    assert numeral(style, number) == printed


def test_an_unknown_form_is_refused() -> None:
    with pytest.raises(KeyError):
        variant("no-such-form")


@pytest.mark.checkout
def test_the_readme_names_every_form() -> None:
    text = (SAMPLES / "README.md").read_text(encoding="utf-8")
    assert [name for name in variant_names() if f"`{name}`" not in text] == []
