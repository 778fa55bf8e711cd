"""The sample decrees against their truth."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from extract.reading import read_document
from extract.types import Extraction
from normalize.preamble import PreambleResult, decree_id_of, parse_preamble
from schema.decree import Clause, DecreeHead

SAMPLES = [
    ("kpu-batang-2025.transcript.txt", "kpu-batang-2025.truth.json"),
    ("kpu-batang-2025.pdf", "kpu-batang-2025.truth.json"),
    ("kpu-batang-2025.signed.pdf", "kpu-batang-2025.truth.json"),
    ("kpu-contoh-2024.pdf", "kpu-contoh-2024.truth.json"),
]


@cache
def extraction_of(path: Path) -> Extraction:
    return read_document(path)


def result_of(path: Path) -> PreambleResult:
    extraction = extraction_of(path)
    digital = extraction.source.media_type == "application/pdf"
    return parse_preamble(extraction.lines, source=extraction.source, digital=digital)


def clauses(found: tuple[Clause, ...]) -> list[dict[str, str]]:
    return [{"label": clause.label, "text": clause.field.text} for clause in found]


def as_truth(head: DecreeHead, signature: str) -> dict[str, Any]:
    assert head.signatory is not None
    assert head.attestation is not None
    assert head.date is not None
    attestation = head.attestation
    return {
        "number": head.number.text,
        "year": int(head.year.text),
        "title": head.title.text,
        "institution": head.institution.text,
        "enacted_by": head.enacted_by.text,
        "considerations": clauses(head.considerations),
        "legal_basis": clauses(head.legal_basis),
        "decides": head.decides.text,
        "dictum": clauses(head.dictum),
        "place": head.place.text,
        "date": head.date.isoformat(),
        "signatory": {"office": head.signatory.office.text, "name": head.signatory.name.text},
        "signature": signature,
        "attestation": {
            "statement": attestation.statement.text,
            "office": attestation.office.text,
            "position": attestation.position.text,
            "name": attestation.name.text,
        },
    }


@pytest.mark.parametrize(("name", "truth"), SAMPLES)
def test_the_head_is_what_the_truth_says(samples: Path, program_data: Path, name: str, truth: str) -> None:
    wanted = json.loads((samples / truth).read_text(encoding="utf-8"))
    offices = json.loads((program_data / "offices.json").read_text(encoding="utf-8"))
    result = result_of(samples / name)
    assert as_truth(result.head, wanted["head"]["signature"]) == wanted["head"]
    source = extraction_of(samples / name).source
    assert decree_id_of(result.head, source, offices["abbreviations"]) == wanted["decree_id"]


@pytest.mark.parametrize(("name", "truth"), SAMPLES)
def test_no_residue_stays_in_any_text(samples: Path, name: str, truth: str) -> None:
    assert truth
    dumped = result_of(samples / name).head.model_dump()
    texts = [value for value in walk(dumped) if value]
    assert texts
    assert not [text for text in texts if any(mark in text for mark in ("\t", "  ", "**", "<", "\n"))]


def walk(value: Any) -> list[str]:
    """Return every `text` of a dumped head."""
    if isinstance(value, dict):
        own = [value["text"]] if isinstance(value.get("text"), str) else []
        return own + [text for part in value.values() for text in walk(part)]
    return [text for part in value for text in walk(part)] if isinstance(value, list | tuple) else []


def test_only_the_team_between_the_tables_is_handed_back(samples: Path) -> None:
    unused = result_of(samples / "kpu-batang-2025.transcript.txt").unused
    assert [line.text.strip("* ") for line in unused] == ["TIM SISTEM", "MANAJEMEN SDM"]
    assert result_of(samples / "kpu-batang-2025.pdf").unused == ()


def test_the_transcription_is_tidied_with_findings_that_point_to_lines(samples: Path) -> None:
    findings = result_of(samples / "kpu-batang-2025.transcript.txt").facts
    assert {f.code for f in findings} == {"markup-removed", "text-tidied", "paragraph-joined"}
    assert all(f.ref is not None and f.ref.line is not None for f in findings)


def test_a_signature_in_the_file_is_told_apart_from_a_printed_copy(samples: Path) -> None:
    assert result_of(samples / "kpu-batang-2025.signed.pdf").head.signature_kind == "electronic"
    assert result_of(samples / "kpu-batang-2025.pdf").head.signature_kind == "copy"
