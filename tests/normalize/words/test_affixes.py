"""Derived words are recognised by their stems, damaged ones are not."""

from __future__ import annotations

import pytest

from normalize.words import WordResources
from normalize.words.affixes import same_family, stems


@pytest.mark.parametrize(
    ("word", "stem"),
    [
        ("mensosialisasikan", "sosialisasi"),
        ("menyosialisasikan", "sosialisasi"),
        ("dimutakhirkan", "mutakhir"),
        ("pemanfaatannya", "manfaat"),
        ("mempertimbangkan", "timbang"),
        ("pengukuran", "ukur"),
        ("memutuskan", "putus"),
        ("penyusunan", "susun"),
        ("kepemiluan", "pemilu"),
        ("keterbukaan", "buka"),
    ],
)
def test_a_derived_word_leads_to_its_stem(word: str, stem: str) -> None:
    assert stem in stems(word)


@pytest.mark.parametrize(
    "word",
    ["ditindaklanjuti", "menindaklanjuti", "mensosialisasikan", "dimutakhirkan", "dimaklumkan", "meminimalisir",
     "pengarahannya", "disosialisasikan", "kepemiluan", "pemutakhiran"],
)  # fmt: skip
def test_derived_words_are_known(word: str, resources: WordResources) -> None:
    assert resources.lexicon.contains(word)


@pytest.mark.parametrize(
    "word",
    ["rnonev", "rnenerapkan", "terkaif", "evaluasiit", "evaluasii", "ongotanya", "intormasi", "wabsite"],
)
def test_damaged_words_are_not(word: str, resources: WordResources) -> None:
    assert not resources.lexicon.contains(word)


def test_forms_of_one_stem_are_a_family() -> None:
    assert same_family("pelaksana", "pelaksanaan")
    assert same_family("dilakukan", "melakukan")
    assert not same_family("saran", "sarana")
