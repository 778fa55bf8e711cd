"""Tables of other kinds do not come out as plans, half-alike ones are named, and plans of other forms are kept."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from extract.reading import read_document
from normalize import Resources, build_plan
from samples.draw.ruled import KINDS, TICK, RuledCell, RuledTable, ruled, ruled_pdf
from schema.plan import Plan

ACTIVITIES = ("Rapat koordinasi", "Pengarsipan surat", "Pelatihan pegawai", "Pemeriksaan kas")
Judge = Callable[[RuledTable], Plan]


@pytest.fixture
def judge(tmp_path: Path, resources: Resources) -> Judge:
    def judged(table: RuledTable) -> Plan:
        path = tmp_path / "table.pdf"
        path.write_bytes(ruled_pdf([table]))
        return build_plan(read_document(path), resources)

    return judged


def listed(head: Sequence[str], rest: Sequence[Sequence[str]], title: str = "") -> RuledTable:
    """A table of activities: number, activity, and further columns whose texts take turns."""
    rows = [head] + [
        [str(n), activity, *(texts[n % len(texts)] for texts in rest)]
        for n, activity in enumerate(ACTIVITIES, 1)
    ]
    cells = tuple(RuledCell(r, c, text) for r, row in enumerate(rows) for c, text in enumerate(row))
    widths = (30.0, 130.0, *[80.0] * len(rest))
    return RuledTable(widths, cells, title=title)


def ticked(name: str, labels: Sequence[str], title: str = "") -> RuledTable:
    """A table of activities with ticks under labels."""
    names = ("No", "Kegiatan", "Pelaksana")
    cells = [RuledCell(0, c, text, row_span=2) for c, text in enumerate(names)]
    cells.append(RuledCell(0, 3, name, column_span=len(labels)))
    cells += [RuledCell(1, 3 + n, label) for n, label in enumerate(labels)]
    for row, activity in enumerate(ACTIVITIES, 2):
        cells += [RuledCell(row, c, t) for c, t in enumerate((str(row - 1), activity, "Subbagian Umum"))]
        cells += [RuledCell(row, 3 + n, TICK if (row + n) % 2 else "") for n in range(len(labels))]
    return RuledTable((30.0, 120.0, 110.0, *[22.0] * len(labels)), tuple(cells), head_rows=2, title=title)


TEAM = ["Subbagian Umum"]
CLOCK = listed(
    ("No", "Kegiatan", "Waktu", "Tempat", "Penanggung Jawab"),
    (["08.00 - 09.00", "09.00 - 10.30"], ["Aula"], TEAM),
    "SUSUNAN ACARA",
)
PROCEDURE = listed(
    ("No", "Kegiatan", "Pelaksana", "Waktu", "Output"),
    (TEAM, ["5 menit", "1 jam"], ["Surat"]),
    "STANDAR OPERASIONAL PROSEDUR",
)
PROGRAMME = listed(
    ("No", "Kegiatan", "Program", "Anggaran", "Tahun"),
    (["Program umum"], ["10.000.000"], ["2024"]),
    "DAFTAR PROGRAM",
)
MONTHS = listed(
    ("No", "Kegiatan", "Waktu", "Penanggung Jawab"), (["Januari", "Maret, Juni", "Triwulan II"], TEAM)
)
TITLED = listed(
    ("No", "Kegiatan", "Waktu", "Penanggung Jawab"),
    (["Januari", "Maret, Juni"], TEAM),
    "RENCANA KERJA PEMBANGUNAN ZONA INTEGRITAS",
)


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_a_table_of_another_kind_gives_no_action(judge: Judge, kind: str) -> None:
    assert judge(ruled(kind, 3)).areas == ()


@pytest.mark.parametrize(
    "table",
    [
        CLOCK,
        PROCEDURE,
        PROGRAMME,
        ticked("Hari", ("1", "2", "3", "4", "5")),
        ticked("Jadwal (Hari ke-)", [str(n) for n in range(1, 8)]),
        ticked("Jadwal (Minggu ke-)", ["1", "2", "3", "4"]),
        ticked("Jadwal (Tanggal)", [str(n) for n in range(1, 13)]),
    ],
    ids=["clock", "procedure", "programme", "days", "days-of-a-schedule", "weeks", "dates"],
)
def test_a_table_with_a_plan_s_columns_alone_gives_no_action_and_says_so(
    judge: Judge, table: RuledTable
) -> None:
    plan = judge(table)
    assert plan.areas == ()
    assert [f.code for f in plan.findings if f.severity == "error"] == ["plan-unlikely"]


@pytest.mark.parametrize(
    "table", [MONTHS, ticked("Jadwal", ["I", "II", "III", "IV"])], ids=["months", "quarters"]
)
def test_a_list_of_activities_with_a_schedule_alone_is_read_with_a_doubt(
    judge: Judge, table: RuledTable
) -> None:
    plan = judge(table)
    assert sum(1 for _ in plan.placed()) == len(ACTIVITIES)
    (doubt,) = [f for f in plan.findings if f.code == "plan-doubtful"]
    assert doubt.severity == "review"
    assert doubt.raw is not None
    assert doubt.raw.startswith("No, Kegiatan")


def test_a_small_plan_that_calls_itself_one_is_a_plan(judge: Judge) -> None:
    plan = judge(TITLED)
    assert sum(1 for _ in plan.placed()) == len(ACTIVITIES)
    assert not {"plan-doubtful", "plan-unlikely"} & {f.code for f in plan.findings}


def rows_of(*names: str) -> Callable[..., RuledTable]:
    """A table of numbered rows below these names."""

    def table(*rows: Sequence[str], title: str = "", new_page: bool = False) -> RuledTable:
        every = [names, *((str(n), *row) for n, row in enumerate(rows, 1))]
        cells = tuple(RuledCell(r, c, text) for r, row in enumerate(every) for c, text in enumerate(row))
        widths = (30.0, *[460.0 / (len(names) - 1)] * (len(names) - 1))
        return RuledTable(widths, cells, title=title, new_page=new_page)

    return table


FOLLOW_UP = rows_of("No", "Prioritas", "Program Kegiatan", "Waktu", "Penanggung Jawab")(
    ("Antrean", "1. Menambah loket layanan", "Triwulan II", "Seksi Layanan"),
    ("Ruang tunggu", "1. Menambah kursi 2. Menata ruang", "Semester I", "Seksi Umum"),
    ("Petugas", "1. Melatih petugas", "Maret s.d. Juni", "Seksi SDM"),
)
ADVICE = rows_of("No", "Temuan", "Tindak Lanjut", "Target Selesai", "PIC")(
    ("Arsip tercecer", "Penataan arsip aktif", "Juni", "Subbagian Umum"),
    ("Laporan terlambat", "Menyusun jadwal pelaporan", "Maret", "Subbagian Keuangan"),
    ("Aset belum tercatat", "Inventarisasi aset", "Oktober", "Pengurus Barang"),
)
ROAD_MAP = rows_of("No", "Program", "Rencana Aksi", "Hasil", "Tahun", "Penanggung Jawab")(
    ("Organisasi", "Melakukan evaluasi kelembagaan", "Laporan", "2024", "Bagian Organisasi"),
    ("Pegawai", "Menyusun analisis beban kerja", "Dokumen", "2025", "Bagian Umum"),
    ("Pengawasan", "Membentuk unit pengendalian", "Keputusan", "2026", "Inspektorat"),
)
SHEET = rows_of("No", "Kegiatan", "Pelaksana", "Kelengkapan", "Waktu", "Output")(
    ("Menyusun konsep rencana", "Staf", "Perjanjian Kinerja dan Rencana Aksi", "1 hari", "Konsep"),
    ("Memeriksa konsep", "Kepala Subbagian", "Rencana Aksi", "2 jam", "Konsep"),
    ("Menetapkan rencana", "Kepala", "RENCANA AKSI ZONA INTEGRITAS", "15 menit", "Rencana Aksi"),
)
MONEY = rows_of(
    "No", "Kegiatan", "Anggaran", "Triwulan I", "Triwulan II", "Triwulan III", "Triwulan IV", "Pelaksana"
)(
    ("Penyusunan laporan", "40.000", "10.000", "10.000", "10.000", "10.000", "Subbagian Umum"),
    ("Pelatihan pegawai", "20.000", "5.000", "5.000", "5.000", "5.000", "Subbagian Umum"),
    ("Perbaikan ruang", "80.000", "20.000", "20.000", "20.000", "20.000", "Subbagian Umum"),
)
RISKS = rows_of("No", "Kegiatan", "Uraian Risiko", "Penyebab", "Skor", "Penanggung Jawab")(
    ("Penyusunan anggaran", "Anggaran tidak tepat", "Data tidak akurat", "9", "Subbagian Keuangan"),
    ("Pengelolaan arsip", "Arsip hilang", "Ruang tidak ada", "6", "Subbagian Umum"),
    ("Pengadaan barang", "Gagal lelang", "Syarat berat", "8", "Pejabat Pengadaan"),
)


@pytest.mark.parametrize("table", [FOLLOW_UP, ADVICE, ROAD_MAP], ids=["follow-up", "advice", "road-map"])
def test_what_when_and_who_with_one_more_column_are_a_plan_whatever_it_is_called(
    judge: Judge, table: RuledTable
) -> None:
    plan = judge(table)
    assert sum(1 for _ in plan.placed()) == 3
    assert all(row.action.action.text and row.action.responsible.text for row in plan.placed())
    assert not {"plan-doubtful", "plan-unlikely"} & {f.code for f in plan.findings}


def test_a_further_column_of_times_is_the_schedule_where_no_other_is(judge: Judge) -> None:
    plan = judge(ADVICE)
    assert [row.action.schedule.planned("month") for row in plan.placed()] == [(6,), (3,), (10,)]
    (doubt,) = [f for f in plan.findings if f.code == "column-role-doubtful"]
    assert (doubt.raw, doubt.value) == ("Target Selesai", "time")


@pytest.mark.parametrize("table", [SHEET, MONEY, RISKS], ids=["procedure", "money", "risks"])
def test_a_word_in_a_cell_makes_no_plan(judge: Judge, table: RuledTable) -> None:
    assert judge(table).areas == ()


def test_a_procedure_sheet_behind_a_plan_is_left_out_and_told(tmp_path: Path, resources: Resources) -> None:
    path = tmp_path / "both.pdf"
    behind = rows_of("No", "Kegiatan", "Pelaksana", "Kelengkapan", "Waktu", "Output")(
        ("Menyusun konsep", "Staf", "Data", "1 hari", "Konsep"),
        ("Memeriksa konsep", "Kepala", "Konsep", "2 jam", "Konsep"),
        new_page=True,
    )
    path.write_bytes(ruled_pdf([FOLLOW_UP, behind]))
    plan = build_plan(read_document(path), resources)
    assert sum(1 for _ in plan.placed()) == 3
    (told,) = [f for f in plan.findings if f.code == "table-left"]
    assert told.ref is not None
    assert (told.severity, told.ref.page) == ("review", 2)
