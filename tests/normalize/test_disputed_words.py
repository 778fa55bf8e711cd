"""Words over which readers differ or that are known in another shape: what is taken, and what asks for a person."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from extract.types import Cell, TextLine
from normalize import Resources, build_plan
from schema.geometry import BBox
from schema.plan import Plan

sys.path.insert(0, str(Path(__file__).parent))
from recognised import TITLE, RowOf, action, extraction_of, line, page_of

NAME = "Penyusunan Tim Kerja"


def plan_of(*texts: str | TextLine, resources: Resources) -> Plan:
    """Read rows of one component with these actions."""
    rows = [action("1." if n == 0 else "", NAME if n == 0 else "", text) for n, text in enumerate(texts)]
    return build_plan(extraction_of(page_of([TITLE, *rows])), resources)


def test_a_slash_at_the_end_of_a_line_stays_though_the_document_prints_the_word_without(
    resources: Resources,
) -> None:
    slashed = line("SK Tim Kerja/", 0.6, others=("SK Tim Kerja",))
    plan = plan_of("SK Tim Kerja", "SK Tim Kerja", slashed, resources=resources)
    assert [p.action.action.text for p in plan.placed()][-1] == "SK Tim Kerja/"


def test_two_words_that_many_write_as_one_are_no_words_run_together(resources: Resources) -> None:
    plan = plan_of("Tabel tindaklanjut pengaduan", resources=resources)
    (placed,) = plan.placed()
    assert not placed.action.needs_review
    (habit,) = [f for f in plan.findings if f.code == "spelling-habit"]
    assert habit.alternatives == ("tindak lanjut",)


def _listed(*items: tuple[str, float, float], resources: Resources) -> Plan:
    """Read an action whose evidence has these lines, each with its left and right end inside a cell 80 points wide."""
    grid = page_of([TITLE, action("1.", NAME)])
    target = next(c for c in grid.cells if c.column == 4 and c.row == 2)
    box = target.ref.bbox
    assert box is not None

    def placed(text: str, x0: float, x1: float) -> TextLine:
        plain = line(text)
        place = BBox(x0=x0, top=box.top, x1=x1, bottom=box.bottom)
        first = BBox(x0=x0, top=box.top, x1=min(x1, x0 + 15), bottom=box.bottom)
        words = tuple(word.model_copy(update={"bbox": first}) for word in plain.words)
        return plain.model_copy(update={"bbox": place, "words": words})

    wide = BBox(x0=80, top=box.top, x1=160, bottom=box.bottom)
    lines = tuple(placed(*item) for item in items)
    ref = target.ref.model_copy(update={"bbox": wide})
    text = "\n".join(item[0] for item in items)
    changed: tuple[Cell, ...] = tuple(
        target.model_copy(update={"ref": ref, "lines": lines, "text": text}) if cell is target else cell
        for cell in grid.cells
    )
    return build_plan(extraction_of(grid.model_copy(update={"cells": changed})), resources)


@pytest.mark.parametrize(("end", "asks"), [(152.0, False), (120.0, True)])
def test_a_line_that_had_no_room_above_goes_on_with_its_item(
    end: float, asks: bool, resources: Resources
) -> None:
    plan = _listed(
        ("- Foto bagan alur", 83, 140),
        ("- Lembar uji penerapan", 83, end),
        ("SOP", 83, 98),
        resources=resources,
    )
    (placed,) = plan.placed()
    assert " ".join(placed.action.evidence.text.split()) == "- Foto bagan alur - Lembar uji penerapan SOP"
    assert placed.action.needs_review is asks


def test_an_official_name_behind_a_numeral_that_is_none_keeps_its_name(resources: Resources) -> None:
    title = RowOf(["HII. PENATAAN SISTEM MANAJEMEN SDM APARATUR", "", "", "", ""])
    rows = [TITLE, action("1.", NAME), RowOf(["2. TATA LAKSANA", "", "", "", ""]), action("1.", NAME)]
    plan = build_plan(extraction_of(page_of([*rows, title, action("1.", NAME)])), resources)
    last = plan.areas[-1]
    assert (last.number, last.label.text, last.name.text) == (
        3,
        "3",
        "PENATAAN SISTEM MANAJEMEN SDM APARATUR",
    )
    (finding,) = [f for f in plan.findings if f.code == "numeral-corrected"]
    assert (finding.raw, finding.value) == ("HII", "3")


def test_a_numeral_before_a_colon_counts_its_component(resources: Resources) -> None:
    rows = [TITLE, action("1.", NAME), action("2:", "Tata Kelola")]
    plan = build_plan(extraction_of(page_of(rows)), resources)
    last = list(plan.placed())[-1].component
    assert (last.number.text, last.name.text) == ("2", "Tata Kelola")
