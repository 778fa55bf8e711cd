import csv
import io
from pathlib import Path

import frictionless
import pandas as pd
import pytest

from lampiran.publish.csvs import csv_files, datapackage
from lampiran.publish.frames import to_frames
from schema.decree import DecreeHead
from schema.harmless import FORMULA_STARTS
from schema.plan import Plan
from schema.tables import tables


def cells(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8"), newline="")))


def write(folder: Path, plan: Plan, *, spreadsheet_safe: bool = True) -> Path:
    files = csv_files(to_frames(plan), spreadsheet_safe=spreadsheet_safe)
    for name, content in (files | {"datapackage.json": datapackage(plan, files)}).items():
        (folder / name).write_bytes(content)
    return folder / "datapackage.json"


def complaints(package: Path) -> list[str]:
    report = frictionless.validate(str(package))
    return [*(error.message for error in report.errors), *(row[0] for row in report.flatten(["message"]))]


@pytest.mark.parametrize("safe", [False, True])
def test_frictionless_accepts_the_package(plan: Plan, tmp_path: Path, *, safe: bool) -> None:
    assert complaints(write(tmp_path, plan, spreadsheet_safe=safe)) == []


def test_frictionless_accepts_the_package_of_an_empty_plan(plan: Plan, tmp_path: Path) -> None:
    empty = Plan(decree_id="x", source=plan.source, head=DecreeHead())
    assert complaints(write(tmp_path, empty)) == []


def test_frictionless_sees_a_changed_file(plan: Plan, tmp_path: Path) -> None:
    package = write(tmp_path, plan)
    changed = tmp_path / "schedule.csv"
    changed.write_bytes(changed.read_bytes().replace(b"planned", b"plannde", 1))
    assert complaints(package)


def test_bytes_are_utf8_without_a_mark_and_end_lines_with_crlf(plan: Plan) -> None:
    content = csv_files(to_frames(plan))["schedule.csv"]
    assert not content.startswith(b"\xef\xbb\xbf")
    assert content.count(b"\r\n") == content.count(b"\n") == 22


def test_truth_values_are_lower_case(plan: Plan) -> None:
    content = csv_files(to_frames(plan))["actions.csv"]
    assert b",true," in content
    assert b"True" not in content
    assert b"False" not in content


def test_text_with_line_feeds_and_commas_comes_back(plan: Plan) -> None:
    rows = cells(csv_files(to_frames(plan), spreadsheet_safe=False)["actions.csv"])
    assert rows[1][rows[0].index("evidence")] == "- Laporan\n- Undangan, daftar hadir"


@pytest.mark.parametrize("name", list(tables()))
def test_a_csv_reads_back_as_its_frame(plan: Plan, name: str) -> None:
    frame = to_frames(plan)[name]
    dtypes = tables()[name].dtypes()
    dates = [column for column, dtype in dtypes.items() if dtype.startswith("datetime64")]
    plain = {column: dtype for column, dtype in dtypes.items() if column not in dates}
    content = io.BytesIO(csv_files({name: frame}, spreadsheet_safe=False)[f"{name}.csv"])
    back = pd.read_csv(
        content, dtype=plain, keep_default_na=False, na_values=[""], parse_dates=dates, encoding="utf-8"
    )
    pd.testing.assert_frame_equal(back.astype(dtypes), frame)


def test_text_is_left_as_it_is_where_that_is_asked_for(plan: Plan, formula: str) -> None:
    rows = cells(csv_files(to_frames(plan), spreadsheet_safe=False)["actions.csv"])
    assert rows[1][rows[0].index("action")] == formula


def test_no_cell_can_run_unless_asked_otherwise(plan: Plan, formula: str) -> None:
    files = csv_files(to_frames(plan))
    for content in files.values():
        assert not [cell for line in cells(content) for cell in line if cell.startswith(FORMULA_STARTS)]
    rows = cells(files["actions.csv"])
    assert rows[1][rows[0].index("action")] == "'" + formula
