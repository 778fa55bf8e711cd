"""Rules on the rows: what is missing, what words say against marks, numerals, brackets."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from schema.catalogue import make_finding
from schema.findings import Finding
from schema.numerals import from_roman
from schema.plan import Plan
from schema.rules import RULES, RuleData, validate

Rows = Callable[..., Plan]
Make = dict[str, Callable[..., Any]]


def found(plan: Plan, reference: RuleData) -> list[tuple[str, str | None, str | None]]:
    return [(f.code, f.action_id, f.raw) for f in validate(plan, reference)]


def test_a_sound_plan_has_no_finding(make: Make, reference: RuleData) -> None:
    assert validate(make["plan"](), reference) == ()


def test_each_rule_stands_in_the_list_once() -> None:
    names = [rule.__name__ for rule in RULES]
    assert len(names) == len(set(names))


def test_findings_are_the_decrees_own_and_say_where(rows: Rows, make: Make, reference: RuleData) -> None:
    plan = rows(make["action"](evidence="Laporan (draf"))
    finding: Finding = validate(plan, reference)[0]
    assert (finding.origin, finding.severity, finding.field) == ("decree", "notice", "evidence")
    assert finding.ref is not None
    assert finding.ref.line == 11


@pytest.mark.parametrize("name", ["responsible", "evidence", "action"])
def test_an_empty_cell_is_reported_where_other_rows_have_one(
    rows: Rows, make: Make, reference: RuleData, name: str
) -> None:
    empty = make["field"]("", status="missing", refs=())
    plan = rows(make["action"](1), make["action"](2, **{name: empty}))
    assert found(plan, reference) == [(f"missing-{name}", "L1.i.2", None)]
    doubted = make["field"]("", status="uncertain")
    assert found(rows(make["action"](1), make["action"](2, **{name: doubted})), reference) == []
    assert found(rows(make["action"](1, **{name: empty})), reference) == []


def test_an_empty_cell_that_waits_for_a_person_is_not_reported_twice(
    rows: Rows, make: Make, reference: RuleData
) -> None:
    review = make_finding(
        "responsible-cell-missing",
        rule="teams",
        action_id="L1.i.2",
        field="responsible",
        alternatives=("TIM A",),
        area="1",
        value="L1.i.2",
    )
    empty = make["field"]("")
    plan = rows(make["action"](1), make["action"](2, responsible=empty), findings=(review,))
    assert found(plan, reference) == []


@pytest.mark.parametrize(
    ("state", "expected"),
    [("none", [("missing-schedule", "L1.i.1", None)]), ("unknown", []), ("partial", [])],
)
def test_only_a_schedule_seen_empty_is_missing(
    rows: Rows, make: Make, reference: RuleData, state: str, expected: list[object]
) -> None:
    assert found(rows(make["action"](schedule=make["schedule"](state=state))), reference) == expected


def test_more_marks_than_periods_are_reported(rows: Rows, make: Make, reference: RuleData) -> None:
    doubled = make["schedule"](1, 1, 2)
    assert found(rows(make["action"](schedule=doubled)), reference) == [("too-many-marks", "L1.i.1", "3")]
    full = make["schedule"](*range(1, 13))
    assert found(rows(make["action"](schedule=full)), reference) == []


@pytest.mark.parametrize(
    ("text", "months", "word"),
    [
        ("Rapat evaluasi setiap triwulan", (3,), "setiap triwulan"),
        ("Rapat evaluasi setiap triwulan", (3, 6, 9, 12), None),
        ("Rapat per semester / per triwulan", (6, 12), None),
        ("Rapat per semester / per triwulan", (3, 6, 9, 12), None),
        ("Rapat per semester / per triwulan", (3, 6, 9), "per triwulan"),
        ("Laporan per Semester", (1,), "per Semester"),
        ("Laporan semester I", (6,), None),
        ("Laporan triwulan ke-2", (6,), None),
        ("Data kepegawaian per bulan", (1, 2), "per bulan"),
        ("Data kepegawaian per bulan", tuple(range(1, 13)), None),
        ("Laporan bulanan", (1,), "bulanan"),
        ("Laporan tiga bulanan", (1,), None),
        ("Laporan triwulanan", (1,), "triwulanan"),
        ("Laporan tahunan", (12,), None),
    ],
)
def test_words_for_a_frequency_agree_with_the_marks(
    rows: Rows, make: Make, reference: RuleData, text: str, months: tuple[int, ...], word: str | None
) -> None:
    plan = rows(make["action"](action=text, schedule=make["schedule"](*months)))
    assert found(plan, reference) == ([("words-against-marks", "L1.i.1", word)] if word else [])


def test_quarters_and_semesters_count_as_themselves(rows: Rows, make: Make, reference: RuleData) -> None:
    quarters = make["schedule"](1, 2, 3, 4, kind="quarter")
    assert found(rows(make["action"](action="Rapat per triwulan", schedule=quarters)), reference) == []
    halves = make["schedule"](1, 2, kind="semester")
    assert found(rows(make["action"](action="Rapat per semester", schedule=halves)), reference) == []


def test_a_year_as_a_whole_says_nothing_of_how_often(rows: Rows, make: Make, reference: RuleData) -> None:
    year = make["schedule"](1, kind="year")
    assert found(rows(make["action"](action="Rapat per triwulan", schedule=year)), reference) == []


@pytest.mark.parametrize("state", ["unknown", "partial"])
def test_words_say_nothing_against_an_unknown_schedule(
    rows: Rows, make: Make, reference: RuleData, state: str
) -> None:
    unknown = make["schedule"](1, state=state)
    assert found(rows(make["action"](action="Rapat per triwulan", schedule=unknown)), reference) == []


@pytest.mark.parametrize(
    ("text", "reported"),
    [
        ("Timeline (per tahun", True),
        ("Laporan) akhir", True),
        ("1) Notula 2) Daftar hadir", False),
        ("a) Notula (dua) b) Undangan", False),
        ("Laporan (akhir [draf])", False),
        ("Laporan (akhir]", True),
    ],
)
def test_brackets_come_in_pairs(
    rows: Rows, make: Make, reference: RuleData, text: str, reported: bool
) -> None:
    codes = [code for code, _, _ in found(rows(make["action"](evidence=text)), reference)]
    assert codes == (["bracket-unbalanced"] if reported else [])


@pytest.mark.parametrize(
    ("numerals", "gap"),
    [
        (("i", "ii", "iv"), ("ii", "iv")),
        (("i", "ii", "iii"), None),
        (("1", "2", "5"), ("2", "5")),
        (("a", "b", "d"), ("b", "d")),
        (("i", "ii", "ii"), None),
        (("h", "i", "j"), ("MANAJEMEN PERUBAHAN", "h")),
        (("I", "III"), ("I", "III")),
        (("i", "x?"), None),
    ],
)
def test_numerals_of_components_follow_each_other(
    make: Make, reference: RuleData, numerals: tuple[str, ...], gap: tuple[str, str] | None
) -> None:
    plan = make["plan"](make["area"](1, *(make["component"](n) for n in numerals)))
    gaps = [(f.raw, f.value) for f in validate(plan, reference) if f.code == "numbering-gap"]
    assert gaps == ([gap] if gap else [])


def test_an_inferred_numeral_explains_its_gap(make: Make, reference: RuleData) -> None:
    inferred = make["component"]("iii", status="inferred")
    plan = make["plan"](make["area"](1, make["component"]("i"), inferred))
    assert found(plan, reference) == []


def test_areas_follow_each_other(make: Make, reference: RuleData) -> None:
    plan = make["plan"](make["area"](1), make["area"](3))
    assert found(plan, reference) == [("numbering-gap", None, "1")]
    assert found(make["plan"](make["area"](2), make["area"](3)), reference) == []


@pytest.mark.parametrize(
    ("numeral", "value"),
    [("i", 1), ("iv", 4), ("IX", 9), ("xiv", 14), ("xl", 40), ("iiii", None), ("", None)],
)
def test_roman_numerals_are_read_if_well_formed(numeral: str, value: int | None) -> None:
    assert from_roman(numeral) == value
