"""A workbook of openpyxl -> its bytes, the same for the same content: no time of the run, nothing from the disk."""

from __future__ import annotations

import datetime
import io
import re
import zipfile
from typing import Any

from openpyxl import Workbook
from openpyxl.drawing.spreadsheet_drawing import SpreadsheetDrawing
from openpyxl.worksheet._writer import WorksheetWriter
from openpyxl.writer.excel import ExcelWriter

_ZIP_EPOCH = (2000, 1, 1, 0, 0, 0)  # the time of every member, so that equal values give equal bytes
_EPOCH = datetime.datetime(*_ZIP_EPOCH)  # noqa: DTZ001 - openpyxl refuses times with a zone
_OWNER_ONLY = 0o600 << 16  # rights of a file, where a zip keeps those of Unix
_SHEET = rb"'(?:[^']|'')*'"
# What stands on each printed page: openpyxl names rows before columns, Excel columns before rows.
_TITLES = re.compile(
    rb"(" + _SHEET + rb"!\$\d+:\$\d+),(" + _SHEET + rb"!\$[A-Z]+:\$[A-Z]+)(?=</definedName>)"
)
_FIXED_HEIGHT = re.compile(rb'(<row [^>]*?) customHeight="1"')


def workbook_bytes(book: Workbook) -> bytes:
    """Return the bytes of a workbook. Rows have a height to begin with and grow with what a person writes into them."""
    book.properties.creator = "lampiran"
    book.properties.created = book.properties.modified = _EPOCH
    return repacked(_packed(book))


class _MemoryWriter(ExcelWriter):  # type: ignore[misc]
    """openpyxl's writer without its temporary files: a full disk stops only the writing of the result."""

    def write_worksheet(self, ws: Any) -> None:  # noqa: ANN401 - a class without published types
        ws._drawing = SpreadsheetDrawing()  # noqa: SLF001 - as the method it replaces
        writer = WorksheetWriter(ws, io.BytesIO())
        writer.write()
        ws._rels = writer._rels  # noqa: SLF001 - the same
        self._archive.writestr(ws.path[1:], _FIXED_HEIGHT.sub(rb"\1", writer.read()))
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
            if name == "xl/workbook.xml":
                data = _TITLES.sub(rb"\2,\1", data)
            archive.writestr(member, data)
    return target.getvalue()
