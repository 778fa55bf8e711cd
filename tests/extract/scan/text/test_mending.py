from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.scan.model import PixelBox
from extract.scan.text.case import settled
from extract.scan.text.crops import Crop
from extract.scan.text.lines import InkLine
from extract.scan.text.overlooked import barred, bulleted, numbered
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
    none = ink[:0]
    return InkLine(box, 14.0, 0, 40, ink, none), Crop(np.zeros((40, x), dtype=np.uint8), 0, 0)


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


@pytest.mark.parametrize(
    ("read", "printed"),
    [
        ("rencanaaksi tahun ini", "rencana aksi tahun ini"),
        ("monitoring", "monitoring"),
        ("renc ana aksi tahun ini", "rencana aksi tahun ini"),
    ],
)
def test_spaces_follow_the_white_of_the_picture(read: str, printed: str) -> None:
    line, cut = laid(printed)
    assert spaced(reading(read, printed), line, cut).text == printed


def test_a_space_that_both_readers_saw_stays_though_dirt_fills_it() -> None:
    line, cut = laid("rencana aksi tahun ini")
    read = reading("renc ana aksi tahun ini", "rencana aksi tahun ini")
    assert spaced(read, line, cut).text == "rencana aksi tahun ini"
    assert spaced(read, line, cut, read).text == "renc ana aksi tahun ini"


@pytest.mark.parametrize(
    ("read", "printed"),
    [("aksi tahun 11 kali", "aksi tahun 1 1 kali"), ("kpu.go ini aksi", "kpu .go ini aksi")],
)
def test_no_space_is_put_between_digits_or_before_a_stop(read: str, printed: str) -> None:
    line, cut = laid(printed, white=8)
    assert spaced(reading(read, printed, white=8), line, cut).text == read


def test_a_space_that_neither_reader_saw_is_put_in_only_where_the_white_is_wide() -> None:
    line, cut = laid("rencana aksi tahun ini", white=8)
    read = reading("rencanaaksi tahun ini", "rencana aksi tahun ini", white=8)
    seen = reading("rencana aksi tahun ini", white=8)
    assert spaced(read, line, cut, read).text == "rencanaaksi tahun ini"
    assert spaced(read, line, cut, seen).text == "rencana aksi tahun ini"


def test_spaces_at_the_ends_and_doubled_ones_go() -> None:
    line, cut = laid("aksi tahun")
    read = reading("aksi tahun")
    space = RawChar(" ", 0.9, 0.0)
    doubled = RawReading((space, *read.chars[:5], space, *read.chars[5:], space))
    assert spaced(doubled, line, cut).text == "aksi tahun"


@pytest.mark.parametrize(
    ("read", "printed", "doubtful"),
    [
        ("KPu Batang", "KPU Batang", 2),
        ("POKJA III sDM", "POKJA III SDM", 10),
        ("teXas Baru", "texas Baru", 2),
    ],
)
def test_a_doubtful_case_is_settled_by_the_word_and_the_height(
    read: str, printed: str, doubtful: int
) -> None:
    line, cut = laid(printed)
    chars = list(reading(read, printed).chars)
    char = chars[doubtful]
    chars[doubtful] = RawChar(char.text, 0.55, char.place, twin=0.44)
    assert settled(RawReading(tuple(chars)), line, cut).text == printed


def test_a_certain_case_stays() -> None:
    line, cut = laid("kpu Batang")
    read = reading("kPu Batang", "kpu Batang")
    assert settled(read, line, cut) == read


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


def test_where_one_letter_stands_against_one_the_picture_is_asked() -> None:
    upheld = vote(reading("laporan"), reading("Iaporan"), lambda mine, _: replace(mine, confidence=0.9))
    assert (upheld.reading.text, upheld.reading.confidence, upheld.agreed) == ("laporan", 0.9, False)


def test_no_agreement_makes_a_contradicted_letter_sure() -> None:
    chars = list(reading("laporan", confidence=0.6).chars)
    chars[0] = replace(chars[0], contradicted=True)
    both = vote(RawReading(tuple(chars)), reading("laporan"))
    assert both.agreed
    assert both.reading.confidence == pytest.approx(0.6)


@pytest.mark.parametrize(("other", "text"), [("tahun ini", "tahun ini"), ("tahun .ini", "tahun .ini")])
def test_dirt_read_as_a_stop_goes_where_the_other_reader_did_not_see_it(other: str, text: str) -> None:
    chars = list(reading("tahun .ini").chars)
    chars[6] = replace(chars[6], confidence=0.6, contradicted=True, dirt=True)
    both = vote(RawReading(tuple(chars)), reading(other))
    assert both.reading.text == text
    assert both.reading.confidence < 0.9


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


def with_dash(text: str, *, wide: int = 6, gap: int = 8) -> tuple[InkLine, Crop]:
    """The line of `text` with a short level stroke before it."""
    line, _ = laid(text)
    dash = np.array([(0, 16, wide, 18, wide * 2)], dtype=np.int32)
    moved = line.pieces + np.array([wide + gap, 0, wide + gap, 0, 0], dtype=np.int32)
    x1 = line.box.x1 + wide + gap
    pieces = np.concatenate([dash, moved])
    return line._replace(box=PixelBox(0, 6, x1, 24), pieces=pieces), Crop(
        np.zeros((40, x1), dtype=np.uint8), 0, 0
    )


def behind(text: str, line: InkLine, cut: Crop, first: int) -> RawReading:
    places = (line.pieces[first:, 0] + 4) / cut.picture.shape[1]
    letters = [char for char in text if char != " "]
    return RawReading(tuple(RawChar(c, 0.99, float(p)) for c, p in zip(letters, places, strict=True)))


def test_a_dash_before_an_item_that_was_passed_over_is_put_in() -> None:
    line, cut = with_dash("Tautan")
    assert bulleted(behind("Tautan", line, cut, 1), line, cut).text == "- Tautan"


def test_a_dash_that_was_read_and_a_piece_of_a_letter_are_no_dash_to_put_in() -> None:
    line, cut = with_dash("Tautan")
    read = RawReading((RawChar("-", 0.9, 0.02), *behind("Tautan", line, cut, 1).chars))
    assert bulleted(read, line, cut) == read
    late = RawReading((RawChar("-", 0.9, 0.2), *behind("Tautan", line, cut, 1).chars))
    assert bulleted(late, line, cut) == late
    line, cut = with_dash("Tautan", gap=1)
    assert bulleted(behind("Tautan", line, cut, 1), line, cut).text == "Tautan"


@pytest.mark.parametrize(
    ("read", "printed", "wanted"),
    [
        ("I", "III", "III"),
        ("II", "III", "III"),
        ("III", "III", "III"),
        ("1)", "1)", "1)"),
        ("POKJA II SDM", "POKJA III SDM", "POKJA III SDM"),
        ("Eselon II, Staf", "Eselon III, Staf", "Eselon III, Staf"),
        ("POKJA i SDM", "POKJA I SDM", "POKJA i SDM"),
        ("Ia", "Ill", "Ia"),
    ],
)
def test_a_numeral_of_strokes_has_as_many_as_the_picture(read: str, printed: str, wanted: str) -> None:
    line, cut = laid_narrow(printed)
    width = cut.picture.shape[1]
    at = {char: n for n, char in enumerate(printed)}
    chars = [RawChar(c, 0.99, (at.get(c, 1) * WIDE + 4) / width) for c in read]
    assert barred(RawReading(tuple(chars)), line, cut).text == wanted


def laid_narrow(text: str) -> tuple[InkLine, Crop]:
    """The line of a text in which I, l, 1 and ) are narrow strokes and commas small."""
    line, cut = laid(text, white=WIDE)
    pieces = line.pieces.copy()
    for n, char in enumerate(char for char in text if char != " "):
        if char in "Il1)":
            pieces[n, 1], pieces[n, 2] = 6, pieces[n, 0] + 6
        if char == ",":
            pieces[n, 1] = 21
    return line._replace(pieces=pieces), cut


def test_a_wide_letter_is_no_stroke() -> None:
    line, cut = laid("HH", letter=9)
    assert barred(RawReading((RawChar("I", 0.99, 0.2),)), line, cut).text == "I"


def upright(*strokes: tuple[int, ...]) -> InkLine:
    """Lay strokes of ink: left edge, top and bottom of each, and its width where that is not three pixels."""
    sized = [(*stroke, 3)[:4] for stroke in strokes]
    pieces = np.array(
        [(x, top, x + wide, foot, wide * (foot - top), 0) for x, top, foot, wide in sized], dtype=np.int32
    )
    box = PixelBox(0, 6, 60, 30)
    return InkLine(box, 14.0, 0, 40, pieces, pieces[:0])


@pytest.mark.parametrize(
    ("strokes", "wanted"),
    [
        ([(0, 6, 26), (7, 6, 26), (14, 6, 26)], "III"),
        ([(0, 6, 26), (7, 6, 26)], "II"),
        ([(0, 6, 26)], ""),
        ([(0, 6, 26), (7, 10, 20)], ""),
        ([(0, 6, 26), (30, 6, 26)], ""),
        ([(0, 6, 26, 6), (9, 6, 26, 6)], ""),
    ],
)
def test_strokes_of_one_height_that_nobody_read_are_a_numeral(
    strokes: list[tuple[int, ...]], wanted: str
) -> None:
    found = numbered(RawReading(), upright(*strokes))
    assert found.text == wanted
    assert found.confidence < 0.9
    read = RawReading((RawChar("H", 0.9, 0.5),))
    assert numbered(read, upright(*strokes)) == read
