"""The truth files are well formed, and what they key is in the transcription."""

import hashlib
import re
from collections import Counter
from pathlib import Path

import pytest

from samples.draw.forms import FORMS
from samples.draw.truth import Action, Truth, load

SAMPLES = Path(__file__).resolve().parents[2] / "samples"
NAMES = [form.sample for form in FORMS]
TRANSCRIPT = SAMPLES / "kpu-batang-2025.transcript.txt"
TRANSCRIPT_SHA256 = "265e7dbe04bf7c48408c1fd0a0e298c1173501a727e4f562a3d4faaff6231740"


@pytest.fixture(params=NAMES)
def truth(request: pytest.FixtureRequest) -> Truth:
    return load(SAMPLES / f"{request.param}.truth.json")


@pytest.fixture(scope="module")
def batang() -> Truth:
    return load(SAMPLES / "kpu-batang-2025.truth.json")


def texts(truth: Truth) -> list[str]:
    found = [truth.head.title, truth.head.decides, *(area.name for area in truth.areas)]
    found += [
        clause.text for clause in truth.head.considerations + truth.head.legal_basis + truth.head.dictum
    ]
    found += [component.name for area in truth.areas for component in area.components]
    for row in truth.actions:
        found += [row.indicator, row.action, row.evidence, row.responsible]
    return found


def letters(text: str) -> Counter[str]:
    return Counter(re.sub(r"</?i>|[^a-z]", "", text.lower()))


def test_the_transcription_is_the_one_received() -> None:
    assert hashlib.sha256(TRANSCRIPT.read_bytes()).hexdigest() == TRANSCRIPT_SHA256


def test_a_decree_has_six_areas_in_order(truth: Truth) -> None:
    assert [area.no for area in truth.areas] == [1, 2, 3, 4, 5, 6]
    assert [area.printed_no.rstrip(".") for area in truth.areas] == ["1", "2", "3", "4", "5", "6"]


def test_components_are_numbered_without_gap(truth: Truth) -> None:
    roman, latin = ["i", "ii", "iii", "iv", "v", "vi"], ["a", "b", "c", "d", "e", "f"]
    for area in truth.areas:
        numerals = [component.no for component in area.components]
        assert numerals in (roman[: len(numerals)], latin[: len(numerals)])
        assert [component.printed_no.rstrip(".") for component in area.components] == numerals


def test_months_rise_and_repeat_never(truth: Truth) -> None:
    for row in truth.actions:
        assert list(row.months) == sorted(set(row.months))


def test_pages_follow_each_other(truth: Truth) -> None:
    pages = [row.page for row in truth.actions]
    assert pages == sorted(pages)
    assert set(pages) == set(range(1, pages[-1] + 1))


def test_texts_are_clean(truth: Truth) -> None:
    for text in texts(truth):
        assert text == text.strip()
        assert not re.search(r"\t|  |</?\w+>|\*\*| \n|\n ", text), text


def test_the_first_alternative_is_the_one_drawn(truth: Truth) -> None:
    for area in truth.areas:
        for component in area.components:
            for doubt in component.doubts:
                assert doubt.alternatives[0] == getattr(component, doubt.field)
            for row in component.actions:
                for doubt in row.doubts:
                    assert doubt.alternatives[0] == getattr(row, doubt.field), row.line


def test_counts(batang: Truth) -> None:
    doubtful = [row for row in batang.actions if any(doubt.field == "months" for doubt in row.doubts)]
    assert sum(len(area.components) for area in batang.areas) == 25
    assert len(batang.actions) == 53
    assert len(doubtful) == 13


def test_only_the_invented_decree_has_no_line_numbers(truth: Truth) -> None:
    missing = {row.line is None for row in truth.actions}
    assert missing == {truth.decree_id != "kpu-kabupaten-batang-8-1-2025"}


def test_each_row_is_keyed_from_its_line(batang: Truth) -> None:
    lines = TRANSCRIPT.read_text(encoding="utf-8").split("\n")
    repaired = {77, 79, 94, 95, 104, 160}
    for row in batang.actions:
        assert row.line is not None
        assert fits(row, lines[row.line - 1]) or row.line in repaired, row.line


def fits(row: Action, line: str) -> bool:
    cells = [" ".join(re.sub(r"</?i>", "", cell).split()) for cell in line.split("\t")]
    return all(text in cells for text in (row.indicator, row.action, row.evidence))


def test_each_line_with_marks_is_keyed(batang: Truth) -> None:
    lines = TRANSCRIPT.read_text(encoding="utf-8").split("\n")
    marked = {number for number, line in enumerate(lines, start=1) if "√" in line}
    assert {row.line for row in batang.actions} == marked | {89, 98}


def test_certain_months_have_as_many_marks_as_the_line(batang: Truth) -> None:
    lines = TRANSCRIPT.read_text(encoding="utf-8").split("\n")
    for row in batang.actions:
        if row.line is None or row.line == 88 or any(doubt.field == "months" for doubt in row.doubts):
            continue
        assert min(lines[row.line - 1].count("√"), 12) == len(row.months), row.line


def test_repairs_change_few_letters(batang: Truth) -> None:
    lines = TRANSCRIPT.read_text(encoding="utf-8").split("\n")
    for row in batang.actions:
        assert row.line is not None
        keyed = letters(row.indicator + row.action + row.evidence)
        assert sum((keyed - letters(lines[row.line - 1])).values()) <= 2, row.line
