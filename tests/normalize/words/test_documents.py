"""An evidence text is parted into the documents it names, and no word of them gets lost."""

from __future__ import annotations

import re
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from normalize.words import split_documents


@pytest.mark.parametrize(
    ("text", "documents"),
    [
        (
            "Undangan rapat, daftar hadir, lembar monev ZI, bukti pelaksanaan dan rencana tindak lanjut ZI",
            (
                "Undangan rapat",
                "daftar hadir",
                "lembar monev ZI",
                "bukti pelaksanaan",
                "rencana tindak lanjut ZI",
            ),
        ),
        ("Dokumen RKT, dan Dokumen LAKIP", ("Dokumen RKT", "Dokumen LAKIP")),
        (
            "PK tahun 2025 dan SKP tahun 2025; renstra 2020-2024",
            ("PK tahun 2025", "SKP tahun 2025", "renstra 2020-2024"),
        ),
        ("Laporan monitoring dan evaluasi pengaduan", ("Laporan monitoring dan evaluasi pengaduan",)),
        ("Draft dan dokumentasi rapat", ("Draft dan dokumentasi rapat",)),
        (
            "1) Undangan 2) Daftar hadir (a; b, surat) 3) Foto",
            ("Undangan", "Daftar hadir (a; b, surat)", "Foto"),
        ),
        ("a. SK Tim b. Notulen", ("SK Tim", "Notulen")),
        ("- Undangan rapat\n- Whistle-Blowing - laporan", ("Undangan rapat", "Whistle-Blowing", "laporan")),
        ("• SK Tim • Laporan", ("SK Tim", "Laporan")),
        ("Standar layanan PPID dan RPP", ("Standar layanan PPID dan RPP",)),
        ("SK Nomor 8.1 Tahun 2025", ("SK Nomor 8.1 Tahun 2025",)),
        ("", ()),
        (" - ", ()),
    ],
)
def test_documents_are_parted(text: str, documents: tuple[str, ...], nouns: frozenset[str]) -> None:
    assert split_documents(text, nouns) == documents


_PIECES = st.sampled_from(
    ["Undangan", "rapat", "daftar hadir", "dan", ",", ";", "(", ")", "1)", "2)", "a.", "b.", "- ", "•", "\n", "SK 8.1", "foto"]
)  # fmt: skip
_DROPPED = {"dan", "serta", "1", "2", "a", "b"}


@given(st.lists(_PIECES, max_size=14))
def test_no_word_is_lost_or_added(pieces: list[str]) -> None:
    text = " ".join(pieces)
    documents = split_documents(text, frozenset({"undangan", "daftar", "sk", "foto"}))

    def words(value: str) -> Counter[str]:
        return Counter(word for word in re.findall(r"\w+", value) if word not in _DROPPED)

    assert words(" ".join(documents)) == words(text)
    assert all(document == " ".join(document.split()) and document for document in documents)
