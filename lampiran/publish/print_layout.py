"""The widths of a sheet's columns and a kind of paper -> the scale of its print, and the columns where a new page begins."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

from extract.types import Extraction
from lampiran.data import data_toml
from lampiran.publish.settings import PRINT
from schema.choices import PaperSize

_WHOLE = 100  # per cent
_ROUNDING = 1e-6  # characters, so that a part is not too narrow for itself


@dataclass(frozen=True, slots=True)
class PrintLayout:
    """How a sheet is printed: in per cent of its size, and the numbers from 1 of the columns that end a page's width."""

    scale: int
    breaks: tuple[int, ...]


def paper_of(extraction: Extraction) -> PaperSize:
    """Return the paper that a decree lies on: F4 where most of its pages are longer than A4, else A4."""
    longest = data_toml("report/sheets.toml")["paper"]["a4"]["long"] + PRINT.longer
    long = sum(max(page.width, page.height) > longest for page in extraction.pages)
    return "f4" if long * 2 > len(extraction.pages) else "a4"


def paper_code(paper: PaperSize) -> int:
    """Return the number of a paper in workbooks."""
    return int(data_toml("report/sheets.toml")["paper"][paper]["code"])


def print_layout(widths: Sequence[Sequence[float]], repeated: float, paper: PaperSize) -> PrintLayout:
    """Return the layout on as few pages side by side as legible print needs, as evenly filled as can be.

    `widths` are those of the columns in characters, in groups that stay together. `repeated` is the width of the first
    columns, which stand on each page. A group too wide for a page is printed smaller.
    """
    room = (data_toml("report/sheets.toml")["paper"][paper]["long"] - 2 * PRINT.margin) / PRINT.character
    sums = [sum(group) for group in widths]
    most = max(room / PRINT.smallest - repeated, *sums)
    fewest = len(_begins(sums, repeated, most))
    loads = sorted(high - low + _ROUNDING for low, high in _spans(sums))
    evenest = next(
        load for load in loads if load >= max(sums) and len(_begins(sums, repeated, load)) <= fewest
    )
    begins = _begins(sums, repeated, evenest)
    ends = list(accumulate(len(group) for group in widths))
    widest = max(repeated * (n > 0) + load for n, load in enumerate(_loads(sums, begins)))
    scale = min(_WHOLE, int(_WHOLE * room / widest))
    return PrintLayout(scale, tuple(ends[begin - 1] for begin in begins[1:]))


def _spans(sums: Sequence[float]) -> list[tuple[float, float]]:
    edges = [0.0, *accumulate(sums)]
    return [(low, high) for n, low in enumerate(edges) for high in edges[n + 1 :]]


def _begins(sums: Sequence[float], repeated: float, most: float) -> list[int]:
    """Return at which group each page begins if each takes as many as go into `most`; the first has no columns repeated."""
    begins, load, limit = [0], 0.0, most + repeated
    for n, group in enumerate(sums):
        if load and load + group > limit:
            begins.append(n)
            load, limit = 0.0, most
        load += group
    return begins


def _loads(sums: Sequence[float], begins: Sequence[int]) -> list[float]:
    return [sum(sums[low:high]) for low, high in pairwise([*begins, len(sums)])]
