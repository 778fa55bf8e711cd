"""Thresholds come from a package's settings file, under the same names as in the code."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from pydantic import ValidationError

from schema.settings import Settings


class Lines(Settings, section="page.lines"):
    """Two values of a section within a section."""

    baseline: float
    fewest: int


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> str:
    name = f"settings_of_{abs(hash(request.node.name))}"
    (tmp_path / name).mkdir()
    (tmp_path / name / "__init__.py").write_text("")
    (tmp_path / name / "settings.toml").write_text(request.param)
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.delitem(sys.modules, name, raising=False)
    return name


@pytest.mark.parametrize(
    "package", ["[page.lines]\nbaseline = 0.5\nfewest = 3\n[page.lines.more]\nx = 1"], indirect=True
)
def test_a_section_becomes_a_value(package: str) -> None:
    assert Lines.load(package) == Lines(baseline=0.5, fewest=3)


@pytest.mark.parametrize(
    "package",
    ["[page.lines]\nbaseline = 0.5", "[page.lines]\nbaseline = 0.5\nfewest = 3\ngap = 1"],
    indirect=True,
)
def test_names_must_be_those_of_the_class(package: str) -> None:
    with pytest.raises(ValidationError):
        Lines.load(package)


@pytest.mark.parametrize("package", ["[page]\nbaseline = 0.5"], indirect=True)
def test_a_missing_section_is_an_error(package: str) -> None:
    with pytest.raises(KeyError):
        Lines.load(package)
