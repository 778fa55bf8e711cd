"""Files of a result are known by what they hold, and are no decree; what people type is never taken for one."""

from __future__ import annotations

import csv
import json
import shutil
from pathlib import Path

import openpyxl
import pytest

import lampiran
from extract.reading import read_document
from lampiran.cli.app import run
from lampiran.held_file import HeldFile
from lampiran.own_files import TAKEN, takers
from lampiran.own_results import holds_json, published_early, published_file, published_table
from lampiran.result import Result
from schema.decisions import DecisionFile
from schema.errors import InputError
from schema.tables import tables

DRAWN = "kpu-contoh-2024.pdf"


@pytest.fixture(scope="module")
def result(samples: Path) -> Result:
    return lampiran.read(samples / DRAWN)


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory, result: Result, samples: Path) -> Path:
    """A folder with a folder of each command in it."""
    desk = tmp_path_factory.mktemp("desk")
    paper = str(samples / DRAWN)
    result.write(desk / "out" / "plan")
    assert (
        run(["diff", str(desk / "out" / "plan"), str(desk / "out" / "plan"), "-o", str(desk / "diff")]) == 0
    )
    plan = str(desk / "out" / "plan")
    assert run(["audit", paper, plan, "-o", str(desk), "--sample", "5"]) == 0
    assert run(["tables", paper, "-o", str(desk / "tables")]) == 0
    assert run(["profile", paper, "-o", str(desk / "profile")]) == 0
    return desk


def name_of(path: Path) -> str | None:
    """Tell which file of ours a file is, as `lampiran extract` and `lampiran audit` do."""
    name = published_file(path)
    return name or (None if holds_json(path) else published_table(read_document(path)))


def test_each_file_of_ours_is_known_under_any_name(desk: Path, tmp_path: Path) -> None:
    files = [path for path in sorted(desk.rglob("*")) if path.is_file() and path.name != "SHA256SUMS"]
    typed = tmp_path / "typed.csv"
    for file in files:
        shutil.copy(file, typed)
        own = file.name.removeprefix("plan.")  # the sheets of a sample lie beside the folder of their audit
        known = "HTML" if file.suffix == ".html" else None if own == "table-01.csv" else own
        assert name_of(typed) == known, file
    assert len(files) > 20


def test_the_folder_of_a_result_is_known(desk: Path) -> None:
    assert published_file(desk / "out" / "plan") == "folder"
    assert published_file(desk) is None


@pytest.mark.parametrize("table", [name for name in tables() if name != "evidence"])
def test_a_table_of_ours_is_known_when_a_person_saved_it_again(
    table: str, desk: Path, tmp_path: Path
) -> None:
    """Semicolons, a mark of byte order, columns moved, one taken out and one added."""
    with (desk / "out" / "plan" / f"{table}.csv").open(newline="", encoding="utf-8") as file:
        rows = [[*row[:-1][::-1], "note"] for row in csv.reader(file)]
    if table == "actions":
        rows = [[*row[1:-1][::-1], row[0]] for row in rows]
    path = tmp_path / "typed.csv"
    with path.open("w", newline="", encoding="utf-8-sig") as file:
        csv.writer(file, delimiter=";").writerows(rows)
    assert name_of(path) == f"{table}.csv"


def test_a_workbook_of_ours_is_known_when_its_sheet_was_copied(desk: Path, tmp_path: Path) -> None:
    sheet = openpyxl.load_workbook(desk / "out" / "plan" / "actions.xlsx").worksheets[0]
    book = openpyxl.Workbook()
    for row in sheet.iter_rows(values_only=True):
        book.active.append(row)
    book.save(tmp_path / "mine.xlsx")
    assert name_of(tmp_path / "mine.xlsx") == "actions.xlsx"


def test_json_that_a_shell_saved_in_another_encoding_is_known(desk: Path, tmp_path: Path) -> None:
    text = (desk / "out" / "plan" / "decree.json").read_text(encoding="utf-8")
    (tmp_path / "typed.txt").write_text(text, encoding="utf-16")
    assert name_of(tmp_path / "typed.txt") == "decree.json"


@pytest.mark.parametrize(
    "head",
    [
        "area;component;indicator;action;evidence;responsible;m01;m02;m03;m04",
        "ID;Area;Komponen;Indikator;Langkah aksi;Bukti/eviden;Penanggung jawab;Jan;Feb;Mar",
        "action_id;area;action;page;note;remark",
        "n;row;field;page;line;text",
        "No;Komponen;Indikator;Rencana Aksi;Output;Waktu;PIC",
    ],
)
def test_a_persons_own_columns_are_not_ours(head: str, tmp_path: Path) -> None:
    path = tmp_path / "typed.csv"
    row = ";".join("1" for _ in head.split(";"))
    path.write_text(f"LAMPIRAN KEPUTUSAN\n{head}\n{row}\n{row}\n", encoding="utf-8")
    assert name_of(path) is None


def test_a_persons_own_workbook_and_text_are_not_ours(samples: Path, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.title = "Rencana Aksi"
    for _ in range(3):
        book.active.append(["1", "Komponen", "Indikator", "Rencana Aksi", "Bukti"])
    book.save(tmp_path / "mine.xlsx")
    assert name_of(tmp_path / "mine.xlsx") is None
    assert name_of(samples / "kpu-batang-2025.transcript.txt") is None
    assert name_of(samples / DRAWN) is None
    assert published_file(tmp_path / "missing.csv") is None


@pytest.mark.parametrize("command", ["extract", "tables"])
def test_files_of_a_result_are_refused_and_the_others_are_read(
    command: str, desk: Path, samples: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out"
    assert run([command, str(samples / DRAWN), "-o", str(out)]) == 0
    before = {path: path.read_bytes() for path in out.rglob("*") if path.is_file()}
    shutil.copy(samples / DRAWN, tmp_path / "second.pdf")
    own = [
        desk / "out" / "plan" / name
        for name in ("decree.json", "actions.csv", "actions.xlsx", "findings.csv", "report.html")
    ]
    capsys.readouterr()
    files = [*map(str, own), str(tmp_path / "second.pdf")]
    assert run([command, *files, "-o", str(out), "--lang", "en"]) == 4
    said = capsys.readouterr()
    lines = said.err.splitlines()
    assert [line.split(" (")[0] for line in lines] == [
        f'lampiran: "{path}" is a result of lampiran' for path in own
    ]
    assert "1 of 6 files done." in said.out
    assert {path: path.read_bytes() for path in before} == before
    assert {path.name for path in out.iterdir()} == {"kpu-contoh-2024", "second"}


def test_the_refusal_says_what_to_give_in_both_languages(desk: Path) -> None:
    with pytest.raises(InputError) as refusal:
        lampiran.read(desk / "out" / "plan" / "decree.json")
    assert refusal.value.exit_code == 4
    for language, words in (("en", "give the PDF"), ("id", "berikan PDF")):
        said = refusal.value.text("en" if language == "en" else "id")
        assert words in said
        assert "lampiran diff" in said
        assert "lampiran audit" in said


def test_decisions_are_known_and_refused_by_the_commands_that_take_them(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "plan.decisions.json"
    content = dict.fromkeys(DecisionFile.model_fields)
    file.write_text(json.dumps(content), encoding="utf-8")
    assert run(["extract", str(file), "--lang", "en"]) == 4
    assert "lampiran review --merge, lampiran extract --decisions" in capsys.readouterr().err


def test_a_file_of_ours_is_known_when_it_comes_as_bytes(desk: Path) -> None:
    for name in ("decree.json", "actions.json", "actions.csv", "actions.xlsx", "report.html"):
        held = HeldFile.of((desk / "out" / "plan" / name).read_bytes(), "typed")
        assert published_early(held) == ("HTML" if name == "report.html" else name)


def calls_of(command: str, path: Path, paper: Path) -> list[str]:
    """Return a call that gives a file to a command."""
    words = {"diff": [str(path), str(path)], "audit": [str(paper), str(path)]}
    return [command, *words.get(command, [str(path)]), "--lang", "en"]


@pytest.mark.parametrize(
    "command", ["extract", "tables", "verify", "profile", "diff", "audit", "coverage", "due", "review"]
)
def test_a_command_refuses_each_file_of_ours_that_it_does_not_take_and_names_the_one_that_does(
    command: str,
    desk: Path,
    samples: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    taken = {words.split()[1]: names for words, names in TAKEN.items() if "--" not in words}
    files = [path for path in sorted(desk.rglob("*")) if path.is_file() and path.name != "SHA256SUMS"]
    refused = [
        path
        for path in (*files, desk / "out" / "plan")
        if path.name != "table-01.csv" and (published_early(path) or "") not in taken.get(command, ())
    ]
    monkeypatch.setattr("lampiran.cli.app.import_module", lambda name: pytest.fail(f"{name} was loaded"))
    capsys.readouterr()
    for path in refused:
        assert run(calls_of(command, path, samples / DRAWN)) == 4, path
        said = capsys.readouterr().err
        commands = takers(published_early(path) or "")
        assert f'"{path}" is a result of lampiran' in said
        assert ("What takes it: " + ", ".join(commands) if commands else "No command reads it") in said
    assert len(refused) > 15


@pytest.mark.parametrize("command", ["diff", "audit", "coverage"])
def test_a_command_takes_the_results_that_it_says(
    command: str, desk: Path, samples: Path, tmp_path: Path
) -> None:
    names = next(names for words, names in TAKEN.items() if words.split()[1] == command)
    for name in names:
        path = desk / "out" / "plan" / ("" if name == "folder" else name)
        extra = ["-o", str(tmp_path)] if command == "audit" else []
        ended = 0
        assert (
            run([*calls_of(command, path, samples / DRAWN), *extra, *(["--force"] if extra else [])]) == ended
        )


@pytest.mark.parametrize("name", ["findings.csv", "fields.csv", "schedule.csv", "report.html"])
def test_an_audit_refuses_files_of_a_result_that_state_no_plan(name: str, result: Result, desk: Path) -> None:
    with pytest.raises(InputError, match="is a result of lampiran"):
        lampiran.audit(result, desk / "out" / "plan" / name)


def test_audit_and_diff_know_a_decree_json_under_any_name(result: Result, desk: Path, tmp_path: Path) -> None:
    renamed = tmp_path / "last-year.txt"
    shutil.copy(desk / "out" / "plan" / "decree.json", renamed)
    assert lampiran.audit(result, renamed).faults() == ()
    assert lampiran.diff(renamed, result).counts.same == 36
