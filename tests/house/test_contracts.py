"""What other tools rely on: the values of `rule`, and the list of the files of a result."""

from __future__ import annotations

import re
from pathlib import Path
from typing import get_args

import pytest

import lampiran
from schema.findings import RuleName

RULES = get_args(RuleName)


def test_rules_are_names_of_their_own_and_no_modules() -> None:
    assert list(RULES) == sorted(set(RULES))
    assert all(re.fullmatch(r"[a-z]+(-[a-z]+)*", rule) for rule in RULES)


@pytest.mark.parametrize(
    "name", ["kpu-batang-2025.pdf", "kpu-batang-2025.transcript.txt", "kpu-contoh-2024.scan.pdf"]
)
def test_each_finding_of_a_sample_names_a_published_rule(root: Path, name: str) -> None:
    findings = lampiran.read(root / "samples" / name).plan.findings
    assert findings
    assert {finding.rule for finding in findings} <= set(RULES)


def test_the_page_of_the_output_lists_the_files_that_are_written(root: Path, tmp_path: Path) -> None:
    result = lampiran.read(root / "samples" / "kpu-contoh-2024.pdf")
    result.write(tmp_path / "out")
    written = {path.name for path in (tmp_path / "out").iterdir()}
    page = (root / "docs" / "output.md").read_text(encoding="utf-8")
    table = page.split("| file | what |")[1].split("\n\n")[0]
    assert set(re.findall(r"^\| `([^`]+)`", table, flags=re.MULTILINE)) == written
