"""Turns the description of a table into a drawn page, worn as a scanner wears it."""

from __future__ import annotations

from dataclasses import dataclass, field

import cv2
import numpy as np
from numpy.typing import NDArray

from extract.grid.lattice import Span
from extract.scan.model import PageMap, Sheet
from extract.scan.page.page_finder import at_finder_dpi, find

Picture = NDArray[np.uint8]


@dataclass(frozen=True)
class Table:
    """Edges in pixels and the cells, which cover the table without overlap."""

    columns: tuple[int, ...]
    rows: tuple[int, ...]
    spans: tuple[Span, ...]
    texts: frozenset[Span] = field(default_factory=frozenset)

    def box(self, span: Span) -> tuple[int, int, int, int]:
        """x0, top, x1, bottom of a cell."""
        return (
            self.columns[span.column],
            self.rows[span.row],
            self.columns[span.column + span.columns],
            self.rows[span.row + span.rows],
        )


def table(rng: np.random.Generator, dpi: int, *, months: int = 12) -> Table:
    """A plan's table: text columns, months, a team's column; titles over the whole width, merged cells."""
    mm = dpi / 25.4
    widths = [*rng.uniform(18, 40, 3), *[rng.uniform(5.2, 6.5)] * months, 28.0]
    columns = _edges(12 * mm, widths, mm)
    kinds = ["head", "head", *rng.choice(["row", "row", "row", "title"], size=8), "row", "row"]
    heights = [5.0 if kind != "row" else float(rng.uniform(5, 18)) for kind in kinds]
    rows = _edges(14 * mm, heights, mm)
    spans: list[Span] = []
    first = [0, 1, 2, 3 + months]
    spans += [Span(0, column, 2, 1) for column in first]
    spans += [Span(0, 3, 1, months), *(Span(1, 3 + month, 1, 1) for month in range(months))]
    at = 2
    while at < len(kinds):
        if kinds[at] == "title":
            spans.append(Span(at, 0, 1, months + 4))
            at += 1
            continue
        end = at
        while end < len(kinds) and kinds[end] == "row":
            end += 1
        spans += [Span(at, 0, end - at, 1), Span(at, 3 + months, end - at, 1)]
        spans += [Span(row, column, 1, 1) for row in range(at, end) for column in range(1, 3 + months)]
        at = end
    texts = frozenset(span for span in spans if span.columns > 1 or span.column < 3 or rng.random() < 0.3)
    return Table(columns, rows, tuple(sorted(spans)), texts)


def _edges(start: float, sizes: list[float], mm: float) -> tuple[int, ...]:
    return tuple(round(start + sum(sizes[:count]) * mm) for count in range(len(sizes) + 1))


def drawn(drawing: Table, dpi: int, *, thickness: int = 2, ink: int = 20) -> Picture:
    """The table on white paper, text in its cells."""
    size = (drawing.rows[-1] + dpi // 2, drawing.columns[-1] + dpi // 2)
    page = np.full(size, 255, np.uint8)
    for span in drawing.spans:
        x0, top, x1, bottom = drawing.box(span)
        for box in (
            (x0, top, x1, top),
            (x0, bottom, x1, bottom),
            (x0, top, x0, bottom),
            (x1, top, x1, bottom),
        ):
            _bar(page, box, thickness, ink)
        if span in drawing.texts:
            _write(page[top + 8 : bottom - 4, x0 + 8 : x1 - 4], dpi)
    return page


def _bar(page: Picture, box: tuple[int, int, int, int], thickness: int, ink: int) -> None:
    before = thickness // 2
    after = thickness - before
    x0, top, x1, bottom = box
    page[top - before : bottom + after, x0 - before : x1 + after] = ink


def _write(room: Picture, dpi: int) -> None:
    """Fill a cell with ragged lines of words; no word is cut at the cell's border."""
    scale, font = dpi / 420, cv2.FONT_HERSHEY_SIMPLEX
    words = "Illfth menetapkan HIMPUNAN tim kerja EFL dan laporan IT evaluasi zona".split() * 20
    at = room.shape[0] + room.shape[1]
    for base in range(round(dpi * 0.08), room.shape[0] - round(dpi * 0.03), round(dpi * 0.15)):
        x = 0
        while (width := cv2.getTextSize(words[at % len(words)], font, scale, 2)[0][0]) + x < room.shape[
            1
        ] - 6:
            cv2.putText(room, words[at % len(words)], (x, base), font, scale, 30, 2, cv2.LINE_AA)
            x += width + dpi // 25
            at += 1
        at += x == 0


def worn(page: Picture, rng: np.random.Generator, *, noise: float, wave: float) -> Picture:
    """The page bent by a smooth wave of some pixels, blurred, with grain."""
    height, width = page.shape
    x, y = np.meshgrid(np.arange(width, dtype=np.float32), np.arange(height, dtype=np.float32))
    dx = wave * np.sin(y / height * 4 + 1) * np.cos(x / width * 3)
    dy = wave * np.sin(x / width * 4 + 2) * np.cos(y / height * 3)
    bent = cv2.remap(
        page,
        (x + dx).astype(np.float32),
        (y + dy).astype(np.float32),
        cv2.INTER_LINEAR,
        borderMode=cv2.BORDER_CONSTANT,
        borderValue=255,
    )
    soft = cv2.GaussianBlur(bent, (0, 0), 0.6).astype(np.float64)
    return np.clip(soft + rng.normal(0, noise, page.shape), 0, 255).astype(np.uint8)


def sheet(grey: Picture, dpi: float, colour: Picture | None = None) -> Sheet:
    """A sheet of which pixels and points are the same."""
    size = float(grey.shape[1]), float(grey.shape[0])
    return Sheet(1, grey, colour, dpi, 0, *size, PageMap(lambda p: p), find(at_finder_dpi(grey, dpi)))
