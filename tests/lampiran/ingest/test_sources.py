"""What the words of a call name is found whatever lies there, and one of them never keeps the others back."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from lampiran.ingest.sources import Source, Unusable, sources_of

DEEP = 1_100  # folders, more than Python calls within calls


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("x.pdf", "a/y.pdf", "a/b/z.pdf", ".h/q.pdf", "a/b/t.txt", "a/.p.pdf"):
        (tmp_path / "m" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "m" / name).write_bytes(b"x")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def named(*words: str) -> list[str]:
    return [found.name for found in sources_of(words, []) if isinstance(found, Source)]


def refused(*words: str) -> list[str]:
    return [found.reason.en for found in sources_of(words, []) if isinstance(found, Unusable)]


@pytest.mark.parametrize(
    ("pattern", "names"),
    [
        ("m/**/*.pdf", ["m/a/b/z.pdf", "m/a/y.pdf", "m/x.pdf"]),
        ("./m/**/[xy].pdf", ["m/a/y.pdf", "m/x.pdf"]),
        ("m/a/**/b/*", ["m/a/b/t.txt", "m/a/b/z.pdf"]),
        ("**/z.pdf", ["m/a/b/z.pdf"]),
        ("m/*/*.pdf", ["m/a/y.pdf"]),
        ("m/**/.p*", ["m/a/.p.pdf"]),
    ],
)
def test_a_pattern_names_files_in_folders_of_any_depth_each_once(
    folder: Path, pattern: str, names: list[str]
) -> None:
    for number in range(3):
        (folder / "m" / "a" / f"l{number}").symlink_to(folder / "m")
    assert named(pattern) == names
    assert named(str(folder / pattern)) == [str(folder / name) for name in names]


def test_a_pattern_that_names_nothing_is_told(folder: Path) -> None:
    assert refused("n/**/*.pdf", "m/**/*.doc") == [
        "n/**/*.pdf: there is no such file or folder; check the name.",
        "m/**/*.doc: there is no such file or folder; check the name.",
    ]


def test_folders_may_lie_deep(tmp_path: Path) -> None:
    here = os.open(tmp_path, os.O_RDONLY)
    for _ in range(DEEP):
        os.mkdir("d", dir_fd=here)
        here, above = os.open("d", os.O_RDONLY, dir_fd=here), here
        os.close(above)
    os.close(os.open("a.pdf", os.O_CREAT | os.O_WRONLY, dir_fd=here))
    os.close(here)
    try:
        (found,) = named(str(tmp_path))
    finally:  # shutil, by which pytest clears its folders, calls itself for each of them
        subprocess.run(["rm", "-r", str(tmp_path / "d")], check=True)
    assert found.endswith("/d/d/a.pdf")


def test_a_list_goes_on_behind_a_line_that_names_nothing_that_can_be_read(folder: Path) -> None:
    lines = ["# daftar", "m/x.pdf", "y" * 100_000, "zip://a::file:///etc/passwd", "m/a/y.pdf"]
    (folder / "daftar.txt").write_text("\n".join(lines), encoding="utf-8")
    assert named("@daftar.txt") == ["m/x.pdf", "m/a/y.pdf"]
    long, address = refused("@daftar.txt")
    assert long.startswith("yyyy")
    assert "File name too long" in long
    assert len(long) < 2_000
    assert address.startswith("zip://a::file:///etc/passwd: ")


def test_a_list_that_says_nothing_is_not_waited_for(folder: Path) -> None:
    os.mkfifo(folder / "pipa")
    assert refused("@pipa", "@/dev/zero", "@tiada") == [
        "pipa: it cannot be read (nobody writes to this pipe); check the file and its permissions.",
        "/dev/zero: it cannot be read (not a regular file); check the file and its permissions.",
        "tiada: it cannot be read (No such file or directory); check the file and its permissions.",
    ]


def test_a_file_of_a_call_may_begin_with_a_number_sign(folder: Path) -> None:
    (folder / "#a.pdf").write_bytes(b"x")
    assert named("#a.pdf") == ["#a.pdf"]


def test_a_file_without_an_end_is_not_read_to_it(folder: Path) -> None:
    with (folder / "besar.pdf").open("wb") as stream:
        stream.truncate(1 << 36)
    with pytest.raises(OSError, match="larger than 256 MiB"):
        Source("besar.pdf").fingerprint()
