"""Time cells with words: what is planned, what is reported, and what print and reader decide about it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import pytest

from extract.types import Cell, Extraction, TextLine
from lampiran.resources import load_resources
from normalize.marks.worded_findings import TimeText, doubts_of_readers
from normalize.schedule_text import Reading, read_schedule_text
from schema.findings import Finding
from schema.geometry import BBox
from schema.plan import Action, Plan
from schema.provenance import SourceRef

Build = Callable[[Extraction], Plan]
TEAM = "TIM MANAJEMEN PERUBAHAN"
HEAD = ("NO", "KOMPONEN", "INDIKATOR", "LANGKAH AKSI", "BUKTI", "WAKTU", "PENANGGUNG JAWAB")
ROW = ("i.", "Penyusunan Tim Kerja", "Tim kerja telah dibentuk", "Menyusun keputusan", "Keputusan")


def title(width: int) -> tuple[Any, ...]:
    return ("1.", ("MANAJEMEN PERUBAHAN", {"column_span": width - 1}), *[None] * (width - 2))


def with_time(draw: Any, *texts: Any, head: Sequence[Any] = HEAD) -> Extraction:
    """Return a grid with a row for each text of the time's column."""
    rows = [(*(ROW if n == 0 else ("", "", *ROW[2:])), text, TEAM) for n, text in enumerate(texts)]
    extraction: Extraction = draw.grid(head, title(len(HEAD)), *rows)
    return extraction


def recognised(extraction: Extraction) -> Extraction:
    """Return the same pages as a recogniser gives them."""

    def as_ocr(cell: Any) -> Any:
        return cell.model_copy(update={"ref": cell.ref.model_copy(update={"reader": "ocr"})})

    grids = tuple(g.model_copy(update={"cells": tuple(map(as_ocr, g.cells))}) for g in extraction.grids)
    pages = tuple(page.model_copy(update={"kind": "picture"}) for page in extraction.pages)
    return extraction.model_copy(update={"grids": grids, "pages": pages})


def actions(plan: Plan) -> list[Action]:
    return [placed.action for placed in plan.placed()]


def of_schedule(plan: Plan) -> list[Finding]:
    return [f for f in plan.findings if f.field == "schedule"]


def said(plan: Plan) -> list[tuple[str, str, str | None]]:
    return [(f.code, f.severity, f.raw) for f in of_schedule(plan)]


def test_months_in_words_are_planned_and_the_others_are_not(plan_from: Build, draw: Any) -> None:
    plan = plan_from(with_time(draw, "Maret, Juni"))
    schedule = actions(plan)[0].schedule
    assert (schedule.state, schedule.planned(), schedule.text.text) == ("marked", (3, 6), "Maret, Juni")
    assert [p.state for p in schedule.periods].count("not-planned") == 10
    assert {p.period_type for p in schedule.periods} == {"month"}
    assert said(plan) == []
    assert not actions(plan)[0].needs_review


def test_quarters_in_words_leave_the_months_empty(plan_from: Build, draw: Any) -> None:
    schedule = actions(plan_from(with_time(draw, "Triwulan I dan III")))[0].schedule
    assert schedule.planned("quarter") == (1, 3)
    assert {p.period_type for p in schedule.periods} == {"quarter"}


def test_an_open_wording_is_a_notice_and_asks_nobody(plan_from: Build, draw: Any) -> None:
    plan = plan_from(with_time(draw, "sesuai kebutuhan", "2 kali setahun"))
    assert said(plan) == [
        ("schedule-text-open", "notice", "sesuai kebutuhan"),
        ("schedule-text-open", "notice", "2 kali setahun"),
    ]
    assert [a.schedule.state for a in actions(plan)] == ["unknown", "unknown"]
    assert not any(a.needs_review for a in actions(plan))


def test_what_is_understood_in_part_is_partial_and_asks(plan_from: Build, draw: Any) -> None:
    plan = plan_from(with_time(draw, "Maret, menunggu juknis"))
    asked = of_schedule(plan)[0]
    assert (asked.code, asked.raw, asked.action_id) == ("schedule-text-unknown", "menunggu juknis", "L1.1.1")
    assert asked.ref is not None
    schedule = actions(plan)[0].schedule
    assert (schedule.state, schedule.planned(), len(schedule.periods)) == ("partial", (3,), 1)
    assert actions(plan)[0].needs_review


@pytest.mark.parametrize(
    ("text", "code", "severity"),
    [
        ("Minggu ke-2 Maret", "schedule-detail-kept", "info"),
        ("November - Februari", "schedule-range-backwards", "review"),
        ("Triwulan I (April)", "schedule-text-contradicts", "review"),
    ],
)
def test_what_the_words_show_is_said(
    text: str, code: str, severity: str, plan_from: Build, draw: Any
) -> None:
    assert [(c, s) for c, s, _ in said(plan_from(with_time(draw, text)))] == [(code, severity)]


def test_a_dash_and_an_empty_cell_plan_nothing(plan_from: Build, draw: Any) -> None:
    plan = plan_from(with_time(draw, "-", "", "tidak ada", "Maret"))
    assert [a.schedule.state for a in actions(plan)] == ["none", "none", "none", "marked"]
    assert [c for c, *_ in said(plan)] == ["missing-schedule"] * 3


def test_a_misread_word_is_put_right_where_a_recogniser_read_it(plan_from: Build, draw: Any) -> None:
    plan = plan_from(recognised(with_time(draw, "Januan, Maret")))
    schedule = actions(plan)[0].schedule
    assert (schedule.planned(), schedule.text.text, schedule.text.printed) == (
        (1, 3),
        "Januari, Maret",
        "Januan, Maret",
    )
    changed = next(f for f in of_schedule(plan) if f.code == "word-corrected")
    assert (changed.severity, changed.raw, changed.value) == ("warning", "Januan", "Januari")
    assert schedule.text.status == "corrected"


def test_print_is_never_put_right(plan_from: Build, draw: Any) -> None:
    plan = plan_from(with_time(draw, "Januan"))
    asked = of_schedule(plan)[0]
    assert (asked.code, asked.raw, asked.alternatives) == ("schedule-text-unknown", "Januan", ("Januari",))
    assert (actions(plan)[0].schedule.state, actions(plan)[0].schedule.text.text) == ("unknown", "Januan")


def test_a_merged_cell_holds_for_each_of_its_rows(plan_from: Build, draw: Any) -> None:
    plan = plan_from(with_time(draw, ("Maret", {"row_span": 2}), None))
    first, second = (a.schedule for a in actions(plan))
    assert (first.planned(), second.planned()) == ((3,), (3,))
    assert (first.text.status, second.text.status) == ("read", "filled")
    assert [(f.code, f.action_id) for f in of_schedule(plan)] == [("cell-filled", "L1.1.2")]


def columns(draw: Any, names: Sequence[str], *rows: Sequence[str]) -> Extraction:
    """Return a grid with several time columns below one head."""
    count = len(names)
    tall = [(name, {"row_span": 2}) for name in HEAD[:5]]
    top = (
        *tall,
        ("WAKTU PELAKSANAAN", {"column_span": count}),
        *[None] * (count - 1),
        (HEAD[6], {"row_span": 2}),
    )
    below = (*[None] * 5, *names, None)
    body = [(*(ROW if n == 0 else ("", "", *ROW[2:])), *texts, TEAM) for n, texts in enumerate(rows)]
    extraction: Extraction = draw.grid(top, below, title(6 + count), *body)
    return extraction


def test_a_start_and_an_end_make_a_range(plan_from: Build, draw: Any) -> None:
    plan = plan_from(columns(draw, ("MULAI", "SELESAI"), ("Maret", "Juni"), ("Maret", "")))
    first, second = (a.schedule for a in actions(plan))
    assert first.planned() == (3, 4, 5, 6)
    assert first.printed == "Maret\nJuni"
    assert second.state == "unknown"
    assert [c for c, *_ in said(plan)] == ["schedule-text-unknown"]


def test_words_in_columns_whose_names_say_nothing_are_not_put_together(plan_from: Build, draw: Any) -> None:
    plan = plan_from(columns(draw, ("RENCANA", "CADANGAN"), ("Maret", "Juni"), ("Maret", "")))
    first, second = (a.schedule for a in actions(plan))
    assert (first.state, first.periods) == ("unknown", ())
    assert second.planned() == (3,)


def test_columns_that_name_periods_in_other_words_are_a_grid(plan_from: Build, draw: Any) -> None:
    plan = plan_from(columns(draw, ("Smt. I", "Smt. II"), ("√", ""), ("", "√"), ("", "")))
    assert [a.schedule.planned("semester") for a in actions(plan)] == [(1,), (2,), ()]
    assert [a.schedule.state for a in actions(plan)] == ["marked", "marked", "none"]


def test_words_beside_a_grid_of_marks_must_not_contradict_it(plan_from: Build, draw: Any) -> None:
    names = ("TW I", "TW II", "TW III", "TW IV")
    head = (*HEAD[:5], *names, "JADWAL", HEAD[6])
    rows = [
        (*(ROW if n == 0 else ("", "", *ROW[2:])), "√", "", "", "", text, TEAM)
        for n, text in enumerate(("TW I", "TW II"))
    ]
    plan = plan_from(draw.grid(head, title(len(head)), *rows))
    assert [a.schedule.planned("quarter") for a in actions(plan)] == [(1,), (1,)]
    assert [a.schedule.text.text for a in actions(plan)] == ["TW I", "TW II"]
    (asked,) = of_schedule(plan)
    assert (asked.code, asked.raw, asked.value) == ("schedule-text-disagrees", "TW II", "1")


def test_a_bare_number_counts_what_the_column_s_name_says(plan_from: Build, draw: Any) -> None:
    def planned(name: str, text: str, kind: Any) -> tuple[int, ...]:
        head = (*HEAD[:5], name, HEAD[6])
        return actions(plan_from(with_time(draw, text, head=head)))[0].schedule.planned(kind)

    assert planned("WAKTU (BULAN)", "3, 6, 9, 12", "month") == (3, 6, 9, 12)
    assert planned("WAKTU (TRIWULAN)", "I, III", "quarter") == (1, 3)
    assert planned("WAKTU", "I, III", "quarter") == ()


@pytest.mark.parametrize(
    ("other", "codes"),
    [
        ("BO1 dan B0Z", set()),
        ("B01 dan B03", {"text-uncertain"}),
        ("B01 dan EX", {"text-uncertain"}),
    ],
)
def test_another_reader_differs_where_it_saw_another_time(other: str, codes: set[str]) -> None:
    resources = load_resources()

    def read(wording: str) -> Reading:
        return read_schedule_text(wording, resources.schedule_words, resources.words, year=2025)

    box = BBox(x0=0, top=0, x1=10, bottom=10)
    seen = TextLine(text="B01 dan B02", page=1, bbox=box, confidence=0.9, agreed=False, others=(other,))
    ref = SourceRef(sha256="0" * 64, page=1, bbox=box, reader="ocr")
    cell = Cell(row=0, column=0, text=seen.text, ref=ref, lines=(seen,))
    text = TimeText(seen.text, seen.text, (cell,))
    found = doubts_of_readers(text, read(text.wording), read, 0.9, 0.8)
    assert {finding.code for finding in found} == codes
