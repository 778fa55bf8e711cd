"""The Python surface on real files: reading, frames, files, settings and resources."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

import lampiran
from lampiran.cli.app import run
from lampiran.pipeline import Stage, read
from lampiran.resources import load_resources
from schema.tables import tables

DRAWN = "kpu-contoh-2024.pdf"


class Listener:
    def __init__(self) -> None:
        self.heard: list[tuple[str, Stage]] = []

    def stage(self, path: Path, stage: Stage) -> None:
        self.heard.append((path.name, stage))

    def pages(self, path: Path, done: int, count: int) -> None:
        """Pages are another test's (tests/lampiran/cli/test_manners.py)."""


def test_reading_gives_plan_reading_and_versions(samples: Path) -> None:
    listener = Listener()
    result = read(samples / DRAWN, progress=listener)
    assert listener.heard == [(DRAWN, "extract"), (DRAWN, "normalize")]
    assert result.plan.source == result.extraction.source
    assert result.plan.versions[0] == ("lampiran", lampiran.__version__)
    assert set(result.extraction.versions) < set(result.plan.versions)
    with pytest.raises(ValueError, match="frozen"):
        result.plan = result.plan  # type: ignore[misc]


def test_every_table_has_its_frame(samples: Path) -> None:
    frames = lampiran.read(samples / DRAWN).to_frames()
    assert list(frames) == list(tables())
    assert len(frames["actions"]) == int(frames["decree"].at[0, "actions"])


def test_result_is_written_where_it_is_told(samples: Path, tmp_path: Path) -> None:
    written = lampiran.read(str(samples / DRAWN)).write(tmp_path / "deep" / "decree")
    assert written.folder == tmp_path / "deep" / "decree"
    there = {file.name for file in written.folder.iterdir()}
    assert {file.name for file in written.files} == there - {"SHA256SUMS"}


def test_errors_carry_both_languages(tmp_path: Path) -> None:
    with pytest.raises(lampiran.InputError) as raised:
        lampiran.read(tmp_path / "missing.pdf")
    assert "missing.pdf" in raised.value.text("id")
    assert raised.value.text("id") != raised.value.text("en") == str(raised.value)


def test_resources_are_loaded_once_and_hold_what_the_steps_need() -> None:
    resources = load_resources()
    assert resources is load_resources()
    assert len(resources.official.areas) == 6
    assert resources.form.role_of("LANGKAH AKSI")[0] == "action"
    assert resources.words.knows("keputusan")
    assert resources.rules.required
    assert resources.document_nouns


def test_unknown_choice_is_a_usage_error(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["extract", "missing.pdf", "--log-level", "loud"]) == lampiran.UsageError.exit_code
    assert "--log-level is not valid; accepted: debug" in capsys.readouterr().err


def test_terminal_without_the_letters_does_not_end_the_program() -> None:
    ended = subprocess.run(
        [sys.executable, "-m", "lampiran", "findings", "--markdown"],
        env={**os.environ, "PYTHONIOENCODING": "latin-1"},
        capture_output=True,
        check=False,
    )
    assert ended.returncode == 0
    assert rb"\u2039raw\u203a" in ended.stdout
