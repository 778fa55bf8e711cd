"""A PDF -> Tables: every grid read, parts joined over page breaks, ready to be written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from extract.survey.survey import PDF
from lampiran.held_file import Input, as_path
from lampiran.log import reading_file
from lampiran.page_states import is_partly_read, partly_read_error
from lampiran.pipeline import Progress, read_input
from lampiran.resources import load_resources
from lampiran.version import __version__
from normalize.tables import build_tables
from schema.base import Frozen
from schema.choices import DEFAULT_THRESHOLD, Language, PageReader
from schema.errors import InputError, LampiranError, NoTableError
from schema.findings import Message
from schema.ruled import TableSet

if TYPE_CHECKING:
    import pandas as pd

    from lampiran.publish.existing_output import WrittenFiles


class Tables(Frozen):
    """The ruled tables of one PDF: `content` is what `tables.json` holds."""

    content: TableSet

    def to_frames(self, *, fill_spans: bool = False) -> dict[str, pd.DataFrame]:
        """Return one pandas frame of strings per table, by its id, as its CSV has it, without a header.

        `fill_spans` repeats the text of a spanned cell at each position it covers.
        """
        import pandas as pd

        from lampiran.tables.csvs import rows_of

        return {
            table.id: pd.DataFrame(rows_of(table, fill_spans=fill_spans), dtype="string")
            for table in self.content.tables
        }

    def write(
        self,
        folder: str | Path,
        *,
        fill_spans: bool = False,
        spreadsheet_safe: bool = True,
        force: bool = False,
        language: Language = "id",
    ) -> WrittenFiles:
        """Write `tables.json`, `tables.html` and one CSV per table into `folder`, whole or not at all.

        Tables of the same input are replaced, those of another one only with `force`. `language` is the one the page
        opens in. Raises `OutputError` if the folder cannot be written or holds anything else.
        """
        from lampiran.tables.writing import write_tables

        return write_tables(
            self.content,
            Path(folder),
            fill_spans=fill_spans,
            spreadsheet_safe=spreadsheet_safe,
            force=force,
            language=language,
        )


def read_tables(
    path: Input,
    *,
    name: str | None = None,
    text_readers: Sequence[str] | None = None,
    page_reader: PageReader = "pdfium",
    review_threshold: float = DEFAULT_THRESHOLD,
    progress: Progress | None = None,
) -> Tables:
    """Read every ruled table of a PDF, born-digital or scanned, whatever it holds.

    `path` and `name` are those of `lampiran.read`, and so are `text_readers`, `page_reader` and `review_threshold` (here for cells).
    `TableSet.pages` says which pages were read. Writes nothing. Raises `InputError` if the file is not a PDF or cannot
    be read, or only in parts that hold no table, and `NoTableError` if it holds no ruled table.
    """
    file = as_path(path, name=name)
    with reading_file(file.name):
        extraction = read_input(
            file, progress, text_readers=text_readers, page_reader=page_reader, every_table=True
        )
        if extraction.source.media_type != PDF:
            raise InputError(
                id=f"{file}: bukan PDF; tabel sebuah transkripsi dibaca oleh lampiran extract.",
                en=f"{file}: it is no PDF; the table of a transcription is read by lampiran extract.",
            )
        resources = replace(load_resources(), review_threshold=review_threshold)
        content = build_tables(extraction, resources)
        if not content.tables:
            raise _no_table(file, content)
    return Tables(content=content.replace(versions=(("lampiran", __version__), *content.versions)))


def _no_table(file: Path, content: TableSet) -> LampiranError:
    """Return the error for a file without tables; a part that was not read may hold one."""
    if is_partly_read(content.findings):
        missing = Message.of("tabel bergaris", "ruled table")
        return partly_read_error(file, content.pages, content.findings, missing)
    unclear = {
        f.ref.page for f in content.findings if f.code == "rulings-level-only" and f.ref and f.ref.page
    }
    if unclear:
        pages = ", ".join(map(str, sorted(unclear)))
        return NoTableError(
            id=f"{file}: tidak ada tabel yang terbaca; di halaman {pages} ada teks di antara garis datar yang tampak seperti tabel, tetapi kolomnya tidak jelas.",
            en=f"{file}: no table was read; on page {pages} text between level rulings looks like a table, but its columns are not clear.",
        )
    return NoTableError(
        id=f"{file}: tidak ada tabel bergaris di dalamnya; tabel tanpa garis tegak dan datar tidak dibaca.",
        en=f"{file}: there is no ruled table in it; tables without level and upright rulings are not read.",
    )
