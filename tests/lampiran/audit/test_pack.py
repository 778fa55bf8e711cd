"""The evidence pack: the same inputs give the same bytes, and what differs is told by name."""

from __future__ import annotations

import hashlib
import io
import zipfile
from pathlib import Path

import pytest

from lampiran import read
from lampiran.audit.report.evidence_pack import (
    MANIFEST,
    Manifest,
    PackCheck,
    check_pack,
    fault_pictures,
    pack,
    read_manifest,
)
from schema.audit import Audit
from schema.errors import InputError
from tests.lampiran.audit.audits import audit

FILES = {"audit.json": b'{"n": 1}\n', "audit.csv": b"n\r\n1\r\n"}


@pytest.fixture
def inputs(tmp_path: Path) -> tuple[Path, Path]:
    decree, transcription = tmp_path / "keputusan.pdf", tmp_path / "salinan.csv"
    decree.write_bytes(b"%PDF a decree")
    transcription.write_bytes(b"NO,KOMPONEN\r\n")
    return decree, transcription


def of(inputs: tuple[Path, Path], **changes: object) -> Audit:
    """Return an audit of two files."""
    signs = [hashlib.sha256(path.read_bytes()).hexdigest() for path in inputs]
    one = audit()
    sides = {
        "decree": one.decree.model_copy(update={"sha256": signs[0]}),
        "transcription": one.transcription.model_copy(update={"sha256": signs[1]}),
    }
    return one.model_copy(update=sides | changes)


def members(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_two_runs_give_the_same_bytes(inputs: tuple[Path, Path]) -> None:
    assert pack(of(inputs), FILES, inputs) == pack(of(inputs), dict(reversed(FILES.items())), inputs)


def test_a_pack_names_its_inputs_and_every_member_by_hash(inputs: tuple[Path, Path]) -> None:
    held = members(pack(of(inputs), FILES, inputs, settings=(("language", "id"),)))
    manifest = Manifest.model_validate_json(held[MANIFEST])
    assert [one.role for one in manifest.inputs] == ["decree", "transcription"]
    assert manifest.inputs[0].sha256 == hashlib.sha256(inputs[0].read_bytes()).hexdigest()
    assert {one.name: one.sha256 for one in manifest.members} == {
        name: hashlib.sha256(content).hexdigest() for name, content in held.items() if name != MANIFEST
    }
    assert manifest.command == (
        "lampiran", "audit", "--check-pack", "PACK.zip", "keputusan.pdf", "salinan.csv",
    )  # fmt: skip
    assert manifest.settings == (("text_readers", "rapidocr"), ("language", "id"))
    assert {"lampiran", "pillow", "openpyxl", "pypdfium2"} <= set(dict(manifest.versions))
    assert str(inputs[0].parent) not in held[MANIFEST].decode(), "no path of a machine"


def test_inputs_are_put_in_only_where_asked_for(inputs: tuple[Path, Path]) -> None:
    assert set(members(pack(of(inputs), FILES, inputs))) == {*FILES, MANIFEST}
    held = members(pack(of(inputs), FILES, inputs, with_inputs=True))
    assert held["inputs/decree.pdf"] == inputs[0].read_bytes()
    assert held["inputs/transcription.csv"] == inputs[1].read_bytes()


def test_no_time_and_no_compression_is_in_it(inputs: tuple[Path, Path]) -> None:
    with zipfile.ZipFile(io.BytesIO(pack(of(inputs), FILES, inputs))) as archive:
        entries = archive.infolist()
    assert {entry.date_time for entry in entries} == {(1980, 1, 1, 0, 0, 0)}
    assert {entry.compress_type for entry in entries} == {zipfile.ZIP_STORED}
    assert [entry.filename for entry in entries] == sorted(entry.filename for entry in entries)


def test_a_check_says_that_a_pack_is_the_same(inputs: tuple[Path, Path], tmp_path: Path) -> None:
    content = pack(of(inputs), FILES, inputs)
    (tmp_path / "pack.zip").write_bytes(content)
    found = check_pack(tmp_path / "pack.zip", content)
    assert found == PackCheck(same=True)


def test_a_check_says_what_differs(inputs: tuple[Path, Path], tmp_path: Path) -> None:
    path = tmp_path / "pack.zip"
    path.write_bytes(pack(of(inputs), FILES, inputs))
    inputs[1].write_bytes(b"NO,KOMPONEN,ANGGARAN\r\n")
    later = of(inputs, versions=(("lampiran", "9.9"),), settings=(("text_readers", "tesseract"),))
    found = check_pack(path, pack(later, {**FILES, "audit.csv": b"n\r\n2\r\n"}, inputs))
    assert not found.same
    assert found.inputs == ("transcription",)
    assert found.versions == ("lampiran",)
    assert found.settings == ("text_readers",)
    assert found.members == ("audit.csv",)
    assert found.damaged == ()


def test_a_changed_member_is_damaged(inputs: tuple[Path, Path], tmp_path: Path) -> None:
    content = pack(of(inputs), FILES, inputs)
    held = members(content) | {"audit.csv": b"n\r\n7\r\n", "more.txt": b"?"}
    path = tmp_path / "pack.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in held.items():
            archive.writestr(name, text)
    found = check_pack(path, content)
    assert found.damaged == ("audit.csv", "more.txt")
    assert not found.same
    assert found.members == ()


def test_an_input_that_changed_since_is_refused(inputs: tuple[Path, Path]) -> None:
    one = of(inputs)
    inputs[0].write_bytes(b"%PDF another")
    with pytest.raises(InputError, match="changed since it was audited"):
        pack(one, FILES, inputs)
    inputs[0].unlink()
    with pytest.raises(InputError, match="cannot be read for the evidence pack"):
        pack(one, FILES, inputs)


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"no zip at all"])
def test_what_is_no_pack_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "pack.zip"
    path.write_bytes(content)
    with pytest.raises(InputError, match="no whole evidence pack"):
        read_manifest(path)


def test_a_zip_of_something_else_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "pack.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(MANIFEST, "{}")
    with pytest.raises(InputError, match="no whole evidence pack"):
        read_manifest(path)


def test_each_fault_with_a_place_gets_its_picture(samples: Path) -> None:
    result = read(samples / "kpu-contoh-2024.pdf")
    one = audit()
    sign = result.plan.source.sha256
    place = next(result.plan.placed()).action.action.refs[0]
    cells = [
        cell.model_copy(update={"paper_ref": place}) if cell.field == "evidence" and cell.is_fault else cell
        for cell in one.cells
    ]
    one = one.model_copy(update={"cells": tuple(cells)})
    drawn = fault_pictures(one, result.plan, result.source_path, result.extraction.pages)
    assert [(crop.page, crop.cell) for crop in drawn] == [(place.page, 2)]
    assert next(iter(drawn)).member == f"crops/00002-p{place.page:03}-evidence.png"
    assert all(content.startswith(b"\x89PNG") for content in drawn.values())
    assert drawn == fault_pictures(one, result.plan, result.source_path, result.extraction.pages)
    assert sign == place.sha256
