import pytest
from hypothesis import given
from hypothesis import strategies as st

from lampiran.alignment.wording import marked, wording

TEXT = st.text(alphabet="abc ABC 12.,-\n()%é", max_size=40)


@given(TEXT)
def test_a_wording_is_its_own_wording(text: str) -> None:
    assert wording(wording(text)) == wording(text)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Tata Laksana", "TATALAKSANA"),
        ("rapat monitoring / evaluasi", "Rapat monitoring/evaluasi."),
        ("- Undangan\n- Notula", "Undangan; notula"),
        ("e-PPID", "ePPID"),
    ],
)
def test_case_spaces_and_punctuation_are_no_other_wording(one: str, other: str) -> None:
    assert wording(one) == wording(other)


@pytest.mark.parametrize(
    ("one", "other"), [("3.1", "31"), ("1 2", "12"), ("100%", "100"), ("≥ 80", "80"), ("risiko", "resiko")]
)
def test_numbers_signs_of_quantity_and_letters_are_another_wording(one: str, other: str) -> None:
    assert wording(one) != wording(other)


@given(TEXT, TEXT, st.booleans())
def test_the_marked_spans_are_the_text(a: str, b: str, soft: bool) -> None:
    spans_a, spans_b = marked(a, b, soft=soft)
    assert "".join(span.text for span in spans_a) == a
    assert "".join(span.text for span in spans_b) == b
    assert {span.mark for span in spans_a} <= {"same", "soft", "gone"}
    assert {span.mark for span in spans_b} <= {"same", "soft", "new"}


@given(TEXT)
def test_nothing_is_marked_in_equal_texts(text: str) -> None:
    assert {span.mark for side in marked(text, text) for span in side} <= {"same"}


def test_only_the_words_that_differ_are_marked() -> None:
    a, b = marked("Rapat evaluasi per semester di kantor", "Rapat evaluasi per triwulan di Kantor")
    assert [(s.text, s.mark) for s in a if s.mark != "same"] == [("semester", "gone"), ("kantor", "soft")]
    assert [(s.text, s.mark) for s in b if s.mark != "same"] == [("triwulan", "new"), ("Kantor", "soft")]
