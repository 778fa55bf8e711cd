"""What the second decree still carries of the first."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from schema.comparison import Comparison
from schema.plan import Action, Plan

Compared = Callable[[Plan, Plan], Comparison]
Row = Callable[..., Action]
Make = Callable[..., Plan]
BATANG, PATI = "KOMISI PEMILIHAN UMUM KABUPATEN BATANG", "KOMISI PEMILIHAN UMUM KABUPATEN PATI"


def notes(comparison: Comparison) -> list[tuple[str, str, str]]:
    return [(note.kind, note.mention, note.field) for note in comparison.copies]


def pair(
    make_row: Row, make_plan: Make, a: str, b: str, *, offices: tuple[str, str], years: tuple[str, str]
) -> tuple[Plan, Plan]:
    one, other = (
        make_plan(
            ("Satu", [make_row(text, indicator="Tim kerja", evidence="SK")]), institution=office, year=year
        )
        for text, office, year in zip((a, b), offices, years, strict=True)
    )
    return one, other


def test_a_year_left_over_is_pointed_out(make_row: Row, make_plan: Make, compared: Compared) -> None:
    text = "Menerbitkan SK tim kerja tahun 2024"
    a, b = pair(make_row, make_plan, text, text, offices=(BATANG, BATANG), years=("2024", "2025"))
    assert notes(compared(a, b)) == [("year", "2024", "action")]


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Menerbitkan SK tim kerja tahun 2024", "Menerbitkan SK tim kerja tahun 2025"),
        ("Menerbitkan SK tim kerja tahun 2023", "Menerbitkan SK tim kerja tahun 2022"),
        ("Menyusun laporan kinerja tahun 2024", "Menyusun laporan kinerja tahun 2024"),
    ],
)
def test_a_year_that_fits_or_is_b_s_own_is_not(
    a: str, b: str, make_row: Row, make_plan: Make, compared: Compared
) -> None:
    one, other = pair(make_row, make_plan, a, b, offices=(BATANG, BATANG), years=("2024", "2025"))
    assert notes(compared(one, other)) == []


@pytest.mark.parametrize("named", ["KPU Kabupaten Batang", "KPU Batang", "Kabupaten Batang", "Kab. Batang"])
def test_another_offices_name_left_over_is_pointed_out(
    named: str, make_row: Row, make_plan: Make, compared: Compared
) -> None:
    text = f"Memasang pengumuman di kantor {named} setiap hari"
    a, b = pair(make_row, make_plan, text, text, offices=(BATANG, PATI), years=("2025", "2025"))
    assert notes(compared(a, b)) == [("office", named, "action")]
    same, again = pair(make_row, make_plan, text, text, offices=(BATANG, BATANG), years=("2024", "2025"))
    assert notes(compared(same, again)) == []


def test_a_word_like_the_regions_name_is_no_office(
    make_row: Row, make_plan: Make, compared: Compared
) -> None:
    text = "Menanam batang pohon di halaman"
    a, b = pair(make_row, make_plan, text, text, offices=(BATANG, PATI), years=("2025", "2025"))
    assert notes(compared(a, b)) == []


def test_town_and_regency_of_one_name_are_told_apart(
    make_row: Row, make_plan: Make, compared: Compared
) -> None:
    kind = "KOMISI PEMILIHAN UMUM"
    text = "Memasang pengumuman KPU Semarang dan Kabupaten Semarang"
    offices = (f"{kind} KABUPATEN SEMARANG", f"{kind} KOTA SEMARANG")
    a, b = pair(make_row, make_plan, text, text, offices=offices, years=("2025", "2025"))
    assert notes(compared(a, b)) == [("office", "Kabupaten Semarang", "action")]


def test_an_office_without_a_level_is_found_by_its_whole_name(
    make_row: Row, make_plan: Make, compared: Compared
) -> None:
    text = "Rapat pada Dinas Perhubungan setiap bulan"
    a, b = pair(
        make_row,
        make_plan,
        text,
        text,
        offices=("DINAS PERHUBUNGAN", "DINAS PERTANIAN"),
        years=("2025", "2025"),
    )
    assert notes(compared(a, b)) == [("office", "Dinas Perhubungan", "action")]


def test_rows_that_only_had_year_and_office_adapted_are_counted(
    make_row: Row, make_plan: Make, compared: Compared
) -> None:
    a, b = pair(
        make_row,
        make_plan,
        "Menerbitkan SK tim kerja KPU Batang tahun 2024",
        "Menerbitkan SK tim kerja KPU Pati tahun 2025",
        offices=(BATANG, PATI),
        years=("2024", "2025"),
    )
    found = compared(a, b)
    assert (found.counts.adapted, found.counts.verbatim, found.counts.reworded) == (1, 0, 1)
    assert compared(a, a).counts.verbatim == 1


def test_clauses_of_the_head_are_looked_at_too(plan: Plan, compared: Compared) -> None:
    head = plan.head
    title = head.title.model_copy(update={"text": "RENCANA AKSI TAHUN 2025"})
    a = plan.model_copy(update={"head": head.model_copy(update={"title": title})})
    year = head.year.model_copy(update={"text": "2026"})
    b = plan.model_copy(
        update={"decree_id": "lain", "head": head.model_copy(update={"title": title, "year": year})}
    )
    assert ("year", "2025", "title") in notes(compared(a, b))


def test_two_readings_of_one_decree_hold_no_copies(plan: Plan, compared: Compared) -> None:
    assert compared(plan, plan).copies == ()
