"""Bytes of an XLSX workbook -> whether it holds no more than is read, asked before a cell of it is made."""

from __future__ import annotations

import io
import re
import zipfile
from typing import NamedTuple
from xml.parsers import expat

from extract.settings import LIMITS

_PLACE = re.compile(r"\$?([A-Za-z]{1,3})\$?(\d{1,9}):\$?([A-Za-z]{1,3})\$?(\d{1,9})")
_LETTERS = 26
# Tags whose `ref` names cells: openpyxl makes an object of each cell that one of these covers.
_MAKES_CELLS = frozenset({"hyperlink", "comment"})
_COUNTED = re.compile(rb"<(?:\w+:)?(?:mergeCell|hyperlink|comment)\b")


class _TooLargeError(Exception):
    """A workbook holds more than is read."""


class Size(NamedTuple):
    """Whether a workbook is small enough to be read, and whether it holds formulas."""

    modest: bool
    formulas: bool


def size_of(data: bytes) -> Size:
    """Tell whether a workbook unpacks to no more than is read: files, bytes, tags, cells that are merged or spoken of.

    Raises what `zipfile` does, and `ValueError` for a part that cannot be looked at before it is read.
    """
    counted = _Counted()
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        entries = archive.infolist()
        if len(entries) > LIMITS.workbook_parts or sum(e.file_size for e in entries) > LIMITS.workbook_bytes:
            return Size(modest=False, formulas=False)
        try:
            for entry in entries:  # of any name: the workbook's own list says what each is
                counted.add(archive.read(entry))
        except _TooLargeError:
            return Size(modest=False, formulas=False)
    return Size(modest=True, formulas=counted.formulas)


class _Counted:
    """What the parts of a workbook hold, counted by the parser that reads sheets, so that nothing is written past it."""

    def __init__(self) -> None:
        self.tags = self.merged = self.name = 0
        self.formulas = False
        self._parser = expat.ParserCreate()

    def add(self, content: bytes) -> None:
        """Count what a part holds; one that is no XML holds nothing. Raises `ValueError` and `_TooLargeError`."""
        parser = self._parser = expat.ParserCreate(namespace_separator=" ")
        parser.StartElementHandler = self._started
        try:
            parser.Parse(content, True)
        except expat.ExpatError as error:
            unknown = error.code == expat.errors.codes[expat.errors.XML_ERROR_UNKNOWN_ENCODING]
            if unknown or _COUNTED.search(content):
                raise ValueError("a part that another parser might read") from error

    def _started(self, name: str, attributes: dict[str, str]) -> None:
        tag = name.rpartition(" ")[2]
        self.name = 0
        self._parser.CharacterDataHandler = self._name_said if tag == "definedName" else None
        self.tags += 1
        self.formulas |= tag == "f"
        if tag == "mergeCell":
            self.merged += _area(attributes.get("ref", ""))
        elif tag in _MAKES_CELLS:
            self.tags += _area(attributes.get("ref", ""))
        if self.tags > LIMITS.workbook_tags or self.merged > LIMITS.covered_cells:
            raise _TooLargeError

    def _name_said(self, text: str) -> None:
        """Count what a name stands for: openpyxl's patterns go back and forth over it."""
        self.name += len(text)
        if self.name > LIMITS.workbook_name:
            raise _TooLargeError


def _area(place: str) -> int:
    """Return how many cells a place such as `A1:C9` covers; of one that is none, more than a sheet has."""
    found = _PLACE.fullmatch(place)
    if found is None:
        return 1 if ":" not in place else LIMITS.covered_cells
    first, top, last, bottom = found.groups()
    across, down = _column(last) - _column(first) + 1, int(bottom) - int(top) + 1
    return max(across, 1) * max(down, 1)


def _column(letters: str) -> int:
    number = 0
    for letter in letters.upper():
        number = number * _LETTERS + ord(letter) - ord("A") + 1
    return number
