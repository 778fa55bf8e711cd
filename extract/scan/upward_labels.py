"""Cells whose print runs upwards or downwards, as labels of narrow columns do, read as if it were horizontal."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from extract.scan.model import EVEN_CHANCE, POINTS_PER_INCH, WHITE, Grey, LineReading, PixelBox, Sheet
from extract.scan.pixels import pieces_of
from extract.scan.settings import TURNED
from extract.scan.text.reader import LineReader
from extract.scan.text.reading import read_cells

Lines = tuple[LineReading, ...]


def is_turned(sheet: Sheet, box: PixelBox) -> bool:
    """Tell by the page's map whether most of the print in a cell, in pixels of the sheet, runs upwards or downwards."""
    maps, factor = sheet.maps, sheet.maps.dpi / sheet.dpi
    place = PixelBox.rounded(at * factor for at in box)
    printed = maps.printed[place.part] >= EVEN_CHANCE
    if place.height <= place.width or not printed.any():
        return False
    pieces = pieces_of(np.ascontiguousarray(printed))
    high, areas = pieces.heights, pieces.areas[1:]
    steep = (high >= TURNED.steep * pieces.widths) & (high >= TURNED.least * maps.dpi / POINTS_PER_INCH)
    return bool(2 * areas[steep[1:]].sum() > areas.sum())


def read_turned(
    sheet: Sheet, boxes: Sequence[PixelBox], clean: Grey, readers: Sequence[LineReader]
) -> list[Lines]:
    """Read cells whose print runs upwards, or downwards where that is read better; boxes are in pixels of the sheet."""
    upwards = _read(sheet, boxes, clean, readers, -1)
    unsure = [n for n, lines in enumerate(upwards) if _confidence(lines) < TURNED.sure]
    downwards = _read(sheet, [boxes[n] for n in unsure], clean, readers, 1)
    for n, lines in zip(unsure, downwards, strict=True):
        if _confidence(lines) > _confidence(upwards[n]):
            upwards[n] = lines
    return upwards


def _confidence(lines: Sequence[LineReading]) -> float:
    return min((line.confidence for line in lines), default=0.0)


def _read(
    sheet: Sheet, boxes: Sequence[PixelBox], clean: Grey, readers: Sequence[LineReader], quarters: int
) -> list[Lines]:
    """Read cells after some quarter turns anticlockwise, one below the other on one picture."""
    if not boxes:
        return []
    parts = [np.rot90(clean[box.part], quarters) for box in boxes]
    room = round(TURNED.room * sheet.dpi)
    height = sum(len(part) + room for part in parts) + room
    page = np.full((height, max(part.shape[1] for part in parts) + 2 * room), WHITE, dtype=np.uint8)
    places, top = [], room
    for part in parts:
        places.append(PixelBox.of_size(room, top, part.shape[1], len(part)))
        page[places[-1].part] = part
        top += len(part) + room
    read = read_cells(sheet, places, page, readers=readers)
    return [
        tuple(_back(line, place, box, quarters) for line in lines)
        for lines, place, box in zip(read, places, boxes, strict=True)
    ]


def _back(line: LineReading, place: PixelBox, cell: PixelBox, quarters: int) -> LineReading:
    def back(box: PixelBox) -> PixelBox:
        left, right = box.x0 - place.x0, box.x1 - place.x0
        top, bottom = box.top - place.top, box.bottom - place.top
        if quarters < 0:
            return PixelBox(cell.x0 + top, cell.bottom - right, cell.x0 + bottom, cell.bottom - left)
        return PixelBox(cell.x1 - bottom, cell.top + left, cell.x1 - top, cell.top + right)

    words = tuple(word._replace(box=back(word.box)) for word in line.words)
    return line._replace(box=back(line.box), words=words)
