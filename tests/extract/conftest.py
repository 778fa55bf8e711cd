"""Small PDFs drawn for one test each; measures are points from the top left of the page."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from reportlab.lib.colors import Color, HexColor
from reportlab.pdfgen.canvas import Canvas

from extract.pdf.document import read_pdf
from extract.survey.survey import survey
from extract.types import Extraction

WIDTH, HEIGHT = 400.0, 300.0


class Sheet:
    """One page at a time, drawn from the top left."""

    def __init__(self, path: Path, size: tuple[float, float]) -> None:
        self.canvas = Canvas(str(path), pagesize=size, invariant=1)
        self.height = size[1]

    def line(self, x0: float, top: float, x1: float, bottom: float) -> None:
        self.canvas.line(x0, self.height - top, x1, self.height - bottom)

    def box(
        self, x0: float, top: float, x1: float, bottom: float, *, fill: str | None = None, stroke: bool = True
    ) -> None:
        if fill is not None:
            self.canvas.setFillColor(HexColor(fill))
        self.canvas.rect(
            x0, self.height - bottom, x1 - x0, bottom - top, stroke=int(stroke), fill=int(fill is not None)
        )
        self.canvas.setFillColor(Color(0, 0, 0))

    def text(self, x: float, baseline: float, text: str, *, size: float = 8, font: str = "Helvetica") -> None:
        self.canvas.setFont(font, size)
        self.canvas.drawString(x, self.height - baseline, text)

    def turned(self, x: float, y: float, text: str, degrees: float, *, size: float = 8) -> None:
        self.canvas.saveState()
        self.canvas.translate(x, self.height - y)
        self.canvas.rotate(degrees)
        self.canvas.setFont("Helvetica", size)
        self.canvas.drawString(0, 0, text)
        self.canvas.restoreState()

    def grid(self, xs: Sequence[float], ys: Sequence[float]) -> None:
        for x in xs:
            self.line(x, ys[0], x, ys[-1])
        for y in ys:
            self.line(xs[0], y, xs[-1], y)

    def next_page(self) -> None:
        self.canvas.showPage()


Draw = Callable[..., Path]
Read = Callable[..., Extraction]


@pytest.fixture(scope="session")
def draw(tmp_path_factory: pytest.TempPathFactory) -> Draw:
    """Draw a PDF: `draw(paint)` calls `paint(sheet)` and returns the file."""

    def make(paint: Callable[[Sheet], None], *, size: tuple[float, float] = (WIDTH, HEIGHT)) -> Path:
        path = tmp_path_factory.mktemp("drawn") / "drawn.pdf"
        sheet = Sheet(path, size)
        paint(sheet)
        sheet.next_page()
        sheet.canvas.save()
        return path

    return make


@pytest.fixture(scope="session")
def read() -> Read:
    """Survey and read a PDF."""

    def run(path: Path, **settings: Any) -> Extraction:
        return read_pdf(path, survey(path), **settings)

    return run
