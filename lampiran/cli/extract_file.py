"""One file of a call -> its result in a folder and its summary; done in a worker."""

from __future__ import annotations

from lampiran.cli.exits import code_of_findings
from lampiran.cli.inputs import Job
from lampiran.cli.options import Extract
from lampiran.cli.output import check_place
from lampiran.cli.summary import decisions_line, summary_lines
from lampiran.cli.texts import Texts
from lampiran.cli.watching import Watching
from lampiran.decisions import decisions_path, load_decisions
from lampiran.pipeline import read
from lampiran.profile.reading import load_profile


def check(call: Extract) -> None:
    """Raise `UsageError` if the file of the profile does not hold one."""
    if call.profile:
        load_profile(call.profile)


def work(call: Extract, texts: Texts, job: Job, watching: Watching) -> tuple[int, list[str]]:
    """Read one file, write its result, also where only a part of the file could be read; return code and summary."""
    check_place(job.folder, texts, force=call.force)
    kept = call.decisions or decisions_path(job.folder)
    decisions = load_decisions(kept)
    result = read(
        job.path,
        second_reader=call.second_reader,
        text_readers=call.text_readers,
        page_reader=call.page_reader,
        review_threshold=call.review_threshold,
        profile=load_profile(call.profile) if call.profile else None,
        decisions=decisions,
        progress=watching,
    )
    watching.stage(job.path, "write")
    written = result.write(
        job.folder,
        spreadsheet_safe=call.spreadsheet_safe,
        force=call.force,
        paper=call.paper,
        crops=call.crops,
    )
    lines = summary_lines(result.plan, job.path, written, texts)
    if decisions.decisions:
        lines.insert(-1, decisions_line(result.plan, kept, texts))
    return code_of_findings(result.plan.findings, fail_on=call.fail_on), lines
