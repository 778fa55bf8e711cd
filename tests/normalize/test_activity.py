"""What speaks of doing is told by the form of its first word."""

from __future__ import annotations

import pytest

from lampiran.resources import load_resources
from normalize.words.activity import speaks_of_action


@pytest.mark.parametrize(
    ("text", "doing"),
    [
        ("Menyusun keputusan", True),
        ("1. Menilai SOP layanan\n2. Menata jadwal", True),
        ("b) Pelatihan petugas", True),
        ("- Rapat koordinasi", True),
        ("Dilakukan pemeriksaan", True),
        ("Berkoordinasi dengan dinas", True),
        ("iv. Digitalisasi arsip", True),
        ("Petugas loket", False),
        ("Media sosial", False),
        ("Dinas Kesehatan", False),
        ("Kursi tunggu", False),
        ("2024", False),
        ("", False),
    ],
)
def test_a_text_speaks_of_doing_by_its_first_word(text: str, doing: bool) -> None:
    resources = load_resources()
    words = resources.form.action_words
    assert speaks_of_action(text, words, resources.words.lexicon.is_stem) == doing
