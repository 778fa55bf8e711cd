"""The documentation says what the program does: commands, options, exit codes and findings."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
import typer

from lampiran.cli.app import build_app
from lampiran.cli.texts import Texts, sentences
from schema.catalogue import catalogue
from schema.errors import (
    InputError,
    LampiranError,
    NoPlanError,
    NoTableError,
    OutputError,
    UsageError,
    WorkerError,
)

GROUP = typer.main.get_command(build_app(Texts("en")))
COMMANDS = getattr(GROUP, "commands", {})
OPTIONS = [
    (name, option)
    for name, command in COMMANDS.items()
    for parameter in command.params
    for option in parameter.opts
    if option.startswith("-")
]


@pytest.mark.parametrize("command", sorted(COMMANDS))
def test_each_command_is_in_the_usage_page(root: Path, command: str) -> None:
    assert f"## `lampiran {command}" in (root / "docs/usage.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(("command", "option"), OPTIONS)
def test_each_option_is_in_the_usage_page(root: Path, command: str, option: str) -> None:
    page = (root / "docs/usage.md").read_text(encoding="utf-8")
    section = page.split(f"## `lampiran {command}")[1].split("\n## ")[0]
    assert f"`{option}" in section


@pytest.mark.parametrize(
    "error", [LampiranError, UsageError, InputError, NoPlanError, NoTableError, OutputError, WorkerError]
)
def test_each_error_is_in_the_page_of_errors(root: Path, error: type[LampiranError]) -> None:
    page = (root / "docs/errors.md").read_text(encoding="utf-8")
    assert re.search(rf"\| {error.exit_code} \| `{error.__name__}` \|", page)


def test_the_page_of_findings_is_current(root: Path) -> None:
    printed = subprocess.run(
        [sys.executable, "-m", "lampiran", "findings", "--markdown"], capture_output=True, check=True
    )
    assert (root / "docs/findings.md").read_bytes() == printed.stdout


def test_every_finding_has_a_test(root: Path) -> None:
    tests = "\n".join(
        path.read_text(encoding="utf-8")
        for path in (root / "tests").rglob("*.py")
        if path != Path(__file__).resolve()
    )
    missing = [code for code in catalogue() if f'"{code}"' not in tests and f"'{code}'" not in tests]
    assert not missing, f"no test names: {', '.join(missing)}"


@pytest.mark.parametrize("section", ["help", "option", "say"])
def test_every_sentence_is_there_in_both_languages(section: str) -> None:
    places = re.compile(r"\{\w+\}")
    for key, entry in sentences()[section].items():
        assert set(entry) == {"id", "en"}, key
        assert sorted(places.findall(entry["id"])) == sorted(places.findall(entry["en"])), key


@pytest.mark.parametrize("language", ["id", "en"])
def test_every_option_has_a_help_text(language: str) -> None:
    texts = Texts("id" if language == "id" else "en")
    for command in (GROUP, *COMMANDS.values()):
        assert all(
            texts.option(option.name, command.name) for option in command.params if option.name != "help"
        )


def test_readmes_name_the_same_commands(root: Path) -> None:
    blocks = [
        re.findall(r"```sh\n(.*?)```", (root / name).read_text(encoding="utf-8"), re.DOTALL)
        for name in ("README.md", "README.id.md")
    ]
    assert blocks[0]
    assert blocks[0] == blocks[1]


@pytest.mark.checkout
@pytest.mark.parametrize("page", ["architecture.md", "glossary.md", "index.md"])
def test_every_path_that_a_page_names_is_there(root: Path, page: str) -> None:
    named = set(
        re.findall(r"`([\w./-]+\.(?:py|toml|json|md))`", (root / "docs" / page).read_text(encoding="utf-8"))
    )
    folders = ("schema", "extract", "normalize", "lampiran", "benchmarks", "scripts", "docs", "samples")
    files = [path for folder in folders for path in (root / folder).rglob("*.*")]
    known = [f"/{path.relative_to(root)}" for path in (*files, *root.glob("*.*"))]
    written = {"decree.json", "extraction.json", "tables.json"}
    missing = [name for name in named - written if not any(path.endswith(f"/{name}") for path in known)]
    assert not missing


@pytest.mark.checkout
def test_every_function_on_the_walk_of_a_cell_is_there(root: Path) -> None:
    page = (root / "docs/architecture.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `([\w/]+\.py)` \| `(\w+)` \|", page, flags=re.MULTILINE)
    assert len(rows) > 10
    for path, name in rows:
        assert re.search(
            rf"^(?:def|class) {name}\b", (root / path).read_text(encoding="utf-8"), re.MULTILINE
        ), path
