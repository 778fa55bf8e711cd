"""A foreign package that hides one of the stages gives one clear sentence, never a traceback."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from lampiran.guard import EXIT_CODE, STAGES


def run_beside(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(folder)}
    return subprocess.run(
        [sys.executable, *arguments], env=environment, cwd=folder, capture_output=True, text=True, check=False
    )


@pytest.mark.parametrize("stage", STAGES)
def test_foreign_module_is_named_in_one_sentence(tmp_path: Path, stage: str) -> None:
    foreign = tmp_path / f"{stage}.py"
    foreign.write_text("raise RuntimeError('never imported')\n")
    ended = run_beside(tmp_path, "-m", "lampiran", "findings")
    assert ended.returncode == EXIT_CODE == 2
    assert ended.stdout == ""
    assert ended.stderr.count("\n") == 1
    assert str(foreign) in ended.stderr
    assert "Traceback" not in ended.stderr


def test_foreign_package_is_found_too(tmp_path: Path) -> None:
    (tmp_path / "schema").mkdir()
    (tmp_path / "schema" / "__init__.py").write_text("")
    ended = run_beside(tmp_path, "-m", "lampiran", "--version")
    assert ended.returncode == EXIT_CODE
    assert str(tmp_path / "schema") in ended.stderr


def test_python_surface_raises_an_import_error(tmp_path: Path) -> None:
    (tmp_path / "normalize.py").write_text("")
    ended = run_beside(tmp_path, "-c", "import lampiran; lampiran.read")
    assert ended.returncode == 1
    last = ended.stderr.strip().splitlines()[-1]
    assert last.startswith("lampiran.guard.ShadowedError: ")
    assert "normalize.py" in last


def test_own_stages_pass_beside_foreign_modules_of_other_names(tmp_path: Path) -> None:
    (tmp_path / "schemas.py").write_text("")
    ended = run_beside(tmp_path, "-m", "lampiran", "findings")
    assert ended.returncode == 0
    assert ended.stderr == ""
