"""Names of people, places and units are not doubted for being no words of a dictionary."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from normalize import Resources
from normalize.draft import Draft
from normalize.evidence import line_evidence
from normalize.lexical import DocumentWords

sys.path.insert(0, str(Path(__file__).parent))
from recognised import extraction_of, line, page_of


def classes(text: str, resources: Resources) -> list[str]:
    words = DocumentWords(Draft(extraction_of(page_of([])), resources))
    return [evidence.word_class for evidence in line_evidence(line(text, 0.99), words)]


@pytest.mark.parametrize(
    "text",
    [
        "Drs. H. Ahmad Subagyo, M.Si.",
        "SRI WAHYUNINGSIH, S.H., M.H.",
        "Siti Nur'aini, S.Pd.I",
        "R.A. Kartini",
        "Moh. Zainul Arifin, A.Md",
        "Kab. Tanjungpinang",
        "Kecamatan Banyuputih",
        "Ir. Bambang Sugeng, M.T.",
        "Januari s.d. Desember",
        "a.n. Kepala",
    ],
)
def test_a_name_is_neither_stray_nor_near_a_word(text: str, resources: Resources) -> None:
    assert not {"stray", "near"} & set(classes(text, resources))


@pytest.mark.parametrize(
    ("text", "odd"),
    [
        ("pelaksana'an kegiatan", "stray"),
        ("laporan.kegiatan", "stray"),
        ("MANAJEMENPERUBAHAN", "stray"),
        ("evaluasipada bulan", "stray"),
        ("Penyusunqn Tim Kerja", "near"),
        ("TimKerja ZI", "stray"),
        ("pembangunan ZI. mensosialisasikan", "stray"),
    ],
)
def test_what_looks_misread_still_does(text: str, odd: str, resources: Resources) -> None:
    assert odd in classes(text, resources)
