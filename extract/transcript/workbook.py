"""Bytes of an XLSX workbook turned into blocks: each sheet's cells as they are shown, merged cells as spans."""

from __future__ import annotations

import datetime
import io
import re
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from itertools import product
from typing import Any

from extract.errors import refused
from extract.grid.chars import UNKNOWN
from extract.settings import LIMITS
from extract.transcript.blocks import Block, RawCell, RawRow, sheet_blocks
from extract.transcript.workbook_size import size_of
from schema.errors import InputError

Place = tuple[int, int]  # row and column, from 1
_DECIMALS = re.compile(r"^[^;]*?[0#](?:\.(?P<decimals>0+))?(?P<percent>%)?")
_DATE_PART = re.compile(r"d{1,4}|m{1,4}|y{2,4}|\[[^\]]*\]|\"[^\"]*\"|\\.|.", re.IGNORECASE)
_TIME = re.compile(r"[hs]|am/pm", re.IGNORECASE)
_QUOTED = re.compile(r"\[[^\]]*\]|\"[^\"]*\"")
_INDONESIAN = re.compile(r"\[\$-(?:0*421|id)", re.IGNORECASE)


def workbook_blocks(data: bytes, name: str) -> Iterator[Block]:
    """Yield the tables and loose lines of every visible sheet, in their order.

    Lines count the rows of all sheets from 1, empty ones too. Numbers and dates are written as their format shows
    them, truth values as `true` and `false`, the result of a formula as it was stored, U+FFFD where it was not. Raises `InputError` for a workbook
    that does not open or is too large.
    """
    book, formulas = _opened(data, name)
    above = 0
    for sheet in book.worksheets:
        if sheet.sheet_state == "visible":
            unsaved = _unsaved(sheet, formulas[sheet.title]) if formulas else frozenset()
            yield from sheet_blocks(_read(sheet, above, name, unsaved))
        above += sheet.max_row or 0


def _read(sheet: Any, above: int, name: str, unsaved: frozenset[Place]) -> list[RawRow]:  # noqa: ANN401 - openpyxl has no types
    try:
        return list(_rows(sheet, above, name, unsaved))
    except InputError:
        raise
    except Exception as error:  # a style, a number or a date that is none shows only here
        raise refused("damaged-workbook", path=name) from error


def _unsaved(sheet: Any, formulas: Any) -> frozenset[Place]:  # noqa: ANN401 - openpyxl has no types
    """Return the cells whose formula has no stored result: no spreadsheet has opened the file since it was made.

    A result that is an empty text is stored as one (`str`), and the cell is empty.
    """
    cells = formulas._cells.items()  # noqa: SLF001 - iter_rows() makes every cell up to the furthest
    shown = ((at, sheet._cells.get(at)) for at, cell in cells if cell.data_type == "f")  # noqa: SLF001
    return frozenset(
        at for at, cell in shown if cell is None or (cell.value is None and cell.data_type != "str")
    )


def _opened(data: bytes, name: str) -> tuple[Any, Any]:
    """Return the workbook with the results of its formulas, and with the formulas where it has some."""
    import openpyxl  # noqa: PLC0415 - slow to load, and only workbooks need it

    try:
        size = size_of(data)
        if size.modest:
            book = openpyxl.load_workbook(io.BytesIO(data), data_only=True)
            if len(book.worksheets) <= LIMITS.sheets:
                return book, openpyxl.load_workbook(io.BytesIO(data)) if size.formulas else None
    except Exception as error:  # the library raises whatever the damaged part leads to
        raise refused("damaged-workbook", path=name) from error
    raise refused("large-workbook", path=name)


def _rows(sheet: Any, above: int, name: str, unsaved: frozenset[Place]) -> Iterator[RawRow]:  # noqa: ANN401 - openpyxl has no types
    # Rows and columns at the end that only have a format are left out; a cell that is not there takes no room.
    cells: dict[tuple[int, int], Any] = {
        place: cell
        for place, cell in sheet._cells.items()  # noqa: SLF001 - iter_rows() makes every cell up to the furthest
        if cell.value not in (None, "") or place in unsaved
    }
    most = (max((row for row, _ in cells), default=0), max((column for _, column in cells), default=1))
    if most[0] * most[1] > LIMITS.covered_cells or most[1] > LIMITS.columns:
        raise refused("far-cell", path=name, sheet=sheet.title)
    spans, covered = _merged(sheet, most, name)
    for row in range(1, most[0] + 1):
        columns = (column for column in range(1, most[1] + 1) if (row, column) not in covered)
        raw = (
            RawCell(
                c - 1,
                UNKNOWN if (row, c) in unsaved else shown(cells[row, c]) if (row, c) in cells else "",
                *spans.get((row, c), (1, 1)),
            )
            for c in columns
        )
        yield RawRow(above + row, tuple(raw))


def _merged(
    sheet: Any,  # noqa: ANN401 - openpyxl has no types
    most: tuple[int, int],
    name: str,
) -> tuple[dict[tuple[int, int], tuple[int, int]], set[tuple[int, int]]]:
    """Return the spans of merged cells by their first place, as far as the sheet is filled, and the places they cover."""
    spans: dict[tuple[int, int], tuple[int, int]] = {}
    covered: set[tuple[int, int]] = set()
    area = 0
    for merged in sheet.merged_cells.ranges:
        first = merged.min_row, merged.min_col
        rows, columns = (
            _reach(start, end, furthest)
            for start, end, furthest in zip(first, (merged.max_row, merged.max_col), most, strict=True)
        )
        area += len(rows) * len(columns)
        if area > LIMITS.covered_cells:
            raise refused("far-cell", path=name, sheet=sheet.title)
        spans[first] = (len(rows), len(columns))
        covered |= set(product(rows, columns)) - {first}
    return spans, covered


def _reach(start: int, end: int, furthest: int) -> range:
    """Return what a merged cell covers, one that is very long no further than the sheet is filled."""
    if end - start >= LIMITS.span:
        end = max(start, min(end, furthest))
    return range(start, end + 1)


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
    return str(_signs()["ticks"].get(font, {}).get(text.strip(), text))


@cache
def _signs() -> dict[str, Any]:
    return tomllib.loads((files("extract.transcript") / "workbook.toml").read_text(encoding="utf-8"))


def _number(value: float, number_format: str) -> str:
    """Write a number with the decimals of its format: 8.1 shown with two of them is `8.10`."""
    found = _DECIMALS.match(number_format) if number_format != "General" else None
    if found is None:
        return str(int(value)) if float(value).is_integer() else repr(float(value))
    kind = "%" if found["percent"] is not None else "f"
    return f"{value:.{len(found['decimals'] or '')}{kind}}"


def _date(value: datetime.date, number_format: str) -> str:
    """Write a date by the parts of its format; what the format does not say is ISO 8601."""
    if number_format == "General" or _TIME.search(_QUOTED.sub("", number_format)):
        return value.isoformat()[:10]
    language = "id" if _INDONESIAN.search(number_format) else "en"
    parts = _DATE_PART.findall(number_format.partition(";")[0])
    return "".join(_date_part(part, value, language) for part in parts).strip()


def _date_part(part: str, value: datetime.date, language: str) -> str:
    month = _signs()["months"][language][value.month - 1]
    day = _signs()["days"][language][value.weekday()]
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
    return "" if part.startswith("[") else known.get(part.lower(), part.strip('"').removeprefix("\\"))
