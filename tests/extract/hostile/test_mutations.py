"""Copies of drawn files, changed at random, are read, read in part, or refused with a sentence."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from benchmarks.faults.hostile_mutations import RIGHT, endings, has_failed, sources
from benchmarks.hostile.mutating import mutated
from benchmarks.hostile.running import prepare

COUNT, SHARES = 280, 2


@pytest.mark.parametrize("share", range(SHARES))
def test_no_change_makes_reading_hang_crash_or_fail_unforeseen(share: int, tmp_path: Path) -> None:
    prepare()
    count = COUNT // SHARES
    ended = list(endings(sources(), count, 1 + share * count, tmp_path))
    assert len(ended) == count
    assert not [end for end in ended if has_failed(end)]
    assert {end.outcome for end in ended} <= set(RIGHT)


def test_the_same_seed_changes_the_same() -> None:
    for name, data in sources().items():
        copies = {mutated(name, data, random.Random(7)) for _ in range(2)}
        assert len(copies) == 1
