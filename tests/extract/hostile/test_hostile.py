"""Whatever means harm ends as it should: in time, within memory, with a sentence, and nothing beside the output."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from benchmarks.hostile.corpus import KINDS

FEWEST = 180


def run(names: list[str], folder: Path, root: Path) -> dict[str, dict[str, Any]]:
    """Run the program on kinds in a process of its own, and return how each call ended."""
    alone = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.hostile.running", str(folder), *names],
        cwd=root,
        env={**os.environ, **alone},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        check=True,
        text=True,
    )
    ended = map(json.loads, done.stdout.splitlines())
    return {one["name"]: one for one in ended}


def check(names: list[str], folder: Path, root: Path) -> None:
    ended = run(names, folder, root)
    assert list(ended) == names
    assert not {name: one for name, one in ended.items() if one["outcome"] not in KINDS[name].outcomes}
    assert not {name: one["strays"] for name, one in ended.items() if one["strays"]}
    assert not [
        name for name, one in ended.items() if one["outcome"] == "refused" and not one["said"].strip()
    ]


def test_there_are_enough_kinds() -> None:
    assert len(KINDS) >= FEWEST


def test_each_kind_ends_as_it_should(tmp_path: Path, root: Path) -> None:
    """Every other kind: each starts a worker, some two seconds. All of them: `python -m benchmarks.hostile.running FOLDER NAME...`."""
    names = list(KINDS)[::2]
    assert len(names) >= FEWEST
    check(names, tmp_path, root)
