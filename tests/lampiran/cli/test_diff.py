"""`lampiran diff` as a user meets it: results, decree.json or files in, a summary, files and exit codes out."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

import lampiran
from extract.scan.text import available_readers
from lampiran.cli.app import run
from lampiran.diff.sides import plan_of
from samples.draw.scan_settings import preset
from samples.draw.scans import scan

TRANSCRIPT = "kpu-batang-2025.transcript.txt"
BATANG = "kpu-batang-2025.pdf"
CONTOH = "kpu-contoh-2024.pdf"


@pytest.fixture(scope="module")
def results(samples: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two results, written once."""
    folder = tmp_path_factory.mktemp("results")
    for name in (BATANG, CONTOH):
        lampiran.read(samples / name).write(folder / Path(name).stem)
    return folder


@pytest.fixture
def desk(tmp_path: Path, samples: Path, results: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder to work in, with the results and the transcription in it."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LAMPIRAN_LANG", "en")
    shutil.copytree(results, tmp_path / "out")
    shutil.copy(samples / TRANSCRIPT, tmp_path)
    return tmp_path


def test_the_summary_counts_and_says_where_the_files_are(
    desk: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["diff", "out/kpu-contoh-2024", "out/kpu-batang-2025", "-o", "found/diff"]) == 0
    captured = capsys.readouterr()
    lines = captured.out.splitlines()
    assert lines[0] == "A  kpu-kabupaten-contoh-3-pw-01-kpt-9999-2024 (36 actions, kpu-contoh-2024.pdf)"
    assert lines[1] == "B  kpu-kabupaten-batang-8-1-2025 (53 actions, kpu-batang-2025.pdf)"
    counts = json.loads((desk / "found/diff/diff.json").read_text(encoding="utf-8"))["counts"]
    assert lines[2].startswith(f"  Actions: {counts['same']} same, {counts['reworded']} reworded, ")
    assert lines[-2] == f"  Result: {Path('found/diff')} (diff.csv, diff.html, diff.json)"
    assert lines[-1] == f"  Open: {Path('found/diff/diff.html')}"
    assert captured.err == ""


def test_without_a_folder_nothing_is_written(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = sorted(desk.rglob("*"))
    assert run(["diff", "out/kpu-contoh-2024", "out/kpu-batang-2025"]) == 0
    assert "Result:" not in capsys.readouterr().out
    assert sorted(desk.rglob("*")) == before


def test_a_side_is_a_folder_its_json_or_a_decrees_file(desk: Path) -> None:
    assert run(["diff", "out/kpu-batang-2025", TRANSCRIPT, "-o", "one"]) == 0
    assert run(["diff", "out/kpu-batang-2025/decree.json", TRANSCRIPT, "-o", "two", "--lang", "en"]) == 0
    for name in ("diff.json", "diff.csv", "diff.html"):
        assert (desk / "one" / name).read_bytes() == (desk / "two" / name).read_bytes()


def test_scripts_learn_of_changes_by_the_exit_code(desk: Path) -> None:
    assert run(["diff", "out/kpu-contoh-2024", "out/kpu-batang-2025", "--fail-on-change"]) == 3
    assert run(["diff", "out/kpu-batang-2025", TRANSCRIPT, "--fail-on-change"]) == 0


def test_messages_and_page_are_indonesian_on_request(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["diff", "out/kpu-contoh-2024", "out/kpu-batang-2025", "-o", "diff", "--lang", "id"]) == 0
    assert "Langkah aksi: 0 sama" in capsys.readouterr().out
    assert '<html lang="id">' in (desk / "diff/diff.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("side", "code", "said"),
    [
        ("missing.pdf", 4, "missing.pdf"),
        ("missing.json", 4, "missing.json"),
        ("empty", 4, "no decree.json"),
        ("broken.json", 4, "no decree.json of lampiran"),
        ("future.json", 4, "schema version is 9.0.0"),
        ("prose.txt", 5, "no action plan"),
    ],
)
def test_a_side_that_cannot_be_read_is_one_clear_sentence(
    desk: Path, capsys: pytest.CaptureFixture[str], side: str, code: int, said: str
) -> None:
    (desk / "empty").mkdir()
    (desk / "broken.json").write_text('{"decree_id": 1}', encoding="utf-8")
    (desk / "prose.txt").write_text("Sebuah catatan tanpa tabel.\n", encoding="utf-8")
    future = json.loads((desk / "out/kpu-batang-2025/decree.json").read_text(encoding="utf-8"))
    (desk / "future.json").write_text(json.dumps(future | {"schema_version": "9.0.0"}), encoding="utf-8")
    assert run(["diff", "out/kpu-batang-2025", side, "-o", "diff"]) == code
    captured = capsys.readouterr()
    assert captured.out == ""
    assert len(captured.err.splitlines()) == 1
    assert said in captured.err
    assert not (desk / "diff").exists()


def test_a_result_is_never_overwritten_and_is_refused_before_anything_is_read(
    desk: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = sorted((desk / "out/kpu-batang-2025").iterdir())
    (desk / "empty.pdf").touch()
    assert run(["diff", "empty.pdf", TRANSCRIPT, "-o", "out/kpu-batang-2025", "--force"]) == 6
    assert "-o" in capsys.readouterr().err
    assert sorted((desk / "out/kpu-batang-2025").iterdir()) == before


def test_a_comparison_that_a_person_changed_is_refused_before_anything_is_read(
    desk: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sides = ["out/kpu-batang-2025", "out/kpu-batang-2025"]
    assert run(["diff", *sides, "-o", "diff"]) == 0
    with (desk / "diff/diff.csv").open("a", encoding="utf-8") as file:
        file.write("mine")
    mine = (desk / "diff/diff.csv").read_bytes()
    (desk / "empty.pdf").touch()
    assert run(["diff", "empty.pdf", sides[1], "-o", "diff"]) == 6
    assert "(diff.csv)" in capsys.readouterr().err
    assert (desk / "diff/diff.csv").read_bytes() == mine
    assert run(["diff", *sides, "-o", "diff", "--force"]) == 0
    assert f"is kept in {Path('diff.kept')}" in capsys.readouterr().out
    assert (desk / "diff.kept/diff.csv").read_bytes() == mine


def test_the_python_surface_takes_paths_results_and_plans(desk: Path) -> None:
    result = lampiran.read(TRANSCRIPT)
    found = lampiran.diff("out/kpu-batang-2025", result)
    assert found == lampiran.diff(Path("out/kpu-batang-2025/decree.json"), result.plan)
    assert not found.has_changes


def test_a_scan_is_read_by_the_readers_that_are_named(desk: Path, samples: Path) -> None:
    page = desk / "page.pdf"
    page.write_bytes(scan((samples / CONTOH).read_bytes(), preset("rough150", 5, (4,))).pdf)
    result = lampiran.read(page, text_readers=("rapidocr",))
    result.write(desk / "alone")
    assert run(["diff", "alone", str(page), "--text-reader", "rapidocr", "-o", "found"]) == 0
    counts = json.loads((desk / "found/diff.json").read_text(encoding="utf-8"))["counts"]
    rows = len(list(result.plan.placed()))
    assert (counts["same"], counts["reading"]) == (rows, 0)
    assert rows > 3
    named = plan_of(page, text_readers=("rapidocr",))
    assert named == result.plan
    assert (plan_of(page) != named) is (len(available_readers()) > 1)
