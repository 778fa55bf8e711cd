"""`lampiran audit` as a user meets it: two files in, a summary, files and exit codes out."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import openpyxl
import pytest

import lampiran
from lampiran.audit.match.inputs import check_order
from lampiran.cli.app import run
from schema.errors import UsageError

DECREE = "kpu-batang-2025.pdf"
TRANSCRIPT = "kpu-batang-2025.transcript.txt"
FOLDER = "kpu-batang-2025-transcript.audit"


@pytest.fixture
def desk(tmp_path: Path, samples: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder to work in, with the decree and its transcription in it."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LAMPIRAN_LANG", "en")
    for name in (DECREE, TRANSCRIPT):
        shutil.copy(samples / name, tmp_path)
    return tmp_path


def test_the_summary_counts_and_says_where_the_files_are(
    desk: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["audit", DECREE, TRANSCRIPT]) == 0
    captured = capsys.readouterr()
    lines = captured.out.splitlines()
    assert lines[0] == f"kpu-kabupaten-batang-8-1-2025 (paper) and {TRANSCRIPT} (transcription)"
    assert "53 printed, 53 found, 0 missing, 0 invented" in lines[1]
    assert lines[3] == "  Faults: 41"
    assert "    1 x Mark lost (mark-lost, critical)" in lines
    assert lines[-2] == f"  Result: {Path('out') / FOLDER} (audit.csv, audit.html, audit.json, audit.xlsx)"
    assert lines[-1] == f"  Open: {Path('out') / FOLDER / 'audit.html'}"
    assert captured.err == ""
    assert json.loads((desk / "out" / FOLDER / "audit.json").read_bytes())["decree"]["rows"] == 53


def test_scripts_learn_of_too_many_faults_by_the_exit_code(
    desk: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["audit", DECREE, TRANSCRIPT, "--fail-under", "0.99", "--lang", "id"]) == 3
    assert "Sel yang tepat:" in capsys.readouterr().out
    assert (desk / "out" / FOLDER / "audit.csv").exists()
    assert run(["audit", DECREE, TRANSCRIPT, "--fail-under", "0.9"]) == 0


@pytest.mark.parametrize(
    ("decree", "transcription", "code", "said"),
    [
        ("missing.pdf", TRANSCRIPT, 4, "missing.pdf"),
        (DECREE, "missing.csv", 4, "missing.csv"),
        (DECREE, "empty.csv", 4, "empty.csv"),
        (DECREE, "letter.txt", 5, "no row of a table"),
        (DECREE, "broken.xlsx", 4, "broken.xlsx"),
    ],
)
def test_what_cannot_be_read_is_said_in_a_sentence(
    decree: str,
    transcription: str,
    code: int,
    said: str,
    desk: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    (desk / "empty.csv").write_text("\n", encoding="utf-8")
    (desk / "letter.txt").write_text("Dengan hormat,\n", encoding="utf-8")
    (desk / "broken.xlsx").write_bytes(b"PK\x03\x04 and no archive")
    assert run(["audit", decree, transcription]) == code
    error = capsys.readouterr().err
    assert error.startswith("lampiran: ")
    assert said in error
    assert not (desk / "out").exists()


def typed_files(desk: Path) -> list[Path]:
    """Return transcriptions and results of every kind."""
    book = openpyxl.Workbook()
    book.active.append(["NO", "RENCANA AKSI"])
    book.save(desk / "typed book.xlsx")
    (desk / "typed.html").write_text("<table><tr><td>1</td></tr></table>", encoding="utf-8")
    (desk / "typed.csv").write_text("NO;RENCANA AKSI\n", encoding="utf-8")
    (desk / "plan.json").write_text('{"decree_id": "x"}', encoding="utf-8")
    (desk / "result").mkdir()
    return [
        desk / TRANSCRIPT,
        *(desk / name for name in ("typed book.xlsx", "typed.html", "typed.csv", "plan.json", "result")),
    ]


def test_swapped_files_get_no_verdict(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for typed in typed_files(desk):
        assert run(["audit", typed.name, DECREE]) == 2
        said = capsys.readouterr()
        assert said.out == ""
        assert len(said.err.splitlines()) == 1
        assert said.err.startswith(f'lampiran: The two files are swapped: "{typed.name}" is a ')
        quoted = f"'{typed.name}'" if " " in typed.name else typed.name
        assert said.err.rstrip().endswith(f"lampiran audit {DECREE} {quoted}")
    assert run(["audit", TRANSCRIPT, DECREE, "--lang", "id", "--check-pack", "none.zip"]) == 2
    assert "Kedua berkas tertukar" in capsys.readouterr().err
    assert not (desk / "out").exists()
    with pytest.raises(UsageError, match="are swapped"):
        lampiran.audit(TRANSCRIPT, DECREE)


def test_files_in_their_order_two_of_a_kind_and_what_is_not_there_are_left_to_their_readers(
    desk: Path,
) -> None:
    typed = typed_files(desk)
    for transcription in [*typed, desk / DECREE, desk / "missing.csv"]:
        check_order(desk / DECREE, transcription)
    check_order(typed[0], typed[1])
    check_order(desk / "missing.pdf", desk / DECREE)
    assert len(typed) == 6


def test_two_transcriptions_are_compared_but_not_called_paper(
    desk: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copy(desk / TRANSCRIPT, desk / "second.txt")
    assert run(["audit", TRANSCRIPT, "second.txt"]) == 0
    assert f"{TRANSCRIPT} is no PDF but a transcription itself" in capsys.readouterr().out


def test_an_output_folder_that_is_in_use_is_refused_before_anything_is_read(
    desk: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (desk / "out" / FOLDER).mkdir(parents=True)
    (desk / "out" / FOLDER / "note.txt").write_text("mine", encoding="utf-8")
    (desk / "empty.pdf").touch()
    assert run(["audit", "empty.pdf", TRANSCRIPT]) == 6
    assert "holds other files" in capsys.readouterr().err


def test_two_decrees_are_told_apart(samples: Path, desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shutil.copy(samples / "kpu-contoh-2024.pdf", desk)
    assert run(["audit", "kpu-contoh-2024.pdf", TRANSCRIPT]) == 0
    assert "Is it the same decree?" in capsys.readouterr().out
