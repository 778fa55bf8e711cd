from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from benchmarks.faults.sheets import HEADER
from extract.transcript import read_transcript
from extract.types import Cell, Extraction, Grid, Page, TextLine
from lampiran.resources import load_resources
from normalize import Resources, build_plan
from schema.geometry import BBox
from schema.plan import Plan
from schema.provenance import Source, SourceRef


@pytest.fixture(scope="session")
def resources() -> Resources:
    return load_resources()


def extraction_of(text: str, name: str = "transcript.txt") -> Extraction:
    data = text.encode()
    source = Source(
        name=name, sha256=hashlib.sha256(data).hexdigest(), media_type="text/plain", size=len(data)
    )
    return read_transcript(Path(name), data, source)


@pytest.fixture(scope="session")
def plan_of(resources: Resources) -> Callable[[str], Plan]:
    """Read a transcription given as text."""
    return lambda text: build_plan(extraction_of(text), resources)


@pytest.fixture(scope="session")
def truths(samples: Path) -> dict[str, Any]:
    return {
        path.name.split(".")[0]: json.loads(path.read_text(encoding="utf-8"))
        for path in sorted(samples.glob("*.truth.json"))
    }


@dataclass(frozen=True)
class Transcript:
    """Writes small transcriptions: lines of tab-separated cells below a head of 19 cells."""

    months: int = 12
    team: str = "TIM MANAJEMEN PERUBAHAN"
    area: str = "1. MANAJEMEN PERUBAHAN"
    indicator: str = "Tim kerja telah dibentuk"
    action: str = "Menyusun keputusan tim kerja"
    evidence: str = "Keputusan tim kerja"

    def row(self, *months: int, numeral: str = "", name: str = "", team: str = "", **texts: str) -> list[str]:
        """Return the cells of a row with ticks in some months; texts not given are sound ones."""
        own = [texts.get(field, getattr(self, field)) for field in ("indicator", "action", "evidence")]
        ticks = ["√" if month in months else "" for month in range(1, self.months + 1)]
        return ["", numeral, name, *own, *ticks, team]

    def first(self, *months: int, **values: str) -> list[str]:
        """Return the row that begins the first component and names the team."""
        values = {"numeral": "i.", "name": "Penyusunan Tim Kerja", "team": self.team, **values}
        return self.row(*months, **values)

    def title(self, text: str) -> list[str]:
        """Return the cells of an area's title."""
        return [text, *[""] * 18]

    def page(self, *rows: list[str], title: str | None = "1. MANAJEMEN PERUBAHAN") -> str:
        """Return a table with its head, an area's title (`None`: none) and the rows, and a blank line."""
        titles = [] if title is None else [self.title(title)]
        return "\n".join("\t".join(cells) for cells in (*HEADER, *titles, *rows)) + "\n\n"


@pytest.fixture(scope="session")
def write() -> Transcript:
    """Write transcriptions with the usual head; the first row of a page stands on line 5."""
    return Transcript()


@dataclass(frozen=True)
class Digital:
    """Draws exact grids of a digital page: cells as text, or as text with spans and fill."""

    sha256: str = "ab" * 32

    def cell(self, row: int, column: int, text: str, **values: Any) -> Cell:
        """Return a cell whose place on the page follows from its place in the grid."""
        box = BBox(x0=column * 50.0, top=row * 20.0, x1=column * 50.0 + 50.0, bottom=row * 20.0 + 20.0)
        ref = SourceRef(sha256=self.sha256, page=1, bbox=box, reader="pdf-text")
        lines = tuple(TextLine(text=part, page=1) for part in text.split("\n") if text)
        return Cell(row=row, column=column, text=text, ref=ref, lines=lines, **values)

    def grid(self, *rows: tuple[str | tuple[str, dict[str, Any]] | None, ...]) -> Extraction:
        """Return a page with one grid; `None` is a position that a span covers."""
        cells = [
            self.cell(r, c, item) if isinstance(item, str) else self.cell(r, c, item[0], **item[1])
            for r, row in enumerate(rows)
            for c, item in enumerate(row)
            if item is not None
        ]
        grid = Grid(page=1, row_count=len(rows), column_count=len(rows[0]), cells=tuple(cells), exact=True)
        source = Source(name="plan.pdf", sha256=self.sha256, media_type="application/pdf", size=1)
        page = Page(number=1, width=900, height=600, kind="digital")
        return Extraction(source=source, pages=(page,), grids=(grid,))


@pytest.fixture(scope="session")
def draw() -> Digital:
    """Draw exact grids by hand."""
    return Digital()


@pytest.fixture(scope="session")
def plan_from(resources: Resources) -> Callable[[Extraction], Plan]:
    """Read an extraction made by hand."""
    return lambda extraction: build_plan(extraction, resources)
