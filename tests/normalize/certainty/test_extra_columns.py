"""What a recogniser read in a further column is weighed like any text: a doubtful one asks for a review."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from normalize import Resources, build_plan

sys.path.insert(0, str(Path(__file__).parent.parent))
from recognised import NAMES, TITLE, RowOf, extraction_of, line, page_of

HEAD = tuple("TARGET" if name == "INDIKATOR" else name for name in NAMES)


@pytest.mark.parametrize(
    ("read", "other", "confidence", "status"),
    [("laporan", "laporan", 0.999, "read"), ("lqporxn", "lkporen", 0.3, "uncertain")],
)
def test_a_doubtful_text_of_a_further_column_asks(
    read: str, other: str, confidence: float, status: str, resources: Resources
) -> None:
    seen = line(read, confidence=confidence).model_copy(update={"others": (other,), "agreed": read == other})
    row = RowOf(
        ["", "1. Penyusunan Tim Kerja", seen, "Menyusun laporan", "Surat keputusan"],
        frozenset({3}),
        "TIM KERJA",
    )
    plan = build_plan(extraction_of(page_of([TITLE, row], names=HEAD)), resources)
    (placed,) = plan.placed()
    (extra,) = placed.action.extra
    assert (extra.column, extra.field.text, extra.field.status) == ("TARGET", read, status)
    assert extra.field.confidence is not None
    asked = [f.code for f in plan.findings if f.field == "extra"]
    assert asked == (["text-uncertain"] if status == "uncertain" else [])
    assert placed.action.needs_review is (status == "uncertain")


def test_a_covered_text_of_a_further_column_asks(resources: Resources) -> None:
    seen = line("laporan").model_copy(update={"covered": True})
    row = RowOf(
        ["", "1. Penyusunan Tim Kerja", seen, "Menyusun laporan", "Surat keputusan"],
        frozenset({3}),
        "TIM KERJA",
    )
    plan = build_plan(extraction_of(page_of([TITLE, row], names=HEAD)), resources)
    assert [f.code for f in plan.findings if f.field == "extra"] == ["text-covered"]


@pytest.mark.parametrize(
    ("read", "first", "code"),
    [
        (("I", "2", "3", "4", "5"), "1", "word-corrected"),
        (("7", "2", "3", "4", "5"), "7", "figure-breaks-count"),
    ],
)
def test_a_number_that_breaks_the_count_of_its_column_is_settled_or_asks(
    read: tuple[str, ...], first: str, code: str, resources: Resources
) -> None:
    rows = [
        RowOf(
            ["", f"{n}. Komponen {n}", number, "Menyusun laporan", "Surat keputusan"],
            frozenset({3}),
            "TIM KERJA",
        )
        for n, number in enumerate(read, 1)
    ]
    plan = build_plan(extraction_of(page_of([TITLE, *rows], names=HEAD)), resources)
    found = [(f.code, f.raw) for f in plan.findings if f.field == "extra"]
    assert found == [(code, read[0])]
    (field, *_) = (extra.field for placed in plan.placed() for extra in placed.action.extra)
    assert (field.printed, field.text) == (read[0], first)


def test_an_amount_that_is_none_asks_in_a_further_column(resources: Resources) -> None:
    rows = [
        RowOf(["", f"{n}. Komponen {n}", amount, "Menyusun laporan", "Surat keputusan"], team="TIM KERJA")
        for n, amount in enumerate(("1.500.000", "250.000", "3O.000", "75.000", "12.500"), 1)
    ]
    plan = build_plan(extraction_of(page_of([TITLE, *rows], names=HEAD)), resources)
    (found,) = [f for f in plan.findings if f.field == "extra"]
    assert (found.code, found.raw, found.alternatives) == ("figure-unlike-column", "3O.000", ("30.000",))
    (field,) = (e.field for p in plan.placed() for e in p.action.extra if e.field.text == "3O.000")
    assert field.status == "uncertain"


def test_a_name_that_is_read_otherwise_on_a_further_page_is_the_same_column(resources: Resources) -> None:
    pages = []
    for number, name in enumerate(("TARGET TW I", "TARGET TWI"), 1):
        names = tuple(name if each == "TARGET" else each for each in HEAD)
        row = RowOf(
            ["", f"{number}. Komponen {number}", "laporan", "Menyusun laporan", "Surat"], team="TIM KERJA"
        )
        pages.append(page_of([TITLE, row], number=number, names=names))
    plan = build_plan(extraction_of(*pages), resources)
    assert [[e.column for e in placed.action.extra] for placed in plan.placed()] == [["TARGET TW I"]] * 2
    assert len(plan.forms) == 1


def test_a_count_that_begins_anew_asks_nothing(resources: Resources) -> None:
    rows = [
        RowOf(["", f"{n}. Komponen {n}", number, "Menyusun laporan", "Surat keputusan"], team="TIM KERJA")
        for n, number in enumerate("1231212341", 1)
    ]
    plan = build_plan(extraction_of(page_of([TITLE, *rows], names=HEAD)), resources)
    assert [f.code for f in plan.findings if f.field == "extra"] == []
