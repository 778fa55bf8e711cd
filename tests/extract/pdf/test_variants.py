"""One decree in other clothes: turned, encrypted, signed; read through the program's surface."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from pikepdf import Pdf

import lampiran

SAMPLE = "kpu-contoh-2024.pdf"
TURNS = {
    90: "0 1 -1 0 {height} 0 cm",
    180: "-1 0 0 -1 {width} {height} cm",
    270: "0 -1 1 0 0 {width} cm",
}


def values(path: Path) -> dict[str, Any]:
    """The tables of a decree without what names the file itself, and without the note of a turned page."""
    frames = lampiran.read(path).to_frames()
    frames["findings"] = frames["findings"].query("code != 'page-turned'").drop(columns="n")
    frames["decree"] = frames["decree"].drop(columns=["sha256", "infos"])
    return {name: frame.to_dict("records") for name, frame in frames.items()}


@cache
def intact(path: Path) -> dict[str, Any]:
    return values(path)


def landscape(pdf: Pdf) -> list[pikepdf.Page]:
    return [page for page in pdf.pages if page.mediabox[2] > page.mediabox[3]]


@pytest.mark.parametrize("degrees", [90, 180, 270])
def test_a_page_that_lies_on_its_side_is_read_as_it_is_held(
    samples: Path, tmp_path: Path, degrees: int
) -> None:
    """The wrong /Rotate, as a scanner's program or a reader's button leaves it."""
    path = tmp_path / "miring.pdf"
    with pikepdf.open(samples / SAMPLE) as pdf:
        for page in landscape(pdf):
            page.rotate(degrees, relative=False)
        pdf.save(path)
    assert values(path) == intact(samples / SAMPLE)


@pytest.mark.parametrize("held", [False, True])
@pytest.mark.parametrize("degrees", [90, 180, 270])
def test_a_table_drawn_sideways_is_read_upright(
    samples: Path, tmp_path: Path, degrees: int, *, held: bool
) -> None:
    """Turned by its content; `held` adds the /Rotate that sets it upright."""
    path = tmp_path / "putar.pdf"
    with pikepdf.open(samples / SAMPLE) as pdf:
        for page in landscape(pdf):
            width, height = float(page.mediabox[2]), float(page.mediabox[3])
            matrix = TURNS[degrees].format(width=width, height=height)
            page.contents_add(f"q {matrix}\n".encode(), prepend=True)
            page.contents_add(b"\nQ")
            page.mediabox = [0, 0, width, height] if degrees == 180 else [0, 0, height, width]
            if held:
                page.rotate(degrees, relative=False)
        pdf.save(path)
    assert values(path) == intact(samples / SAMPLE)
    extraction = lampiran.read(path).extraction
    notes = [
        (note.ref.page, note.value) for note in extraction.findings if note.code == "page-turned" and note.ref
    ]
    assert notes == ([] if held else [(number, str(degrees)) for number in range(3, 10)])
    page = extraction.pages[2]
    assert (page.width, page.height, page.rotation) == (841.89, 595.28, degrees)


def test_the_second_reader_sees_a_turned_table_as_the_first_one_does(samples: Path, tmp_path: Path) -> None:
    path = tmp_path / "satu.pdf"
    with pikepdf.open(samples / SAMPLE) as pdf:
        del pdf.pages[4:]
        for page in landscape(pdf):
            page.rotate(90, relative=False)
        pdf.save(path)
    codes = {finding.code for finding in lampiran.read(path, second_reader=True).plan.findings}
    assert codes.isdisjoint({"readers-disagree", "second-reader-failed"})


def test_a_decree_locked_against_changes_alone_is_read(samples: Path, tmp_path: Path) -> None:
    path = tmp_path / "terkunci.pdf"
    with pikepdf.open(samples / SAMPLE) as pdf:
        pdf.save(path, encryption=pikepdf.Encryption(user="", owner="pemilik"))
    assert values(path) == intact(samples / SAMPLE)


def test_a_signed_decree_is_read_as_the_same_one_without_a_signature(samples: Path) -> None:
    signed, plain = (values(samples / f"kpu-batang-2025{end}.pdf") for end in (".signed", ""))
    assert {name: signed[name] for name in ("actions", "schedule", "evidence")} == {
        name: plain[name] for name in ("actions", "schedule", "evidence")
    }
    kinds = [table["decree"][0]["signature_kind"] for table in (signed, plain)]
    assert kinds == ["electronic", "copy"]
