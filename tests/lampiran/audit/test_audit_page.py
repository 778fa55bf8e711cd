"""`audit.html` as bytes: what it holds of an audit made by hand, and that nothing of a decree can run in it."""

from __future__ import annotations

import html
import re

import pytest

from lampiran.audit.report.page import audit_html
from lampiran.audit.report.page_places import places_of
from lampiran.audit.report.words import column_label, share
from schema.audit import (
    Audit,
    AuditCell,
    AuditRow,
    AuditSide,
    Consequence,
    Figure,
    Level,
    Sample,
    SampleCell,
    Verdict,
)
from schema.geometry import BBox
from schema.provenance import SourceRef

SHA = "0123456789abcdef" * 4
SCRIPT = "<script>alert('x')</script>"


def paper(page: int = 3, left: float = 100.0) -> SourceRef:
    box = BBox(x0=left, top=50, x1=left + 80, bottom=90)
    return SourceRef(sha256=SHA, page=page, bbox=box, reader="pdf-text")


class Maker:
    """Numbers the cells of an audit as they come."""

    def __init__(self) -> None:
        self.cells: list[AuditCell] = []

    def add(
        self,
        row: int | None,
        level: Level,
        field: str,
        verdict: Verdict,
        printed: str | None,
        stated: str | None,
        kind: str | None = None,
        consequence: Consequence = "none",
        **more: object,
    ) -> None:
        values = {
            "n": len(self.cells) + 1,
            "row": row,
            "level": level,
            "field": field,
            "verdict": verdict,
            "paper": printed,
            "stated": stated,
            "kind": kind,
            "consequence": consequence,
            "paper_ref": paper() if printed is not None else None,
            "stated_ref": SourceRef(sha256=SHA, line=row, cell=4, reader="transcript"),
            **more,
        }
        self.cells.append(AuditCell.model_validate(values))


def made() -> Audit:
    """Return an audit with one fault of each way a fault is shown."""
    make = Maker()
    make.add(None, "head", "head.number", "same", "8.1", "8.1")
    make.add(1, "component", "component", "same", "Tim Kerja", "Tim Kerja")
    make.add(
        1, "action", "action", "differs", "Rapat monev " + SCRIPT, "Rapat rnonev", "letter-confusion", "low"
    )
    for month in range(1, 13):
        lost = month == 3
        make.add(
            1,
            "mark",
            f"m{month:02}",
            "missing" if lost else "same",
            "true" if lost else "false",
            "false",
            "mark-lost" if lost else None,
            "critical" if lost else "none",
        )
    for name, consequence in (("indicator", "none"), ("action", "critical"), ("evidence", "none")):
        make.add(2, "action", name, "missing", "Teks", None, "row-missing", consequence)
    make.add(3, "action", "responsible", "missing", "TIM SDM", None, "team-missing", "high")
    make.add(4, "action", "responsible", "missing", "TIM SDM", None, "team-missing", "none")
    make.add(
        4,
        "action",
        "evidence",
        "misplaced",
        "Notula",
        "Foto",
        "cells-swapped",
        "high",
        elsewhere=(3, "action"),
    )
    make.add(4, "mark", "m01", "unreadable", None, "true", doubts=("mark-covered",))
    make.add(5, "action", "action", "invented", None, "Langkah karangan", "row-invented", "critical")
    rows = (
        AuditRow(n=1, state="matched", action_ids=("L1.i.1",), stated=(1,), area="AREA", page=3, line=11),
        AuditRow(n=2, state="missing", action_ids=("L1.i.2",), page=3),
        AuditRow(n=3, state="split", action_ids=("L1.i.3",), stated=(2, 3), page=4, line=12),
        AuditRow(n=4, state="matched", action_ids=("L1.i.4",), stated=(4,), shift=-1, page=4, line=14),
        AuditRow(n=5, state="invented", stated=(5,), line=15),
    )
    figures = (
        Figure(name="marks-recall", value=0.98765, n=81, low=0.93, high=0.9978, method="wilson"),
        Figure(name="cer", value=None, n=0),
        Figure(name="cer", column="action", value=0.031, n=1200, low=0.02, high=0.05, method="bootstrap"),
    )
    return Audit(
        decree=AuditSide(file="keputusan.pdf", sha256=SHA, decree_id="kantor-1-2025", rows=4, pages=4),
        transcription=AuditSide(file="salinan.csv", sha256=SHA[::-1], rows=5),
        rows=rows,
        cells=tuple(make.cells),
        figures=figures,
        sample=Sample(
            size=2, seed=7, population=20, cells=(SampleCell(cell=3, judgement="wrong"), SampleCell(cell=4))
        ),
        versions=(("lampiran", "1"),),
    )


@pytest.fixture(scope="module")
def audit() -> Audit:
    return made()


@pytest.fixture(scope="module")
def page(audit: Audit) -> str:
    return audit_html(audit).decode("utf-8")


def cards(page: str) -> list[str]:
    return re.findall(r'<article class="place.*?</article>', page, flags=re.DOTALL)


def test_every_fault_is_in_exactly_one_place_and_the_gravest_come_first(audit: Audit) -> None:
    places = places_of(audit)
    assert [place.consequence for place in places] == [
        "critical",
        "critical",
        "critical",
        "high",
        "high",
        "low",
        "none",
    ]
    assert [place.n for place in places] == [1, 2, 3, 4, 5, 6, 7]
    faults = [place for place in places if not place.is_open]
    seen = [view.cell.n for place in faults for view in place.cells]
    seen += [view.cell.n for place in faults for view in place.periods if view.cell.is_fault]
    further = sum(len(place.further) for place in places)
    assert len(seen) == len(set(seen))
    assert len(seen) + further == sum(cell.is_fault for cell in audit.cells)


def test_a_missing_row_is_one_place_and_a_rows_marks_are_one(audit: Audit) -> None:
    marks, missing, invented, *_ = places_of(audit)
    assert (marks.kinds, len(marks.periods), marks.fields) == (("mark-lost",), 12, ("m03",))
    assert (missing.kinds, len(missing.cells), missing.is_row) == (("row-missing",), 3, True)
    assert (invented.page, invented.line, invented.spot) == (None, 5, None)


def test_the_rows_below_a_merged_cell_are_told_with_it(audit: Audit) -> None:
    team = next(place for place in places_of(audit) if place.kinds == ("team-missing",))
    assert (team.row.n if team.row else None, team.further) == (3, (4,))


def test_what_the_paper_does_not_show_comes_last_for_a_person_to_decide(audit: Audit, page: str) -> None:
    *faults, last = places_of(audit)
    assert (last.is_open, last.fields, last.doubts) == (True, ("m01",), ("mark-covered",))
    assert not any(place.is_open for place in faults)
    assert "Unreadable on the paper" in cards(page)[-1]
    opening = page[page.index('class="verdict bad"') :][:1500]
    assert "1 cell(s) cannot be read with certainty on the paper" in opening


def test_the_page_holds_a_card_a_place_and_a_line_a_row(audit: Audit, page: str) -> None:
    assert len(cards(page)) == len(places_of(audit))
    assert re.findall(r'<tr id="r(\d)"', page) == ["1", "2", "3", "4", "5"]
    assert page.count("L1.i.2") >= 2


def test_words_that_differ_are_marked_on_both_sides(page: str) -> None:
    card = next(card for card in cards(page) if "letter-confusion" in card)
    assert "<ins>monev " in card
    assert "<del>rnonev</del>" in card


def test_rows_that_are_not_paired_one_to_one_are_listed_with_their_place(page: str) -> None:
    odd = re.findall(r'<li class="row-(\w+)">', page)
    assert odd == ["missing", "split", "matched", "invented"]
    listed = page[page.index('<section id="rows"') : page.index('<section id="ink"')]
    assert "kolom ke kiri" in listed
    assert "2, 3" in listed


def test_figures_stand_with_interval_and_number(page: str) -> None:
    assert "98,8 %" in page
    assert "93,0–99,8 %" in page
    assert "n = 81" in page
    assert "nothing to count" in page
    assert "3,1 %" in page


def test_a_page_without_the_file_says_that_there_are_no_crops(page: str) -> None:
    assert "data:image" not in page
    assert "no crops are shown" in page
    assert "was not accounted for" in page


def test_text_of_a_decree_cannot_run_and_nothing_is_loaded(page: str) -> None:
    assert SCRIPT not in page
    assert html.escape(SCRIPT, quote=False).replace("'", "&#39;") in page
    assert page.count("<script>") == 1
    assert " style=" not in page
    assert "default-src 'none'" in html.unescape(page)
    assert not re.findall(r'(?:src|href)="(?!#|data:)', page)


def test_equal_audits_give_equal_bytes_in_either_language(audit: Audit) -> None:
    assert audit_html(audit) == audit_html(made())
    english = audit_html(audit, language="en").decode("utf-8")
    assert '<html lang="en">' in english
    assert "Does this transcription say what the paper says?" in english


def test_an_audit_without_a_fault_is_calm() -> None:
    audit = made()
    same = tuple(cell for cell in audit.cells if not cell.is_fault and cell.verdict != "unreadable")
    page = audit_html(audit.model_copy(update={"cells": same})).decode("utf-8")
    assert 'class="verdict calm"' in page
    assert "No cell differs." in page
    assert not cards(page)


@pytest.mark.parametrize(
    ("value", "id", "en"),
    [
        (1.0, "100 %", "100 %"),
        (0.0, "0 %", "0 %"),
        (0.99996, "99,9 %", "99.9 %"),
        (0.00001, "0,1 %", "0.1 %"),
        (0.5, "50,0 %", "50.0 %"),
        (None, "–", "–"),
    ],
)
def test_a_share_is_never_rounded_to_all_or_nothing(value: float | None, id: str, en: str) -> None:
    assert (share(value).id, share(value).en) == (id, en)


@pytest.mark.parametrize(
    ("field", "en"),
    [
        ("m08", "Aug"),
        ("q2", "Q2"),
        ("area_no", "Area number"),
        ("head.legal_basis.6", "Legal basis 6"),
        ("extra.ANGGARAN", "ANGGARAN"),
        ("extra.cell 20", "cell 20, outside the periods"),
        ("schedule_text", "Time (text)"),
    ],
)
def test_fields_have_names_for_people(field: str, en: str) -> None:
    assert column_label(field).en == en
