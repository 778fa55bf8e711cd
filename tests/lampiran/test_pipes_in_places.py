"""A pipe that nobody writes to, where a file of ours is looked for: it is told, and never waited for."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from lampiran.cli.app import run
from lampiran.dashboard.addresses import CROPS, crops_of
from lampiran.databases.reading_back import read_back
from lampiran.due.files import check_file
from lampiran.publish.checksums import NAME, recorded
from lampiran.publish.row_pictures import INDEX
from schema.errors import InputError, OutputError, UsageError
from tests.lampiran.databases.plans import KEYED, write

pytestmark = pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")


@pytest.fixture
def result(tmp_path: Path) -> Path:
    return write(tmp_path / "out", KEYED)


@pytest.mark.parametrize("name", ["x.sqlite", "x.duckdb", "x.zip", "x.jsonl", "x.parquet", "x.metadata.json"])
def test_a_target(tmp_path: Path, result: Path, capsys: pytest.CaptureFixture[str], name: str) -> None:
    os.mkfifo(tmp_path / name)
    target = tmp_path / name.replace(".metadata.json", ".sqlite")
    assert run(["publish", str(result), "--to", str(target), "--lang", "en"]) == 6
    assert capsys.readouterr().err.count("something else is there") == 1
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out", name]


@pytest.mark.parametrize("name", ["x.sqlite", "x.zip", "x.parquet"])
def test_a_target_that_is_read_back(tmp_path: Path, name: str) -> None:
    os.mkfifo(tmp_path / name)
    with pytest.raises(InputError, match="something else is there"):
        read_back(tmp_path / name, "kpu-1-2025")


@pytest.mark.parametrize(("name", "code"), [(NAME, 0), ("diff.json", 6), ("diff.csv", 6)])
def test_a_file_of_an_output_folder(tmp_path: Path, result: Path, name: str, code: int) -> None:
    (folder,) = result.iterdir()
    order = ["diff", str(folder), str(folder), "-o", str(tmp_path / "beda"), "--lang", "en"]
    assert run(order) == 0
    (tmp_path / "beda" / name).unlink()
    os.mkfifo(tmp_path / "beda" / name)
    assert run(order) == code
    assert (tmp_path / "beda" / name).is_file() == (code == 0)


def test_the_checksums_of_a_folder(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / NAME)
    assert recorded(tmp_path) is None


def test_a_calendar(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "jatuh-tempo.ics")
    with pytest.raises(OutputError, match="not a regular file"):
        check_file(tmp_path / "jatuh-tempo.ics")


def test_the_index_of_pictures(tmp_path: Path) -> None:
    (tmp_path / CROPS).mkdir()
    os.mkfifo(tmp_path / CROPS / INDEX)
    assert crops_of(tmp_path) == {}


def test_a_profile_of_many_decrees_is_no_device(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    order = ["ingest", str(tmp_path), "--store", str(tmp_path / "gudang"), "--lang", "en", "--profile"]
    assert run([*order, "/dev/zero"]) == UsageError.exit_code
    assert "The profile /dev/zero cannot be read: not a regular file" in capsys.readouterr().err
    (tmp_path / "latin.yaml").write_bytes(b"forms: \xe9\n")
    assert run([*order, str(tmp_path / "latin.yaml")]) == UsageError.exit_code
    assert "latin.yaml: it is no YAML text" in capsys.readouterr().err
    assert not (tmp_path / "gudang").exists()
