"""The benchmarks have one command, one line each in their README, and results that say where they come from."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from benchmarks.command import benchmarks
from benchmarks.results import with_section

NAMES = sorted(benchmarks())


def test_each_benchmark_has_its_line_in_the_readme(root: Path) -> None:
    readme = (root / "benchmarks" / "README.md").read_text(encoding="utf-8")
    assert sorted(re.findall(r"^\| `(\w+)` \|", readme, re.MULTILINE)) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_a_benchmark_says_what_it_measures(name: str) -> None:
    module, line = benchmarks()[name]
    assert module.split(".")[1] in {"accuracy", "faults", "speed", "fit"}
    assert line.endswith(".")


def test_results_say_command_commit_date_and_machine(root: Path) -> None:
    page = (root / "benchmarks" / "RESULTS.md").read_text(encoding="utf-8")
    sections = re.split(r"^## ", page, flags=re.MULTILINE)[1:]
    assert sections
    for section in sections:
        name, _, command, _, circumstances, *_ = section.split("\n")
        assert command.startswith(f"`python -m benchmarks {name}")
        assert name in NAMES
        assert re.match(
            r"commit [0-9a-f]{10}.*, \d{4}-\d\d-\d\d, \d+ cores of .+ memory, Python", circumstances
        )
    assert not re.search(r"(?<![\w.])/\w+/", page), "a path of the machine"


def test_a_new_result_takes_the_place_of_the_old_one() -> None:
    page = with_section("# Results\n", "words", "old")
    page = with_section(page, "diffs", "figures")
    page = with_section(page, "words", "new")
    assert page == "# Results\n\n## diffs\n\nfigures\n\n## words\n\nnew\n"
    assert with_section(page, "words", "new") == page
