"""Turns a decree's file, a PDF or a transcription, into an Extraction."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from extract.errors import refused
from extract.held_file import held
from extract.pdf.document import PAGE_READERS, PageDone, read_pdf
from extract.survey.survey import IMAGES, PDF, survey
from extract.transcript import read_transcript
from extract.types import Extraction


def read_document(
    path: Path,
    *,
    second_reader: bool = False,
    text_readers: Sequence[str] | None = None,
    page_reader: str = "pdfium",
    every_table: bool = False,
    page_done: PageDone | None = None,
) -> Extraction:
    """Read a file by what it holds, whatever its name says.

    `second_reader` checks the grids of a PDF on pixels, `text_readers` names the recognisers asked on scanned pages
    (all that are installed by default), `page_reader` the reader of digital ones, see
    `extract.pdf.document.PAGE_READERS`. `every_table` also gives grids that are too small for a plan, `page_done` is told
    how many pages of a PDF are done and of how many. Raises
    `InputError` for a file that cannot be read, see `extract.survey.survey`, and for a lone picture.
    """
    path = held(path)
    seen = survey(path)
    kind = seen.source.media_type
    if kind == PDF:
        return read_pdf(
            path,
            seen,
            second_reader=second_reader,
            opener=PAGE_READERS[page_reader],
            text_readers=text_readers,
            every_table=every_table,
            page_done=page_done,
        )
    if kind in IMAGES:
        raise refused("image", path=path, name=IMAGES[kind])
    return read_transcript(path, seen.data, seen.source)
