"""Scores of copies count what is lost, wrong and silent, and excuse what foreign ink covers and a question tells of."""

from typing import Any

from benchmarks.accuracy.amount_score import score as amount_score
from benchmarks.accuracy.copy_score import refused, score
from benchmarks.accuracy.office_score import ReadRow, Told
from benchmarks.drawing.copying.drawn import CopyTruth
from schema.geometry import BBox
from schema.ruled import RuledCell, RuledTable, TableSet

FIELDS = ("component", "action")


def wanted(action: str, months: tuple[int, ...]) -> dict[str, Any]:
    return {"component": "Maklumat Pelayanan", "action": action, "months": months, "quarters": ()}


def read(action: str, months: tuple[int, ...], *, asks: bool = False, page: int = 1) -> ReadRow:
    texts = {"component": "Maklumat Pelayanan", "action": action}
    return ReadRow(texts, months, (), known=True, pages=(page,), asks=asks)


TRUTH = CopyTruth(
    fields=FIELDS,
    rows=(wanted("Menyusun maklumat", (3, 6)), wanted("Mengukur kepuasan warga", (12,))),
    pages=(frozenset({1}), frozenset({2})),
)
ROWS = [read("Menyusun maklumat", (3, 6)), read("Mengukur kepuasan warga", (12,), page=2)]


def test_a_plan_as_printed_has_no_fault() -> None:
    found = score(TRUTH, ROWS, [], 2)
    assert (found.found, found.silent, found.asking, found.letters_wrong, found.pages_lost) == (2, 0, 0, 0, 0)


def test_a_wrong_schedule_is_silent_or_asks() -> None:
    silent = score(TRUTH, [read("Menyusun maklumat", (3,)), ROWS[1]], [], 2)
    asked = score(TRUTH, [read("Menyusun maklumat", (3,), asks=True), ROWS[1]], [], 2)
    assert (silent.schedules_silent, silent.schedules_asked, silent.silent) == (1, 0, 1)
    assert (asked.schedules_silent, asked.schedules_asked, asked.silent) == (0, 1, 0)


def test_an_error_on_its_page_tells_of_a_wrong_row() -> None:
    error = [Told("page-unreadable", "error", 1, "")]
    assert score(TRUTH, [read("Menyusun maklumat", (3,)), ROWS[1]], error, 2).silent == 0


def test_a_page_without_rows_is_lost_unless_an_error_names_it() -> None:
    assert score(TRUTH, ROWS[:1], [], 2).pages_lost == 1
    assert score(TRUTH, ROWS[:1], [], 2).silent == 1
    told = score(TRUTH, ROWS[:1], [Told("page-unreadable", "error", 2, "")], 2)
    assert (told.pages_lost, told.silent, told.found) == (0, 0, 1)


def test_an_invented_row_is_silent_where_it_does_not_ask() -> None:
    found = score(TRUTH, [*ROWS, read("Sama sekali lain", ())], [], 2)
    assert (found.invented, found.silent) == (1, 1)


def test_a_row_under_ink_that_asks_is_excused_and_no_burden() -> None:
    inked = CopyTruth(TRUTH.fields, TRUTH.rows, TRUTH.pages, frozenset({0}))
    rows = [read("Mny maklumat", (3,), asks=True), ROWS[1]]
    found = score(inked, rows, [], 2)
    assert (found.schedules_asked, found.letters_wrong, found.asking, found.open_rows, found.silent) == (
        0,
        0,
        0,
        1,
        0,
    )
    assert score(inked, [read("Mny maklumat", (3,)), ROWS[1]], [], 2).silent == 1


def test_letters_of_texts_are_counted_but_for_case_and_spaces() -> None:
    found = score(TRUTH, [read("MENYUSUN  maklumal", (3, 6)), ROWS[1]], [], 2)
    assert found.letters_wrong == 1


def test_a_word_that_print_cuts_may_be_read_in_two() -> None:
    cut = CopyTruth(FIELDS, TRUTH.rows, TRUTH.pages, breaks=({"action": (12,)}, {}))
    assert score(cut, [read("Menyusun mak lumat", (3, 6)), ROWS[1]], [], 2).letters_wrong == 0
    assert score(cut, ROWS, [], 2).letters_wrong == 0
    assert score(cut, [read("Menyu sun maklumat", (3, 6)), ROWS[1]], [], 2).letters_wrong == 1


def test_a_refusal_tells_of_all_rows() -> None:
    found = refused(TRUTH, 2, "no table")
    assert (found.rows, found.found, found.refused, found.silent) == (2, 0, 1, 0)


# ------------------------------------------------------------------------------------------- amounts

BOX = BBox(x0=0, top=0, x1=1, bottom=1)
TARIFFS = [
    {"action": "Sewa aula", "cells": [["numeral", "1."], ["text", "Sewa aula"], ["amount", "1.250.000"], ["amount", "75.000"]]},
    {"action": "Uji air", "cells": [["numeral", "2."], ["text", "Uji air"], ["amount", "40.000"], ["amount", "5.000"]]},
]  # fmt: skip


def table(*rows: tuple[str, ...], asking: tuple[int, int] | None = None) -> TableSet:
    cells = tuple(
        RuledCell(row=y, column=x, text=text, page=1, bbox=BOX, reader="ocr", needs_review=(y, x) == asking)
        for y, row in enumerate(rows)
        for x, text in enumerate(row)
    )
    made = RuledTable(id="table-01", pages=(1,), row_count=len(rows), column_count=4, parts=(), cells=cells)
    return TableSet.unchecked(source=None, tables=(made,), findings=())


HEAD, FIRST, SECOND = (
    ("No", "Uraian", "Tarif", "Denda"),
    ("1", "Sewa aula", "1.250.000", "75.000"),
    ("2.", "Uji air", "40.000", "5.000"),
)


def amounts(*rows: tuple[str, ...], asking: tuple[int, int] | None = None) -> Any:
    return amount_score(TARIFFS, [[1], [1]], set(), table(*rows, asking=asking))


def test_amounts_as_printed_are_right() -> None:
    found = amounts(HEAD, FIRST, SECOND)
    assert found.values == {"amount": 4, "numeral": 2}
    assert not found.wrong


def test_another_mark_of_thousands_is_wrong_but_no_other_value() -> None:
    found = amounts(HEAD, ("1", "Sewa aula", "1,250.000", "75.000"), SECOND)
    assert (found.wrong_silent["amount"], found.other_value["amount"]) == (1, 0)


def test_a_wrong_amount_whose_cell_asks_is_told() -> None:
    wrong = ("1", "Sewa aula", "1.250.008", "75.000")
    assert amounts(HEAD, wrong, SECOND).other_value["amount"] == 1
    asked = amounts(HEAD, wrong, SECOND, asking=(1, 2))
    assert (asked.wrong_silent["amount"], asked.wrong_asked["amount"]) == (0, 1)


def test_an_amount_without_cell_or_text_is_lost() -> None:
    assert amounts(HEAD, FIRST).lost_silent["amount"] == 2
    assert amounts(HEAD, ("1", "Sewa aula", "", "75.000"), SECOND).lost_silent["amount"] == 1
