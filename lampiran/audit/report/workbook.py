"""The audit for people with spreadsheets: turns an Audit into the bytes of `audit.xlsx`, in which no cell can run."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from lampiran.audit.figures.titles import figure_entries, figure_title
from lampiran.audit.kinds import kinds
from lampiran.publish.audit_words import field_name, word
from lampiran.publish.sheets import SheetColumn, SheetData
from lampiran.publish.workbook import workbook_of
from schema.audit import Audit, AuditCell, AuditRow, AuditSide, Figure
from schema.errors import Language
from schema.findings import Message

_DIGITS = 4


def audit_workbook(audit: Audit, *, language: Language = "id") -> bytes:
    """Return `audit.xlsx` with the sheets faults, all cells, rows, figures and about, worded in one language.

    Faults come first by consequence, cells and rows in the order of the paper. Every text is a string cell; heads
    are frozen, each sheet but the last has a filter. The bytes depend on the audit and the language only.
    """
    return workbook_of(audit_sheets(audit, language), language)


def audit_sheets(audit: Audit, language: Language) -> tuple[SheetData, ...]:
    """Return what the sheets say."""
    say = _Speaker(language)
    rows = {row.n: row for row in audit.rows}
    return (
        _faults(audit, rows, say),
        _cells(audit, rows, say),
        _rows(audit, say),
        _figures(audit.figures, say),
        _about(audit, say),
    )


class _Speaker:
    """Words in one language."""

    def __init__(self, language: Language) -> None:
        self.language = language

    def __call__(self, group: str, code: str) -> str:
        return self.of(word(group, code))

    def of(self, message: Message) -> str:
        return str(getattr(message, self.language))

    def columns(self, *specs: tuple[str, float] | tuple[str, float, str]) -> tuple[SheetColumn, ...]:
        return tuple(
            SheetColumn(self("column", spec[0]), spec[1], "doubt" if len(spec) > 2 else "text")
            for spec in specs
        )

    def kind(self, code: str | None) -> str:
        if code is None:
            return ""
        entry = kinds().get(code)
        return self.of(entry.title) if entry else code

    def side(self, cell: AuditCell, text: str | None) -> str:
        """Return what one side says; a mark as people write it."""
        return self("mark", text) if text is not None and cell.level == "mark" else text or ""


def _faults(audit: Audit, rows: dict[int, AuditRow], say: _Speaker) -> SheetData:
    columns = say.columns(
        ("consequence", 12, "doubt"), ("kind", 18), ("verdict", 14), ("row", 7), ("area", 22), ("component", 22),
        ("field", 16), ("paper", 44), ("stated", 44), ("elsewhere", 18), ("page", 9), ("line", 9), ("doubts", 20),
        ("cell", 7),
    )  # fmt: skip
    return SheetData(say("sheet", "faults"), columns, [_fault(cell, rows, say) for cell in audit.faults()])


def _fault(cell: AuditCell, rows: dict[int, AuditRow], say: _Speaker) -> list[Any]:
    row = rows.get(cell.row) if cell.row is not None else None
    return [
        say("consequence", cell.consequence),
        say.kind(cell.kind),
        say("verdict", cell.verdict),
        cell.row,
        row.area if row else "",
        row.component if row else "",
        say.of(field_name(cell.field)),
        say.side(cell, cell.paper),
        say.side(cell, cell.stated),
        _elsewhere(cell, say),
        *_place(cell),
        "; ".join(cell.doubts),
        cell.n,
    ]


def _elsewhere(cell: AuditCell, say: _Speaker) -> str:
    if cell.elsewhere is None:
        return ""
    row, field = cell.elsewhere
    return f"{say('column', 'row')} {row}, {say.of(field_name(field))}"


def _place(cell: AuditCell) -> tuple[int | None, int | None]:
    """Return the page of the paper and the line of the transcription."""
    page = cell.paper_ref.page if cell.paper_ref else None
    return page, cell.stated_ref.line if cell.stated_ref else None


def _cells(audit: Audit, rows: dict[int, AuditRow], say: _Speaker) -> SheetData:
    columns = say.columns(
        ("cell", 7), ("row", 7), ("level", 14), ("component", 22), ("field", 16), ("verdict", 16),
        ("kind", 18, "doubt"), ("paper", 44), ("stated", 44), ("page", 9), ("line", 9), ("confidence", 10),
        ("doubts", 20),
    )  # fmt: skip
    lines = [
        [
            cell.n,
            cell.row,
            say("level", cell.level),
            rows[cell.row].component if cell.row in rows else "",
            say.of(field_name(cell.field)),
            say("verdict", cell.verdict),
            say.kind(cell.kind),
            say.side(cell, cell.paper),
            say.side(cell, cell.stated),
            *_place(cell),
            _rounded(cell.confidence),
            "; ".join(cell.doubts),
        ]
        for cell in audit.cells
    ]
    return SheetData(say("sheet", "cells"), columns, lines, band=1)


def _rows(audit: Audit, say: _Speaker) -> SheetData:
    columns = say.columns(
        ("row", 7), ("state", 14), ("actions", 18), ("stated_rows", 14), ("faults", 11), ("area", 26),
        ("component", 26), ("likeness", 11), ("shift", 9), ("page", 9), ("line", 9),
    )  # fmt: skip
    faults = Counter(cell.row for cell in audit.faults())
    lines = [
        [
            row.n,
            say("state", row.state),
            "; ".join(row.action_ids),
            "; ".join(map(str, row.stated)),
            faults[row.n],
            row.area,
            row.component,
            _rounded(row.likeness),
            row.shift,
            row.page,
            row.line,
        ]
        for row in audit.rows
    ]
    return SheetData(say("sheet", "rows"), columns, lines)


def _figures(figures: Sequence[Figure], say: _Speaker) -> SheetData:
    columns = say.columns(
        ("figure", 34), ("field", 18), ("value", 11), ("low", 11), ("high", 11), ("items", 11), ("method", 22),
        ("meaning", 80),
    )  # fmt: skip
    entries = figure_entries()
    lines = [
        [
            say.of(figure_title(figure.name)),
            say.of(field_name(figure.column)),
            *map(_rounded, (figure.value, figure.low, figure.high)),
            figure.n,
            say("method", figure.method),
            say.of(entries[figure.name].about) if figure.name in entries else "",
        ]
        for figure in figures
    ]
    return SheetData(say("sheet", "figures"), columns, lines)


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, _DIGITS)


def _about(audit: Audit, say: _Speaker) -> SheetData:
    lines = [
        *_side(say("about", "decree"), audit.decree, say),
        *_side(say("about", "transcription"), audit.transcription, say),
        *([f"{say('about', 'setting')}: {name}", value] for name, value in audit.settings),
        *([f"{say('about', 'version')}: {name}", value] for name, value in audit.versions),
    ]
    columns = say.columns(("name", 34), ("content", 80))
    return SheetData(say("sheet", "about"), columns, lines, filtered=False)


def _side(title: str, side: AuditSide, say: _Speaker) -> Iterator[list[Any]]:
    yield [title, side.file]
    for name in ("sha256", "office", "number", "year", "reader"):
        if text := getattr(side, name):
            yield [f"{title}: {say('about', name)}", text]
    yield [f"{title}: {say('about', 'rows')}", side.rows]
