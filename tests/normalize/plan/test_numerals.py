"""Recognised numerals of components: what their order settles, and what it leaves to a person."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from extract.types import Grid, TextLine
from normalize import Resources, build_plan
from normalize.draft import Draft, Row
from normalize.plan.numerals import settle_numerals
from schema.decree import Field
from schema.plan import Plan

sys.path.insert(0, str(Path(__file__).parent.parent))
from recognised import TITLE, action, extraction_of, line, page_of

COMPONENTS = ("Penyusunan Tim Kerja", "Rencana Pembangunan Zona Integritas", "Pemantauan dan Evaluasi")


def numerals(plan: Plan) -> list[str]:
    return [p.component.number.text for p in plan.placed()]


def codes(plan: Plan) -> set[str]:
    return {finding.code for finding in plan.findings}


@pytest.mark.parametrize(
    ("read", "wanted"),
    [
        (("a.", "b.", "C."), ["a", "b", "c"]),
        (("I.", "ii.", "iii."), ["i", "ii", "iii"]),
        (("l.", "2.", "3."), ["1", "2", "3"]),
        (("I.", "Il.", "III."), ["I", "II", "III"]),
        (("ji.", "ii.", "iii."), ["ii", "ii", "iii"]),
    ],
)
def test_a_misread_numeral_is_settled_by_the_others(
    read: tuple[str, ...], wanted: list[str], resources: Resources
) -> None:
    rows = [action(numeral, name) for numeral, name in zip(read, COMPONENTS, strict=True)]
    plan = build_plan(extraction_of(page_of([TITLE, *rows])), resources)
    if read[0] == "ji.":  # a gap's twin stays as it was read: nothing says which of the two is wrong
        assert numerals(plan)[1:] == wanted[1:]
        return
    assert numerals(plan) == wanted
    corrected = [f for f in plan.findings if f.code == "numeral-corrected"]
    assert len(corrected) == sum(a.strip(".") != b for a, b in zip(read, wanted, strict=True))
    assert all(f.severity == "warning" for f in corrected)


def test_numerals_that_two_ways_of_counting_explain_stay_as_read(resources: Resources) -> None:
    plan = build_plan(extraction_of(page_of([TITLE, action("I.", COMPONENTS[0])])), resources)
    assert numerals(plan) == ["I"]
    assert "numeral-corrected" not in codes(plan)


def test_a_numeral_that_has_no_place_in_the_order_asks_for_a_review(resources: Resources) -> None:
    rows = [action(numeral, name) for numeral, name in zip(("1.", "7.", "3."), COMPONENTS, strict=True)]
    plan = build_plan(extraction_of(page_of([TITLE, *rows])), resources)
    asking = {f.raw for f in plan.findings if f.code == "text-uncertain" and f.field == "component_no"}
    assert numerals(plan) == ["1", "7", "3"]
    assert asking == {"7. Rencana Pembangunan Zona Integritas"}


@pytest.mark.parametrize("read", [("i.", "ii.", "ii."), ("i.", "i.", "iii."), ("i.", "v.", "iii.")])
def test_a_numeral_that_does_not_follow_stays_as_read_and_asks(
    read: tuple[str, ...], resources: Resources
) -> None:
    rows = [action(numeral, name) for numeral, name in zip(read, COMPONENTS, strict=True)]
    plan = build_plan(extraction_of(page_of([TITLE, *rows])), resources)
    assert numerals(plan) == [numeral.strip(".") for numeral in read]
    assert "numeral-corrected" not in codes(plan)
    asking = [f for f in plan.findings if f.code == "text-uncertain" and f.field == "component_no"]
    assert len(asking) == 1


def test_a_numeral_that_the_official_list_gives_to_the_name_does_not_ask(resources: Resources) -> None:
    rows = [action("i.", "Penyusunan Tim Kerja"), action("iv.", "Perubahan Pola Pikir dan Budaya Kerja")]
    plan = build_plan(extraction_of(page_of([TITLE, *rows])), resources)
    assert numerals(plan) == ["i", "iv"]
    assert not [f for f in plan.findings if f.field == "component_no" and f.severity == "review"]


def test_a_numeral_printed_again_with_its_name_on_the_next_page_is_the_same_component(
    resources: Resources,
) -> None:
    first = [action(n, name) for n, name in zip(("i.", "ii."), COMPONENTS, strict=False)]
    again = [action("ii.", COMPONENTS[1]), action("iii.", COMPONENTS[2])]
    for page in (page_of(again, number=2), without_head(page_of(again, number=2))):
        plan = build_plan(extraction_of(page_of([TITLE, *first]), page), resources)
        assert [c.number.text for area in plan.areas for c in area.components] == ["i", "ii", "iii"]
        assert [len(c.actions) for area in plan.areas for c in area.components] == [1, 2, 1]
        assert codes(plan).isdisjoint({"numeral-corrected", "text-uncertain", "numeral-repeated"})


def test_a_numeral_that_is_none_is_taken_from_the_reader_that_saw_one(resources: Resources) -> None:
    texts = [line(f"{n} {name}") for n, name in zip(("i.", "Hi", "iii."), COMPONENTS, strict=True)]
    texts[1] = line(f"Hi {COMPONENTS[1]}", others=(f"ii. {COMPONENTS[1]}",))
    draft = Draft(extraction_of(), resources, rows=tuple(map(row_of, ("i.", "Hi", "iii."), texts)))
    assert [r.get("component_no").text for r in settle_numerals(draft).rows] == ["i", "ii", "iii"]
    alone = Draft(extraction_of(), resources, rows=tuple(map(row_of, ("i.", "Hi", "iii."))))
    assert [r.get("component_no").text for r in settle_numerals(alone).rows] == ["i", "Hi", "iii"]


def row_of(printed: str, read: TextLine | None = None) -> Row:
    """A row with a numeral; `read` is the line it was read in."""
    cell = page_of([action("", COMPONENTS[0])]).cells[0]
    cell = cell.model_copy(update={"lines": (read,) if read else ()})
    value = Field(printed=printed, text=printed.rstrip("."), refs=(cell.ref,))
    return Row(0, 0, (cell,), exact=True, fields={"component_no": value}, area_number=1)


def without_head(grid: Grid) -> Grid:
    """The page's grid as it is printed where the head is not repeated."""
    cells = tuple(c.model_copy(update={"row": c.row - 1}) for c in grid.cells if c.row)
    return grid.model_copy(
        update={"cells": cells, "row_count": grid.row_count - 1, "row_edges": grid.row_edges[:-1]}
    )


@pytest.mark.parametrize(
    ("read", "wanted"),
    [
        (("", "", "iii."), ["i", "ii", "iii"]),
        (("i.", "", "iii."), ["i", "ii", "iii"]),
        (("i.", "", "iv."), ["i", "2", "iv"]),
    ],
)
def test_a_lost_numeral_has_the_place_that_its_neighbours_leave(
    read: tuple[str, ...], wanted: list[str], resources: Resources
) -> None:
    rows = [action(numeral, name) for numeral, name in zip(read, COMPONENTS, strict=True)]
    plan = build_plan(extraction_of(page_of([TITLE, *rows])), resources)
    assert numerals(plan) == wanted
    inferred = {f.value for f in plan.findings if f.code == "numeral-inferred"}
    assert len(inferred) == sum(not numeral for numeral in read)
    assert [p.component.name.text for p in plan.placed()] == list(COMPONENTS)


def test_a_dash_alone_before_a_continued_row_does_not_begin_a_component(resources: Resources) -> None:
    rows = [action("i.", COMPONENTS[0]), action("-", ""), action("ii.", COMPONENTS[1])]
    plan = build_plan(extraction_of(page_of([TITLE, *rows])), resources)
    assert numerals(plan) == ["i", "i", "ii"]
