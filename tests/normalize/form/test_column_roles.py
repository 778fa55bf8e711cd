"""Where names do not settle a column's role, its place and what it holds do, and the plan says so."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from extract.types import Extraction
from schema.findings import Finding
from schema.plan import FormColumn, Plan

Build = Callable[[Extraction], Plan]
TITLE = "1. MANAJEMEN PERUBAHAN"
TEAM = "TIM MANAJEMEN PERUBAHAN"
ACTIONS = (
    "Menyusun keputusan tim kerja",
    "Menyusun rencana kerja tahunan",
    "Mengadakan rapat evaluasi kerja",
)


def title(width: int) -> tuple[Any, ...]:
    return ((TITLE, {"column_span": width}), *[None] * (width - 1))


def column(plan: Plan, index: int) -> FormColumn:
    (form,) = plan.forms
    return next(c for c in form.columns if c.index == index)


def doubts(plan: Plan) -> list[Finding]:
    return [f for f in plan.findings if f.code == "column-role-doubtful"]


def extras(plan: Plan) -> list[list[tuple[str, str]]]:
    return [[(e.column, e.field.text) for e in placed.action.extra] for placed in plan.placed()]


def test_the_stronger_of_two_names_has_the_role_and_the_other_is_kept(plan_from: Build, draw: Any) -> None:
    head = (
        "NO",
        "KOMPONEN",
        "INDIKATOR",
        "RENCANA AKSI",
        "OUTPUT",
        "BUKTI DUKUNG",
        "PENANGGUNG JAWAB",
        "PELAKSANA",
    )
    rows = [
        ("", f"{n}. Komponen {n}", "Tim dibentuk", action, "1 dokumen", "Keputusan", TEAM, "SEKRETARIS")
        for n, action in enumerate(ACTIONS, 1)
    ]  # fmt: skip
    plan = plan_from(draw.grid(head, title(8), *rows))
    first = next(plan.placed()).action
    assert (first.evidence.text, first.responsible.text) == ("Keputusan", TEAM)
    assert extras(plan)[0] == [("OUTPUT", "1 dokumen"), ("PELAKSANA", "SEKRETARIS")]
    told = {f.raw: (f.value, f.alternatives) for f in doubts(plan)}
    assert told["OUTPUT"] == ("extra", ("evidence",))
    assert told["PELAKSANA"] == ("extra", ("responsible",))
    assert {f.severity for f in doubts(plan)} == {"warning"}
    assert (column(plan, 4).certainty, column(plan, 4).why, column(plan, 4).rivals) == (
        "probable",
        "position",
        ("evidence",),
    )


def test_a_column_of_time_and_one_of_teams_are_known_by_what_they_hold(plan_from: Build, draw: Any) -> None:
    head = ("NO", "KOMPONEN", "INDIKATOR", "RENCANA AKSI", "BUKTI", "DILAKSANAKAN", "OLEH")
    rows = [
        ("", f"{n}. Komponen {n}", "Tim dibentuk", ACTIONS[n - 1], "Keputusan", time, TEAM)
        for n, time in enumerate(("Maret, Juni", "Januari s/d Desember 2024", "Tiap Bulan"), 1)
    ]
    plan = plan_from(draw.grid((*head[:5], "PIC", head[5]), title(7), *[(*r[:5], r[6], r[5]) for r in rows]))
    assert (column(plan, 6).role, column(plan, 6).why) == ("time", "content")
    plan = plan_from(draw.grid((*head[:5], "WAKTU", head[6]), title(7), *rows))
    assert (column(plan, 6).role, column(plan, 6).why) == ("responsible", "content")
    assert [f.raw for f in doubts(plan)] == ["OLEH"]


def test_the_only_column_of_sentences_without_a_name_is_the_action(plan_from: Build, draw: Any) -> None:
    head = ("NO", "KOMPONEN", "INDIKATOR", "HAL", "BUKTI", "WAKTU", "PIC")
    rows = [
        ("", f"{n}. Komponen {n}", "Tim dibentuk", action, "Keputusan", "Maret", TEAM)
        for n, action in enumerate(ACTIONS, 1)
    ]
    plan = plan_from(draw.grid(head, title(7), *rows))
    assert [placed.action.action.text for placed in plan.placed()] == list(ACTIONS)
    assert [(f.raw, f.value) for f in doubts(plan)] == [("HAL", "action")]


@pytest.mark.parametrize(("count", "kind"), [(12, "month"), (4, "quarter"), (2, "semester")])
def test_marks_below_labels_that_say_nothing_are_periods_by_their_places(
    count: int, kind: str, plan_from: Build, draw: Any
) -> None:
    head = ("KOMPONEN", "INDIKATOR", "RENCANA AKSI", "BUKTI", ("WAKTU", {"column_span": count}), *[None] * (count - 1), "PIC")  # fmt: skip
    labels = ("", "", "", "", *(f"ke-{chr(97 + n)}" for n in range(count)), "")
    texts = ("1. Tim Kerja", "Tim dibentuk", ACTIONS[0], "Keputusan")
    marks = tuple("√" if n in (0, count - 1) else "" for n in range(count))
    merged = [(name, {"row_span": 2}) if isinstance(name, str) else name for name in head]
    plan = plan_from(draw.grid(tuple(merged), tuple(t or None for t in labels), title(count + 5), (*texts, *marks, TEAM)))  # fmt: skip
    schedule = next(plan.placed()).action.schedule
    assert schedule.planned(kind) == (1, count)  # type: ignore[arg-type]
    assert {f.value for f in doubts(plan)} == {"time"}


def test_numbers_of_rows_are_kept_and_numbers_of_components_are_theirs(plan_from: Build, draw: Any) -> None:
    head = ("NO", "KOMPONEN", "INDIKATOR", "RENCANA AKSI", "BUKTI", "WAKTU", "PIC")
    texts = ("Tim dibentuk", *ACTIONS[:1], "Keputusan", "Maret", TEAM)
    counted = [(str(n), f"{'iv'[n // 4]}. Tim {n}" if n == 1 else "", *texts) for n in range(1, 5)]
    plan = plan_from(draw.grid(head, title(7), *counted))
    assert [rows[0] for rows in extras(plan)] == [("NO", str(n)) for n in range(1, 5)]
    lettered = [(f"{letter}.", f"Tim {letter}", *texts) for letter in "abcd"]
    plan = plan_from(draw.grid(head, title(7), *lettered))
    assert [placed.component.number.text for placed in plan.placed()] == ["a", "b", "c", "d"]
    assert extras(plan) == [[], [], [], []]


def test_a_component_left_of_a_further_one_is_the_area(plan_from: Build, draw: Any) -> None:
    head = ("KOMPONEN", "SUB KOMPONEN", "INDIKATOR", "RENCANA AKSI", "BUKTI", "WAKTU", "PIC")
    texts = ("Tim dibentuk", ACTIONS[0], "Keputusan", "Maret", TEAM)
    area = ("MANAJEMEN PERUBAHAN", {"row_span": 2})
    plan = plan_from(draw.grid(head, (area, "1. Tim Kerja", *texts), (None, "2. Rencana", *texts)))
    assert [(a.number, a.name.text, len(a.components)) for a in plan.areas] == [(1, "MANAJEMEN PERUBAHAN", 2)]
    assert plan.forms[0].areas == "column"
    assert not doubts(plan)


def test_titles_in_the_component_s_column_part_components_and_its_other_texts_are_kept(
    plan_from: Build, draw: Any
) -> None:
    head = ("SASARAN STRATEGIS", "PROGRAM DAN KEGIATAN", "INDIKATOR KEGIATAN", "RENCANA AKSI", "WAKTU", "PENANGGUNG JAWAB")  # fmt: skip
    goal = ("Angkutan yang aman", {"row_span": 3})

    def section(name: str, first: Any = None) -> tuple[Any, ...]:
        return (first, name, "", "", "", "")

    def row(name: str, first: Any = None) -> tuple[Any, ...]:
        return (first, name, "Jumlah laporan", ACTIONS[0], "Maret", "Bidang Darat")

    plan = plan_from(
        draw.grid(
            head, section("Program Keselamatan", goal), row("Pemilihan pelajar"), row("Evaluasi angkutan"),
            section("Program Prasarana", goal), row("Pembangunan dermaga"), row("Pemeliharaan rambu"),
        )
    )  # fmt: skip
    placed = list(plan.placed())
    assert [p.component.name.text for p in placed] == ["Program Keselamatan"] * 2 + ["Program Prasarana"] * 2
    assert extras(plan)[1] == [
        ("SASARAN STRATEGIS", "Angkutan yang aman"),
        ("PROGRAM DAN KEGIATAN", "Evaluasi angkutan"),
    ]
    assert [a.number for a in plan.areas] == [0]
    (told,) = [f for f in plan.findings if f.code == "form-without-areas"]
    assert told.severity == "warning"
    assert not any(p.action.needs_review for p in placed if p.action.schedule.state != "unknown")
    assert len({p.action.action_id for p in placed}) == 4


def test_a_group_s_column_left_of_the_action_is_the_area_where_it_names_areas(
    plan_from: Build, draw: Any
) -> None:
    head = ("NO", "POKJA", "RENCANA AKSI", "INDIKATOR", "WAKTU", "PENANGGUNG JAWAB")
    groups = (("POKJA I MANAJEMEN PERUBAHAN", {"row_span": 2}), None, "POKJA II PENATAAN TATALAKSANA")
    rows = [
        (str(n), group, action, "Laporan", "", "SEKRETARIS")
        for n, (group, action) in enumerate(zip(groups, ACTIONS, strict=True), 1)
    ]
    plan = plan_from(draw.grid(head, *rows))
    assert [(a.number, a.label.text, a.name.text, a.name.printed) for a in plan.areas] == [
        (1, "I", "MANAJEMEN PERUBAHAN", groups[0][0]),
        (2, "II", "PENATAAN TATALAKSANA", groups[2]),
    ]
    assert {placed.action.responsible.text for placed in plan.placed()} == {"SEKRETARIS"}


def test_a_begin_and_an_end_in_columns_of_their_own_are_a_range(plan_from: Build, draw: Any) -> None:
    head = (*(((name, {"row_span": 2})) for name in ("KOMPONEN", "INDIKATOR", "RENCANA AKSI", "BUKTI")), ("WAKTU", {"column_span": 2}), None, ("PIC", {"row_span": 2}))  # fmt: skip
    below = (None, None, None, None, "MULAI", "SELESAI", None)
    row = ("1. Tim Kerja", "Tim dibentuk", ACTIONS[0], "Keputusan", "Januari", "Maret", TEAM)
    plan = plan_from(draw.grid(head, below, title(7), row))
    (placed,) = plan.placed()
    assert placed.action.schedule.planned() == (1, 2, 3)
    assert not placed.action.needs_review
