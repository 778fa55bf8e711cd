"""Recognised words: how sure a field is, and when a person must decide."""

from __future__ import annotations

from extract.types import Cell, Extraction, Grid, Page, TextLine, Word
from normalize import Resources, build_plan
from schema.geometry import BBox
from schema.plan import Action
from schema.provenance import Source, SourceRef

SHA = "0" * 64
BOX = BBox(x0=0, top=0, x1=10, bottom=10)
HEAD = (
    "NO",
    "KOMPONEN",
    "INDIKATOR",
    "LANGKAH AKSI",
    "BUKTI",
    "JAN",
    "FEB",
    "MAR",
    "APR",
    "PENANGGUNG JAWAB",
)


def line(
    text: str, confidence: float, *, agreed: bool | None = None, others: tuple[str, ...] = ()
) -> TextLine:
    words = tuple(Word(text=word, bbox=BOX, confidence=confidence) for word in text.split())
    return TextLine(
        text=text, page=1, bbox=BOX, confidence=confidence, words=words, agreed=agreed, others=others
    )


def cell(row: int, column: int, content: TextLine | None, mark: str | None = None) -> Cell:
    box = BBox(x0=column * 10, top=row * 10, x1=column * 10 + 9, bottom=row * 10 + 9)
    return Cell(
        row=row,
        column=column,
        text=content.text if content else "",
        ref=SourceRef(sha256=SHA, page=1, bbox=box, reader="ocr"),
        lines=(content,) if content else (),
        mark=mark,  # type: ignore[arg-type]
    )


def scanned(action: TextLine, marks: tuple[str, ...] = ("marked", "empty", "empty", "empty")) -> Extraction:
    """Return a page with one row below a head and an area's title."""
    head = [cell(0, n, line(text, 0.999)) for n, text in enumerate(HEAD)]
    title = [cell(1, n, line("1. MANAJEMEN PERUBAHAN", 0.999) if n == 0 else None) for n in range(len(HEAD))]
    texts = ["", "i. Penyusunan Tim Kerja", "Tim kerja telah dibentuk", action, "Surat keputusan"]
    body = [
        cell(2, n, t if isinstance(t, TextLine) else line(t, 0.999) if t else None)
        for n, t in enumerate(texts)
    ]
    body += [cell(2, 5 + n, None, mark) for n, mark in enumerate(marks)]
    body.append(cell(2, 9, line("TIM KERJA", 0.999)))
    cells = (*head, *title, *body)
    grid = Grid(page=1, row_count=3, column_count=len(HEAD), cells=cells, exact=True)
    source = Source(name="scan.pdf", sha256=SHA, media_type="application/pdf", size=1)
    return Extraction(
        source=source, pages=(Page(number=1, width=100, height=100, kind="picture"),), grids=(grid,)
    )


def only_action(extraction: Extraction, resources: Resources) -> tuple[Action, set[str]]:
    plan = build_plan(extraction, resources)
    (row,) = plan.placed()
    return row.action, {f.code for f in plan.findings_of(row.action.action_id)}


def test_a_field_read_for_sure_asks_for_no_review(resources: Resources) -> None:
    action, codes = only_action(scanned(line("Menyusun laporan", 0.999, agreed=True)), resources)
    assert "text-uncertain" not in codes
    assert not action.needs_review
    assert action.action.confidence is not None


def test_a_field_with_a_doubtful_word_asks_for_a_review_and_names_the_other_reading(
    resources: Resources,
) -> None:
    doubtful = line("Menyusun lapuran", 0.35, agreed=False, others=("Menyusun lapurxn",))
    action, codes = only_action(scanned(doubtful), resources)
    assert "text-uncertain" in codes
    assert action.needs_review
    assert action.action.printed == "Menyusun lapuran"


def test_a_word_that_the_recogniser_was_sure_of_is_suspected_and_not_changed(resources: Resources) -> None:
    action, codes = only_action(scanned(line("Laporan rnonitoring", 0.995, agreed=True)), resources)
    assert action.action.text == "Laporan rnonitoring"
    assert "print-suspect" in codes


def test_a_covered_cell_is_not_a_mark_and_asks_for_a_review(resources: Resources) -> None:
    extraction = scanned(line("Menyusun laporan", 0.999), ("marked", "covered", "empty", "unknown"))
    action, codes = only_action(extraction, resources)
    assert [p.state for p in action.schedule.periods] == ["planned", "covered", "not-planned", "unknown"]
    assert action.schedule.state == "partial"
    assert {"mark-covered", "mark-unclear"} <= codes
    assert action.needs_review


def with_blank_evidence(border: float) -> Extraction:
    extraction = scanned(line("Menyusun laporan", 0.999))
    (grid,) = extraction.grids
    blank = {"text": "", "lines": (), "border": border}
    cells = tuple(
        each.model_copy(update=blank) if (each.row, each.column) == (2, 4) else each for each in grid.cells
    )
    return extraction.model_copy(update={"grids": (grid.model_copy(update={"cells": cells}),)})


def test_a_blank_cell_whose_border_is_in_doubt_asks(resources: Resources) -> None:
    action, codes = only_action(with_blank_evidence(0.5), resources)
    assert "cell-border-doubtful" in codes
    assert action.needs_review
    assert "cell-border-doubtful" not in only_action(with_blank_evidence(1.0), resources)[1]
