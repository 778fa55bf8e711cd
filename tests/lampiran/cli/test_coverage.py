"""`lampiran coverage`: what a written result touches and leaves out of the sheet, or one clear sentence."""

from __future__ import annotations

from pathlib import Path

import pytest

import lampiran
from lampiran.cli.app import run
from lampiran.publish.writing import to_json
from schema.plan import Plan


@pytest.fixture(scope="module")
def plan(samples: Path) -> Plan:
    return lampiran.read(samples / "kpu-contoh-2024.pdf").plan


@pytest.fixture
def folder(plan: Plan, tmp_path: Path) -> Path:
    (tmp_path / "decree.json").write_bytes(to_json(plan))
    return tmp_path


@pytest.mark.parametrize("name", ["", "decree.json"])
def test_a_result_is_told_by_area_and_part(
    name: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["--lang", "en", "coverage", str(folder / name)]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert "  pemenuhan  sub-components 20/25, questions 36/87, weight 12.84/30.00" in lines
    assert "    A.I.1.i.a" not in "\n".join(lines)
    assert any(line.startswith("  A.I.5.iv ") and line.endswith("(all of it)") for line in lines)


def test_the_sentences_are_indonesian_where_asked(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--lang", "id", "coverage", str(folder)]) == 0
    assert "Yang dilewatkan:" in capsys.readouterr().out


def test_what_is_no_result_is_said_in_one_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["--lang", "en", "coverage", str(tmp_path)]) == 4
    shown = capsys.readouterr()
    assert shown.out == ""
    assert shown.err.count("\n") == 1
    assert "there is no decree.json in it" in shown.err


def test_a_plan_of_another_subject_has_none(
    plan: Plan, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other = plan.model_copy(update={"lke_edition": None})
    (tmp_path / "decree.json").write_bytes(to_json(other))
    assert run(["--lang", "en", "coverage", str(tmp_path)]) == 5
    assert "does not follow the LKE" in capsys.readouterr().err
