"""Heads of any width, repeated and misread, give the same form, and never become rows."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from extract.transcript import read_transcript
from extract.types import Grid
from normalize import Resources
from normalize.form import Form, HeaderSplit, split_headers
from normalize.vocabulary import is_numbers_row
from schema.provenance import Source

TEXTS = ["component", "indicator", "action", "evidence"]


def grid_of(*rows: list[str]) -> Grid:
    data = ("\n".join("\t".join(row) for row in rows) + "\n").encode()
    source = Source(
        name="t", sha256=hashlib.sha256(data).hexdigest(), media_type="text/plain", size=len(data)
    )
    return read_transcript(Path("t"), data, source).grids[0]


def head(width: int = 19, name: str = "PELAKSANAAN (BULAN)") -> list[list[str]]:
    """Return a head of 18, 19 or 20 cells: one or two for the component, and one more at the right or not."""
    lead = ["NO", "KOMPONEN", *([""] if width > 18 else []), "INDIKATOR", "LANGKAH AKSI", "BUKTI/EVIDEN"]
    more = [""] * (width == 20)
    return [
        [*lead, name, *[""] * 11, "PENANGGUNG JAWAB", *more],
        [*[""] * len(lead), *map(str, range(1, 13)), "", *more],
        ["1", "2", *([""] if width > 18 else []), *map(str, range(3, 19)), *more],
    ]


ROW = ["", "i.", "Tim Kerja", "Tim dibentuk", "Menyusun keputusan", "Keputusan", "√", *[""] * 11, "TIM"]


@pytest.fixture(scope="module")
def split(resources: Resources) -> Callable[[Grid], tuple[HeaderSplit, ...]]:
    return lambda grid: split_headers(grid, resources.form)


def roles(form: Form | None) -> list[str]:
    assert form is not None
    return list(dict.fromkeys(column.role for column in form.columns))


@pytest.mark.parametrize("width", [18, 19, 20])
def test_a_head_of_any_width_names_the_same_columns(width: int, split: Any) -> None:
    (stretch,) = split(grid_of(*head(width), ROW))
    assert roles(stretch.form) == ["area_no", *TEXTS, "time", "responsible"]
    assert [c.period for c in stretch.form.periods] == list(range(1, 13))
    assert (len(stretch.header), len(stretch.numbers), len(stretch.body)) == (2, 1, 1)
    assert stretch.form.is_plan


def test_a_repeated_head_begins_a_new_stretch(split: Any) -> None:
    stretches = split(grid_of(*head(18), ROW, *head(20), ROW, ROW))
    assert [len(stretch.body) for stretch in stretches] == [1, 2]
    assert stretches[0].form is not None
    assert roles(stretches[0].form) == roles(stretches[1].form)


@pytest.mark.parametrize(
    ("printed", "misread"),
    [("LANGKAH AKSI", "LANGKAH AKSl"), ("INDIKATOR", "lNDlKATOR"), ("PENANGGUNG JAWAB", "PENANGGUN G JAWAB"),
     ("KOMPONEN", "KOMP0NEN"), ("BUKTI/EVIDEN", "BUKTI / EVlDEN"), ("LANGKAH AKSI", "Langkah\xa0Aksi")],
)  # fmt: skip
def test_a_misread_head_is_known_by_likeness(printed: str, misread: str, split: Any) -> None:
    noisy = [[cell.replace(printed, misread) for cell in row] for row in head()]
    (stretch,) = split(grid_of(*noisy, ROW))
    assert roles(stretch.form) == ["area_no", *TEXTS, "time", "responsible"]


def test_rows_before_the_first_head_have_no_form(split: Any) -> None:
    stretches = split(grid_of(ROW, *head(), ROW))
    assert [stretch.form is None for stretch in stretches] == [True, False]


def test_quarters_are_no_months(split: Any) -> None:
    rows = [
        ["INDIKATOR", "LANGKAH AKSI", "BUKTI", "TRIWULAN", "", "", "", "PIC"],
        ["", "", "", "I", "II", "III", "IV", ""],
        ["Tim dibentuk", "Menyusun keputusan", "Keputusan", "√", "", "", "", "TIM"],
    ]
    (stretch,) = split(grid_of(*rows))
    assert stretch.form.period_type == "quarter"
    assert [c.period for c in stretch.form.periods] == [1, 2, 3, 4]


@pytest.mark.parametrize(
    "names",
    [
        "Jan Feb Mar Apr Mei Jun Jul Ags Sep Okt Nov Des".split(),
        "JANUARI FEBRUARI MARET APRIL MEI JUNI JULI AGUSTUS SEPTEMBER OKTOBER NOVEMBER DESEMBER".split(),
        "I II III IV V VI VII VIII IX X XI XII".split(),
        [f"B{month:02}" for month in range(1, 13)],
    ],
)
def test_months_have_many_names(names: list[str], split: Any) -> None:
    rows = head()
    rows[1][6:18] = names
    (stretch,) = split(grid_of(*rows, ROW))
    assert stretch.form.period_type == "month"
    assert [c.period for c in stretch.form.periods] == list(range(1, 13))
    assert len(stretch.body) == 1


@pytest.mark.parametrize("name", ["BUKTI FISIK", "DATA DUKUNG", "DAKUNG", "EVIDEN", "OUTPUT", "Dokumen"])
def test_the_evidence_goes_by_many_names(name: str, resources: Resources) -> None:
    assert resources.form.role_of(name)[0] == "evidence"


@pytest.mark.parametrize(
    ("text", "role"),
    [("RENCANA AKSI", "action"), ("PIC", "responsible"), ("POKJA", "responsible"), ("JADWAL", "time"),
     ("AREA PERUBAHAN", "area"), ("KETERANGAN", "extra"), ("", "unknown"), ("Rapat evaluasi", "unknown"),
     ("PENANGGUNG JAWAB KEGIATAN DAN PELAPORAN", "responsible")],
)  # fmt: skip
def test_a_column_is_known_by_its_name(text: str, role: str, resources: Resources) -> None:
    assert resources.form.role_of(text)[0] == role


@pytest.mark.parametrize(
    ("cells", "numbers"),
    [
        ([str(n) for n in range(1, 19)], True),
        ([f"({n})" for n in range(1, 19)], True),
        (["1", "2", "", *[str(n) for n in range(3, 19)], ""], True),
        (["1", "2", "4", "5", "6", "7", "8", "9"], True),
        (["1", "2", "3"], False),
        (["4", "8", "12", "3"], False),
        (["1", "2", "tiga", "4", "5"], False),
        ([""] * 18, False),
    ],
)
def test_a_row_of_column_numbers_rises_by_one(cells: list[str], numbers: bool) -> None:
    assert is_numbers_row(cells) == numbers


@pytest.mark.parametrize(
    ("cells", "numbers"),
    [
        ("I 2 3 4 5 6 1 8 3 10 11 12 I3 14 15 16 17 18", True),
        ("1 2 3 4 - 6 7 8", True),
        ("Laporan 2 3 4 5 6 7 8", False),
        ("3 6 9 12 3 6 9 12", False),
    ],
)
def test_a_recognised_row_of_column_numbers_may_be_misread_in_part(cells: str, numbers: bool) -> None:
    texts = ["" if text == "-" else text for text in cells.split()]
    assert is_numbers_row(texts, recognised=True) == numbers


def exact(draw: Any, *rows: tuple[Any, ...]) -> Grid:
    grid: Grid = draw.grid(*rows).grids[0]
    return grid


BODY = ("", "i. Tim Kerja", "Tim dibentuk", "Menyusun keputusan", "Keputusan", "√", "", "", "", "TIM")
TOP = (
    "NO",
    "KOMPONEN",
    "INDIKATOR",
    "LANGKAH AKSI",
    "BUKTI",
    ("WAKTU", {"column_span": 4}),
    None,
    None,
    None,
    "PIC",
)
QUARTERS = ("I", "II", "III", "IV")


def deep(row: tuple[Any, ...], rows: int) -> tuple[Any, ...]:
    """Let the cells of a head's first row that stand over one column reach down."""
    return tuple((cell, {"row_span": rows}) if isinstance(cell, str) else cell for cell in row)


@pytest.mark.parametrize("levels", [1, 2, 3, 4])
def test_a_head_of_any_depth_is_read(levels: int, split: Any, draw: Any) -> None:
    below = [tuple([None] * 5 + [f"TW {n}" for n in QUARTERS] + [None])]
    groups = [
        (*[None] * 5, (name, {"column_span": 4}), None, None, None, None) for name in ("JADWAL", "TRIWULAN")
    ]
    single = (*TOP[:5], *(f"TW {n}" for n in QUARTERS), "PIC")
    head = [single] if levels == 1 else [deep(TOP, levels), *groups[: levels - 2], *below]
    (stretch,) = split(exact(draw, *head, BODY))
    assert (len(stretch.header), len(stretch.body), stretch.form.levels) == (levels, 1, levels)
    assert [(c.period_type, c.period) for c in stretch.form.periods] == [("quarter", n) for n in (1, 2, 3, 4)]
    assert stretch.form.is_plan


def test_names_of_groups_above_the_names_of_columns_give_way(split: Any, draw: Any) -> None:
    groups = (("NO", {"row_span": 2}), ("PENILAIAN", {"column_span": 2}), None, ("URAIAN", {"column_span": 2}), None, ("KURUN", {"column_span": 4}), None, None, None, ("PIC", {"row_span": 2}))  # fmt: skip
    names = (None, "KOMPONEN", "INDIKATOR", "LANGKAH AKSI", "BUKTI", *(f"TW {n}" for n in QUARTERS), None)
    (stretch,) = split(exact(draw, groups, names, BODY))
    assert [c.role for c in stretch.form.columns] == ["area_no", *TEXTS, *["time"] * 4, "responsible"]
    assert (len(stretch.header), len(stretch.body)) == (2, 1)


def test_targets_by_quarter_are_no_schedule(split: Any, draw: Any) -> None:
    targets = (
        *deep(TOP, 2)[:5],
        ("TARGET", {"column_span": 4}),
        None,
        None,
        None,
        ("BULAN", {"row_span": 2}),
    )
    names = (*[None] * 5, *(f"TW {n}" for n in QUARTERS), None)
    (stretch,) = split(exact(draw, targets, names, (*BODY[:9], "Maret")))
    assert [c.role for c in stretch.form.columns][5:] == ["extra"] * 4 + ["time"]
    assert stretch.form.periods == ()
    assert stretch.form.schedule == "text"


def test_a_space_that_was_lost_before_a_numeral_is_put_back_by_its_neighbours(split: Any, draw: Any) -> None:
    names = ("TWI", "TW II", "TW III", "TW IV")
    grid = exact(draw, (*TOP[:5], *names, "PIC"), BODY)
    cells = tuple(
        c.model_copy(update={"ref": c.ref.model_copy(update={"reader": "ocr"})}) for c in grid.cells
    )
    (stretch,) = split(grid.model_copy(update={"cells": cells}))
    assert [c.name for c in stretch.form.periods] == ["TW I", "TW II", "TW III", "TW IV"]


LEAD = ["NO", "KOMPONEN", "INDIKATOR", "LANGKAH AKSI", "BUKTI/EVIDEN"]
BODY = ["", "i. Tim Kerja", "Tim dibentuk", "Menyusun keputusan", "Keputusan"]


@pytest.mark.parametrize(
    ("rows", "body"),
    [
        (
            [
                [*LEAD, "BULAN", *[""] * 11, "TIM"],
                [*[""] * 5, *"JFMAMJJASOND", ""],
            ],
            [*BODY, "√", *[""] * 11, "TIM SATU"],
        ),
        (
            [[*LEAD, "JADWAL", "", "TIM"], [*[""] * 5, "Semester I", "Semester II", ""]],
            [*BODY, "√", "", "TIM SATU"],
        ),
        (
            [
                ["NO", "KOMPONEN", "", "INDIKATOR", "LANGKAH AKSI", "EVIDEN", "WAKTU", *[""] * 11],
                ["", "NO", "URAIAN", "", "", "", *"Jan Feb Mar Apr Mei Jun Jul Agu Sep Okt Nov Des".split()],
            ],
            ["", "i.", "Tim Kerja", *BODY[2:], "√", *[""] * 11],
        ),
        (
            [[*LEAD, "TARGET", "", "WAKTU"], [*[""] * 5, "VOLUME", "SATUAN", ""]],
            [*BODY, "1", "Dokumen", "Maret"],
        ),
        (
            [
                ["NO", "PENILAIAN", "", "RENCANA", "", "WAKTU", "", "PENANGGUNG JAWAB"],
                ["", "KOMPONEN", "INDIKATOR", "LANGKAH AKSI", "BUKTI/EVIDEN", "JADWAL", "", ""],
                [*[""] * 5, "Semester I", "Semester II", ""],
            ],
            [*BODY, "√", "", "TIM SATU"],
        ),
    ],
    ids=["initials", "semesters", "months beside parts", "parts of a free column", "names above"],
)
def test_a_transcribed_head_without_spans_is_a_head_as_a_whole(
    split: Callable[[Grid], tuple[HeaderSplit, ...]], rows: list[list[str]], body: list[str]
) -> None:
    parts = split(grid_of(*rows, body, body))
    assert [len(part.header) for part in parts] == [len(rows)]
    assert len(parts[0].body) == 2


def test_a_first_row_that_says_something_is_no_part_of_the_head(
    split: Callable[[Grid], tuple[HeaderSplit, ...]],
) -> None:
    (only,) = split(grid_of(*head(), [*ROW[:6], "", *ROW[7:]], ROW))
    assert len(only.body) == 2
    below = [*[""] * 5, "Dokumen", "Maret"]
    (only,) = split(grid_of([*LEAD, "TARGET", "WAKTU"], below, [*BODY, "1", "Maret"]))
    assert (len(only.header), len(only.body)) == (1, 2)
    first, second = split(grid_of(ROW, *head(), ROW))
    assert first.form is None
    assert (len(first.body), len(second.body)) == (1, 1)


MONTHS = (
    "Jan",
    "Fe\nb",
    "M\nar",
    "A\npr",
    "M\nei",
    "J\nun",
    "J\nul",
    "A\ngs",
    "S\nep",
    "O\nkt",
    "N\nov",
    "D\nes",
)
FIGURES = (*map(str, range(1, 10)), "1\n0", "1\n1", "1\n2")
FULL = ("JANU\nARI", "FEBR\nUARI", "MA\nRET", "APRIL", "MEI", "JUNI", "JULI", "AGUS\nTUS", "SEPT\nEMBE\nR", "OKTO-\nBER", "NOVEM\nBER", "DESE\nMBER")  # fmt: skip
ROMAN = ("I", "II", "II\nI", "IV", "V", "VI", "VI\nI", "VI\nII", "IX", "X", "XI", "XI\nI")


@pytest.mark.parametrize("labels", [MONTHS, FIGURES, FULL, ROMAN], ids=["short", "figures", "full", "roman"])
def test_labels_that_wrap_in_their_narrow_cell_are_one_label(
    labels: tuple[str, ...], split: Any, draw: Any
) -> None:
    top = (*deep(TOP[:5], 2), ("BULAN", {"column_span": 12}), *[None] * 11, ("PIC", {"row_span": 2}))
    numbers = tuple(str(n) if n < 10 else f"{n // 10}\n{n % 10}" for n in range(1, 19))
    body = (*BODY[:5], "√", *[""] * 11, "TIM")
    (stretch,) = split(exact(draw, top, (*[None] * 5, *labels, None), numbers, body))
    assert [(c.period_type, c.period) for c in stretch.form.periods] == [("month", n) for n in range(1, 13)]
    assert all("\n" not in column.head[-1] for column in stretch.form.periods)
    assert [len(part) for part in (stretch.header, stretch.numbers, stretch.body)] == [2, 1, 1]


@pytest.mark.parametrize(
    ("labels", "periods"),
    [
        (("Tr\nw I", "Tr\nw II", "Tr\nw\nIII", "Trw\nIV"), [1, 2, 3, 4]),
        (("TRI\nWU\nLAN I", "TRI\nWU\nLAN II"), [1, 2]),
    ],
)
def test_wrapped_names_of_quarters_are_read(
    labels: tuple[str, ...], periods: list[int], split: Any, draw: Any
) -> None:
    top = (
        *deep(TOP[:5], 2),
        ("WAKTU", {"column_span": len(labels)}),
        *[None] * (len(labels) - 1),
        ("PIC", {"row_span": 2}),
    )
    body = (*BODY[:5], "√", *[""] * (len(labels) - 1), "TIM")
    (stretch,) = split(exact(draw, top, (*[None] * 5, *labels, None), body))
    assert [(c.period_type, c.period) for c in stretch.form.periods] == [("quarter", n) for n in periods]


def test_two_labels_in_one_cell_are_not_taken_for_a_wrapped_one(split: Any, draw: Any) -> None:
    top = (*deep(TOP[:5], 2), ("TRIWULAN", {"column_span": 2}), None, ("PIC", {"row_span": 2}))
    (stretch,) = split(exact(draw, top, (*[None] * 5, "I\nII", "III\nIV", None), (*BODY[:5], "√", "", "TIM")))
    assert stretch.form.periods == ()


def test_a_row_of_data_that_begins_with_names_of_columns_is_no_head(split: Any, draw: Any) -> None:
    head = ("NO", "UNSUR", "RENCANA AKSI", "WAKTU", "PENANGGUNG JAWAB")
    row = ("1", "Waktu Penyelesaian", "Kegiatan sosialisasi kode etik", "Maret", "Tim Pelayanan")
    (stretch,) = split(exact(draw, head, row, row))
    assert len(stretch.body) == 2


def test_a_number_with_a_raised_figure_is_no_month(split: Any, draw: Any) -> None:
    (stretch,) = split(exact(draw, ("Uraian", "2024", "250⁹"), ("Jumlah", "12", "²")))
    assert stretch.form is None
    assert len(stretch.body) == 2
