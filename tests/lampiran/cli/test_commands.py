"""The small commands: schema, findings, doctor, --version, and calls that make no sense."""

from __future__ import annotations

import json
import subprocess
import sys
from importlib.metadata import version

import pytest

from extract.scan.text import available_readers
from lampiran.cli import doctor
from lampiran.cli.app import run
from lampiran.cli.doctor import Part, installed_parts, required_names
from lampiran.cli.options import Doctor
from lampiran.cli.texts import Texts
from schema.catalogue import catalogue
from schema.choices import TextReader
from schema.tables import audit_tables, comparison_tables, tables


def test_schema_is_printed_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["schema"]) == 0
    printed = json.loads(capsys.readouterr().out)
    assert printed["title"] == "lampiran decree.json"
    assert "areas" in printed["properties"]


def test_tables_are_printed_by_name(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["schema", "--tables"]) == 0
    printed = json.loads(capsys.readouterr().out)
    assert list(printed) == [*tables(), *comparison_tables(), *audit_tables()]
    columns = [field["name"] for field in printed["actions"]["fields"]]
    assert columns == [column.name for column in tables()["actions"].columns]


@pytest.mark.parametrize(
    ("language", "severity", "title"),
    [("en", "Warning", "Row shifted"), ("id", "Peringatan", "Baris bergeser")],
)
def test_findings_have_a_line_each(
    language: str, severity: str, title: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["findings", "--lang", language]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == len(catalogue())
    assert any(line.split() == [severity, "row-shifted", *title.split()] for line in lines)


def test_markdown_holds_every_code(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["findings", "--markdown"]) == 0
    page = capsys.readouterr().out
    assert page.count("\n## `") == len(catalogue())


def test_doctor_finds_the_installation_complete(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["doctor", "--lang", "en"]) == 0
    shown = capsys.readouterr().out
    assert "pdfplumber" in shown
    assert "Every required part is installed." in shown


def test_doctor_names_what_is_missing(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    parts = [*installed_parts(), Part("no-such-part", None)]
    monkeypatch.setattr("lampiran.cli.doctor.installed_parts", lambda: parts)
    assert doctor.run(Doctor(), Texts("en")) == 1
    assert "no-such-part" in capsys.readouterr().err


def test_names_are_read_from_requirement_lines() -> None:
    assert required_names(["numpy<3,>=1.26", "camelot-py>=2.0", "x>1; extra == 'dev'"]) == [
        "camelot-py",
        "numpy",
    ]


def test_version(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--version"]) == 0
    assert capsys.readouterr().out == f"lampiran {version('lampiran')}\n"


@pytest.mark.parametrize("words", [[], ["--lang", "id"], ["--lang=en"]])
def test_a_call_without_a_command_shows_the_help(
    words: list[str], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LAMPIRAN_LANG", "id")
    assert run(words) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert Texts("en" if words == ["--lang=en"] else "id").command("extract").split(".")[0] in captured.err
    assert "audit" in captured.err
    assert "Traceback" not in captured.err


def test_the_installed_program_shows_the_help_without_a_command() -> None:
    called = subprocess.run(
        [sys.executable, "-m", "lampiran"], capture_output=True, text=True, check=False, encoding="utf-8"
    )
    assert called.returncode == 2
    assert called.stderr.startswith("Usage: lampiran ")


@pytest.mark.parametrize(
    "words", [["no-such-command"], ["extract"], ["extract", "f", "--fail-on", "info"], ["schema", "--wrong"]]
)
def test_call_that_makes_no_sense_ends_with_2(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert run(words) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert "Usage: lampiran" in captured.err


def test_each_reader_of_scanned_text_can_be_chosen() -> None:
    assert {reader.name for reader in available_readers()} <= set(TextReader)
