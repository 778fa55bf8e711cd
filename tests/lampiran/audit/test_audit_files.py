"""The page and the ink's account go into an audit's folder with its other files."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import lampiran
from lampiran.audit.audit import audit
from lampiran.audit.report.writing import FILE_NAMES, place_audit, render_files
from lampiran.result import Result
from schema.audit import Audit


@pytest.fixture(scope="module")
def decree(samples: Path) -> Result:
    return lampiran.read(samples / "kpu-batang-2025.pdf")


@pytest.fixture(scope="module")
def found(decree: Result, samples: Path) -> Audit:
    return audit(decree, samples / "kpu-batang-2025.transcript.txt")


def test_a_folder_holds_the_page_and_the_account_of_the_ink(
    found: Audit, decree: Result, tmp_path: Path
) -> None:
    files = render_files(found, decree=decree, language="en")
    written = place_audit(found, tmp_path / "audit", files)
    assert {"audit.json", "audit.html"} <= {file.name for file in written.files} <= set(FILE_NAMES)
    told = json.loads((tmp_path / "audit" / "audit.json").read_bytes())
    assert [page["page"] for page in told["ink"]] == list(range(1, 12))
    assert {page["unexplained"] for page in told["ink"]} == {0.0}
    page = (tmp_path / "audit" / "audit.html").read_text(encoding="utf-8")
    assert '<html lang="en">' in page
    assert page.count('src="data:image/png;base64,') > 11


def test_the_same_audit_gives_the_same_bytes(found: Audit, decree: Result) -> None:
    assert render_files(found, decree=decree) == render_files(found, decree=decree)


def test_an_audit_without_its_decree_has_a_page_without_pictures(found: Audit) -> None:
    files = render_files(found)
    assert b"data:image" not in files["audit.html"]
    assert json.loads(files["audit.json"])["ink"] == []
