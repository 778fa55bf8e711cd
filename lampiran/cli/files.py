"""The files of a call and the work to do on each -> sentences about errors, and one exit code."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from lampiran.cli.exits import DONE, FAILED_ON_REQUEST, INTERRUPTED, exit_code_of, tell, worst
from lampiran.cli.inputs import Job, plan_jobs
from lampiran.cli.options import Extract, Tables
from lampiran.cli.output import check_output
from lampiran.cli.progress import Bar, progress_bar
from lampiran.cli.summary import print_summary
from lampiran.cli.texts import Texts
from schema.errors import UsageError

Work = Callable[[Job, Bar], int]


def work_through(call: Extract | Tables, texts: Texts, work: Work) -> int:
    """Do the work on every file; return the exit code of the call.

    A file that cannot be read or written is reported with one sentence on stderr, nothing is written for it,
    and the rest goes on. Raises `OutputError` before anything is read if the output folder cannot be used, and
    `UsageError` for a text reader that is not installed.
    """
    check_output(call.output, texts)
    check_readers(call.text_readers)
    jobs, repeated = plan_jobs(call.files, call.output)
    for again in repeated:
        tell(texts.say("same_file", file=again.path, other=again.first))
    codes: list[int] = []
    try:
        with progress_bar(len(jobs), texts, quiet=call.quiet) as bar:
            for job in jobs:
                codes.append(attempt(job.path, partial(work, job, bar), texts))
                bar.finished()
    except KeyboardInterrupt:
        tell(texts.say("interrupted"))
        return INTERRUPTED
    if len(jobs) > 1:
        done = sum(code in {DONE, FAILED_ON_REQUEST} for code in codes)
        print_summary(call, [texts.say("summary_total", done=done, count=len(jobs))])
    return worst(codes)


def attempt(path: Path, work: Callable[[], int], texts: Texts) -> int:
    """Do the work on one file and return its exit code; an error becomes a sentence on stderr."""
    try:
        return work()
    except Exception as error:  # noqa: BLE001 - one of the two places where an error becomes an exit code
        return exit_code_of(error, texts, subject=path)


def check_readers(names: Sequence[str] | None) -> None:
    """Raise `UsageError` if a recogniser that was asked for by name is not installed."""
    if names is None:
        return
    from extract.scan.text import available_readers  # loads the models

    there = {reader.name for reader in available_readers()}
    for name in names:
        if name not in there:
            raise UsageError(
                id=f"Pembaca teks {name} tidak terpasang di sini; lihat lampiran doctor.",
                en=f"The text reader {name} is not installed here; see lampiran doctor.",
            )
