"""Files and settings -> results in folders, one summary a file on stdout, one exit code."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from pathlib import Path

import typer

from lampiran.cli.inputs import Job, plan_jobs
from lampiran.cli.output import check_output, check_place
from lampiran.cli.progress import Bar, progress_bar
from lampiran.cli.summary import summary_lines
from lampiran.cli.texts import Texts
from lampiran.log import start_log
from lampiran.page_states import PARTLY_READ, is_partly_read
from lampiran.pipeline import read
from lampiran.profile.reading import load_profile
from lampiran.settings import Settings
from schema.errors import LampiranError, UsageError
from schema.plan import Plan
from schema.profile import Profile

log = logging.getLogger(__name__)

DONE, UNEXPECTED, REVIEW, INTERRUPTED = 0, 1, 3, 130
Work = Callable[[Job, Settings, Texts, Bar], int]


def extract_command(files: Iterable[Path], settings: Settings) -> int:
    """Read every decree and write its result; return the exit code of the call, see `work_through`.

    Raises `UsageError` before anything is read if the profile is none.
    """
    profile = load_profile(settings.profile) if settings.profile else None
    return work_through(files, settings, partial(carry_out, profile=profile))


def work_through(files: Iterable[Path], settings: Settings, work: Work) -> int:
    """Carry out the work on every file; return the exit code of the call.

    A file that cannot be read or written is reported with one sentence on stderr, nothing is written for it,
    and the rest goes on. Raises `OutputError` before anything is read if the output folder cannot be used.
    """
    start_log(settings.log_level)
    texts = Texts(settings.language)
    check_output(settings.output, texts)
    check_readers(settings.text_readers)
    jobs, repeated = plan_jobs(files, settings.output)
    for again in repeated:
        tell(texts.say("same_file", file=again.path, other=again.first))
    codes: list[int] = []
    try:
        with progress_bar(len(jobs), texts) as bar:
            for job in jobs:
                codes.append(attempt(job, settings, texts, bar, work))
                bar.finished()
    except KeyboardInterrupt:
        tell(texts.say("interrupted"))
        return INTERRUPTED
    if len(jobs) > 1:
        typer.echo(texts.say("summary_total", done=sum(c in {DONE, REVIEW} for c in codes), count=len(jobs)))
    return worst(codes)


def check_readers(names: Sequence[str] | None) -> None:
    """Raise `UsageError` if a recogniser that is asked for by name is not installed here."""
    if names is None:
        return
    from extract.scan.text import available_readers  # loads the models

    there = [reader.name for reader in available_readers()]
    for name in names:
        if name not in there:
            raise UsageError(
                id=f"Pembaca teks {name} tidak terpasang di sini; lihat lampiran doctor.",
                en=f"The text reader {name} is not installed here; see lampiran doctor.",
            )


def attempt(job: Job, settings: Settings, texts: Texts, bar: Bar, work: Work) -> int:
    """Carry out the work on one file and return its exit code; an error becomes a sentence on stderr."""
    try:
        return work(job, settings, texts, bar)
    except LampiranError as error:
        tell(error.text(texts.language))
        return error.exit_code
    except Exception as error:
        log.debug("unexpected error", exc_info=error)
        tell(texts.say("unexpected", file=job.path, kind=type(error).__name__, error=one_line(error)))
        return UNEXPECTED


def carry_out(job: Job, settings: Settings, texts: Texts, bar: Bar, *, profile: Profile | None = None) -> int:
    """Read one file, write its result, also where only a part of the file could be read, and print its summary."""
    check_place(job.folder, texts, force=settings.force)
    result = read(
        job.path,
        second_reader=settings.second_reader,
        text_readers=settings.text_readers,
        page_reader=settings.page_reader,
        review_threshold=settings.review_threshold,
        profile=profile,
        progress=bar,
    )
    bar.stage(job.path, "write")
    written = result.write(job.folder, spreadsheet_safe=settings.spreadsheet_safe, force=settings.force)
    lines = summary_lines(result.plan, job.path, written, texts)
    with bar.aside():
        typer.echo("\n".join(lines))
    if is_partly_read(result.plan.findings):
        return PARTLY_READ
    return REVIEW if settings.fail_on == "review" and waits_for_review(result.plan) else DONE


def waits_for_review(plan: Plan) -> bool:
    """Tell whether something of the plan waits for a person's decision."""
    return any(finding.severity == "review" for finding in plan.findings)


def worst(codes: Iterable[int]) -> int:
    """Return the worst of the exit codes: an unexpected error, else the highest."""
    found = set(codes)
    return UNEXPECTED if UNEXPECTED in found else max(found, default=DONE)


def one_line(error: Exception) -> str:
    """Return what an error says as one line."""
    return " ".join(str(error).split())


def tell(sentence: str) -> None:
    """Say a sentence on stderr, under the program's name."""
    typer.echo(f"lampiran: {sentence}", err=True)
