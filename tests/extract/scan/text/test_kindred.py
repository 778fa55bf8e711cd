from collections.abc import Sequence

import cv2
import numpy as np
import pytest

from extract.scan.model import Grey, PixelBox
from extract.scan.text.crops import Crop, crop
from extract.scan.text.ink import page_ink
from extract.scan.text.kindred import Page, between, judged
from extract.scan.text.lines import InkLine, cell_lines
from extract.scan.text.seam import RawChar, RawReading
from extract.scan.text.stops import doubted, stops_of

X, RISE, STEP, LEFT = (
    14,
    6,
    13,
    40,
)  # height of an x at 200 dpi, how much higher a capital is, pixels a letter
SAMPLES = ("xixlxIx.x,x", "HIxilx,xHx.", "xIHixlx.Hx,", "lxixIxx,xx.", "ixxlxIx.xx,")


def drawn(text: str, *, aside: int = 0, large: int = 0) -> Grey:
    """Draw letters as blocks; i has a gap under its dot, I and l have none.

    Signs lie `aside` further right, and are `large` pixels larger.
    """
    page = np.full((80, LEFT * 2 + STEP * len(text)), 255, dtype=np.uint8)
    foot, x = 50, LEFT
    for letter in text:
        if letter in "xH":
            page[foot - X - RISE * (letter == "H") : foot, x : x + 9] = 20
        elif letter in "ilI":
            page[foot - X - RISE : foot, x + 3 : x + 6] = 20
            if letter == "i":
                page[foot - X - 3 : foot - X, x + 3 : x + 6] = 255
        elif letter in ".,":
            page[foot - 3 - large : foot + 2 * (letter == ","), x + aside : x + 3 + aside + large] = 20
        x += STEP
    return np.asarray(cv2.GaussianBlur(page, (0, 0), 0.7), dtype=np.uint8)


def line_of(page: Grey) -> tuple[InkLine, Crop]:
    (line,) = cell_lines(page_ink(page, 200.0), PixelBox(0, 0, page.shape[1], page.shape[0]))
    return line, crop(page, line)


def reading(text: str, cut: Crop, unsure: dict[int, RawChar] | None = None) -> RawReading:
    """Read a text where its letters are drawn; `unsure` are letters that stand in for the certain ones."""
    chars = []
    for at, letter in enumerate(text):
        place = (LEFT + STEP * at + (1.5 if letter in ".," else 4.5) - cut.x0) / cut.picture.shape[1]
        char = (unsure or {}).get(at, RawChar(letter, 0.99, 0.0))
        chars.append(RawChar(char.text, char.confidence, place, char.twin, char.others))
    return RawReading(tuple(chars))


def page_with(printed: str, unsure: dict[int, RawChar], samples: Sequence[str] = SAMPLES) -> Page:
    """Lay out lines whose letters are certain, and a last one with letters in doubt."""
    readings, lines, crops = [], [], []
    for text in (*samples, printed):
        line, cut = line_of(drawn(text))
        readings.append(reading(text, cut, unsure if text == printed else None))
        lines.append(line)
        crops.append(cut)
    return Page(readings, lines, crops)


def last(page: Page) -> RawReading:
    return judged(page, len(page.lines) - 1)


def doubt(text: str, confidence: float, *others: tuple[str, float]) -> RawChar:
    return RawChar(text, confidence, 0.0, others=others)


@pytest.mark.parametrize(
    ("printed", "at", "char", "wanted"),
    [
        ("HIx xHHx", 1, doubt("i", 0.6, ("I", 0.2)), "I"),
        ("xxlxx Hx", 2, doubt("i", 0.6, ("l", 0.3)), "l"),
        ("xxixx Hx", 2, doubt("l", 0.6, ("i", 0.3)), "i"),
        ("xHxx, Hx", 4, doubt(".", 0.65, (",", 0.34)), ","),
        ("xHxx. Hx", 4, doubt(",", 0.6, (".", 0.39)), "."),
        ("xHxHx xx", 3, doubt("x", 0.6, ("H", 0.3)), "H"),
    ],
)
def test_a_doubtful_letter_becomes_the_one_that_it_is_like(
    printed: str, at: int, char: RawChar, wanted: str
) -> None:
    settled = last(page_with(printed, {at: char})).chars[at]
    assert settled.text == wanted
    assert settled.confidence > 0.6


def test_a_doubtful_letter_that_is_like_its_kind_becomes_surer() -> None:
    settled = last(page_with("xxixx Hx", {2: doubt("i", 0.7, ("l", 0.2))})).chars[2]
    assert (settled.text, settled.contradicted) == ("i", False)
    assert settled.confidence > 0.8


def test_what_the_picture_contradicts_without_deciding_is_doubted() -> None:
    printed = "HIx xHHx"
    settled = last(page_with(printed, {1: doubt("i", 0.985)})).chars[1]
    assert settled.text == "I" or settled.contradicted


def test_without_samples_a_doubtful_stem_stays_and_no_agreement_makes_it_sure() -> None:
    settled = last(page_with("HIx xHHx", {1: doubt("i", 0.6, ("I", 0.2))}, ("xHxx", "HxHx"))).chars[1]
    assert (settled.text, settled.confidence, settled.contradicted) == ("i", 0.6, True)


def test_a_stem_among_small_letters_is_no_capital() -> None:
    settled = last(page_with("xxlxx Hx", {2: doubt("i", 0.5, ("I", 0.3), ("l", 0.2))}))
    lowered = settled.chars[2].text
    assert lowered != "i"


@pytest.mark.parametrize(("printed", "wanted"), [("xxixx Hx", "i"), ("xxlxx Hx", "l")])
def test_the_picture_decides_between_two_readers(printed: str, wanted: str) -> None:
    page = page_with(printed, {2: doubt("i", 0.95)})
    mine = page.readings[-1].chars[2]
    chosen = between(page, len(page.lines) - 1, mine, RawChar("l", 0.9, mine.place))
    assert chosen is not None
    assert chosen.text == wanted


def test_the_picture_does_not_part_l_from_a_capital_i() -> None:
    page = page_with("xxlxx Hx", {})
    mine = page.readings[-1].chars[2]
    assert between(page, len(page.lines) - 1, mine, RawChar("I", 0.9, mine.place)) is None


def stopped(aside: int = 0, *, large: int = 0, bolder: tuple[float, float] = (1.0, 1.0)) -> RawChar:
    """Return the stop of a page's last line, further from its letter or larger than the others.

    The strokes of the others' lines are so many times `bolder`, and their stops have so many times the ink.
    """
    cuts = [line_of(drawn(text)) for text in SAMPLES]
    readings = [reading(text, cut) for text, (_, cut) in zip(SAMPLES, cuts, strict=True)]
    known = stops_of(readings, [line for line, _ in cuts], [cut for _, cut in cuts])
    known = [each._replace(weight=each.weight * bolder[0], ink=each.ink * bolder[1]) for each in known]
    line, cut = line_of(drawn("xIxHx.xx", aside=aside, large=large))
    chars = reading("xIxHx.xx", cut).chars
    moved = chars[5].place + aside / cut.picture.shape[1]
    chars = (*chars[:5], RawChar(".", 0.99, moved), *chars[6:])
    return doubted(RawReading(chars), line, cut, [*known, *known]).chars[5]


def test_a_stop_like_the_pages_stops_is_borne_out() -> None:
    assert (stopped().confidence, stopped().borne, stopped().contradicted) == (0.99, True, False)


@pytest.mark.parametrize(("aside", "large"), [(6, 0), (0, 2)])
def test_a_stop_further_from_its_letter_or_larger_than_the_pages_stops_is_doubted(
    aside: int, large: int
) -> None:
    far = stopped(aside, large=large)
    assert (far.dirt, far.contradicted, far.borne) == (True, True, False)
    assert far.confidence < 0.7


@pytest.mark.parametrize(("wider", "dirt"), [(1.0, True), (1.8, False)])
def test_a_stop_is_not_held_against_those_of_bolder_lines(wider: float, dirt: bool) -> None:
    assert stopped(bolder=(wider, 2.5)).dirt is dirt


def test_a_quotation_mark_without_its_fellow_is_doubted() -> None:
    line, cut = line_of(drawn("xHxHxHxx"))
    alone = doubted(reading("xHx'xHxx", cut), line, cut, []).chars[3]
    paired = doubted(reading("xHx'xH'x", cut), line, cut, []).chars[3]
    assert (alone.contradicted, paired.contradicted) == (True, False)
