"""Lines of a cell become running text by what the words on both sides of a joint say."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from normalize.words import DocumentVocabulary, WordResources, join_lines

TEXTS = (
    "Undangan rapat, daftar hadir, lembar monev",
    "Peraturan perundang-undangan tentang keterbukaan informasi",
    "Telah dilakukan evaluasi atas penanganan benturan kepentingan (per triwulan)",
)


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        (["secara online melalui e-", "PPID"], "secara online melalui e-PPID"),
        (["peraturan perundang-", "undangan"], "peraturan perundang-undangan"),
        (["Dokumen-", "dokumen kepemiluan"], "Dokumen-dokumen kepemiluan"),
        (["pembangun-", "an Zona"], "pembangunan Zona"),
        (["monitoring/", "evaluasi"], "monitoring/evaluasi"),
        (["monitoring", "/evaluasi"], "monitoring/evaluasi"),
        (["INDIKATO", "R"], "INDIKATOR"),
        (["PENANGGUN", "G JAWAB"], "PENANGGUNG JAWAB"),
        (["MANAJE", "MEN", "PERUBAH", "AN"], "MANAJEMEN PERUBAHAN"),
        (["MAN", "AJEM", "EN", "PERUBAH", "AN"], "MANAJEMEN PERUBAHAN"),
        (["PENATAAN", "TATALAKSA", "NA"], "PENATAAN TATALAKSANA"),
        (["renstra 2020-", "2024"], "renstra 2020-2024"),
        (["Rapat evaluasi", "pembangunan ZI"], "Rapat evaluasi pembangunan ZI"),
        (["WBK/WBBM (", "per semester )"], "WBK/WBBM (per semester )"),
        (["1) satu", "2) dua"], "1) satu 2) dua"),
        (["tim", "", "  kerja "], "tim kerja"),
        ([], ""),
    ],
)
def test_lines_are_joined_by_evidence(
    lines: list[str], text: str, vocabulary: DocumentVocabulary, resources: WordResources
) -> None:
    assert join_lines(lines, vocabulary, resources).text == text


def test_a_kept_trailing_space_decides(vocabulary: DocumentVocabulary, resources: WordResources) -> None:
    spaced = join_lines(
        ["disosialisasikan/ ", "internalisasi"], vocabulary, resources, keeps_trailing_space=True
    )
    tight = join_lines(["kegiatan peng", "awasan"], vocabulary, resources, keeps_trailing_space=True)
    assert (spaced.text, spaced.grade) == ("disosialisasikan/ internalisasi", "certain")
    assert (tight.text, tight.grade) == ("kegiatan pengawasan", "certain")


def test_words_are_not_joined_to_a_variant_that_is_written_apart(
    vocabulary: DocumentVocabulary, resources: WordResources
) -> None:
    joined = join_lines(["matriks tindak", "lanjut"], vocabulary, resources, keeps_trailing_space=True)
    assert joined.text == "matriks tindak lanjut"


def test_two_words_that_meet_without_the_expected_space_are_doubtful(
    vocabulary: DocumentVocabulary, resources: WordResources
) -> None:
    joined = join_lines(["laporan", "website"], vocabulary, resources, keeps_trailing_space=True)
    assert (joined.text, joined.grade) == ("laporan website", "probable")
    assert joined.alternatives == ("laporanwebsite",)


def test_a_hyphen_nobody_can_explain_is_kept_and_doubtful(
    vocabulary: DocumentVocabulary, resources: WordResources
) -> None:
    joined = join_lines(["xqzv-", "wqtr"], vocabulary, resources)
    assert (joined.text, joined.grade, joined.alternatives) == ("xqzv-wqtr", "ambiguous", ("xqzvwqtr",))


@settings(deadline=None, max_examples=200)
@given(cell=st.sampled_from(TEXTS), data=st.data())
def test_a_text_broken_at_its_spaces_comes_back(
    vocabulary: DocumentVocabulary, resources: WordResources, cell: str, data: st.DataObject
) -> None:
    words = cell.split(" ")
    cut = data.draw(st.integers(1, len(words)))
    lines = [" ".join(words[:cut]), " ".join(words[cut:])]
    assert join_lines(lines, vocabulary, resources).text == cell


@settings(deadline=None, max_examples=200)
@given(lines=st.lists(st.text(max_size=15).filter(lambda line: "\u00ad" not in line), max_size=5))
def test_joining_loses_no_letter(resources: WordResources, lines: list[str]) -> None:
    joined = join_lines(lines, DocumentVocabulary(), resources)

    def letters(text: str) -> str:
        return "".join(char for char in text if not char.isspace() and char not in "-\u2010")

    assert letters(joined.text) == letters("".join(lines))
