"""Finds where the rows of a truth are printed in a digital PDF, by the order of its characters."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

Box = tuple[float, float, float, float]  # x0, top, x1, bottom in points of the page
LEAST_PIECE = 8  # letters that are enough to recognise a text cut by the end of a page
TEXTS = ("evidence", "indicator", "responsible", "component", "area", "element", "schedule_text")


@dataclass(frozen=True, slots=True)
class Place:
    """A part of a row on one page: a box around a text, or the band across the page that the row's own texts take."""

    page: int
    box: Box
    band: bool = False


@dataclass(frozen=True, slots=True)
class PrintedRow:
    """Where a row is printed, and for each of its texts before which letters a line ends inside a word."""

    places: tuple[Place, ...]
    breaks: Mapping[str, tuple[int, ...]]


@dataclass(frozen=True, slots=True)
class _Letters:
    text: str
    pages: tuple[int, ...]
    boxes: tuple[Box, ...]


Pieces = list[tuple[int, int]]  # start and length of each


def printed_rows(path: Path, rows: Sequence[Mapping[str, Any]]) -> list[PrintedRow]:
    """Return how each row is printed, without places for a row whose action is not found; pages count from 1."""
    letters = _letters(path)
    printed, start = [], 0
    for row in rows:
        action = _bare(row["action"])
        pieces = _pieces(letters.text, action, start) or _pieces(letters.text, action, 0)
        if not pieces:
            printed.append(PrintedRow((), {}))
            continue
        start = sum(pieces[0])
        spots = {"action": pieces, **_spots(letters, row, pieces[0][0])}
        places = [
            Place(page, box, band=name == "action")
            for name, found in spots.items()
            for at, length in found
            for page, box in _parts(letters, at, length)
        ]
        breaks = {name: tuple(_breaks(letters, row[name], found)) for name, found in spots.items()}
        printed.append(PrintedRow(tuple(places), {name: at for name, at in breaks.items() if at}))
    return printed


def _spots(letters: _Letters, row: Mapping[str, Any], at: int) -> dict[str, Pieces]:
    """Return where a row's other texts are."""
    spots = {}
    for name in TEXTS:
        text = _bare(row.get(name, ""))
        found = _nearest(letters, text, at) if text else -1
        if found >= 0:
            spots[name] = [(found, len(text))]
    return spots


def _breaks(letters: _Letters, text: str, pieces: Pieces) -> Iterable[int]:
    """Return the places of a text before which a line ends without a space or hyphen."""
    at = [index for start, length in pieces for index in range(start, start + length)]
    shown = [place for place, letter in enumerate(text) if _bare(letter)]
    for before, after, one, two in zip(shown, shown[1:], at, at[1:], strict=False):
        if after == before + 1 and letters.boxes[two][0] < letters.boxes[one][0]:
            yield after


def _pieces(text: str, part: str, start: int) -> Pieces:
    """Return the start and length of a text; in two pieces where the end of a page cuts its cell."""
    at = text.find(part, start)
    if at >= 0:
        return [(at, len(part))]
    for length in range(len(part) - 1, LEAST_PIECE, -1):
        at = text.find(part[:length], start)
        if at >= 0:
            rest = text.find(part[length:], at + length)
            return [(at, length), (rest, len(part) - length)] if rest >= 0 else []
    return []


def _nearest(letters: _Letters, part: str, at: int) -> int:
    """Return the start of the occurrence of a text nearest in height to a letter, -1 if there is none."""
    starts = []
    start = letters.text.find(part)
    while start >= 0:
        starts.append(start)
        start = letters.text.find(part, start + 1)
    (page, (_, top, _, _)) = letters.pages[at], letters.boxes[at]
    return min(
        starts, key=lambda n: (abs(letters.pages[n] - page), abs(letters.boxes[n][1] - top)), default=-1
    )


def _parts(letters: _Letters, start: int, length: int) -> Iterable[tuple[int, Box]]:
    """Return a box round the letters of each page."""
    by_page: dict[int, list[Box]] = {}
    for index in range(start, start + length):
        by_page.setdefault(letters.pages[index], []).append(letters.boxes[index])
    for page, boxes in by_page.items():
        left, top, right, bottom = zip(*boxes, strict=True)
        yield page, (min(left), min(top), max(right), max(bottom))


def _bare(text: str) -> str:
    """Return a text without spaces and hyphens: PDFium drops those at the ends of lines."""
    return "".join(text.split()).replace("-", "")


def _letters(path: Path) -> _Letters:
    text: list[str] = []
    pages: list[int] = []
    boxes: list[Box] = []
    document = pypdfium2.PdfDocument(path)
    for number, page in enumerate(document, start=1):
        height = page.get_height()
        textpage = page.get_textpage()
        for index in range(textpage.count_chars()):
            letter = chr(pdfium.FPDFText_GetUnicode(textpage, index))
            if letter in {"-", "\u2010"} or letter.isspace() or not letter.isprintable():
                continue
            left, bottom, right, top = textpage.get_charbox(index)
            text.append(letter)
            pages.append(number)
            boxes.append((left, height - top, right, height - bottom))
    return _Letters("".join(text), tuple(pages), tuple(boxes))
