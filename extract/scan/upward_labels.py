"""Cells whose print runs upwards or downwards, as the labels of narrow columns do, read as if they lay level."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from extract.scan.components import pieces_of
from extract.scan.model import Grey, LineReading, PixelBox, Sheet
from extract.scan.text import read_cells
from extract.scan.text.reader import LineReader

HALF = 128  # an even chance
STEEP = 2.0  # times as high as wide: a line of print that runs upwards, not a letter or a numeral
LEAST = 12.0  # points: what is lower is a letter
ROOM = 0.1  # inches of paper between the cells that are read together
SURE = 0.8  # confidence below which the other way round is tried, too
WHITE = 255


def is_turned(sheet: Sheet, box: PixelBox) -> bool:
    """Tell by the page's map whether most of the print in a cell, in pixels of the sheet, runs upwards or downwards."""
    maps, factor = sheet.maps, sheet.maps.dpi / sheet.dpi
    x0, top, x1, bottom = (round(at * factor) for at in (box.x0, box.top, box.x1, box.bottom))
    if bottom - top <= x1 - x0:
        return False
    part = np.ascontiguousarray(maps.printed[max(top, 0) : bottom, max(x0, 0) : x1] >= HALF).astype(np.uint8)
    if not part.any():
        return False
    stats = pieces_of(part).stats[1:]
    wide, high, area = stats[:, 2], stats[:, 3], stats[:, 4]
    steep = (high >= STEEP * wide) & (high >= LEAST * maps.dpi / 72)
    return bool(2 * area[steep].sum() > area.sum())


def read_turned(
    sheet: Sheet, boxes: Sequence[PixelBox], clean: Grey, readers: Sequence[LineReader]
) -> list[tuple[LineReading, ...]]:
    """Read cells whose print runs upwards, or downwards where that is read better; boxes are in pixels of the sheet."""
    if not boxes:
        return []
    upwards = _read(sheet, boxes, clean, readers, -1)
    unsure = [n for n, lines in enumerate(upwards) if _confidence(lines) < SURE]
    downwards = _read(sheet, [boxes[n] for n in unsure], clean, readers, 1) if unsure else []
    for n, lines in zip(unsure, downwards, strict=True):
        if _confidence(lines) > _confidence(upwards[n]):
            upwards[n] = lines
    return upwards


def _confidence(lines: Sequence[LineReading]) -> float:
    return min((line.confidence for line in lines), default=0.0)


def _read(
    sheet: Sheet, boxes: Sequence[PixelBox], clean: Grey, readers: Sequence[LineReader], quarters: int
) -> list[tuple[LineReading, ...]]:
    """Read cells turned by some quarters against the clock, one below the other on one picture."""
    parts = [np.rot90(clean[box.top : box.bottom, box.x0 : box.x1], quarters) for box in boxes]
    room = round(ROOM * sheet.dpi)
    height, width = (
        sum(len(part) + room for part in parts) + room,
        max(part.shape[1] for part in parts) + 2 * room,
    )
    page = np.full((height, width), WHITE, dtype=np.uint8)
    places, top = [], room
    for part in parts:
        page[top : top + len(part), room : room + part.shape[1]] = part
        places.append(PixelBox(room, top, room + part.shape[1], top + len(part)))
        top += len(part) + room
    read = read_cells(sheet, places, page, readers=readers)
    return [
        tuple(_back(line, place, box, quarters) for line in lines)
        for lines, place, box in zip(read, places, boxes, strict=True)
    ]


def _back(line: LineReading, place: PixelBox, cell: PixelBox, quarters: int) -> LineReading:
    """Return a reading with its boxes where they lie on the page."""

    def back(box: PixelBox) -> PixelBox:
        across, down = (box.top - place.top, box.bottom - place.top), (box.x0 - place.x0, box.x1 - place.x0)
        if quarters < 0:
            return PixelBox(
                cell.x0 + across[0], cell.bottom - down[1], cell.x0 + across[1], cell.bottom - down[0]
            )
        return PixelBox(cell.x1 - across[1], cell.top + down[0], cell.x1 - across[0], cell.top + down[1])

    words = tuple(replace(word, box=back(word.box)) for word in line.words)
    return replace(line, box=back(line.box), words=words)
