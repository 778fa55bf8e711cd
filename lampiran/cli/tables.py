"""A call with PDFs -> their ruled tables in folders, one summary per file on stdout, one exit code."""

from __future__ import annotations

from functools import partial

from lampiran.cli.exits import code_of_findings
from lampiran.cli.files import work_through
from lampiran.cli.inputs import Job
from lampiran.cli.options import Tables
from lampiran.cli.progress import Bar
from lampiran.cli.summary import print_summary, reading_lines
from lampiran.cli.texts import Texts
from lampiran.tables.reading import read_tables
from lampiran.tables.writing import FOLDER


def run(call: Tables, texts: Texts) -> int:
    """Read the tables of every file and write them; return the exit code of the call, see `work_through`."""
    return work_through(call, texts, partial(_read, call, texts))


def _read(call: Tables, texts: Texts, job: Job, bar: Bar) -> int:
    """Read one file, write its tables and print its summary."""
    FOLDER.check_place(job.folder, force=call.force)
    tables = read_tables(
        job.path,
        text_readers=call.text_readers,
        page_reader=call.page_reader,
        review_threshold=call.review_threshold,
        progress=bar,
    )
    content = tables.content
    bar.stage(job.path, "write")
    written = tables.write(
        job.folder, fill_spans=call.fill_spans, spreadsheet_safe=call.spreadsheet_safe, force=call.force
    )
    cells = [cell for table in content.tables for cell in table.cells]
    joined = sum(len(table.joins) for table in content.tables)
    counts = texts.say("summary_tables", tables=len(content.tables), cells=len(cells), joined=joined)
    asked = texts.say("summary_cells", count=sum(cell.needs_review for cell in cells), cells=len(cells))
    with bar.aside():
        print_summary(call, [f"{job.path}", *reading_lines(content, counts, asked, written, texts)])
    return code_of_findings(content.findings, fail_on=call.fail_on)
