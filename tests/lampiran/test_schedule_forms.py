"""Time in words, in quarters and in semesters, from a drawn file through the whole program to its tables."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

import lampiran
from samples.draw.scans import preset, scan

sys.path.insert(0, str(Path(__file__).parent))
from plain_table import Cell, decree

TEXTS = ("KOMPONEN", "INDIKATOR", "RENCANA AKSI", "BUKTI DUKUNG")
TEAM = "PENANGGUNG JAWAB"
WIDTHS = (24.0, 100.0, 120.0, 130.0, 120.0)
ROOM, ROW = 190.0, 44.0


def sheet(labels: Sequence[str], times: Sequence[Sequence[str]]) -> bytes:
    """Draw a plan whose columns of time have these labels, and a row for each tuple of times."""
    count = max(1, len(labels))
    widths = (*WIDTHS, *[ROOM / count] * count, 90.0)
    heights = (16.0, 16.0, 16.0, *[ROW] * len(times))
    cells: list[Cell] = [(0, n, 2, 1, name) for n, name in enumerate(("NO", *TEXTS))]
    cells += [(0, 5, 1 if labels else 2, count, "WAKTU PELAKSANAAN"), (0, 5 + count, 2, 1, TEAM)]
    cells += [(1, 5 + n, 1, 1, label) for n, label in enumerate(labels)]
    cells.append((2, 0, 1, len(widths), "1. MANAJEMEN PERUBAHAN"))
    for n, texts in enumerate(times, start=1):
        own = (
            str(n),
            f"{'abcdefgh'[n - 1]}. Komponen {n}",
            f"Indikator {n} telah\nditetapkan",
            f"Menyusun laporan {n}",
            f"Laporan {n}",
        )
        cells += [(2 + n, c, 1, 1, text) for c, text in enumerate((*own, *texts, "TIM KERJA"))]
    return decree(widths, heights, cells)


def read(data: bytes, folder: Path) -> Any:
    path = folder / "plan.pdf"
    path.write_bytes(data)
    return lampiran.read(path)


def planned(result: Any) -> list[list[tuple[str, int, str]]]:
    """Return the rows of schedule.csv by action, in the order of print."""
    frames = result.to_frames()
    found: dict[str, list[tuple[str, int, str]]] = {a: [] for a in frames["actions"]["action_id"]}
    for row in frames["schedule"].itertuples():
        found[row.action_id].append((row.period_type, int(row.period), row.state))
    return list(found.values())


WORDED = [
    ("Maret, Juni",),
    ("Januari s/d\nDesember 2025",),
    ("Triwulan I dan III",),
    ("Semester II",),
    ("sesuai kebutuhan",),
    ("Minggu ke-2 Maret",),
    ("menunggu juknis",),
    ("-",),
]
MONTHS = {n: f"m{n:02}" for n in range(1, 13)}


def test_a_column_of_words_becomes_periods(tmp_path: Path) -> None:
    result = read(sheet((), WORDED), tmp_path)
    actions = result.to_frames()["actions"].set_index("action_id")
    rows = list(actions.itertuples())
    assert list(actions["months"].fillna("")) == [
        "3;6",
        "1;2;3;4;5;6;7;8;9;10;11;12",
        "",
        "",
        "",
        "3",
        "",
        "",
    ]
    assert list(actions["quarters"].fillna("")) == ["", "", "1;3", "", "", "", "", ""]
    states = ["marked"] * 4 + ["unknown", "marked", "unknown", "none"]
    assert list(actions["schedule_state"]) == states
    assert list(actions["schedule_text"].fillna("")) == [" ".join(t.split()) for (t,) in WORDED]
    assert [bool(getattr(rows[0], name)) for name in MONTHS.values()] == [n in (3, 6) for n in MONTHS]
    assert all(actions.iloc[2][name] is not True for name in MONTHS.values())
    assert list(actions["needs_review"]) == [False] * 6 + [True, False]
    assert planned(result)[2:4] == [
        [("quarter", 1, "planned"), ("quarter", 3, "planned")],
        [("semester", 2, "planned")],
    ]
    assert planned(result)[4] == planned(result)[6] == planned(result)[7] == []
    codes = [(f.code, f.action_id) for f in result.plan.findings if f.field == "schedule"]
    assert {code for code, _ in codes} == {
        "schedule-text-open",
        "schedule-detail-kept",
        "schedule-text-unknown",
        "missing-schedule",
    }


def test_years_are_held_against_the_plan_s_own(tmp_path: Path) -> None:
    result = read(
        sheet((), [("Maret 2024 s/d\nFebruari 2025",), ("Januari 2021",), ("Juni 2025",)]), tmp_path
    )
    assert list(result.to_frames()["actions"]["months"]) == ["1;2", "1", "6"]
    said = [(f.code, f.severity, f.value) for f in result.plan.findings if f.field == "schedule"]
    assert said == [("schedule-beyond-year", "notice", "2025"), ("year-mismatch", "notice", "2025")]
    assert not result.to_frames()["actions"]["needs_review"].any()


def test_words_are_shown_and_counted_in_the_report(tmp_path: Path) -> None:
    written = read(sheet((), WORDED), tmp_path).write(tmp_path / "out")
    page = (written.folder / "report.html").read_text(encoding="utf-8")
    for kind in ("month", "quarter", "semester"):
        assert f"heat-{kind}" in page
    assert "menunggu juknis" in page
    lines = (written.folder / "schedule.csv").read_text(encoding="utf-8").splitlines()
    assert len(lines) == 1 + 2 + 12 + 2 + 1 + 1


@pytest.mark.parametrize(
    ("labels", "kind"),
    [
        (("TW I", "TW II", "TW III", "TW IV"), "quarter"),
        (("Semester I", "Semester II"), "semester"),
        (("Smt. 1", "Smt. 2"), "semester"),
    ],
)
def test_columns_of_quarters_and_semesters_are_a_grid(
    labels: tuple[str, ...], kind: str, tmp_path: Path
) -> None:
    first = tuple("V" if n in (0, len(labels) - 1) else "" for n in range(len(labels)))
    none = ("",) * len(labels)
    result = read(sheet(labels, [first, none, ("V",) * len(labels)]), tmp_path)
    last = len(labels)
    assert planned(result) == [
        [(kind, 1, "planned"), (kind, last, "planned")],
        [],
        [(kind, n, "planned") for n in range(1, last + 1)],
    ]
    actions = result.to_frames()["actions"]
    assert list(actions["schedule_state"]) == ["marked", "none", "marked"]
    assert actions["months"].isna().all()
    assert actions[list(MONTHS.values())].isna().all(axis=None)


def test_a_scanned_column_of_words_is_read_alike(tmp_path: Path) -> None:
    drawn = sheet((), WORDED[:7])
    result = read(scan(drawn, preset("office200", 1, (2,))).pdf, tmp_path)
    actions = result.to_frames()["actions"]
    months = ["3;6", "1;2;3;4;5;6;7;8;9;10;11;12", "", "", "", "3", ""]
    assert list(actions["months"].fillna("")) == months
    assert [len(p) for p in planned(result)] == [2, 12, 2, 1, 0, 1, 0]
    assert list(actions["schedule_state"]) == ["marked"] * 4 + ["unknown", "marked", "unknown"]
