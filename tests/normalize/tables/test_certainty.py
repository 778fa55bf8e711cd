"""Recognised cells carry how certain they are; what is not certain asks for a person's look."""

from __future__ import annotations

from pathlib import Path

import pytest

from extract.reading import read_document
from extract.types import Cell, Extraction, Grid, MarkState, Page, TextLine, Word
from normalize import Resources
from normalize.tables import build_tables
from samples.draw.ruled import price_list, ruled, ruled_pdf
from samples.draw.scans import preset, scan
from schema.geometry import BBox
from schema.provenance import Source, SourceRef
from schema.ruled import TableSet

SOURCE = Source(name="a.pdf", sha256="0" * 64, media_type="application/pdf", size=1, page_count=1)


def line(text: str, box: BBox, **more: object) -> TextLine:
    words = tuple(Word(text=word, bbox=box, confidence=0.999) for word in text.split())
    given = {"text": text, "page": 1, "bbox": box, "confidence": 0.999, "words": words, "agreed": True}
    return TextLine.model_validate({**given, **more})


def built(resources: Resources, *texts: str, mark: MarkState | None = None, **more: object) -> TableSet:
    """A recognised grid of one row; `more` is about the last cell's line."""
    cells = []
    for n, text in enumerate(texts):
        box = BBox(x0=100.0 * n, top=0, x1=100.0 * n + 100, bottom=20)
        last = n == len(texts) - 1
        cells.append(
            Cell(
                row=0,
                column=n,
                text=text,
                ref=SourceRef(sha256="0" * 64, page=1, bbox=box, reader="ocr"),
                lines=(line(text, box, **(more if last else {})),) if text else (),
                confidence=0.999,
                mark=mark if last else None,
                border=1.0,
            )
        )
    edges = tuple(100.0 * n for n in range(len(texts) + 1))
    grid = Grid(
        page=1,
        bbox=BBox(x0=0, top=0, x1=edges[-1], bottom=20),
        column_edges=edges,
        row_edges=(0, 20),
        row_count=1,
        column_count=len(texts),
        cells=tuple(cells),
        exact=True,
    )
    page = Page(number=1, width=600, height=800, kind="picture")
    return build_tables(Extraction(source=SOURCE, pages=(page,), grids=(grid,)), resources)


def asked(content: TableSet) -> list[str]:
    assert [cell.needs_review for cell in content.tables[0].cells].count(True) == len(content.findings)
    return [finding.code for finding in content.findings]


def test_an_agreed_number_is_certain(resources: Resources) -> None:
    content = built(resources, "buku", "12.500")
    assert asked(content) == []
    assert content.tables[0].cells[1].confidence == pytest.approx(1, abs=0.1)


def test_a_number_on_which_two_readers_differ_asks(resources: Resources) -> None:
    content = built(resources, "buku", "12.500", agreed=False, others=("72.500",))
    assert asked(content) == ["text-uncertain"]
    assert content.tables[0].cells[1].others == ("72.500",)
    assert content.findings[0].alternatives == ("72.500",)


def test_a_number_parted_as_none_is_asks(resources: Resources) -> None:
    assert asked(built(resources, "buku", "2:300.000")) == ["text-uncertain"]


def test_a_covered_text_asks(resources: Resources) -> None:
    assert asked(built(resources, "buku", "meja", covered=True)) == ["text-covered"]


@pytest.mark.parametrize("mark", ["unknown", "covered"])
def test_a_small_cell_that_cannot_be_told_asks(resources: Resources, mark: MarkState) -> None:
    content = built(resources, "buku", "", mark=mark)
    assert asked(content) == ["table-mark-unclear"]
    assert content.tables[0].cells[1].mark == mark


def test_figures_in_small_cells_are_texts_not_unclear_marks(resources: Resources) -> None:
    content = built(resources, "buku", "12", mark="unknown")
    assert asked(content) == []
    assert content.tables[0].cells[1].mark is None


@pytest.mark.parametrize("kind", ["price-list", "timetable"])
def test_a_scanned_table_is_right_in_every_cell_or_asks(
    tmp_path: Path, resources: Resources, kind: str
) -> None:
    table = price_list(3, 24) if kind == "price-list" else ruled(kind, 3)
    path = tmp_path / "scan.pdf"
    path.write_bytes(scan(ruled_pdf([table]), preset("office200", 3)).pdf)
    (found,) = build_tables(read_document(path, every_table=True), resources).tables
    drawn = {(c.row, c.column, c.row_span, c.column_span): c.text for c in table.cells}
    assert {(c.row, c.column, c.row_span, c.column_span) for c in found.cells} == set(drawn)
    for cell in found.cells:
        at = (cell.row, cell.column, cell.row_span, cell.column_span)
        assert " ".join(cell.text.split()) == drawn[at] or cell.needs_review, at
    assert sum(cell.needs_review for cell in found.cells) * 20 <= len(found.cells)
    if kind == "timetable":
        ticks = {(c.row, c.column) for c in table.cells if c.text == "√"}
        assert {(c.row, c.column) for c in found.cells if c.mark == "marked"} == ticks
