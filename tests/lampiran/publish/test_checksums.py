"""What a person changed in a folder of ours, or added to it, is never lost: refused, or with force kept beside."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.types import Extraction
from lampiran.publish import atomic_folder as placing
from lampiran.publish.atomic_folder import check_untouched, place_folder
from lampiran.publish.checksums import checksums, recorded, touched
from lampiran.publish.writing import write_result
from schema.errors import OutputError
from schema.plan import Plan

FILES = {"b.json": b"{}\n", "a.csv": b"x,y\r\n1,2\r\n"}


def content(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir()) if path.is_file()}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place_folder(tmp_path / "out" / "plan", FILES)
    return tmp_path / "out" / "plan"


def test_each_file_is_listed_by_name_as_the_usual_tool_reads_it(folder: Path) -> None:
    lines = (folder / "SHA256SUMS").read_text(encoding="utf-8").splitlines()
    assert lines == [f"{hashlib.sha256(FILES[name]).hexdigest()}  {name}" for name in ("a.csv", "b.json")]
    if tool := shutil.which("sha256sum"):
        ended = subprocess.run([tool, "--check", "SHA256SUMS"], cwd=folder, capture_output=True, check=False)
        assert ended.returncode == 0


@given(st.dictionaries(st.from_regex(r"[a-z][a-z0-9._ -]{0,20}", fullmatch=True), st.binary(), max_size=5))
def test_sums_are_read_back_as_they_were_written(
    tmp_path_factory: pytest.TempPathFactory, files: dict[str, bytes]
) -> None:
    folder = tmp_path_factory.mktemp("sums")
    (folder / "SHA256SUMS").write_bytes(checksums(files))
    assert recorded(folder) == {name: hashlib.sha256(data).hexdigest() for name, data in files.items()}


def test_an_untouched_folder_is_replaced(folder: Path) -> None:
    assert touched(folder) == ()
    assert place_folder(folder, {"a.csv": b"new"}) is None
    assert sorted(content(folder)) == ["SHA256SUMS", "a.csv"]
    assert list(folder.parent.iterdir()) == [folder]


def change(folder: Path) -> None:
    (folder / "a.csv").write_bytes(b"mine")


def add(folder: Path) -> None:
    (folder / "note.txt").write_bytes(b"mine")


def add_a_folder(folder: Path) -> None:
    (folder / "notes").mkdir()
    (folder / "notes" / "one.txt").write_bytes(b"mine")


def add_a_link(folder: Path) -> None:
    (folder / "note.txt").symlink_to("nowhere")


def lose_the_sums(folder: Path) -> None:
    (folder / "SHA256SUMS").unlink()


def spoil_the_sums(folder: Path) -> None:
    (folder / "SHA256SUMS").write_text("mine\n", encoding="utf-8")


@pytest.mark.parametrize(
    ("deed", "names"),
    [
        (change, ["a.csv"]),
        (add, ["note.txt"]),
        (add_a_folder, ["notes"]),
        (add_a_link, ["note.txt"]),
        (lose_the_sums, ["a.csv", "b.json"]),
        (spoil_the_sums, ["a.csv", "b.json"]),
    ],
)
def test_what_a_person_did_is_refused_and_with_force_kept(
    deed: Callable[[Path], None], names: list[str], folder: Path
) -> None:
    deed(folder)
    before = content(folder)
    new = {"a.csv": b"new", "b.json": b"new"}
    with pytest.raises(OutputError) as refusal:
        place_folder(folder, new)
    for language in ("id", "en"):
        said = refusal.value.text("id" if language == "id" else "en")
        assert all(part in said for part in (*names, str(folder), "--force", f"{folder}.kept"))
    assert refusal.value.exit_code == 6
    assert content(folder) == before
    assert list(folder.parent.iterdir()) == [folder]

    kept = place_folder(folder, new, force=True)
    assert kept == folder.with_name("plan.kept")
    assert sorted(path.name for path in kept.iterdir()) == names
    assert content(kept) == {name: before[name] for name in names if name in before}
    assert content(folder) == {**new, "SHA256SUMS": checksums(new)}


def test_what_was_kept_before_stays(folder: Path) -> None:
    for number, kept in enumerate(("plan.kept", "plan.kept-2", "plan.kept-3")):
        (folder / "a.csv").write_bytes(b"mine %d" % number)
        assert place_folder(folder, FILES, force=True) == folder.with_name(kept)
    assert (folder.with_name("plan.kept") / "a.csv").read_bytes() == b"mine 0"


def test_a_folder_inside_is_kept_with_all_it_holds(folder: Path) -> None:
    add_a_folder(folder)
    kept = place_folder(folder, FILES, force=True)
    assert kept is not None
    assert (kept / "notes" / "one.txt").read_bytes() == b"mine"


def test_files_that_are_missing_or_as_they_will_be_are_no_obstacle(folder: Path) -> None:
    (folder / "b.json").unlink()
    assert place_folder(folder, FILES) is None
    lose_the_sums(folder)
    assert place_folder(folder, FILES) is None
    (folder / "a.csv").write_bytes(b"new")
    assert place_folder(folder, {"a.csv": b"new"}) is None


def test_it_can_be_asked_before_anything_is_read(folder: Path) -> None:
    check_untouched(folder)
    check_untouched(folder.with_name("new"))
    add(folder)
    with pytest.raises(OutputError, match=r"note\.txt"):
        check_untouched(folder)


def test_nothing_is_left_beside_when_the_writing_fails(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    change(folder)
    before = content(folder)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(placing, "_write_all", full)
    with pytest.raises(OutputError, match="No space left"):
        place_folder(folder, FILES, force=True)
    assert content(folder) == before
    assert list(folder.parent.iterdir()) == [folder]


@pytest.mark.parametrize("name", ["actions.csv", "report.html", "datapackage.json", "decree.csv"])
def test_each_file_of_a_result_is_watched(
    name: str, plan: Plan, extraction: Extraction, tmp_path: Path
) -> None:
    folder = tmp_path / "plan"
    write_result(plan, extraction, folder)
    with (folder / name).open("ab") as stream:
        stream.write(b"mine")
    mine = (folder / name).read_bytes()
    with pytest.raises(OutputError, match=name):
        write_result(plan, extraction, folder)
    assert (folder / name).read_bytes() == mine
    written = write_result(plan, extraction, folder, force=True)
    assert written.kept is not None
    assert (written.kept / name).read_bytes() == mine
    assert write_result(plan, extraction, folder).kept is None


@pytest.mark.parametrize("name", [".~lock.actions.xlsx#", "~$actions.xlsx"])
def test_what_an_office_program_puts_beside_an_open_file_is_nobodys_work(folder: Path, name: str) -> None:
    (folder / name).write_text("x", encoding="utf-8")
    assert touched(folder) == ()
    (folder / f"{name}.txt").write_text("x", encoding="utf-8")
    assert touched(folder) == (f"{name}.txt",)
