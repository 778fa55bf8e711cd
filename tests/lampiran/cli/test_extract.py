"""`lampiran extract` as a user meets it: real files in, folders, sentences and exit codes out."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pikepdf
import pytest

from lampiran.cli import extract_file as command
from lampiran.cli.app import run
from lampiran.cli.exits import worst
from lampiran.pipeline import read
from schema.errors import LampiranError

TRANSCRIPT = "kpu-batang-2025.transcript.txt"
DRAWN = "kpu-contoh-2024.pdf"


@pytest.fixture
def desk(tmp_path: Path, samples: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder to work in, with the drawn decree and the transcription in it."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LAMPIRAN_LANG", "en")
    for name in (TRANSCRIPT, DRAWN):
        shutil.copy(samples / name, tmp_path)
    return tmp_path


def folders(place: Path) -> set[str]:
    return {path.name for path in place.iterdir()} if place.exists() else set()


def test_summary_says_what_was_read_and_where_it_lies(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["extract", DRAWN, TRANSCRIPT]) == 0
    captured = capsys.readouterr()
    plan = read(DRAWN).plan
    first = captured.out.splitlines()[:6]
    assert first[0] == DRAWN
    assert first[1].startswith(f"  {len(plan.areas)} areas, ")
    assert f"{sum(1 for _ in plan.placed())} actions" in first[1]
    assert first[2].startswith("  Findings: 0 errors, ")
    assert first[4] == f"  Pages: {len(plan.pages)} read, 0 empty, 0 not read"
    assert first[5].startswith(f"  Result: {Path('out/kpu-contoh-2024')} (actions.csv, ")
    assert captured.out.splitlines()[-1] == "2 of 2 files done."
    assert captured.err == ""
    assert folders(desk / "out") == {"kpu-contoh-2024", "kpu-batang-2025-transcript"}


def test_messages_are_indonesian_on_request(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["extract", "--lang", "id", DRAWN]) == 0
    assert "Menunggu keputusan orang: 0 dari" in capsys.readouterr().out


def test_reviews_make_the_exit_code_3_only_on_request(desk: Path) -> None:
    assert run(["extract", TRANSCRIPT]) == 0
    assert run(["extract", TRANSCRIPT, "--fail-on", "review"]) == 3
    assert run(["extract", DRAWN, "--fail-on", "review"]) == 0


def test_two_runs_give_equal_bytes(desk: Path) -> None:
    assert run(["extract", DRAWN, TRANSCRIPT, "-o", "one"]) == 0
    assert run(["extract", TRANSCRIPT, "--lang", "id", DRAWN, "-o", "two"]) == 0
    files = sorted(path.relative_to(desk / "one") for path in (desk / "one").rglob("*") if path.is_file())
    assert len(files) > 10
    for file in files:
        assert (desk / "one" / file).read_bytes() == (desk / "two" / file).read_bytes(), file


def test_same_file_twice_is_read_once(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["extract", DRAWN, f"./{DRAWN}"]) == 0
    captured = capsys.readouterr()
    assert "is read once" in captured.err
    assert captured.out.count("Result:") == 1
    assert folders(desk / "out") == {"kpu-contoh-2024"}


def test_clashing_names_get_a_suffix(desk: Path) -> None:
    (desk / "a").mkdir()
    (desk / "b").mkdir()
    shutil.copy(DRAWN, "a/decree.pdf")
    shutil.copy(TRANSCRIPT, "b/decree.txt")
    assert run(["extract", "a/decree.pdf", "b/decree.txt"]) == 0
    assert len(folders(desk / "out")) == 2
    assert all(name.startswith("decree-") and len(name) == 15 for name in folders(desk / "out"))


@pytest.mark.parametrize("command", ["extract", "tables"])
def test_what_a_person_changed_is_named_and_kept_and_the_others_are_read(
    command: str, desk: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copy(desk / DRAWN, desk / "second.pdf")
    assert run([command, DRAWN, "-o", "out"]) == 0
    folder = desk / "out" / "kpu-contoh-2024"
    changed = folder / ("actions.csv" if command == "extract" else "table-01.csv")
    changed.write_text("mine", encoding="utf-8")
    (folder / "note.txt").write_text("mine, too", encoding="utf-8")
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    if command == "tables":
        (folder / "note.txt").unlink()
    capsys.readouterr()
    assert run([command, DRAWN, "second.pdf", "-o", "out"]) == 6
    said = capsys.readouterr()
    assert changed.name in said.err
    assert len(said.err.splitlines()) == 1
    assert "1 of 2 files done." in said.out
    assert changed.read_bytes() == b"mine"
    assert run([command, DRAWN, "-o", "out", "--force"]) == 0
    kept = desk / "out" / "kpu-contoh-2024.kept"
    assert f"is kept in {Path('out/kpu-contoh-2024.kept')}" in capsys.readouterr().out
    names = {changed.name} | ({"note.txt"} if command == "extract" else set())
    assert {path.name: path.read_bytes() for path in kept.iterdir()} == {name: before[name] for name in names}
    assert run([command, DRAWN, "-o", "out"]) == 0
    assert folders(desk / "out") == {"kpu-contoh-2024", "kpu-contoh-2024.kept", "second"}


def test_another_decree_s_result_is_refused_without_force(
    desk: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copy(DRAWN, "decree.pdf")
    assert run(["extract", "decree.pdf"]) == 0
    before = (desk / "out/decree/decree.json").read_bytes()
    shutil.copy(TRANSCRIPT, "decree.txt")
    assert run(["extract", "decree.txt"]) == 6
    assert "--force" in capsys.readouterr().err
    assert (desk / "out/decree/decree.json").read_bytes() == before
    assert run(["extract", "decree.txt", "--force"]) == 0
    assert (desk / "out/decree/decree.json").read_bytes() != before


def missing(_desk: Path) -> str:
    return "missing.pdf"


def directory(desk: Path) -> str:
    (desk / "folder.pdf").mkdir()
    return "folder.pdf"


def empty(desk: Path) -> str:
    (desk / "empty.pdf").write_bytes(b"")
    return "empty.pdf"


def truncated(desk: Path) -> str:
    (desk / "cut.pdf").write_bytes((desk / DRAWN).read_bytes()[:3000])
    return "cut.pdf"


def locked(desk: Path) -> str:
    with pikepdf.open(desk / DRAWN) as pdf:
        pdf.save(desk / "locked.pdf", encryption=pikepdf.Encryption(owner="o", user="u"))
    return "locked.pdf"


def picture(desk: Path) -> str:
    (desk / "picture.pdf").write_bytes(b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01" + bytes(500) + b"\xff\xd9")
    return "picture.pdf"


def no_pages(desk: Path) -> str:
    with pikepdf.new() as pdf:
        pdf.save(desk / "nothing.pdf")
    return "nothing.pdf"


def body_only(desk: Path) -> str:
    with pikepdf.open(desk / DRAWN) as pdf:
        del pdf.pages[1:]
        pdf.save(desk / "body.pdf")
    return "body.pdf"


def prose(desk: Path) -> str:
    (desk / "prose.txt").write_text(
        "KEPUTUSAN KOMISI PEMILIHAN UMUM\n\nTidak ada tabel di sini.\n", encoding="utf-8"
    )
    return "prose.txt"


BAD = [
    (missing, 4),
    (directory, 4),
    (empty, 4),
    (truncated, 4),
    (locked, 4),
    (picture, 4),
    (no_pages, 4),
    (body_only, 5),
    (prose, 5),
]


@pytest.mark.parametrize(("make", "code"), BAD)
@pytest.mark.parametrize("language", ["id", "en"])
def test_bad_input_gives_one_sentence_its_code_and_nothing_written(
    desk: Path, make: object, code: int, language: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert callable(make)
    name = make(desk)
    assert run(["extract", name, "--lang", language]) == code
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.count("\n") == 1
    assert captured.err.startswith("lampiran: ")
    assert name in captured.err
    assert not (desk / "out").exists()


def test_the_rest_goes_on_and_the_worst_code_counts(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["extract", missing(desk), DRAWN, prose(desk)]) == 5
    captured = capsys.readouterr()
    assert captured.err.count("\n") == 2
    assert captured.out.splitlines()[-1] == "1 of 3 files done."
    assert folders(desk / "out") == {"kpu-contoh-2024"}


@pytest.mark.parametrize(
    ("codes", "expected"),
    [([], 0), ([0, 3], 3), ([4, 5, 0], 5), ([6, 5], 6), ([1, 6], 1), ([0, 0], 0)],
)
def test_worst_code(codes: list[int], expected: int) -> None:
    assert worst(codes) == expected


def test_output_folder_that_is_a_file_is_refused_before_reading(
    desk: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (desk / "taken").write_text("kept")
    assert run(["extract", "missing.pdf", "-o", "taken"]) == 6
    assert "is a file, not a folder" in capsys.readouterr().err
    assert (desk / "taken").read_text() == "kept"


def test_name_of_a_result_that_is_a_file_is_refused(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (desk / "out").mkdir()
    (desk / "out/kpu-contoh-2024").write_text("kept")
    assert run(["extract", DRAWN]) == 6
    assert "is a file, not a folder" in capsys.readouterr().err
    assert (desk / "out/kpu-contoh-2024").read_text() == "kept"


@pytest.mark.skipif(not Path("/proc/self").is_dir(), reason="needs /proc, which nobody can write")
def test_unwritable_output_is_refused(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["extract", DRAWN, "-o", "/proc/lampiran"]) == 6
    assert "cannot be written" in capsys.readouterr().err


def test_interruption_ends_with_130_and_keeps_what_is_done(
    desk: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(path: Path, **options: object) -> object:
        if path.name == TRANSCRIPT:
            raise KeyboardInterrupt
        return read(path, second_reader=bool(options["second_reader"]))

    monkeypatch.setattr(command, "read", interrupted)
    assert run(["extract", "-j", "0", DRAWN, TRANSCRIPT]) == 130
    assert "1 of 2 files are done" in capsys.readouterr().err
    assert folders(desk / "out") == {"kpu-contoh-2024"}


@pytest.mark.parametrize(("level", "trace"), [("warning", False), ("debug", True)])
def test_unexpected_error_is_one_sentence_with_a_traceback_only_for_debug(
    desk: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, level: str, trace: bool
) -> None:
    def broken(_path: Path, **_options: object) -> object:
        raise RuntimeError("out of\norder")

    monkeypatch.setattr(command, "read", broken)
    assert run(["extract", DRAWN, "-j", "0", "--log-level", level]) == LampiranError.exit_code == 1
    said = capsys.readouterr().err
    assert f"lampiran: {DRAWN}: unexpected error (RuntimeError: out of order)" in said
    assert ("Traceback" in said) is trace
    assert not (desk / "out").exists()


def test_program_runs_as_a_module(desk: Path) -> None:
    ended = subprocess.run(
        [sys.executable, "-m", "lampiran", "extract", DRAWN, "--plain-csv"],
        env={**os.environ, "LAMPIRAN_LANG": "id"},
        cwd=desk,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 0
    assert "Hasil: out/kpu-contoh-2024" in ended.stdout
    assert ended.stderr == ""
