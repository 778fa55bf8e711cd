"""Each command that README, README.id and the guide show runs, in an empty folder with the samples, as a reader types it."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from lampiran.cli.options import COMMANDS

PAGES = ("README.md", "README.id.md", "docs/panduan.md")
KNOWN = {kind.__name__.lower() for kind in COMMANDS}
# What installs is run by test_installing.py, since it needs a network; its words are checked against the project here.
INSTALLERS = ("uv tool install", "pipx install", ".venv/bin/pip install")
FRESH = (
    "python3 -m venv .venv && .venv/bin/pip install '.[review,verify]' && .venv/bin/lampiran extract "
    "samples/kpu-batang-2025.pdf samples/kpu-batang-2025.transcript.txt"
)
OTHERS = {
    "python3 -m venv .venv",
    FRESH,
    "podman build -t lampiran .",
    "bash check",
    "curl -LsSf https://astral.sh/uv/install.sh | sh",
}
# PowerShell's words for the same.
POWERSHELL = {
    "irm https://astral.sh/uv/install.ps1 | iex": "curl -LsSf https://astral.sh/uv/install.sh | sh",
    "py -m venv .venv": "python3 -m venv .venv",
}


def lines_of(root: Path, page: str, language: str) -> list[str]:
    text = (root / page).read_text(encoding="utf-8")
    blocks = re.findall(rf"```{language}\n(.*?)```", text, re.DOTALL)
    return [line for block in blocks for line in block.splitlines() if line.strip()]


def is_installer(line: str) -> bool:
    return line.startswith(INSTALLERS)


@pytest.fixture
def desk(root: Path, tmp_path: Path) -> Path:
    """A folder with the samples, and with `lampiran` where a reader would have it."""
    shutil.copytree(root / "samples", tmp_path / "samples", ignore=shutil.ignore_patterns("draw", "*.py"))
    for place in (tmp_path / "bin", tmp_path / ".venv" / "bin"):
        place.mkdir(parents=True)
        program = place / "lampiran"
        program.write_text(
            f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -m lampiran "$@"\n', encoding="utf-8"
        )
        program.chmod(0o755)
    return tmp_path


@pytest.mark.parametrize(
    "page", [page for page in PAGES if page != "README.id.md"]
)  # its lines are those of README
def test_each_command_of_a_page_runs(page: str, root: Path, desk: Path) -> None:
    environment = os.environ | {
        "PATH": f"{desk / 'bin'}{os.pathsep}{os.environ['PATH']}",
        "PYTHONPATH": os.pathsep.join(filter(None, sys.path)),
        "LAMPIRAN_LANG": "en",
    }
    ran = []
    for line in lines_of(root, page, "sh"):
        if is_installer(line) or line in OTHERS:
            continue
        call = re.sub(r"^podman run .* lampiran ", "lampiran ", line)
        command = re.match(r"(?:\.venv/bin/)?lampiran (\S+)", call)
        assert command, f"{page}: nothing says what this line is: {line}"
        assert command[1] in KNOWN | {"--version"}, line
        ended = subprocess.run(
            ["sh", "-c", call], cwd=desk, env=environment, capture_output=True, text=True, check=False
        )
        assert ended.returncode == 0, f"{line}\n{ended.stderr}"
        opened = re.findall(r"^ +Open: (.*)$", ended.stdout, re.MULTILINE)
        assert all((desk / path).is_file() for path in opened)
        ran.append(command[1])
    assert {"extract", "audit", "diff"} <= set(ran)
    named = set(re.findall(r"`((?:out|perubahan)/[^`]*\.\w+)`", (root / page).read_text(encoding="utf-8")))
    assert [path for path in named if not (desk / path).is_file()] == []


@pytest.mark.parametrize("page", PAGES)
def test_what_installs_names_what_the_project_has(page: str, root: Path) -> None:
    extras = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"][
        "optional-dependencies"
    ]
    lines = [line for line in lines_of(root, page, "sh") if is_installer(line)]
    assert lines
    for line in lines:
        found = re.fullmatch(r"\.(?:\[([\w,]+)\])?", shlex.split(line)[-1])
        assert found, line
        assert set((found[1] or "").split(",")) <= {"", *extras}


@pytest.mark.parametrize("page", PAGES)
def test_the_lines_for_powershell_are_those_for_linux(page: str, root: Path) -> None:
    linux = lines_of(root, page, "sh")
    windows = lines_of(root, page, "powershell")
    assert windows
    for line in windows:
        same = POWERSHELL.get(line, re.sub(r"^\.venv\\Scripts\\", ".venv/bin/", line))
        assert same in linux, line
        assert "&&" not in line


@pytest.mark.parametrize("page", ["README.md", "README.id.md"])
def test_the_python_of_a_page_runs(page: str, root: Path, desk: Path) -> None:
    code = "\n".join(lines_of(root, page, "python"))
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    ended = subprocess.run(
        [sys.executable, "-c", code], cwd=desk, env=environment, capture_output=True, text=True, check=False
    )
    assert ended.returncode == 0, ended.stderr
    assert ended.stdout.splitlines()[0] == "8.1"


@pytest.mark.parametrize("page", PAGES)
def test_each_file_that_a_page_shows_or_links_is_there(page: str, root: Path) -> None:
    text = (root / page).read_text(encoding="utf-8")
    links = [link for link in re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", text) if "://" not in link]
    assert links
    assert [link for link in links if not ((root / page).parent / link).exists()] == []


def test_pictures_are_small(root: Path) -> None:
    pictures = list((root / "docs" / "pictures").glob("*.png"))
    assert len(pictures) >= 4
    assert max(picture.stat().st_size for picture in pictures) < 150_000


@pytest.mark.checkout
def test_the_container_holds_what_the_wheel_is_built_of_and_runs_without_root(root: Path) -> None:
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
    text = (root / "Containerfile").read_text(encoding="utf-8")
    build, final = text.split("\nFROM ")[1:]
    copied = {word for line in re.findall(r"^COPY (.*)$", build, re.MULTILINE) for word in line.split()[:-1]}
    needed = {*project["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"], "pyproject.toml"}
    needed |= {project["project"]["readme"], *project["project"]["license-files"]}
    assert copied == needed
    assert all((root / name).exists() for name in copied)
    kept = {
        line[1:]
        for line in (root / ".containerignore").read_text(encoding="utf-8").splitlines()
        if line[:1] == "!"
    }
    assert kept == copied
    user, entry = final.index("\nUSER "), final.index("\nENTRYPOINT ")
    assert user < entry
    assert re.search(r"^USER (?!root|0)\w+$", final, re.MULTILINE)
    assert '["lampiran"]' in final[entry:]
    wanted = re.search(r"python:(\d+\.\d+)-slim", final)
    assert wanted
    assert f">={wanted[1]}" == project["project"]["requires-python"]
