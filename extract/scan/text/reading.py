"""Turns cells and loose areas of a page into lines of text as its readers agree on them."""

from __future__ import annotations

from collections.abc import Sequence

from extract.scan.model import Grey, LineReading, PixelBox, Sheet
from extract.scan.text.crops import Crop, crop
from extract.scan.text.ink import page_ink
from extract.scan.text.lines import InkLine, cell_lines
from extract.scan.text.rapid import rapid_reader

TRIM = 0.01  # inches along a cell's edges where remains of its rulings lie


def read_cells(sheet: Sheet, boxes: Sequence[PixelBox], clean: Grey) -> list[tuple[LineReading, ...]]:
    ink = page_ink(clean, sheet.dpi)
    trim = max(1, round(TRIM * sheet.dpi))
    found = [cell_lines(ink, box, trim) for box in boxes]
    readings = iter(_read(clean, [line for lines in found for line in lines]))
    return [tuple(next(readings) for _ in lines) for lines in found]


def _read(clean: Grey, lines: Sequence[InkLine]) -> list[LineReading]:
    crops = [crop(clean, line) for line in lines]
    raw = rapid_reader().read([each.picture for each in crops])
    return [
        LineReading(reading.text, line.box, reading.confidence, readers=(("rapidocr", reading.text),))
        for line, reading in zip(lines, raw, strict=True)
    ]
