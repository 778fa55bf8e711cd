"""One at a time changes what a lock is beside, also where a holder takes the lock's file away while others wait for it."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from lampiran.publish.file_lock import alone

WRITERS, TURNS = 8, 40


def add_up(path: Path) -> None:
    for _ in range(TURNS):
        with alone(path):
            path.write_text(str(int(path.read_text(encoding="ascii")) + 1), encoding="ascii")


def test_writers_that_wait_for_each_other_lose_nothing_and_leave_nothing(tmp_path: Path) -> None:
    path = tmp_path / "jumlah"
    path.write_text("0", encoding="ascii")
    with ThreadPoolExecutor(WRITERS) as pool:
        list(pool.map(add_up, [path] * WRITERS))
    assert path.read_text(encoding="ascii") == str(WRITERS * TURNS)
    assert [entry.name for entry in tmp_path.iterdir()] == ["jumlah"]


def test_a_lock_that_a_killed_holder_left_is_taken_and_taken_away(tmp_path: Path) -> None:
    (tmp_path / ".x.zip.lock").touch()
    with alone(tmp_path / "x.zip"):
        assert (tmp_path / ".x.zip.lock").exists()
    assert list(tmp_path.iterdir()) == []


def test_what_is_raised_inside_leaves_no_lock(tmp_path: Path) -> None:
    with pytest.raises(KeyError), alone(tmp_path / "x.zip"):
        raise KeyError
    assert list(tmp_path.iterdir()) == []
