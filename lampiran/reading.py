"""A decree's file -> its Extraction, unless it is a file of a result."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from extract.reading import read_document
from extract.types import Extraction
from lampiran.own_results import published_file, published_table, refuse


def read_input(
    path: Path,
    *,
    second_reader: bool = False,
    text_readers: Sequence[str] | None = None,
    page_reader: str = "pdfium",
    every_table: bool = False,
) -> Extraction:
    """Read a file as `extract.reading.read_document` does; a result of ours is refused with `InputError`."""
    refuse(path, published_file(path))
    extraction = read_document(
        path,
        second_reader=second_reader,
        text_readers=text_readers,
        page_reader=page_reader,
        every_table=every_table,
    )
    refuse(path, published_table(extraction))
    return extraction
