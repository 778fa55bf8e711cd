"""The planter works through its kinds in order, and the writer lays out pages with all that they repeat."""

from __future__ import annotations

import random
from dataclasses import dataclass

from benchmarks.faults.planting import Bed, Plant, plant
from benchmarks.faults.transcription import USUAL, Entry, Script, lines_of, written


@dataclass(slots=True, kw_only=True)
class Rows(Bed):
    rows: list[str]


def capitals(bed: Rows) -> Plant | None:
    number = bed.choose([n for n in range(len(bed.rows)) if n not in bed.taken])
    if number is None:
        return None
    before, bed.rows[number] = bed.rows[number], bed.rows[number].upper()
    return Plant(frozenset({number}), before=before, after=bed.rows[number])


def nowhere(_: Rows) -> Plant | None:
    return None


def test_each_row_holds_one_fault_and_a_kind_without_a_place_is_left_out() -> None:
    bed = Rows(rng=random.Random(1), rows=["satu", "dua"])
    plants = plant(
        bed, {"capitals": capitals, "nowhere": nowhere}, ["capitals", "nowhere", *["capitals"] * 3]
    )
    assert [each.kind for each in plants] == ["capitals", "capitals"]
    assert sorted(row for each in plants for row in each.rows) == [0, 1]
    assert bed.rows == ["SATU", "DUA"]
    assert bed.taken == {0, 1}


def entry(number: int, action: str) -> Entry:
    texts = dict.fromkeys(("indicator", "evidence"), "-")
    texts |= {"area_no": "1", "area": "PENGAWASAN", "component_no": "i.", "component": "Pelaporan"}
    return Entry({**texts, "action": action, "responsible": "TIM"}, frozenset({"m02"}), number)


ENTRIES = (entry(0, "Melapor"), entry(1, "Memeriksa | menilai"))


def test_a_second_page_repeats_header_numbers_and_team_but_no_title() -> None:
    lines = lines_of(Script(USUAL, ENTRIES, pages=(0, 1)))
    kinds = [line.kind for line in lines]
    assert kinds == ["head"] * 3 + ["area", "row", "text"] + ["head"] * 3 + ["row", "text"]
    first, second = (line.cells for line in lines if line.kind == "row")
    assert (first[1], first[2], first[-1], first[7]) == ("i.", "Pelaporan", "TIM", "√")
    assert (second[1], second[2], second[-1]) == ("", "", "TIM")
    assert lines[2].cells[:4] == ("1", "2", "", "3")


def test_one_piece_says_the_team_once_and_a_table_alone_leaves_the_paragraphs_out() -> None:
    lines = lines_of(Script(USUAL, ENTRIES, preamble={"title": "RENCANA AKSI"}))
    assert [line.cells[-1] for line in lines if line.kind == "row"] == ["TIM", ""]
    assert written(lines, "txt").startswith(b"RENCANA AKSI\n\nNO\t")
    assert written(lines, "csv").startswith(b"NO,KOMPONEN,,")
    assert rb"Memeriksa \| menilai" in written(lines, "md")
