"""Figures, samples and evidence packs of `lampiran audit` as a user meets them."""

from __future__ import annotations

import csv
import json
import shutil
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from benchmarks.faults.row_faults import planted
from benchmarks.faults.transcription import lines_of, script_of, written
from lampiran.cli.app import run
from samples.draw.truth import load
from schema.audit import SAMPLE_COLUMNS

DECREE, COPY = "kpu-contoh-2024.pdf", "salinan.csv"


@pytest.fixture
def desk(tmp_path: Path, samples: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a decree and a transcription of it that lost a mark and a word."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LAMPIRAN_LANG", "en")
    shutil.copy(samples / DECREE, tmp_path)
    script, _ = planted(
        script_of(load(samples / "kpu-contoh-2024.truth.json")), ["mark-lost", "word-lost"], 4
    )
    (tmp_path / COPY).write_bytes(written(lines_of(script), "csv"))
    return tmp_path


def filled(sheet: Path, target: Path, judge: Callable[[int], str]) -> Path:
    """Fill in the judgements of a sheet by the line's number from 1."""
    with sheet.open(encoding="utf-8", newline="") as stream:
        lines = list(csv.reader(stream))
    for number, line in enumerate(lines[1:], start=1):
        line[SAMPLE_COLUMNS.index("judgement")] = judge(number)
    with target.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream, delimiter=";").writerows(lines)
    return target


def test_an_audit_has_figures_and_a_workbook(desk: Path) -> None:
    assert run(["audit", DECREE, COPY]) == 0
    folder = desk / "out/salinan.audit"
    assert (folder / "audit.xlsx").read_bytes().startswith(b"PK")
    figures = json.loads((folder / "audit.json").read_text(encoding="utf-8"))["figures"]
    found = {figure["name"]: figure for figure in figures if figure["column"] is None}
    assert found["row-recall"]["value"] == 1.0
    assert 0.9 < found["marks-recall"]["value"] < 1.0
    assert found["marks-precision"]["value"] == 1.0
    assert found["cell-exactness"]["low"] < found["cell-exactness"]["value"] < 1.0


SHEETS = {"salinan.audit-sample.csv", "salinan.audit-sample.xlsx"}


def test_a_sample_is_drawn_judged_and_read_back(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["audit", DECREE, COPY, "--sample", "40", "--seed", "5"]) == 0
    assert "Sample: 40 of" in capsys.readouterr().out
    sheet = filled(
        desk / "out/salinan.audit-sample.csv", desk / "judged.csv", lambda n: "salah" if n == 7 else "b"
    )
    assert run(["audit", DECREE, COPY, "--judged", str(sheet)]) == 0
    told = capsys.readouterr().out
    assert "Sample: 39 of 40 cells right (97.5 %); with 95 % confidence between" in told
    figures = json.loads((desk / "out/salinan.audit/audit.json").read_text(encoding="utf-8"))["figures"]
    assert (figures[-1]["name"], figures[-1]["value"], figures[-1]["n"]) == ("sample-right", 0.975, 40)
    assert {file.name for file in (desk / "out").iterdir()} == {"salinan.audit", *SHEETS}


def test_a_sheet_that_was_filled_in_is_found_and_never_written_over(
    desk: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    call = ["audit", DECREE, COPY]
    assert run([*call, "--sample", "6"]) == 0
    assert "Sheets of the sample: out/salinan.audit-sample.csv, out/salinan.audit-sample.xlsx" in (
        capsys.readouterr().out
    )
    sheet = filled(
        desk / "out/salinan.audit-sample.csv", desk / "out/salinan.audit-sample.csv", lambda _: "benar"
    )
    mine = sheet.read_bytes()
    for _ in range(2):
        assert run(call) == 0
        assert "Sample: 6 of 6 cells right" in capsys.readouterr().out
    assert run([*call, "--force"]) == 0
    assert run([*call, "--judged", str(sheet)]) == 0
    capsys.readouterr()
    before = (desk / "out/salinan.audit/audit.json").read_bytes()
    assert run([*call, "--sample", "6"]) == 6
    assert "out/salinan.audit-sample.csv already exists" in capsys.readouterr().err
    assert sheet.read_bytes() == mine
    assert (desk / "out/salinan.audit/audit.json").read_bytes() == before, "nothing was written"
    assert run([*call, "--sample", "6", "--force"]) == 0
    assert (desk / "out/salinan.audit-sample.csv.kept").read_bytes() == mine
    assert run([*call, "--sample", "6"]) == 0, "the same sheet again is no obstacle"


def test_the_workbook_is_found_as_well_and_two_that_differ_are_not_guessed_between(
    desk: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    call = ["audit", DECREE, COPY]
    assert run([*call, "--sample", "3"]) == 0
    path = desk / "out/salinan.audit-sample.xlsx"
    book = openpyxl.load_workbook(path)
    titles = [cell.value for cell in book.active[1]]
    for row in book.active.iter_rows(min_row=2):
        row[titles.index("Judgement")].value = "right"
    book.save(path)
    assert run(call) == 0
    assert "Sample: 3 of 3 cells right" in capsys.readouterr().out
    filled(desk / "out/salinan.audit-sample.csv", desk / "out/salinan.audit-sample.csv", lambda _: "wrong")
    assert run(call) == 4
    assert "were filled in differently" in capsys.readouterr().err
    assert run([*call, "--judged", str(path)]) == 0


def test_a_sheet_of_other_files_is_left_alone(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    call = ["audit", DECREE, COPY]
    assert run([*call, "--sample", "3"]) == 0
    sheet = filled(
        desk / "out/salinan.audit-sample.csv", desk / "out/salinan.audit-sample.csv", lambda _: "b"
    )
    mine = sheet.read_bytes()
    text = (desk / COPY).read_text(encoding="utf-8")
    (desk / COPY).write_text(text.replace("Laporan", "Lapiran", 1), encoding="utf-8")
    capsys.readouterr()
    assert run(call) == 0
    said = capsys.readouterr()
    assert "out/salinan.audit-sample.csv is no sheet of a sample of these two files" in said.err
    assert "cells right" not in said.out
    assert sheet.read_bytes() == mine


def test_the_programs_own_reading_can_be_sampled(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["audit", DECREE, "--sample", "12", "--sample-field", "evidence"]) == 0
    told = capsys.readouterr().out
    assert "the program's own reading, held against nothing" in told
    assert "Sample: 12 of 36 cells drawn" in told
    assert "No fault was found" not in told, "nothing was compared"
    folder = desk / "out/kpu-contoh-2024.audit"
    assert {file.name for file in folder.iterdir()} == {"audit.json", "SHA256SUMS"}
    sheet = desk / "out/kpu-contoh-2024.audit-sample.csv"
    filled(sheet, sheet, lambda _: "benar")
    assert run(["audit", DECREE]) == 0
    assert "Sample: 12 of 12 cells right" in capsys.readouterr().out


def test_a_pack_is_the_same_when_made_again_and_says_what_is_not(
    desk: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    call = ["audit", DECREE, COPY, "--sample", "9"]
    assert run([*call, "--pack", "one.zip", "-o", "a"]) == 0
    assert "Evidence pack: one.zip" in capsys.readouterr().out
    assert run([*call, "--pack", "two.zip", "-o", "b"]) == 0
    assert (desk / "one.zip").read_bytes() == (desk / "two.zip").read_bytes()
    capsys.readouterr()
    assert run(["audit", DECREE, COPY, "--check-pack", "one.zip"]) == 0
    assert capsys.readouterr().out == "The evidence pack is the same byte by byte.\n"
    text = (desk / COPY).read_text(encoding="utf-8")
    (desk / COPY).write_text(text.replace("Laporan", "Lapiran", 1), encoding="utf-8")
    assert run(["audit", DECREE, COPY, "--check-pack", "one.zip"]) == 3
    told = capsys.readouterr().out
    assert "other inputs: transcription" in told
    assert "audit.csv" in told
    assert not (desk / "out").exists(), "a check writes nothing"


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ([DECREE], "Give a transcription"),
        ([DECREE, COPY, "--sample", "5", "--judged", "x.csv"], "--judged reads a sample"),
        (
            [DECREE, COPY, "--judged", "x.csv", "--pack", "x.zip"],
            "--pack makes evidence of the two files alone",
        ),
    ],
)
def test_options_that_do_not_go_together_are_refused(
    desk: Path, capsys: pytest.CaptureFixture[str], words: list[str], sentence: str
) -> None:
    assert run(["audit", *words]) == 2
    assert sentence in capsys.readouterr().err
    assert not (desk / "out").exists()


def test_what_is_no_sheet_and_no_pack_is_refused(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["audit", DECREE, COPY, "--judged", COPY]) == 4
    assert "the sample's sheet has no column" in capsys.readouterr().err
    assert run(["audit", DECREE, COPY, "--check-pack", COPY]) == 4
    assert "no whole evidence pack" in capsys.readouterr().err
    assert run(["audit", DECREE, COPY, "--sample", "5", "--sample-field", "budget"]) == 2
    assert not (desk / "out").exists()
