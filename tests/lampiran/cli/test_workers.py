"""`lampiran extract -j` with files that take down whoever reads them, and calls that are broken off."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from lampiran.cli.app import run
from lampiran.worker.pool import POOL

DRAWN, TYPED = "kpu-contoh-2024.pdf", "kpu-batang-2025.transcript.txt"
# Runs as a worker starts: what a file's name says happens when it is opened, as if a library had done it.
TRAPS = """
import os, sys
if {"lampiran.worker", "-j0"} & set(sys.orig_argv):
    asked = []
    def trap(event, given):
        if event != "open" or not isinstance(given[0], (str, os.PathLike)):
            return
        name = os.path.basename(str(given[0]))
        if name.startswith("crash"):
            import ctypes
            ctypes.string_at(0)
        if name.startswith("ends"):
            os._exit(3)
        if name.startswith("hangs"):
            while True:
                pass
        if name.startswith("eats"):
            held = []
            while True:
                held.append(bytearray(b"x" * (8 << 20)))
        if f"{os.sep}.asks." in str(given[0]) and not asked:  # where its result is put together
            asked.append(name)
            bytearray(1 << 44)
    sys.addaudithook(trap)
"""


@pytest.fixture
def desk(tmp_path: Path, samples: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with two decrees, and traps for those who open files of certain names."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LAMPIRAN_LANG", "en")
    for name in (TYPED, DRAWN):
        shutil.copy(samples / name, tmp_path)
    (tmp_path / "traps").mkdir()
    (tmp_path / "traps" / "sitecustomize.py").write_text(TRAPS, encoding="utf-8")
    monkeypatch.syspath_prepend(str(tmp_path / "traps"))
    POOL.close()
    return tmp_path


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_files_that_take_down_their_reader_are_told_and_the_rest_is_done(
    desk: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    hostile = ["crash.txt", "ends.txt", "eats.txt", "hangs.txt", "asks.txt"]
    for name in hostile:
        shutil.copy(TYPED, name)
    (desk / "hangs.txt").write_bytes((desk / TYPED).read_bytes() + b"\n")
    call = ["extract", "-j", "2", "--memory-limit", "1000", "--time-limit", "20"]
    assert run([*call, hostile[0], TYPED, *hostile[1:], DRAWN]) == 7
    said = capsys.readouterr()
    assert [line.split(":")[1].strip() for line in said.err.splitlines()] == hostile
    for words, line in zip(
        ("SIGSEGV", "code 3", "1000 MiB", "20 seconds", "1000 MiB"), said.err.splitlines(), strict=True
    ):
        assert words in line
    assert said.out.splitlines()[-1] == "2 of 7 files done."
    assert sorted(path.name for path in (desk / "out").iterdir()) == [
        "kpu-batang-2025-transcript",
        "kpu-contoh-2024",
    ]


def test_any_number_of_workers_gives_the_same_bytes_and_words(
    desk: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = []
    for jobs in "012":
        assert run(["extract", "-j", jobs, DRAWN, TYPED, "-o", "o"]) == 0
        words.append(capsys.readouterr())
        (desk / "o").rename(desk / jobs)
    assert words[0] == words[1] == words[2]
    assert contents(desk / "0") == contents(desk / "1") == contents(desk / "2")


def test_without_workers_a_lack_of_memory_is_told_and_the_rest_is_done(desk: Path) -> None:
    shutil.copy(TYPED, "asks.txt")
    done = subprocess.run(
        [sys.executable, "-m", "lampiran", "extract", "-j0", "asks.txt", TYPED],
        capture_output=True,
        text=True,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
        check=False,
    )
    assert (
        done.stderr
        == "lampiran: asks.txt: there is not enough memory; free some, or cut out the annex, and run again.\n"
    )
    assert done.returncode == 7
    assert [path.name for path in (desk / "out").iterdir()] == ["kpu-batang-2025-transcript"]


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_call_that_is_broken_off_ends_its_workers_and_leaves_nothing_half(
    desk: Path, number: signal.Signals, code: int
) -> None:
    shutil.copy(TYPED, "hangs.txt")
    call = [sys.executable, "-m", "lampiran", "extract", "-j", "2", DRAWN, "hangs.txt", TYPED]
    search = os.pathsep.join(sys.path)
    with subprocess.Popen(
        call,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=os.environ | {"PYTHONPATH": search},
    ) as running:
        assert running.stdout is not None
        assert running.stderr is not None
        for line in running.stdout:
            if line.startswith("  Open:"):
                break
        workers = children_of(running.pid)
        running.send_signal(number)
        said = running.stderr.read()
        assert running.wait(60) == code
    assert said == "lampiran: Interrupted; 1 of 3 files are done, and their results stay.\n"
    assert workers
    assert not any(Path(f"/proc/{worker}").exists() for worker in workers)
    assert not [path for path in (desk / "out").iterdir() if path.name.startswith(".")]


def children_of(process: int) -> list[int]:
    """Return the processes that a process has started."""
    found = []
    for folder in Path("/proc").iterdir():
        if folder.name.isdecimal():
            try:
                fields = (folder / "stat").read_text(encoding="utf-8").rpartition(")")[2].split()
            except OSError:
                continue
            if int(fields[1]) == process:
                found.append(int(folder.name))
    return found
