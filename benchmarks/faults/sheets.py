"""A truth file turned into a clean transcription: rows of cells with what each of them says."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from html import escape
from itertools import groupby
from typing import Any, Literal

HEAD = (
    [
        "NO",
        "KOMPONEN",
        "",
        "INDIKATOR",
        "LANGKAH AKSI",
        "BUKTI/EVIDEN",
        "PELAKSANAAN (BULAN)",
        *[""] * 11,
        "PENANGGUNG JAWAB",
    ],
    ["", "", "", "", "", "", *map(str, range(1, 13)), ""],
    ["1", "2", "", *map(str, range(3, 19))],
)
FIRST_MONTH, TEAM, WIDTH = 6, 18, 19
TICK = "√"
LineKind = Literal["head", "area", "row", "text", "team"]


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a transcription: its cells, its kind and, for a row of the plan, its place in the truth."""

    cells: tuple[str, ...]
    kind: LineKind
    index: int | None = None

    def with_cells(self, cells: Sequence[str]) -> Line:
        """Return the line with other cells."""
        return replace(self, cells=tuple(cells))


@dataclass(frozen=True, slots=True)
class Expected:
    """What a row of the plan says: its place, its texts and its months."""

    area: int
    component_no: str
    component: str
    indicator: str
    action: str
    evidence: str
    responsible: str
    months: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A transcription and what it says."""

    lines: tuple[Line, ...]
    expected: tuple[Expected, ...]

    def text(self) -> str:
        """Return the transcription as tab-separated text."""
        return "\n".join("\t".join(line.cells) for line in self.lines) + "\n"

    def markdown(self) -> str:
        """Return the transcription as Markdown: the tables with pipes, no separator rows."""
        return "\n".join(map(_markdown, self.lines)) + "\n"

    def html(self) -> str:
        """Return the transcription as an HTML fragment of paragraphs and tables without spans."""
        parts: list[str] = []
        for tabular, lines in groupby(self.lines, key=lambda line: line.kind != "text"):
            rows = "\n".join(map(_html, lines))
            parts.append(f"<table>\n{rows}\n</table>" if tabular else rows)
        return "\n".join(parts) + "\n"

    def rows(self) -> list[int]:
        """Return the places of the plan's rows among the lines."""
        return [n for n, line in enumerate(self.lines) if line.kind == "row"]

    def changed(self, number: int, cells: Sequence[str]) -> Sheet:
        """Return the sheet with one line's cells changed."""
        lines = (*self.lines[:number], self.lines[number].with_cells(cells), *self.lines[number + 1 :])
        return replace(self, lines=lines)

    def inserted(self, number: int, *lines: Line) -> Sheet:
        """Return the sheet with lines inserted before one."""
        return replace(self, lines=(*self.lines[:number], *lines, *self.lines[number:]))


def _markdown(line: Line) -> str:
    if line.kind == "text":
        return line.cells[0]
    cells = (cell.replace("|", "\\|").replace("\n", "<br>") for cell in line.cells)
    return f"| {' | '.join(cells)} |"


def _html(line: Line) -> str:
    cells = [escape(cell).replace("\n", "<br>") for cell in line.cells]
    if line.kind == "text":
        return f"<p>{cells[0]}</p>"
    return f"<tr>{''.join(f'<td>{cell}</td>' for cell in cells)}</tr>"


def clean_sheet(truth: dict[str, Any], rng: random.Random, *, rows: int = 8, pages: int = 2) -> Sheet:
    """Write a clean transcription of some rows of a truth file; months that it lacks or doubts are drawn anew."""
    chosen = _choose(truth, rng, rows)
    expected = [_expected(*row, rng) for row in chosen]
    cuts = sorted(rng.sample(range(1, len(expected)), min(pages - 1, len(expected) - 1)))
    lines: list[Line] = [
        Line(("KEPUTUSAN KOMISI PEMILIHAN UMUM KABUPATEN CONTOH",), "text"),
        Line(("",), "text"),
    ]
    for start, stop in zip([0, *cuts], [*cuts, len(expected)], strict=True):
        lines += [Line(tuple(cells), "head") for cells in HEAD]
        lines += _page(expected, start, stop)
        lines.append(Line(("",), "text"))
    return Sheet(tuple(lines), tuple(expected))


def drawn(truths: Mapping[str, Any], rng: random.Random) -> Sheet:
    """Draw a clean transcription of 4 to 9 rows on one or two pages from one of the truth files."""
    truth = rng.choice([truths[name] for name in sorted(truths)])
    return clean_sheet(truth, rng, rows=rng.randint(4, 9), pages=rng.choice((1, 2, 2)))


def _choose(truth: dict[str, Any], rng: random.Random, count: int) -> list[tuple[Any, Any, Any]]:
    """Choose adjacent rows, so that areas and components begin and go on as they do in print."""
    rows = [(a, c, r) for a in truth["areas"] for c in a["components"] for r in c["actions"]]
    begins = [n for n, (_, c, r) in enumerate(rows) if c["actions"][0] is r]
    start = rng.choice([n for n in begins if n + count <= len(rows)])
    return rows[start : start + count]


def _expected(area: Any, component: Any, row: Any, rng: random.Random) -> Expected:
    patterns = [
        (1,),
        (2,),
        (10,),
        (3, 6, 9, 12),
        (6, 12),
        tuple(range(1, 13)),
        (1, 2),
        (4, 8),
        (5,),
        (3, 4, 5, 11),
    ]
    doubtful = any(d["field"] == "months" for d in row.get("doubts", ()))
    months = tuple(row["months"]) if row["months"] and not doubtful else rng.choice(patterns)
    evidence = " ".join(row["evidence"].split())
    return Expected(
        area["no"], component["no"], component["name"], row["indicator"], row["action"], evidence,
        row["responsible"], months,
    )  # fmt: skip


def _page(expected: Sequence[Expected], start: int, stop: int) -> list[Line]:
    lines: list[Line] = []
    area = component = team = None
    before = expected[start - 1] if start else None
    for n in range(start, stop):
        row = expected[n]
        if row.area != (area or (before.area if before else None)):
            title = [f"{row.area}. {_AREAS[row.area]}", *[""] * (WIDTH - 1)]
            lines.append(Line(tuple(title), "area"))
            component = None
        above = component or ((before.area, before.component_no) if before else None)
        begins = (row.area, row.component_no) != above
        cells = ["", f"{row.component_no}." if begins else "", row.component if begins else ""]
        cells += [row.indicator, row.action, row.evidence]
        cells += [TICK if m in row.months else "" for m in range(1, 13)]
        cells += [row.responsible if (row.area, row.responsible) != team else ""]
        lines.append(Line(tuple(cells), "row", n))
        area, component, team = row.area, (row.area, row.component_no), (row.area, row.responsible)
    return lines


_AREAS = {
    1: "MANAJEMEN PERUBAHAN",
    2: "PENATAAN TATALAKSANA",
    3: "PENATAAN SISTEM MANAJEMEN SDM APARATUR",
    4: "PENGUATAN AKUNTABILITAS",
    5: "PENGUATAN PENGAWASAN",
    6: "PENINGKATAN KUALITAS PELAYANAN PUBLIK",
}
