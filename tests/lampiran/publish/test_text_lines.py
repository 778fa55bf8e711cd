import pytest
from hypothesis import given
from hypothesis import strategies as st

from lampiran.publish.settings import SHEETS
from lampiran.publish.text_lines import lines_of, room, row_height, width_for


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("", 1),
        ("Menyusun laporan", 1),
        ("Menyusun laporan\n- Undangan", 2),
        ("\n\n", 2),
        ("Menyusun laporan pelaksanaan kegiatan", 2),
        ("x" * 100, 5),
    ],
)
def test_a_text_wraps_between_words_and_a_long_word_within(text: str, lines: int) -> None:
    assert lines_of(text, room(24)) == lines


def test_bold_and_wide_letters_need_more_room() -> None:
    assert lines_of("i" * 60, 140) < lines_of("n" * 60, 140) < lines_of("W" * 60, 140)
    assert lines_of("pelaksanaan " * 9, 300, bold=True) >= lines_of("pelaksanaan " * 9, 300)
    assert lines_of("漢" * 30, 140) > lines_of("n" * 30, 140), "a letter that is not known counts as a square"


@given(st.text(max_size=200), st.floats(20, 400))
def test_a_wider_column_never_needs_more_lines(text: str, points: float) -> None:
    assert 1 <= lines_of(text, points * 2) <= lines_of(text, points)


def test_a_row_is_as_high_as_its_longest_cell_and_no_higher_than_a_spreadsheet_allows() -> None:
    one, three = row_height([("a", 10)]), row_height([("a", 10), ("a\nb\nc", 10)])
    assert three == pytest.approx(one + 2 * SHEETS.line_height)
    assert row_height([("a\n" * 500, 10)]) == SHEETS.tallest < 409.5
    assert row_height([]) == one


def test_a_column_is_made_wider_for_a_text_that_no_row_is_high_enough_for() -> None:
    assert width_for("Menyusun laporan", 20, SHEETS.widest) == 20
    text = "Menyusun laporan " * 60
    assert 20 < (wide := width_for(text, 20, SHEETS.widest)) <= SHEETS.widest
    assert row_height([(text, wide)]) < SHEETS.tallest
    assert width_for(text * 100, 20, SHEETS.widest) == SHEETS.widest
