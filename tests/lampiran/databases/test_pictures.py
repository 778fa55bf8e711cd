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
    assert said.count("of which there can be no pictures") == 1
    assert "--source" not in said
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


def test_an_input_is_found_below_the_named_folder_by_its_content(
    results: Path,
    samples: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    years = tmp_path / "berkas"
    for year in ("2023", "2024"):
        (years / "kpu" / year).mkdir(parents=True)
        (years / "kpu" / year / "kpu-contoh-2024.pdf").write_bytes(b"another of that name")
    call = ["publish", str(results), "--to", str(tmp_path / "x.jsonl"), "--crops", "gambar", "--lang", "en"]
    assert run([*call, "--source", str(years)]) == 0
    assert "its file was not found, so there are no pictures of it (--source" in capsys.readouterr().out
    shutil.copy(samples / "kpu-contoh-2024.pdf", years / "kpu" / "2024")
    assert run([*call, "--source", str(years)]) == 0
    assert "was not found" not in capsys.readouterr().out
    assert len(list((tmp_path / "gambar").iterdir())) == 1
    assert run([*call, "--source", "nix"]) == 2
    assert "nix: there is no such folder; --source names" in capsys.readouterr().err
    assert run(["publish", *call[1:2], "--to", str(tmp_path / "x.db"), "--source", str(years)]) == 2
    assert "add --crops DIR" in capsys.readouterr().err


def test_pictures_that_cannot_be_written_are_told_with_what_to_change(
    results: Path, samples: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "berkas").write_bytes(b"")
    target, crops = tmp_path / "x.jsonl", tmp_path / "gambar"
    call = ["publish", str(results), "--to", str(target), "--source", str(samples), "--lang", "en", "--crops"]
    assert run([*call, str(tmp_path / "berkas" / "gambar")]) == 6
    said = capsys.readouterr().err
    assert "The pictures cannot be written to" in said
    assert "Choose another folder with --crops." in said
    assert not target.exists()
    assert run([*call, str(crops)]) == 0
    (folder,) = crops.iterdir()
    (folder / "catatan.txt").write_text("x", encoding="utf-8")
    target.unlink()
    assert run([*call, str(crops)]) == 6
    assert "holds what a person changed or added (catatan.txt)" in capsys.readouterr().err
    assert (folder / "catatan.txt").exists()
