"""Turns a seed into a ruled table of another kind than a plan, and ruled tables into a PDF: a price list, a budget.

Nothing of them is committed; tests draw them when they need them.
"""

import io
import json
import random
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate
from pathlib import Path
from types import MappingProxyType
from typing import Any

from reportlab.pdfgen.canvas import Canvas

from samples.draw.forms import A4, Size
from samples.draw.text import ASCENT, BOLD, LEADING, REGULAR, register_fonts, wrap

DATA = Path(__file__).with_name("ruled.json")
MARGIN, PAD, GAP = 50.0, 3.0, 26.0
TICK, TICK_FONT = "√", "Symbol"


@dataclass(frozen=True)
class RuledCell:
    """A cell as it is printed; row and column count from 0 in the whole table, repeated heads left out."""

    row: int
    column: int
    text: str
    row_span: int = 1
    column_span: int = 1


@dataclass(frozen=True)
class RuledTable:
    """A table with its title above it.

    Attributes:
        columns: widths in points.
        cells: all cells, which cover the grid without overlap.
        head_rows: how many rows at the top are the head.
        title: printed above the table, empty for none.
        repeat_head: print the head again on each further page.
        bold_head: the head is set in bold.
        page_rows: rows of the body on a page, `None` for as many as fit.
        new_page: begin on a page of its own.
        size: of the letters, in points.
    """

    columns: tuple[float, ...]
    cells: tuple[RuledCell, ...]
    head_rows: int = 1
    title: str = ""
    repeat_head: bool = True
    bold_head: bool = True
    page_rows: int | None = None
    new_page: bool = False
    size: float = 9.0

    @property
    def row_count(self) -> int:
        """Number of rows, the head included once."""
        return max(cell.row + cell.row_span for cell in self.cells)


def ruled_pdf(tables: Iterable[RuledTable], *, paper: Size = A4, ruling: float = 0.5) -> bytes:
    """Draw tables below each other, each over as many pages as it needs; the same tables give the same bytes."""
    register_fonts()
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pageCompression=1, invariant=1, pagesize=paper)
    sheet = _Sheet(canvas, paper, ruling)
    for table in tables:
        sheet.put(table)
    sheet.close()
    return buffer.getvalue()


class _Sheet:
    """The page that is being filled; `top` is where the next thing may stand."""

    def __init__(self, canvas: Canvas, paper: Size, ruling: float) -> None:
        self._canvas, self._paper, self._ruling = canvas, paper, ruling
        self._top, self._page = MARGIN, 1

    def put(self, table: RuledTable) -> None:
        heights = _heights(table)
        if table.new_page:
            self._turn()
        if table.title:
            self._text(MARGIN, self._top, table.title, BOLD, table.size + 1)
            self._top += 20
        for number, rows in enumerate(_stretches(table, heights, self._top, self._paper[1] - MARGIN - 20)):
            if number:
                self._turn()
            self._draw(table, rows, heights)
        self._top += GAP

    def close(self) -> None:
        self._foot()
        self._canvas.showPage()
        self._canvas.save()

    def _turn(self) -> None:
        self._foot()
        self._canvas.showPage()
        self._top, self._page = MARGIN, self._page + 1

    def _foot(self) -> None:
        self._text(self._paper[0] / 2 - 8, self._paper[1] - 36, f"- {self._page} -", REGULAR, 8)

    def _draw(self, table: RuledTable, rows: Sequence[int], heights: Sequence[float]) -> None:
        xs = list(accumulate(table.columns, initial=MARGIN))
        ys = dict(zip(rows, accumulate([heights[row] for row in rows], initial=self._top), strict=False))
        for cell in table.cells:
            if cell.row not in ys:
                continue
            height = sum(heights[cell.row : cell.row + cell.row_span])
            x0, x1, top = xs[cell.column], xs[cell.column + cell.column_span], ys[cell.row]
            self._canvas.setLineWidth(self._ruling)
            self._canvas.rect(x0, self._paper[1] - top - height, x1 - x0, height)
            font = BOLD if table.bold_head and cell.row < table.head_rows else REGULAR
            font = TICK_FONT if cell.text == TICK else font
            for n, line in enumerate(_lines(table, cell)):
                self._text(x0 + PAD, top + PAD + n * LEADING * table.size, line, font, table.size)
        self._top += sum(heights[row] for row in rows)

    def _text(self, x: float, top: float, line: str, font: str, size: float) -> None:
        self._canvas.setFont(font, size)
        self._canvas.drawString(x, self._paper[1] - top - ASCENT * size, line)


def _lines(table: RuledTable, cell: RuledCell) -> list[str]:
    width = sum(table.columns[cell.column : cell.column + cell.column_span]) - 2 * PAD
    font = BOLD if table.bold_head and cell.row < table.head_rows else REGULAR
    return wrap(cell.text, font, table.size, width) if cell.text and cell.text != TICK else [cell.text]


def _heights(table: RuledTable) -> list[float]:
    heights = [LEADING * table.size + 2 * PAD] * table.row_count
    for cell in sorted(table.cells, key=lambda cell: cell.row_span):
        last = cell.row + cell.row_span - 1
        need = len(_lines(table, cell)) * LEADING * table.size + 2 * PAD
        heights[last] += max(0.0, need - sum(heights[cell.row : last + 1]))
    return heights


def _stretches(
    table: RuledTable, heights: Sequence[float], top: float, bottom: float
) -> Iterator[tuple[int, ...]]:
    """Yield the rows of each page; a page ends where no cell spans the break."""
    head = tuple(range(table.head_rows))
    blocks = list(_blocks(table))
    rows: list[int] = [*head]
    for block in blocks:
        full = top + sum(heights[row] for row in (*rows, *block)) > bottom
        count = len(rows) - (table.head_rows if rows[: table.head_rows] == [*head] else 0)
        if rows != [*head] and (full or (table.page_rows is not None and count >= table.page_rows)):
            yield tuple(rows)
            rows, top = [*head] if table.repeat_head else [], MARGIN
        rows += block
    yield tuple(rows)


def _blocks(table: RuledTable) -> Iterator[list[int]]:
    """Yield the rows of the body that spans hold together."""
    block: list[int] = []
    end = 0
    for row in range(table.head_rows, table.row_count):
        block.append(row)
        end = max(end, *(c.row + c.row_span for c in table.cells if c.row == row), row + 1)
        if end == row + 1:
            yield block
            block = []


def _data() -> Mapping[str, Any]:
    content: Mapping[str, Any] = json.loads(DATA.read_text(encoding="utf-8"))
    return content


def _rupiah(amount: int) -> str:
    return f"{amount:,}".replace(",", ".")


def _table(columns: Sequence[float], rows: Iterable[Sequence[str]], **settings: Any) -> RuledTable:  # noqa: ANN401 - fields of RuledTable
    cells = tuple(RuledCell(r, c, text) for r, row in enumerate(rows) for c, text in enumerate(row))
    return RuledTable(tuple(columns), cells, **settings)


def price_list(seed: int, rows: int = 24) -> RuledTable:
    """A price list: number, goods, unit, price, remark."""
    chance, goods = random.Random(seed), _data()["goods"]  # noqa: S311 - a drawing, no secret
    body = []
    for number in range(1, rows + 1):
        name, unit, price = chance.choice(goods)
        remark = chance.choice(["", "", "termasuk PPN", "stok terbatas"])
        body.append(
            [str(number), name, unit, _rupiah(int(price * chance.uniform(0.8, 1.3)) // 100 * 100), remark]
        )
    head = ["No", "Nama Barang", "Satuan", "Harga (Rp)", "Keterangan"]
    return _table((30, 190, 60, 90, 110), [head, *body], title="DAFTAR HARGA BARANG")


def budget(seed: int, groups: int = 8) -> RuledTable:
    """A budget: a head of two rows, a heading over each group, a subtotal below it, a total at the end."""
    chance, data = random.Random(seed), _data()["budget"]  # noqa: S311 - a drawing, no secret
    cells = [RuledCell(0, c, t, row_span=2) for c, t in ((0, "No"), (1, "Uraian"))]
    cells += [RuledCell(0, 2, "Rincian", column_span=3), RuledCell(0, 5, "Jumlah (Rp)", row_span=2)]
    cells += [RuledCell(1, 2 + n, t) for n, t in enumerate(("Volume", "Satuan", "Harga"))]
    row, total = 2, 0
    for group in range(groups):
        heading, items = chance.choice(data)
        cells.append(RuledCell(row, 0, f"{chr(65 + group)}. {heading}", column_span=6))
        subtotal = 0
        for number, (name, unit, price) in enumerate(items, 1):
            row, volume = row + 1, chance.randint(1, 60)
            subtotal += volume * price
            texts = (str(number), name, str(volume), unit, _rupiah(price), _rupiah(volume * price))
            cells += [RuledCell(row, c, text) for c, text in enumerate(texts)]
        cells += [RuledCell(row + 1, 0, "Subjumlah", column_span=5), RuledCell(row + 1, 5, _rupiah(subtotal))]
        row, total = row + 2, total + subtotal
    cells += [RuledCell(row, 0, "JUMLAH SELURUHNYA", column_span=5), RuledCell(row, 5, _rupiah(total))]
    return RuledTable((28, 180, 52, 60, 80, 95), tuple(cells), head_rows=2, title="RENCANA ANGGARAN BIAYA")


def attendance(seed: int, rows: int = 20) -> RuledTable:
    """An attendance list: post and unit, a cell over two rows where they sign in turn."""
    chance, data = random.Random(seed), _data()  # noqa: S311 - a drawing, no secret
    texts = ("No", "Jabatan", "Unit Kerja", "Tanda Tangan", "Ket.")
    cells = [RuledCell(0, c, text) for c, text in enumerate(texts)]
    for row in range(1, rows + 1):
        for c, text in enumerate((str(row), chance.choice(data["posts"]), chance.choice(data["units"]))):
            cells.append(RuledCell(row, c, text))
        if row % 2:
            cells.append(RuledCell(row, 3, f"{row}. ........", row_span=2 if row < rows else 1))
        cells.append(RuledCell(row, 4, chance.choice(["", "", "izin"])))
    return RuledTable((30, 160, 140, 110, 50), tuple(cells), title="DAFTAR HADIR RAPAT")


def timetable(seed: int) -> RuledTable:
    """A week's timetable: activity, who carries it out, ticks in the columns of days."""
    chance, data = random.Random(seed), _data()  # noqa: S311 - a drawing, no secret
    days = data["days"]
    cells = [RuledCell(0, c, t, row_span=2) for c, t in ((0, "No"), (1, "Kegiatan"), (2, "Pelaksana"))]
    cells.append(RuledCell(0, 3, "Hari", column_span=len(days)))
    cells += [RuledCell(1, 3 + n, day) for n, day in enumerate(days)]
    for row, activity in enumerate(data["activities"], 2):
        texts = (str(row - 1), activity, chance.choice(data["units"]))
        cells += [RuledCell(row, c, text) for c, text in enumerate(texts)]
        cells += [RuledCell(row, 3 + n, chance.choice(["", TICK])) for n in range(len(days))]
    return RuledTable(
        (28, 140, 120, *[40.0] * len(days)), tuple(cells), head_rows=2, title="JADWAL KEGIATAN MINGGUAN"
    )


KINDS: Mapping[str, Callable[[int], RuledTable]] = MappingProxyType(
    {"price-list": price_list, "budget": budget, "attendance": attendance, "timetable": timetable}
)


def ruled(kind: str, seed: int, **changes: Any) -> RuledTable:  # noqa: ANN401 - fields of RuledTable
    """Return a table of a kind (`KINDS`), the same for the same seed, with settings changed.

    Raises:
        KeyError: there is no such kind.
    """
    return replace(KINDS[kind](seed), **changes)
