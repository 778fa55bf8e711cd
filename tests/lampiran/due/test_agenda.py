"""What is due: by month, team, area and year; nothing that is not known is lost."""

from __future__ import annotations

import jsonschema
import pytest

import lampiran
from lampiran.due.agenda import due_list
from lampiran.due.months import months_named
from lampiran.due.teams import names_team
from schema.decree import DecreeHead, Field
from schema.due import DUE_VERSION, DueAction, DueList
from schema.errors import UsageError
from schema.jsonschema import published
from schema.periods import month_names
from schema.plan import Action, Area, Component, Period, Plan, Schedule
from schema.provenance import PageEntry, Source


def text(value: str) -> Field:
    return Field(printed=value, text=value)


MARCH = Schedule(state="marked", periods=(Period(period_type="month", period=3, state="planned"),))
UNKNOWN = Schedule(state="unknown")


def action(action_id: str, schedule: Schedule, team: Field) -> Action:
    return Action(
        action_id=action_id,
        position=1,
        indicator=text("Indikator"),
        action=text("Menyusun laporan"),
        evidence=text("Laporan"),
        responsible=team,
        schedule=schedule,
    )


def plan_with(*actions: Action, year: str = "2025", decree_id: str = "a") -> Plan:
    component = Component(number=text("i"), name=text("Komponen"), actions=actions)
    return Plan(
        decree_id=decree_id,
        source=Source(name=f"{decree_id}.txt", sha256="0" * 64, media_type="text/plain", size=1),
        head=DecreeHead(year=text(year) if year else Field(status="missing")),
        areas=(Area(number=3, label=text("3."), name=text("SDM"), components=(component,)),),
    )


ONE = plan_with(
    action("L3.i.1", MARCH, text("TIM SISTEM MANAJEMEN SDM")),
    action("L3.i.2", UNKNOWN, text("TIM PENGAWASAN")),
    action("L3.i.3", MARCH, Field(status="missing")),
    action("L3.i.4", MARCH, Field(printed="TIM P?NG", text="TIM P?NG", status="uncertain")),
)


def ids(rows: tuple[DueAction, ...]) -> list[str]:
    return [row.action_id for row in rows]


def test_what_is_planned_is_due_and_what_is_unknown_stands_apart() -> None:
    found = lampiran.due(ONE, month=3)
    assert ids(found.due) == ["L3.i.1", "L3.i.3", "L3.i.4"]
    assert [(row.action_id, row.waits_for) for row in found.perhaps] == [("L3.i.2", ("schedule",))]
    assert found.due[0].documents == ("Laporan",)


def test_a_row_whose_team_is_not_known_is_not_lost_to_a_team() -> None:
    found = lampiran.due(ONE, month="March", team="sdm")
    assert ids(found.due) == ["L3.i.1"]
    assert {row.action_id: row.waits_for for row in found.perhaps} == {
        "L3.i.3": ("responsible",),
        "L3.i.4": ("responsible",),
    }
    assert ids(lampiran.due(ONE, month=4, team="pengawasan").perhaps) == ["L3.i.2"]


@pytest.mark.parametrize(
    ("asked", "team", "meant"),
    [
        ("sdm", "TIM SISTEM MANAJEMEN SDM", True),
        ("Tim  sistem\nmanajemen SDM", "TIM SISTEM MANAJEMEN SDM", True),
        ("manajemensdm", "TIM SISTEM MANAJEMEN SDM", True),
        ("tim sdm", "TIM SISTEM MANAJEMEN SDM", True),
        ("kualitas pelayanan", "TIM PENGUATAN KUALITAS PELAYANAN PUBLIK", True),
        ("SUB BAGIAN", "Sub-Bagian Keuangan", True),
        ("keuangan", "TIM PENGAWASAN", False),
        ("awasan sdm", "TIM PENGAWASAN", False),
        ("  - ", "TIM PENGAWASAN", False),
    ],
)
def test_a_team_is_known_by_a_part_of_its_name(asked: str, team: str, *, meant: bool) -> None:
    assert names_team(asked, team) is meant


def test_a_team_or_area_that_there_is_not_is_told_with_those_there_are() -> None:
    with pytest.raises(UsageError, match=r'"keuangan".*TIM SISTEM MANAJEMEN SDM; TIM PENGAWASAN'):
        lampiran.due(ONE, month=3, team="keuangan")
    with pytest.raises(UsageError, match=r"no area 5.*3 SDM"):
        lampiran.due(ONE, month=3, area=5)


@pytest.mark.parametrize("word", ["3", "03", "maret", "MARET", "Mar", "march", " Mrt. "])
def test_months_have_numbers_and_names_in_two_languages(word: str) -> None:
    assert months_named(word) == (3,)


def test_every_name_of_a_month_is_known() -> None:
    for number, names in month_names("id", "en", "also_written").items():
        assert {months_named(name) for name in names} == {(number,)}
    assert months_named("semua") == months_named("ALL") == tuple(range(1, 13))


@pytest.mark.parametrize("word", ["q2", "Q 2", "triwulan II", "TW 2", "tw ii"])
def test_a_quarter_is_its_months(word: str) -> None:
    assert months_named(word) == (4, 5, 6)


@pytest.mark.parametrize("word", ["ii", "q5", "q", "triwulan", "0", "13", "", "bulan", "-1", "3.5"])
def test_what_is_no_month_is_refused(word: str) -> None:
    with pytest.raises(UsageError, match="no month"):
        months_named(word)


def test_a_plan_of_another_year_is_not_counted_and_is_named() -> None:
    older = plan_with(action("L3.i.1", MARCH, text("TIM A")), year="2024", decree_id="b")
    found = due_list([ONE, older], (3,), year=2025)
    assert {row.decree_id for row in found.due} == {"a"}
    assert [(decree.decree_id, decree.counted) for decree in found.decrees] == [("a", True), ("b", False)]
    assert {row.decree_id for row in due_list([ONE, older], (3,)).due} == {"a", "b"}


def test_a_plan_whose_year_was_not_read_is_taken_to_be_of_the_year_asked_about() -> None:
    unread = plan_with(action("L3.i.1", MARCH, text("TIM A")), year="")
    assert due_list([unread], (3,)).due[0].periods[0].last is None
    told = due_list([unread], (3,), year=2026).due[0].periods[0]
    assert (str(told.first), str(told.last)) == ("2026-03-01", "2026-03-31")


def test_the_same_decree_counts_once() -> None:
    assert len(due_list([ONE, ONE], (3,)).due) == 3


def test_pages_that_were_not_read_are_named() -> None:
    pages = (PageEntry(number=1, state="read"), PageEntry(number=2, state="not_read"))
    found = due_list([ONE.replace(pages=pages)], (3,))
    assert found.decrees[0].pages_not_read == (2,)


def test_the_json_fits_its_schema() -> None:
    schema = published(DueList, "due", DUE_VERSION, "due_version", "lampiran due --json")
    jsonschema.Draft202012Validator.check_schema(schema)
    found = lampiran.due(ONE, month="all", team="sdm")
    jsonschema.validate(found.model_dump(mode="json"), schema)
    shapes = [schema, *schema["$defs"].values()]
    assert all(one.get("description") for shape in shapes for one in shape["properties"].values())
