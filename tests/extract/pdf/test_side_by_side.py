"""A decree whose two signature blocks stand side by side, drawn and read as a whole."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from reportlab.pdfgen.canvas import Canvas

import lampiran

SIZE, LEADING = 11, 14
WIDTH, HEIGHT = 595.0, 842.0
OPENING = (
    "KOMISI PEMILIHAN UMUM KABUPATEN CONTOH",
    "",
    "KEPUTUSAN KOMISI PEMILIHAN UMUM KABUPATEN CONTOH",
    "NOMOR 3/PW.01-Kpt/9999/2024",
    "TENTANG",
    "PENETAPAN RENCANA AKSI PEMBANGUNAN ZONA INTEGRITAS",
    "TAHUN 2024",
    "",
    "KETUA KOMISI PEMILIHAN UMUM KABUPATEN CONTOH,",
    "",
)
BODY = (
    ((60, "Menimbang"), (150, ":"), (160, "a."), (180, "bahwa perlu menetapkan rencana aksi;")),
    ((160, "b."), (180, "bahwa rencana aksi ditetapkan dengan keputusan;")),
    ((60, "Mengingat"), (150, ":"), (160, "1."), (180, "Undang-Undang Nomor 7 Tahun 2017;")),
    ((250, "MEMUTUSKAN:"),),
    ((60, "Menetapkan"), (150, ":"), (160, "KEPUTUSAN TENTANG RENCANA AKSI.")),
    ((60, "KESATU"), (150, ":"), (160, "Rencana aksi tercantum dalam Lampiran.")),
    ((),),
)
COPY = (
    "Salinan sesuai dengan aslinya",
    "SEKRETARIAT KOMISI PEMILIHAN UMUM",
    "KABUPATEN CONTOH",
    "Kepala Subbagian Hukum,",
    "",
    "",
    "(pejabat dua)",
)
SIGNED = (
    "Contoh, 15 Januari 2024",
    "KETUA KOMISI PEMILIHAN UMUM",
    "KABUPATEN CONTOH,",
    "",
    "ttd.",
    "",
    "(pejabat satu)",
)


def body_page(*, lowered: float, centred: bool) -> bytes:
    """The body on one page; the left block may stand lower, the right one may be centred."""
    buffer = BytesIO()
    canvas = Canvas(buffer, pagesize=(WIDTH, HEIGHT), invariant=1)
    canvas.setFont("Times-Roman", SIZE)
    y = HEIGHT - 60.0
    for text in OPENING:
        canvas.drawCentredString(WIDTH / 2, y, text)
        y -= LEADING
    for parts in BODY:
        for part in parts:
            if part:
                canvas.drawString(part[0], y, part[1])
        y -= LEADING
    for index, text in enumerate(COPY):
        canvas.drawString(60, y - lowered - index * LEADING, text)
    for index, text in enumerate(SIGNED):
        if centred:
            canvas.drawCentredString(430, y - index * LEADING, text)
        else:
            canvas.drawString(330, y - index * LEADING, text)
    canvas.save()
    return buffer.getvalue()


@pytest.mark.parametrize("lowered", [0.0, 4.0, 45.0])
@pytest.mark.parametrize("centred", [False, True])
def test_both_blocks_are_read_each_for_itself(
    samples: Path, tmp_path: Path, lowered: float, centred: bool
) -> None:
    path = tmp_path / "berdampingan.pdf"
    body = BytesIO(body_page(lowered=lowered, centred=centred))
    with pikepdf.open(samples / "kpu-contoh-2024.pdf") as pdf, pikepdf.open(body) as drawn:
        del pdf.pages[:2]
        pdf.pages.insert(0, drawn.pages[0])
        pdf.save(path)
    plan = lampiran.read(path).plan
    head = plan.head
    assert [clause.field.text for clause in head.considerations] == [
        "bahwa perlu menetapkan rencana aksi;",
        "bahwa rencana aksi ditetapkan dengan keputusan;",
    ]
    assert (head.place.text, str(head.date)) == ("Contoh", "2024-01-15")
    assert head.signatory is not None
    assert (head.signatory.office.text, head.signatory.name.text) == (
        "KETUA KOMISI PEMILIHAN UMUM KABUPATEN CONTOH",
        "(pejabat satu)",
    )
    assert head.attestation is not None
    assert head.attestation.statement.text == "Salinan sesuai dengan aslinya"
    assert head.attestation.office.text == "SEKRETARIAT KOMISI PEMILIHAN UMUM KABUPATEN CONTOH"
    assert head.attestation.position.text == "Kepala Subbagian Hukum"
    assert head.attestation.name.text == "(pejabat dua)"
    assert "text-unplaced" not in {finding.code for finding in plan.findings}
