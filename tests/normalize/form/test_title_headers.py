"""Names of columns that stand in the titles of areas, under one name over all of them, are those of a head."""

from __future__ import annotations

from pathlib import Path

import pytest

from extract.reading import read_document
from normalize import Resources, build_plan
from samples.draw.ruled import RuledCell, RuledTable, ruled_pdf
from schema.plan import Plan

AREAS = ("Manajemen Perubahan", "Penataan Tata Laksana", "Penguatan Pengawasan")
PARTS = (
    ("Tim Kerja", "Menyusun keputusan tim kerja", "Januari"),
    ("Rencana Kerja", "Menyusun rencana kerja", "Februari, Mei"),
)
WIDTHS = (30.0, 25.0, 110.0, 170.0, 110.0, 110.0)


def plan_of(folder: Path, resources: Resources, names: tuple[str, str], over: str = "Keterangan") -> Plan:
    """Three areas of two components each; what the last two columns hold is said in each area's title."""
    cells = [
        RuledCell(0, 0, "No."),
        RuledCell(0, 1, "Kegiatan", column_span=3),
        RuledCell(0, 4, over, column_span=2),
    ]
    for n, area in enumerate(AREAS):
        row = 1 + 3 * n
        cells += [
            RuledCell(row, 0, ("I", "II", "III")[n], row_span=3),
            RuledCell(row, 1, area, column_span=3),
        ]
        cells += [RuledCell(row, 4, names[0]), RuledCell(row, 5, names[1])]
        for m, (part, action, time) in enumerate(PARTS, 1):
            texts = (str(m), part, action, "dokumen tersusun", time)
            cells += [RuledCell(row + m, 1 + c, text) for c, text in enumerate(texts)]
    path = folder / "plan.pdf"
    path.write_bytes(ruled_pdf([RuledTable(WIDTHS, tuple(cells), title="RENCANA KERJA ZONA INTEGRITAS")]))
    return build_plan(read_document(path), resources)


@pytest.mark.parametrize("names", [("Target Prioritas", "Kurun Waktu"), ("Sasaran", "Waktu Pelaksanaan")])
def test_names_that_each_title_says_again_are_a_heads(
    names: tuple[str, str], tmp_path: Path, resources: Resources
) -> None:
    placed = list(plan_of(tmp_path, resources, names).placed())
    assert [row.area.name.text for row in placed] == [area for area in AREAS for _ in PARTS]
    assert [row.component.name.text for row in placed] == [part for _ in AREAS for part, _, _ in PARTS]
    assert [row.component.number.text for row in placed] == ["1", "2"] * len(AREAS)
    assert [row.action.action.text for row in placed] == [action for _ in AREAS for _, action, _ in PARTS]
    assert [row.action.schedule.planned() for row in placed] == [(1,), (2, 5)] * len(AREAS)
