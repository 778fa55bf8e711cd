from itertools import accumulate, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.types import Extraction, Page
from lampiran.publish.print_layout import paper_of, print_layout
from lampiran.publish.settings import PRINT

WHOLE = 100


def test_what_fits_is_printed_on_one_page_in_its_own_size() -> None:
    assert print_layout([[10.0], [20.0], [40.0]], 10, "a4").breaks == ()
    assert print_layout([[10.0], [20.0], [40.0]], 10, "a4").scale == WHOLE


def test_a_wide_sheet_takes_pages_side_by_side_about_evenly_filled_and_months_stay_together() -> None:
    layout = print_layout([[10.0], [60.0], [60.0], [5.0] * 12, [60.0]], 10, "a4")
    assert layout.breaks == (3,)
    assert layout.scale >= 70


def test_a_longer_paper_needs_fewer_pages_or_prints_larger() -> None:
    groups = [[10.0], [70.0], [60.0], [60.0]]
    assert [len(print_layout(groups, 10, paper).breaks) for paper in ("f4", "a4")] == [0, 1]
    groups = [[10.0], [70.0], [75.0]]
    assert print_layout(groups, 10, "f4").scale > print_layout(groups, 10, "a4").scale


@given(st.lists(st.lists(st.floats(2, 60), min_size=1, max_size=12), min_size=1, max_size=30))
def test_every_page_fits_and_letters_stay_legible(groups: list[list[float]]) -> None:
    repeated = groups[0][0]
    layout = print_layout(groups, repeated, "a4")
    ends = list(accumulate(len(group) for group in groups))
    assert set(layout.breaks) <= set(ends[:-1])
    edges = [0, *layout.breaks, ends[-1]]
    widths = [width for group in groups for width in group]
    loads = [sum(widths[low:high]) for low, high in pairwise(edges)]
    room = (841.9 - 2 * PRINT.margin) / PRINT.character
    widest = max(load + repeated * (n > 0) for n, load in enumerate(loads))
    assert widest * layout.scale / WHOLE <= room + 1e-6
    group_fits = max(map(sum, groups)) + repeated <= room / PRINT.smallest
    assert layout.scale >= WHOLE * PRINT.smallest - 1 or not group_fits


@pytest.mark.parametrize(
    ("sizes", "paper"),
    [
        ([], "a4"),
        ([(595, 842)], "a4"),
        ([(936, 612)], "f4"),
        ([(612, 936), (612, 936), (595, 842)], "f4"),
        ([(612, 792)], "a4"),
    ],
)
def test_the_paper_is_that_of_the_decree(
    sizes: list[tuple[float, float]], paper: str, extraction: Extraction
) -> None:
    pages = tuple(
        Page(number=n, width=w, height=h, kind="digital") for n, (w, h) in enumerate(sizes, start=1)
    )
    assert paper_of(extraction.model_copy(update={"pages": pages})) == paper
