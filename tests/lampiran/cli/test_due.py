"""`lampiran due` as a user meets it: results in; lines, JSON or a calendar out; sentences about what is not counted."""

from __future__ import annotations

import datetime
import json
import os
from pathlib import Path

import jsonschema
import pytest

import lampiran
from lampiran.cli.app import run
from lampiran.diff.sides import plan_of
from lampiran.due import months
from lampiran.publish.writing import to_json
from schema.due import DueList
from schema.plan import Period

BATANG, TRANSCRIPT, SCAN = "kpu-batang-2025.pdf", "kpu-batang-2025.transcript.txt", "kpu-contoh-2024.pdf"
WIDTH = 80


@pytest.fixture(scope="module")
def results(samples: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("results")
    for name, called in ((BATANG, "print"), (TRANSCRIPT, "typed"), (SCAN, "contoh")):
        lampiran.read(samples / name).write(folder / called)
    return folder


@pytest.fixture
def desk(results: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder to work in, in November 2025, with a terminal of 80 columns."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LAMPIRAN_LANG", "en")
    monkeypatch.setenv("COLUMNS", str(WIDTH))
    for module in (months, __import__("lampiran.cli.due", fromlist=["due"])):
        monkeypatch.setattr(module, "today", lambda: datetime.date(2025, 11, 3))
    (tmp_path / "out").symlink_to(results)
    return tmp_path


def test_what_a_team_has_to_do_in_a_month_with_its_evidence(
    desk: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["due", "out/print", "--month", "maret", "--team", "sdm"]) == 0
    shown = capsys.readouterr()
    lines = shown.out.splitlines()
    assert lines[0] == "March 2025: 5 actions due, 0 perhaps"
    assert "    L3.i.1 Pengisian pegawai sesuai dengan peta jabatan dan menyusun analisis" in lines
    assert "        TIM SISTEM MANAJEMEN SDM" in lines
    assert "        [ ] Surat usulan Kebutuhan Pegawai" in lines
    assert max(map(len, lines)) <= WIDTH
    assert shown.err == ""


def test_without_a_month_it_is_the_current_one(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["due", "out/print/decree.json"]) == 0
    assert capsys.readouterr().out.startswith("November 2025: ")
    assert run(["due", "out/contoh"]) == 0
    assert "-2024 is a plan of 2024; it is November 2025 now." in capsys.readouterr().err


def test_what_waits_for_a_decision_stands_apart(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["due", "out/typed", "--month", "3"]) == 0
    sure, perhaps = capsys.readouterr().out.split("\nPerhaps due: waits for a person's decision\n")
    assert sure.startswith("March 2025: 30 actions due, 6 perhaps")
    assert "its schedule is not certain" not in sure
    assert perhaps.count("its schedule is not certain") == 6


def test_nothing_due_is_said_and_what_waits_is_named(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["due", "out/print", "--month", "5", "--area", "4", "--lang", "id"]) == 0
    assert capsys.readouterr().out == "Mei 2025: tidak ada yang jatuh tempo.\n"
    plan = plan_of("out/typed")
    waiting = [one for one in plan.actions if one.schedule.state == "unknown"]
    part = plan.areas[1].components[0].replace(actions=tuple(waiting))
    areas = (plan.areas[1].replace(components=(part,)),)
    (desk / "waits.json").write_bytes(to_json(plan.replace(areas=areas)))
    assert run(["due", "waits.json", "--month", "5"]) == 0
    shown = capsys.readouterr().out
    assert shown.startswith(
        "May 2025: nothing is due for certain; 6 perhaps, waiting for a person's decision.\n"
    )
    assert "    L2.ii.2 " in shown


def test_a_decree_of_another_year_is_not_counted_and_named(
    desk: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["due", "out/contoh", "--month", "3", "--year", "2025"]) == 0
    shown = capsys.readouterr()
    assert shown.out == "March: nothing is due.\n"
    assert "is not counted: its plan is of 2024." in shown.err


def test_several_results_stand_under_their_names_and_the_same_decree_counts_once(
    desk: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["due", "out/print", "out/contoh", "out/typed", "--month", "3"]) == 0
    shown = capsys.readouterr()
    assert "\nkpu-kabupaten-batang-8-1-2025 (kpu-batang-2025.pdf)\n" in shown.out
    assert "\nkpu-kabupaten-contoh-3-pw-01-kpt-9999-2024 (kpu-contoh-2024.pdf)\n" in shown.out
    assert "kpu-batang-2025.transcript.txt is the same decree as kpu-batang-2025.pdf" in shown.err


def test_all_months_follow_each_other(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["due", "out/print", "--month", "all", "--area", "1", "--lang", "id"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines if "2025:" in line][::11] == ["Januari", "Desember"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--month", "13"], '"13" is no month'),
        (["--month", "3", "--team", "keuangan"], "There are: TIM MANAJEMEN PERUBAHAN; "),
        (["--month", "3", "--area", "9"], "There are: 1 MANAJEMEN PERUBAHAN; "),
    ],
)
def test_what_there_is_not_is_told_with_what_there_is(
    desk: Path, capsys: pytest.CaptureFixture[str], words: list[str], said: str
) -> None:
    assert run(["due", "out/print", *words]) == 2
    shown = capsys.readouterr()
    assert shown.out == ""
    assert said in shown.err
    assert len(shown.err.splitlines()) == 1


def test_json_is_the_published_shape(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["schema", "--due"]) == 0
    schema = json.loads(capsys.readouterr().out)
    assert run(["due", "out/typed", "--month", "3", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    jsonschema.validate(found, schema)
    assert DueList.model_validate(found) == lampiran.due("out/typed", month=3)


def test_a_plan_by_quarters_is_told_by_the_quarter(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    plan = plan_of("out/print")
    row = next(one for one in plan.actions if one.action_id == "L1.i.1")
    quarter = Period(period_type="quarter", period=1, state="planned")
    row = row.replace(schedule=row.schedule.replace(periods=(quarter,)))
    part = plan.areas[0].components[0].replace(actions=(row,))
    areas = (plan.areas[0].replace(components=(part,)),)
    (desk / "quarters.json").write_bytes(to_json(plan.replace(areas=areas)))
    assert run(["due", "quarters.json", "--month", "feb"]) == 0
    assert "        TIM MANAJEMEN PERUBAHAN; by Q1\n" in capsys.readouterr().out
    assert run(["due", "quarters.json", "--month", "april"]) == 0
    assert capsys.readouterr().out == "April 2025: nothing is due.\n"


def test_a_calendar_is_written_beside_the_list_and_replaces_only_its_own_kind(
    desk: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    call = ["due", "out/print", "--month", "3", "--ics", "maret.ics"]
    assert run(call) == 0
    shown = capsys.readouterr()
    first = (desk / "maret.ics").read_bytes()
    assert first.count(b"BEGIN:VEVENT\r\n") == 32
    assert "Calendar: maret.ics (32 events)" in shown.err
    assert shown.out.startswith("March 2025: 32 actions due")
    assert run(call) == 0
    assert (desk / "maret.ics").read_bytes() == first
    (desk / "notes.ics").write_bytes(b"BEGIN:VCALENDAR\r\nPRODID:mine\r\nEND:VCALENDAR\r\n")
    capsys.readouterr()
    assert run([*call[:-1], "notes.ics"]) == 6
    assert "another file is there" in capsys.readouterr().err
    assert (desk / "notes.ics").read_bytes().startswith(b"BEGIN:VCALENDAR\r\nPRODID:mine")
    assert run([*call[:-1], "missing/maret.ics"]) == 6
    assert sorted(path.name for path in desk.iterdir()) == ["maret.ics", "notes.ics", "out"]


def test_a_calendar_on_stdout_stands_alone(desk: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    assert run(["due", "out/print", "--month", "3", "--ics", "-"]) == 0
    out = capfdbinary.readouterr().out
    assert out.startswith(b"BEGIN:VCALENDAR\r\n")
    assert out.endswith(b"END:VCALENDAR\r\n")


def test_a_result_that_cannot_be_read_is_told_and_the_rest_goes_on(
    desk: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (desk / "empty").mkdir()
    assert run(["due", "empty", "out/print", "--month", "3"]) == 4
    shown = capsys.readouterr()
    assert "empty: there is no decree.json in it" in shown.err
    assert shown.out.startswith("March 2025: 32 actions due")
    assert run(["due", "empty", "--month", "3"]) == 4
    assert capsys.readouterr().out == ""


def test_a_decree_itself_may_be_given(desk: Path, samples: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["due", os.fspath(samples / TRANSCRIPT), "--month", "3"]) == 0
    assert capsys.readouterr().out.startswith("March 2025: 30 actions due, 6 perhaps")


def test_a_folder_of_results_stands_for_them_whatever_lies_beside_them(
    desk: Path, results: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("print.kept", "print.audit"):
        (results / name).mkdir(exist_ok=True)
    (results / "print.decisions.json").write_text("{}", encoding="utf-8")
    every = sorted(str(path) for path in (desk / "out").glob("*"))
    assert run(["due", *every, "--month", "3"]) == 0
    named = capsys.readouterr()
    assert run(["due", "out", "--month", "3"]) == 0
    assert capsys.readouterr().out == named.out
    assert "decree.json" not in named.err
