"""The rule of joining, case by case: what is one table, what is not, and what is left to a person."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from reportlab.pdfgen.canvas import Canvas

from extract.reading import read_document
from normalize import Resources
from normalize.tables import build_tables
from samples.draw.ruled import RuledCell, RuledTable
from schema.ruled import TableSet

Build = Callable[[Sequence[RuledTable]], TableSet]
WIDTHS = (40.0, 170.0, 90.0, 70.0)
HEAD = ("No", "Barang", "Satuan", "Harga")
FULL = 40  # rows that nearly fill a page


def table(rows: Sequence[Sequence[str]], **settings: object) -> RuledTable:
    cells = tuple(RuledCell(r, c, text) for r, row in enumerate(rows) for c, text in enumerate(row))
    widths = settings.pop("columns", WIDTHS)
    return replace(RuledTable(widths, cells), **settings)  # type: ignore[arg-type]


def goods(first: int, count: int) -> list[list[str]]:
    return [[str(n), f"Barang {n}", "buah", f"{n}00"] for n in range(first, first + count)]


def plain(count: int, sign: str) -> list[list[str]]:
    return [[f"{sign}{n}", f"Barang {sign}", "buah", "baru"] for n in range(count)]


def codes(content: TableSet) -> list[str]:
    return [finding.code for finding in content.findings if finding.code != "repeated-head-dropped"]


def test_the_same_columns_and_no_text_between_join_probably(build: Build) -> None:
    content = build(
        [
            table(plain(FULL, "a"), head_rows=0),
            table(plain(5, "b"), head_rows=0, new_page=True),
        ]
    )
    assert len(content.tables) == 1
    assert [(j.reason, j.certainty) for j in content.tables[0].joins] == [("columns", "probable")]
    assert codes(content) == ["table-join-probable"]


def test_room_for_more_rows_on_the_page_before_leaves_them_apart_in_doubt(build: Build) -> None:
    content = build([table(plain(5, "a"), head_rows=0), table(plain(5, "b"), head_rows=0, new_page=True)])
    assert len(content.tables) == 2
    assert codes(content) == ["table-join-doubtful"]
    assert "much room" in content.findings[0].message.en
    assert content.findings[0].field == "table-02"


def test_two_columns_alone_are_too_little(build: Build) -> None:
    rows = [[f"a{n}", f"b{n}"] for n in range(FULL)]
    content = build(
        [
            table(rows, columns=(100.0, 200.0), head_rows=0),
            table(rows[::-1][:5], columns=(100.0, 200.0), head_rows=0, new_page=True),
        ]
    )
    assert len(content.tables) == 2
    assert codes(content) == ["table-join-doubtful"]


def test_a_head_of_other_names_begins_another_table(build: Build) -> None:
    other = ("Nama", "Jabatan", "Unit", "Masuk")
    content = build(
        [
            table([HEAD, *goods(1, FULL)]),
            table([other, *plain(5, "b")], new_page=True),
        ]
    )
    assert len(content.tables) == 2
    assert codes(content) == []


def test_other_columns_are_another_table(build: Build) -> None:
    content = build(
        [
            table(plain(FULL, "a"), head_rows=0),
            table(plain(5, "b"), columns=(40.0, 150.0, 110.0, 70.0), head_rows=0, new_page=True),
        ]
    )
    assert len(content.tables) == 2
    assert codes(content) == []


def test_the_same_head_over_columns_of_other_widths_goes_on_where_the_numbering_does(build: Build) -> None:
    content = build(
        [
            table([HEAD, *goods(1, FULL)]),
            table([HEAD, *goods(FULL + 1, 5)], columns=(40.0, 170.0, 90.0, 80.0), new_page=True),
        ]
    )
    (found,) = content.tables
    assert (found.row_count, found.column_count) == (1 + FULL + 5, 4)
    assert [(j.reason, j.certainty) for j in found.joins] == [("repeated-head", "probable")]
    assert codes(content) == ["table-join-probable"]
    assert "its head is printed again" in content.findings[0].message.en


def test_the_same_head_over_columns_of_other_widths_is_in_doubt_without_numbers(build: Build) -> None:
    content = build(
        [
            table([HEAD, *plain(FULL, "a")]),
            table([HEAD, *plain(5, "b")], columns=(40.0, 170.0, 90.0, 80.0), new_page=True),
        ]
    )
    assert len(content.tables) == 2
    assert codes(content) == ["table-join-doubtful"]
    assert "other widths" in content.findings[0].message.en


def test_a_table_that_lacks_an_outer_column_on_the_next_page_is_in_doubt(build: Build) -> None:
    content = build(
        [
            table(plain(FULL, "a"), head_rows=0),
            table([row[:3] for row in plain(5, "b")], columns=WIDTHS[:3], head_rows=0, new_page=True),
        ]
    )
    assert len(content.tables) == 2
    assert codes(content) == ["table-join-doubtful"]
    assert "same places" in content.findings[0].message.en


def test_a_caption_between_leaves_tables_of_one_form_apart_in_doubt(build: Build) -> None:
    content = build(
        [
            table([HEAD, *goods(1, 40)], title="Tabel 1. Kecamatan Timur"),
            table([HEAD, *goods(1, 5)], title="Tabel 2. Kecamatan Barat", new_page=True),
        ]
    )
    assert len(content.tables) == 2
    assert codes(content) == ["table-join-doubtful"]
    assert "text stands between" in content.findings[0].message.en


def test_captions_that_differ_in_their_number_alone_are_captions(build: Build) -> None:
    content = build(
        [
            table([HEAD, *goods(1, 40)], title="Tabel 1"),
            table([HEAD, *goods(1, 5)], title="Tabel 2", new_page=True),
        ]
    )
    assert len(content.tables) == 2


def test_a_running_head_is_no_text_between(build: Build) -> None:
    content = build(
        [
            table([HEAD, *goods(1, 40)], title="LAMPIRAN KEPUTUSAN"),
            table([HEAD, *goods(41, 5)], title="LAMPIRAN KEPUTUSAN", new_page=True),
        ]
    )
    assert len(content.tables) == 1
    assert codes(content) == ["table-joined"]


def test_numbers_that_begin_again_below_a_repeated_head_are_in_doubt(build: Build) -> None:
    content = build([table([HEAD, *goods(1, FULL)]), table([HEAD, *goods(1, 5)], new_page=True)])
    assert len(content.tables) == 2
    assert codes(content) == ["table-join-doubtful"]
    assert "numbering" in content.findings[0].message.en


def test_the_same_head_lower_on_the_same_page_is_in_doubt(build: Build) -> None:
    content = build([table([HEAD, *goods(1, 5)]), table([HEAD, *goods(6, 5)])])
    assert len(content.tables) == 2
    assert codes(content) == ["table-join-doubtful"]


@pytest.mark.parametrize("count", [3, 4])
def test_a_head_of_which_only_the_column_numbers_are_printed_again(build: Build, count: int) -> None:
    def narrow(rows: Sequence[Sequence[str]], **settings: object) -> RuledTable:
        return table([row[:count] for row in rows], columns=WIDTHS[:count], bold_head=False, **settings)

    counted = ("1", "2", "3", "4")[:count]
    first = narrow([HEAD, counted, *goods(1, FULL)])
    content = build([first, narrow([counted, *goods(FULL + 1, 5)], new_page=True)])
    (found,) = content.tables
    assert [finding.code for finding in content.findings] == ["table-joined", "repeated-head-dropped"]
    assert [(join.reason, join.certainty) for join in found.joins] == [("repeated-head", "certain")]
    assert (found.head_rows, found.row_count) == (2, 2 + FULL + 5)
    assert [cell.text for cell in found.parts[1].repeated_head] == [*counted]


def test_a_head_of_which_only_the_last_row_is_printed_again(build: Build) -> None:
    lower = ("", "", "Jenis", "Rupiah")
    first = table([HEAD, lower, *goods(1, FULL)], head_rows=2)
    content = build([first, table([lower, *goods(FULL + 1, 5)], new_page=True)])
    (found,) = content.tables
    assert (found.head_rows, found.row_count) == (2, 2 + FULL + 5)


def test_a_counted_row_of_three_figures_is_no_row_of_column_numbers(build: Build) -> None:
    def counts(first: int) -> list[list[str]]:
        return [[str(n), str(n + 1), str(n + 2)] for n in range(first, first + FULL)]

    drawn = [table([("No", "Masuk", "Keluar"), *counts(1)], columns=WIDTHS[:3], bold_head=False)]
    drawn += [table(counts(1), columns=WIDTHS[:3], bold_head=False, new_page=True)]
    content = build(drawn)
    assert sum(found.row_count for found in content.tables) == 1 + 2 * FULL
    assert codes(content) == ["table-join-doubtful"]


def test_other_column_numbers_than_those_of_the_head_are_a_row(build: Build) -> None:
    first = table([HEAD, ("1", "2", "3", "4"), *goods(1, FULL)], bold_head=False)
    content = build(
        [first, table([("2", "3", "4", "5"), *goods(FULL + 1, 5)], bold_head=False, new_page=True)]
    )
    assert sum(found.row_count for found in content.tables) == 2 + FULL + 6


def test_a_row_without_its_number_is_perhaps_cut_and_stays_a_row(build: Build) -> None:
    rest = [["", "lanjutan uraian barang", "", ""], *goods(FULL + 1, 3)]
    content = build([table([HEAD, *goods(1, FULL)]), table([HEAD, *rest], new_page=True)])
    (found,) = content.tables
    assert found.row_count == 1 + FULL + 4
    assert codes(content) == ["table-joined", "table-row-perhaps-cut"]
    cut = [cell for cell in found.cells if cell.needs_review]
    assert [cell.row for cell in cut] == [FULL + 1]


def test_a_row_whose_text_goes_on_in_mid_sentence_is_one_row(build: Build) -> None:
    long = "Amplop besar berwarna cokelat untuk berkas-berkas"
    rest = [["", "pertanggungjawaban-keuangan kantor", "", ""], *goods(FULL, 3)]
    first = [HEAD, *goods(1, FULL - 2), [str(FULL - 1), long, "buah", "75"]]
    content = build([table(first), table([HEAD, *rest], new_page=True)])
    assert codes(content) == ["table-joined", "table-row-joined"]
    (found,) = content.tables
    whole = next(cell for cell in found.cells if cell.row == FULL - 1 and cell.column == 1)
    assert " ".join(whole.text.split()) == f"{long} {rest[0][1]}"
    assert found.row_count == FULL + 3
    assert [(part.first_row, part.row_count) for part in found.parts] == [(0, FULL), (FULL, 3)]


LONG, REST = "Amplop besar berwarna cokelat untuk berkas-berkas", "Pertanggungjawaban-Keuangan Kantor"


def sparse(first: int, count: int) -> list[list[str]]:
    return [
        [str(n // 10) if n % 10 == 0 else "", *row[1:]] for n, row in enumerate(goods(first, count), first)
    ]


@pytest.mark.parametrize(
    ("row", "asks"),
    [
        (["", REST, "", ""], True),
        (["", REST, "buah", "80"], False),  # whole
        (["", "Meja", "", ""], False),  # there was room for it on the page before
        (["4", REST, "", ""], False),  # a number below none
    ],
)
def test_a_row_that_lacks_what_all_others_have_is_perhaps_cut(
    build: Build, row: list[str], *, asks: bool
) -> None:
    first = table([HEAD, *sparse(1, FULL - 2), ["", LONG, "buah", "75"]])
    content = build([first, table([HEAD, row, *sparse(FULL + 1, 3)], new_page=True)])
    assert codes(content) == ["table-joined", *["table-row-perhaps-cut"] * asks]
    assert [cell.column for cell in content.tables[0].cells if cell.needs_review] == [1] * asks


def test_a_rest_in_a_first_column_of_texts_is_perhaps_cut(build: Build) -> None:
    def named(rows: Sequence[Sequence[str]], **settings: object) -> RuledTable:
        return table([row[1:] for row in rows], columns=WIDTHS[1:], **settings)

    first = named([HEAD, *goods(1, FULL - 2), ["", LONG, "buah", "75"]])
    content = build([first, named([HEAD, ["", REST, "", ""], *goods(FULL, 3)], new_page=True)])
    assert codes(content) == ["table-joined", "table-row-perhaps-cut"]


def test_a_row_below_an_open_sentence_is_perhaps_cut(build: Build) -> None:
    first = table([HEAD, *sparse(1, FULL - 2), ["", f"{LONG} serta", "buah", "75"]])
    rest = ["", "Keuangan-Pertanggungjawaban", "dan rim", "80"]
    content = build([first, table([HEAD, rest, *sparse(FULL + 1, 3)], new_page=True)])
    assert codes(content) == ["table-joined", "table-row-perhaps-cut"]


@pytest.mark.parametrize(
    ("above", "below", "asks"),
    [
        ("Barang.", ["Meja", "buah", "7"], False),
        (LONG, [REST, "", ""], True),
        (LONG, ["Meja", "set", "7"], False),
    ],
)
def test_under_a_merged_cell_that_goes_on_a_row_is_cut_only_if_its_texts_go_on(
    build: Build, above: str, below: list[str], *, asks: bool
) -> None:
    def merged(rows: Sequence[Sequence[str]], at: int, label: str) -> RuledTable:
        drawn = table(rows)
        cells = [cell for cell in drawn.cells if cell.column > 0 or cell.row not in (at, at + 1)]
        return replace(drawn, cells=(*cells, RuledCell(at, 0, label, row_span=2)))

    first = merged(
        [HEAD, *goods(1, FULL - 3), ["", "Meja", "set", "9"], ["", above, "buah", "75"]], FULL - 2, "9"
    )
    then = merged([HEAD, ["", *below], ["", "Kursi", "set", "8"], *goods(FULL, 3)], 1, "")
    content = build([first, replace(then, new_page=True)])
    assert [code for code in codes(content) if "cut" in code] == ["table-row-perhaps-cut"] * asks


def test_a_rest_below_rows_that_are_printed_again_is_perhaps_cut(build: Build) -> None:
    section = ["A", "Alat tulis", "", ""]
    first = table([HEAD, section, *goods(1, FULL - 1)])
    rest = ["", "lanjutan uraian", "", ""]
    content = build([first, table([HEAD, section, rest, *goods(FULL, 3)], new_page=True)])
    assert codes(content) == ["table-joined", "repeated-row-kept", "table-row-perhaps-cut"]


def test_all_rows_down_to_the_column_numbers_are_head(build: Build) -> None:
    head = [("", "Rencana", "", "Hasil"), HEAD, ("1", "2", "3", "4")]
    first = table([*head, *goods(1, FULL - 2)], bold_head=False)
    content = build([first, table([*head, *goods(FULL - 1, 3)], bold_head=False, new_page=True)])
    assert [finding.code for finding in content.findings] == ["table-joined", *["repeated-head-dropped"] * 3]
    assert content.tables[0].head_rows == 3


def test_a_row_of_data_that_equals_the_first_one_is_kept(build: Build) -> None:
    first = ["-", "Barang", "buah", "baru"]
    content = build(
        [
            table([HEAD, first, *plain(FULL - 1, "a")]),
            table([HEAD, first, *plain(3, "b")], new_page=True),
        ]
    )
    (found,) = content.tables
    assert found.row_count == 1 + FULL + 4
    assert codes(content) == ["table-joined", "repeated-row-kept"]


def test_a_table_without_a_head_drops_no_row_that_is_printed_twice(build: Build) -> None:
    first = ["Senin", "08.00", "Apel", "Halaman"]
    content = build(
        [
            table([first, *plain(FULL - 1, "a")], head_rows=0),
            table([first, *plain(3, "b")], head_rows=0, new_page=True),
        ]
    )
    assert sum(table.row_count for table in content.tables) == FULL + 4


def test_rows_without_rulings_between_them_are_reported(build: Build) -> None:
    rows = [HEAD, ["A\nB\nC", "Kertas\nPulpen\nMap", "rim\nbuah\nbuah", "baru\nlama\nbaru"]]
    content = build([table(rows)])
    assert codes(content) == ["rows-not-ruled"]
    assert content.findings[0].value == "3"


def test_rows_of_figures_without_rulings_between_them_are_parted(build: Build) -> None:
    rows = [HEAD, ["1\n2\n3", "Kertas\nPulpen\nMap", "rim\nbuah\nbuah", "50\n20\n10"]]
    content = build([table(rows)])
    assert codes(content) == ["cells-parted"]
    assert [cell.text for cell in content.tables[0].cells][4:8] == ["1", "Kertas", "rim", "50"]


def test_text_that_is_broken_into_as_many_lines_is_not(build: Build) -> None:
    prose = "Menyusun laporan\nhasil pemeriksaan\nsetiap bulan"
    content = build([table([["Kiri", "Kanan"], [prose, prose]], columns=(150.0, 150.0))])
    assert codes(content) == []


def test_a_ruled_head_of_each_page_does_not_come_between(build: Build) -> None:
    control = [["LOGO", "STANDAR HARGA", "No. Dok. 12"]]
    head = table(control, columns=(60.0, 200.0, 90.0), head_rows=0, new_page=True)
    content = build(
        [
            replace(head, new_page=False),
            table([HEAD, *goods(1, 30)]),
            head,
            table([HEAD, *goods(31, 5)]),
        ]
    )
    assert [table.pages for table in content.tables] == [(1,), (1, 2), (2,)]
    assert codes(content) == ["table-joined"]


def test_a_table_inside_a_cell_is_left_apart_and_reported(resources: Resources, tmp_path: Path) -> None:
    canvas = Canvas(str(tmp_path / "framed.pdf"), pagesize=(595, 842), invariant=1)
    for page in range(2):
        canvas.rect(30, 30, 535, 782)
        canvas.line(30, 780, 565, 780)
        canvas.drawString(40, 790, "INSTANSI")
        for n in range(4):
            for x, text in ((60, str(page * 4 + n + 1)), (160, f"uraian {n}"), (260, "buah")):
                canvas.rect(x, 700 - 20 * n, 100, 20)
                canvas.drawString(x + 4, 706 - 20 * n, text)
        canvas.showPage()
    canvas.save()
    content = build_tables(read_document(tmp_path / "framed.pdf", every_table=True), resources)
    inner = [table for table in content.tables if table.inside is not None]
    assert [(table.pages, table.column_count) for table in inner] == [((1,), 3), ((2,), 3)]
    doubts = [f for f in content.findings if f.code == "table-join-doubtful"]
    assert [f.field for f in doubts if "cells of other tables" in f.message.en] == [inner[1].id]
