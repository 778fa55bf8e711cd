"""Which row is which: by content, never by number."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lampiran.diff.matching import match, moved
from schema.comparison import Comparison
from schema.plan import Action, Plan, Schedule

Compared = Callable[[Plan, Plan], Comparison]
Row = Callable[..., Action]
Make = Callable[..., Plan]

UNLIKE = (
    "Menata arsip inaktif",
    "Melatih petugas loket",
    "Memasang meteran listrik",
    "Menerjemahkan glosarium",
)


def kinds(comparison: Comparison) -> list[tuple[str, ...]]:
    return [action.kinds for action in comparison.actions]


def test_a_plan_is_the_same_as_itself(plan: Plan, compared: Compared) -> None:
    found = compared(plan, plan)
    assert set(kinds(found)) == {("same",)}
    assert not found.has_changes
    assert found.counts.verbatim == found.counts.same == len(found.actions)


def test_rows_are_found_again_whatever_their_numbers(
    make_row: Row, make_plan: Make, compared: Compared
) -> None:
    rows = [make_row(text) for text in UNLIKE]
    found = compared(
        make_plan(("Satu", rows)), make_plan(("Satu", [make_row("Mengundang ahli gizi"), *rows]))
    )
    assert kinds(found) == [("new",), *[("same",)] * 4]
    assert found.actions[1].a
    assert found.actions[1].b
    assert (found.actions[1].a.action_id, found.actions[1].b.action_id) == ("L1.i.1", "L1.i.2")


def test_rows_that_share_nothing_are_gone_and_new(make_row: Row, make_plan: Make, compared: Compared) -> None:
    found = compared(make_plan(("Satu", [make_row(UNLIKE[0])])), make_plan(("Satu", [make_row(UNLIKE[3])])))
    assert sorted(kinds(found)) == [("gone",), ("new",)]


def test_the_same_question_with_another_answer_is_the_same_row(
    make_row: Row, make_plan: Make, compared: Compared
) -> None:
    asked = "Telah dilakukan penilaian risiko atas pelaksanaan kebijakan"
    one = make_plan(("Satu", [make_row(UNLIKE[0], indicator=asked)]))
    other = make_plan(("Satu", [make_row(UNLIKE[3], indicator=asked)]))
    (row,) = compared(one, other).actions
    assert (row.kinds, set(row.changed)) == (("reworded",), {"action", "evidence"})


def test_a_question_of_several_rows_alone_makes_no_pair(
    make_row: Row, make_plan: Make, compared: Compared
) -> None:
    asked = "Telah dilakukan penilaian risiko atas pelaksanaan kebijakan"
    rows = [make_row(text, indicator=asked) for text in UNLIKE]
    found = compared(make_plan(("Satu", rows[:2])), make_plan(("Satu", rows[2:])))
    assert sorted(kinds(found)) == [("gone",), ("gone",), ("new",), ("new",)]


def test_codes_of_the_official_list_join_what_is_worded_otherwise(
    make_row: Row, make_plan: Make, compared: Compared
) -> None:
    one = make_plan(("Satu", [make_row(UNLIKE[0], lke_code="A.I.1.i.a")]))
    other = make_plan(("Satu", [make_row(UNLIKE[3], lke_code="A.I.1.i.a")]))
    assert kinds(compared(one, other)) == [("reworded",)]
    apart = make_plan(("Satu", [make_row(UNLIKE[3], lke_code="A.I.2.i.a")]))
    assert sorted(kinds(compared(one, apart))) == [("gone",), ("new",)]


def test_codes_tell_rows_of_like_text_apart(make_row: Row, make_plan: Make) -> None:
    texts = ("Menyusun laporan evaluasi triwulan satu", "Menyusun laporan evaluasi triwulan dua")
    one = make_plan(("Satu", [make_row(texts[0], lke_code="x"), make_row(texts[1], lke_code="y")]))
    other = make_plan(("Satu", [make_row(texts[0], lke_code="y"), make_row(texts[1], lke_code="x")]))
    assert match(one, other).rows == {0: 1, 1: 0}


def test_rows_of_equal_text_are_told_apart_by_place_and_time(
    make_row: Row, make_plan: Make, make_months: Callable[..., Schedule], compared: Compared
) -> None:
    same = [make_row("Menyusun laporan", schedule=make_months(n)) for n in (3, 6)]
    a = make_plan(("Satu", [same[0], make_row(UNLIKE[0])]), ("Dua", [same[1], make_row(UNLIKE[1])]))
    b = make_plan(("Dua", [make_row(UNLIKE[1]), same[1]]), ("Satu", [make_row(UNLIKE[0]), same[0]]))
    matched = match(a, b).rows
    assert (matched[0], matched[2]) == (3, 1)
    assert all("component" not in row.changed for row in compared(a, b).actions)


def test_two_fair_likenesses_do_not_outweigh_an_exact_one(make_row: Row, make_plan: Make) -> None:
    texts = (
        "Rapat evaluasi kinerja pegawai bulanan",
        "Rapat evaluasi kinerja kantor",
        "Rapat kinerja pegawai",
    )
    rows = [make_row(text, indicator="Evaluasi", evidence="Notula") for text in texts]
    matched = match(make_plan(("Satu", [rows[0], rows[1]])), make_plan(("Satu", [rows[2], rows[0]])))
    assert matched.rows[0] == 1


def test_a_renamed_component_keeps_its_rows_in_place(
    make_row: Row, make_plan: Make, compared: Compared
) -> None:
    rows = [make_row(text) for text in UNLIKE]
    found = compared(
        make_plan(("Penyusunan Tim", rows[:2]), ("Pola Mutasi", rows[2:])),
        make_plan(("Pembentukan Kelompok", rows[:2]), ("Pola Mutasi", rows[2:])),
    )
    assert set(kinds(found)) == {("same",)}
    assert [part.kinds for part in found.parts] == [("same",), ("reworded",), ("same",)]
    assert found.has_changes


@pytest.mark.parametrize(
    ("one", "other"), [("Rencana Kerja", "Dokumen Persiapan"), ("Tata Laksana", "Penataan Tatalaksana")]
)
def test_parts_are_found_by_official_names_and_by_names_that_hold_each_other(
    one: str, other: str, make_row: Row, make_plan: Make, compared: Compared
) -> None:
    rows = [make_row(text) for text in UNLIKE]
    found = compared(make_plan((one, rows[:2])), make_plan((other, rows[2:])))
    assert [part.kinds for part in found.parts if part.level == "component"] == [("reworded",)]


def test_parts_that_share_neither_name_nor_rows_are_gone_and_new(
    make_row: Row, make_plan: Make, compared: Compared
) -> None:
    rows = [make_row(text) for text in UNLIKE]
    found = compared(make_plan(("Pola Mutasi", rows[:2])), make_plan(("Budaya Prima", rows[2:])))
    assert sorted(part.kinds for part in found.parts if part.level == "component") == [("gone",), ("new",)]


def test_a_split_component_moves_the_rows_that_left(
    make_row: Row, make_plan: Make, compared: Compared
) -> None:
    rows = [make_row(text) for text in UNLIKE]
    found = compared(make_plan(("Satu", rows)), make_plan(("Satu", rows[:3]), ("Dua", rows[3:])))
    assert kinds(found) == [("same",)] * 3 + [("moved",)]
    assert found.actions[3].changed == ("component",)
    assert [part.kinds for part in found.parts] == [("same",), ("same",), ("new",)]


def test_an_empty_plan_can_be_compared(make_row: Row, make_plan: Make, compared: Compared) -> None:
    full = make_plan(("Satu", [make_row(UNLIKE[0])]))
    empty = full.model_copy(update={"areas": ()})
    assert kinds(compared(full, empty)) == [("gone",)]
    assert kinds(compared(empty, full)) == [("new",)]
    assert kinds(compared(empty, empty)) == []


@given(st.permutations(range(8)))
def test_what_stays_is_in_order_and_as_long_as_can_be(ranks: list[int]) -> None:
    stays = [rank for n, rank in enumerate(ranks) if n not in moved(ranks)]
    assert stays == sorted(stays)
    assert len(stays) == longest_rise(ranks)


def longest_rise(ranks: list[int]) -> int:
    """Count by brute force."""
    best = 0
    for bits in range(2 ** len(ranks)):
        chosen = [rank for n, rank in enumerate(ranks) if bits >> n & 1]
        best = max(best, len(chosen) if chosen == sorted(chosen) else 0)
    return best


@pytest.mark.parametrize(
    ("ranks", "expected"), [([0, 1, 2], set()), ([2, 1, 0], {0, 2}), ([1, 2, 3, 0], {3})]
)
def test_as_few_as_possible_moved(ranks: list[int], expected: set[int]) -> None:
    assert moved(ranks) == expected
