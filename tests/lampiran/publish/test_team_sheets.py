"""The sheets to work with: schedule, evidence, and what each team has to do."""

from __future__ import annotations

import io
from typing import Any

import openpyxl
import pytest

from lampiran.publish.own_columns import contract_names
from lampiran.publish.settings import SHEETS
from lampiran.publish.sheets import sheets
from lampiran.publish.team_sheets import teams_of, with_sheet
from lampiran.publish.workbook import workbook
from schema.decree import Field
from schema.plan import Plan


def with_teams(plan: Plan, names: list[str]) -> Plan:
    """Return a plan whose actions have these teams in turn, one action each at least."""
    area = plan.areas[0]
    part = area.components[0]
    actions = tuple(
        part.actions[n % len(part.actions)].model_copy(
            update={"action_id": f"L1.i.{n + 1}", "responsible": Field(printed=name, text=name)}
        )
        for n, name in enumerate(names)
    )
    part = part.model_copy(update={"actions": actions})
    return plan.model_copy(update={"areas": (area.model_copy(update={"components": (part,)}),)})


def rows_of(book: openpyxl.Workbook, title: str, head: int = 1) -> list[dict[str, Any]]:
    names, *rows = list(book[title].iter_rows(min_row=head, values_only=True))
    return [dict(zip(map(str, names), row, strict=True)) for row in rows]


def opened(plan: Plan, **options: Any) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(workbook(plan, **options)))


def test_the_schedule_has_a_row_an_action_and_a_column_a_period(plan: Plan) -> None:
    rows = rows_of(opened(plan), "Jadwal")
    assert [row["ID"] for row in rows] == [action.action_id for action in plan.actions]
    assert [rows[0][month] for month in ("Jan", "Mar", "Des")] == [None, "√", "√"]
    assert rows[3]["TW I"] == rows[3]["TW IV"] == "√"
    assert rows[1]["Jan"] == "?"


def test_the_evidence_has_a_row_a_document_and_places_to_fill_in(plan: Plan) -> None:
    book = opened(plan)
    rows = rows_of(book, "Bukti")
    assert [row["Bukti yang diminta"] for row in rows[:2]] == ["- Laporan", "Undangan, daftar hadir"]
    assert [row["Waktu"] for row in rows[::2]] == [
        "Mar, Jun, Sep, Des",
        "?",
        "Jan, ?",
        "TW I, TW IV",
        "Sem. I",
        None,
    ]
    assert all(row[name] is None for row in rows for name in ("Status", "Tanggal", "Letak berkas", "Catatan"))
    (listed,) = book["Bukti"].data_validations.dataValidation
    assert listed.type == "list"
    assert listed.formula1 == '"belum,sedang disusun,ada,tidak berlaku"'
    assert str(listed.sqref) == f"G2:G{len(rows) + 1}"
    assert [book["Bukti"].cell(2, column).number_format for column in (7, 8, 9, 10)] == [
        "@",
        "dd/mm/yyyy",
        "@",
        "@",
    ]


def test_what_waits_for_a_decision_says_so_on_each_sheet_that_has_it(plan: Plan) -> None:
    book = opened(plan)
    for title in ("Jadwal", "TIM MANAJEMEN PERUBAHAN"):
        rows = rows_of(book, title, 2 if title.startswith("TIM") else 1)
        assert [row["Perlu diputuskan"] for row in rows] == [None, "ya", "ya", None, None, None]
    assert [row["Perlu diputuskan"] for row in rows_of(book, "Bukti")][:4] == [None, None, "ya", "ya"]
    sure = opened(with_teams(plan, ["TIM A"]))
    heads = [cell.value for title, row in (("Jadwal", 1), ("TIM A", 2)) for cell in sure[title][row]]
    assert heads.count("ID") == 2
    assert "Perlu diputuskan" not in heads


def test_what_a_decree_does_not_print_as_evidence_is_said(plan: Plan) -> None:
    part = plan.areas[0].components[0]
    bare = part.actions[0].model_copy(update={"documents": (), "evidence": Field()})
    part = part.model_copy(update={"actions": (bare,)})
    area = plan.areas[0].model_copy(update={"components": (part,)})
    (row,) = rows_of(opened(plan.model_copy(update={"areas": (area,)})), "Bukti")
    assert row["Bukti yang diminta"] == "(tidak tercetak)"


def test_each_team_has_its_own_sheet_headed_by_its_whole_name(plan: Plan) -> None:
    long = "Tim Penguatan Kualitas Pelayanan Publik Kabupaten"
    book = opened(with_teams(plan, ["TIM A", long, "tim  a", "", "=Tim: B/C"]))
    titles = book.sheetnames[3:-2]
    assert titles == ["TIM A", "Tim Penguatan Kualitas Pelayan…", "=Tim B C", "Tanpa penanggung jawab"]
    assert [row["ID"] for row in rows_of(book, "TIM A", 2)] == ["L1.i.1", "L1.i.3"]
    assert book[titles[1]]["A1"].value == long
    assert book["=Tim B C"]["A1"].data_type == "s"
    assert book["=Tim B C"]["A1"].quotePrefix
    assert book["TIM A"].print_title_rows == "$1:$2"
    assert book["TIM A"].freeze_panes == "C3"


def test_of_very_many_teams_those_with_most_to_do_have_a_sheet_and_the_others_are_named(plan: Plan) -> None:
    names = [f"TIM {n}" for n in range(SHEETS.most_teams + 6)]
    many = with_teams(plan, [*names, *names[3:]])
    own, others = with_sheet(teams_of(many))
    assert [team.name for team in own] == names[3 : SHEETS.most_teams + 3]
    book = opened(many)
    assert book.sheetnames[3:-2] == [team.name for team in own]
    said = {row[0].value: row[1].value for row in book["Keputusan"].iter_rows()}["Tim tanpa lembar sendiri"]
    assert all(said.count(f"{team.name};") + said.endswith(team.name) == 1 for team in others)
    assert len(others) == 6


def test_without_teams_there_are_no_sheets_of_teams(plan: Plan) -> None:
    assert opened(with_teams(plan, ["", " "])).sheetnames == [
        "Rencana Aksi",
        "Jadwal",
        "Bukti",
        "Temuan",
        "Keputusan",
    ]


@pytest.mark.parametrize("language", ["id", "en"])
def test_no_sheet_but_the_plans_begins_as_a_table_of_ours(plan: Plan, language: Any) -> None:
    """Else a transcription made of the workbook would state each action several times."""
    heads = [[column.title for column in sheet.columns] for sheet in sheets(plan, language)]
    assert [bool(contract_names(head)) for head in heads] == [True, *[False] * (len(heads) - 1)]
