"""Figures of tables: what does not add up asks on a scan, and is the decree's own fault on a digital page."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from extract.types import Cell, Extraction, Grid, Page, TextLine, Word
from normalize import Resources
from normalize.tables import build_tables
from schema.geometry import BBox
from schema.provenance import Reader, Source, SourceRef
from schema.ruled import TableSet

HEAD = ("NO", "JENIS PELAYANAN", "SARANA", "PELAYANAN", "TARIF")
ROWS = (
    ("1", "Pemeriksaan umum", "20.000", "30.000", "50.000"),
    ("2", "Pemeriksaan gigi", "30.000", "40.000", "70.000"),
    ("3", "Konsultasi", "55.000", "65.000", "120.000"),
    ("4", "Pemeriksaan darah", "70.000", "80.000", "150.000"),
    ("5", "Perawatan luka", "60.000", "70.000", "130.000"),
)


def table_of(
    rows: Sequence[Sequence[str]], resources: Resources, reader: Reader = "ocr", **last: object
) -> TableSet:
    """A table of these rows, read surely but for its last cell, of whose line `last` tells."""
    cells = []
    for r, row in enumerate(rows):
        for c, text in enumerate(row):
            box = BBox(x0=100.0 * c, top=20.0 * r, x1=100.0 * c + 100, bottom=20.0 * r + 20)
            lines = []
            for part in text.split("\n"):
                words = tuple(Word(text=word, bbox=box, confidence=0.999) for word in part.split())
                given = {"text": part, "page": 1, "bbox": box, "confidence": 0.999, "words": words}
                more = last if (r, c) == (len(rows) - 1, len(row) - 1) else {}
                lines.append(TextLine.model_validate({**given, "agreed": True, **more}))
            ref = SourceRef(sha256="0" * 64, page=1, bbox=box, reader=reader)
            cells.append(Cell(row=r, column=c, text=text, ref=ref, lines=tuple(lines), border=1.0))
    grid = Grid(
        page=1,
        bbox=BBox(x0=0, top=0, x1=500, bottom=20.0 * len(rows)),
        column_edges=tuple(100.0 * n for n in range(6)),
        row_edges=tuple(20.0 * n for n in range(len(rows) + 1)),
        row_count=len(rows),
        column_count=5,
        cells=tuple(cells),
        exact=True,
    )
    page = Page(number=1, width=600, height=800, kind="picture" if reader == "ocr" else "digital")
    source = Source(name="a.pdf", sha256="0" * 64, media_type="application/pdf", size=1, page_count=1)
    return build_tables(Extraction(source=source, pages=(page,), grids=(grid,)), resources)


def asking(content: TableSet) -> set[str]:
    return {cell.text for cell in content.tables[0].cells if cell.needs_review}


def codes(content: TableSet) -> list[str]:
    return [finding.code for finding in content.findings]


def test_a_sound_table_asks_nothing(resources: Resources) -> None:
    assert codes(table_of([HEAD, *ROWS], resources)) == []


def test_a_row_that_does_not_add_up_asks_once_and_lowers_its_figures(resources: Resources) -> None:
    content = table_of([HEAD, *ROWS, ("6", "Rontgen", "90.000", "10.000", "700.000")], resources)
    assert codes(content) == ["sum-unlike-parts"]
    assert content.findings[0].alternatives == ("100.000",)
    assert asking(content) == {"90.000", "10.000", "700.000"}
    assert all((c.confidence or 0) <= 0.5 for c in content.tables[0].cells if c.needs_review)


def test_a_wrong_sum_of_a_digital_page_is_the_decrees_own(resources: Resources) -> None:
    rows = [HEAD, *ROWS, ("6", "Rontgen", "90.000", "10.000", "700.000")]
    content = table_of(rows, resources, "pdf-text")
    assert [(f.code, f.severity, f.raw, f.value) for f in content.findings] == [
        ("sum-wrong", "notice", "700.000", "100.000")
    ]
    assert asking(content) == set()


def test_a_figure_on_which_readers_differ_is_borne_out_by_its_sum(resources: Resources) -> None:
    more = {"agreed": False, "others": ("130.0OO",)}
    assert codes(table_of([HEAD, *ROWS], resources, **more)) == []
    odd = [*ROWS[:4], ("5", "Perawatan luka", "60.000", "70.000", "190.000")]
    assert codes(table_of([HEAD, *odd], resources, **more)) == ["sum-unlike-parts"]


def test_a_number_that_breaks_the_count_and_a_sign_below_a_figure_ask(resources: Resources) -> None:
    rows = [list(row) for row in ROWS]
    rows[1][0] = "7"
    rows[3][2] = "70.000\n1"
    content = table_of([HEAD, *rows], resources)
    assert sorted(codes(content)) == ["figure-breaks-count", "figure-unlike-column"]
    assert asking(content) == {"7", "70.000\n1"}


def test_a_comma_among_stops_asks(resources: Resources) -> None:
    rows = [list(row) for row in ROWS]
    rows[2][4] = "120,000"
    content = table_of([HEAD, *rows], resources)
    assert codes(content) == ["figure-marks-mixed"]
    assert asking(content) == {"120,000"}


@pytest.mark.parametrize("labels", [("1", "2", "3", "4", "5"), ("", "Tahun", "2023", "2024*", "2025**")])
@pytest.mark.parametrize("reader", ["ocr", "pdf-text"])
def test_column_numbers_and_years_of_a_head_are_no_amounts(
    resources: Resources, labels: tuple[str, ...], reader: Reader
) -> None:
    total = ("", "JUMLAH", "235.000", "285.000", "520.000")
    assert codes(table_of([HEAD, labels, *ROWS, total], resources, reader)) == []


def test_a_year_that_is_no_year_among_years_asks(resources: Resources) -> None:
    content = table_of([HEAD, ("", "Tahun", "2023", "2O24", "2025"), *ROWS], resources)
    assert codes(content) == ["figure-unlike-column"]
