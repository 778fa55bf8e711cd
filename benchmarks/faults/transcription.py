"""A truth in a form's own columns -> a clean transcription, as text, Markdown, HTML, CSV or a workbook."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from html import escape
from typing import Literal

from samples.draw.body import number_line
from samples.draw.columns import Column, usual_columns
from samples.draw.truth import Action, Area, Component, Head, Truth

TICK = "√"
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
Kind = Literal["head", "area", "component", "row"]
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

    def with_text(self, field: str, text: str) -> Entry:
        """Return the entry with another text in a field."""
        return replace(self, texts={**self.texts, field: text})


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the table: its cells and the entry it comes from."""

    kind: Kind
    cells: tuple[str, ...]
    entry: int | None = None


Twist = Callable[[list[str]], list[str]]


@dataclass(frozen=True, slots=True)
class Script:
    """A transcription: its columns, its rows, and what befell the cells of single rows (by the entry's number).

    `head` holds the paragraphs of the decree's body by what they say (`number`, `considerations.a` ...); forms that are
    tables alone leave them out.
    """

    columns: tuple[Column, ...]
    entries: tuple[Entry, ...]
    twists: tuple[tuple[int, Twist], ...] = ()
    head: Mapping[str, str] = field(default_factory=dict)


def script_of(truth: Truth, columns: Sequence[Column] = ()) -> Script:
    """Return the clean transcription of a truth in the columns of its form, else in those of the samples."""
    entries = [
        _entry(area, part, action)
        for area in truth.areas
        for part in area.components
        for action in part.actions
    ]
    numbered = tuple(replace(entry, source=n) for n, entry in enumerate(entries))
    return Script(tuple(columns) or USUAL, numbered, head=head_of(truth.head))


def head_of(head: Head) -> dict[str, str]:
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
    return tuple(name for column in columns if (name := _field(column)) and column.holds not in PERIODS)


def _field(column: Column) -> str:
    if column.holds in {"blank", "row_no", "component"}:
        return ""
    if column.holds == "extra":
        return f"extra.{column.name}"
    if column.holds in PERIODS:
        return PERIODS[column.holds].format(column.period)
    return FIELDS.get(column.holds, column.holds)


def lines_of(script: Script) -> list[Line]:
    """Return the lines of a transcription's table: head, titles and rows, each value where it begins."""
    twists: dict[int, list[Twist]] = {}
    for number, twist in script.twists:
        twists.setdefault(number, []).append(twist)
    lines = [Line("head", tuple(cells)) for cells in _head(script.columns)]
    held = {column.holds for column in script.columns}
    before: Entry | None = None
    for number, entry in enumerate(script.entries):
        lines += _titles(script.columns, entry, before)
        cells = [_cell(column, entry, before, held) for column in script.columns]
        for twist in twists.get(number, ()):
            cells = twist(cells)
        lines.append(Line("row", tuple(cells), number))
        before = entry
    return lines


def _head(columns: Sequence[Column]) -> Iterator[list[str]]:
    """Yield the rows of the head; a name over several columns stands in the first, one over all rows in the top."""
    for level in range(max(len(column.head) for column in columns)):
        yield [
            column.head[level] if level < len(column.head) and _begins(columns, n, level) else ""
            for n, column in enumerate(columns)
        ]


def _begins(columns: Sequence[Column], n: int, level: int) -> bool:
    """Tell whether a name of the head begins over a column; a period's label stands over it alone."""
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


def _cell(column: Column, entry: Entry, before: Entry | None, held: Collection[str]) -> str:
    if column.holds == "row_no":
        return "" if entry.source is None else str(entry.source + 1)
    if column.holds in PERIODS:
        return TICK if _field(column) in entry.marks else ""
    if not _differs(entry, before, *_MERGED.get(column.holds, ())):
        return ""
    if column.holds == "component":
        return _part(entry)
    if column.holds == "area" and "area_no" not in held:
        return _area(entry)
    return entry.texts.get(_field(column), "")


def written(script: Script, form: Form) -> bytes:
    """Return a transcription in one of the forms that people keep them in."""
    lines, head = lines_of(script), tuple(script.head.values())
    if form == "csv":
        return _csv(lines)
    if form == "xlsx":
        return _workbook(lines)
    writers = {"txt": _text, "md": _markdown, "html": _html}
    return writers[form](lines, head)


def _text(lines: Sequence[Line], head: Sequence[str]) -> bytes:
    body = "".join(f"{paragraph}\n\n" for paragraph in head)
    table = "".join("\t".join(" ".join(cell.split()) for cell in line.cells) + "\n" for line in lines)
    return (body + table).encode()


def _markdown(lines: Sequence[Line], head: Sequence[str]) -> bytes:
    rows = [line for paragraph in head for line in (paragraph, "")]
    for number, line in enumerate(lines):
        cells = (cell.replace("|", "\\|").replace("\n", "<br>") for cell in line.cells)
        rows.append(f"| {' | '.join(cells)} |")
        if number == 0:
            rows.append("|" + " --- |" * len(line.cells))
    return ("\n".join(rows) + "\n").encode()


def _html(lines: Sequence[Line], head: Sequence[str]) -> bytes:
    body = "\n".join(f"<p>{escape(line)}</p>" for paragraph in head for line in paragraph.split("\n"))
    rows = "\n".join(
        "<tr>" + "".join(f"<td>{escape(cell).replace(chr(10), '<br>')}</td>" for cell in line.cells) + "</tr>"
        for line in lines
    )
    page = f'<!doctype html>\n<html lang="id"><meta charset="utf-8"><body>\n{body}\n<table>\n{rows}\n</table></body></html>\n'
    return page.encode()


def _csv(lines: Sequence[Line]) -> bytes:
    target = io.StringIO()
    csv.writer(target, lineterminator="\r\n").writerows(line.cells for line in lines)
    return target.getvalue().encode()


def _workbook(lines: Sequence[Line]) -> bytes:
    from openpyxl import Workbook  # noqa: PLC0415 - loaded for this form alone

    book = Workbook()
    sheet = book.active
    for row, line in enumerate(lines, start=1):
        for column, text in enumerate(line.cells, start=1):
            if text:
                cell = sheet.cell(row=row, column=column, value=text)
                cell.data_type = "s"
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()
