"""Facts become findings once, at the end: those that hold, each told once and of the right action."""

from __future__ import annotations

from dataclasses import replace

import pytest

from extract.types import Cell, Extraction
from normalize import Resources
from normalize.draft import Draft, Row, TimeCell
from normalize.facts import Fact, fact
from normalize.findings import findings_of
from normalize.plan.assemble import Assembled
from schema.catalogue import make_finding
from schema.decree import Field
from schema.geometry import BBox
from schema.provenance import Reader, Source, SourceRef

SOURCE = Source(name="a.pdf", sha256="0" * 64, media_type="application/pdf", size=1)


def place(top: float, reader: Reader = "pdf-text") -> SourceRef:
    return SourceRef(
        sha256="0" * 64, page=1, bbox=BBox(x0=0, top=top, x1=100, bottom=top + 10), reader=reader
    )


def row_at(number: int, *facts: Fact) -> Row:
    cell = Cell(row=number, column=0, text="Rapat", ref=place(10.0 * number))
    return Row(0, 0, (cell,), exact=True, facts=facts)


@pytest.fixture
def empty(resources: Resources) -> Draft:
    return Draft(Extraction(source=SOURCE), resources)


def told(
    draft: Draft, *later: Fact, labels: dict[int, list[Fact]] | None = None
) -> list[tuple[str, str | None]]:
    ids = {n: f"L1.i.{n + 1}" for n, row in enumerate(draft.rows) if row.kind == "action"}
    found = findings_of(draft, Assembled(ids=ids, labels=labels or {}), later)
    return [(finding.code, finding.action_id) for finding in found]


def test_a_row_reports_a_fact_once() -> None:
    row = row_at(0)
    for _ in range(2):
        row = row.report("area-missing", rule="place-rows", field="area", certainty="ambiguous")
    assert row.facts == (
        fact("area-missing", rule="place-rows", ref=row.ref, field="area", certainty="ambiguous"),
    )
    assert row.asks("area")
    assert not row.asks("schedule")


def test_facts_become_findings_of_their_actions(empty: Draft) -> None:
    asked = fact("area-missing", rule="place-rows", field="area")
    draft = replace(empty, rows=(row_at(0), row_at(1, asked)), facts=(fact("decree-not-named", rule="head"),))
    assert told(draft) == [("decree-not-named", None), ("area-missing", "L1.i.2")]


def test_a_name_that_was_inferred_is_not_reported_as_missing(empty: Draft) -> None:
    missing = fact("component-name-missing", rule="number-actions", field="component", value="i")
    inferred = fact(
        "component-name-inferred",
        rule="match-lke",
        action_id="L1.i.1",
        field="component",
        raw="",
        value="WBS",
    )
    draft = replace(empty, rows=(row_at(0),))
    assert told(draft, labels={0: [missing]}) == [("component-name-missing", "L1.i.1")]
    assert told(draft, inferred, labels={0: [missing]}) == [("component-name-inferred", "L1.i.1")]


def test_a_fragment_that_turned_out_to_be_a_title_is_not_reported(empty: Draft) -> None:
    row = row_at(0, fact("action-fragment", rule="read-rows", raw="x", value="x"))
    assert told(replace(empty, rows=(replace(row, kind="fragment"),))) == [("action-fragment", None)]
    assert told(replace(empty, rows=(replace(row, kind="area"),))) == []


def test_a_component_whose_numeral_was_inferred_did_not_go_on_from_above(empty: Draft) -> None:
    row = row_at(0, fact("component-filled", rule="place-rows", field="component", value="i"))
    assert told(replace(empty, rows=(row,))) == [("component-filled", "L1.i.1")]
    row = row.with_field("component_no", Field(text="ii", status="inferred"))
    assert told(replace(empty, rows=(row,))) == []


def test_a_time_cell_over_several_rows_is_doubted_once(empty: Draft) -> None:
    doubt = fact("mark-unclear", rule="decode-marks", ref=place(0), field="schedule", raw="?", value="3")
    draft = replace(empty, rows=(row_at(0, doubt), row_at(1, doubt)))
    assert told(draft) == [("mark-unclear", "L1.i.1")]


def test_a_disagreement_of_an_unsure_reading_is_not_a_finding_of_the_decree(empty: Draft) -> None:
    apart = fact("head-disagrees", rule="head", ref=place(0, "ocr"), field="year", raw="2024", value="2025")
    draft = replace(empty, facts=(apart,))
    assert told(draft) == [("head-disagrees", None)]
    assert told(replace(draft, annex_doubts=frozenset({"year"}))) == []


def test_unexplained_ink_is_reported_for_the_action_in_whose_cell_it_is(empty: Draft) -> None:
    ink = make_finding("ink-unexplained", rule="read-scan", ref=place(10), raw="1", certainty="ambiguous")
    outside = ink.replace(ref=place(500))
    extraction = empty.extraction.replace(findings=(ink, outside))
    draft = replace(empty, extraction=extraction, rows=(row_at(0), row_at(1)))
    assert told(draft) == [("ink-unexplained", None), ("ink-unexplained", "L1.i.2")]
    unread = TimeCell(Cell(row=1, column=0, ref=place(10), mark="unknown"), "month", 1)
    draft = replace(draft, rows=(row_at(0), replace(row_at(1), times=(unread,))))
    assert told(draft) == [("ink-unexplained", None)]
