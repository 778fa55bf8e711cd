"""Identifiers of decrees."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from normalize.preamble import abbreviate, decree_id_of, slug
from schema.decree import DecreeHead, Field
from schema.provenance import Source


def head(institution: str, number: str, year: str) -> DecreeHead:
    return DecreeHead(institution=Field(text=institution), number=Field(text=number), year=Field(text=year))


@pytest.mark.parametrize(
    ("number", "year", "expected"),
    [
        ("8.1", "2025", "kpu-kabupaten-contoh-8-1-2025"),
        ("3/PW.01-Kpt/9999/2024", "2024", "kpu-kabupaten-contoh-3-pw-01-kpt-9999-2024"),
        ("2024", "2024", "kpu-kabupaten-contoh-2024"),
        ("12024", "2024", "kpu-kabupaten-contoh-12024-2024"),
    ],
)
def test_office_number_and_year_make_the_identifier(
    program_data: Path, source: Source, number: str, year: str, expected: str
) -> None:
    offices = json.loads((program_data / "offices.json").read_text(encoding="utf-8"))
    named = head("KOMISI PEMILIHAN UMUM KABUPATEN CONTOH", number, year)
    assert decree_id_of(named, source, offices["abbreviations"]) == expected


@pytest.mark.parametrize("name", ["Keputusan 8.1 (salinan).pdf", "Keputusan 8.1 (salinan)"])
def test_an_unread_head_gives_the_name_of_the_input(source: Source, name: str) -> None:
    named = source.model_copy(update={"name": name})
    identifier = decree_id_of(head("", "8.1", "2025"), named)
    assert identifier.startswith("keputusan-8")
    assert identifier.endswith("-" + source.sha256[:8])


def test_a_slug_is_plain_and_stays_itself() -> None:
    assert slug("Wali Kota Nã—1/a") == "wali-kota-na-1-a"
    assert slug(slug("Wali Kota Nã—1/a")) == slug("Wali Kota Nã—1/a")


def test_the_longest_name_is_abbreviated_first() -> None:
    table = {"BADAN PENGAWAS": "BP", "BADAN PENGAWAS PEMILIHAN UMUM": "BAWASLU"}
    assert abbreviate("Badan Pengawas Pemilihan Umum Kota Contoh", table) == "bawaslu kota contoh"
