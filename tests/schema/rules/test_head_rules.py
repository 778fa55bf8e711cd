"""Rules on the head: offices, years, legal basis."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import Any

import pytest

from schema.plan import Plan
from schema.rules import RuleData, read_rule_data, validate
from schema.rules.legal import cites
from schema.rules.offices import office_of
from schema.rules.years import odd_years

Rows = Callable[..., Plan]
Make = dict[str, Callable[..., Any]]
OWN = "KOMISI PEMILIHAN UMUM KABUPATEN CONTOH"
PERMEN = "Peraturan Menteri Pendayagunaan Aparatur Negara dan Reformasi Birokrasi"


def raws(plan: Plan, reference: RuleData, code: str) -> list[tuple[str | None, str | None]]:
    return [(f.field, f.raw) for f in validate(plan, reference) if f.code == code]


@pytest.mark.parametrize(
    ("decides", "wrong"),
    [
        (f"KEPUTUSAN {OWN} TENTANG RENCANA AKSI TAHUN 2025.", []),
        (f"KEPUTUSAN KETUA {OWN} TENTANG RENCANA AKSI.", []),
        (
            (
                "KEPUTUSAN KOMISI PEMILIHAN UMUM PROVINSI KABUPATEN CONTOH TENTANG RENCANA AKSI DI LINGKUNGAN "
                "KOMISI PEMILIHAN UMUM PROVINSI JAWA UJI TAHUN 2025."
            ),
            [
                "KOMISI PEMILIHAN UMUM PROVINSI KABUPATEN CONTOH",
                "KOMISI PEMILIHAN UMUM PROVINSI JAWA UJI",
            ],
        ),
        ("KEPUTUSAN BUPATI CONTOH TENTANG RENCANA AKSI.", ["BUPATI CONTOH"]),
        (f"KEPUTUSAN {OWN} TENTANG RENCANA AKSI KPU KOTA CONTOH.", ["KPU KOTA CONTOH"]),
    ],
)
def test_menetapkan_names_the_institution_itself(
    make: Make, reference: RuleData, decides: str, wrong: list[str]
) -> None:
    plan = make["plan"](head=make["head"](decides=decides))
    assert raws(plan, reference, "office-mismatch") == [("decides", name) for name in wrong]


def test_an_office_without_a_region_is_compared_as_a_whole(make: Make, reference: RuleData) -> None:
    own = {"institution": "BUPATI CONTOH", "title": "RENCANA AKSI"}
    same = make["head"](**own, decides="KEPUTUSAN BUPATI CONTOH TENTANG RENCANA AKSI.")
    other = make["head"](**own, decides="KEPUTUSAN BUPATI UJI TENTANG RENCANA AKSI.")
    assert raws(make["plan"](head=same), reference, "office-mismatch") == []
    assert raws(make["plan"](head=other), reference, "office-mismatch") == [("decides", "BUPATI UJI")]


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("Rencana aksi di Lingkungan Komisi Pemilihan Umum Provinsi Jawa Uji", True),
        ("Rencana aksi Komisi Pemilihan Umum Kabupaten Uji", True),
        ("Laporan kepada Komisi Pemilihan Umum Provinsi Jawa Uji", False),
        ("Tata kerja Komisi Pemilihan Umum Provinsi, dan Komisi Pemilihan Umum Kabupaten/Kota", False),
    ],
)
def test_a_dictum_names_no_other_office_as_its_own(
    make: Make, reference: RuleData, text: str, wrong: bool
) -> None:
    plan = make["plan"](head=make["head"](dictum=make["clauses"](text)))
    assert bool(raws(plan, reference, "office-mismatch")) is wrong


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("Rapat di KPU Kabupaten Uji", "KPU Kabupaten Uji"),
        ("Rapat di KPU Kab. Uji", "KPU Kab. Uji"),
        ("Rapat di KPU Kabupaten Contoh Setiap Triwulan", None),
        ("Rapat di KPU Kabupaten Contoh Bersama Inspektorat", None),
        ("Koordinasi dengan Inspektorat/KPU Jateng", None),
        ("Koordinasi dengan KPU RI dan KPU Provinsi Jawa Uji", None),
        ("Rapat di KPU Contoh", None),
    ],
)
def test_a_row_names_no_other_office_of_the_same_kind(
    rows: Rows, make: Make, reference: RuleData, text: str, wrong: str | None
) -> None:
    found = raws(rows(make["action"](evidence=text, schedule=make["schedule"](3, 6, 9, 12))), reference,
                 "office-mismatch")  # fmt: skip
    assert found == ([("evidence", wrong)] if wrong else [])


def test_an_office_is_parted_into_kind_level_and_region() -> None:
    office = office_of(OWN)
    assert office is not None
    assert (office.kind, office.levels, office.region) == ("komisi pemilihan umum", ("kabupaten",), "contoh")
    assert office_of("BUPATI CONTOH") is None


@pytest.mark.parametrize(
    ("text", "odd"),
    [
        ("SK Tim Kerja ZI tahun 2022/ Kelompok Kerja", ["2022"]),
        ("renstra 2020-2024", ["2020-2024"]),
        ("renstra 2020 s/d 2024", ["2020 s/d 2024"]),
        ("renstra 2025-2029 dan Grand Design 2010-2025", []),
        ("SKP tahun 2025", []),
        ("Tim Kerja ZI tahun sebelumnya", []),
        ("SK tahun 2024 (tahun sebelumnya)", []),
        ("LAKIP tahun 2024", []),
        ("LAKIP tahun 2023", ["2023"]),
        ("RKA tahun 2026", []),
        ("RKA tahun 2031", ["2031"]),
        ("Peraturan KPU Nomor 8 tahun 2019", []),
        ("UU 14/2008 dan Permen PANRB 90/2021", []),
        ("Keputusan 314/ORT.07-Kpt/01/KPU/V/2021", []),
        ("anggaran 2.022.000 rupiah", []),
    ],
)
def test_years_of_a_row_fit_the_decrees(text: str, odd: list[str]) -> None:
    assert list(odd_years(text, 2025)) == odd


def test_years_are_reported_for_rows_clauses_and_the_date(
    rows: Rows, make: Make, reference: RuleData
) -> None:
    head = make["head"](
        decides=f"KEPUTUSAN {OWN} TENTANG RENCANA AKSI TAHUN 2023.",
        date=datetime.date(2024, 1, 3),
        date_text="3 Januari 2024",
    )
    plan = rows(make["action"](evidence="SK Tim Kerja tahun 2022"), head=head)
    assert raws(plan, reference, "year-mismatch") == [
        ("decides", "2023"),
        ("date", "2024"),
        ("evidence", "2022"),
    ]


def test_without_the_decrees_year_no_year_is_odd(rows: Rows, make: Make, reference: RuleData) -> None:
    head = make["head"](year=make["field"]("", status="missing"))
    assert validate(rows(make["action"](evidence="SK tahun 2022"), head=head), reference) == ()


@pytest.mark.parametrize(
    "citation",
    [
        f"{PERMEN} Nomor 90 Tahun 2021 tentang Zona Integritas;",
        f"{PERMEN} Republik Indonesia Nomor 90 Tahun 2021;",
        "PermenPAN-RB No. 90 Tahun 2021;",
        "Permen PANRB 90/2021;",
    ],
)
def test_an_act_is_known_in_its_spellings(reference: RuleData, citation: str) -> None:
    assert cites(citation, reference.required[0].act)
    assert not cites(citation.replace("90", "9"), reference.required[0].act)
    assert not cites(citation.replace("2021", "2020"), reference.required[0].act)


def test_a_plan_on_zona_integritas_rests_on_its_regulation(make: Make, reference: RuleData) -> None:
    without = make["clauses"]("Peraturan Presiden Nomor 81 Tahun 2010;")
    found = validate(make["plan"](head=make["head"](legal_basis=without)), reference)
    assert [(f.code, f.value) for f in found] == [("legal-basis-missing", f"{PERMEN} Nomor 90 Tahun 2021")]
    other = make["head"](legal_basis=without, title="RENCANA AKSI KINERJA TAHUN 2025")
    assert validate(make["plan"](head=other), reference) == ()
    unread = make["head"](legal_basis=())
    assert validate(make["plan"](head=unread), reference) == ()
    early = make["head"](
        legal_basis=without, year="2020", title="RENCANA AKSI ZONA INTEGRITAS", decides="", date=None
    )
    assert raws(make["plan"](head=early), reference, "legal-basis-missing") == []


@pytest.mark.parametrize(("year", "reported"), [(2025, True), (2019, False)])
def test_a_regulation_out_of_force_is_reported(
    make: Make, reference: RuleData, year: int, reported: bool
) -> None:
    basis = make["clauses"](f"{PERMEN} Nomor 52 Tahun 2014;", f"{PERMEN} Nomor 90 Tahun 2021;")
    head = make["head"](year=str(year), legal_basis=basis)
    expected = [("legal_basis.1", f"{PERMEN} Nomor 52 Tahun 2014")] if reported else []
    assert raws(make["plan"](head=head), reference, "legal-basis-repealed") == expected


def test_every_fact_says_where_it_was_read(reference: RuleData) -> None:
    assert reference.required
    assert reference.repealed
    assert all(entry.source for entry in (*reference.required, *reference.repealed))


def test_facts_that_lack_a_part_are_refused() -> None:
    with pytest.raises(ValueError, match="required"):
        read_rule_data('{"required": [{}], "repealed": []}', '{"abbreviations": {}}')
