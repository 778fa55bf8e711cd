"""Published with pictures, each value's address is in the table of fields, and the picture is where it says."""

from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path

import pytest

import lampiran
from lampiran.cli.app import run


@pytest.fixture(scope="module")
def results(samples: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the result of a PDF and that of a transcription."""
    folder = tmp_path_factory.mktemp("out")
    for name in ("kpu-contoh-2024.pdf", "kpu-batang-2025.transcript.txt"):
        lampiran.read(samples / name).write(folder / name)
    return folder


def test_addresses_are_in_the_table_of_fields(
    results: Path, samples: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target, crops = tmp_path / "x.sqlite", tmp_path / "gambar"
    call = [
        "publish",
        str(results),
        "--to",
        str(target),
        "--crops",
        str(crops),
        "--source",
        str(samples),
        "--lang",
        "en",
    ]
    assert run(call) == 0
    said = capsys.readouterr().out
    assert said.count("there are no pictures of it") == 1
    held = sqlite3.connect(target)
    rows = held.execute("SELECT result_id, page, x0, crop FROM fields").fetchall()
    held.close()
    assert sum(crop is not None for *_, crop in rows) > 200
    for result_id, page, x0, crop in rows:
        assert (crop is None) == (page is None or x0 is None)
        if crop is not None:
            assert crop.startswith(f"{result_id}/")
            assert (crops / crop.partition("#")[0]).is_file()
    assert run(call) == 0
    assert "0 added, 0 replaced, 2 unchanged" in capsys.readouterr().out
    shutil.rmtree(crops)
    assert run(call) == 0
    assert "1 replaced, 1 unchanged" in capsys.readouterr().out
    assert len(list(crops.iterdir())) == 1
