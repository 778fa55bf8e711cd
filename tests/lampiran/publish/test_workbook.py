import io
import zipfile
from typing import Any

import openpyxl
import pytest

from lampiran.publish.workbook import workbook
from schema.decree import Field
from schema.plan import ExtraField, Plan


def opened(plan: Plan, **options: Any) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(workbook(plan, **options)))


def by_title(sheet: Any, row: int) -> dict[str, Any]:
    return {head.value: cell.value for head, cell in zip(sheet[1], sheet[row], strict=True)}


def test_two_runs_give_the_same_bytes(plan: Plan) -> None:
    assert workbook(plan) == workbook(plan)


def test_no_member_bears_the_time_of_the_run(plan: Plan) -> None:
    with zipfile.ZipFile(io.BytesIO(workbook(plan))) as archive:
        assert {member.date_time for member in archive.infolist()} == {(2000, 1, 1, 0, 0, 0)}
    assert opened(plan).properties.modified.year == 2000


def test_no_cell_is_a_formula(plan: Plan, formula: str) -> None:
    book = opened(plan)
    cells = [cell for sheet in book for line in sheet.iter_rows() for cell in line if cell.value is not None]
    assert {cell.data_type for cell in cells} <= {"s", "n"}
    hostile = [cell for cell in cells if cell.value == formula]
    assert hostile
    assert all(cell.data_type == "s" and cell.quotePrefix for cell in hostile)


def test_further_columns_stand_behind_the_team(plan: Plan) -> None:
    part = plan.areas[0].components[0]
    extra = (ExtraField(column="ANGGARAN", field=Field(printed="Rp5", text="Rp5")),)
    action = part.actions[0].model_copy(update={"extra": extra})
    part = part.model_copy(update={"actions": (action, *part.actions[1:])})
    area = plan.areas[0].model_copy(update={"components": (part,)})
    sheet = opened(plan.model_copy(update={"areas": (area,)})).worksheets[0]
    assert by_title(sheet, 2)["ANGGARAN"] == "Rp5"
    assert not by_title(sheet, 3)["ANGGARAN"]


@pytest.mark.parametrize(
    ("sign", "shown"), [("\x07", "<U+0007>"), ("\uffff", "<U+FFFF>"), ("\u202e", "<U+202E>")]
)
def test_characters_that_are_not_seen_are_shown(plan: Plan, sign: str, shown: str) -> None:
    area = plan.areas[0].model_copy(
        update={"name": plan.areas[0].name.model_copy(update={"text": f"A{sign}B"})}
    )
    sheet = opened(plan.model_copy(update={"areas": (area,)})).worksheets[0]
    assert by_title(sheet, 2)["Area"] == f"A{shown}B"


def test_a_text_too_long_for_a_cell_is_cut_with_a_note(plan: Plan) -> None:
    name = plan.areas[0].name.model_copy(update={"text": "x" * 40_000})
    sheet = opened(
        plan.model_copy(update={"areas": (plan.areas[0].model_copy(update={"name": name}),)})
    ).worksheets[0]
    assert len(by_title(sheet, 2)["Area"]) == 32_767
    assert by_title(sheet, 2)["Area"].endswith("actions.csv)")


def test_ticks_stand_in_the_months_and_doubts_are_question_marks(plan: Plan) -> None:
    sheet = opened(plan).worksheets[0]
    marked, unknown = by_title(sheet, 2), by_title(sheet, 3)
    assert [marked[name] for name in ("Jan", "Mar", "Jun", "Sep", "Des")] == [None, "√", "√", "√", "√"]
    assert [unknown[name] for name in ("Jan", "Des")] == ["?", "?"]
    assert unknown["Perlu diputuskan"] == "ya"


def test_the_head_is_frozen_and_filtered(plan: Plan) -> None:
    sheet = opened(plan).worksheets[0]
    assert sheet.freeze_panes == "B2"
    assert sheet.auto_filter.ref == f"A1:{sheet.dimensions.split(':')[1]}"


TEAM = "TIM MANAJEMEN PERUBAHAN"


@pytest.mark.parametrize(
    ("language", "titles"),
    [
        ("id", ["Rencana Aksi", "Jadwal", "Bukti", TEAM, "Temuan", "Keputusan"]),
        ("en", ["Action plan", "Schedule", "Evidence", TEAM, "Findings", "Decree"]),
    ],
)
def test_the_sheets_speak_the_chosen_language(plan: Plan, language: str, titles: list[str]) -> None:
    book = opened(plan, language=language)
    assert book.sheetnames == titles
    assert book[titles[-2]].max_row == 1 + len(plan.findings)
    assert "8.1" in [cell.value for cell in book[titles[-1]]["B"]]


def test_rows_grow_with_what_a_person_writes(plan: Plan) -> None:
    with zipfile.ZipFile(io.BytesIO(workbook(plan))) as archive:
        sheets = [archive.read(name) for name in archive.namelist() if name.startswith("xl/worksheets/")]
    assert all(b' ht="' in sheet and b"customHeight" not in sheet for sheet in sheets)


def test_what_stands_on_each_page_is_named_as_excel_names_it(plan: Plan) -> None:
    with zipfile.ZipFile(io.BytesIO(workbook(plan))) as archive:
        names = archive.read("xl/workbook.xml").decode("utf-8")
    assert "'Rencana Aksi'!$A:$A,'Rencana Aksi'!$1:$1</definedName>" in names
    sheet = opened(plan).worksheets[0]
    assert (sheet.print_title_rows, sheet.print_title_cols) == ("$1:$1", "$A:$A")


@pytest.mark.parametrize(("paper", "code"), [("a4", 9), ("f4", 14)])
def test_each_sheet_is_laid_out_for_the_paper(plan: Plan, paper: Any, code: int) -> None:
    for sheet in opened(plan, paper=paper):
        assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (code, "landscape")
        assert sheet.print_title_rows
        assert "&P" in sheet.oddFooter.right.text
        assert sheet.page_setup.fitToHeight == 0 or sheet.page_setup.scale >= 70
