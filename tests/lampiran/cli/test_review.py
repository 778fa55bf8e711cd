"""`lampiran review` as it is called: workbook, merge, terminal, page, refusals; `extract` finds the decisions."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path
from urllib.request import Request, urlopen

import pytest
from openpyxl import load_workbook

import lampiran

SOURCE, NAME = "kpu-batang-2025.transcript.txt", "kpu-batang-2025-transcript"


@pytest.fixture(scope="module")
def written(samples: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("written") / NAME
    lampiran.read(samples / SOURCE).write(folder)
    return folder


@pytest.fixture
def result(written: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(written, tmp_path / NAME))


def call(*words: str | Path, typed: str | None = None) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "lampiran", "--lang", "en", *map(str, words)]
    return subprocess.run(command, capture_output=True, text=True, input=typed, check=False)


def decisions_of(result: Path) -> dict[str, list[dict[str, object]]]:
    found: dict[str, list[dict[str, object]]] = json.loads(
        result.with_name(f"{result.name}.decisions.json").read_text(encoding="utf-8")
    )
    return found


def test_typed_decisions_are_kept_and_found_by_extract(result: Path, samples: Path) -> None:
    done = call("review", result, "--terminal", "--by", "pemeriksa", typed="1\n" * 30)
    assert done.returncode == 0
    assert "waiting: 0" in done.stdout
    assert "0 actions wait, 0 decisions fit no longer" in done.stdout
    assert {d["by"] for d in decisions_of(result)["decisions"]} == {"pemeriksa"}
    renewed = {path.name: path.read_bytes() for path in result.iterdir()}
    again = call("extract", samples / SOURCE, "-o", result.parent)
    assert again.returncode == 0
    assert "Waiting for a person's decision: 0 of 53" in again.stdout
    assert "Decisions of people: 23 applied, 0 fit no longer" in again.stdout
    assert {path.name: path.read_bytes() for path in result.iterdir()} == renewed


def test_decisions_of_another_place_can_be_given(result: Path, samples: Path, tmp_path: Path) -> None:
    call("review", result, "--terminal", typed="1\nq\n")
    kept = result.with_name(f"{NAME}.decisions.json").rename(tmp_path / "kept.json")
    done = call("extract", samples / SOURCE, "-o", tmp_path / "other", "--decisions", kept)
    assert "1 applied" in done.stdout


def test_the_workbook_goes_out_and_comes_back(result: Path, tmp_path: Path) -> None:
    path = tmp_path / "doubts.xlsx"
    assert call("review", result, "--export", path).returncode == 0
    again = call("review", result, "--export", path)
    assert (again.returncode, "--force" in again.stderr) == (6, True)
    book = load_workbook(path)
    head = [cell.value for cell in book.worksheets[0][1]]
    book.worksheets[0].cell(2, head.index("decision") + 1).value = "3;6;9;12"
    book.worksheets[0].cell(3, head.index("decision") + 1).value = "1"
    book.worksheets[0].cell(5, head.index("decision") + 1).value = "77"
    book.save(path)
    done = call("review", result, "--import", path)
    assert done.returncode == 3
    assert "Row 5" in done.stderr
    assert "2 decisions taken over" in done.stdout
    assert {d["field"] for d in decisions_of(result)["decisions"]} == {"schedule", "component_no"}


def test_other_peoples_decisions_are_merged(result: Path, tmp_path: Path) -> None:
    call("review", result, "--terminal", "--by", "a", typed="3;6\n1\nq\n")
    theirs = result.with_name(f"{NAME}.decisions.json").rename(tmp_path / "theirs.json")
    call("review", result, "--terminal", "--by", "b", typed="4\n1\nq\n")
    done = call("review", result, "--merge", theirs)
    assert done.returncode == 3
    assert "a: 3;6" in done.stderr
    assert len(decisions_of(result)["conflicts"]) == 1
    assert call("review", result, "--merge", tmp_path / "none.json").returncode == 2


def test_decisions_about_another_decree_are_not_merged(result: Path, tmp_path: Path) -> None:
    call("review", result, "--terminal", typed="1\nq\n")
    kept = json.loads(result.with_name(f"{NAME}.decisions.json").read_text(encoding="utf-8"))
    kept["decree_id"] = "kpu-lain-1-2025"
    kept["decisions"][0]["sha256"] = "f" * 64
    (tmp_path / "other.json").write_text(json.dumps(kept), encoding="utf-8")
    done = call("review", result, "--merge", tmp_path / "other.json")
    assert (done.returncode, "kpu-lain-1-2025" in done.stderr) == (2, True)
    assert len(decisions_of(result)["decisions"]) == 1


def test_only_one_way_at_a_time_and_only_a_result(result: Path, samples: Path, tmp_path: Path) -> None:
    both = call("review", result, "--export", tmp_path / "a.xlsx", "--terminal")
    assert (both.returncode, (tmp_path / "a.xlsx").exists()) == (2, False)
    pdf = call("review", samples / "kpu-batang-2025.pdf")
    assert (pdf.returncode, "lampiran extract" in pdf.stderr) == (4, True)


def test_the_page_is_served_and_closed(result: Path) -> None:
    command = [sys.executable, "-m", "lampiran", "--lang", "en", "review", str(result), "--no-browser"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        found = re.search(r"http://127\.0\.0\.1:\d+/\S+/", process.stdout.readline())
        assert found is not None
        origin = "/".join(found[0].split("/")[:3])
        headers = {"Origin": origin, "Content-Type": "application/json"}
        with urlopen(Request(found[0] + "close", data=b"{}", headers=headers)) as answer:  # noqa: S310 - our own
            assert answer.status == 200
        rest = process.stdout.read()
    assert process.returncode == 0
    assert "waiting: 15" in rest


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["--host", "0.0.0.0"], 2, "--allow-remote"),  # noqa: S104 - what is refused
        (["--source", "README.md"], 4, "not the file"),
        (["--import", "README.md"], 4, "--export"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_one_sentence(
    result: Path, root: Path, words: list[str], code: int, said: str
) -> None:
    given = [str(root / word) if word == "README.md" else word for word in words]
    done = call("review", result, *given)
    assert (done.returncode, said in done.stderr) == (code, True)
    assert "Traceback" not in done.stderr


def test_a_folder_without_a_result_is_refused(tmp_path: Path) -> None:
    done = call("review", tmp_path)
    assert (done.returncode, "decree.json" in done.stderr) == (4, True)


def test_a_damaged_file_of_decisions_stops_extract_and_stays(result: Path, samples: Path) -> None:
    kept = result.with_name(f"{NAME}.decisions.json")
    kept.write_text("{", encoding="utf-8")
    done = call("extract", samples / SOURCE, "-o", result.parent)
    assert (done.returncode, "decisions" in done.stderr) == (2, True)
    assert kept.read_text(encoding="utf-8") == "{"


def test_quiet_says_nothing_but_what_is_wrong(result: Path, tmp_path: Path) -> None:
    done = call("review", result, "--export", tmp_path / "a.xlsx", "--quiet")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert (tmp_path / "a.xlsx").exists()
    taken = call("review", result, "--import", tmp_path / "a.xlsx", "--quiet")
    assert (taken.returncode, taken.stdout) == (0, "")
