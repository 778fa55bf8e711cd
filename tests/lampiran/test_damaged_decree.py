"""The sample decree damaged in every way that leaves a trace: no row is lost without an error."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import pytest

from benchmarks.faults.damage import KINDS, Judge

SAMPLE = "kpu-batang-2025.pdf"


@pytest.fixture(scope="module")
def decree(samples: Path) -> bytes:
    return (samples / SAMPLE).read_bytes()


@pytest.fixture(scope="module")
def judge(decree: bytes, tmp_path_factory: pytest.TempPathFactory) -> Judge:
    return Judge(decree, tmp_path_factory.mktemp("damaged"))


def some(copies: Iterator[tuple[str, bytes]], every: int) -> Iterator[tuple[str, bytes]]:
    return islice(copies, 0, None, every)


@pytest.mark.parametrize(
    ("kind", "every"),
    [("cut", 1), ("null", 1), ("dropped", 3), ("other-type", 7), ("content", 2), ("gaps", 5)],
)
def test_no_row_is_lost_without_an_error(decree: bytes, judge: Judge, kind: str, every: int) -> None:
    found = {name: judge.verdict(copy) for name, copy in some(KINDS[kind](decree), every)}
    assert [name for name, verdict in found.items() if verdict == "silent"] == []
    assert Counter(found.values())["told"] > 0
