"""The audit for people with spreadsheets: turns an Audit into the bytes of `audit.xlsx`, in which no cell can run."""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from lampiran.audit.catalogue import figure_entries, figure_title
from lampiran.audit.report.verdict import in_words
from lampiran.audit.report.words import Speaker
from lampiran.publish.labels import finding_title, labels
from lampiran.publish.sheet_columns import ColumnKind, SheetColumn, SheetData
from lampiran.publish.workbook import workbook_of
from schema.audit import Audit, AuditCell, AuditRow, AuditSide, Figure
from schema.choices import PaperSize
from schema.errors import Language

_DECIMALS = 4
Line = Mapping[str, Any]


def audit_workbook(audit: Audit, *, language: Language = "id", paper: PaperSize = "a4") -> bytes:
    """Return `audit.xlsx` with the sheets faults, all cells, rows, figures and about, worded in one language.

    Faults come first by consequence, cells and rows in the order of the paper. Every text is a string cell; headers
    are frozen, each sheet but the last has a filter. Laid out for `paper`. The bytes depend on the audit, the language and the paper only.
    """
    return workbook_of(audit_sheets(audit, language), language, paper=paper)


def audit_sheets(audit: Audit, language: Language) -> tuple[SheetData, ...]:
    """Return what the sheets say."""
    say = Speaker(language)
    rows = {row.n: row for row in audit.rows}
    faults = Counter(cell.row for cell in audit.faults())
    return (
        sheet("faults", (_cell(cell, rows.get(cell.row or 0), say) for cell in audit.faults()), say),
        sheet("cells", (_cell(cell, rows.get(cell.row or 0), say) for cell in audit.cells), say, band=1),
        sheet("rows", (_row(row, faults[row.n], say) for row in audit.rows), say),
        sheet("figures", (_figure(figure, say) for figure in audit.figures), say),
        sheet("about", _about(audit, say), say, filtered=False),
    )


def sheet(
    name: str, lines: Iterable[Line], say: Speaker, *, band: int | None = None, filtered: bool = True
) -> SheetData:
    """Return a sheet with the columns of `workbook.toml`, filled from the values by their names."""
    widths: Mapping[str, float] = _layout()[name]
    kinds: Mapping[str, ColumnKind] = {one: kind for kind, own in _layout()["kinds"].items() for one in own}
    words = tuple(say("judgement", code) for code in labels("audit_judgement"))
    columns = [
        SheetColumn(say("column", column), width, kind, words if kind == "status" else ())
        for column, width in widths.items()
        for kind in [kinds.get(f"{name}.{column}", "text")]
    ]
    rows = [[line[column] for column in widths] for line in lines]
    return SheetData(say("sheet", name), columns, rows, band=band, filtered=filtered)


@cache
def _layout() -> Mapping[str, Any]:
    return tomllib.loads(files("lampiran").joinpath("data/audit/workbook.toml").read_text(encoding="utf-8"))


def _cell(cell: AuditCell, row: AuditRow | None, say: Speaker) -> Line:
    where = cell.elsewhere
    return {
        "cell": cell.n,
        "row": cell.row,
        "level": say("level", cell.level),
        "area": row.area if row else "",
        "component": row.component if row else "",
        "field": say.field(cell.field),
        "verdict": say("verdict", cell.verdict),
        "kind": say.kind(cell.kind),
        "consequence": say("consequence", cell.consequence),
        "paper": say.side(cell, cell.paper),
        "stated": say.side(cell, cell.stated),
        "elsewhere": f"{say('column', 'row')} {where[0]}, {say.field(where[1])}" if where else "",
        "page": cell.page,
        "line": cell.line,
        "confidence": _rounded(cell.confidence),
        "doubts": "; ".join(say.of(finding_title(code)) for code in cell.doubts),
    }


def _row(row: AuditRow, faults: int, say: Speaker) -> Line:
    return {
        **row.model_dump(include={"area", "component", "shift", "page", "line"}),
        "row": row.n,
        "state": say("row", row.state),
        "actions": "; ".join(row.action_ids),
        "stated_rows": "; ".join(map(str, row.stated)),
        "faults": faults,
        "likeness": _rounded(row.likeness),
    }


def _figure(figure: Figure, say: Speaker) -> Line:
    entry = figure_entries().get(figure.name)
    return {
        **{name: _rounded(getattr(figure, name)) for name in ("value", "low", "high")},
        "figure": say.of(figure_title(figure.name)),
        "field": say.field(figure.column),
        "items": figure.n,
        "method": say("method", figure.method),
        "meaning": say.of(entry.about) if entry else "",
    }


def _rounded(value: float | None) -> float | None:
    """Return a share in hundredths of a per cent; what is not quite all, or not quite nothing, is never rounded to it."""
    if value is None:
        return None
    least = 10.0**-_DECIMALS
    return (
        round(value, _DECIMALS)
        if value in {0, 1}
        else max(least, round(min(value, 1 - least) if value < 1 else value, _DECIMALS))
    )


def _about(audit: Audit, say: Speaker) -> Iterator[Line]:
    found = in_words(audit)
    why = "\n".join(map(say.of, found.reasons))
    pairs = [
        (say("words", "title"), say.of(found.said)),
        *([(say("words", "why"), why)] if why else []),
        *_side(say("about", "decree"), audit.decree, say),
        *_side(say("about", "transcription"), audit.transcription, say),
        *((f"{say('about', 'setting')}: {say('setting', name)}", value) for name, value in audit.settings),
        *((f"{say('about', 'version')}: {name}", value) for name, value in audit.versions),
    ]
    return ({"name": name, "content": value} for name, value in pairs)


def _side(title: str, side: AuditSide, say: Speaker) -> Iterator[tuple[str, Any]]:
    yield title, side.file
    for name in ("sha256", "office", "number", "year", "reader"):
        if text := getattr(side, name):
            yield f"{title}: {say('about', name)}", say("reader", text) if name == "reader" else text
    yield f"{title}: {say('about', 'rows')}", side.rows
