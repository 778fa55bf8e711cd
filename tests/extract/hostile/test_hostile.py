"""Whatever means harm ends as it should: in time, within memory, with a sentence, and nothing beside the output."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from benchmarks.hostile.corpus import KINDS

FEWEST = 180
SHARES = 16  # tests: modules with many of them begin first
IN_A_WORKER = 16  # of so many kinds one is read in a worker, too


def run(names: list[str], folder: Path, root: Path, *options: str) -> dict[str, dict[str, Any]]:
    """Run the program on kinds in a process of its own, and return how each call ended."""
    alone = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.hostile.running", *options, str(folder), *names],
        cwd=root,
        env={**os.environ, **alone},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        check=True,
        text=True,
    )
    ended = map(json.loads, done.stdout.splitlines())
    return {one["name"]: one for one in ended}


def check(names: list[str], folder: Path, root: Path, *options: str) -> None:
    ended = run(names, folder, root, *options)
    assert list(ended) == names
    assert not {name: one for name, one in ended.items() if one["outcome"] not in KINDS[name].outcomes}
    assert not {name: one["strays"] for name, one in ended.items() if one["strays"]}
    assert not [
        name for name, one in ended.items() if one["outcome"] == "refused" and not one["said"].strip()
    ]


def test_there_are_enough_kinds() -> None:
    assert len(KINDS) >= FEWEST


@pytest.mark.parametrize("share", range(SHARES))
def test_each_kind_ends_as_it_should(share: int, tmp_path: Path, root: Path) -> None:
    check(list(KINDS)[share::SHARES], tmp_path, root, "--here")


def test_kinds_end_as_they_should_in_a_worker(tmp_path: Path, root: Path) -> None:
    """Some of each file's kinds, since each call starts a worker; all: `python -m benchmarks.hostile.running FOLDER`."""
    check(list(KINDS)[::IN_A_WORKER], tmp_path, root)
