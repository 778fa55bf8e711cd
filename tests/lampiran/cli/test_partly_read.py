"""A file of which a part cannot be read: the rest is written, and the summary and the exit code say so."""

from __future__ import annotations

import json
from pathlib import Path

import pikepdf
import pytest
from PIL import Image

from benchmarks.faults.damage import put_null
from extract.scan import document as scanning
from extract.types import Page
from lampiran.cli.app import run
from schema.catalogue import make_finding
from schema.provenance import SourceRef

SAMPLE = "kpu-batang-2025.pdf"
UNREAD = [9, 10, 11]


@pytest.fixture
def desk(tmp_path: Path, samples: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the sample decree, and with a copy of it that was cut off."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LAMPIRAN_LANG", "en")
    data = (samples / SAMPLE).read_bytes()
    (tmp_path / "whole.pdf").write_bytes(data)
    (tmp_path / "cut.pdf").write_bytes(data[: len(data) * 9 // 10])
    return tmp_path


def without_contents(path: Path, pages: range) -> bytes:
    """Return a file without the content of some pages, counted from 0."""
    with pikepdf.open(path) as pdf:
        numbers = [pdf.pages[index].Contents.objgen[0] for index in pages]
    data = path.read_bytes()
    for number in numbers:
        data = put_null(data, number)
    return data


def test_the_result_is_written_and_the_exit_code_is_4(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["extract", "cut.pdf"]) == 4
    assert "  Pages: 8 read, 0 empty, 3 not read (9-11)\n" in capsys.readouterr().out
    folder = desk / "out" / "cut"
    plan = json.loads((folder / "decree.json").read_bytes())
    assert [page["number"] for page in plan["pages"] if page["state"] == "not_read"] == UNREAD
    assert [each["ref"]["page"] for each in plan["findings"] if each["code"] == "page-not-read"] == UNREAD
    raw = json.loads((folder / "extraction.json").read_bytes())
    assert [page["number"] for page in raw["pages"] if page["state"] == "not_read"] == UNREAD
    report = (folder / "report.html").read_text(encoding="utf-8")
    assert "Pages not read as a whole" in report
    assert "9-11" in report


def test_a_part_that_was_not_read_outweighs_a_review(desk: Path) -> None:
    assert run(["extract", "cut.pdf", "--fail-on", "review"]) == 4


def test_of_several_files_the_one_that_was_not_read_counts(
    desk: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["extract", "whole.pdf", "cut.pdf"]) == 4
    assert "1 of 2 files done" in capsys.readouterr().out


def test_tables_say_the_same(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["tables", "cut.pdf"]) == 4
    assert "  Pages: 8 read, 0 empty, 3 not read (9-11)\n" in capsys.readouterr().out
    written = json.loads((desk / "out" / "tables" / "cut" / "tables.json").read_bytes())
    assert [page["number"] for page in written["pages"] if page["state"] == "not_read"] == UNREAD


@pytest.mark.parametrize("command", ["extract", "tables"])
@pytest.mark.parametrize(
    ("language", "words"), [("en", "page 3-11 could not be read"), ("id", "halaman 3-11 tidak dapat dibaca")]
)
def test_a_plan_that_may_stand_in_the_lost_part_is_not_denied(
    desk: Path, capsys: pytest.CaptureFixture[str], command: str, language: str, words: str
) -> None:
    (desk / "lost.pdf").write_bytes(without_contents(desk / "whole.pdf", range(2, 11)))
    assert run([command, "lost.pdf", "--lang", language]) == 4
    captured = capsys.readouterr()
    assert words in captured.err
    assert "holds no action plan" not in captured.err
    assert not (desk / "out").exists()


@pytest.fixture
def unseen(desk: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The sample decree with a scanned page behind it on which rulings were seen, but no table."""

    def read_scan(_data: bytes, page: Page, sha256: str, **_options: object) -> scanning.ScanReading:
        ref = SourceRef(sha256=sha256, page=page.number, reader="ocr")
        finding = make_finding("table-not-read", rule="test", ref=ref, raw=str(page.number))
        return scanning.ScanReading(page, findings=(finding,))

    monkeypatch.setattr(scanning, "read_scan", read_scan)
    Image.effect_noise((600, 800), 80).save(desk / "scan.pdf", resolution=72)
    with pikepdf.open(desk / "whole.pdf") as pdf, pikepdf.open(desk / "scan.pdf") as scan:
        pdf.pages.extend(scan.pages)
        pdf.save(desk / "unseen.pdf")
    return desk


@pytest.mark.parametrize(("command", "name"), [("extract", "decree.json"), ("tables", "tables.json")])
def test_a_table_that_was_not_found_on_a_scanned_page_is_a_part_not_read(
    command: str, name: str, unseen: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run([command, "unseen.pdf", "-j", "0"]) == 4
    assert "  Pages: 11 read, 0 empty, 1 not read (12)\n" in capsys.readouterr().out
    (found,) = (unseen / "out").rglob(name)
    written = json.loads(found.read_bytes())
    assert [page["number"] for page in written["pages"] if page["state"] == "not_read"] == [12]
    assert "table-not-read" in {each["code"] for each in written["findings"]}


@pytest.mark.parametrize("command", ["extract", "tables"])
def test_a_file_whose_only_table_was_not_found_is_not_said_to_hold_none(
    command: str, unseen: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run([command, str(unseen / "scan.pdf"), "-j", "0"]) == 4
    assert "scan that page again" in " ".join(capsys.readouterr().err.split())
