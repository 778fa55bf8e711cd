"""Builds the extraction of a scanned annex from texts, as the scan reader would hand it over."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from extract.types import Cell, Extraction, Grid, MarkState, Page, Seen, TextLine, Word
from schema.geometry import BBox
from schema.provenance import Source, SourceRef

SHA = "0" * 64
MONTHS = ("JAN", "FEB", "MAR", "APR", "MEI", "JUN", "JUL", "AGU", "SEP", "OKT", "NOV", "DES")
NAMES = ("NO", "KOMPONEN", "INDIKATOR", "LANGKAH AKSI", "BUKTI", *MONTHS, "PENANGGUNG JAWAB")
WAKTU = (*NAMES[:5], *["WAKTU"] * 12, NAMES[-1])  # the months' names stand in a row of their own below
WIDTH, HEIGHT = 20.0, 10.0


def line(
    text: str,
    confidence: float = 0.999,
    *,
    agreed: bool | None = True,
    others: tuple[str, ...] = (),
    choices: Mapping[str, Mapping[str, float]] = MappingProxyType({}),
    covered: bool = False,
) -> TextLine:
    """A recognised line; `others` makes it a disputed one, `choices` is what else its reader may have seen of a word."""
    box = BBox(x0=0, top=0, x1=10, bottom=10)
    words = tuple(
        Word(
            text=word,
            bbox=box,
            confidence=confidence if not choices or word in choices else 0.999,
            choices=tuple(Seen(text=other, chance=chance) for other, chance in choices.get(word, {}).items()),
        )
        for word in text.split()
    )
    return TextLine(
        text=text,
        page=1,
        bbox=box,
        confidence=confidence,
        words=words,
        agreed=False if others else agreed,
        others=others,
        covered=covered,
    )


@dataclass(frozen=True)
class RowOf:
    """A row below the head: texts of the first five columns, marks, team; `spans` are rows a column's cell covers.

    In a `wide` row the second cell reaches over all columns but the last one.
    """

    texts: Sequence[str | TextLine]
    marked: frozenset[int] = frozenset()
    team: str | TextLine = ""
    spans: dict[int, int] = field(default_factory=dict)
    hidden: frozenset[int] = frozenset()
    doubtful: frozenset[int] = frozenset()
    wide: bool = False


def page_of(
    rows: Sequence[RowOf],
    *,
    number: int = 1,
    names: Sequence[str] = NAMES,
    above: Sequence[Sequence[str]] = (),
) -> Grid:
    """Return a page's grid: a head, further rows of the head (`above`), the rows; covered positions have no cell."""
    cells = [_cell(number, 0, n, line(name) if name else None) for n, name in enumerate(names)]
    for at, texts in enumerate(above, 1):
        cells += [_cell(number, at, n, line(text) if text else None) for n, text in enumerate(texts)]
    taken: dict[int, int] = {}
    for at, row in enumerate(rows, 1 + len(above)):
        contents = [*row.texts, *[None] * 12, row.team]
        for column, content in enumerate(contents):
            if taken.get(column, 0) > at or (row.wide and 1 < column < len(contents) - 1):
                continue
            span = row.spans.get(column, 1)
            taken[column] = at + span
            cell = _body_cell(number, at, column, content, row, span)
            wide = len(contents) - 2 if row.wide and column == 1 else 1
            cells.append(cell.model_copy(update={"column_span": wide}))
    count = 1 + len(above) + len(rows)
    edges = tuple(n * WIDTH for n in range(len(names) + 1))
    return Grid(
        page=number,
        column_edges=edges,
        row_edges=tuple(n * HEIGHT for n in range(count + 1)),
        row_count=count,
        column_count=len(names),
        cells=tuple(cells),
        exact=True,
    )


def _body_cell(
    number: int, at: int, column: int, content: str | TextLine | None, row: RowOf, span: int
) -> Cell:
    text = line(content) if isinstance(content, str) and content else content
    cell = _cell(number, at, column, text if isinstance(text, TextLine) else None, span)
    month = column - 4
    if not 1 <= month <= 12:
        return cell
    state: MarkState = "covered" if month in row.hidden else "marked" if month in row.marked else "empty"
    return cell.model_copy(update={"mark": state, "border": 0.5 if month in row.doubtful else 1.0})


def _cell(number: int, row: int, column: int, content: TextLine | None, span: int = 1) -> Cell:
    box = BBox(
        x0=column * WIDTH, top=row * HEIGHT, x1=(column + 1) * WIDTH - 1, bottom=(row + span) * HEIGHT - 1
    )
    return Cell(
        row=row,
        column=column,
        row_span=span,
        text=content.text if content else "",
        ref=SourceRef(sha256=SHA, page=number, bbox=box, reader="ocr"),
        lines=(content,) if content else (),
    )


def extraction_of(*grids: Grid) -> Extraction:
    """A scan of these pages."""
    source = Source(name="scan.pdf", sha256=SHA, media_type="application/pdf", size=1)
    pages = tuple(Page(number=g.page or 1, width=400, height=200, kind="picture") for g in grids)
    return Extraction(source=source, pages=pages, grids=grids)


TITLE = RowOf(["1. MANAJEMEN PERUBAHAN", "", "", "", ""])


def action(numeral: str, name: str, text: str | TextLine = "Menyusun laporan", **more: object) -> RowOf:
    """An action's row with a numeral and a name in the component's column."""
    return RowOf(
        ["", f"{numeral} {name}".strip(), "Tim kerja telah dibentuk", text, "Surat keputusan"],
        frozenset({3, 6}),
        "TIM KERJA",
        **more,  # type: ignore[arg-type]
    )
