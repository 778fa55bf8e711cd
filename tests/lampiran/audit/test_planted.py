"""Each kind of fault, planted into a clean transcription, is found in its place and named."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from lampiran.audit.catalogue import consequence_of, kinds
from schema.audit import CONSEQUENCES, Audit
from tests.lampiran.audit.conftest import (
    ACTION,
    EVIDENCE,
    FIRST,
    INDICATOR,
    TEAM,
    Plant,
    Row,
    row_at,
    told,
)

PLAN_ROW = "Penyusunan dokumen rencana aksi"  # L1.ii.1, one mark in January
SKP = "Melakukan pengukuran kinerja"  # L3.iv.3, marks in 3, 6, 9, 12
MEETING = "Rapat evaluasi pembangunan ZI"  # L1.iii.1, marks in 3, 6, 9, 12
Audited = Callable[..., Audit]


def put(action: str, column: int, text: str) -> Plant:
    def plant(rows: list[Row]) -> None:
        row_at(rows, action)[column] = text

    return plant


def change(action: str, column: int, old: str, new: str) -> Plant:
    def plant(rows: list[Row]) -> None:
        row = row_at(rows, action)
        assert old in row[column]
        row[column] = row[column].replace(old, new, 1)

    return plant


def both(*plants: Plant) -> Plant:
    def plant(rows: list[Row]) -> None:
        for one in plants:
            one(rows)

    return plant


def swap(action: str, a: int, b: int) -> Plant:
    def plant(rows: list[Row]) -> None:
        row = row_at(rows, action)
        row[a], row[b] = row[b], row[a]

    return plant


def insert_cell(action: str, column: int) -> Plant:
    return lambda rows: row_at(rows, action).insert(column, "")


def drop_cell(action: str, column: int) -> Plant:
    def plant(rows: list[Row]) -> None:
        del row_at(rows, action)[column]

    return plant


def drop_row(action: str) -> Plant:
    return lambda rows: rows.remove(row_at(rows, action))


def invent_row(rows: list[Row]) -> None:
    texts = ["Kendaraan dinas terawat", "Merawat kendaraan dinas di bengkel", "Nota bengkel dan foto"]
    rows.insert(5, ["", "", "", *texts, "√", *[""] * 12])


def repeat_row(rows: list[Row]) -> None:
    rows.append(list(row_at(rows, SKP)))


def fuse(rows: list[Row]) -> None:
    one, other = row_at(rows, "Melakukan penilaian PK Eselon"), row_at(rows, SKP)
    for column in range(INDICATOR, TEAM):
        joined = f"{one[column]} {other[column]}".strip()
        one[column] = joined if column < FIRST else one[column] or other[column]
    rows.remove(other)


def split(rows: list[Row]) -> None:
    row = row_at(rows, PLAN_ROW)
    begin, end = row[ACTION].split(", ", 1)
    rest = [""] * len(row)
    row[ACTION], rest[ACTION] = begin, end
    rest[EVIDENCE:], row[EVIDENCE:] = row[EVIDENCE:], [""] * len(row[EVIDENCE:])
    rows.insert(rows.index(row) + 1, rest)


def evidence_in_the_next_row(rows: list[Row]) -> None:
    one, other = row_at(rows, SKP), row_at(rows, "Melaksanakan penilaian kinerja PNS")
    one[EVIDENCE], other[EVIDENCE] = "", one[EVIDENCE]


def two_texts_in_one_cell(rows: list[Row]) -> None:
    row = row_at(rows, SKP)
    row[INDICATOR], row[ACTION] = f"{row[INDICATOR]} {row[ACTION]}", ""
    row[ACTION] = ""


CASES: list[tuple[str, Plant, str, str]] = [
    ("mark-lost", put(SKP, FIRST + 5, ""), "L3.iv.3", "m06"),
    ("mark-invented", put(SKP, FIRST, "√"), "L3.iv.3", "m01"),
    ("mark-moved", both(put(SKP, FIRST + 5, ""), put(SKP, FIRST + 6, "√")), "L3.iv.3", "m06"),
    ("mark-unclear", put(SKP, FIRST + 5, "4?"), "L3.iv.3", "m06"),
    ("row-missing", drop_row(SKP), "L3.iv.3", "action"),
    ("row-invented", invent_row, "invented", "action"),
    ("row-duplicated", repeat_row, "invented", "action"),
    ("rows-fused", fuse, "L3.iv.1", "action"),
    ("row-split", split, "L1.ii.1", "action"),
    ("row-shifted", insert_cell(SKP, 0), "L3.iv.3", "indicator"),
    ("column-swallowed", drop_cell(SKP, ACTION), "L3.iv.3", "action"),
    ("column-swallowed", drop_cell(SKP, FIRST + 1), "L3.iv.3", "m02"),
    ("column-swallowed", drop_cell(SKP, FIRST + 2), "L3.iv.3", "m03"),
    ("team-wrong", put("Mengevaluasi Tim Kerja", TEAM, "TIM PENGAWASAN"), "L1.i.1", "responsible"),
    ("team-missing", put("Sekretaris KPU Batang memberikan", TEAM, ""), "L4.i.1", "responsible"),
    ("component-wrong", put(PLAN_ROW, 2, "Pengendalian Gratifikasi"), "L1.ii.1", "component"),
    ("component-missing", both(put(PLAN_ROW, 1, ""), put(PLAN_ROW, 2, "")), "L1.ii.1", "component"),
    ("numeral-wrong", put(PLAN_ROW, 1, "iii."), "L1.ii.1", "component_no"),
    ("numeral-missing", put(PLAN_ROW, 1, ""), "L1.ii.1", "component_no"),
    ("cells-swapped", swap(PLAN_ROW, INDICATOR, EVIDENCE), "L1.ii.1", "indicator"),
    ("cell-misplaced", evidence_in_the_next_row, "L3.iv.4", "evidence"),
    ("cells-fused", two_texts_in_one_cell, "L3.iv.3", "indicator"),
    ("cell-invented", put(SKP, 1, "catatan pengetik"), "L3.iv.3", "extra.cell 2"),
    ("cell-missing", put(SKP, EVIDENCE, ""), "L3.iv.3", "evidence"),
    ("text-wrong", put(SKP, EVIDENCE, "Foto kendaraan di bengkel"), "L3.iv.3", "evidence"),
    (
        "text-truncated",
        change(PLAN_ROW, ACTION, " ke seluruh pegawai dan melalui website", ""),
        "L1.ii.1",
        "action",
    ),
    (
        "text-duplicated",
        change(PLAN_ROW, ACTION, "rencana aksi", "rencana aksi rencana aksi"),
        "L1.ii.1",
        "action",
    ),
    ("number-wrong", change("Mengevaluasi Tim Kerja", EVIDENCE, "2022", "2023"), "L1.i.1", "evidence"),
    ("name-wrong", change(PLAN_ROW, EVIDENCE, "Batang", "Pekalongan"), "L1.ii.1", "evidence"),
    ("word-lost", change(PLAN_ROW, ACTION, "dokumen ", ""), "L1.ii.1", "action"),
    ("word-added", change(PLAN_ROW, ACTION, "dokumen", "dokumen segera"), "L1.ii.1", "action"),
    ("words-swapped", change(PLAN_ROW, ACTION, "rencana aksi", "aksi rencana"), "L1.ii.1", "action"),
    ("word-wrong", change(PLAN_ROW, ACTION, "seluruh", "beberapa"), "L1.ii.1", "action"),
    ("letter-confusion", change(SKP, ACTION, "kinerja", "kineria"), "L3.iv.3", "action"),
    ("letter-confusion", change(MEETING, ACTION, "semester", "sernester"), "L1.iii.1", "action"),
    ("letters-transposed", change(SKP, ACTION, "kinerja", "kinreja"), "L3.iv.3", "action"),
    ("letter-lost", change(SKP, ACTION, "kinerja", "kineja"), "L3.iv.3", "action"),
    ("letter-added", change(SKP, ACTION, "kinerja", "kinzerja"), "L3.iv.3", "action"),
    ("letter-wrong", change(SKP, ACTION, "kinerja", "kinexja"), "L3.iv.3", "action"),
]


@pytest.mark.parametrize(
    ("kind", "plant", "row", "field"), CASES, ids=[f"{n}-{case[0]}" for n, case in enumerate(CASES)]
)
def test_a_planted_fault_is_found_and_named(
    kind: str, plant: Plant, row: str, field: str, audited: Audited
) -> None:
    faults = told(audited(plant))
    assert (row, field, kind) in faults
    assert {found for found, _, _ in faults} <= {row, "L3.iv.3"}


def test_a_clean_transcription_has_no_fault(audited: Audited) -> None:
    audit = audited()
    assert told(audit) == []
    assert audit.exactness == 1.0


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("rencana aksi", "Rencana  Aksi"),
        ("rencana aksi", "<i>rencana</i> **aksi**"),
        ("rencana aksi", "rencana-aksi"),
        ("rencana aksi", "rencanaaksi"),
    ],
)
def test_case_space_punctuation_and_markup_are_no_faults(old: str, new: str, audited: Audited) -> None:
    audit = audited(change(PLAN_ROW, ACTION, old, new))
    assert told(audit) == []
    assert [cell.field for cell in audit.cells if cell.verdict == "normalised"][-1:] == ["action"]


def test_a_missing_row_is_one_fault_and_all_its_cells_are_missing(audited: Audited) -> None:
    audit = audited(drop_row(SKP))
    assert told(audit) == [("L3.iv.3", "action", "row-missing")]
    gone = [cell for cell in audit.cells if cell.kind == "row-missing"]
    assert {cell.field for cell in gone} >= {"indicator", "evidence", "m03", "m12"}
    assert {cell.verdict for cell in gone} == {"missing"}


def test_a_wrong_area_name_is_one_fault(audited: Audited) -> None:
    def plant(rows: list[Row]) -> None:
        rows[0][0] = "1. KEUANGAN DAERAH"

    assert told(audited(plant)) == [("L1.i.1", "area", "area-wrong")]


def test_the_catalogue_names_every_kind_in_both_languages_and_ranks_it() -> None:
    for code, kind in kinds().items():
        assert kind.title.id
        assert kind.title.en != kind.title.id
        assert kind.about.id
        assert kind.about.en
        assert consequence_of(code) in CONSEQUENCES
    order = [consequence_of(code) for code in ("mark-lost", "team-wrong", "number-wrong", "letter-wrong")]
    assert order == ["critical", "high", "medium", "low"]
