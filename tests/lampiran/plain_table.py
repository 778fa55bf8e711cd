"""Draws a decree of one annex page: a body, and a ruled table of given cells."""

from __future__ import annotations

import io
from collections.abc import Sequence
from itertools import accumulate

from reportlab.pdfgen.canvas import Canvas

A4 = (595.276, 841.89)
FONT, SIZE, LEADING = "Helvetica", 8.0, 10.0
MARGIN, PAD = 30.0, 3.0
BODY = (
    "KEPUTUSAN KOMISI PEMILIHAN UMUM KABUPATEN CONTOH",
    "NOMOR 12 TAHUN 2025",
    "TENTANG",
    "RENCANA AKSI PEMBANGUNAN ZONA INTEGRITAS TAHUN 2025",
    "DENGAN RAHMAT TUHAN YANG MAHA ESA",
    "KETUA KOMISI PEMILIHAN UMUM KABUPATEN CONTOH,",
)
Cell = tuple[int, int, int, int, str]  # row, column, rows, columns, text


def decree(widths: Sequence[float], heights: Sequence[float], cells: Sequence[Cell]) -> bytes:
    """Draw the body on a portrait page and the table on a landscape one; lengths in points."""
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pageCompression=1, invariant=1)
    canvas.setPageSize(A4)
    canvas.setFont(FONT, 11)
    for n, line in enumerate(BODY):
        canvas.drawCentredString(A4[0] / 2, A4[1] - 80 - n * 16, line)
    canvas.showPage()
    canvas.setPageSize((A4[1], A4[0]))
    _table(canvas, list(accumulate(widths, initial=MARGIN)), list(accumulate(heights, initial=MARGIN)), cells)
    canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def _table(canvas: Canvas, xs: Sequence[float], ys: Sequence[float], cells: Sequence[Cell]) -> None:
    for row, column, rows, columns, text in cells:
        x0, x1, top, bottom = xs[column], xs[column + columns], ys[row], ys[row + rows]
        canvas.setLineWidth(0.6)
        canvas.rect(x0, A4[0] - bottom, x1 - x0, bottom - top)
        canvas.setFont(FONT, SIZE)
        for n, line in enumerate(text.split("\n") if text else ()):
            canvas.drawString(x0 + PAD, A4[0] - top - LEADING * (n + 1), line)
