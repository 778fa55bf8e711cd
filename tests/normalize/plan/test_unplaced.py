"""Text that no step has taken: prose is told once, what may be a lost table is an error, other lines by themselves."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from extract.types import Extraction, Grid, Page, TextLine
from normalize import Resources, build_plan
from normalize.plan.unplaced_text import is_prose
from schema.findings import Finding
from schema.geometry import BBox

sys.path.insert(0, str(Path(__file__).parent.parent))
from recognised import RowOf, action, extraction_of, page_of

SENTENCE = "Rencana kerja ini menjadi acuan bagi semua pegawai dan pimpinan dalam pekerjaan sehari-hari,"


def lines_on(page: int, texts: Sequence[str | tuple[str, ...]]) -> tuple[TextLine, ...]:
    """Place rows of pieces on a page, each piece in a column of its own."""
    rows = [(text,) if isinstance(text, str) else text for text in texts]
    return tuple(
        TextLine(
            text=piece,
            page=page,
            bbox=BBox(x0=20 + 130 * column, top=12 * n, x1=120 + 130 * column, bottom=12 * n + 9),
            confidence=0.99,
        )
        for n, row in enumerate(rows)
        for column, piece in enumerate(row)
    )


def told(resources: Resources, *pages: tuple[TextLine, ...]) -> list[Finding]:
    """Return what is told of pages of text that stand behind the page of a table."""
    grid = page_of([RowOf(["1. MANAJEMEN PERUBAHAN", "", "", "", ""]), action("1.", "Tim Kerja")])
    extraction = extraction_of(grid)
    first = extraction.pages[0]
    numbered: tuple[Page, ...] = tuple(
        first.model_copy(update={"number": n}) for n in range(2, len(pages) + 2)
    )
    lines = tuple(line for page in pages for line in page)
    whole: Extraction = extraction.model_copy(
        update={"pages": (*extraction.pages, *numbered), "lines": lines}
    )
    wanted = ("prose-outside-tables", "page-unplaced", "text-unplaced")
    return [f for f in build_plan(whole, resources).findings if f.code in wanted]


def test_pages_of_prose_are_not_errors_and_are_reported_once(resources: Resources) -> None:
    prose = [text for _ in range(10) for text in (SENTENCE, "dan seterusnya.")]
    (found,) = told(resources, lines_on(2, prose), lines_on(3, prose), lines_on(4, ["Sekian"]))
    assert (found.code, found.severity, found.value) == ("prose-outside-tables", "info", "41")
    assert "2, 3, 4" in found.message.en


def test_a_page_of_columns_may_be_a_lost_table(resources: Resources) -> None:
    row = ("Jumlah laporan kas bulanan kantor", "Menyusun laporan kas setiap bulan", "Laporan kas yang sah")
    (found,) = told(resources, lines_on(2, [row] * 8))
    assert (found.code, found.severity, found.raw) == ("page-unplaced", "error", "2")


def test_lone_lines_are_reported_by_themselves(resources: Resources) -> None:
    found = told(resources, lines_on(2, ["Catatan pinggir", "Lembar kedua"]))
    assert [(f.code, f.raw) for f in found] == [
        ("text-unplaced", "Catatan pinggir"),
        ("text-unplaced", "Lembar kedua"),
    ]


def test_numerals_and_labels_are_no_columns() -> None:
    clause = "menyusun rencana kerja yang memuat semua langkah dalam satu tahun"
    assert is_prose(lines_on(1, [("KESATU", ": " + clause), ("1.", clause), ("a.", clause)]))
    assert not is_prose(lines_on(1, [(clause, clause), (clause, clause), (clause, clause)]))


def test_rows_behind_tabs_are_no_prose() -> None:
    assert is_prose([TextLine(text=SENTENCE, line=n) for n in range(1, 5)])
    row = "Jumlah laporan kas bulanan\tMenyusun laporan kas\tTim Umum"
    assert not is_prose([TextLine(text=row, line=n) for n in range(1, 5)])


def _boxed(grid: Grid, *, columns: int) -> Grid:
    """Give a grid its place, and only some of its columns, with the texts of its cells on its own page."""
    cells = tuple(
        cell.model_copy(
            update={
                "lines": tuple(
                    each.model_copy(update={"page": grid.page, "bbox": cell.ref.bbox}) for each in cell.lines
                )
            }
        )
        for cell in grid.cells
        if cell.column < columns
    )
    edges = grid.column_edges[: columns + 1]
    box = BBox(x0=0, top=0, x1=edges[-1], bottom=grid.row_edges[-1])
    changed = {"cells": cells, "column_count": columns, "column_edges": edges, "bbox": box}
    return grid.model_copy(update=changed)


def test_a_page_whose_table_is_as_the_plans_but_gave_no_row_is_an_error(resources: Resources) -> None:
    rows = [RowOf(["1. MANAJEMEN PERUBAHAN", "", "", "", ""]), action("1.", "Tim Kerja")]
    plan = _boxed(page_of(rows), columns=18)
    cut = [RowOf(["", "bentuk arsip", "usulan 10", "olah data", ""])] * 3
    lost = _boxed(page_of(cut, number=2, names=["", "ngkatnya", "ubah", "tuk", *[""] * 14]), columns=14)
    found = build_plan(extraction_of(plan, lost), resources)
    (told,) = [each for each in found.findings if each.code == "table-outside-plan"]
    assert (told.severity, told.raw, told.ref and told.ref.page) == ("error", "2", 2)


def test_a_table_of_other_columns_after_the_plan_is_not_a_lost_page(resources: Resources) -> None:
    rows = [RowOf(["1. MANAJEMEN PERUBAHAN", "", "", "", ""]), action("1.", "Tim Kerja")]
    names = ["No", "Nama", "Jabatan", "Kedudukan"]
    team = _boxed(page_of([RowOf(["1", "Kepala", "Ketua", "Tim", ""])] * 3, number=2, names=names), columns=4)
    found = build_plan(extraction_of(_boxed(page_of(rows), columns=18), team), resources)
    assert [each for each in found.findings if each.code == "table-outside-plan"] == []


def test_a_page_with_the_header_alone_lost_no_row(resources: Resources) -> None:
    rows = [RowOf(["1. MANAJEMEN PERUBAHAN", "", "", "", ""]), action("1.", "Tim Kerja")]
    grids = _boxed(page_of([]), columns=18), _boxed(page_of(rows, number=2), columns=18)
    found = build_plan(extraction_of(*grids), resources)
    assert [each for each in found.findings if each.code == "table-outside-plan"] == []
