"""The rules of the house that no linter knows: import direction, size of modules, one docstring a module."""

from __future__ import annotations

import ast
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

pytestmark = pytest.mark.checkout

PACKAGES = ("schema", "extract", "normalize", "lampiran")
LONGEST_MODULE = 500


def sources(root: Path, *folders: str) -> list[Path]:
    return sorted(path for folder in folders for path in (root / folder).rglob("*.py"))


def test_import_rules_hold(root: Path) -> None:
    command = Path(sys.executable).with_name("lint-imports")
    ended = subprocess.run([str(command)], cwd=root, capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stdout


@pytest.mark.parametrize(
    ("module", "back_door"),
    [
        ("normalize/text.py", "import extract.reading"),
        ("normalize/text.py", "import pathlib"),
        ("normalize/text.py", "import normalize.steps"),
        ("schema/base.py", "import lampiran.version"),
        ("extract/grid/chars.py", "import extract.pdf.cells"),
        ("extract/scan/text/ink.py", "import extract.scan.marks.read_marks"),
        ("lampiran/audit/match/rows.py", "import lampiran.audit.judge.rows"),
        ("lampiran/publish/slug.py", "import lampiran.verify.revisions"),
        ("lampiran/version.py", "import pyhanko"),
        ("lampiran/databases/entries.py", "import sqlalchemy"),
    ],
)
def test_import_rules_catch_a_back_door(root: Path, tmp_path: Path, module: str, back_door: str) -> None:
    for name in PACKAGES:
        shutil.copytree(root / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(root / "pyproject.toml", tmp_path)
    path = tmp_path / module
    path.write_text(f"{path.read_text(encoding='utf-8')}\n{back_door}\n", encoding="utf-8")
    assert broken_contracts(tmp_path) > 0


def broken_contracts(folder: Path) -> int:
    code = (
        "import sys, io, contextlib; sys.path.insert(0, '.');"
        "from importlinter.cli import lint_imports; sys.exit(lint_imports(no_cache=True))"
    )
    ended = subprocess.run(
        [sys.executable, "-c", code], cwd=folder, capture_output=True, text=True, check=False
    )
    counts = [line for line in ended.stdout.splitlines() if line.startswith("Contracts:")]
    assert counts, ended.stdout + ended.stderr
    return int(counts[0].split(",")[1].split()[0])


def test_normalize_calls_nothing_that_opens_a_file(root: Path) -> None:
    openers = {"open", "read_text", "read_bytes", "write_text", "write_bytes", "urlopen"}
    found = [
        f"{path.relative_to(root)}:{call.lineno}"
        for path in sources(root, "normalize")
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(call, ast.Call) and getattr(call.func, "attr", getattr(call.func, "id", "")) in openers
    ]
    assert found == []


def test_no_module_is_longer_than_a_few_screens(root: Path) -> None:
    long = [
        path.relative_to(root)
        for path in sources(root, *PACKAGES, "tests", "benchmarks", "samples")
        if len(path.read_text(encoding="utf-8").splitlines()) > LONGEST_MODULE
    ]
    assert long == []


def test_every_module_says_what_it_is(root: Path) -> None:
    silent = [
        path.relative_to(root)
        for path in sources(root, *PACKAGES)
        if not ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
    ]
    assert silent == []


def test_every_ignore_of_a_linter_has_its_reason(root: Path) -> None:
    lines = (root / "pyproject.toml").read_text(encoding="utf-8").splitlines()
    begin = next(i for i, line in enumerate(lines) if line.startswith("[tool.ruff.lint]"))
    end = next(i for i, line in enumerate(lines) if line.startswith("[tool.ruff.lint.pydocstyle]"))
    rules = [
        line
        for line in lines[begin:end]
        if line.strip().startswith('"') and line.rstrip().endswith(('",', "#"))
    ]
    assert rules == []


def test_one_opencv_only(root: Path) -> None:
    locked = tomllib.loads((root / "uv.lock").read_text(encoding="utf-8"))
    names = [package["name"] for package in locked["package"] if package["name"].startswith("opencv")]
    assert names == ["opencv-python-headless"]
