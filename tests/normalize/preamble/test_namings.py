"""A head comes from a naming in its place; labels, holders and signatures in the forms that offices print."""

from __future__ import annotations

import datetime
from collections.abc import Callable

import pytest

from extract.types import TextLine
from normalize.preamble import PreambleResult, parse_preamble
from normalize.preamble.text import parse_date
from schema.geometry import BBox
from schema.provenance import Source

Read = Callable[[str], PreambleResult]
Placed = Callable[..., tuple[TextLine, ...]]
CLAUSES = """
Menimbang : bahwa perlu disusun rencana aksi;
Mengingat : 1. Undang-Undang Nomor 1 Tahun 2004 tentang Perbendaharaan Negara;
MEMUTUSKAN:
Menetapkan : KEPUTUSAN TENTANG RENCANA AKSI.
KESATU : Menetapkan rencana aksi.
"""
PROSE = """DOKUMEN RENCANA KERJA
KANTOR CONTOH
TAHUN 2024
A. Latar Belakang
Kantor Contoh membangun zona integritas dengan mengacu pada Peraturan
Menteri Nomor 77 Tahun 2014 tanggal 17 Oktober 2014
tentang Pedoman Umum Pembangunan Kantor yang Baik.
"""


def names_plan(text: str) -> bool:
    return "RENCANA" in text.upper()


def decree(naming: str, closing: str = "") -> str:
    return f"{naming}\n{CLAUSES}\n{closing}"


@pytest.mark.parametrize(
    "text",
    [
        PROSE,
        "KERANGKA ACUAN KERJA\n1. Dasar Hukum\nKeputusan Kepala Badan\nNomor 12 Tahun 2019\ntentang Pedoman;\n",
        "SURAT EDARAN\nNOMOR 5 TAHUN 2024\nTENTANG\nPENYUSUNAN RENCANA AKSI\n",
        (
            "RENCANA AKSI\nKANTOR CONTOH\nDASAR HUKUM\nPERATURAN MENTERI PENDAYAGUNAAN\n"
            "NOMOR 90 TAHUN 2021 TENTANG ZONA INTEGRITAS\n"
        ),
        "Nomor SOP : 12/SOP/2024\nDasar Hukum:\nPeraturan Komisi Informasi\nNomor 1 Tahun 2021\nTentang Standar\n",
    ],
)
def test_a_regulation_that_a_text_cites_is_not_its_name(read: Read, text: str) -> None:
    result = read(text)
    assert (result.head.number.text, result.head.year.text, result.head.institution.text) == ("", "", "")
    assert [f.code for f in result.facts] == ["decree-not-named"]


def test_a_plan_without_a_decree_keeps_the_title_that_it_gives_itself(source: Source) -> None:
    lines = [TextLine(text=t, line=n) for n, t in enumerate(PROSE.split("\n"), 1) if t]
    result = parse_preamble(lines, source=source, digital=False, names_plan=names_plan)
    assert result.head.title.text == "DOKUMEN RENCANA KERJA KANTOR CONTOH TAHUN 2024"
    assert [line.text for line in result.unused][:1] == ["A. Latar Belakang"]


def test_a_decree_behind_a_cover_and_a_preface_is_found(source: Source) -> None:
    naming = "KEPUTUSAN BUPATI CONTOH\nNOMOR 3 TAHUN 2024\nTENTANG\nRENCANA AKSI"
    preface = "KATA PENGANTAR\nMenurut Keputusan Menteri\nNomor 9 Tahun 2001 tentang Pedoman disusun rencana."
    pages = (naming, preface, decree(f"{naming}\nBUPATI CONTOH"))
    lines = [
        TextLine(text=text, page=page, bbox=BBox(x0=60, top=14 * n, x1=300, bottom=14 * n + 10))
        for page, block in enumerate(pages, 1)
        for n, text in enumerate(block.split("\n"))
        if text
    ]
    result = parse_preamble(lines, source=source, digital=True)
    assert (result.head.number.text, result.head.title.text) == ("3", "RENCANA AKSI")
    assert result.head.enacted_by.text == "BUPATI CONTOH"
    assert len([line for line in result.unused if line.page == 2]) == 3


@pytest.mark.parametrize(
    ("holder", "title", "enacted_by"),
    [
        ("MENTERI TATA KOTA, SUNGAI, DAN TAMAN\nREPUBLIK INDONESIA", "RENCANA AKSI", None),
        ("MENTERI TATA KOTA, SUNGAI, DAN TAMAN\nREPUBLIK INDONESIA,", "RENCANA AKSI", None),
        ("DENGAN RAHMAT TUHAN YANG MAHA ESA\nMENTERI TATA KOTA, SUNGAI, DAN TAMAN", "RENCANA AKSI", ""),
    ],
)
def test_the_holder_below_a_title_needs_no_comma(
    read: Read, holder: str, title: str, enacted_by: str | None
) -> None:
    office = "MENTERI TATA KOTA, SUNGAI, DAN TAMAN REPUBLIK INDONESIA"
    head = read(decree(f"KEPUTUSAN {office}\nNOMOR 12/M/2024\nTENTANG\nRENCANA AKSI\n{holder}")).head
    assert head.title.text == title
    assert head.enacted_by.text == (
        office if enacted_by is None else office.removesuffix(" REPUBLIK INDONESIA")
    )


def test_a_title_that_ends_with_the_office_is_not_cut(read: Read) -> None:
    naming = "KEPUTUSAN KOMISI PEMILIHAN UMUM KOTA UJI\nNOMOR 4 TAHUN 2025\nTENTANG\nRENCANA AKSI\nKOMISI PEMILIHAN UMUM KOTA UJI"
    closing = (
        "Ditetapkan di Uji\npada tanggal 6 Februari 2025\nKETUA KOMISI PEMILIHAN UMUM KOTA UJI,\n\nttd.\n"
    )
    head = read(decree(f"{naming}\nKETUA KOMISI PEMILIHAN UMUM KOTA UJI", closing)).head
    assert head.title.text == "RENCANA AKSI KOMISI PEMILIHAN UMUM KOTA UJI"
    assert head.enacted_by.text == "KETUA KOMISI PEMILIHAN UMUM KOTA UJI"


def test_an_act_cited_in_the_title_gives_no_number(read: Read) -> None:
    naming = (
        "PERATURAN WALI KOTA UJI\nNOMOR 9 TAHUN 2024\nTENTANG\nPERUBAHAN ATAS\nPERATURAN WALI KOTA UJI\n"
        "NOMOR 5 TAHUN 2023\nTENTANG\nRENCANA AKSI\nWALI KOTA UJI,"
    )
    head = read(decree(naming)).head
    assert (head.number.text, head.year.text) == ("9", "2024")
    assert head.title.text == (
        "PERUBAHAN ATAS PERATURAN WALI KOTA UJI NOMOR 5 TAHUN 2023 TENTANG RENCANA AKSI"
    )


@pytest.mark.parametrize(
    ("printed", "number", "year"),
    [
        ("NOMOR\t: 188.45/12/KEP/2024", "188.45/12/KEP/2024", "2024"),
        ("No. : HK.01.07/MENKES/77/2023", "HK.01.07/MENKES/77/2023", "2023"),
        ("Nomor : Kep / 12 / I / 2024", "Kep / 12 / I / 2024", "2024"),
        ("NOMOR 2024/07/KEP", "2024/07/KEP", "2024"),
        ("NOMOR 5 TAHUN 24", "5", "2024"),
        ("NOMOR : .../KEP/2024", "", "2024"),
        ("NOMOR 5 TAHUN 2024 TANGGAL 4 JANUARI 2024", "5", "2024"),
    ],
)
def test_numbers_of_many_offices(read: Read, printed: str, number: str, year: str) -> None:
    head = read(decree(f"K E P U T U S A N\nKEPALA DINAS UJI\n{printed}\nTENTANG\nRENCANA AKSI")).head
    assert (head.number.text, head.year.text) == (number, year)
    assert head.institution.text == "DINAS UJI"


def test_a_number_without_a_year_is_of_the_year_of_its_date(read: Read) -> None:
    closing = "Ditetapkan di Uji\npada tanggal 4 Jan 24\nINSPEKTUR UJI\n(nama pejabat)\nNIP. 1\n"
    head = read(decree("KEPUTUSAN INSPEKTUR UJI\nNOMOR : 700/112.3\nTENTANG\nRENCANA AKSI", closing)).head
    assert (head.number.text, head.year.text, head.year.status) == ("700/112.3", "2024", "inferred")


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("4 Januari 2024", datetime.date(2024, 1, 4)),
        ("04-01-24", datetime.date(2024, 1, 4)),
        ("4/1/2024", datetime.date(2024, 1, 4)),
        ("4 Nop. 98", datetime.date(1998, 11, 4)),
        ("17 Agustus '24", datetime.date(2024, 8, 17)),
        ("31 Februari 2024", None),
        ("12-13-24", None),
        ("tanggal ditetapkan", None),
    ],
)
def test_dates(text: str, day: datetime.date | None) -> None:
    assert parse_date(text) == day


def test_labels_and_values_behind_tabs_are_one(placed: Placed, source: Source) -> None:
    lines = placed(
        ("KEPUTUSAN BUPATI CONTOH", 200, 10),
        ("NOMOR", 60, 24),
        (": 1 TAHUN 2024", 150, 24),
        ("TENTANG", 200, 38),
        ("RENCANA AKSI", 200, 52),
        ("BUPATI CONTOH", 200, 66),
        ("Menimbang : bahwa perlu;", 60, 80),
        ("Ditetapkan di", 320, 120),
        (": Contoh", 420, 120),
        ("Pada tanggal", 320, 134),
        ("4 Januari 2024", 420, 134),
        ("BUPATI CONTOH", 320, 148),
        ("(nama pejabat)", 320, 200),
        ("Tembusan:", 60, 230),
        ("1. Inspektur;", 60, 244),
    )
    result = parse_preamble(lines, source=source, digital=True)
    head = result.head
    assert (head.number.text, head.place.text, head.date) == ("1", "Contoh", datetime.date(2024, 1, 4))
    assert head.signatory is not None
    assert (head.signatory.office.text, head.signatory.name.text) == ("BUPATI CONTOH", "(nama pejabat)")
    assert result.unused == ()


@pytest.mark.parametrize(
    ("block", "office"),
    [
        (
            "MENTERI TATA KOTA,\nSUNGAI, DAN TAMAN,\nttd.\n(nama pejabat)",
            "MENTERI TATA KOTA, SUNGAI, DAN TAMAN",
        ),
        ("MENTERI TATA KOTA,\nSUNGAI, DAN TAMAN\n(nama pejabat)", "MENTERI TATA KOTA, SUNGAI, DAN TAMAN"),
        ("a.n. MENTERI\nSEKRETARIS JENDERAL,\n\n(nama pejabat)", "a.n. MENTERI SEKRETARIS JENDERAL"),
        ("MENTERI,\nDitandatangani secara elektronik\n(nama pejabat)", "MENTERI"),
        (
            "Ditandatangani secara elektronik oleh:\nMENTERI TATA KOTA,\nSUNGAI, DAN TAMAN\n(nama pejabat)\nPembina\nNIP 1",
            "MENTERI TATA KOTA, SUNGAI, DAN TAMAN",
        ),
        ("MENTERI,\n${ttd}\n(nama pejabat)", "MENTERI"),
        ("MENTERI\n(nama pejabat)\nNIP. 19700101", "MENTERI"),
    ],
)
def test_the_signatory_stands_below_all_lines_of_the_office(read: Read, block: str, office: str) -> None:
    naming = "KEPUTUSAN MENTERI TATA KOTA, SUNGAI, DAN TAMAN\nNOMOR 1 TAHUN 2024\nTENTANG\nRENCANA AKSI"
    closing = f"Ditetapkan di Uji, 4 Maret 2024\n{block}\n"
    head = read(decree(naming, closing)).head
    assert head.signatory is not None
    assert (head.signatory.office.text, head.signatory.name.text) == (office, "(nama pejabat)")
    assert (head.place.text, head.date) == ("Uji", datetime.date(2024, 3, 4))


def test_an_office_without_a_name_below_has_no_signatory(read: Read) -> None:
    naming = "KEPUTUSAN MENTERI TATA KOTA, SUNGAI, DAN TAMAN\nNOMOR 1 TAHUN 2024\nTENTANG\nRENCANA AKSI"
    closing = "Ditetapkan di Uji\npada tanggal 4 Maret 2024\nMENTERI TATA KOTA,\nSUNGAI, DAN TAMAN,\n"
    head = read(decree(naming, closing)).head
    assert head.signatory is not None
    assert head.signatory.name.text == ""


@pytest.mark.parametrize(
    "top",
    [
        "LAMPIRAN I : KEPUTUSAN SEKRETARIS DAERAH UJI\nNOMOR : 45 TAHUN 2024\nTANGGAL : 12 FEBRUARI 2024\nTENTANG : RENCANA AKSI",
        "Lampiran\nKeputusan Sekretaris Daerah Uji\nNomor : 45 TAHUN 2024\nTanggal : 12 Februari 2024\nTentang : RENCANA AKSI\nbaris lain",
        "LAMPIRAN KEPUTUSAN SEKRETARIS DAERAH UJI\nTENTANG RENCANA AKSI\nNOMOR 45 TAHUN 2024\nTANGGAL 12-02-24",
    ],
)
def test_an_annex_alone_names_its_decree(read: Read, top: str) -> None:
    result = read(f"{top}\n\nSEKRETARIS DAERAH UJI,\nttd\n(nama pejabat)\n")
    head = result.head
    assert (head.number.text, head.year.text, head.title.text) == ("45", "2024", "RENCANA AKSI")
    assert head.institution.text.upper() == "SEKRETARIS DAERAH UJI"
    assert head.date == datetime.date(2024, 2, 12)
    assert head.signatory is not None
    assert head.signatory.name.text == "(nama pejabat)"
    assert not result.facts


def test_a_sentence_about_an_annex_opens_none(read: Read) -> None:
    body = "Kegiatan dirinci dalam\nLampiran Keputusan Bupati\nNomor 7 Tahun 2020 yang berlaku.\n"
    result = read(body)
    assert result.head.number.text == ""
    assert result.annex_head is None


def test_a_body_whose_naming_was_not_read_is_told_once(read: Read) -> None:
    found = [(f.code, f.field) for f in read(CLAUSES).facts]
    assert found == [("head-field-missing", "naming"), ("head-field-missing", "date")]
