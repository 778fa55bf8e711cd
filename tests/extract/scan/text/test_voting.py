import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.scan.model import PixelBox
from extract.scan.text.crops import Crop
from extract.scan.text.lines import InkLine
from extract.scan.text.seam import RawChar, RawReading
from extract.scan.text.spaces import spaced
from extract.scan.text.vote import vote
from extract.scan.text.words import words_of

WIDE = 10  # pixels a letter
LETTERS = st.text(alphabet="abcdeXYZ 123.,-", max_size=20)


def laid(text: str, letter: int = 8, white: int = 10) -> tuple[InkLine, Crop]:
    """Lay blocks of ink for the letters of a text, with white for its spaces; capitals are higher."""
    x, pieces = 0, []
    for char in text:
        if char == " ":
            x += white
            continue
        top = 6 if char.isupper() or char.isdigit() else 10
        pieces.append((x, top, x + letter, 24, letter * (24 - top)))
        x += WIDE
    ink = np.array(pieces, dtype=np.int32)
    box = PixelBox(0, 6, x, 24)
    return InkLine(box, 14.0, 17.0, ink, ink[:0, 0], True), Crop(np.zeros((40, x), dtype=np.uint8), 0, 0)


def reading(text: str, printed: str | None = None, confidence: float = 0.99, white: int = 10) -> RawReading:
    """Read `text` from where the letters of `printed` lie."""
    line, cut = laid(printed or text, white=white)
    places = iter((line.pieces[:, 0] + 4) / cut.picture.shape[1])
    chars: list[RawChar] = []
    for char in text:
        if char == " ":
            chars.append(RawChar(" ", confidence, chars[-1].place + WIDE / cut.picture.shape[1]))
        else:
            chars.append(RawChar(char, confidence, float(next(places))))
    return RawReading(tuple(chars))


def test_a_space_is_put_into_wide_white() -> None:
    line, cut = laid("rencana aksi tahun ini")
    assert (
        spaced(reading("rencanaaksi tahun ini", "rencana aksi tahun ini"), line, cut).text
        == "rencana aksi tahun ini"
    )


def test_no_space_is_put_into_the_white_between_letters() -> None:
    line, cut = laid("monitoring")
    assert spaced(reading("monitoring"), line, cut).text == "monitoring"


@pytest.mark.parametrize(("read", "printed"), [("2025", "20 25"), ("akhir.", "akhir ."), ("dan a", "dan a")])
def test_no_space_is_put_between_digits_before_a_stop_or_twice(read: str, printed: str) -> None:
    line, cut = laid(printed)
    assert spaced(reading(read, printed), line, cut).text == read


def test_agreement_makes_surer_than_either_reader() -> None:
    both = vote(reading("laporan", confidence=0.8), reading("laporan", confidence=0.7))
    assert both.agreed
    assert both.reading.confidence == pytest.approx(0.94)


def test_quotes_of_another_style_are_no_dispute_and_the_first_readers_stay() -> None:
    both = vote(reading('"a"'), reading("“a”"))
    assert (both.agreed, both.reading.text) == (True, '"a"')


def test_the_first_reader_is_followed_unless_it_was_in_doubt() -> None:
    sure = vote(reading("laporan", confidence=0.9), reading("Iaporan", confidence=0.99))
    doubting = vote(reading("Iaporan", confidence=0.4), reading("laporan", confidence=0.99))
    assert (sure.reading.text, sure.agreed) == ("laporan", False)
    assert (doubting.reading.text, doubting.agreed) == ("laporan", False)
    assert max(sure.reading.confidence, doubting.reading.confidence) < 0.6


@pytest.mark.parametrize(("text", "sure"), [("tahun ini.", False), ("tahun inil", True)])
def test_agreement_on_a_sign_that_may_be_dirt_makes_it_no_surer(text: str, sure: bool) -> None:
    both = vote(reading(text, confidence=0.8), reading(text))
    assert both.agreed
    assert (both.reading.confidence > 0.9) == sure


def test_in_short_lines_the_second_reader_is_not_followed() -> None:
    assert vote(reading("i", confidence=0.4), reading("1", confidence=0.98)).reading.text == "i"


def test_what_only_the_second_saw_lowers_the_confidence_of_the_line() -> None:
    both = vote(reading("dan hasi"), reading("dan hasil"))
    assert (both.agreed, both.reading.text) == (False, "dan hasi")
    assert both.reading.confidence < 0.7


@given(LETTERS)
def test_a_reading_agrees_with_itself(text: str) -> None:
    chars = tuple(RawChar(char, 0.9, index / 20) for index, char in enumerate(text))
    both = vote(RawReading(chars), RawReading(chars))
    assert both.agreed
    assert both.reading.text == text


@given(LETTERS, LETTERS)
def test_a_vote_for_another_text_is_never_sure(one: str, other: str) -> None:
    first, second = (
        RawReading(tuple(RawChar(char, 0.95, index / 20) for index, char in enumerate(text)))
        for text in (one, other)
    )
    both = vote(first, second)
    assert both.agreed == (one == other)
    assert both.agreed or both.reading.confidence < 0.6 or not both.reading.text.strip()


def test_words_carry_the_box_of_their_own_ink() -> None:
    line, cut = laid("ab Cd")
    words = words_of(reading("ab Cd"), line, cut)
    assert [word.text for word in words] == ["ab", "Cd"]
    assert [word.box for word in words] == [PixelBox(0, 10, 18, 24), PixelBox(30, 6, 48, 24)]


def test_a_lone_stop_among_words_is_doubtful() -> None:
    line, cut = laid("ab . cd")
    assert [word.confidence for word in words_of(reading("ab . cd"), line, cut)] == [0.99, 0.5, 0.99]
