"""Misread words are repaired where that is clear, suggested where it is not, and all else stays."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from normalize.words import (
    DocumentVocabulary,
    Lexicon,
    WordChange,
    WordResources,
    correct_text,
    read_vocabulary,
)


def _only(changes: tuple[WordChange, ...]) -> WordChange:
    assert len(changes) == 1, changes
    return changes[0]


@pytest.mark.parametrize(
    ("text", "repaired"),
    [
        ("lembar rnonev ZI", "lembar monev ZI"),
        ("1) KPU rnenerapkan keterbukaan informasi", "1) KPU menerapkan keterbukaan informasi"),
        (
            "Melaksanakan rapat rnonitoring/evaluasiit terkait",
            "Melaksanakan rapat monitoring/evaluasi terkait",
        ),
        ("Intormasi tentang pelayanan", "Informasi tentang pelayanan"),
        ("kinerja individu yang terkaif dengan kinerja", "kinerja individu yang terkait dengan kinerja"),
        ("tahun sebelumnya, ongotanya berasal", "tahun sebelumnya, anggotanya berasal"),
        ("Pakta lntegritas", "Pakta Integritas"),
        ("PAKTA lNTEGRITAS", "PAKTA INTEGRITAS"),
        ("Pakta 1ntegritas", "Pakta Integritas"),
        ("capaian lOO% tahun 2O2O-2O24", "capaian 100% tahun 2020-2024"),
        ("rencana daninformasi", "rencana dan informasi"),
        ("penguatan peng awasan", "penguatan pengawasan"),
        ("Keterbukaon Intormasi Publik", "Keterbukaan Informasi Publik"),
    ],
)
def test_a_clear_misreading_is_repaired(
    text: str, repaired: str, vocabulary: DocumentVocabulary, resources: WordResources
) -> None:
    result, changes = correct_text(text, vocabulary, resources)
    assert result == repaired
    assert all(change.applied for change in changes)
    assert all(text[change.start :].startswith(change.raw) for change in changes)


@pytest.mark.parametrize(
    ("text", "raw", "value"),
    [
        ("rekap saran/aduan/kosultasi, laporan", "kosultasi", "konsultasi"),
        ("SOP pada Laman Wabsite Kantor", "Wabsite", "Website"),
        ("Telah terdapat saran layanan terpadu/ terintegrasi", "saran", "sarana"),
        ("Nomor 3l4", "3l4", "314"),
    ],
)
def test_an_unclear_misreading_is_only_suggested(
    text: str, raw: str, value: str, vocabulary: DocumentVocabulary, resources: WordResources
) -> None:
    result, changes = correct_text(text, vocabulary, resources)
    assert result == text
    change = _only(changes)
    assert (change.raw, change.value, change.applied) == (raw, value, False)


@pytest.mark.parametrize(
    "text",
    [
        "Menyusun LAKIP, RENSTRA, RKKL dan SKP Eselon IV",
        "hasil evaluasi telah ditindaklanjuti dan dimutakhirkan",
        "mensosialisasikan dan diinternalisasikan kepada pegawai",
        "kegiatan pengendalian untuk meminimalisir benturan kepentingan",
        "Whistle Blowing System, role model, public campaign, punishment dan reward",
        "Screenshot dari helpdesk",
        "Data nominatif dan penerima Satyalancana",
        "kepada Mubaidin dan Wicaksana di Tulungagung",
        "kotak saran, nomor layanan",
        "B03, B06 dan B12 pada 314/ORT.07-Kpt/01/KPU/V/2021",
        "jdih.kpu.go.id atau surat@kantor.go.id",
        "bagian II dan III",
        "",
    ],
)
def test_sound_words_names_acronyms_and_codes_stay(
    text: str, vocabulary: DocumentVocabulary, resources: WordResources
) -> None:
    assert correct_text(text, vocabulary, resources) == (text, ())


@pytest.mark.parametrize(
    ("text", "raw", "value"),
    [
        ("penilaian resiko atas kebijakan", "resiko", "risiko"),
        ("Hasil survey kepuasan", "survey", "survei"),
        ("Tabel tindaklanjut penanganan", "tindaklanjut", "tindak lanjut"),
        ("Standar pelayanan telah dimaklumkan", "dimaklumkan", "dimaklumatkan"),
    ],
)
def test_a_spelling_habit_is_named_and_left(
    text: str, raw: str, value: str, vocabulary: DocumentVocabulary, resources: WordResources
) -> None:
    result, changes = correct_text(text, vocabulary, resources)
    change = _only(changes)
    assert result == text
    assert (change.raw, change.value, change.rule, change.applied) == (raw, value, "spelling-habit", False)


def test_a_word_the_document_repeats_is_its_own_evidence(resources: WordResources) -> None:
    cells = ("Laporan Simonda triwulan", "aplikasi Simonda", "input simonda")
    vocabulary = read_vocabulary(cells, resources)
    assert [correct_text(cell, vocabulary, resources)[1] for cell in cells] == [(), (), ()]


def test_a_name_in_the_head_is_never_doubted(resources: WordResources) -> None:
    named = read_vocabulary((), resources, head=("Intormasi Jaya",))
    unnamed = DocumentVocabulary()
    assert correct_text("Intormasi publik", named, resources) == ("Intormasi publik", ())
    assert correct_text("Intormasi publik", unnamed, resources)[0] == "Informasi publik"


def test_equally_good_readings_are_offered_and_none_is_taken() -> None:
    table = {
        "pairs": [{"seen": "x", "meant": meant, "cost": 0.5} for meant in "ab"],
        "endings": {"thin": "", "longest": 0, "cost": 1.0, "doubled_cost": 1.0},
        "doubling": {"cost": 1.0},
    }
    resources = WordResources.of(Lexicon.of(["45 kelopab kelopaa"]), (), table, {})
    text, changes = correct_text("satu kelopax", DocumentVocabulary(), resources)
    change = _only(changes)
    assert text == "satu kelopax"
    assert ({change.value, *change.alternatives}, change.grade) == ({"kelopaa", "kelopab"}, "ambiguous")


_WORDS = ("Undangan", "rapat,", "daftar", "informasi", "monitoring", "dan", "KPU", "website", "yang", "monev")
_DAMAGE = st.sampled_from(["rn", "cl", "vv", "ii", "l", "O", "f", "o", " ", "-", "0", "1", "<i>", "a"])


@st.composite
def _damaged(draw: st.DrawFn) -> str:
    words = draw(st.lists(st.sampled_from(_WORDS), max_size=8))
    text = " ".join(words)
    for _ in range(draw(st.integers(0, 4))):
        at = draw(st.integers(0, len(text)))
        text = text[:at] + draw(_DAMAGE) + text[at + draw(st.integers(0, 2)) :]
    return text


@settings(deadline=None, max_examples=300)
@given(text=_damaged() | st.text(max_size=60))
def test_correcting_twice_is_correcting_once(
    vocabulary: DocumentVocabulary, resources: WordResources, text: str
) -> None:
    once, changes = correct_text(text, vocabulary, resources)
    assert correct_text(once, vocabulary, resources)[0] == once
    assert all(text[change.start :].startswith(change.raw) for change in changes)
    assert [change.start for change in changes] == sorted(change.start for change in changes)


@settings(deadline=None, max_examples=150)
@given(text=_damaged())
def test_the_log_of_applied_changes_explains_the_whole_result(
    vocabulary: DocumentVocabulary, resources: WordResources, text: str
) -> None:
    once, changes = correct_text(text, vocabulary, resources)
    rebuilt = text
    for change in reversed([change for change in changes if change.applied]):
        rebuilt = rebuilt[: change.start] + change.value + rebuilt[change.start + len(change.raw) :]
    assert rebuilt == once
