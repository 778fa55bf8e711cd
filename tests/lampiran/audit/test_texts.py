"""Two texts say the same, or one is a likely kind of fault away from the other."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lampiran.audit.judge.texts import Confusions, confusions_of, judge, kind_of
from lampiran.resources import load_resources


@pytest.fixture(scope="module")
def confusions() -> Confusions:
    """The program's pairs of letters that readers mistake for each other."""
    return confusions_of(load_resources())


@pytest.mark.parametrize(
    ("paper", "stated", "verdict"),
    [
        ("Rapat evaluasi ZI", "Rapat  evaluasi\nZI", "same"),
        ("Rapat evaluasi ZI", "rapat evaluasi, ZI.", "normalised"),
        ("Road Map 2020-2024", "<i>Road Map</i> 2020 - 2024", "normalised"),
        ("8.1", "81", "differs"),
        ("Rapat", "", "missing"),
        ("Rapat", " - ", "missing"),
        ("", "Rapat", "invented"),
        ("-", "", "normalised"),
    ],
)
def test_a_verdict_on_two_texts(paper: str, stated: str, verdict: str, confusions: Confusions) -> None:
    assert judge(paper, stated, confusions).verdict == verdict


@pytest.mark.parametrize(
    ("paper", "stated", "kind"),
    [
        ("monev internal", "rnonev internal", "letter-confusion"),
        ("Tahun 2020", "Tahun 2O2O", "letter-confusion"),
        ("Integritas", "lntegritas", "letter-confusion"),
        ("Sistem Pemerintahan", "Sitsem Pemerintahan", "letters-transposed"),
        ("rapat evaluasi", "rapat evaluasiit", "letter-added"),
        ("rapat evaluasi", "rapat evalasi", "letter-lost"),
        ("rapat evaluasi", "rapat evakuasi", "letter-wrong"),
        ("Tahun 2024 dan 2025", "Tahun 2024 dan 2026", "number-wrong"),
        ("satu dua tiga empat", "satu dua empat", "word-lost"),
        ("satu dua empat", "satu dua tiga empat", "word-added"),
        ("satu dua tiga empat", "satu dua dua tiga empat", "text-duplicated"),
        ("satu dua tiga empat", "satu tiga dua empat", "words-swapped"),
        ("satu dua tiga empat lima", "satu dua tiga", "text-truncated"),
        ("Rapat dengan KPU Batang", "Rapat dengan KPU Kudus", "name-wrong"),
        ("rapat setiap bulan", "rapat setiap minggu", "word-wrong"),
        ("Rapat evaluasi", "Foto kendaraan dinas", "text-wrong"),
        ("satu dua tiga 2024", "satu tiga 2025", "number-wrong"),  # the gravest of several
    ],
)
def test_the_kind_of_a_difference(paper: str, stated: str, kind: str, confusions: Confusions) -> None:
    assert kind_of(paper, stated, confusions) == kind


@given(st.text())
def test_a_text_says_what_it_says(text: str) -> None:
    assert judge(text, text, {}).verdict == "same"


@given(st.text(), st.text())
def test_every_difference_has_a_kind_and_nothing_else_has(one: str, other: str) -> None:
    found = judge(one, other, {})
    assert (found.kind is None) == (found.verdict in ("same", "normalised"))
