"""What is said of a file in which no table was read."""

from __future__ import annotations

from pathlib import Path

import pytest
from reportlab.pdfgen.canvas import Canvas

from lampiran.tables.reading import read_tables
from schema.errors import NoTableError


def test_text_between_level_rulings_without_clear_columns_is_named_where_no_table_was_read(
    tmp_path: Path,
) -> None:
    path = tmp_path / "lines.pdf"
    canvas = Canvas(str(path), pagesize=(500, 300), invariant=1)
    canvas.setFont("Helvetica", 9)
    for y in (250, 230, 160):
        canvas.line(50, y, 450, y)
    for row, y in enumerate((236, 214, 198, 182)):
        for x in (55, 200, 350):
            canvas.drawString(x + 60 * row, y, f"data {row}")
    canvas.save()
    with pytest.raises(NoTableError) as raised:
        read_tables(path)
    assert "page 1 text between level rulings looks like a table" in raised.value.text("en")
    assert "halaman 1" in raised.value.text("id")
