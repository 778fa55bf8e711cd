"""A call with decrees -> their results in folders, one summary per file on stdout, one exit code."""

from __future__ import annotations

from functools import partial

from lampiran.cli.exits import code_of_findings
from lampiran.cli.files import work_through
from lampiran.cli.inputs import Job
from lampiran.cli.options import Extract
from lampiran.cli.output import check_place
from lampiran.cli.progress import Bar
from lampiran.cli.summary import decisions_line, print_summary, summary_lines
from lampiran.cli.texts import Texts
from lampiran.decisions import decisions_path, load_decisions
from lampiran.pipeline import read
from lampiran.profile.reading import load_profile
from schema.profile import Profile


def run(call: Extract, texts: Texts) -> int:
    """Read every decree and write its result; return the exit code of the call, see `work_through`.

    Raises `UsageError` before anything is read if the file of the profile does not hold one.
    """
    profile = load_profile(call.profile) if call.profile else None
    return work_through(call, texts, partial(_read, call, texts, profile))


def _read(call: Extract, texts: Texts, profile: Profile | None, job: Job, bar: Bar) -> int:
    """Read one file, write its result, also where only a part of the file could be read, and print its summary."""
    check_place(job.folder, texts, force=call.force)
    kept = call.decisions or decisions_path(job.folder)
    decisions = load_decisions(kept)
    result = read(
        job.path,
        second_reader=call.second_reader,
        text_readers=call.text_readers,
        page_reader=call.page_reader,
        review_threshold=call.review_threshold,
        profile=profile,
        decisions=decisions,
        progress=bar,
    )
    bar.stage(job.path, "write")
    written = result.write(
        job.folder,
        spreadsheet_safe=call.spreadsheet_safe,
        force=call.force,
        paper=call.paper,
        crops=call.crops,
    )
    with bar.aside():
        lines = summary_lines(result.plan, job.path, written, texts)
        if decisions.decisions:
            lines.insert(-1, decisions_line(result.plan, kept, texts))
        print_summary(call, lines)
    return code_of_findings(result.plan.findings, fail_on=call.fail_on)
