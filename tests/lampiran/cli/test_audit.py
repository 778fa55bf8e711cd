"""`lampiran audit` as a user meets it: two files in, a summary, files and exit codes out."""

from __future__ import annotations

import csv
import json
import shutil
from pathlib import Path

import openpyxl
import pytest

import lampiran
from lampiran.audit.match.order import check_order
from lampiran.cli.app import run
from schema.audit import Audit
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
    assert lines[0] == "This transcription cannot be trusted: 27 of its 41 faults are critical."
    assert lines[1] == f"kpu-kabupaten-batang-8-1-2025 (paper) and {TRANSCRIPT} (transcription)"
    assert "53 printed, 53 found, 0 missing, 0 invented" in lines[2]
    assert lines[3] == "  The gravest: 16 × Mark moved, 8 × Mark invented, 2 × Column swallowed."
    assert lines[4] == "  Exact cells: 536 of 604 (88.74 %)."
    assert lines[6] == "  Faults: 41"
    assert "    1 × Mark lost (critical)" in lines
    assert lines[-2] == f"  Result: {Path('out') / FOLDER} (audit.csv, audit.html, audit.json, audit.xlsx)"
    assert lines[-1] == f"  Open: {Path('out') / FOLDER / 'audit.html'}"
    assert captured.err == ""
    assert json.loads((desk / "out" / FOLDER / "audit.json").read_bytes())["decree"]["rows"] == 53


def test_scripts_learn_of_too_many_faults_by_the_exit_code(
    desk: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["audit", DECREE, TRANSCRIPT, "--fail-under", "0.89", "--lang", "id"]) == 3
    assert "Sel yang tepat: 536 dari 604 (88,74 %)." in capsys.readouterr().out
    assert (desk / "out" / FOLDER / "audit.csv").exists()
    assert run(["audit", DECREE, TRANSCRIPT, "--fail-under", "0.88"]) == 0
    assert run(["audit", DECREE, TRANSCRIPT, "--fail-under", "0.88", "--fail-on", "critical"]) == 3


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
        assert said.err.startswith(f'lampiran: Did you swap the two files? "{typed.name}" is a ')
        quoted = f"'{typed.name}'" if " " in typed.name else typed.name
        assert said.err.rstrip().endswith(f"lampiran audit {DECREE} {quoted}")
    assert run(["audit", TRANSCRIPT, DECREE, "--lang", "id", "--check-pack", "none.zip"]) == 2
    assert "Apakah kedua berkas tertukar?" in capsys.readouterr().err
    assert not (desk / "out").exists()
    with pytest.raises(UsageError, match="Did you swap"):
        lampiran.audit(TRANSCRIPT, DECREE)


def test_of_two_files_without_a_decree_none_is_called_paper(
    desk: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for typed in typed_files(desk):
        assert run(["audit", typed.name, TRANSCRIPT]) == 2
        said = capsys.readouterr().err
        assert "Did you swap the files?" in said
        assert said.rstrip().endswith(f"{TRANSCRIPT}")
        assert "lampiran diff " in said
    assert not (desk / "out").exists()


def test_a_scan_is_no_transcription(desk: Path, samples: Path, capsys: pytest.CaptureFixture[str]) -> None:
    scan = "kpu-contoh-2024.scan.pdf"
    shutil.copy(samples / scan, desk)
    assert run(["audit", DECREE, scan]) == 2
    said = capsys.readouterr().err
    assert f'"{scan}" is a scan, no transcription' in said
    assert said.rstrip().endswith(f"lampiran audit {scan} {DECREE}")
    Path("other.pdf").write_bytes(Path(scan).read_bytes() + b"\n")
    assert run(["audit", scan, "other.pdf"]) == 2
    assert "Give the file that was typed." in capsys.readouterr().err
    assert not (desk / "out").exists()


def test_files_in_their_order_and_what_is_not_there_are_left_to_their_readers(desk: Path) -> None:
    typed = typed_files(desk)
    (desk / "broken.pdf").write_bytes(b"%PDF-1.7 and no more")
    (desk / "typed.pdf").write_bytes((desk / DECREE).read_bytes() + b"\n")
    for transcription in [*typed, desk / "typed.pdf", desk / "missing.csv", desk / "broken.pdf"]:
        check_order(desk / DECREE, transcription)
    check_order(desk / "missing.pdf", desk / DECREE)
    (desk / "empty.pdf").write_bytes(b"\n")
    check_order(desk / "empty.pdf", desk / DECREE)
    assert len(typed) == 6


def test_an_output_folder_that_is_in_use_is_refused_before_anything_is_read(
    desk: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (desk / "out" / FOLDER).mkdir(parents=True)
    (desk / "out" / FOLDER / "note.txt").write_text("mine", encoding="utf-8")
    (desk / "broken.pdf").write_bytes(b"%PDF-1.7")
    assert run(["audit", "broken.pdf", TRANSCRIPT]) == 6
    assert "holds other files" in capsys.readouterr().err


def test_two_decrees_are_told_apart_first_of_all(
    samples: Path, desk: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copy(samples / "kpu-contoh-2024.pdf", desk)
    assert run(["audit", "kpu-contoh-2024.pdf", TRANSCRIPT]) == 3
    first = capsys.readouterr().out.splitlines()[0]
    assert first.startswith(
        "The two files are different decrees: Institution “KOMISI PEMILIHAN UMUM KABUPATEN CONTOH” on"
    )
    assert "Number “3/PW.01-Kpt/9999/2024” on the paper, “8.1” in the transcription" in first
    assert "Year “2024” on the paper, “2025” in the transcription" in first
    page = (desk / "out" / FOLDER / "audit.html").read_text(encoding="utf-8")
    assert page.index("keputusan yang berbeda") < page.index('id="summary"')


def test_one_definition_of_exact_everywhere(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Summary, page, workbook, JSON, the CSV's verdicts, the limit that fails and Python say the same."""
    assert run(["audit", DECREE, TRANSCRIPT]) == 0
    summary = capsys.readouterr().out
    folder = desk / "out" / FOLDER
    with (folder / "audit.csv").open(encoding="utf-8", newline="") as file:
        lines = list(csv.DictReader(file))
    judged = [line for line in lines if line["verdict"] not in {"not-stated", "unreadable"}]
    says = [
        line
        for line in judged
        if (
            "true" in (line["paper"], line["stated"])
            if line["level"] == "mark"
            else line["paper"] + line["stated"]
        )
    ]
    exact = sum(line["verdict"] == "same" for line in says)
    told = json.loads((folder / "audit.json").read_bytes())
    (figure,) = [one for one in told["figures"] if one["name"] == "exactness"]
    assert (figure["value"], figure["n"]) == (pytest.approx(exact / len(says), abs=1e-6), len(says))
    assert Audit.model_validate(told).exactness == pytest.approx(figure["value"], abs=1e-6)
    shown = f"{100 * exact / len(says):.2f} %"
    sentence = f"Exact cells: {exact} of {len(says)} ({shown})."
    assert sentence in summary
    page = (folder / "audit.html").read_text(encoding="utf-8")
    assert sentence in page
    assert shown.replace(".", ",") in page
    book = openpyxl.load_workbook(folder / "audit.xlsx")
    row = next(row for row in book["Figures"].iter_rows(values_only=True) if row[0] == "Exact cells")
    assert row[2] == pytest.approx(exact / len(says), abs=1e-4)
    assert any(sentence in str(cell.value) for cell in book["About this audit"]["B"])


def test_a_decree_is_not_held_against_itself(desk: Path) -> None:
    with pytest.raises(UsageError, match="the same file"):
        check_order(desk / DECREE, desk / DECREE)
