"""A head ends where rows of data begin, whether a ruling says so or not, and what is dropped as a head is told."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from extract.reading import read_document
from normalize import Resources, build_plan
from samples.draw.ruled import TICK, RuledCell, RuledTable, ruled_pdf
from schema.plan import Plan

Read = Callable[..., Plan]
NAMES = ("NO", "SASARAN", "INDIKATOR", "RENCANA AKSI", "BUKTI", "PENANGGUNG JAWAB")
ROWS = (
    ("Jumlah laporan kas", "Menyusun laporan kas", "Laporan kas", "Tim Keuangan"),
    ("Jumlah surat", "Mencatat surat masuk", "Buku agenda", "Tim Umum"),
    ("Jumlah arsip", "Menata arsip kantor", "Daftar arsip", "Tim Umum"),
    ("Jumlah rapat", "Menyelenggarakan rapat", "Notula rapat", "Tim Umum"),
    ("Jumlah survei", "Melaksanakan survei", "Laporan survei", "Tim Layanan"),
)
WIDTHS = (30.0, 90.0, 90.0, 110.0, 80.0, 90.0)


@pytest.fixture
def read(tmp_path: Path, resources: Resources) -> Read:
    def reading(*tables: RuledTable) -> Plan:
        path = tmp_path / "plan.pdf"
        path.write_bytes(ruled_pdf(tables))
        return build_plan(read_document(path), resources)

    return reading


def first_page() -> RuledTable:
    """A head, and the first two rows beside a merged number and goal."""
    cells = [RuledCell(0, c, name) for c, name in enumerate(NAMES)]
    cells += [RuledCell(1, 0, "1", row_span=2), RuledCell(1, 1, "Tertib kantor", row_span=2)]
    cells += [RuledCell(1 + n, 2 + c, text) for n, row in enumerate(ROWS[:2]) for c, text in enumerate(row)]
    return RuledTable(WIDTHS, tuple(cells), title="RENCANA AKSI")


def open_page(goal: str = "SASARAN", rows: Sequence[Sequence[str]] = ROWS[2:]) -> RuledTable:
    """The head again, and below its first two names no ruling: the merged cells of the page before go on."""
    cells = [RuledCell(0, 0, "NO", row_span=1 + len(rows)), RuledCell(0, 1, goal, row_span=1 + len(rows))]
    cells += [RuledCell(0, c, name) for c, name in enumerate(NAMES) if c > 1]
    cells += [RuledCell(1 + n, 2 + c, text) for n, row in enumerate(rows) for c, text in enumerate(row)]
    return RuledTable(WIDTHS, tuple(cells), title="", new_page=True)


def test_rows_below_a_repeated_head_without_a_ruling_are_kept(read: Read) -> None:
    plan = read(first_page(), open_page())
    assert [row.action.action.text for row in plan.placed()] == [row[1] for row in ROWS]
    assert [row.action.responsible.text for row in plan.placed()] == [row[3] for row in ROWS]
    assert "head-row-unlike" not in {f.code for f in plan.findings}


def test_one_row_below_such_a_head_is_kept(read: Read) -> None:
    plan = read(first_page(), open_page(rows=ROWS[2:3]))
    assert [row.action.action.text for row in plan.placed()] == [row[1] for row in ROWS[:3]]


def test_what_stands_below_the_name_in_such_a_cell_is_no_name(read: Read) -> None:
    plan = read(
        first_page(), open_page("SASARAN Meningkatnya tertib kantor dan arsip serta surat masuk kantor")
    )
    extras = [e for row in plan.placed() for e in row.action.extra if e.column == "SASARAN"]
    assert {e.field.text.replace("\n", " ").split()[0] for e in extras[2:]} <= {
        "Meningkatnya",
        "tertib",
        "kantor",
        "dan",
    }
    assert all("SASARAN" not in e.field.text for e in extras)


def timed_page(*, opened: bool, rows: int = 3) -> RuledTable:
    """A head of two rows over quarters; opened, the names before them reach down over all rows."""
    names, depth = ("NO", "PROGRAM", "KEGIATAN", "OUTPUT"), 2
    cells = [
        RuledCell(0, c, name, row_span=depth + (rows if opened and c < 2 else 0))
        for c, name in enumerate(names)
    ]
    cells += [RuledCell(0, 4, "WAKTU", column_span=4), RuledCell(0, 8, "PENANGGUNG JAWAB", row_span=depth)]
    cells += [RuledCell(1, 4 + n, f"TW {q}") for n, q in enumerate(("I", "II", "III", "IV"))]
    if not opened:
        cells += [RuledCell(2, 0, "1", row_span=rows), RuledCell(2, 1, "Penataan arsip", row_span=rows)]
    for n in range(rows):
        cells += [
            RuledCell(2 + n, c, text) for c, text in ((2, ROWS[n][1]), (3, ROWS[n][2]), (8, ROWS[n][3]))
        ]
        cells += [RuledCell(2 + n, 4 + q, TICK if q == n else "") for q in range(4)]
    widths = (30.0, 70.0, 110.0, 80.0, *[30.0] * 4, 80.0)
    return RuledTable(
        widths, tuple(cells), head_rows=2, title="" if opened else "RENCANA KERJA", new_page=opened
    )


@pytest.mark.parametrize("rows", [1, 3])
def test_a_head_of_two_rows_keeps_the_rows_beside_its_open_names(read: Read, rows: int) -> None:
    plan = read(timed_page(opened=False), timed_page(opened=True, rows=rows))
    quarters = [row.action.schedule.planned("quarter") for row in plan.placed()]
    assert quarters == [(1,), (2,), (3,), *[(n + 1,) for n in range(rows)]]
    assert "head-row-unlike" not in {f.code for f in plan.findings}


def test_a_unit_below_a_name_is_of_the_head(read: Read) -> None:
    names = ("NO", "RENCANA AKSI", "BUKTI", "ANGGARAN", "PENANGGUNG JAWAB")
    cells = [RuledCell(0, c, name, row_span=1 if c == 3 else 2) for c, name in enumerate(names)]
    cells += [RuledCell(1, 3, "(Rp)")]
    cells += [RuledCell(2, c, t) for c, t in enumerate(("1", ROWS[0][1], ROWS[0][2], "1.000", ROWS[0][3]))]
    plan = read(RuledTable((30.0, 120.0, 90.0, 80.0, 100.0), tuple(cells), head_rows=2, title="RENCANA AKSI"))
    assert [row.action.action.text for row in plan.placed()] == [ROWS[0][1]]


def starting(parts: tuple[str, str], *, again: bool) -> RuledTable:
    """A head with two parts below the time's name."""
    names = ("NO", "RENCANA AKSI", "BUKTI", "PENANGGUNG JAWAB")
    cells = [RuledCell(0, c, name, row_span=2) for c, name in enumerate(names)]
    cells += [RuledCell(0, 4, "WAKTU", column_span=2), RuledCell(1, 4, parts[0]), RuledCell(1, 5, parts[1])]
    row = ("1", ROWS[again][1], ROWS[again][2], ROWS[again][3], "Januari", "Maret")
    cells += [RuledCell(2, c, text) for c, text in enumerate(row)]
    widths = (30.0, 120.0, 90.0, 100.0, 70.0, 70.0)
    return RuledTable(
        widths, tuple(cells), head_rows=2, title="" if again else "RENCANA AKSI", new_page=again
    )


def test_a_dropped_row_that_says_what_no_head_before_says_asks(read: Read) -> None:
    same = read(starting(("MULAI", "SELESAI"), again=False), starting(("MULAI", "SELESAI"), again=True))
    other = read(
        starting(("MULAI", "SELESAI"), again=False), starting(("Rapat pleno", "Dihadiri saksi"), again=True)
    )
    assert "head-row-unlike" not in {f.code for f in same.findings}
    (doubt,) = [f for f in other.findings if f.code == "head-row-unlike"]
    assert (doubt.severity, doubt.raw) == ("review", "Rapat pleno | Dihadiri saksi")
