"""PDFs and settings -> their ruled tables in folders, one summary a file on stdout, one exit code."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import typer

from lampiran.cli.extract import DONE, REVIEW, work_through
from lampiran.cli.inputs import Job
from lampiran.cli.progress import Bar
from lampiran.cli.summary import findings_by_severity, page_lines, written_lines
from lampiran.cli.texts import Texts
from lampiran.page_states import PARTLY_READ, is_partly_read
from lampiran.settings import Settings
from lampiran.tables.reading import read_tables
from lampiran.tables.writing import FOLDER, WrittenTables
from schema.ruled import TableSet


def tables_command(files: Iterable[Path], settings: Settings) -> int:
    """Read the tables of every file and write them; return the exit code, see `lampiran.cli.extract.work_through`."""
    return work_through(files, settings, carry_out)


def carry_out(job: Job, settings: Settings, texts: Texts, bar: Bar) -> int:
    """Read one file, write its tables and print its summary."""
    FOLDER.check_place(job.folder, force=settings.force)
    tables = read_tables(
        job.path,
        text_readers=settings.text_readers,
        page_reader=settings.page_reader,
        review_threshold=settings.review_threshold,
        progress=bar,
    )
    bar.stage(job.path, "write")
    written = tables.write(
        job.folder,
        fill_spans=settings.fill_spans,
        spreadsheet_safe=settings.spreadsheet_safe,
        force=settings.force,
    )
    with bar.aside():
        typer.echo("\n".join(summary(tables.content, job, written, texts)))
    if is_partly_read(tables.content.findings):
        return PARTLY_READ
    waits = any(finding.severity == "review" for finding in tables.content.findings)
    return REVIEW if settings.fail_on == "review" and waits else DONE


def summary(content: TableSet, job: Job, written: WrittenTables, texts: Texts) -> list[str]:
    """Return the lines of one file's summary; paths as they were given."""
    cells = [cell for table in content.tables for cell in table.cells]
    counts = texts.say(
        "summary_tables",
        tables=len(content.tables),
        cells=len(cells),
        joined=sum(len(table.joins) for table in content.tables),
    )
    asked = sum(cell.needs_review for cell in cells)
    return [
        f"{job.path}",
        f"  {counts}",
        f"  {texts.say('summary_findings', findings=findings_by_severity(content.findings, texts))}",
        f"  {texts.say('summary_cells', count=asked, cells=len(cells))}",
        *page_lines(content.pages, texts),
        *written_lines(written, texts),
    ]
