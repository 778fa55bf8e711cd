"""The office benchmark's truth is what its document prints, and its score counts what is lost, wrong and silent."""

import time
from dataclasses import replace
from typing import Any

import pytest

from benchmarks.accuracy.office_score import ReadRow, Told, score
from benchmarks.drawing.office.docx import docx
from benchmarks.drawing.office.drawn import drawing
from benchmarks.drawing.office.flat_odt import flat_odt
from benchmarks.drawing.office.html import html
from benchmarks.drawing.office.model import Cell, Line, Table
from benchmarks.drawing.office.xlsx import xlsx

SEEDS = range(1, 100)
FIELDS = ["component", "action"]


def wanted(action: str, months: tuple[int, ...] = ()) -> dict[str, Any]:
    return {"component": "Standar Pelayanan", "action": action, "months": months, "quarters": ()}


def read(action: str, months: tuple[int, ...] = (), *, asks: bool = False, page: int = 1) -> ReadRow:
    texts = {"component": "Standar Pelayanan", "action": action}
    return ReadRow(texts, months, (), known=True, pages=(page,), asks=asks)


TRUTH = {"fields": FIELDS, "rows": [wanted("Menyusun maklumat", (3, 6)), wanted("Mengukur kepuasan", (12,))]}
ROWS = [read("Menyusun maklumat", (3, 6)), read("Mengukur kepuasan", (12,))]


def test_a_seed_gives_the_same_document() -> None:
    assert drawing(7) == drawing(7)
    assert drawing(7) != drawing(8)


@pytest.mark.parametrize("seed", SEEDS)
def test_every_text_of_the_truth_stands_in_the_document(seed: int) -> None:
    made = drawing(seed)
    tables = [block for block in made.document.blocks if isinstance(block, Table)]
    printed = [cell.text for table in tables for _, _, cell in table.placed()]
    assert {row.action for row in made.rows} <= set(printed)
    texts = "\n".join([*printed, *(getattr(block, "text", "") for block in made.document.blocks)])
    assert all(
        getattr(row, name) in texts for row in made.rows for name in made.fields if name != "component_no"
    )


@pytest.mark.parametrize("seed", SEEDS)
def test_every_place_of_a_table_has_one_cell(seed: int) -> None:
    tables = [block for block in drawing(seed).document.blocks if isinstance(block, Table)]
    for table in tables:
        owners = table.owners()
        assert all(left >= 0 for row in owners for _, left, _ in row)
        area = sum(cell.rows * cell.columns for _, _, cell in table.placed())
        assert area == len(table.rows) * len(table.widths)


def test_a_merged_cell_covers_its_places() -> None:
    table = Table((10, 10), ((Cell("a", rows=2), Cell("b")), (Cell("c"),)), head=0, line=Line())
    assert [(y, x, cell.text) for y, x, cell in table.placed()] == [(0, 0, "a"), (0, 1, "b"), (1, 1, "c")]
    assert [[cell.text for _, _, cell in row] for row in table.owners()] == [["a", "b"], ["a", "c"]]


@pytest.mark.parametrize("write", [flat_odt, docx, html, xlsx])
def test_each_writer_gives_the_same_file_for_the_same_document(
    write: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    document = drawing(3).document
    first = write(document)
    later = time.time() + 100_000
    monkeypatch.setattr(time, "time", lambda: later)
    assert write(document) == first
    assert len(first) > 1000


def test_rows_read_as_drawn_are_whole() -> None:
    found = score(TRUTH, ROWS, [])
    assert (found.found, found.whole, found.schedule_exact, found.extra) == (2, 2, 2, 0)
    assert not found.silent


def test_case_and_ends_of_lines_are_no_difference() -> None:
    assert score(TRUTH, [read("MENYUSUN\nmaklumat", (3, 6)), ROWS[1]], []).whole == 2


def test_a_wrong_month_is_silent_unless_its_row_asks() -> None:
    wrong = read("Menyusun maklumat", (3,))
    assert len(score(TRUTH, [wrong, ROWS[1]], []).silent) == 1
    told = score(TRUTH, [replace(wrong, asks=True), ROWS[1]], [])
    assert not told.silent
    assert (told.schedule_exact, told.asking, told.asking_whole) == (1, 1, 0)


def test_an_unknown_schedule_is_not_exact() -> None:
    assert score(TRUTH, [replace(ROWS[0], known=False), ROWS[1]], []).schedule_exact == 1


def test_an_error_on_its_page_tells_of_a_wrong_row() -> None:
    wrong = read("Menyusun maklumat", (3,), page=4)
    error = Told("page-not-read", "error", 4, "")
    assert not score(TRUTH, [wrong, ROWS[1]], [error]).silent
    assert len(score(TRUTH, [wrong, ROWS[1]], [replace(error, page=5)]).silent) == 1
    assert len(score(TRUTH, [wrong, ROWS[1]], [replace(error, severity="review")]).silent) == 1


def test_a_missing_row_is_silent_unless_a_finding_quotes_it_or_its_page_failed() -> None:
    pages = ["Menyusun maklumat", "Mengukur kepuasan"]
    assert len(score(TRUTH, ROWS[:1], [], pages).silent) == 1
    quoted = Told("text-unplaced", "review", 2, "12 Mengukur kepuasan")
    assert not score(TRUTH, ROWS[:1], [quoted], pages).silent
    assert not score(TRUTH, ROWS[:1], [Told("page-not-read", "error", 2, "")], pages).silent
    assert len(score(TRUTH, ROWS[:1], [Told("page-not-read", "error", 1, "")], pages).silent) == 1


def test_an_extra_row_is_silent_unless_it_asks() -> None:
    extra = read("Halaman 2 dari 9")
    assert len(score(TRUTH, [*ROWS, extra], []).silent) == 1
    found = score(TRUTH, [*ROWS, replace(extra, asks=True)], [])
    assert (found.extra, found.silent) == (1, [])


def test_rows_that_say_the_same_are_told_apart_by_their_order() -> None:
    truth = {"fields": FIELDS, "rows": [wanted("Rapat", (1,)), wanted("Rapat", (2,))]}
    assert score(truth, [read("Rapat", (1,)), read("Rapat", (2,))], []).whole == 2
