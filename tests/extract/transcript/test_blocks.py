"""Tables of a transcription become inexact grids, cell by cell as written; everything else stays loose text."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.transcript.blocks import RawLine, RawTable, split_blocks
from extract.types import Extraction, Grid

Read = Callable[[str | bytes], Extraction]


def texts(grid: Grid) -> list[list[str]]:
    return [[cell.text for cell in row] for row in grid.rows()]


def test_tabs_part_cells_and_every_cell_knows_its_line_and_place(read: Read) -> None:
    grid = read("judul\n\na\tb\t\td\n\te\t\t\n").grids[0]
    assert texts(grid) == [["a", "b", "", "d"], ["", "e", "", ""]]
    assert [(c.ref.line, c.ref.cell) for c in grid.rows()[1]] == [(4, 1), (4, 2), (4, 3), (4, 4)]
    assert (grid.line, grid.row_count, grid.column_count, grid.exact) == (3, 2, 4, False)


def test_a_quoted_cell_goes_on_over_several_lines(read: Read) -> None:
    extraction = read('a\tb\tc\t"satu\ndua ""tiga"""\ne\tf\tg\th\n')
    grid = extraction.grids[0]
    assert texts(grid) == [["a", "b", "c", 'satu\ndua "tiga"'], ["e", "f", "g", "h"]]
    assert [row[0].ref.line for row in grid.rows()] == [1, 3]


def test_a_word_in_quotes_beside_a_quoted_cell_stays_a_word(read: Read) -> None:
    grid = read('"satu" x\tb\tc\t"dua\ntiga"\te\n').grids[0]
    assert texts(grid) == [['"satu" x', "b", "c", "dua\ntiga", "e"]]


def test_a_quote_that_never_closes_is_an_ordinary_letter(read: Read) -> None:
    assert texts(read('a\tb\tc\t"d\ne\tf\tg\th\n').grids[0]) == [["a", "b", "c", '"d'], ["e", "f", "g", "h"]]


def test_markdown_parts_cells_at_pipes_that_are_not_escaped(read: Read) -> None:
    text = "| a | b\\|c | d<br>e | f |\n|---|:--:|---|---|\n| 1 |  | 3 | 4 |\n"
    grid = read(text).grids[0]
    assert texts(grid) == [["a", "b|c", "d\ne", "f"], ["1", "", "3", "4"]]
    assert [row[0].ref.line for row in grid.rows()] == [1, 3]


def test_markdown_without_outer_pipes_is_read_too(read: Read) -> None:
    assert texts(read("a | b | c | d\n--|--|--|--\n1 | 2 | 3 | 4\n").grids[0]) == [list("abcd"), list("1234")]


def test_a_few_tabs_make_no_table(read: Read) -> None:
    extraction = read("NOMOR\t: 8.1\nTAHUN\t: 2025\n")
    assert extraction.grids == ()
    assert [line.text for line in extraction.lines] == ["NOMOR\t: 8.1", "TAHUN\t: 2025"]


def test_text_between_tables_keeps_its_order_and_lines(read: Read) -> None:
    extraction = read("awal\n\na\tb\tc\td\n\ntengah\n\ne\tf\tg\th\n\nakhir\n")
    assert [(line.line, line.text) for line in extraction.lines if line.text] == [
        (1, "awal"),
        (5, "tengah"),
        (9, "akhir"),
    ]
    assert [grid.line for grid in extraction.grids] == [3, 7]


def test_a_line_right_below_a_row_is_a_row_of_one_cell(read: Read) -> None:
    grid = read("a\tb\tc\td\ntanpa tab\ne\tf\tg\th\n").grids[0]
    assert texts(grid) == [list("abcd"), ["tanpa tab"], list("efgh")]


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_every_line_ending_ends_a_line(ending: str, read: Read) -> None:
    grid = read(f"a\tb\tc\td{ending}e\tf\tg\th{ending}").grids[0]
    assert texts(grid) == [list("abcd"), list("efgh")]


@given(
    st.lists(
        st.lists(st.text("abc √.,", max_size=4), min_size=4, max_size=8).map("\t".join),
        min_size=1,
        max_size=6,
    )
)
def test_no_cell_of_a_table_is_lost_or_moved(lines: list[str]) -> None:
    blocks = list(split_blocks("\n".join(lines)))
    assert [type(block) for block in blocks] == [RawTable]
    rows = blocks[0].rows if isinstance(blocks[0], RawTable) else ()
    assert ["\t".join(cell.text for cell in row.cells) for row in rows] == lines


@given(st.text("ab \t|\n", max_size=60))
def test_every_line_lands_in_exactly_one_block(text: str) -> None:
    seen: list[int] = []
    for block in split_blocks(text):
        seen += [block.line] if isinstance(block, RawLine) else [row.line for row in block.rows]
    assert seen == sorted(set(seen))
    assert set(seen) <= set(range(1, len(text.splitlines()) + 1))
