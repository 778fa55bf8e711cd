"""Further forms are drawn from data or by lot, the same each time, and know where their marks stand."""

import io
from collections.abc import Iterator
from pathlib import Path

import pdfplumber
import pytest
from pdfplumber.page import Page

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
        inked = {n: list(_ink(page, chosen.form.no_mark)) for n, page in enumerate(document.pages, 1 - body)}
    for action, months in zip(chosen.truth.actions, cells, strict=True):
        marked = {n for n, cell in enumerate(months, 1) if any(_in(at, cell) for at in inked[action.page])}
        assert marked == set(action.months)


def _ink(page: Page, no_mark: str) -> Iterator[tuple[float, float]]:
    """Middles of the letters and of the shaded cells of a page."""
    letters = [char for char in page.chars if char["text"] not in {no_mark, " "}]
    fills = [rect for rect in page.rects if min(rect["width"], rect["height"]) > 5]
    for item in (*letters, *fills):
        yield (item["x0"] + item["x1"]) / 2, (item["top"] + item["bottom"]) / 2


def _in(at: tuple[float, float], cell: tuple[float, float, float, float]) -> bool:
    return cell[0] < at[0] < cell[2] and cell[1] < at[1] < cell[3]


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
