"""The workbook for people: turns a Plan into the bytes of `actions.xlsx`, in which no cell can run."""

from __future__ import annotations

import datetime
import io
import re
import zipfile
from collections.abc import Iterable, Sequence
from typing import Any

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell
from openpyxl.drawing.spreadsheet_drawing import SpreadsheetDrawing
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._writer import WorksheetWriter
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.writer.excel import ExcelWriter

from lampiran.publish.csvs import FORMULA_STARTS
from lampiran.publish.labels import label
from lampiran.publish.sheets import SheetColumn, SheetData, sheets
from schema.errors import Language
from schema.plan import Plan

_EPOCH = datetime.datetime(2000, 1, 1)  # noqa: DTZ001 - openpyxl refuses times with a zone
_ZIP_EPOCH = (2000, 1, 1, 0, 0, 0)
_LONGEST = 32_767
_HEAD_FILL = PatternFill("solid", fgColor="1F4E5F")
_HEAD_FONT = Font(bold=True, color="FFFFFF")
_TICK_FILL = PatternFill("solid", fgColor="CFE8DF")
_DOUBT_FILL = PatternFill("solid", fgColor="FBE3B6")
_BAND_FILL = PatternFill("solid", fgColor="F4F7F8")
_LINE = Border(bottom=Side(style="hair", color="9AA8AE"))


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
    cut = getattr(label("workbook", "cut"), language)
    for number, data in enumerate(pages):
        sheet: Any = book.active if number == 0 else book.create_sheet()
        sheet.title = data.title
        _fill(sheet, data, cut)
    return _repacked(_packed(book))


def _fill(sheet: Worksheet, data: SheetData, cut: str) -> None:
    for number, column in enumerate(data.columns, start=1):
        _head_cell(sheet.cell(row=1, column=number), column, cut)
        sheet.column_dimensions[get_column_letter(number)].width = column.width
    band, last_group = False, None
    for row_number, row in enumerate(data.rows, start=2):
        group = row[data.band] if data.band is not None else None
        band, last_group = (band if group == last_group else not band), group
        _row(sheet, row_number, (data.columns, row), banded=band and data.band is not None, cut=cut)
    _furnish(sheet, data)


def _head_cell(cell: Cell, column: SheetColumn, cut: str) -> None:
    _text(cell, column.title, cut)
    cell.font, cell.fill = _HEAD_FONT, _HEAD_FILL
    centre = "center" if column.centred else "left"
    cell.alignment = Alignment(wrap_text=True, vertical="center", horizontal=centre)


def _row(
    sheet: Worksheet,
    number: int,
    content: tuple[Sequence[SheetColumn], Sequence[Any]],
    *,
    banded: bool,
    cut: str,
) -> None:
    for position, (column, value) in enumerate(zip(*content, strict=True), start=1):
        cell = sheet.cell(row=number, column=position)
        _text(cell, value, cut) if isinstance(value, str) else _number(cell, value)
        cell.border = _LINE
        cell.alignment = Alignment(
            wrap_text=True, vertical="top", horizontal="center" if column.centred else "left"
        )
        if fill := _fill_of(column, value, banded=banded):
            cell.fill = fill


def _fill_of(column: SheetColumn, value: object, *, banded: bool) -> PatternFill | None:
    if value and column.kind == "tick":
        return _TICK_FILL if value == "√" else _DOUBT_FILL
    if value and column.kind == "doubt":
        return _DOUBT_FILL
    return _BAND_FILL if banded else None


def _number(cell: Cell, value: float | None) -> None:
    cell.value = value


def _text(cell: Cell, value: str, cut: str) -> None:
    """Set a string that stays a string, whatever it begins with and also after a person edits it."""
    clean = ILLEGAL_CHARACTERS_RE.sub("", value)
    if not clean:
        return
    cell.value = clean if len(clean) <= _LONGEST else clean[: _LONGEST - len(cut)] + cut
    cell.data_type = "s"
    if clean.startswith(FORMULA_STARTS):
        cell.quotePrefix = True


def _furnish(sheet: Worksheet, data: SheetData) -> None:
    """Freeze the head, add the filter, and fit the print to the paper's width."""
    sheet.freeze_panes = "B2"
    last = get_column_letter(len(data.columns))
    if data.filtered:
        sheet.auto_filter.ref = f"A1:{last}{max(2, len(data.rows) + 1)}"
    sheet.row_dimensions[1].height = 32
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


def _repacked(content: bytes) -> bytes:
    """Return the same archive with a fixed time on every member."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(target, "w") as archive:
        for name in _unique(source.namelist()):
            member = zipfile.ZipInfo(name, _ZIP_EPOCH)
            member.compress_type = zipfile.ZIP_DEFLATED
            member.external_attr = 0o600 << 16
            archive.writestr(member, _settled(name, source.read(name)))
    return target.getvalue()


def _settled(name: str, content: bytes) -> bytes:
    if name != "docProps/core.xml":
        return content
    stamp = _EPOCH.strftime("%Y-%m-%dT%H:%M:%SZ").encode("ascii")
    return re.sub(rb"\d{4}-\d\d-\d\dT[\d:.]+Z?", stamp, content)


def _unique(names: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(names))
