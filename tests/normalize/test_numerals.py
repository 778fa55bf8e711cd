"""Recognised numerals of components: what their order settles, and what it leaves to a person."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from normalize import Resources, build_plan
from normalize.draft import Draft, Row
from normalize.numerals import settle_numerals
from schema.decree import Field
from schema.plan import Plan

sys.path.insert(0, str(Path(__file__).parent))
from recognised import TITLE, action, extraction_of, page_of

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


def test_a_closing_sign_read_as_a_figure_is_taken_off_the_numeral(resources: Resources) -> None:
    def row(printed: str) -> Row:
        cell = page_of([action("", COMPONENTS[0])]).cells[0]
        value = Field(printed=printed, text=printed.rstrip(")"), refs=(cell.ref,))
        return Row(0, 0, (cell,), exact=True, fields={"component_no": value}, area_number=1)

    draft = Draft(extraction_of(), resources, rows=(row("19"), row("2)"), row("3)")))
    settled = settle_numerals(draft).rows
    assert [r.get("component_no").text for r in settled] == ["1", "2", "3"]
    assert [[f.code for f in r.findings] for r in settled] == [["numeral-corrected"], [], []]


def test_a_numeral_that_has_no_place_in_the_order_asks_for_a_review(resources: Resources) -> None:
    rows = [action(numeral, name) for numeral, name in zip(("1.", "7.", "3."), COMPONENTS, strict=True)]
    plan = build_plan(extraction_of(page_of([TITLE, *rows])), resources)
    asking = {f.raw for f in plan.findings if f.code == "text-uncertain" and f.field == "component_no"}
    assert numerals(plan) == ["1", "7", "3"]
    assert asking == {"7. Rencana Pembangunan Zona Integritas"}


def test_a_numeral_that_was_read_like_the_one_above_is_the_next(resources: Resources) -> None:
    rows = [action(numeral, name) for numeral, name in zip(("i.", "ii.", "ii."), COMPONENTS, strict=True)]
    plan = build_plan(extraction_of(page_of([TITLE, *rows])), resources)
    assert numerals(plan) == ["i", "ii", "iii"]
    assert "numeral-corrected" in codes(plan)


@pytest.mark.parametrize(
    ("read", "settled"),
    [
        (("i.", "Hi", "iii.", "iv."), "ii"),
        (("i.", "Hi", "", ""), "ii"),
        (("i.", "Hi", "v.", "vi."), "Hi"),
        (("i.", "v.", "iii.", "iv."), "v"),
    ],
)
def test_a_numeral_that_looks_like_none_is_known_between_its_neighbours(
    read: tuple[str, ...], settled: str, resources: Resources
) -> None:
    def row(printed: str) -> Row:
        cell = page_of([action("", COMPONENTS[0])]).cells[0]
        value = Field(printed=printed, text=printed.rstrip("."), refs=(cell.ref,))
        return Row(0, 0, (cell,), exact=True, fields={"component_no": value}, area_number=1)

    draft = Draft(extraction_of(), resources, rows=tuple(map(row, read)))
    assert [r.get("component_no").text for r in settle_numerals(draft).rows][1] == settled


@pytest.mark.parametrize(
    ("read", "wanted"),
    [
        (("", "", "iii."), ["i", "ii", "iii"]),
        (("i.", "", "iii."), ["i", "ii", "iii"]),
        (("i.", "", "iv."), ["i", "2", "iv"]),
        (("", "1.", "iii."), ["i", "ii", "iii"]),
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


def test_a_dash_alone_before_a_row_that_goes_on_begins_no_component(resources: Resources) -> None:
    rows = [action("i.", COMPONENTS[0]), action("-", ""), action("ii.", COMPONENTS[1])]
    plan = build_plan(extraction_of(page_of([TITLE, *rows])), resources)
    assert numerals(plan) == ["i", "i", "ii"]
