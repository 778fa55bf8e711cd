"""Numbers of areas are settled by their order and names; one that was used for another name never joins two areas."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from extract.types import TextLine
from normalize import Resources, build_plan
from schema.geometry import BBox
from schema.plan import Plan

sys.path.insert(0, str(Path(__file__).parent.parent))
from recognised import RowOf, action, extraction_of, line, page_of

NAMES = ("MANAJEMEN PERUBAHAN", "TATA LAKSANA", "PENATAAN SISTEM MANAJEMEN SDM APARATUR")
COMPONENTS = ("Penyusunan Tim Kerja", "Prosedur Operasional Tetap", "Perencanaan Kebutuhan Pegawai")


def plan_of(labels: tuple[str, ...], resources: Resources, names: tuple[str, ...] = NAMES) -> Plan:
    rows = [
        row
        for label, name, component in zip(labels, names, COMPONENTS, strict=False)
        for row in (RowOf([f"{label} {name}", "", "", "", ""]), action("1.", component))
    ]
    return build_plan(extraction_of(page_of(rows)), resources)


def areas(plan: Plan) -> list[tuple[int, str, str]]:
    return [(area.number, area.label.text, area.name.text) for area in plan.areas]


@pytest.mark.parametrize(
    "labels",
    [
        ("I.", "IL.", "IIL"),
        ("I", "Il", "Ill"),
        ("I.", "11.", "III."),
        ("I.", "H.", "III."),
    ],
)
def test_a_misread_number_of_an_area_is_settled_by_order_and_name(
    labels: tuple[str, ...], resources: Resources
) -> None:
    plan = plan_of(labels, resources)
    assert [(number, name) for number, _, name in areas(plan)] == list(enumerate(NAMES, 1))
    assert [label for _, label, _ in areas(plan)] == ["I", "II", "III"]
    corrected = [f for f in plan.findings if f.code == "numeral-corrected" and f.field == "area_no"]
    assert {f.value for f in corrected} <= {"II", "III"}
    assert len(corrected) >= 1


def test_a_number_that_was_read_is_kept_and_asks_where_another_is_due(resources: Resources) -> None:
    plan = plan_of(("I.", "I.", "III."), resources)
    assert areas(plan) == list(zip((1, 2, 3), ("I", "I", "III"), NAMES, strict=True))
    assert [f.raw for f in plan.findings if f.code == "area-number-repeated"] == ["I"]
    assert [p.action.needs_review for p in plan.placed()] == [False, True, False]


def test_a_number_that_another_reader_saw_is_taken(resources: Resources) -> None:
    title = RowOf([line("I. TATA LAKSANA", others=("II. TATA LAKSANA",)), "", "", "", ""])
    rows = [RowOf(["I. MANAJEMEN PERUBAHAN", "", "", "", ""]), action("1.", COMPONENTS[0])]
    plan = build_plan(extraction_of(page_of([*rows, title, action("1.", COMPONENTS[1])])), resources)
    assert [label for _, label, _ in areas(plan)] == ["I", "II"]
    told = [(f.raw, f.value) for f in plan.findings if f.code in ("numeral-corrected", "word-corrected")]
    assert [(raw.strip("."), value and value.strip(".")) for raw, value in told if raw] == [("I", "II")]


def test_a_number_used_for_another_name_parts_the_areas_and_asks(resources: Resources) -> None:
    plan = plan_of(("1.", "1."), resources, ("MANAJEMEN PERUBAHAN", "PELAYANAN KHUSUS PEMILIH"))
    assert [number for number, _, _ in areas(plan)] == [1, 2]
    (finding,) = [f for f in plan.findings if f.code == "area-number-repeated"]
    assert finding.raw == "1"
    assert finding.severity == "review"


def test_a_page_full_of_text_without_a_table_is_reported_as_a_whole(resources: Resources) -> None:
    grid = page_of([RowOf(["1. MANAJEMEN PERUBAHAN", "", "", "", ""]), action("1.", COMPONENTS[0])])
    lost = tuple(
        TextLine(
            text=f"Kata {n}", page=2, bbox=BBox(x0=10, top=10 * n, x1=60, bottom=10 * n + 8), confidence=0.9
        )
        for n in range(20)
    )
    extraction = extraction_of(grid)
    pages = (*extraction.pages, extraction.pages[0].model_copy(update={"number": 2}))
    plan = build_plan(extraction.model_copy(update={"pages": pages, "lines": lost}), resources)
    (finding,) = [f for f in plan.findings if f.code == "page-unplaced"]
    assert (finding.raw, finding.severity) == ("2", "error")
    assert "text-unplaced" not in {f.code for f in plan.findings}


def test_a_lone_line_without_a_place_is_reported_by_itself(resources: Resources) -> None:
    grid = page_of([RowOf(["1. MANAJEMEN PERUBAHAN", "", "", "", ""]), action("1.", COMPONENTS[0])])
    extraction = extraction_of(grid).model_copy(update={"lines": (line("catatan pinggir"),)})
    plan = build_plan(extraction, resources)
    (finding,) = [f for f in plan.findings if f.code == "text-unplaced"]
    assert finding.ref is not None
    assert finding.ref.reader == "ocr"


def over_all_columns(text: str, behind: str = "", label: str = "2.") -> RowOf:
    """A row whose second cell lies over the text columns; a pen parted it from what stands behind."""
    return RowOf([label, text, "", "", ""], team=behind, wide=True)


def test_a_title_that_a_pen_cut_in_two_is_still_a_title(resources: Resources) -> None:
    rows = [RowOf(["1. MANAJEMEN PERUBAHAN", "", "", "", ""]), action("1.", COMPONENTS[0])]
    rows += [over_all_columns("TATA LAKSANA", "I."), action("1.", COMPONENTS[1])]
    plan = build_plan(extraction_of(page_of(rows)), resources)
    assert areas(plan) == [(1, "1", "MANAJEMEN PERUBAHAN"), (2, "2", "TATA LAKSANA")]
    assert [f.raw for f in plan.findings if f.code == "text-unplaced"] == ["I."]


def test_a_text_over_all_columns_that_is_not_a_title_is_not_an_action_and_rows_below_ask(
    resources: Resources,
) -> None:
    rows = [RowOf(["1. MANAJEMEN PERUBAHAN", "", "", "", ""]), action("1.", COMPONENTS[0])]
    rows += [over_all_columns("catatan kaki", label=""), action("2.", COMPONENTS[1])]
    plan = build_plan(extraction_of(page_of(rows)), resources)
    placed = list(plan.placed())
    assert [p.action.needs_review for p in placed] == [False, True]
    assert "action-fragment" in {f.code for f in plan.findings}
