"""`lampiran tables` as a user meets it, and what `lampiran extract` says of a file without a plan."""

from __future__ import annotations

from pathlib import Path

import pikepdf
import pytest

from lampiran import InputError, NoTableError, read_tables
from lampiran.cli.app import run
from samples.draw.ruled import attendance, price_list, ruled_pdf, timetable


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LAMPIRAN_LANG", "en")
    (tmp_path / "harga.pdf").write_bytes(ruled_pdf([price_list(1, 60)]))
    (tmp_path / "hadir.pdf").write_bytes(ruled_pdf([attendance(2)]))
    (tmp_path / "piket.pdf").write_bytes(ruled_pdf([timetable(2)]))
    with pikepdf.new() as blank:
        blank.add_blank_page()
        blank.save(tmp_path / "kosong.pdf")
    return tmp_path


def test_each_file_gets_its_folder_and_its_summary(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["tables", "harga.pdf", "hadir.pdf", "-o", "hasil"]) == 0
    captured = capsys.readouterr()
    lines = captured.out.splitlines()
    assert lines[0] == "harga.pdf"
    assert lines[1] == "  1 table, 305 cells, 1 joined over page breaks"
    assert lines[3] == "  To be checked by a person: 0 of 305 cells"
    assert lines[-1] == "2 of 2 files done."
    assert captured.err == ""
    assert sorted(p.name for p in (desk / "hasil" / "harga").iterdir()) == [
        "SHA256SUMS",
        "table-01.csv",
        "tables.html",
        "tables.json",
    ]


def test_the_default_place_is_beside_the_plans_results(desk: Path) -> None:
    assert run(["tables", "harga.pdf"]) == 0
    assert (desk / "out" / "tables" / "harga" / "tables.json").exists()


def test_spans_are_filled_on_request(desk: Path) -> None:
    assert run(["tables", "hadir.pdf", "-o", "a"]) == 0
    assert run(["tables", "hadir.pdf", "-o", "b", "--fill-spans"]) == 0
    one, two = ((desk / name / "hadir" / "table-01.csv").read_bytes() for name in "ab")
    assert one.count(b"1. ........") * 2 == two.count(b"1. ........")


@pytest.mark.parametrize(
    ("language", "words"), [("en", "no ruled table"), ("id", "tidak ada tabel bergaris")]
)
def test_a_file_without_a_table_ends_with_5_and_leaves_nothing(
    desk: Path, capsys: pytest.CaptureFixture[str], language: str, words: str
) -> None:
    assert run(["tables", "--lang", language, "kosong.pdf"]) == 5
    assert words in capsys.readouterr().err
    assert not (desk / "out").exists()


def test_a_transcription_is_no_pdf(desk: Path, samples: Path) -> None:
    with pytest.raises(InputError, match="no PDF"):
        read_tables(samples / "kpu-batang-2025.transcript.txt")
    assert run(["tables", str(samples / "kpu-batang-2025.transcript.txt")]) == 4


def test_the_error_is_of_its_own_kind(desk: Path) -> None:
    with pytest.raises(NoTableError):
        read_tables("kosong.pdf")


@pytest.mark.parametrize("name", ["harga.pdf", "hadir.pdf", "piket.pdf"])
@pytest.mark.parametrize(
    ("language", "words"), [("en", "reads tables of any kind"), ("id", "membaca tabel jenis apa pun")]
)
def test_extract_names_the_other_command_where_there_are_tables_but_no_plan(
    desk: Path, capsys: pytest.CaptureFixture[str], name: str, language: str, words: str
) -> None:
    assert run(["extract", "--lang", language, name]) == 5
    said = capsys.readouterr().err
    assert f'"lampiran tables {name}" {words}' in said
    assert said.count("\n") == 1
    assert not (desk / "out").exists()


def test_extract_says_which_columns_only_look_like_a_plan(
    desk: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["extract", "piket.pdf"]) == 5
    assert "(No, Kegiatan, Pelaksana, " in capsys.readouterr().err


def test_extract_without_any_table_does_not_name_it(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["extract", "kosong.pdf"]) == 5
    assert "lampiran tables" not in capsys.readouterr().err
