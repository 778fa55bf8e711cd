"""Where a value was seen and by which reader."""

from __future__ import annotations

from typing import Literal

from schema.base import Frozen
from schema.geometry import BBox

PageState = Literal["read", "empty", "not_read"]
Reader = Literal["pdf-text", "ocr", "transcript", "profile"]


class PageEntry(Frozen):
    """A page's entry in the ledger of pages: its number, from 1, and how its reading ended.

    `read`: as a whole. `empty`: nothing is on it. `not_read`: it, or a part of it, could not be read, so that rows
    may be missing; an error on that page says why, and what could be read is kept.
    """

    number: int
    state: PageState


class SourceRef(Frozen):
    """A place in the input.

    A page of a PDF has `page` (from 1) and `bbox`; a transcription has `line` (from 1) and `cell`
    (from 1, in the line as written). What does not apply is `None`.
    """

    sha256: str
    page: int | None = None
    bbox: BBox | None = None
    line: int | None = None
    cell: int | None = None
    reader: Reader


class Source(Frozen):
    """The input as a whole, surveyed once."""

    name: str
    sha256: str
    media_type: str
    size: int
    page_count: int | None = None
    encoding: str | None = None
    signature_count: int | None = None
    producer: str | None = None
