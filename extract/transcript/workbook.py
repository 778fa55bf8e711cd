"""Bytes of an XLSX workbook turned into blocks: each sheet's cells as they are shown, merged cells as spans."""

from __future__ import annotations

import datetime
import io
import re
import zipfile
from collections.abc import Iterator
from typing import Any

from extract.transcript.blocks import Block, RawCell, RawRow
from extract.transcript.sheet import sheet_blocks
from schema.errors import InputError
from schema.periods import DAY_NAMES, month_names

MAX_UNPACKED = 256 * 1024 * 1024  # bytes; a workbook that unpacks to more is refused
_PICTURED_TICKS = {
    "wingdings": {"ü": "✓", "û": "x", "þ": "✓", "ý": "x", "n": "■", "l": "●"},
    "wingdings 2": {"P": "✓", "O": "x", "R": "✓", "Q": "x"},
}
_DECIMALS = re.compile(r"^[^;]*?[0#](?:\.(?P<decimals>0+))?(?P<percent>%)?")
_DATE_PART = re.compile(r"d{1,4}|m{1,4}|y{2,4}|\[[^\]]*\]|\"[^\"]*\"|\\.|.", re.IGNORECASE)
_TIME = re.compile(r"[hs]|am/pm", re.IGNORECASE)
_INDONESIAN = re.compile(r"\[\$-(?:0*421|id)", re.IGNORECASE)


def workbook_blocks(data: bytes, name: str) -> Iterator[Block]:
    """Yield the tables and loose lines of every visible sheet, in their order.

    Lines count the rows of all sheets from 1, empty ones too. Numbers and dates are written as their format shows
    them, truth values as `true` and `false`, the result of a formula as it was stored. Raises `InputError` for a workbook
    that does not open.
    """
    book = _opened(data, name)
    above = 0
    for sheet in book.worksheets:
        if sheet.sheet_state == "visible":
            rows = _rows(sheet, above)
            yield from sheet_blocks(rows)
        above += sheet.max_row or 0


def _opened(data: bytes, name: str) -> Any:  # noqa: ANN401 - openpyxl has no types
    import openpyxl  # noqa: PLC0415 - slow to load, and only workbooks need it

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            size = sum(entry.file_size for entry in archive.infolist())
        if size <= MAX_UNPACKED:
            return openpyxl.load_workbook(io.BytesIO(data), data_only=True)
    except Exception as error:  # the library raises whatever the damaged part leads to
        raise InputError(
            id=f'Buku kerja "{name}" rusak dan tidak dapat dibuka; simpan ulang dari program lembar kerja, atau sebagai CSV.',
            en=f'The workbook "{name}" is damaged and cannot be opened; save it again from a spreadsheet, or as CSV.',
        ) from error
    raise InputError(
        id=f'Buku kerja "{name}" terlalu besar setelah dibuka (lebih dari 256 MiB); simpan tabelnya saja sebagai CSV.',
        en=f'The workbook "{name}" is too large once unpacked (more than 256 MiB); save its table alone as CSV.',
    )


def _rows(sheet: Any, above: int) -> list[RawRow]:  # noqa: ANN401 - openpyxl has no types
    spans = {
        (merged.min_row, merged.min_col): (
            merged.max_row - merged.min_row + 1,
            merged.max_col - merged.min_col + 1,
        )
        for merged in sheet.merged_cells.ranges
    }
    covered = {
        (row, column)
        for merged in sheet.merged_cells.ranges
        for row in range(merged.min_row, merged.max_row + 1)
        for column in range(merged.min_col, merged.max_col + 1)
        if (row, column) != (merged.min_row, merged.min_col)
    }
    last = _last_column(sheet)
    rows: list[RawRow] = []
    for number, cells in enumerate(sheet.iter_rows(max_col=last), start=1):
        raw = tuple(
            RawCell(cell.column - 1, shown(cell), *spans.get((number, cell.column), (1, 1)))
            for cell in cells
            if (number, cell.column) not in covered
        )
        rows.append(RawRow(above + number, raw))
    return rows


def _last_column(sheet: Any) -> int:  # noqa: ANN401 - openpyxl has no types
    """Return the last column that holds something: empty ones that only bear a format are left out."""
    filled = (cell.column for row in sheet.iter_rows() for cell in row if cell.value not in (None, ""))
    return max(filled, default=1)


def shown(cell: Any) -> str:  # noqa: ANN401 - openpyxl has no types
    """Return a cell's value as a spreadsheet shows it."""
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int | float):
        return _number(value, cell.number_format)
    if isinstance(value, datetime.datetime | datetime.date):
        return _date(value, cell.number_format)
    text = str(value)
    font = (cell.font.name or "").lower() if cell.font is not None else ""
    return _PICTURED_TICKS.get(font, {}).get(text.strip(), text)


def _number(value: float, number_format: str) -> str:
    """Write a number with the decimals of its format: 8.1 shown with two of them is `8.10`."""
    found = _DECIMALS.match(number_format) if number_format != "General" else None
    if found is None:
        return str(int(value)) if float(value).is_integer() else repr(float(value))
    percent = found["percent"] is not None
    decimals = len(found["decimals"] or "")
    return f"{value * 100 if percent else value:.{decimals}f}" + ("%" if percent else "")


def _date(value: datetime.date, number_format: str) -> str:
    """Write a date by the parts of its format; what the format does not say is ISO 8601."""
    if number_format == "General" or _TIME.search(re.sub(r"\[[^\]]*\]|\"[^\"]*\"", "", number_format)):
        return value.isoformat()[:10]
    names = "id" if _INDONESIAN.search(number_format) else "en"
    parts = _DATE_PART.findall(number_format.split(";", maxsplit=1)[0])
    return "".join(_date_part(part, value, names) for part in parts).strip()


def _date_part(part: str, value: datetime.date, names: str) -> str:
    month, day = month_names(names)[value.month][0], DAY_NAMES[names][value.weekday()]
    known = {
        "d": str(value.day),
        "dd": f"{value.day:02}",
        "ddd": day[:3],
        "dddd": day,
        "m": str(value.month),
        "mm": f"{value.month:02}",
        "mmm": month[:3],
        "mmmm": month,
        "yy": f"{value.year % 100:02}",
        "yyyy": f"{value.year:04}",
    }
    if part.startswith("["):
        return ""
    return known.get(part.lower(), part.strip('"').removeprefix("\\"))
