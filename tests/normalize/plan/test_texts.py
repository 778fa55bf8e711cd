"""Residue goes, hand-broken lines stay, misread words are mended once, and print is never corrected."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from extract.types import Extraction
from normalize.plan.texts import without_markup
from schema.plan import Action, Plan

Read = Callable[[str], Plan]
Build = Callable[[Extraction], Plan]
quiet = settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
WORDS = (
    "Melaksanakan rapat rnonitoring terkaif Intormasi publik evaluasiit <i>role model</i> **survei** lntegritas "
    "2O2O laporan - kegiatan,  TIM ongotanya kerja/kelompok 1) satu resiko survey &amp; A* b_c"
).split(" ")


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("<i>role model</i>", "role model"),
        ("**TIM** kerja", "TIM kerja"),
        ("*survei* dan __rapat__", "survei dan rapat"),
        ('<span class="a">ZI</span><br/>WBK', "ZIWBK"),
        ("Tata &amp; usaha", "Tata & usaha"),
        ("rapat *-* foto", "rapat - foto"),
        ("a < b dan c > d", "a < b dan c > d"),
        ("3 * 4", "3 * 4"),
        ("nama_berkas.pdf", "nama_berkas.pdf"),
    ],
)
def test_residue_of_markup_goes_and_signs_stay(text: str, clean: str) -> None:
    assert without_markup(text) == clean


@given(st.text("ab <>/*_&;i ", max_size=30))
def test_text_without_residue_is_left_alone(text: str) -> None:
    once = without_markup(text)
    assert len(once) <= len(text)
    if not set(text) & set("<*_&"):
        assert once == text


def action_of(plan: Plan) -> Action:
    return next(plan.placed()).action


def test_what_was_tidied_is_reported_and_the_print_is_kept(plan_of: Read, write: Any) -> None:
    printed = "Pimpinan  sebagai <i>role model</i>"
    plan = plan_of(write.page(write.first(3, 6, 9, 12, action=printed)))
    told = {f.code: f for f in plan.findings if f.field == "action"}
    assert {"markup-removed", "text-tidied"} <= set(told)
    assert (told["markup-removed"].raw, action_of(plan).action.printed) == (printed, printed)
    assert action_of(plan).action.text == "Pimpinan sebagai role model"


def test_a_misread_word_is_mended_with_a_finding(plan_of: Read, write: Any) -> None:
    plan = plan_of(write.page(write.first(3, 6, 9, 12, action="Melaksanakan rnonitoring kegiatan")))
    mended = [f for f in plan.findings if f.code == "word-corrected"]
    assert [(f.raw, f.value, f.field, f.action_id) for f in mended] == [
        ("rnonitoring", "monitoring", "action", "L1.i.1")
    ]
    assert (action_of(plan).action.text, action_of(plan).action.status) == (
        "Melaksanakan monitoring kegiatan",
        "corrected",
    )


@given(words=st.lists(st.sampled_from(WORDS), min_size=2, max_size=8))
@quiet
def test_tidying_and_correcting_twice_changes_nothing_more(
    words: list[str], plan_of: Read, write: Any
) -> None:
    text = "Rapat " + " ".join(words)
    once = action_of(plan_of(write.page(write.first(3, 6, 9, 12, action=text)))).action.text
    again = plan_of(write.page(write.first(3, 6, 9, 12, action=once.replace("\n", " "))))
    assert action_of(again).action.text == once.replace("\n", " ")
    assert not [f for f in again.findings if f.code in ("word-corrected", "markup-removed", "text-tidied")]


@given(words=st.lists(st.sampled_from(WORDS), min_size=1, max_size=8))
@quiet
def test_the_text_of_a_digital_page_keeps_every_letter(words: list[str], plan_from: Build, draw: Any) -> None:
    text = " ".join(word for word in words if word)
    head = ("INDIKATOR", "LANGKAH AKSI", "BUKTI", "PENANGGUNG JAWAB")
    plan = plan_from(draw.grid(head, (("1. MANAJEMEN PERUBAHAN", {"column_span": 4}), None, None, None), ("Tim", f"Rapat {text}", "Surat", "TIM")))  # fmt: skip
    assert action_of(plan).action.text == f"Rapat {text}".strip()
    assert not {f.code for f in plan.findings} & {"word-corrected", "markup-removed"}


def test_lines_of_a_list_stay_lines(plan_from: Build, draw: Any) -> None:
    head = ("INDIKATOR", "LANGKAH AKSI", "BUKTI", "PENANGGUNG JAWAB")
    row = ("Tim", "1) Rapat tim\nkerja\n2) Laporan", "- Surat\n- Daftar\nhadir", "TIM\nKERJA")
    title = (("1. MANAJEMEN PERUBAHAN", {"column_span": 4}), None, None, None)
    action = action_of(plan_from(draw.grid(head, title, row)))
    assert action.action.text == "1) Rapat tim kerja\n2) Laporan"
    assert action.evidence.text == "- Surat\n- Daftar hadir"
    assert action.responsible.text == "TIM KERJA"
    assert action.action.printed == row[1]
