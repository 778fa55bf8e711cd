"""What a person did to any file of any result is never lost: the next run refuses and names it, `--force` keeps a copy."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from benchmarks.faults.transcription import lines_of, script_of
from benchmarks.faults.transcription import written as written_as
from lampiran.audit.report.writing import FILE_NAMES as AUDIT_FILES
from lampiran.cli.app import run
from lampiran.diff.writing import FILE_NAMES as DIFF_FILES
from lampiran.publish.writing import FILE_NAMES as RESULT_FILES
from samples.draw.truth import load

DECREE, TYPED = "kpu-contoh-2024.pdf", "typed.csv"
SUMS = "SHA256SUMS"
# Each command with what it writes: the words of the call, the folder, and its files.
CALLS: Mapping[str, tuple[list[str], str, tuple[str, ...]]] = {
    "extract": (["extract", DECREE, "-o", "out"], "out/kpu-contoh-2024", RESULT_FILES),
    "tables": (
        ["tables", DECREE, "-o", "out"],
        "out/kpu-contoh-2024",
        ("tables.json", "tables.html", "table-01.csv"),
    ),
    "audit": (["audit", DECREE, TYPED, "-o", "out"], "out/typed.audit", AUDIT_FILES[:4]),
    "diff": (["diff", TYPED, TYPED, "-o", "out"], "out", DIFF_FILES),
    "profile": (["profile", DECREE, "-o", "out"], "out/kpu-contoh-2024", ("profile.yaml", "profile.html")),
}
FILES = [(command, name) for command, (_, _, names) in CALLS.items() for name in names]


@pytest.fixture(scope="module")
def written(samples: Path, tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Path]:
    """A desk for each command, with its result on it."""
    desks = {}
    with pytest.MonkeyPatch.context() as patch:
        for command, (words, folder, names) in CALLS.items():
            desk = tmp_path_factory.mktemp(command)
            patch.chdir(desk)
            shutil.copy(samples / DECREE, desk)
            truth = load(samples / "kpu-contoh-2024.truth.json")
            (desk / TYPED).write_bytes(written_as(lines_of(script_of(truth)), "csv"))
            assert run([*words, "--lang", "en"]) in {0, 3}
            assert {file.name for file in (desk / folder).iterdir()} == {*names, SUMS}
            desks[command] = desk
    return desks


Desk = Callable[[str], Path]


@pytest.fixture
def desk_of(written: Mapping[str, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """Give a copy of a command's desk, and work there."""

    def copied(command: str) -> Path:
        shutil.copytree(written[command], tmp_path / "desk")
        monkeypatch.chdir(tmp_path / "desk")
        return tmp_path / "desk"

    return copied


def edit(file: Path) -> bytes:
    """Add something to a file, as a person's program does, and return what it holds then."""
    with file.open("ab") as stream:
        stream.write(b"\nmine\n")
    return file.read_bytes()


def content(folder: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in folder.iterdir()}


@pytest.mark.parametrize(("command", "name"), FILES)
def test_a_file_that_was_edited_stops_the_next_run(
    command: str, name: str, desk_of: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    words, folder, _ = CALLS[command]
    own = desk_of(command) / folder
    edit(own / name)
    before = content(own)
    assert run([*words, "--lang", "en"]) == 6
    said = capsys.readouterr().err
    assert f"({name})" in said
    assert "--force" in said
    assert content(own) == before


@pytest.mark.parametrize("command", CALLS)
def test_with_force_a_copy_of_each_edited_file_is_kept(command: str, desk_of: Desk) -> None:
    words, folder, names = CALLS[command]
    own = desk_of(command) / folder
    original = content(own)
    mine = {name: edit(own / name) for name in names}
    assert run([*words, "--lang", "en", "--force"]) in {0, 3}
    assert content(own.with_name(f"{own.name}.kept")) == mine
    assert content(own) == original
    assert run([*words, "--lang", "en"]) in {0, 3}, "nothing of a person is left in it"
