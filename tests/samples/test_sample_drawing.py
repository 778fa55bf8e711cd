"""The drawing is deterministic, equals the committed PDFs, and shows what the truth says."""

import io
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import numpy as np
import pdfplumber
import pytest
from pdfplumber.page import Page

from samples.draw.__main__ import draw
from samples.draw.compare import differences
from samples.draw.facsimile import facsimile
from samples.draw.forms import FORMS, Form
from samples.draw.layout import areas_of, page_boxes, pages
from samples.draw.sign import PLAIN, SIGNED, problems, sign
from samples.draw.text import REGULAR, pieces, register_fonts, width_of, wrap
from samples.draw.truth import Truth, load

SAMPLES = Path(__file__).resolve().parents[2] / "samples"
BATANG, CONTOH = FORMS


def truth_of(form: Form) -> Truth:
    return load(SAMPLES / f"{form.sample}.truth.json")


def committed(form: Form) -> bytes:
    return (SAMPLES / f"{form.sample}.pdf").read_bytes()


def annex(form: Form) -> Iterator[Page]:
    with pdfplumber.open(io.BytesIO(committed(form))) as document:
        yield from (page for page in document.pages if page.width > page.height)


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.sample)
def test_two_drawings_are_byte_equal(form: Form) -> None:
    assert draw(form) == draw(form)


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.sample)
def test_the_committed_file_is_what_is_drawn(form: Form) -> None:
    assert differences(committed(form), draw(form)) == []


def test_a_changed_text_is_seen_as_a_difference() -> None:
    truth = truth_of(CONTOH)
    head = truth.head.model_copy(update={"place": "Tempat"})
    found = differences(committed(CONTOH), facsimile(CONTOH, truth.model_copy(update={"head": head})))
    assert {"page 2: text differ", "page 2: pixels differ"} <= set(found)


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.sample)
def test_paper_is_portrait_for_the_body_and_landscape_for_the_annex(form: Form) -> None:
    with pdfplumber.open(io.BytesIO(committed(form))) as document:
        sizes = [(round(float(page.width), 1), round(float(page.height), 1)) for page in document.pages]
    leaves = len(pages(truth_of(form)))
    wide, high = (round(side, 1) for side in form.landscape)
    assert sizes == [(high, wide)] * (len(sizes) - leaves) + [(wide, high)] * leaves


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.sample)
def test_cells_cover_each_grid_once(form: Form) -> None:
    started: frozenset[int] = frozenset()
    for rows in pages(truth_of(form)):
        boxes = page_boxes(form, rows, started)
        started |= areas_of(rows)
        places = [
            (row, column)
            for box in boxes
            for row in range(box.row, box.row + box.row_span)
            for column in range(box.column, box.column + box.column_span)
        ]
        height = max(row for row, _ in places) + 1
        assert len(places) == len(set(places)) == height * len(form.columns)


@pytest.mark.parametrize(("form", "columns"), [(BATANG, 19), (CONTOH, 18)])
def test_each_annex_page_is_one_table(form: Form, columns: int) -> None:
    for page in annex(form):
        tables = page.extract_tables()
        assert [len(row) for table in tables for row in table] == [columns] * len(tables[0])


def test_rulings_are_strokes_in_one_decree_and_thin_rectangles_in_the_other() -> None:
    assert all(page.lines and not page.rects for page in annex(BATANG))
    assert all(page.rects and not page.lines for page in annex(CONTOH))


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.sample)
def test_marks_stand_in_the_month_columns_only(form: Form) -> None:
    drawn = [[cell or "" for cell in row] for page in annex(form) for row in page.extract_tables()[0]]
    marks = sum(row.count(form.mark) for row in drawn)
    inside = sum(row[form.first_month : form.first_month + 12].count(form.mark) for row in drawn)
    assert marks == inside == sum(len(row.months) for row in truth_of(form).actions)


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.sample)
def test_each_letter_lies_inside_one_cell(form: Form) -> None:
    for page in annex(form):
        table = page.find_tables()[0]
        boxes = np.array(table.cells)
        letters = [char for char in page.crop(table.bbox).chars if char["text"] != " "]
        found = np.array([(char["x0"], char["top"], char["x1"], char["bottom"]) for char in letters])
        after = (found[:, None, :2] >= boxes[None, :, :2]).all(axis=2)
        before = (found[:, None, 2:] <= boxes[None, :, 2:]).all(axis=2)
        assert np.any(after & before, axis=1).all()


def test_words_are_broken_after_slash_and_hyphen() -> None:
    cells = [cell for page in annex(BATANG) for row in page.extract_tables()[0] for cell in row if cell]
    for broken in ("e-\nPPID", "perundang-\nundangan", "monitoring/\nevaluasi"):
        assert any(broken in cell for cell in cells), broken


def test_a_line_broken_at_a_space_keeps_it_in_the_first_decree_only() -> None:
    assert wrap("satu dua", REGULAR, 10, width_after("satu dua"), trailing_space=True) == ["satu ", "dua"]
    assert wrap("satu dua", REGULAR, 10, width_after("satu dua")) == ["satu", "dua"]
    assert BATANG.keeps_trailing_space
    assert not CONTOH.keeps_trailing_space


def width_after(text: str) -> float:
    register_fonts()
    return width_of(text, REGULAR, 10) - 1


def test_wrapping_loses_nothing() -> None:
    register_fonts()
    for row in truth_of(BATANG).actions:
        assert "".join(pieces(row.action)) == row.action
        lines = wrap(row.action, REGULAR, 8, 120, trailing_space=True)
        assert "".join(lines) == row.action


def test_a_word_wider_than_its_column_is_refused() -> None:
    register_fonts()
    with pytest.raises(ValueError, match="does not fit"):
        wrap("diimplementasikan", REGULAR, 10, 20)


def test_a_newline_in_a_text_can_be_seen_in_print() -> None:
    register_fonts()
    width = CONTOH.columns[CONTOH.first_month - 1] - 6
    for row in truth_of(CONTOH).actions:
        lines = row.evidence.split("\n")
        for before, after in pairwise(lines):
            last = wrap(before, REGULAR, CONTOH.size, width)[-1]
            room = width_of(f"{last} {after.split()[0]}", REGULAR, CONTOH.size) <= width
            assert room or after.startswith(("- ", "1)", "2)", "3)"))


def test_the_signed_copy_is_sound() -> None:
    assert problems(PLAIN.read_bytes(), SIGNED.read_bytes()) == []


def test_a_spoilt_signed_copy_is_told() -> None:
    plain, signed = PLAIN.read_bytes(), bytearray(SIGNED.read_bytes())
    assert problems(plain + b"%", bytes(signed)) == ["the signed copy does not start with the plain one"]
    assert problems(plain, plain) == ["0 signatures instead of one"]
    at = signed.find(b"/Author")
    signed[at + 10] ^= 1
    assert len(problems(bytes(signed[: len(plain)]), bytes(signed))) == 1


def test_signing_appends_and_leaves_no_key() -> None:
    plain = PLAIN.read_bytes()
    signed = sign(plain)
    assert problems(plain, signed) == []
    assert b"PRIVATE KEY" not in signed
