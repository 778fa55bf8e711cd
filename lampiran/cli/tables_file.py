"""One PDF of a call -> its ruled tables in a folder and its summary; done in a worker."""

from __future__ import annotations

from lampiran.cli.exits import code_of_findings
from lampiran.cli.inputs import Job
from lampiran.cli.options import Tables
from lampiran.cli.summary import reading_lines
from lampiran.cli.texts import Texts
from lampiran.cli.watching import Watching
from lampiran.tables.reading import read_tables
from lampiran.tables.writing import FOLDER


def check(call: Tables) -> None:
    """Find nothing wrong with the call beyond what holds for every command."""


def work(call: Tables, texts: Texts, job: Job, watching: Watching) -> tuple[int, list[str]]:
    """Read one file and write its tables; return code and summary."""
    FOLDER.check_place(job.folder, force=call.force)
    tables = read_tables(
        job.path,
        text_readers=call.text_readers,
        page_reader=call.page_reader,
        review_threshold=call.review_threshold,
        progress=watching,
    )
    content = tables.content
    watching.stage(job.path, "write")
    written = tables.write(
        job.folder, fill_spans=call.fill_spans, spreadsheet_safe=call.spreadsheet_safe, force=call.force
    )
    cells = [cell for table in content.tables for cell in table.cells]
    joined = sum(len(table.joins) for table in content.tables)
    counts = texts.say("summary_tables", tables=len(content.tables), cells=len(cells), joined=joined)
    asked = texts.say("summary_cells", count=sum(cell.needs_review for cell in cells), cells=len(cells))
    lines = [f"{job.path}", *reading_lines(content, counts, asked, written, texts)]
    return code_of_findings(content.findings, fail_on=call.fail_on), lines
