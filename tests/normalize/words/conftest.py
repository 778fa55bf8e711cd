"""Fixtures of the word corrector: the shipped word data and a small document."""

from __future__ import annotations

import pytest

from lampiran.data.words import document_nouns, word_resources
from normalize.words import DocumentVocabulary, WordResources, read_vocabulary

CELLS = (
    "Undangan rapat, daftar hadir, lembar monev",
    "Melakukan monev pemanfaatan IT",
    "Laporan monev aplikasi, website dan media sosial",
    "Informasi pada website satuan kerja",
    "Peraturan perundang-undangan tentang keterbukaan informasi",
    "INDIKATOR dan PENANGGUNG JAWAB",
)


@pytest.fixture(scope="session")
def resources() -> WordResources:
    """Return the shipped resources."""
    return word_resources()


@pytest.fixture(scope="session")
def vocabulary(resources: WordResources) -> DocumentVocabulary:
    """Return the vocabulary of a small document."""
    return read_vocabulary(CELLS, resources, head=("Kepala Sekretariat,", "Mubaidin"))


@pytest.fixture(scope="session")
def nouns() -> frozenset[str]:
    """Return the shipped document nouns."""
    return document_nouns()
