"""Each line of README, README.id and the guide that installs the program does so, in a copy of the tree; it needs the package index."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

PAGES = ("README.md", "README.id.md", "docs/panduan.md")
INSTALLS = re.compile(r"uv tool install |pipx install |\S*pip install |python3 -m venv ")
LEFT_OUT = shutil.ignore_patterns(
    ".git", ".venv", "build", "dist", "out", "__pycache__", ".*_cache", ".hypothesis"
)
VERSION = re.compile(r"lampiran \d+\.\d+")


@pytest.fixture(scope="module")
def uv(root: Path) -> str:
    """The program `uv`: that of the machine, or the one that `check` has made."""
    found = shutil.which("uv") or root / "build" / "check" / "uv" / "bin" / "uv"
    assert Path(found).is_file(), "uv is missing: run 'bash check', which brings it"
    return str(found)


@pytest.fixture(scope="module")
def fresh(uv: str, root: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, str]]:
    """A copy of the tree, and an environment in which what is installed lands beside it."""
    home = tmp_path_factory.mktemp("installing")
    shutil.copytree(root, home / "lampiran", ignore=LEFT_OUT)
    programs = home / "bin"
    programs.mkdir()
    (programs / "uv").symlink_to(uv)
    pipx = programs / "pipx"
    pipx.write_text('#!/bin/sh\nexec uv tool run pipx "$@"\n', encoding="utf-8")
    pipx.chmod(0o755)
    places = {
        "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}",
        "UV_TOOL_DIR": str(home / "uv"),
        "UV_TOOL_BIN_DIR": str(home / "of-uv"),
        "PIPX_HOME": str(home / "pipx"),
        "PIPX_BIN_DIR": str(home / "of-pipx"),
        "LAMPIRAN_LANG": "en",
    }
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("UV_PROJECT", "PYTHON", "VIRTUAL"))
    }
    return home, kept | places


def lines(root: Path) -> list[str]:
    """The distinct lines that install, in the order of the pages."""
    texts = [(root / page).read_text(encoding="utf-8") for page in PAGES]
    shown = [block for text in texts for block in re.findall(r"```sh\n(.*?)```", text, re.DOTALL)]
    return list(dict.fromkeys(line for block in shown for line in block.splitlines() if INSTALLS.match(line)))


@pytest.mark.checkout
def test_each_line_that_installs_gives_a_program_that_runs(
    fresh: tuple[Path, dict[str, str]], root: Path
) -> None:
    home, environment = fresh
    ran = lines(root)
    assert {re.sub(r"\W.*", "", line) for line in ran} >= {"python3", "uv", "pipx"}
    for line in ran:
        ended = subprocess.run(
            ["sh", "-c", line],
            cwd=home / "lampiran",
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert ended.returncode == 0, f"{line}\n{ended.stderr[-2000:]}"
    for place in (home / "lampiran" / ".venv" / "bin", home / "of-uv", home / "of-pipx"):
        said = subprocess.run(
            [place / "lampiran", "--version"],
            cwd=home,
            env=environment,
            capture_output=True,
            text=True,
            check=True,
        )
        assert VERSION.match(said.stdout), place
    assert (home / "lampiran" / "out" / "kpu-batang-2025" / "report.html").is_file()
