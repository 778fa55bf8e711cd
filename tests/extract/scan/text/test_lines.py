import numpy as np
import pytest

from extract.scan.leftover import unexplained
from extract.scan.model import Grey, PixelBox
from extract.scan.text.crops import crop
from extract.scan.text.ink import page_ink
from extract.scan.text.lines import InkLine, cell_lines

CELL = PixelBox(10, 10, 390, 190)
X = 14  # height of an x at 200 dpi
RISE = 4  # by so much a capital is higher


def paper() -> Grey:
    return np.full((200, 400), 255, dtype=np.uint8)


def ink(page: Grey, x0: int, top: int, wide: int, high: int) -> None:
    page[top : top + high, x0 : x0 + wide] = 20


def word(page: Grey, x: int, foot: int, letters: str) -> None:
    """Draw letters as blocks: H is tall, x is low, p hangs below the line, a dot is a full stop, - a dash."""
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
            ink(page, x, foot - 8, 7, 3)
        x += 11


def lines(page: Grey) -> tuple[InkLine, ...]:
    return cell_lines(page_ink(page, 200.0), CELL)


def test_an_empty_cell_has_no_line() -> None:
    assert lines(paper()) == ()


def test_specks_are_no_text() -> None:
    page = paper()
    for x, y in ((40, 40), (200, 90), (300, 150)):
        ink(page, x, y, 2, 2)
    assert lines(page) == ()


def test_lines_come_from_the_top_even_when_tails_and_tall_letters_nearly_touch() -> None:
    page = paper()
    word(page, 30, 60, "HxpxxHpxp")
    word(page, 30, 84, "xHxxHHxxp")
    found = lines(page)
    assert [line.box.x0 for line in found] == [30, 30]
    assert found[0].box.bottom <= found[1].box.top + 1
    assert found[0].box.top == 60 - X - RISE


def test_a_lone_dash_is_a_line() -> None:
    page = paper()
    word(page, 200, 100, "-")
    assert [line.box for line in lines(page)] == [PixelBox(200, 92, 207, 95)]


def test_a_dash_before_and_a_stop_behind_a_line_belong_to_it() -> None:
    page = paper()
    word(page, 30, 60, "- Hxxp.")
    (line,) = lines(page)
    assert (line.box.x0, line.box.x1) == (30, 30 + 6 * 11 + 3)


@pytest.mark.parametrize(("x", "y"), [(62, 47), (130, 50), (100, 80)])
def test_dirt_between_words_beside_and_below_a_line_is_whitened(x: int, y: int) -> None:
    page = paper()
    word(page, 30, 60, "Hx")
    word(page, 75, 60, "xpH")
    ink(page, x, y, 3, 3)
    (line,) = lines(page)
    picture = crop(page, line)
    assert line.box.x1 == 75 + 2 * 11 + 8
    dark = picture.picture < 128
    columns = np.flatnonzero(dark.any(axis=0)) + picture.x0
    assert not set(columns) & set(range(55, 75))


def test_a_crop_keeps_white_around_and_leaves_the_next_line_out() -> None:
    page = paper()
    word(page, 30, 60, "xxxxx")
    word(page, 30, 80, "HxHxH")
    first = crop(page, lines(page)[0])
    assert first.picture[0].min() == first.picture[-1].min() == 255
    rows = np.flatnonzero((first.picture < 128).any(axis=1))
    assert rows[-1] - rows[0] + 1 == X


@pytest.mark.parametrize(("x", "y", "wide", "high"), [(107, 55, 3, 2), (187, 57, 1, 2)])
def test_what_is_left_of_a_pale_hyphen_or_stop_is_no_dirt(x: int, y: int, wide: int, high: int) -> None:
    page = paper()
    word(page, 30, 60, "HxHxHxx")
    word(page, 112, 60, "xHxHxHx")
    if wide == 3:
        y = 60 - 6
    ink(page, x, y, wide, high)
    (line,) = lines(page)
    assert not len(line.dirt)


def test_letters_grown_together_from_top_to_foot_are_part_of_their_line() -> None:
    page = paper()
    ink(page, 30, 60 - X - 2 * RISE, 40, X + 5 * RISE)
    word(page, 75, 60, "xxHxxHxpxx")
    assert [line.box.x0 for line in lines(page)] == [30]


def test_pale_ink_that_nothing_explains_is_told_and_the_papers_grain_is_not() -> None:
    page = np.random.default_rng(7).integers(200, 256, (200, 400), dtype=np.uint8)
    word(page, 30, 60, "HxpxxHpxp")
    page = np.maximum(page, 125)  # a pale print
    page[100:118, 60:100] = 125
    (found,) = unexplained(page, [PixelBox(28, 35, 140, 70)], 200.0)
    assert (found.x0 // 2, found.top // 2, found.x1, found.bottom) == (30, 50, 100, 118)
