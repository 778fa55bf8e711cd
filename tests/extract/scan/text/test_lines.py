import numpy as np
import pytest

import extract.scan.text.lines as finding
from extract.scan.model import Grey, PixelBox
from extract.scan.text.crops import crop
from extract.scan.text.detector import CoreMap
from extract.scan.text.ink import PageInk, page_ink
from extract.scan.text.lines import InkLine, cell_lines, loose_lines
from extract.scan.text.reader import RawChar, RawReading
from extract.scan.text.signs import spaced, with_unread
from extract.scan.unread import unexplained

CELL = PixelBox(10, 10, 390, 190)
X = 14  # height of an x at 200 dpi
RISE = 4  # by so much a capital is higher


def paper() -> Grey:
    return np.full((200, 400), 255, dtype=np.uint8)


def ink(page: Grey, x0: int, top: int, wide: int, high: int) -> None:
    page[top : top + high, x0 : x0 + wide] = 20


def word(page: Grey, x: int, foot: int, letters: str) -> tuple[int, int, int]:
    """Draw letters as blocks and return where their core lies: H is tall, x low, p hangs down, . a stop, - a dash."""
    start = x
    for letter in letters:
        if letter == "H":
            ink(page, x, foot - X - RISE, 8, X + RISE)
        elif letter == "x":
            ink(page, x, foot - X, 8, X)
        elif letter == "p":
            ink(page, x, foot - X, 8, X + 5)
        elif letter == ".":
            ink(page, x, foot - 3, 3, 3)
        elif letter == "-":
            ink(page, x, foot - 8, 6, 3)
        x += 11
    return start, x, foot


def seen(page: Grey, *words: tuple[int, int, int]) -> PageInk:
    """Return the page's ink with the cores of some words, as the detector gives them."""
    mask = np.zeros((100, 200), dtype=np.uint8)
    for x0, x1, foot in words:
        mask[(foot - X) // 2 : foot // 2, x0 // 2 : x1 // 2] = 1
    return page_ink(page, 200.0, CoreMap(mask, 0.5, 0, 0))


def lines(page: Grey, *words: tuple[int, int, int]) -> tuple[InkLine, ...]:
    return cell_lines(seen(page, *words), CELL)


def columns(page: Grey, *words: tuple[int, int, int]) -> set[int]:
    """Return the columns of the page that are dark in the picture of its one line."""
    found = seen(page, *words)
    (line,) = cell_lines(found, CELL)
    cut = crop(found, line)
    return set((np.flatnonzero((cut.picture < 128).any(axis=0)) + cut.x0).tolist())


def test_a_cell_without_cores_and_ink_has_no_line() -> None:
    assert lines(paper()) == ()


def test_specks_that_no_core_covers_are_no_text() -> None:
    page = paper()
    for x, y in ((40, 40), (200, 90), (300, 150)):
        ink(page, x, y, 5, 5)
    assert lines(page) == ()


def test_a_letter_that_the_detector_passed_over_is_a_line_of_its_own() -> None:
    page = paper()
    text = word(page, 30, 60, "HxpxxHpxp")
    word(page, 300, 120, "H")
    first, lone = lines(page, text)
    assert (first.seen, lone.seen) == (True, False)
    assert lone.box == PixelBox(300, 120 - X - RISE, 308, 120)


def test_faint_print_that_gives_no_ink_is_still_a_line() -> None:
    (line,) = lines(np.full((200, 400), 250, dtype=np.uint8), (30, 130, 60))
    assert line.box.x0 <= 30
    assert line.box.x1 >= 128
    assert not len(line.pieces)


def test_lines_come_from_the_top_and_their_crops_leave_each_other_out() -> None:
    page = paper()
    first, second = word(page, 30, 60, "HxpxxHpxp"), word(page, 30, 84, "xHxxHHxxp")
    found = seen(page, second, first)
    upper, lower = cell_lines(found, CELL)
    assert (upper.box.top, lower.box.top) == (60 - X - RISE, 84 - X - RISE)
    rows = np.flatnonzero((crop(found, upper).picture < 128).any(axis=1))
    assert rows[-1] - rows[0] + 1 == RISE + X + 5


def test_the_words_of_a_row_are_one_line_in_a_cell_and_two_outside() -> None:
    page = paper()
    near, far = word(page, 30, 60, "HxpxxH"), word(page, 200, 60, "HxpxxH")
    found = seen(page, near, far)
    assert len(cell_lines(found, CELL)) == 1
    assert [line.box.x0 for line in loose_lines(found, [CELL])] == [30, 200]


def test_a_core_that_runs_over_a_border_is_cut_there() -> None:
    page = paper()
    text = word(page, 30, 60, "HxpxxHHxpxxH")
    found = seen(page, text)
    left, right = PixelBox(10, 10, 94, 190), PixelBox(94, 10, 390, 190)
    assert [line.box.x1 <= 94 for line in cell_lines(found, left)] == [True]
    assert [line.box.x0 >= 94 for line in cell_lines(found, right)] == [True]


def test_a_dash_before_and_a_stop_behind_a_line_belong_to_it() -> None:
    page = paper()
    word(page, 30, 60, "- Hxxp.")
    (line,) = lines(page, (52, 96, 60))
    assert line.box.x0 == 30
    assert line.box.x1 >= 30 + 6 * 11 + 3


@pytest.mark.parametrize("at", [(100, 80), (160, 50)])
def test_dirt_below_and_far_beside_a_line_is_whitened(at: tuple[int, int]) -> None:
    page = paper()
    text = word(page, 30, 60, "HxHpx")
    ink(page, *at, 4, 4)
    assert max(columns(page, text)) == 30 + 4 * 11 + 7


def test_a_letter_that_hangs_on_a_ruling_is_read_with_its_line() -> None:
    page = paper()
    text = word(page, 30, 60, "HxxpHxx")
    ink(page, 12, 65, 370, 2)
    ink(page, 12, 20, 2, 100)
    assert {30 + 3 * 11, 30 + 3 * 11 + 7} <= columns(page, text)


def test_pale_ink_that_nothing_explains_is_told_and_the_papers_grain_is_not() -> None:
    page = np.random.default_rng(7).integers(200, 256, (200, 400), dtype=np.uint8)
    word(page, 30, 60, "HxpxxHpxp")
    page = np.maximum(page, 125)  # a pale print
    page[100:118, 60:100] = 125
    (found,) = unexplained(page, [PixelBox(28, 35, 140, 70)], 200.0)
    assert (found.x0 // 2, found.top // 2, found.x1, found.bottom) == (30, 50, 100, 118)


def test_ink_held_against_lines_in_blocks_has_the_lines_that_it_has_at_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    rng = np.random.default_rng(3)
    page = np.full((700, 900), 255, dtype=np.uint8)
    for n in range(8):
        for x in range(60, 840, 16):
            page[60 + 70 * n : 74 + 70 * n, x : x + int(rng.integers(4, 12))] = 0
    found = page_ink(page, 200.0)
    area = [PixelBox(0, 0, 900, 700)]
    at_once = loose_lines(found, area)
    assert len(found.pieces) > 300
    assert len(at_once) >= 8
    monkeypatch.setattr(finding, "LINES", finding.LINES.model_copy(update={"block": 7}))
    in_blocks = loose_lines(found, area)
    assert [line.box for line in in_blocks] == [line.box for line in at_once]
    assert all((a.pieces == b.pieces).all() for a, b in zip(in_blocks, at_once, strict=True))


def read(page: Grey, text: str, places: list[int], *words: tuple[int, int, int]) -> str:
    """Return what becomes of a reading whose characters lie at some places of the page."""
    found = seen(page, *words)
    (line,) = cell_lines(found, CELL)
    cut = crop(found, line)
    width = cut.picture.shape[1]
    chars = [RawChar(char, 0.99, (x - cut.x0) / width) for char, x in zip(text, places, strict=True)]
    whole = with_unread(spaced(RawReading(tuple(chars)), line, cut), line, cut)
    return "".join(char.text for char in whole.chars)


def test_a_letter_that_was_passed_over_is_a_sign_that_nobody_read() -> None:
    page = paper()
    words = word(page, 60, 100, "xxx"), word(page, 110, 100, "H"), word(page, 140, 100, "xx")
    assert read(page, "abc de", [64, 75, 86, 125, 144, 155], *words) == "abc \ufffd de"
    assert read(page, "abc 5 de", [64, 75, 86, 100, 114, 130, 144, 155], *words) == "abc 5 de"


def paper_with_m() -> Grey:
    """A line whose last letter is broken in two, its middle far from the second part."""
    page = paper()
    word(page, 60, 100, "xx")
    ink(page, 82, 100 - X, 8, X)
    ink(page, 104, 100 - X, 8, X)
    return page


def test_a_letter_that_was_passed_over_at_a_lines_end_is_told() -> None:
    page = paper()
    assert read(page, "abc", [64, 75, 86], word(page, 60, 100, "xxxxx")) == "abc\ufffd"
    assert read(page, "abm", [64, 75, 86], word(page, 60, 100, "xxxxx")) == "abm\ufffd"
    assert read(paper_with_m(), "abm", [64, 75, 90], (60, 104, 100)) == "abm"


def test_letters_grown_together_over_a_border_belong_to_both_cells() -> None:
    page = paper()
    cores = word(page, 130, 100, "xx"), word(page, 162, 100, "xx")
    ink(page, 148, 92, 16, 3)
    found = seen(page, *cores)
    left, right = PixelBox(10, 10, 156, 190), PixelBox(156, 10, 390, 190)
    for cell, columns_ in ((left, range(141, 149)), (right, range(162, 170))):
        (line,) = cell_lines(found, cell)
        cut = crop(found, line)
        dark = np.flatnonzero((cut.picture < 128).sum(axis=0) >= X) + cut.x0
        assert set(columns_) <= set(dark.tolist())
        assert set(range(*((156, 400) if cell is left else (0, 156)))).isdisjoint(dark.tolist())


def test_ink_that_is_shared_with_another_line_is_no_white() -> None:
    page = paper()
    core = word(page, 60, 100, "xxpxx")
    ink(page, 84, 86, 6, 80)  # the p hangs down into what lies below
    assert read(page, "abgde", [64, 75, 86, 97, 108], core) == "abgde"


def test_a_dash_before_a_line_that_was_passed_over_is_put_in() -> None:
    page = paper()
    words = word(page, 60, 100, "-"), word(page, 80, 100, "xxx")
    assert read(page, "abc", [84, 95, 106], *words) == "- abc"
    assert read(page, "- abc", [63, 72, 84, 95, 106], *words) == "- abc"


def test_a_speck_before_a_line_is_no_dash() -> None:
    page = paper()
    ink(page, 62, 90, 3, 3)
    assert read(page, "abc", [84, 95, 106], word(page, 80, 100, "xxx")) == "abc"
