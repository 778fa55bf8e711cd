"""Lays a plan out in a look: the document that prints it, and the rows as they are printed."""

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from itertools import groupby

from benchmarks.drawing.office.looks import PAPER, Look
from benchmarks.drawing.office.model import LEFT_RIGHT, Cell, Document, Paragraph, Side, Table, VerticalAlign
from benchmarks.drawing.office.plans import ROMAN, Plan, Row, Vocabulary, words
from samples.draw.truth import MONTH_NAMES as MONTHS

SHORT = ("Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agu", "Sep", "Okt", "Nov", "Des")
# Shares of the free width that the columns of texts take.
SHARES = {"area": 7, "component": 9, "indicator": 13, "element": 9, "action": 18, "evidence": 14, "when": 9, "responsible": 9, "budget": 8, "remark": 8}  # fmt: skip
WINGDINGS_TICK = chr(0xF0FC)  # the tick of the face Wingdings, in the private area that offices' files use


@dataclass(frozen=True, slots=True)
class Column:
    """A column: what it holds, the text of its header and its width in points."""

    kind: str
    label: str
    width: float
    period: int = 0


class Layout:
    """Lays a plan out in a look; `fields` are the texts that are printed, `rows` the plan as printed."""

    def __init__(self, plan: Plan, look: Look, chance: random.Random, said: Vocabulary | None = None) -> None:
        self.said = said or words()
        self.plan, self.look, self.chance = plan, look, chance
        self.areas = plan.genre == "areas" and look.area != "none"
        self.rows = self._shared_indicators() if look.indicators_merged else plan.rows
        self.columns = self._columns()
        self.depth = 1 + bool(self._periods()) + (look.under_quarters and plan.periods == "months")

    @property
    def fields(self) -> tuple[str, ...]:
        """The texts that the document prints of a row."""
        printed = {"component_no" if c.kind == "numeral" else c.kind for c in self.columns}
        if self.plan.genre == "areas":
            printed |= {"component_no"} | ({"area"} if self.areas else set())
        names = ("area", "component_no", "component", "indicator", "action", "evidence", "responsible")
        return tuple(name for name in names if name in printed)

    def document(self) -> Document:
        """Return the document that prints the plan."""
        look = self.look
        width, height = PAPER[look.paper]
        return Document(
            page=(height, width) if look.landscape else (width, height),
            margins=(36.0, 42.0, 36.0, 42.0),
            face=look.face,
            size=look.size,
            blocks=(*self._opening(), *self._tables()),
            running_head=look.running_head,
            running_foot=look.running_foot,
            watermark=look.watermark,
        )

    # ----------------------------------------------------------------------------------- columns

    def _periods(self) -> int:
        return {"months": 12, "quarters": 4, "text": 0}[self.plan.periods]

    def _columns(self) -> tuple[Column, ...]:
        kinds = self._kinds()
        free = self._width() - sum(
            self._fixed(kind) * (self._periods() if kind == "time" else 1) for kind in kinds
        )
        shares = sum(SHARES.get(kind, 0) for kind in kinds)
        columns: list[Column] = []
        for kind in kinds:
            width = self._fixed(kind) or free * SHARES[kind] / shares
            if kind == "time":
                columns += [
                    Column(kind, self._period_label(n), width, n) for n in range(1, self._periods() + 1)
                ]
            else:
                columns.append(Column(kind, self._label(kind), width))
        return tuple(columns)

    def _kinds(self) -> list[str]:
        time = "time" if self._periods() else "when"
        if self.plan.genre == "areas":
            first = ["area"] if self.look.area == "column" else []
            own = ["numeral"] if self.look.numeral == "own" else []
            return [
                *first,
                "no",
                *own,
                "component",
                "indicator",
                "action",
                "evidence",
                *self._either(time, "responsible"),
            ]
        if self.plan.genre == "schedule":
            return [
                "no",
                "action",
                *self._either(time, "responsible"),
                self.chance.choice(("remark", "budget")),
            ]
        return ["no", "element", "action", "evidence", *self._either(time, "responsible")]

    def _either(self, first: str, second: str) -> list[str]:
        return [second, first] if self.chance.random() < 0.3 else [first, second]

    def _width(self) -> float:
        width, height = PAPER[self.look.paper]
        return (height if self.look.landscape else width) - 72

    def _fixed(self, kind: str) -> float:
        size = self.look.size
        quarters = self.plan.periods == "quarters"
        time = (
            max(self.look.month_width, 2.2 * size)
            if quarters
            else min(self.look.month_width, self._width() / 28)
        )
        return {"no": 3 * size, "numeral": 2.6 * size, "time": time}.get(kind, 0.0)

    def _label(self, kind: str) -> str:
        return str(self.chance.choice(self.said["labels"].get(kind, [""])))

    def _period_label(self, n: int) -> str:
        if self.plan.periods == "quarters":
            return (
                ROMAN[n - 1].upper()
                if self.look.labels in {"numbers", "letters"}
                else f"TW {ROMAN[n - 1].upper()}"
            )
        names = {"numbers": str(n), "short": SHORT[n - 1], "long": MONTHS[n - 1], "letters": SHORT[n - 1][0]}
        return names[self.look.labels]

    # -------------------------------------------------------------------------------------- head

    def _head(self) -> list[tuple[Cell, ...]]:
        base = Cell(
            bold=True, align="center", valign="middle", fill=self.look.head_fill, colour=self.look.head_colour
        )
        levels: list[list[Cell]] = [[] for _ in range(self.depth)]
        for column in self.columns:
            if column.kind == "numeral":
                continue
            if column.kind == "time":
                self._time_head(base, column, levels)
                continue
            own = column.kind == "component" and self.look.numeral == "own"
            levels[0].append(replace(base, text=column.label, rows=self.depth, columns=1 + own))
        rows = [tuple(level) for level in levels]
        if self.look.column_numbers:
            rows.append(tuple(replace(base, text=str(n)) for n in range(1, len(self.columns) + 1)))
        return rows

    def _time_head(self, base: Cell, column: Column, levels: list[list[Cell]]) -> None:
        if column.period == 1:
            label = self.chance.choice(
                self.said["labels"]["time" if self.plan.periods == "months" else "when"]
            )
            levels[0].append(replace(base, text=label, columns=self._periods()))
        if self.depth == 3 and column.period % 3 == 1:
            levels[1].append(replace(base, text=f"TW {ROMAN[column.period // 3].upper()}", columns=3))
        levels[-1].append(
            replace(base, text=column.label, turned=self.look.turned_labels and len(column.label) > 2)
        )

    # -------------------------------------------------------------------------------------- body

    def _tables(self) -> list[Paragraph | Table]:
        if self.areas and self.look.area == "heading":
            blocks: list[Paragraph | Table] = []
            for area, rows in self._by_area(self.rows):
                blocks += [Paragraph(area, bold=True), self._table(rows)]
            return blocks
        return [self._table(self.rows)]

    def _by_area(self, rows: tuple[Row, ...]) -> list[tuple[str, tuple[Row, ...]]]:
        number = ROMAN if self.look.numeral == "no" else tuple(map(str, range(1, 9)))
        upper = [text.upper() for text in number]
        groups = groupby(rows, key=lambda row: (row.area_no, row.area))
        return [(f"{upper[int(no) - 1]}. {name}", tuple(group)) for (no, name), group in groups]

    def _table(self, rows: tuple[Row, ...]) -> Table:
        head = self._head()
        body: list[tuple[Cell, ...]] = []
        groups = self._by_area(rows) if self.areas and self.look.area in {"row", "column"} else [("", rows)]
        for title, group in groups:
            if title and self.look.area == "row":
                body.append(self._title_row(title))
            body += self._group(group, title, len(body))
        table = Table(
            widths=tuple(column.width for column in self.columns),
            rows=(*head, *body),
            head=len(head),
            line=self.look.line,
            repeat_head=self.look.repeat_head,
            cut_rows=self.look.cut_rows,
            padding=self.look.padding,
        )
        return replace(table, rows=self._opened(table))

    def _title_row(self, title: str) -> tuple[Cell, ...]:
        fill = self.look.area_fill or self._band(0)
        if self.look.numeral == "own":
            number, name = title.split(" ", 1)
            wide = Cell(name, columns=len(self.columns) - 1, bold=True, fill=fill)
            return (Cell(number, bold=True, align="center", fill=fill), wide)
        return (Cell(title, columns=len(self.columns), bold=True, fill=fill),)

    def _group(self, rows: tuple[Row, ...], title: str, before: int) -> list[tuple[Cell, ...]]:
        spans = {kind: _spans([self._key(kind, row) for row in rows]) for kind in self._merged()}
        made = []
        for index, row in enumerate(rows):
            cells = []
            for column in self.columns:
                span = spans[column.kind][index] if column.kind in spans else 1
                if span:
                    cell = self._cell(column, row, title, index + 1)
                    cells.append(replace(cell, rows=span, fill=cell.fill or self._band(before + index)))
            made.append(tuple(cells))
        return made

    def _merged(self) -> set[str]:
        look, areas = self.look, self.plan.genre == "areas"
        merged = {"area"}
        if look.components_merged:
            merged |= {"element", "component", "numeral"} | (
                {"no"} if areas and look.numeral == "no" else set()
            )
        if look.indicators_merged:
            merged.add("indicator")
        return merged | ({"responsible"} if look.team == "merged" else set())

    @staticmethod
    def _key(kind: str, row: Row) -> tuple[str, ...]:
        if kind in {"component", "no", "numeral", "indicator"}:
            return (row.area, row.component_no, row.indicator if kind == "indicator" else "")
        return (row.responsible, row.area) if kind == "responsible" else (row.area, row.element)

    def _band(self, index: int) -> str:
        if self.look.line.colour == "FFFFFF":
            return ("DDEBF7", "BDD7EE")[index % 2]
        return self.look.zebra if self.look.mark != "fill" and index % 2 else ""

    def _cell(self, column: Column, row: Row, title: str, number: int) -> Cell:
        valign: VerticalAlign = "middle" if self.look.middle else "top"
        kind = column.kind
        if kind == "time":
            return self._mark(
                column.period in (row.quarters if self.plan.periods == "quarters" else row.months)
            )
        if kind in {"no", "numeral"}:
            return Cell(self._number(kind, row, number), align="center", valign=valign)
        if kind == "area":
            return Cell(title, bold=True, valign="middle")
        if kind == "component" and self.look.numeral == "name":
            return Cell(f"{row.component_no}. {row.component}", valign=valign)
        if kind == "when":
            return Cell(row.schedule_text, align="center", valign=valign)
        boxed = kind == "responsible" and self.look.team == "boxed"
        comment = (
            "Mohon dilengkapi sebelum rapat"
            if kind == "action" and self.look.comments and number == 2
            else ""
        )
        return Cell(getattr(row, kind), valign=valign, boxed=boxed, comment=comment)

    def _number(self, kind: str, row: Row, number: int) -> str:
        if self.plan.genre == "areas" and self.look.numeral in {"no", "own"}:
            return f"{row.component_no}." if (kind == "numeral") == (self.look.numeral == "own") else ""
        return str(number)

    def _mark(self, planned: bool) -> Cell:
        base = Cell(align="center", valign="middle")
        if not planned:
            return replace(base, text="-") if self.look.dash_in_empty else base
        match self.look.mark:
            case "letter":
                return replace(base, text=self.look.letter)
            case "fill":
                return replace(base, fill=self.look.mark_fill)
            case "picture":
                return replace(base, picture="tick")
            case _:
                return replace(base, text=WINGDINGS_TICK, face="Wingdings")

    def _opened(self, table: Table) -> tuple[tuple[Cell, ...], ...]:
        """Take away the borders that the look leaves out."""
        rows: list[list[Cell]] = [[] for _ in table.rows]
        for y, x, cell in table.placed():
            rows[y].append(replace(cell, open_sides=frozenset(self._open(table, y, x, cell))))
        return tuple(map(tuple, rows))

    def _open(self, table: Table, y: int, x: int, cell: Cell) -> set[Side]:
        first, last, head = x == 0, x + cell.columns == len(table.widths), y < table.head
        inner = {side for side, edge in zip(LEFT_RIGHT, (first, last), strict=True) if not edge}
        match self.look.gap:
            case "sides":
                return set(LEFT_RIGHT) - inner
            case "verticals" if not head:
                return inner
            case "month-verticals" if not head and self.columns[x].kind == "time":
                time = self.columns[x].period
                opened = (time > 1, time < self._periods())
                return {side for side, is_open in zip(LEFT_RIGHT, opened, strict=True) if is_open}
            case _:
                return set()

    def _shared_indicators(self) -> tuple[Row, ...]:
        """Each component's first indicator in all its rows, as a merged cell says it."""
        first: dict[tuple[str, str], str] = {}
        return tuple(
            replace(row, indicator=first.setdefault((row.area, row.component), row.indicator))
            for row in self.plan.rows
        )

    # ----------------------------------------------------------------------------------- opening

    def _opening(self) -> list[Paragraph]:
        title = {
            "areas": "RENCANA AKSI PEMBANGUNAN ZONA INTEGRITAS",
            "schedule": "JADWAL KEGIATAN",
            "follow-up": "RENCANA TINDAK LANJUT PENGENDALIAN INTERN",
        }[self.plan.genre]
        office = "BADAN PELAYANAN KABUPATEN CONTOH"
        over = [Paragraph(title, bold=True, align="center", scale=1.2, new_page=self.look.body)]
        over += [Paragraph(f"{office} TAHUN 2025", bold=True, align="center", scale=1.2), Paragraph("")]
        return [*self._decree(title, office), *over] if self.look.body else over

    @staticmethod
    def _decree(title: str, office: str) -> list[Paragraph]:
        centred = (f"KEPUTUSAN KEPALA {office}", "NOMOR 21 TAHUN 2025", "TENTANG", f"{title} TAHUN 2025")
        plain = (
            f"KEPALA {office},",
            "Menimbang : a. bahwa untuk mewujudkan tata kelola yang baik perlu disusun rencana;",
            "Mengingat : 1. Undang-Undang Nomor 25 Tahun 2009 tentang Pelayanan Publik;",
            "MEMUTUSKAN:",
            "KESATU : Menetapkan rencana sebagaimana tercantum dalam Lampiran Keputusan ini.",
            "Ditetapkan di Contoh",
            "pada tanggal 6 Januari 2025",
            f"KEPALA {office},",
            "ttd.",
        )
        head = [Paragraph(text, bold=True, align="center", scale=1.3) for text in centred]
        return [*head, *(Paragraph(text, scale=1.3) for text in plain)]


def _spans(keys: list[tuple[str, ...]]) -> list[int]:
    """Return the length of each run of equal keys at its first place, 0 at the places that it covers."""
    spans: list[int] = []
    for _, run in groupby(keys):
        length = len(list(run))
        spans += [length, *[0] * (length - 1)]
    return spans
