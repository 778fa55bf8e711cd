"""The head of the decree, where a transcription states it."""

from __future__ import annotations

from pathlib import Path

import pytest

import lampiran
from lampiran.result import Result
from tests.lampiran.audit.conftest import told

Fault = tuple[str, str | None]


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("NOMOR 8.1 TAHUN 2025\n", "NOMOR 8.7 TAHUN 2025\n", ("head.number", "number-wrong")),
        ("pada tanggal 3 Januari", "pada tanggal 5 Januari", ("head.date", "date-wrong")),
        ("Ditetapkan di Batang", "Ditetapkan di Kudus", ("head.place", "name-wrong")),
        ("\nMubaidin\n", "\nMubaldin\n", ("head.attestation.name", "letter-confusion")),
        ("Nomor 81 Tahun 2010", "Nomor 18 Tahun 2010", ("head.legal_basis.2", "number-wrong")),
        ("sampai dengan bulan Desember", "sampai bulan Desember", ("head.dictum.KEDUA", "word-lost")),
    ],
)
def test_a_fault_of_the_head_is_told(
    old: str, new: str, fault: Fault, result: Result, samples: Path, tmp_path: Path
) -> None:
    text = (samples / "kpu-batang-2025.transcript.txt").read_text(encoding="utf-8")
    assert old in text
    path = tmp_path / "typed.txt"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    found = [(field, kind) for row, field, kind in told(lampiran.audit(result, path)) if row == "head"]
    assert found == [fault]


def test_a_transcription_of_the_table_alone_states_no_head(
    result: Result, samples: Path, tmp_path: Path
) -> None:
    text = (samples / "kpu-batang-2025.transcript.txt").read_text(encoding="utf-8")
    path = tmp_path / "table.txt"
    path.write_text(
        "\n".join(line for line in text.splitlines() if "\t" in line or not line), encoding="utf-8"
    )
    audit = lampiran.audit(result, path)
    heads = [cell for cell in audit.cells if cell.level == "head"]
    assert heads
    assert {cell.verdict for cell in heads} == {"not-stated"}


def test_a_clause_that_is_left_out_is_missing(result: Result, samples: Path, tmp_path: Path) -> None:
    text = (samples / "kpu-batang-2025.transcript.txt").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if not line.startswith(" 6. Keputusan Komisi")]
    path = tmp_path / "typed.txt"
    path.write_text("\n".join(lines), encoding="utf-8")
    found = [fault for fault in told(lampiran.audit(result, path)) if fault[0] == "head"]
    assert found == [("head", "head.legal_basis.6", "cell-missing")]
