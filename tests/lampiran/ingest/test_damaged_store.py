"""A store that somebody has put a hand to is told about in a sentence, or mended, and never waited for."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from benchmarks.hostile.texts import TABLE
from lampiran.cli.app import run

JOURNAL = ".work/journal.jsonl"
CALL = ["ingest", "masuk", "--store", "gudang", "-q", "--lang", "en"]


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "masuk").mkdir()
    (tmp_path / "masuk" / "a.txt").write_text(TABLE, encoding="utf-8")
    assert run(CALL) == 0
    return tmp_path / "gudang"


@pytest.mark.parametrize(
    "line",
    [
        '{"at": 5, "event": "begin", "todo": 1}',
        '{"at": "x", "event": "begin", "todo": 1}',
        '{"at": "2025-01-01T00:00:00+00:00", "event": "begin", "todo": 1e999}',
        '{"at": "2025-01-01T00:00:00+00:00", "event": "begin", "todo": "x"}',
        '{"at": "2025-01-01T00:00:00", "event": "begin", "todo": 1}',
        '{"a":' * 50_000,
        '{"at": "2025-01-01T00:00:00+00:00", "event": "begin", "todo": ' + "9" * 5_000 + "}",
        "[]",
    ],
)
def test_a_line_of_the_journal_that_says_nothing_is_passed_over(
    store: Path, line: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with (store / JOURNAL).open("a", encoding="utf-8") as stream:
        stream.write(f"{line}\n")
    assert run(["status", "gudang", "--lang", "en"]) == 0
    assert "1 decree" in capsys.readouterr().out
    assert run(CALL) == 0


@pytest.mark.parametrize("place", ["records/b.json", "store.json", JOURNAL])
def test_a_pipe_in_a_store_is_not_waited_for(
    store: Path, place: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (store / place).unlink(missing_ok=True)
    os.mkfifo(store / place)
    assert run(["status", "gudang", "--lang", "en"]) in (4, 6)
    assert "nobody writes to this pipe" in capsys.readouterr().err
    assert run(CALL) in (2, 6)


@pytest.mark.parametrize(
    "changed",
    [
        {"size": 10**30},
        {"actions": -5},
        {"sha256": "../../EVIL"},
        {"sha256": "0" * 64},
        {"result": "../../masuk"},
    ],
)
def test_a_record_that_says_what_none_says_is_named(
    store: Path, changed: dict[str, object], capsys: pytest.CaptureFixture[str]
) -> None:
    (record,) = (store / "records").glob("*.json")
    record.write_text(json.dumps(json.loads(record.read_bytes()) | changed), encoding="utf-8")
    assert run(["status", "gudang", "--lang", "en"]) == 6
    assert f"records/{record.name} is damaged" in capsys.readouterr().err


def test_a_record_nested_too_deeply_is_named(store: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (record,) = (store / "records").glob("*.json")
    record.write_text('{"a":' * 100_000, encoding="utf-8")
    assert run(["publish", "gudang", "--to", "x.sqlite", "--lang", "en"]) == 4
    assert "this record is damaged" in capsys.readouterr().err


def test_a_result_without_its_main_file_is_made_again(store: Path) -> None:
    (lost,) = (store / "results").glob("*/decree.json")
    before = lost.read_bytes()
    lost.unlink()
    assert run(CALL) == 0
    assert lost.read_bytes() == before


def test_what_was_found_to_be_the_same_is_found_again_where_that_is_damaged(store: Path) -> None:
    for content in ("[1]", "{", '{"a": 5}'):
        (store / ".work" / "compared.json").write_text(content, encoding="utf-8")
        assert run(CALL) == 0


def test_a_store_of_another_version_is_refused(store: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (store / "store.json").write_text('{"format": 99}', encoding="utf-8")
    assert run(CALL) == 2
    assert "not of this version" in capsys.readouterr().err
    assert run(["status", "gudang"]) == 2


def test_what_a_link_in_a_store_leads_to_is_not_deleted(
    store: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    kept = tmp_path / "lain" / "staging" / "x" / "berharga"
    kept.parent.mkdir(parents=True)
    kept.write_text("x", encoding="utf-8")
    (store / ".work").rename(tmp_path / "dulu")
    (store / ".work").symlink_to(tmp_path / "lain")
    assert run(CALL) == 2
    assert "is a link" in capsys.readouterr().err
    assert kept.read_text(encoding="utf-8") == "x"
