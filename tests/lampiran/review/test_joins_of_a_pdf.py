"""A row that perhaps goes on over a page's end of a PDF: a person says whether two rows are one, and a later reading knows."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import PageBreak, Paragraph, SimpleDocTemplate, Table, TableStyle

import lampiran
from lampiran.review.desk import Choice
from lampiran.review.opening import open_desk
from schema.plan import Plan

STYLE = ParagraphStyle("cell", fontName="Helvetica", fontSize=7, leading=8.5)
HEAD = ("NO", "KOMPONEN", "INDIKATOR", "LANGKAH AKSI", "EVIDEN", "PENANGGUNG JAWAB")
WIDTHS = (25, 95, 130, 140, 120, 80)
TITLE = "LAMPIRAN KEPUTUSAN KOMISI PEMILIHAN UMUM KABUPATEN CONTOH NOMOR 12 TAHUN 2025"
TEAM = "TIM MANAJEMEN PERUBAHAN"
Line = tuple[str, str, str, str, str, tuple[int, ...]]
ABOVE: Line = (
    "2",
    "Penyusunan Tim",
    "Tim ditetapkan sesuai prosedur",
    "Menetapkan anggota tim",
    "Surat tugas",
    (4,),
)
BELOW: Line = ("", "", "", "Mengevaluasi tim", "Laporan evaluasi", (9,))
LAST: Line = ("3", "Rencana Kerja", "Rapat telah dilaksanakan", "Melaksanakan rapat", "Notula", (1, 6))
FIRST: Line = ("1", "Manajemen Perubahan", "Tim telah dibentuk", "Menyusun keputusan", "Keputusan tim", (1,))


def draw(path: Path, pages: Sequence[Sequence[Line]]) -> Path:
    flow = [Paragraph(TITLE, STYLE)]
    for number, lines in enumerate(pages):
        flow += [PageBreak()] if number else []
        rows = [[*(Paragraph(name, STYLE) for name in HEAD), *map(str, range(1, 13))]]
        for *texts, months in lines:
            marks = ["V" if month in months else "" for month in range(1, 13)]
            rows.append([*(Paragraph(text, STYLE) for text in (*texts, TEAM)), *marks])
        table = Table(rows, colWidths=[*WIDTHS, *[22] * 12])
        table.setStyle(
            TableStyle([("GRID", (0, 0), (-1, -1), 0.6, colors.black), ("FONTSIZE", (6, 0), (-1, -1), 7)])
        )
        flow.append(table)
    SimpleDocTemplate(str(path), pagesize=landscape(A4), leftMargin=10, rightMargin=10, invariant=1).build(
        flow
    )
    return path


def rows_of(plan: Plan) -> list[tuple[str, str, tuple[int, ...]]]:
    return [(a.action.text, a.evidence.text, a.schedule.planned()) for a in plan.actions]


@pytest.mark.parametrize(
    ("verdict", "wanted"),
    [
        ("joined", [("Menetapkan anggota tim Mengevaluasi tim", "Surat tugas Laporan evaluasi", (4, 9))]),
        (
            "as-read",
            [("Menetapkan anggota tim", "Surat tugas", (4,)), ("Mengevaluasi tim", "Laporan evaluasi", (9,))],
        ),
    ],
)
def test_two_rows_at_a_pages_end_are_one_or_two_as_a_person_says(
    verdict: str, wanted: list[tuple[str, str, tuple[int, ...]]], tmp_path: Path
) -> None:
    source = draw(tmp_path / "plan.pdf", [[FIRST, ABOVE], [BELOW, LAST]])
    lampiran.read(source).write(tmp_path / "plan")
    desk = open_desk(tmp_path / "plan", source=source)
    (card,) = [card for card in desk.cards if card.subject == "join"]
    assert [target.row for target in card.targets] == [1, 2]
    desk.decide(card, Choice("joined" if verdict == "joined" else "as-read"))
    plan = lampiran.read(source, decisions=desk.path).plan
    assert [(row[0], row[1].replace("\n", " "), row[2]) for row in rows_of(plan)[1:-1]] == wanted
    assert rows_of(plan)[0][0] == FIRST[3]
    assert rows_of(plan)[-1] == (LAST[3], LAST[4], LAST[5])
    longer = draw(tmp_path / "longer.pdf", [[FIRST], [FIRST, ABOVE], [BELOW, LAST]])
    later = lampiran.read(longer, decisions=desk.path).plan
    assert [(row[0], row[1].replace("\n", " "), row[2]) for row in rows_of(later)[2:-1]] == wanted
