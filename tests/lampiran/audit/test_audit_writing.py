"""An audit on the disk: its files, what they replace, and what they never replace."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import jsonschema
import pytest

import lampiran
from lampiran.audit.report.writing import folder_of, place_audit, render_files
from lampiran.cli.app import run
from lampiran.result import Result
from schema.audit import AUDIT_VERSION, Audit
from schema.errors import OutputError
from schema.tables import audit_tables


def test_the_same_audit_gives_the_same_bytes(sample_audit: Audit, result: Result, samples: Path) -> None:
    again = lampiran.audit(result, samples / "kpu-batang-2025.transcript.txt")
    assert render_files(again) == render_files(sample_audit)


def test_the_json_is_read_back_and_fits_its_schema(
    sample_audit: Audit, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["schema", "--audit"]) == 0
    schema = json.loads(capsys.readouterr().out)
    assert schema["version"] == AUDIT_VERSION
    written = render_files(sample_audit)["audit.json"]
    jsonschema.Draft202012Validator(schema).validate(json.loads(written))
    assert Audit.model_validate_json(written) == sample_audit


def test_the_csv_has_a_row_a_cell(sample_audit: Audit) -> None:
    text = render_files(sample_audit)["audit.csv"].decode("utf-8")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert list(rows[0]) == [column.name for column in audit_tables()["audit"].columns]
    assert len(rows) == len(sample_audit.cells)
    lost = next(row for row in rows if row["kind"] == "mark-lost")
    assert (lost["action_ids"], lost["field"], lost["paper"], lost["stated"]) == (
        "L3.iii.1",
        "m10",
        "true",
        "false",
    )
    assert (lost["line"], lost["page"], lost["consequence"]) == ("99", "5", "critical")


def test_an_audit_of_the_same_transcription_is_replaced_and_no_other(
    sample_audit: Audit, tmp_path: Path
) -> None:
    folder = folder_of(tmp_path, Path("Salinan Rencana.xlsx"))
    assert folder.name == "salinan-rencana.audit"
    place_audit(sample_audit, folder, render_files(sample_audit))
    place_audit(sample_audit, folder, render_files(sample_audit))
    side = sample_audit.transcription.model_copy(update={"file": "other.txt"})
    other = sample_audit.model_copy(update={"transcription": side})
    with pytest.raises(OutputError, match="another audit"):
        place_audit(other, folder, render_files(other))
    place_audit(other, folder, render_files(other), force=True)
    assert json.loads((folder / "audit.json").read_bytes())["transcription"]["file"] == "other.txt"


def test_a_folder_with_other_files_is_never_replaced(sample_audit: Audit, tmp_path: Path) -> None:
    (tmp_path / "note.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(OutputError, match="holds other files"):
        place_audit(sample_audit, tmp_path, render_files(sample_audit), force=True)
    assert (tmp_path / "note.txt").read_text(encoding="utf-8") == "mine"


def test_cells_that_a_spreadsheet_would_run_are_guarded(sample_audit: Audit) -> None:
    cell = sample_audit.cells[0].model_copy(update={"stated": "=1+1"})
    audit = sample_audit.model_copy(update={"cells": (cell,)})
    assert b"'=1+1" in render_files(audit)["audit.csv"]
    assert b",=1+1" in render_files(audit, spreadsheet_safe=False)["audit.csv"]
