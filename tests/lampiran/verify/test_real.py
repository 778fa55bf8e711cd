"""A regulation as it was published, with four signatures: as it is, altered, extended and cut off."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from signing import change_page

import lampiran
from schema.authenticity import Verification

DAY = date(2026, 11, 1)
ENDS = [453551, 492895, 531937, 584598]
SIGNERS = ["Abdullah Azwar Anas", "Alpius Sarumaha", "Alpius Sarumaha", "ASEP NANA MULYANA"]


def verified(data: bytes, folder: Path) -> Verification:
    path = folder / "regulation.pdf"
    path.write_bytes(data)
    return lampiran.verify(path, at=DAY)


def signers(found: Verification) -> list[str | None]:
    return [s.certificate.common_name if s.certificate else None for s in found.signatures]


def test_four_signatures_are_intact(real_signed: Path) -> None:
    found = lampiran.verify(real_signed, at=DAY)
    assert found.verdict == "intact"
    assert signers(found) == SIGNERS
    assert [s.integrity for s in found.signatures] == ["intact"] * 4
    assert [(s.coverage.scope, s.coverage.end) for s in found.signatures if s.coverage] == [
        *(("revision", end) for end in ENDS[:3]),
        ("whole-file", ENDS[3]),
    ]
    assert [s.changes for s in found.signatures] == ["permitted", "permitted", "permitted", "none"]
    assert [s.trust.doubts for s in found.signatures if s.trust] == [("expired",)] * 4
    assert [s.trust.when_signed for s in found.signatures if s.trust] == ["within"] * 4
    assert [s.timestamp.integrity for s in found.signatures if s.timestamp] == ["intact"] * 4
    assert [revision.end for revision in found.revisions][2:] == ENDS


def test_a_byte_changed_in_what_all_signed(real_signed: Path, tmp_path: Path) -> None:
    data = bytearray(real_signed.read_bytes())
    data[100_000] ^= 1
    found = verified(bytes(data), tmp_path)
    assert [s.verdict for s in found.signatures] == ["broken"] * 4
    assert {s.integrity for s in found.signatures} == {"content-altered"}
    assert signers(found) == SIGNERS


def test_a_byte_changed_in_what_the_last_two_signed(real_signed: Path, tmp_path: Path) -> None:
    data = bytearray(real_signed.read_bytes())
    place = data.index(b"D:2024", ENDS[1] + 33_000)
    data[place + 7] ^= 1
    found = verified(bytes(data), tmp_path)
    assert [s.integrity for s in found.signatures] == [
        "intact",
        "intact",
        "content-altered",
        "content-altered",
    ]
    assert found.verdict == "broken"


def test_a_revision_appended(real_signed: Path, tmp_path: Path) -> None:
    found = verified(change_page(real_signed.read_bytes(), page=2), tmp_path)
    assert [s.verdict for s in found.signatures] == ["changed"] * 4
    assert [s.integrity for s in found.signatures] == ["intact"] * 4
    last = found.revisions[-1]
    assert (last.number, last.permitted, last.pages) == (7, False, (3,))
    assert "page-content" in last.kinds


@pytest.mark.parametrize("end", [200_000, 450_000, 492_000, 584_000, 584_580])
def test_cut_off(end: int, real_signed: Path, tmp_path: Path) -> None:
    with pytest.raises(lampiran.InputError, match=r"cut off or damaged|truncated or badly damaged"):
        verified(real_signed.read_bytes()[:end], tmp_path)


def test_cut_off_where_a_revision_ends_it_is_an_earlier_state(real_signed: Path, tmp_path: Path) -> None:
    found = verified(real_signed.read_bytes()[: ENDS[1]], tmp_path)
    assert [s.integrity for s in found.signatures] == ["intact", "intact"]
    assert found.signatures[-1].coverage is not None
    assert found.signatures[-1].coverage.scope == "whole-file"
