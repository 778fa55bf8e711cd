"""What was recognised on scanned pages: heads, numerals and words settled by what stands around them."""

from __future__ import annotations

import dataclasses
import sys
from pathlib import Path

import pytest

from extract.types import Extraction, TextLine
from normalize import Resources, build_plan
from schema.catalogue import make_finding
from schema.geometry import BBox
from schema.plan import Plan
from schema.provenance import SourceRef

sys.path.insert(0, str(Path(__file__).parent))
from recognised import MONTHS, NAMES, SHA, TITLE, WAKTU, RowOf, action, extraction_of, line, page_of

COMPONENTS = ("Penyusunan Tim Kerja", "Rencana Pembangunan Zona Integritas", "Pemantauan dan Evaluasi")


def numerals(plan: Plan) -> list[str]:
    return [p.component.number.text for p in plan.placed()]


def codes(plan: Plan) -> set[str]:
    return {finding.code for finding in plan.findings}


def test_a_misread_row_of_column_numbers_is_no_action(resources: Resources) -> None:
    numbers = ["I", *[str(n) for n in range(2, 9)], "g", *[str(n) for n in range(10, 19)]]
    grid = page_of([TITLE, action("i.", COMPONENTS[0])], above=[numbers])
    plan = build_plan(extraction_of(grid), resources)
    assert numerals(plan) == ["i"]
    assert "column-numbers-dropped" in codes(plan)


def test_a_misread_month_is_known_by_its_place(resources: Resources) -> None:
    names = [name if name != "MAR" else "M4R" for name in NAMES]
    plan = build_plan(extraction_of(page_of([TITLE, action("i.", COMPONENTS[0])], names=names)), resources)
    (placed,) = plan.placed()
    assert placed.action.schedule.planned() == (3, 6)
    (finding,) = [f for f in plan.findings if f.code == "period-label-inferred"]
    assert (finding.raw, finding.value) == ("M4R", "3")


def test_months_that_stand_out_of_order_are_not_made_up(resources: Resources) -> None:
    labels = ["", "", "", "", "", *reversed(MONTHS[:6]), *["?"] * 6, ""]
    grid = page_of([TITLE, action("i.", COMPONENTS[0])], names=WAKTU, above=[labels])
    plan = build_plan(extraction_of(grid), resources)
    placed = list(plan.placed())[-1]
    assert placed.action.schedule.planned() == ()
    assert placed.action.needs_review


def test_a_head_without_months_takes_them_from_another_page(resources: Resources) -> None:
    labels = ["", "", "", "", "", *MONTHS, ""]
    blurred = ["", "", "", "", "", "JAN", "F", "M", "A", "MEI", *["?"] * 7, ""]
    first = page_of([TITLE, action("i.", COMPONENTS[0])], names=WAKTU, above=[blurred])
    second = page_of([action("ii.", COMPONENTS[1])], number=2, names=WAKTU, above=[labels])
    plan = build_plan(extraction_of(first, second), resources)
    assert [p.action.schedule.planned() for p in plan.placed()] == [(3, 6), (3, 6)]
    (finding,) = [f for f in plan.findings if f.code == "form-taken-over"]
    assert finding.value == "2"


def test_the_second_readers_word_is_taken_where_only_that_is_a_word(resources: Resources) -> None:
    doubtful = line("Pimpinan telahmelibatkan pegawai", 0.6, others=("Pimpinan telah melibatkan pegawai",))
    plan = build_plan(extraction_of(page_of([TITLE, action("i.", COMPONENTS[0], doubtful)])), resources)
    (placed,) = plan.placed()
    assert placed.action.action.text == "Pimpinan telah melibatkan pegawai"
    assert placed.action.action.printed == "Pimpinan telahmelibatkan pegawai"
    (finding,) = [f for f in plan.findings if f.code == "word-corrected"]
    assert (finding.raw, finding.value) == ("telahmelibatkan", "telah melibatkan")


def test_a_word_that_both_readers_know_otherwise_is_left(resources: Resources) -> None:
    disputed = line("Menyusun laporan bulanan", 0.6, others=("Menyusun laporan bulanau",))
    plan = build_plan(extraction_of(page_of([TITLE, action("i.", COMPONENTS[0], disputed)])), resources)
    (placed,) = plan.placed()
    assert placed.action.action.text == "Menyusun laporan bulanan"
    assert "word-corrected" not in codes(plan)


def test_the_doubt_about_a_merged_cell_is_that_of_each_of_its_rows(resources: Resources) -> None:
    team = line("TIM QXZVBW", 0.3, agreed=None, choices={"QXZVBW": {"QXZVDW": 0.3, "QKZVBW": 0.3}})
    rows = [
        RowOf(["", "i. Penyusunan Tim Kerja", "Tim dibentuk", "Menyusun", "Surat"], team=team, spans={17: 2}),
        RowOf(["", "ii. Rencana Pembangunan", "Rencana ada", "Menyusun", "Surat"]),
    ]
    plan = build_plan(extraction_of(page_of([TITLE, *rows])), resources)
    assert [f.field for f in plan.findings if f.code == "text-uncertain"] == ["responsible"]
    assert [p.action.needs_review for p in plan.placed()] == [True, True]


def test_text_under_a_stamp_is_covered(resources: Resources) -> None:
    stamped = line("Menyusun laporan", covered=True)
    plan = build_plan(extraction_of(page_of([TITLE, action("i.", COMPONENTS[0], stamped)])), resources)
    (placed,) = plan.placed()
    assert placed.action.action.status == "covered"
    assert "text-covered" in codes(plan)
    assert placed.action.needs_review


def test_a_mark_beside_a_doubtful_border_is_unknown(resources: Resources) -> None:
    row = action("i.", COMPONENTS[0], doubtful=frozenset({6}))
    plan = build_plan(extraction_of(page_of([TITLE, row])), resources)
    (placed,) = plan.placed()
    assert {p.period: p.state for p in placed.action.schedule.periods}[6] == "unknown"
    assert placed.action.schedule.planned() == (3,)
    assert placed.action.needs_review


def test_unexplained_ink_in_a_row_makes_the_row_ask_for_a_review(resources: Resources) -> None:
    grid = page_of([TITLE, action("i.", COMPONENTS[0]), action("ii.", COMPONENTS[1])])
    box = BBox(x0=65, top=32, x1=70, bottom=36)
    ink = make_finding(
        "ink-unexplained",
        rule="test",
        ref=SourceRef(sha256=SHA, page=1, bbox=box, reader="ocr"),
        raw="1",
        certainty="ambiguous",
    )
    extraction = extraction_of(grid).model_copy(update={"findings": (ink,)})
    plan = build_plan(extraction, resources)
    assert [p.action.needs_review for p in plan.placed()] == [False, True]
    assert sum(f.code == "ink-unexplained" for f in plan.findings) == 1


def with_rows(*texts: TextLine | str) -> Extraction:
    rows = [action(f"{n}.", COMPONENTS[0], text) for n, text in enumerate(texts, 1)]
    return extraction_of(page_of([TITLE, *rows]))


def test_an_acronym_that_the_document_prints_once_is_left(resources: Resources) -> None:
    plan = build_plan(with_rows("Laporan ZI bulanan", line("Rapat Zi bulanan", 0.9)), resources)
    assert [p.action.action.text for p in plan.placed()][-1] == "Rapat Zi bulanan"


def test_an_address_in_the_foot_is_no_lost_text_though_a_space_was_put_in(resources: Resources) -> None:
    foot = line("jdih.kpu .go .id")
    extraction = extraction_of(page_of([TITLE, action("1.", COMPONENTS[0])]))
    plan = build_plan(extraction.model_copy(update={"lines": (foot,)}), resources)
    assert "text-unplaced" not in codes(plan)


TEAMS = ("POKJA I PERUBAHAN", "POKJA II TATA LAKSANA", "POKJA III SDM", "POKJA IV AKUNTABILITAS")


@pytest.mark.parametrize(("read", "asks"), [("IV", False), ("VI", True)])
def test_a_teams_number_is_vouched_for_by_its_area(read: str, asks: bool, resources: Resources) -> None:
    last = line(f"POKJA {read} AKUNTABILITAS", agreed=None)
    words = [w.model_copy(update={"confidence": 0.4}) if w.text == read else w for w in last.words]
    last = last.model_copy(update={"words": tuple(words)})
    rows: list[RowOf] = []
    for number, team in enumerate((*TEAMS[:3], last), 1):
        title = RowOf([f"{number}. AREA {'ABCD'[number - 1]}", "", "", "", ""])
        rows += [title, dataclasses.replace(action("i.", COMPONENTS[0]), team=team)]
    plan = build_plan(extraction_of(page_of(rows)), resources)
    doubted = {f.field for f in plan.findings if f.code == "text-uncertain"}
    assert ("responsible" in doubted) is asks


def test_a_team_that_is_nearly_the_sure_one_of_its_area_takes_its_letters(resources: Resources) -> None:
    sure = dataclasses.replace(action("i.", COMPONENTS[0]), team=line("POKJA PERUBAHAN"))
    dirty = line("POKJA PERUBAHAN.", 0.99, agreed=None)
    other = dataclasses.replace(action("ii.", COMPONENTS[1]), team=dirty)
    plan = build_plan(extraction_of(page_of([TITLE, sure, other])), resources)
    assert [p.action.responsible.text for p in plan.placed()] == ["POKJA PERUBAHAN"] * 2
    assert [p.action.responsible.printed for p in plan.placed()][1] == "POKJA PERUBAHAN."


def test_a_list_in_which_an_item_lost_its_dash_asks_for_a_review(resources: Resources) -> None:
    def plan_of(*items: str) -> Plan:
        rows = [action("1.", COMPONENTS[0])]
        grid = page_of([TITLE, *rows])
        cells = [
            c.model_copy(update={"text": "\n".join(items), "lines": tuple(line(i) for i in items)})
            if c.column == 4 and c.row == 2
            else c
            for c in grid.cells
        ]
        return build_plan(extraction_of(grid.model_copy(update={"cells": tuple(cells)})), resources)

    broken = plan_of("- Foto kegiatan", "Surat keputusan", "- Laporan bulanan")
    assert [p.action.needs_review for p in broken.placed()] == [True]
    headless = plan_of("Foto kegiatan", "- Surat keputusan", "- Laporan bulanan")
    assert [p.action.needs_review for p in headless.placed()] == [True]
    introduced = plan_of("Bukti berupa:", "- Surat keputusan", "- Laporan bulanan")
    assert [p.action.needs_review for p in introduced.placed()] == [False]
    whole = plan_of("- Foto kegiatan", "- Surat keputusan", "- Laporan bulanan")
    assert [p.action.needs_review for p in whole.placed()] == [False]


def test_a_title_with_an_official_name_needs_no_legible_numeral(resources: Resources) -> None:
    title = RowOf(["mI", "TATA LAKSANA", "", "", ""], wide=True)
    rows = [TITLE, action("1.", COMPONENTS[0]), title, action("1.", "Prosedur Operasional Tetap")]
    plan = build_plan(extraction_of(page_of(rows)), resources)
    assert [(area.number, area.label.text) for area in plan.areas] == [(1, "1"), (2, "2")]
    assert "numeral-corrected" in codes(plan)


def test_texts_read_alike_in_two_cells_confirm_each_other(resources: Resources) -> None:
    doubtful = line("Menyusun laporan Xyzvw", 0.93, agreed=None)
    alone = build_plan(with_rows(doubtful), resources)
    twice = build_plan(with_rows(doubtful, doubtful), resources)
    (first,) = alone.placed()
    both = list(twice.placed())
    assert first.action.action.confidence is not None
    assert all((p.action.action.confidence or 0.0) > first.action.action.confidence for p in both)


def test_a_doubtful_team_takes_the_letters_of_the_sure_one_in_its_area(resources: Resources) -> None:
    rows = [
        dataclasses.replace(action("1.", COMPONENTS[0]), team="TIM MANAJEMEN PERUBAHAN"),
        dataclasses.replace(
            action("2.", COMPONENTS[1]), team=line("TIM MANAJEMENPERUBAHAN", 0.1, agreed=None), spans={17: 2}
        ),
        action("3.", COMPONENTS[2]),
    ]
    plan = build_plan(extraction_of(page_of([TITLE, *rows])), resources)
    assert {p.action.responsible.text for p in plan.placed()} == {"TIM MANAJEMEN PERUBAHAN"}
    corrected = [f for f in plan.findings if f.code == "word-corrected" and f.field == "responsible"]
    assert [f.value for f in corrected] == ["TIM MANAJEMEN PERUBAHAN"]


def test_a_stop_that_the_same_team_elsewhere_does_not_have_is_dirt(resources: Resources) -> None:
    teams = ("TIM. MANAJEMEN PERUBAHAN", "TIM MANAJEMEN PERUBAHAN")
    rows = [
        dataclasses.replace(action(f"{n}.", COMPONENTS[n - 1]), team=team) for n, team in enumerate(teams, 1)
    ]
    plan = build_plan(extraction_of(page_of([TITLE, *rows])), resources)
    assert [p.action.responsible.text for p in plan.placed()] == [teams[1], teams[1]]
    assert [f.raw for f in plan.findings if f.code == "word-corrected"] == [teams[0]]


def test_what_was_read_in_the_shade_of_a_head_hides_no_name(resources: Resources) -> None:
    names = [
        {"LANGKAH AKSI": "EN A E\n- LANGKAH AKSI", "KOMPONEN": "P N ET\nKOMPONEN"}.get(n, n) for n in NAMES
    ]
    plan = build_plan(extraction_of(page_of([TITLE, action("i.", COMPONENTS[0])], names=names)), resources)
    (placed,) = plan.placed()
    assert placed.action.action.text == "Menyusun laporan"
    assert placed.component.name.text == COMPONENTS[0]


def test_what_is_filled_from_a_covered_cell_is_covered_too(resources: Resources) -> None:
    team = line("TIM MANAJ", covered=True)
    rows = [
        RowOf(["", "i. Penyusunan Tim Kerja", "Tim dibentuk", "Menyusun", "Surat"], team=team, spans={17: 2}),
        RowOf(["", "ii. Rencana Pembangunan", "Rencana ada", "Menyusun", "Surat"]),
    ]
    plan = build_plan(extraction_of(page_of([TITLE, *rows])), resources)
    assert [p.action.responsible.status for p in plan.placed()] == ["covered", "covered"]
    assert all(p.action.needs_review for p in plan.placed())


def test_a_component_one_letter_off_its_official_name_asks_for_a_review(resources: Resources) -> None:
    rows = [action("1.", COMPONENTS[0]), action("2.", "Prosedur perasional Tetap (SOP) Kegiatan Utama")]
    plan = build_plan(extraction_of(page_of([TITLE, *rows])), resources)
    assert [p.action.needs_review for p in plan.placed()] == [False, True]


def test_an_areas_name_that_lost_a_space_takes_the_official_one_with_a_finding(resources: Resources) -> None:
    titles = ("1. MANAJEMENPERUBAHAN", "2. TATA LAKSANA")
    rows = [
        row
        for title, name in zip(titles, COMPONENTS, strict=False)
        for row in (RowOf([title, "", "", "", ""]), action("i.", name))
    ]
    plan = build_plan(extraction_of(page_of(rows)), resources)
    assert [area.name.text for area in plan.areas] == ["MANAJEMEN PERUBAHAN", "TATA LAKSANA"]
    corrected = [(f.raw, f.value) for f in plan.findings if f.code == "word-corrected"]
    assert corrected == [("MANAJEMENPERUBAHAN", "MANAJEMEN PERUBAHAN")]
    assert not any(p.action.needs_review for p in plan.placed())


def test_a_misread_month_that_looks_like_another_head_keeps_its_place(resources: Resources) -> None:
    labels = ["", "", "", "", "", *[name if name != "NOV" else "N o" for name in MONTHS], ""]
    labels[5 + 11] = "D e s"
    row = dataclasses.replace(action("i.", COMPONENTS[0]), marked=frozenset({11, 12}))
    grid = page_of([TITLE, row], names=WAKTU, above=[labels])
    plan = build_plan(extraction_of(grid), resources)
    (placed,) = plan.placed()
    assert placed.action.schedule.planned() == (11, 12)
