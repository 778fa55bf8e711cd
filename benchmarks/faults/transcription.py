"""The writer of transcriptions: a truth in a form's own columns becomes text, Markdown, HTML, CSV or a workbook."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from html import escape
from itertools import count, groupby
from typing import Literal

from samples.draw.body import number_line
from samples.draw.columns import Column, usual_columns
from samples.draw.truth import Action, Area, Component, Head, Truth

TICK = "√"
NEW_LINE = "\n"
MONTHS = tuple(str(month) for month in range(1, 13))
LABELS = (
    "NO",
    "KOMPONEN",
    "INDIKATOR",
    "LANGKAH AKSI",
    "BUKTI/EVIDEN",
    "PELAKSANAAN (BULAN)",
    "PENANGGUNG JAWAB",
)
USUAL = usual_columns((10.0,) * 19, LABELS, MONTHS, 2)
FIELDS: Mapping[str, str] = {
    "component_no": "component_no",
    "component_name": "component",
    "time": "schedule_text",
}
PERIODS: Mapping[str, str] = {"month": "m{:02}", "quarter": "q{}", "semester": "s{}"}
Kind = Literal["text", "head", "area", "component", "row", "team"]
Form = Literal["txt", "md", "html", "csv", "xlsx"]
FORMS: tuple[Form, ...] = ("txt", "md", "html", "csv", "xlsx")


@dataclass(frozen=True, slots=True)
class Entry:
    """What a transcription says of one row: texts by field, marked periods by field (`m03`, `q1`).

    `source` is the row's number in the truth, from 0, `None` for one that only the transcription has.
    """

    texts: Mapping[str, str]
    marks: frozenset[str]
    source: int | None

    @property
    def months(self) -> tuple[int, ...]:
        """The marked months."""
        return tuple(sorted(int(mark[1:]) for mark in self.marks if mark.startswith("m")))

    def with_text(self, field: str, text: str) -> Entry:
        """Return the entry with another text in a field."""
        return replace(self, texts={**self.texts, field: text})


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a transcription: a paragraph (`text`) in one cell, or a row of the table with the entry it comes from."""

    kind: Kind
    cells: tuple[str, ...]
    entry: int | None = None


Twist = Callable[[list[str]], list[str]]


@dataclass(frozen=True, slots=True)
class Script:
    """A transcription: its columns, its rows, and changes to the cells of single rows (by the entry's number).

    `preamble` holds the paragraphs of the decree's body by what they say (`number`, `considerations.a` ...). `pages` are
    the entries that begin a page, which repeats the header, the column numbers and the team; without them the table is
    one piece.
    """

    columns: tuple[Column, ...]
    entries: tuple[Entry, ...]
    twists: tuple[tuple[int, Twist], ...] = ()
    preamble: Mapping[str, str] = field(default_factory=dict)
    pages: tuple[int, ...] = ()


def script_of(truth: Truth, columns: Sequence[Column] = ()) -> Script:
    """Return the clean transcription of a truth in the columns of its form, else in those of the samples."""
    entries = [
        _entry(area, part, action)
        for area in truth.areas
        for part in area.components
        for action in part.actions
    ]
    numbered = tuple(replace(entry, source=n) for n, entry in enumerate(entries))
    return Script(tuple(columns) or USUAL, numbered, preamble=preamble_of(truth.head))


def preamble_of(head: Head) -> dict[str, str]:
    """Return the paragraphs of a decree's body in the order of print."""
    clauses = {
        f"{name}.{clause.label}": f"{lead if n == 0 else ''}{clause.label}. {clause.text}"
        for name, lead, held in (
            ("considerations", "Menimbang : ", head.considerations),
            ("legal_basis", "Mengingat : ", head.legal_basis),
        )
        for n, clause in enumerate(held)
    }
    dictum = {f"dictum.{clause.label}": f"{clause.label} : {clause.text}" for clause in head.dictum}
    copy = head.attestation
    return {
        "institution": head.institution,
        "heading": f"KEPUTUSAN {head.institution}",
        "number": number_line(head),
        "about": "TENTANG",
        "title": head.title,
        "enacted_by": f"{head.enacted_by},",
        **clauses,
        "decision": "MEMUTUSKAN:",
        "decides": f"Menetapkan : {head.decides}",
        **dictum,
        "place": f"Ditetapkan di {head.place}",
        "date": f"pada tanggal {head.printed_date}",
        "signatory.office": f"{head.signatory.office},",
        "signature": f"{head.signature}.",
        "signatory.name": head.signatory.name,
        "attestation": f"{copy.statement}\n{copy.office}\n{copy.position},",
        "attestation.name": copy.name,
    }


def _entry(area: Area, part: Component, action: Action) -> Entry:
    texts = {
        "area_no": area.printed_no,
        "area": area.name,
        "component_no": part.printed_no,
        "component": part.name,
        "indicator": action.indicator,
        "action": action.action,
        "evidence": action.evidence,
        "responsible": action.responsible,
        "schedule_text": action.schedule_text,
        **{f"extra.{name}": text for name, text in action.extra},
    }
    marks = {
        name.format(period)
        for name, periods in (
            (PERIODS["month"], action.months),
            (PERIODS["quarter"], action.quarters),
            (PERIODS["semester"], action.semesters),
        )
        for period in periods
    }
    return Entry(texts, frozenset(marks), None)


def fields_of(columns: Sequence[Column]) -> tuple[str, ...]:
    """Return the text fields that columns hold."""
    return tuple(name for column in columns if (name := field_of(column)) and column.holds not in PERIODS)


def field_of(column: Column) -> str:
    """Return the field that a column holds, empty for none."""
    if column.holds in {"blank", "row_no", "component"}:
        return ""
    if column.holds == "extra":
        return f"extra.{column.name}"
    if column.holds in PERIODS:
        return PERIODS[column.holds].format(column.period)
    return FIELDS.get(column.holds, column.holds)


def lines_of(script: Script) -> list[Line]:
    """Return the lines of a transcription: paragraphs, header, titles and rows, each value where it begins."""
    twists: dict[int, list[Twist]] = {}
    for number, twist in script.twists:
        twists.setdefault(number, []).append(twist)
    lines = [
        Line("text", (text,))
        for paragraph in script.preamble.values()
        for text in (*paragraph.split("\n"), "")
    ]
    held = {column.holds for column in script.columns}
    before: Entry | None = None
    for number, entry in enumerate(script.entries):
        begins = number in (script.pages or (0,))
        if begins:
            lines += _page_end(script, number) + header_of(script)
        lines += _titles(script.columns, entry, before)
        cells = [_cell(column, entry, before, held, begins=begins) for column in script.columns]
        for twist in twists.get(number, ()):
            cells = twist(cells)
        lines.append(Line("row", tuple(cells), number))
        before = entry
    return lines + _page_end(script, len(script.entries))


def _page_end(script: Script, number: int) -> list[Line]:
    return [Line("text", ("",))] if script.pages and number else []


def header_of(script: Script) -> list[Line]:
    """Return the rows of the header; a name over several columns is in the first, one over all rows in the top one."""
    columns = script.columns
    rows = [
        [
            column.head[level] if level < len(column.head) and _begins(columns, n, level) else ""
            for n, column in enumerate(columns)
        ]
        for level in range(max(len(column.head) for column in columns))
    ]
    if script.pages:
        numbers = count(1)
        rows.append(
            [
                str(next(numbers)) if _begins(columns, n, len(c.head) - 1) else ""
                for n, c in enumerate(columns)
            ]
        )
    return [Line("head", tuple(cells)) for cells in rows]


def _begins(columns: Sequence[Column], n: int, level: int) -> bool:
    """Tell whether a name of the header begins over a column; a period's label belongs to one column alone."""
    column = columns[n]
    own = column.holds in PERIODS and level == len(column.head) - 1
    return own or n == 0 or columns[n - 1].head[: level + 1] != column.head[: level + 1]


def _titles(columns: Sequence[Column], entry: Entry, before: Entry | None) -> Iterator[Line]:
    held = {column.holds for column in columns}
    blank = [""] * (len(columns) - 1)
    if "area" not in held and _differs(entry, before, "area_no", "area"):
        yield Line("area", (_area(entry), *blank))
    if not held & {"component", "component_name"} and _differs(entry, before, *_PART):
        yield Line("component", (_part(entry), *blank))


_PART = ("area_no", "area", "component_no", "component")


_MERGED: Mapping[str, tuple[str, ...]] = {
    "area": ("area_no", "area"),
    "area_no": ("area_no", "area"),
    "component": _PART,
    "component_no": _PART,
    "component_name": _PART,
    "responsible": ("area", "responsible"),
}


def _part(entry: Entry) -> str:
    return f"{entry.texts['component_no']} {entry.texts['component']}".strip()


def _area(entry: Entry) -> str:
    number = entry.texts["area_no"]
    return f"{number}{'.' if number[-1:].isalnum() else ''} {entry.texts['area']}".lstrip(". ")


def _differs(entry: Entry, before: Entry | None, *fields: str) -> bool:
    """Tell whether a value that these fields make begins here; without fields it begins in each row."""
    return before is None or not fields or any(entry.texts[field] != before.texts[field] for field in fields)


def _cell(column: Column, entry: Entry, before: Entry | None, held: Collection[str], *, begins: bool) -> str:
    if column.holds == "row_no":
        return "" if entry.source is None else str(entry.source + 1)
    if column.holds in PERIODS:
        return TICK if field_of(column) in entry.marks else ""
    above = None if begins and column.holds == "responsible" else before
    if not _differs(entry, above, *_MERGED.get(column.holds, ())):
        return ""
    if column.holds == "component":
        return _part(entry)
    if column.holds == "area" and "area_no" not in held:
        return _area(entry)
    return entry.texts.get(field_of(column), "")


def written(lines: Sequence[Line], form: Form) -> bytes:
    """Return a transcription in one of the forms that people keep them in; tables alone leave the paragraphs out."""
    match form:
        case "txt":
            return _text(lines).encode()
        case "md":
            return _markdown(lines).encode()
        case "html":
            return _html(lines).encode()
        case "csv":
            target = io.StringIO()
            csv.writer(target, lineterminator="\r\n").writerows(_table(lines))
            return target.getvalue().encode()
        case "xlsx":
            return _workbook(_table(lines))


def _table(lines: Sequence[Line]) -> list[tuple[str, ...]]:
    return [line.cells for line in lines if line.kind != "text"]


def _text(lines: Sequence[Line]) -> str:
    return "".join("\t".join(" ".join(cell.split()) for cell in line.cells) + "\n" for line in lines)


def _pieces(lines: Sequence[Line]) -> Iterator[tuple[bool, list[tuple[str, ...]]]]:
    """Yield stretches of paragraphs (false) and tables (true)."""
    for is_table, group in groupby(lines, key=lambda line: line.kind != "text"):
        yield is_table, [line.cells for line in group]


def _markdown(lines: Sequence[Line]) -> str:
    written: list[str] = []
    for is_table, rows in _pieces(lines):
        if not is_table:
            written += [cells[0] for cells in rows]
            continue
        table = [*map(_piped, rows)]
        written += [table[0], "|" + " --- |" * len(rows[0]), *table[1:]]
    return "\n".join(written) + "\n"


def _piped(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|").replace(NEW_LINE, "<br>") for cell in cells) + " |"


def _html(lines: Sequence[Line]) -> str:
    parts: list[str] = []
    for is_table, rows in _pieces(lines):
        if is_table:
            parts += ["<table>", *map(_html_row, rows), "</table>"]
        else:
            parts += [f"<p>{escape(cells[0])}</p>" for cells in rows if cells[0]]
    body = "\n".join(parts)
    return f'<!doctype html>\n<html lang="id"><meta charset="utf-8"><body>\n{body}</body></html>\n'


def _html_row(cells: Sequence[str]) -> str:
    return "<tr>" + "".join(f"<td>{escape(cell).replace(NEW_LINE, '<br>')}</td>" for cell in cells) + "</tr>"


def _workbook(rows: Sequence[Sequence[str]]) -> bytes:
    from openpyxl import Workbook  # noqa: PLC0415 - loaded for this form alone

    book = Workbook()
    sheet = book.active
    for row, cells in enumerate(rows, start=1):
        for column, text in enumerate(cells, start=1):
            if text:
                cell = sheet.cell(row=row, column=column, value=text)
                cell.data_type = "s"
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()
