"""A head that calls the months `1` to `12` in the row of the columns' names is one."""

from __future__ import annotations

from pathlib import Path

import lampiran


def test_months_in_figures_beside_the_names_are_understood(tmp_path: Path) -> None:
    head = [
        "NO",
        "KOMPONEN",
        "INDIKATOR",
        "LANGKAH AKSI",
        "EVIDEN",
        *map(str, range(1, 13)),
        "PENANGGUNG JAWAB",
    ]
    rows = [["1. MANAJEMEN PERUBAHAN", *[""] * 17]]
    for n, name in enumerate(("Tim Kerja", "Rencana Pembangunan", "Pemantauan dan Evaluasi"), start=1):
        marks = ["√" if month in (n, n + 6) else "" for month in range(1, 13)]
        texts = [
            f"{name} telah disusun",
            f"Menyusun {name.lower()} zona integritas",
            f"Dokumen {name.lower()}",
        ]
        rows.append([str(n), name, *texts, *marks, "TIM MANAJEMEN PERUBAHAN"])
    path = tmp_path / "plan.csv"
    path.write_text("\n".join(";".join(row) for row in [head, *rows]), encoding="utf-8")
    actions = [item.action for item in lampiran.read(path).plan.placed()]
    assert [action.schedule.planned() for action in actions] == [(1, 7), (2, 8), (3, 9)]
