"""Heads of other offices and other forms, and what happens where parts are missing."""

from __future__ import annotations

import datetime
from collections.abc import Callable

import pytest

from extract.types import TextLine
from normalize.preamble import PreambleResult, parse_preamble
from schema.geometry import BBox
from schema.provenance import Source

Read = Callable[[str], PreambleResult]


def codes(result: PreambleResult) -> list[tuple[str, str | None]]:
    return [(finding.code, finding.field) for finding in result.facts]


def test_an_office_with_a_head_of_its_own_is_read(read: Read, body: str, annex: str) -> None:
    result = read(body + "\n" + annex)
    head = result.head
    assert head.institution.text == "DINAS PERHUBUNGAN KABUPATEN CONTOH"
    assert (head.number.text, head.year.text) == ("12", "2024")
    assert head.title.text == "RENCANA AKSI PEMBANGUNAN ZONA INTEGRITAS TAHUN 2024"
    assert head.enacted_by.text == "KEPALA DINAS PERHUBUNGAN KABUPATEN CONTOH"
    assert [c.label for c in head.considerations] == ["a", "b"]
    assert head.legal_basis[0].field.text == "Undang-Undang Nomor 25 Tahun 2009 tentang Pelayanan Publik;"
    assert [c.label for c in head.dictum] == ["PERTAMA", "KEDUA"]
    assert head.date == datetime.date(2024, 2, 5)
    assert head.date_text.text == "5 Pebruari 2024"
    assert head.signatory is not None
    assert head.signatory.name.text == "(nama pejabat)"
    assert head.signature_kind == "unknown"


def test_lines_that_belong_to_the_table_are_handed_back_and_the_rest_is_used(
    read: Read, body: str, annex: str
) -> None:
    result = read(body + "\n" + annex)
    assert [line.text for line in result.unused] == ["TIM PENGAWASAN"]
    assert result.annex_head is not None
    assert result.annex_head.heading.text == "RENCANA AKSI PEMBANGUNAN ZONA INTEGRITAS TAHUN 2024"
    assert "head-disagrees" not in dict(codes(result))


@pytest.mark.parametrize(
    ("printed", "number", "year"),
    [
        ("NOMOR 8.1 TAHUN 2025", "8.1", "2025"),
        ("NOMOR : 3/PW.01-Kpt/9999/2024", "3/PW.01-Kpt/9999/2024", "2024"),
        ("Nomor: 12 TAHUN 2024", "12", "2024"),
        ("NOMOR 7\nTAHUN 2023", "7", "2023"),
        ("NOMOR    TAHUN 2025", "", "2025"),
    ],
)
def test_the_number_is_a_string_and_the_year_may_stand_in_it(
    read: Read, printed: str, number: str, year: str
) -> None:
    head = read(f"KEPUTUSAN BUPATI CONTOH\n{printed}\nTENTANG\nRENCANA AKSI\n\nBUPATI CONTOH,\n").head
    assert (head.number.text, head.year.text) == (number, year)
    assert head.institution.text == "BUPATI CONTOH"
    assert head.number.status == ("read" if number else "missing")


def test_a_text_that_names_no_decree_says_so_once(read: Read) -> None:
    result = read("TIM PENGAWASAN\n")
    assert result.head.number.status == "missing"
    assert codes(result) == [("decree-not-named", None)]
    assert [line.text for line in result.unused] == ["TIM PENGAWASAN"]


def test_an_impossible_date_is_kept_as_text_and_reported(read: Read, body: str) -> None:
    result = read(body.replace("5 Pebruari 2024", "31 Februari 2024"))
    assert result.head.date is None
    assert result.head.date_text.text == "31 Februari 2024"
    assert [f.raw for f in result.facts if f.field == "date"] == ["31 Februari 2024"]


def test_an_annex_that_names_another_number_is_reported(read: Read, body: str, annex: str) -> None:
    result = read(body + "\n" + annex.replace("NOMOR 12 TAHUN 2024", "NOMOR 21 TAHUN 2023"))
    found = [(f.field, f.raw, f.value) for f in result.facts if f.code == "head-disagrees"]
    assert found == [("number", "21", "12"), ("year", "2023", "2024")]


def test_residue_is_taken_off_and_noted(read: Read, body: str) -> None:
    result = read(body.replace("1. Undang", "1. <i>Undang</i>").replace("b. bahwa", "- b. bahwa  itu"))
    assert result.head.considerations[1].field.text.startswith("bahwa itu rencana")
    assert "<i>" in result.head.legal_basis[0].field.printed
    assert "<i>" not in result.head.legal_basis[0].field.text
    assert ("markup-removed", "legal_basis.1") in codes(result)
    assert ("text-tidied", "considerations.b") in codes(result)


def test_a_paragraph_cut_in_mid_sentence_is_joined(read: Read, body: str) -> None:
    result = read(body.replace("tentang Pelayanan\nPublik", "tentang Pelayanan\n\n- Publik"))
    field = result.head.legal_basis[0].field
    assert field.text == "Undang-Undang Nomor 25 Tahun 2009 tentang Pelayanan Publik;"
    assert field.status == "joined"
    assert ("paragraph-joined", "legal_basis.1") in codes(result)


def test_a_paragraph_after_a_closed_clause_is_handed_back(read: Read, body: str) -> None:
    result = read(body.replace("\nMEMUTUSKAN", "\nCatatan di pinggir halaman\n\nMEMUTUSKAN"))
    assert [line.text for line in result.unused] == ["Catatan di pinggir halaman"]


def test_a_digital_page_is_never_tidied(body: str, source: Source) -> None:
    lines = [
        TextLine(text=text, page=1, bbox=BBox(x0=50, top=14 * i, x1=300, bottom=14 * i + 10))
        for i, text in enumerate(body.replace("1. Undang", "1. *Undang*").split("\n"))
        if text.strip()
    ]
    result = parse_preamble(lines, source=source, digital=True)
    assert result.head.legal_basis[0].field.text.startswith("*Undang*-Undang")
    assert not result.facts
    assert result.head.number.refs[0].page == 1
    assert result.head.number.refs[0].bbox is not None


def test_only_signatures_in_the_file_make_it_electronic(read: Read, body: str, source: Source) -> None:
    lines = [TextLine(text=t, line=i) for i, t in enumerate(body.split("\n")) if t.strip()]
    signed = source.model_copy(update={"signature_count": 1})
    assert parse_preamble(lines, source=signed, digital=False).head.signature_kind == "electronic"
    assert read("SALINAN\n" + body).head.signature_kind == "copy"


def test_nothing_at_all_gives_an_empty_head(source: Source) -> None:
    result = parse_preamble((), source=source, digital=True)
    assert result.unused == ()
    assert result.annex_head is None
