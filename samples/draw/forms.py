"""Turns the name of a sample into the form in which its office prints: paper, columns, words, rulings."""

from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from samples.draw.columns import Column, usual_columns
from samples.draw.truth import MONTH_NAMES

Size = tuple[float, float]
Shade = float | tuple[float, float, float]
AreaStyle = Literal["row", "column", "heading"]
ComponentStyle = Literal["cells", "row"]

INCH = 72.0
F4: Size = (8.5 * INCH, 13 * INCH)
A4: Size = (595.276, 841.89)


@dataclass(frozen=True)
class Form:
    """How one office's decree looks; lengths in points.

    `columns` are the widths of all physical columns: number, component (numeral and name, or one column
    for both), indicator, action, evidence, twelve months, team. `labels` are the heads of the five
    printed groups before the months, of the months, and of the team. `fonts` are the regular and the bold
    one, `mark_font` that of the marks where the regular one lacks them; with `mark_fill` a marked month is a
    cell of that grey in place of a letter; `no_mark` stands in a month without a mark; `ruling` is the
    thickness of a ruling; with `upright` the annex is printed on portrait pages.

    A form of other columns lists them in `table`; `labels` and `month_labels` are then of no account. Its areas
    are rows over the table, cells of a merged column, or headings above a table each; its components cells, or
    rows over the table. The head stands on each page, or with `head_every` off on the first alone; the team
    is merged over an area, or with `team_merged` off printed in each row; a merged area's name is printed again on
    each page with `area_again`.
    """

    sample: str
    paper: Size
    columns: tuple[float, ...]
    labels: tuple[str, str, str, str, str, str, str]
    month_labels: tuple[str, ...]
    numbered_head: bool
    mark: str
    size: float
    rulings: Literal["stroked", "filled"]
    head_fill: float | None
    keeps_trailing_space: bool
    footer: str
    fonts: tuple[str, str] = ("Vera", "VeraBd")
    mark_font: str | None = None
    mark_fill: Shade | None = None
    no_mark: str = ""
    ruling: float = 0.5
    upright: bool = False
    table: tuple[Column, ...] = ()
    area_style: AreaStyle = "row"
    component_style: ComponentStyle = "cells"
    head_every: bool = True
    team_merged: bool = True
    area_again: bool = False

    @cached_property
    def laid(self) -> tuple[Column, ...]:
        """All physical columns from the left."""
        return self.table or usual_columns(
            self.columns, self.labels, self.month_labels, self.component_columns
        )

    @property
    def component_columns(self) -> int:
        """Physical columns of a component: 2 (numeral, name) or 1 (both in one cell)."""
        return len(self.columns) - 17

    @property
    def first_month(self) -> int:
        """Index of the physical column of month 1."""
        return 4 + self.component_columns

    def font(self, *, bold: bool) -> str:
        """Name of the regular or the bold font."""
        return self.fonts[1] if bold else self.fonts[0]

    @property
    def annex(self) -> Size:
        """Width and height of the annex pages as this form turns them."""
        return self.paper if self.upright else self.landscape

    @property
    def landscape(self) -> Size:
        """Width and height of the paper on its side."""
        return self.paper[1], self.paper[0]


FORMS = (
    Form(
        sample="kpu-batang-2025",
        paper=F4,
        columns=(22, 22, 98, 132, 146, 167, *[17.5] * 12, 80),
        labels=(
            "NO",
            "KOMPONEN",
            "INDIKATOR",
            "LANGKAH AKSI",
            "BUKTI/EVIDEN",
            "PELAKSANAAN (BULAN)",
            "PENANGGUNG JAWAB",
        ),
        month_labels=tuple(str(n) for n in range(1, 13)),
        numbered_head=True,
        mark="√",
        size=8.4,
        rulings="stroked",
        head_fill=None,
        keeps_trailing_space=True,
        footer="jdih.kpu.go.id",
    ),
    Form(
        sample="kpu-contoh-2024",
        paper=A4,
        columns=(20, 104, 124, 132, 140, *[17.5] * 12, 68),
        labels=(
            "NO",
            "KOMPONEN",
            "INDIKATOR",
            "RENCANA AKSI",
            "BUKTI DUKUNG",
            "WAKTU PELAKSANAAN",
            "PELAKSANA",
        ),
        month_labels=tuple(name[:3] for name in MONTH_NAMES),
        numbered_head=False,
        mark="v",
        size=7.4,
        rulings="filled",
        head_fill=0.85,
        keeps_trailing_space=False,
        footer="jdih.kabcontoh.example",
    ),
)
