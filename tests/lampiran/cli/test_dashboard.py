"""`lampiran dashboard` as a user meets it: results in, a folder out; what cannot be read is said; nothing of a person's is lost."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from lampiran.cli.app import run
from lampiran.loading import FILE
from lampiran.publish.writing import to_json
from schema.decree import DecreeHead, Field
from schema.plan import Plan
from schema.provenance import Source


def result(folder: Path, decree_id: str) -> None:
    """Write what a dashboard reads of a result."""
    folder.mkdir(parents=True)
    source = Source(name=f"{decree_id}.pdf", sha256="0" * 64, size=1, media_type="application/pdf")
    head = DecreeHead(institution=Field(text="BADAN PUSAT STATISTIK"))
    (folder / FILE).write_bytes(to_json(Plan(decree_id=decree_id, source=source, head=head)))


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LAMPIRAN_LANG", "en")
    for name in ("a", "b"):
        result(tmp_path / "out" / name, f"decree-{name}")
    return tmp_path


def core(folder: Path) -> dict[str, object]:
    """Return what the page of a dashboard holds."""
    page = (folder / "index.html").read_text(encoding="utf-8")
    held = page.split('<script type="application/json" id="core">')[1].split("</script>")[0]
    return dict(json.loads(held))


def names(folder: Path) -> list[str]:
    decrees = core(folder)["decrees"]
    assert isinstance(decrees, list)
    return [str(decree["id"]) for decree in decrees]


def test_results_become_a_folder_with_a_page(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["dashboard", "out"]) == 0
    shown = capsys.readouterr().out
    assert "2 decrees, 1 office, 0 actions" in shown
    assert "out/dashboard/index.html" in shown
    assert names(desk / "out/dashboard") == ["decree-a", "decree-b"]
    assert (desk / "out/dashboard/SHA256SUMS").is_file()


def test_it_is_made_again_over_itself_and_its_own_folder_is_no_result(desk: Path) -> None:
    assert run(["dashboard", "out", "-q"]) == 0
    before = {file.name: file.read_bytes() for file in (desk / "out/dashboard").iterdir()}
    assert run(["dashboard", "out", "-q"]) == 0
    assert {file.name: file.read_bytes() for file in (desk / "out/dashboard").iterdir()} == before
    result(desk / "out/c", "decree-c")
    assert run(["dashboard", "out", "-q"]) == 0
    assert len(names(desk / "out/dashboard")) == 3


def test_one_result_by_its_file_or_its_folder(desk: Path) -> None:
    assert run(["dashboard", "out/a/decree.json", "out/b", "-o", "both", "-q"]) == 0
    assert names(desk / "both") == ["decree-a", "decree-b"]


def test_what_cannot_be_read_is_told_and_named_on_the_page(
    desk: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (desk / "out/b" / FILE).write_text("{}", encoding="utf-8")
    assert run(["dashboard", "out", "-o", "board"]) == 4
    shown = capsys.readouterr()
    assert len(shown.err.splitlines()) == 1
    assert "out/b" in shown.err
    assert "not counted: 1 (b)" in shown.out
    assert names(desk / "board") == ["decree-a"]
    left = core(desk / "board")["uncounted"]
    assert isinstance(left, list)
    assert left[0][:2] == ["b", "failed"]


def test_without_any_result_nothing_is_written(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("a", "b"):
        (desk / "out" / name / FILE).write_text("{}", encoding="utf-8")
    assert run(["dashboard", "out", "-o", "board"]) == 4
    assert "no dashboard was written" in capsys.readouterr().err
    assert not (desk / "board").exists()


@pytest.mark.parametrize("named", ["kpu-batang-2025.pdf", "empty", "s0"])
def test_what_holds_no_result_is_named_as_the_user_named_it(
    named: str, desk: Path, samples: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copy(samples / "kpu-batang-2025.pdf", desk)
    (desk / "empty").mkdir()
    (desk / "s0/results").mkdir(parents=True)
    (desk / "s0/store.json").write_text('{"format": 1}', encoding="utf-8")
    assert run(["dashboard", named, "-o", "board"]) == 4
    said = capsys.readouterr().err.splitlines()[0]
    assert said.startswith(f"lampiran: {named}: ")
    assert "lampiran status s0" in said if named == "s0" else "a store of lampiran ingest, a folder" in said
    assert not (desk / "board").exists()
    assert run(["dashboard", named, "out", "-o", "board", "-q"]) in {0, 4}
    assert names(desk / "board") == ["decree-a", "decree-b"]


@pytest.mark.parametrize("name", ["index.html", "texts-999.js", "notes.txt", "mine/notes.txt"])
def test_what_a_person_changed_is_never_lost(
    name: str, desk: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["dashboard", "out", "-o", "board", "-q"]) == 0
    page = desk / "board/index.html"
    held = page.read_text(encoding="utf-8") + "<!-- mine -->"
    (desk / "board" / name).parent.mkdir(exist_ok=True)
    (desk / "board" / name).write_text(held, encoding="utf-8")
    assert run(["dashboard", "out", "-o", "board"]) == 6
    said = capsys.readouterr().err
    assert name.partition("/")[0] in said
    assert "board.kept" in said
    assert run(["dashboard", "out", "-o", "board", "--force"]) == 0
    assert not (desk / "board" / name).exists() or name == "index.html"
    assert (desk / "board.kept" / name).read_text(encoding="utf-8") == held


@pytest.mark.parametrize("place", ["out/a", "notes"])
def test_a_folder_of_something_else_is_never_replaced(place: str, desk: Path) -> None:
    (desk / "notes").mkdir()
    (desk / "notes/index.html").write_text("<p>mine</p>", encoding="utf-8")
    before = {file.name: file.read_bytes() for file in (desk / place).iterdir()}
    assert run(["dashboard", "out", "-o", place, "--force"]) == 6
    assert {file.name: file.read_bytes() for file in (desk / place).iterdir()} == before


def test_results_inside_a_dashboard_stay_where_they_are(
    desk: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["dashboard", "out", "-o", "board", "-q"]) == 0
    result(desk / "board/c", "decree-c")
    for forced in ([], ["--force"]):
        assert run(["dashboard", "board/c", "out", "-o", "board", *forced]) == 6
        assert "board holds results that are to be shown" in capsys.readouterr().err
    assert (desk / "board/c" / FILE).is_file()


def test_the_language_is_the_one_it_opens_in(desk: Path) -> None:
    assert run(["dashboard", "out", "-o", "board", "--lang", "en", "-q"]) == 0
    assert '<html lang="en">' in (desk / "board/index.html").read_text(encoding="utf-8")


def test_a_store_is_read_with_what_it_could_not_read(desk: Path) -> None:
    store = desk / "store"
    result(store / "results/a", "decree-a")
    (store / "store.json").write_text('{"format": 1}', encoding="utf-8")
    (store / "records").mkdir()
    record = {"state": "failed", "names": ["x.pdf"], "reason": {"id": "rusak", "en": "damaged"}}
    (store / "records/x.json").write_text(json.dumps(record), encoding="utf-8")
    record = {"state": "done", "names": ["a.pdf"], "result": "a"}
    (store / "records/a.json").write_text(json.dumps(record), encoding="utf-8")
    assert run(["dashboard", "store", "-o", "board", "-q"]) == 0
    assert names(desk / "board") == ["decree-a"]
    assert core(desk / "board")["uncounted"] == [["x.pdf", "failed", "rusak", "damaged", ""]]
