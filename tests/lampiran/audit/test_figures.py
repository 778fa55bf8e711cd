"""What the figures of an audit count, cell by cell."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from lampiran.audit.catalogue import figure_entries, figure_title
from lampiran.audit.figures.figures import figures_of
from lampiran.audit.figures.grids import grids_of
from schema.audit import AuditCell, AuditRow, Figure
from tests.lampiran.audit.audits import audit, cell, marks, matched


def told(
    cells: Iterable[AuditCell], rows: Iterable[AuditRow] = (), *, tables: bool = False
) -> dict[tuple[str, str | None], Figure]:
    figures = figures_of(tuple(rows), tuple(cells), tables=tables)
    return {(figure.name, figure.column): figure for figure in figures}


def test_exactness_and_agreement_are_told_apart() -> None:
    found = told([
        cell(1, "action", "Menyusun rencana", "Menyusun rencana"),
        cell(2, "action", "Menyusun rencana", "menyusun rencana", verdict="normalised"),
        cell(3, "action", "Menyusun rencana", "Menyusun renana"),
        cell(3, "evidence", "Notula", "Notula"),
    ])  # fmt: skip
    assert found["cell-exactness", "action"].value == pytest.approx(1 / 3)
    assert found["cell-agreement", "action"].value == pytest.approx(2 / 3)
    assert found["cell-exactness", None].value == pytest.approx(2 / 4)
    assert found["cell-exactness", "evidence"].n == 1


def test_what_is_not_stated_or_unreadable_is_in_no_share_but_its_own() -> None:
    found = told([
        cell(1, "action", "Satu", "Satu"),
        cell(2, "action", "Dua", None, verdict="not-stated"),
        cell(3, "action", None, "Tiga", verdict="unreadable"),
        cell(4, "action", "", ""),
    ])  # fmt: skip
    assert (found["cell-exactness", None].value, found["cell-exactness", None].n) == (1.0, 1)
    assert (found["cer", None].value, found["cer", None].n) == (0.0, 4)
    assert (found["stated", None].value, found["stated", None].n) == (2 / 3, 3)
    assert (found["readable", None].value, found["readable", None].n) == (3 / 4, 4)


def test_a_missing_cell_is_wrong_as_a_whole_and_an_invented_one_on_top() -> None:
    found = told([
        cell(1, "action", "empat", "empat"),
        cell(2, "action", "lima enam", None),
        cell(3, "action", None, "tujuh dua"),
    ])  # fmt: skip
    assert found["cer", None].value == pytest.approx((9 + 9) / (5 + 9))
    assert found["wer", None].value == pytest.approx((2 + 2) / (1 + 2))
    assert found["cell-exactness", None].value == pytest.approx(1 / 3)


def test_a_line_break_is_a_space_to_character_errors() -> None:
    assert told([cell(1, "evidence", "- Notula\n- Foto", "- Notula - Foto")])["cer", None].value == 0


def test_a_moved_mark_is_one_lost_and_one_invented() -> None:
    found = told([*marks(1, (3, 6), (3, 7)), *marks(2, (1,), (1,))])
    assert (found["marks-recall", None].value, found["marks-recall", None].n) == (2 / 3, 3)
    assert (found["marks-precision", None].value, found["marks-precision", None].n) == (2 / 3, 3)
    assert (found["marks-f1", None].value, found["marks-f1", None].n) == (pytest.approx(2 / 3), 4)


def test_marks_that_nobody_states_are_not_lost() -> None:
    silent = [one.model_copy(update={"stated": None, "verdict": "not-stated"}) for one in marks(2, (5,), ())]
    found = told([*marks(1, (1,), (1,)), *silent])
    assert (found["marks-recall", None].value, found["marks-recall", None].n) == (1.0, 1)


def test_only_rows_that_are_one_to_one_are_found() -> None:
    rows = [
        matched(1),
        AuditRow(n=2, state="missing", action_ids=("b",)),
        AuditRow(n=3, state="fused", action_ids=("c", "d"), stated=(2,)),
        AuditRow(n=4, state="split", action_ids=("e",), stated=(3, 4)),
        AuditRow(n=5, state="invented", stated=(5,)),
    ]
    found = told([], rows)
    assert (found["row-recall", None].value, found["row-recall", None].n) == (1 / 5, 5)
    assert (found["row-precision", None].value, found["row-precision", None].n) == (1 / 5, 5)


def test_the_head_is_counted_by_itself() -> None:
    found = told([cell(None, "head.number", "8.1", "8.2"), cell(1, "action", "Satu", "Satu")])
    assert (found["head-exactness", None].value, found["head-exactness", None].n) == (0.0, 1)
    assert found["cell-exactness", None].value == 1.0


def test_every_figure_is_in_the_catalogue_in_its_order_and_columns_come_last() -> None:
    one = audit()
    figures = figures_of(one.rows, one.cells)
    together = [figure.name for figure in figures if figure.column is None]
    assert together == [code for code in figure_entries() if code != "sample-right"]
    assert [figure.column is None for figure in figures] == sorted(
        (figure.column is None for figure in figures), reverse=True
    )
    columns = {figure.name for figure in figures if figure.column}
    assert columns == {code for code, entry in figure_entries().items() if entry.per_column}
    assert figure_title("teds").en == "TEDS"
    assert figure_title("sample-right").id != "sample-right"
    assert figure_title("unknown-figure").id == "unknown-figure"


def test_equal_cells_give_equal_figures_and_each_value_lies_in_its_interval() -> None:
    one = audit()
    figures = figures_of(one.rows, one.cells)
    assert figures == figures_of(one.rows, one.cells)
    for figure in figures:
        if figure.low is not None and figure.high is not None and figure.value is not None:
            assert figure.low <= figure.value <= figure.high


def test_the_tables_of_both_sides() -> None:
    one = audit()
    paper, stated = grids_of(one.rows, one.cells)
    assert (paper.rows, stated.rows) == (2, 3)
    assert paper.columns == stated.columns == 14
    texts = {(grid_cell.row, grid_cell.column): grid_cell.text for grid_cell in stated.cells}
    assert texts[0, 1] == "=Notuka rapat"
    assert texts[2, 0] == "Menata gudang"
    assert (texts[0, 2], texts[0, 3]) == ("√", "")
    assert texts[1, 1] == "", "what is not stated is on neither side"


def test_adjacent_rows_of_one_component_share_its_cell() -> None:
    cells = [
        cell(n, field, text, text)
        for n, part in ((1, "Tim"), (2, "Tim"), (3, "Rencana"))
        for field, text in (("area", "AREA"), ("component", part), ("action", f"Langkah {n}"))
    ]
    paper, stated = grids_of([matched(n) for n in (1, 2, 3)], cells)
    assert paper == stated
    spans = {(one.row, one.column): one.row_span for one in paper.cells}
    assert (spans[0, 0], spans[0, 1], spans[2, 1], spans[0, 2]) == (3, 2, 1, 1)


def test_same_tables_are_wholly_alike_and_a_lost_row_is_not() -> None:
    cells = [cell(n, "action", f"Langkah {n}", f"Langkah {n}") for n in (1, 2, 3)]
    rows = [matched(n) for n in (1, 2, 3)]
    same = told(cells, rows, tables=True)
    assert [same[name, None].value for name in ("grits-con", "grits-top", "teds")] == [1.0, 1.0, 1.0]
    lost = [*cells[:2], cell(3, "action", "Langkah 3", None)]
    rows[2] = AuditRow(n=3, state="missing", action_ids=("x",))
    fewer = told(lost, rows, tables=True)
    assert fewer["grits-top", None].value == pytest.approx(2 * 2 / (3 + 2))
    assert fewer["teds", None].value == pytest.approx(1 - 2 / 6)
