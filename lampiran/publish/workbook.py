"""A Plan -> the bytes of `actions.xlsx`, a workbook in which no cell can run as a formula."""

from __future__ import annotations

import datetime
import io
import re
import zipfile
from collections.abc import Iterable
from typing import Any

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell
from openpyxl.drawing.spreadsheet_drawing import SpreadsheetDrawing
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._writer import WorksheetWriter
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.writer.excel import ExcelWriter

from lampiran.data import data_toml
from lampiran.publish.csvs import FORMULA_STARTS
from lampiran.publish.labels import label
from lampiran.publish.sheets import SheetColumn, SheetData, sheets
from schema.choices import Language
from schema.plan import Plan

_ZIP_EPOCH = (2000, 1, 1, 0, 0, 0)  # the time of every member, so that equal values give equal bytes
_EPOCH = datetime.datetime(*_ZIP_EPOCH)  # noqa: DTZ001 - openpyxl refuses times with a zone
_LONGEST = 32_767  # characters of a cell, by Excel's own limit
_OWNER_ONLY = 0o600 << 16  # rights of a file, where a zip keeps those of Unix
_LOOK = data_toml("report/sheets.toml")["look"]
_HEADER_FILL, _TICK_FILL, _DOUBT_FILL, _BAND_FILL = (
    PatternFill("solid", fgColor=_LOOK[f"{name}_fill"]) for name in ("header", "tick", "doubt", "band")
)
_HEADER_FONT = Font(bold=True, color=_LOOK["header_font"])
_LINE = Border(bottom=Side(style="hair", color=_LOOK["line"]))


def workbook(plan: Plan, *, language: Language = "id") -> bytes:
    """Return `actions.xlsx` with the sheets plan, findings and decree, worded in one language.

    Every text is a string cell, also one that begins like a formula; characters that XML cannot hold
    are left out, and a text beyond Excel's 32,767 characters is cut with a note. The bytes depend on the
    plan and the language only.
    """
    return workbook_of(sheets(plan, language), language)


def workbook_of(pages: Iterable[SheetData], language: Language) -> bytes:
    """Return the bytes of a workbook with these sheets, under the rules of `workbook`."""
    book = Workbook()
    book.properties.creator = "lampiran"
    book.properties.created = book.properties.modified = _EPOCH
    cut = label("workbook", "cut").text(language)
    for number, data in enumerate(pages):
        sheet: Any = book.active if number == 0 else book.create_sheet()
        sheet.title = data.title
        _fill(sheet, data, cut)
    return repacked(_packed(book))


def _fill(sheet: Worksheet, data: SheetData, cut: str) -> None:
    for number, column in enumerate(data.columns, start=1):
        cell = sheet.cell(row=1, column=number)
        plain_text(cell, column.title, cut)
        cell.font, cell.fill, cell.alignment = _HEADER_FONT, _HEADER_FILL, _alignment(column, "center")
        sheet.column_dimensions[get_column_letter(number)].width = column.width
    banded, last_group = False, None
    for row_number, row in enumerate(data.rows, start=2):
        if data.band is not None:
            banded, last_group = banded != (row[data.band] != last_group), row[data.band]
        _row(sheet, row_number, zip(data.columns, row, strict=True), banded=banded, cut=cut)
    _furnish(sheet, data)


def _row(
    sheet: Worksheet, number: int, content: Iterable[tuple[SheetColumn, Any]], *, banded: bool, cut: str
) -> None:
    for position, (column, value) in enumerate(content, start=1):
        cell = sheet.cell(row=number, column=position)
        if isinstance(value, str):
            plain_text(cell, value, cut)
        else:
            cell.value = value
        cell.border, cell.alignment = _LINE, _alignment(column, "top")
        if fill := _fill_of(column, value, banded=banded):
            cell.fill = fill


def _alignment(column: SheetColumn, vertical: str) -> Alignment:
    return Alignment(wrap_text=True, vertical=vertical, horizontal="center" if column.centred else "left")


def _fill_of(column: SheetColumn, value: object, *, banded: bool) -> PatternFill | None:
    if value and column.kind == "tick":
        return _TICK_FILL if value == "√" else _DOUBT_FILL
    if value and column.kind == "doubt":
        return _DOUBT_FILL
    return _BAND_FILL if banded else None


def plain_text(cell: Cell, value: str, cut: str = "") -> None:
    """Set a string that remains a string whatever it begins with, also after a person edits it."""
    clean = ILLEGAL_CHARACTERS_RE.sub("", value)
    if not clean:
        return
    cell.value = clean if len(clean) <= _LONGEST else clean[: _LONGEST - len(cut)] + cut
    cell.data_type = "s"
    if clean.startswith(FORMULA_STARTS):
        cell.quotePrefix = True


def _furnish(sheet: Worksheet, data: SheetData) -> None:
    """Freeze the header, add the filter, and fit the print to the paper's width."""
    sheet.freeze_panes = "B2"
    last = get_column_letter(len(data.columns))
    if data.filtered:
        sheet.auto_filter.ref = f"A1:{last}{max(2, len(data.rows) + 1)}"
    sheet.row_dimensions[1].height = _LOOK["header_height"]
    sheet.print_title_rows = "1:1"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True


class _MemoryWriter(ExcelWriter):  # type: ignore[misc]
    """openpyxl's writer without its temporary files: a full disk stops only the writing of the result."""

    def write_worksheet(self, ws: Any) -> None:  # noqa: ANN401 - a class without published types
        ws._drawing = SpreadsheetDrawing()  # noqa: SLF001 - as the method it replaces
        writer = WorksheetWriter(ws, io.BytesIO())
        writer.write()
        ws._rels = writer._rels  # noqa: SLF001 - the same
        self._archive.writestr(ws.path[1:], writer.read())
        self.manifest.append(ws)


def _packed(book: Workbook) -> bytes:
    """Return the workbook's bytes without openpyxl's own `save`, which writes the time of the run."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, allowZip64=True) as archive:
        _MemoryWriter(book, archive).save()
    return target.getvalue()


def repacked(content: bytes) -> bytes:
    """Return the same archive with each member once, and with a fixed time on it."""
    target = io.BytesIO()
    stamp = _EPOCH.strftime("%Y-%m-%dT%H:%M:%SZ").encode("ascii")
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(target, "w") as archive:
        for name in dict.fromkeys(source.namelist()):
            member = zipfile.ZipInfo(name, _ZIP_EPOCH)
            member.compress_type = zipfile.ZIP_DEFLATED
            member.external_attr = _OWNER_ONLY
            data = source.read(name)
            if name == "docProps/core.xml":
                data = re.sub(rb"\d{4}-\d\d-\d\dT[\d:.]+Z?", stamp, data)
            archive.writestr(member, data)
    return target.getvalue()
