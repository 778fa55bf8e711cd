"""Text of cells and of lines outside grids: spaces, order, turned text, odd glyphs."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from extract.grid.chars import Char, Chars
from extract.pdf import lines
from extract.pdf.glyphs import printed_text
from extract.pdf.page_text import _with_tracking
from extract.types import TextLine

XS, YS = (50, 150, 250, 350), (40, 90, 140)


def char(text: str, x0: float, *, y: float = 50.0, width: float = 5.0, size: float = 10.0) -> Char:
    known = not text.startswith("(cid:")
    return Char(text, x0, y - 8, x0 + width, y + 2, x0, y, size, 0, bold=False, known=known)


def lines_of(chars: list[Char], page: int, *, parted: bool = False) -> tuple[TextLine, ...]:
    return lines.lines_of(Chars.of(chars), page, cut_at_gaps=parted)


def word(text: str, x0: float, **places: float) -> list[Char]:
    return [char(letter, x0 + 5 * index, **places) for index, letter in enumerate(text)]


def test_trailing_spaces_and_line_breaks_of_a_cell_are_kept(draw: Any, read: Any) -> None:
    def paint(sheet: Any) -> None:
        sheet.grid(XS, YS)
        sheet.text(55, 50, "Rencana kerja ")
        sheet.text(55, 60, "perundang-")
        sheet.text(55, 70, "undangan")

    (grid,) = read(draw(paint)).grids
    assert grid.cells[0].text == "Rencana kerja \nperundang-\nundangan"
    assert [line.text for line in grid.cells[0].lines] == grid.cells[0].text.split("\n")
    assert grid.cells[0].lines[0].bbox.top < grid.cells[0].lines[1].bbox.top


def test_a_cell_of_spaces_alone_is_empty(draw: Any, read: Any) -> None:
    def paint(sheet: Any) -> None:
        sheet.grid(XS, YS)
        sheet.text(55, 50, "  ")

    (grid,) = read(draw(paint)).grids
    assert (grid.cells[0].text, grid.cells[0].lines, grid.cells[0].ink) == ("", (), 0.0)


def test_two_columns_of_cells_do_not_mix_their_lines(draw: Any, read: Any) -> None:
    def paint(sheet: Any) -> None:
        sheet.grid(XS, YS)
        for y, left, right in ((50, "kiri satu", "kanan satu"), (60, "kiri dua", "kanan dua")):
            sheet.text(55, y, left)
            sheet.text(155, y, right)

    (grid,) = read(draw(paint)).grids
    assert [cell.text for cell in grid.cells[:2]] == ["kiri satu\nkiri dua", "kanan satu\nkanan dua"]


def test_text_that_runs_over_a_ruling_stays_whole_and_is_doubted(draw: Any, read: Any) -> None:
    def paint(sheet: Any) -> None:
        sheet.grid(XS, YS)
        sheet.text(100, 50, "pengendalian gratifikasi")

    (grid,) = read(draw(paint)).grids
    assert [cell.text for cell in grid.cells[:2]] == ["pengendalian gratifikasi", ""]
    assert grid.cells[0].confidence == 0.5


def test_text_that_runs_over_a_ruling_is_reported_at_the_cell_that_holds_it(draw: Any, read: Any) -> None:
    def paint(sheet: Any) -> None:
        sheet.grid(XS, YS)
        sheet.text(100, 50, "pengendalian gratifikasi")
        sheet.text(255, 50, "di dalam")

    extraction = read(draw(paint))
    (finding,) = extraction.findings
    assert (finding.code, finding.raw) == ("text-crosses-ruling", "pengendalian gratifikasi")
    assert finding.severity == "warning"
    assert finding.ref == extraction.grids[0].cells[0].ref


@pytest.mark.parametrize(("degrees", "x", "y"), [(90, 100, 80), (270, 95, 45)])
def test_turned_text_is_read_in_its_own_direction(
    draw: Any, read: Any, degrees: float, x: float, y: float
) -> None:
    def paint(sheet: Any) -> None:
        sheet.grid(XS, YS)
        sign = 1 if degrees == 90 else -1
        sheet.turned(x, y, "baris ", degrees)
        sheet.turned(x + sign * 10, y, "dua", degrees)
        sheet.text(155, 60, "tegak")

    (grid,) = read(draw(paint)).grids
    assert [cell.text for cell in grid.cells[:2]] == ["baris \ndua", "tegak"]


def test_a_hanging_label_and_its_text_come_as_pieces_from_left_to_right(draw: Any, read: Any) -> None:
    def paint(sheet: Any) -> None:
        sheet.text(50, 50, "Menimbang")
        sheet.text(110, 50, ": ")
        sheet.text(125, 50, "a.")
        sheet.text(145, 50, "bahwa dalam rangka")
        sheet.text(145, 60, "pembangunan zona integritas")

    extraction = read(draw(paint))
    assert [line.text for line in extraction.lines] == [
        "Menimbang",
        ":",
        "a.",
        "bahwa dalam rangka",
        "pembangunan zona integritas",
    ]
    assert [line.bbox.x0 for line in extraction.lines[:4]] == pytest.approx([50, 110, 125, 145], abs=0.1)


def test_a_line_is_cut_at_wide_gaps_even_if_spaces_fill_them() -> None:
    chars = [*word("kiri ", 10), *word("    ", 35), *word("kanan ", 60)]
    pieces = lines_of(chars, 1, parted=True)
    assert [(line.text, line.bbox.x0, line.bbox.x1) for line in pieces] == [
        ("kiri", 10, 30),
        ("kanan ", 60, 90),
    ]
    assert [line.text for line in lines_of(chars, 1)] == ["kiri kanan "]


def test_the_gaps_of_justified_text_do_not_cut_it() -> None:
    chars = [*word("rata", 10), *word("kanan", 44), *word("kiri", 82)]
    (line,) = lines_of(chars, 1, parted=True)
    assert line.text == "rata kanan kiri"


def test_lines_above_and_below_a_grid_come_in_reading_order(draw: Any, read: Any) -> None:
    def paint(sheet: Any) -> None:
        sheet.text(180, 290, "- 2 -")
        sheet.grid(XS, YS)
        sheet.text(50, 20, "LAMPIRAN", font="Helvetica-Bold")
        sheet.text(55, 50, "dalam sel")

    extraction = read(draw(paint))
    assert [(line.text, line.bold) for line in extraction.lines] == [("LAMPIRAN", True), ("- 2 -", False)]


def test_signs_outside_the_visible_page_are_not_read(draw: Any, read: Any) -> None:
    def paint(sheet: Any) -> None:
        sheet.text(50, 50, "terlihat")
        sheet.text(50, 400, "di bawah tepi halaman")

    assert [line.text for line in read(draw(paint)).lines] == ["terlihat"]


def test_gaps_become_spaces_where_the_text_layer_has_none() -> None:
    chars = word("zona", 10) + word("kerja", 33)
    assert [line.text for line in lines_of(chars, 1)] == ["zona kerja"]


def test_a_gap_that_is_seen_is_a_space_in_a_line_with_spaces_of_its_own_too() -> None:
    chars = word("a b", 10) + word("c", 28) + word("d", 34)
    assert [line.text for line in lines_of(chars, 1)] == ["a b cd"]


def test_a_space_character_without_room_is_none() -> None:
    chars = [*word("ru", 10), char(" ", 20, width=2.5), *word("mah", 20.2)]
    assert [line.text for line in lines_of(chars, 1)] == ["rumah"]


def test_letters_that_are_set_apart_by_spaces_are_a_word() -> None:
    assert [line.text for line in lines_of(word("U R A I A N", 10), 1)] == ["URAIAN"]
    assert [line.text for line in lines_of(word("huruf a b", 10), 1)] == ["huruf a b"]


@pytest.mark.parametrize("text", ["246", "3+1", "5-7", "vvv"])
def test_figures_signs_and_marks_that_stand_evenly_apart_are_no_word(text: str) -> None:
    spread = [char(sign, 10 + 8 * n) for n, sign in enumerate(text)]
    assert [line.text for line in lines_of(spread, 1)] == [" ".join(text)]


@pytest.mark.parametrize(("text", "read"), [("2468", "2 4 6 8"), ("aksi", "aksi"), ("aksi2025", "aksi2025")])
def test_a_row_of_figures_apart_is_not_taken_for_a_spread_word(text: str, read: str) -> None:
    spread = Chars.of([char(sign, 10 + 8 * n) for n, sign in enumerate(text)])
    tracked = _with_tracking(spread)
    found = lines.lines_by_cell(tracked, np.zeros(len(tracked), dtype=np.int64), 1, 1)
    assert [line.text for line in found[0]] == [read]


def test_a_word_of_evenly_spread_letters_is_one_word_two_words_are_two() -> None:
    spread = [char("r", 10), char("i", 18), char("m", 26)]
    assert [line.text for line in lines_of(spread, 1)] == ["rim"]
    assert [line.text for line in lines_of([*word("ya", 10), *word("tidak", 23)], 1)] == ["ya tidak"]


def test_right_to_left_words_are_in_the_order_in_which_they_are_read() -> None:
    assert [line.text for line in lines_of(word("הנש חול", 10), 1)] == ["לוח שנה"]


def test_a_glyph_printed_twice_for_weight_is_one() -> None:
    chars = word("tebal", 10) + word("tebal", 10.4)
    assert [line.text for line in lines_of(chars, 1)] == ["tebal"]


def test_a_doubled_letter_stays_doubled() -> None:
    assert [line.text for line in lines_of(word("massal", 10), 1)] == ["massal"]


def test_a_raised_sign_stays_in_its_line() -> None:
    chars = [*word("m", 10), char("2", 15, y=46.5, width=3, size=6.0), *word("luas", 25)]
    assert [line.text for line in lines_of(chars, 1)] == ["m² luas"]


@pytest.mark.parametrize(
    ("text", "font", "expected"),
    [
        ("\uf0fc", "ABCDEF+Wingdings-Regular", ("✔", True)),
        ("\uf0d6", "SymbolMT", ("√", True)),
        ("\uf0aa", "Unknown", ("\uf0aa", False)),
        ("ü", "Wingdings", ("✔", True)),
        ("ü", "Times", ("ü", True)),
        ("P", "ABCDEF+Wingdings2", ("✓", True)),
        ("k", "Wingdings", ("k", False)),
        ("Ö", "Symbol", ("√", True)),
        ("5", "SymbolMT", ("5", True)),
        ("(cid:12)", "Any", ("(cid:12)", False)),
        ("\ufb01", "Any", ("fi", True)),
        ("\u00a0", "Any", (" ", True)),
        ("√", "Any", ("√", True)),
    ],
)
def test_glyphs_are_spelled_as_they_are_seen(text: str, font: str, expected: tuple[str, bool]) -> None:
    assert printed_text(text, font) == expected


def test_a_tick_of_a_font_of_signs_is_a_tick_not_the_digit_of_its_code(draw: Any, read: Any) -> None:
    def paint(sheet: Any) -> None:
        sheet.grid(XS, YS)
        sheet.text(55, 50, "3")
        sheet.text(155, 50, "\u2713", font="ZapfDingbats")

    (grid,) = read(draw(paint)).grids
    assert [(cell.text, cell.confidence) for cell in grid.cells[:2]] == [("3", 1.0), ("✓", 1.0)]


def test_glyphs_without_unicode_keep_their_placeholder() -> None:
    chars = [char("a", 10), char("(cid:7)", 15)]
    assert [line.text for line in lines_of(chars, 1)] == ["a(cid:7)"]
