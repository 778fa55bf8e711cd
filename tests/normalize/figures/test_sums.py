"""Sums that a table prints are found and checked; where no sum is clear nothing is said."""

from __future__ import annotations

from collections.abc import Sequence

from normalize.figures import Seen, checked_sums
from normalize.figures.sums import Sums
from schema.geometry import BBox
from schema.provenance import Reader, SourceRef

ROWS = (
    ("A", "20.000", "30.000", "50.000"),
    ("B", "30.000", "40.000", "70.000"),
    ("C", "55.000", "65.000", "120.000"),
    ("D", "70.000", "80.000", "150.000"),
)


def checked(rows: Sequence[Sequence[str]], reader: Reader = "ocr") -> Sums:
    def cell(row: int, column: int, text: str) -> Seen:
        box = BBox(x0=100.0 * column, top=20.0 * row, x1=100.0 * column + 100, bottom=20.0 * row + 20)
        return Seen(text, SourceRef(sha256="0" * 64, page=1, bbox=box, reader=reader))

    cells = [{c: cell(r, c, text) for c, text in enumerate(row)} for r, row in enumerate(rows)]
    return checked_sums(cells, [row[0].upper() == "JUMLAH" for row in rows])


def misfits(found: Sums) -> list[tuple[str, int]]:
    return [(misfit.total.text, int(misfit.value)) for misfit in found.misfits]


def test_a_row_whose_sum_does_not_fit_is_told_and_the_others_are_borne_out() -> None:
    found = checked([*ROWS, ("E", "60.000", "70.000", "180.000")])
    assert misfits(found) == [("180.000", 130000)]
    assert {cell.text for cell in found.confirmed} >= {"20.000", "30.000", "50.000"}
    assert "180.000" not in {cell.text for cell in found.confirmed}


def test_columns_that_do_not_add_up_are_no_sums() -> None:
    rows = [(name, a, b, "9.999") for name, a, b, _ in ROWS]
    found = checked(rows)
    assert (misfits(found), found.confirmed) == ([], [])


def test_a_dash_and_an_empty_cell_are_nothing() -> None:
    found = checked([*ROWS, ("E", "60.000", "-", "60.000"), ("F", "", "5.000", "5.000")])
    assert misfits(found) == []


def test_a_row_of_sums_is_checked_where_it_fits_in_some_column() -> None:
    found = checked([*ROWS, ("JUMLAH", "175.000", "215.000", "390.000")])
    assert misfits(found) == []
    wrong = checked([*ROWS, ("JUMLAH", "175.000", "275.000", "390.000")])
    assert ("275.000", 215000) in misfits(wrong)


def test_subtotals_add_up_to_the_last_row() -> None:
    column = [("a", "1.000"), ("b", "2.000"), ("JUMLAH", "3.000"), ("c", "4.000"), ("d", "5.000")]
    found = checked([*column, ("JUMLAH", "9.000"), ("JUMLAH", "12.000")])
    assert misfits(found) == []


def test_the_only_sum_of_a_recognised_table_asks_and_that_of_a_digital_one_is_left() -> None:
    rows = [("a", "1.000"), ("b", "2.000"), ("c", "3.000"), ("d", "4.000"), ("JUMLAH", "18.000")]
    assert misfits(checked(rows)) == [("18.000", 10000)]
    assert misfits(checked(rows, "pdf-text")) == []
