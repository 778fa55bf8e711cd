"""A transcription of an unusual form is read by the places of its cells, and asks where they do not fit the head."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest

from schema.plan import Placed, Plan

Read = Callable[[str], Plan]
TEXTS = ["i. Tim Kerja", "Tim dibentuk", "Menyusun keputusan", "Keputusan tim"]
LEAD = ["KOMPONEN", "INDIKATOR", "LANGKAH AKSI", "BUKTI"]
MONTHS = [str(month) for month in range(1, 13)]
TITLE = "1. MANAJEMEN PERUBAHAN"


def ticks(*months: int, count: int = 12) -> list[str]:
    return ["√" if month in months else "" for month in range(1, count + 1)]


def read(plan_of: Read, *rows: Sequence[str]) -> list[Placed]:
    return list(plan_of("\n".join("\t".join(row) for row in rows) + "\n").placed())


def texts(row: Placed) -> list[str]:
    action = row.action
    return [row.component.name.text, action.indicator.text, action.action.text, action.evidence.text]


def further(row: Placed) -> list[tuple[str, str]]:
    return [(extra.column, extra.field.text) for extra in row.action.extra]


@pytest.mark.parametrize("behind", [False, True])
def test_a_further_column_beside_the_months_moves_no_text(behind: bool, plan_of: Read) -> None:
    names = ["BULAN", *[""] * 11, "PIC"]
    head = [["NO", *LEAD, *([] if behind else ["TARGET"]), *names, *(["TARGET"] if behind else [])]]
    head.append(["", *[""] * (4 if behind else 5), *MONTHS, "", *([""] if behind else [])])
    cells = ["2 dokumen"]
    row = ["", *TEXTS, *([] if behind else cells), *ticks(3, 9), "TIM A", *(cells if behind else [])]
    (placed,) = read(plan_of, *head, [TITLE, *[""] * (len(head[0]) - 1)], row)
    assert texts(placed) == ["Tim Kerja", *TEXTS[1:]]
    assert placed.action.responsible.text == "TIM A"
    assert placed.action.schedule.planned() == (3, 9)
    assert further(placed) == [("TARGET", "2 dokumen")]
    assert (placed.area.number, placed.action.needs_review) == (1, False)


def test_quarters_and_a_column_of_areas_are_read_by_their_places(plan_of: Read) -> None:
    head = [["AREA", *LEAD, "TRIWULAN", "", "", "", "PIC"], ["", "", "", "", "", "I", "II", "III", "IV", ""]]
    first = [TITLE, *TEXTS, *ticks(1, 3, count=4), "TIM A"]
    second = ["", "", *TEXTS[1:], *ticks(2, count=4), "TIM A"]
    placed = read(plan_of, *head, first, second)
    assert [row.area.name.text for row in placed] == ["MANAJEMEN PERUBAHAN"] * 2
    assert [row.action.schedule.planned("quarter") for row in placed] == [(1, 3), (2,)]


def test_a_time_in_words_stays_in_its_column(plan_of: Read) -> None:
    head = [["NO", *LEAD, "WAKTU", "PIC"]]
    (placed,) = read(plan_of, *head, [TITLE, *[""] * 6], ["", *TEXTS, "Maret, Juni", "TIM A"])
    assert texts(placed) == ["Tim Kerja", *TEXTS[1:]]
    assert placed.action.schedule.text.text == "Maret, Juni"
    assert placed.action.responsible.text == "TIM A"


def test_a_row_of_another_length_than_the_head_asks(plan_of: Read) -> None:
    head = [["NO", *LEAD, "TARGET", "BULAN", *[""] * 11, "PIC"], ["", *[""] * 5, *MONTHS, ""]]
    (placed,) = read(plan_of, *head, [TITLE, *[""] * 18], ["", *TEXTS, *ticks(3), "TIM A"])
    assert placed.action.needs_review


def test_a_row_without_a_mark_says_nothing_of_its_schedule(plan_of: Read) -> None:
    head = [["NO", *LEAD, "TARGET", "BULAN", *[""] * 11, "PIC"], ["", *[""] * 5, *MONTHS, ""]]
    (placed,) = read(plan_of, *head, [TITLE, *[""] * 18], ["", *TEXTS, "1 dokumen", *ticks(), "TIM A"])
    assert placed.action.schedule.state == "unknown"
    assert placed.action.needs_review
