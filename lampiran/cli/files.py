"""The files of a call -> the work on each, in workers that can be killed; summaries in order, one exit code."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from functools import partial

from lampiran.cli.ending import ending_code, ending_in_order
from lampiran.cli.exits import DONE, FAILED_ON_REQUEST, failure, tell, worst
from lampiran.cli.in_worker import check, message_of, work
from lampiran.cli.inputs import Job, plan_jobs
from lampiran.cli.options import Extract, Tables
from lampiran.cli.output import check_output
from lampiran.cli.progress import Bar, progress_bar
from lampiran.cli.terminal import show_lines
from lampiran.cli.texts import Texts
from lampiran.held_file import HeldFile
from lampiran.publish.atomic_folder import clear_abandoned
from lampiran.worker.loss import Loss
from lampiran.worker.messages import Message
from lampiran.worker.pool import POOL
from lampiran.worker.process import Limits

_HERE = "lampiran.cli.in_worker"


def work_through(call: Extract | Tables, texts: Texts) -> int:
    """Do the command's work on every file; return the exit code of the call.

    A file that cannot be read or written is reported with one sentence on stderr, nothing is written for it,
    and the rest goes on; so is one that takes down the process that reads it. Raises `OutputError` before anything is
    read if the output folder cannot be used.
    """
    check_output(call.output, texts)
    jobs, repeated = plan_jobs(call.files, call.output)
    for again in repeated:
        tell(texts.say("same_file", file=again.path, other=again.first))
    codes: list[int] = []
    try:
        with ending_in_order():
            work_all(call, texts, jobs, codes)
    except KeyboardInterrupt as ending:
        done = sum(code in {DONE, FAILED_ON_REQUEST} for code in codes)
        tell(texts.say("interrupted", done=done, count=len(jobs)))
        return ending_code(ending)
    if len(jobs) > 1 and len(codes) == len(jobs):
        done = sum(code in {DONE, FAILED_ON_REQUEST} for code in codes)
        _print(call, [texts.say("summary_total", done=done, count=len(jobs))])
    return worst(codes)


def work_all(call: Extract | Tables, texts: Texts, jobs: Sequence[Job], codes: list[int]) -> None:
    """Work on all files and print what came of each in the order of the call; `codes` takes their exit codes."""
    given = message_of(call, texts)
    if call.text_readers or getattr(call, "profile", None):
        found = _checked(call, given)
        if found["code"] != DONE:
            codes.append(found["code"])
            _say(call, found)
            return
    with progress_bar(len(jobs), texts, quiet=call.quiet) as bar:
        outcomes = _here if call.jobs == 0 else _in_workers
        with closing(outcomes(call, given, jobs, bar, texts)) as made:
            for job, outcome in zip(jobs, made, strict=True):
                bar.finished(job.path)
                codes.append(outcome["code"])
                with bar.aside():
                    _say(call, outcome)


def _say(call: Extract | Tables, outcome: Message) -> None:
    for sentence in outcome["told"]:
        tell(sentence)
    _print(call, outcome["lines"])


def _print(call: Extract | Tables, lines: Sequence[str]) -> None:
    """Print lines on stdout unless the call asks for quiet; `cli/summary.py`, which does the same, loads the readers."""
    if lines and not call.quiet:
        show_lines(lines)


def _checked(call: Extract | Tables, given: Message) -> Message:
    """Return what a worker finds wrong with a call before anything is read."""
    if call.jobs == 0:
        return check(given, b"", lambda _: None)
    return POOL.do(f"{_HERE}:check", given, limits=_limits(call))


def _here(
    call: Extract | Tables, given: Message, jobs: Sequence[Job], bar: Bar, texts: Texts
) -> Generator[Message, None, None]:
    """Yield what comes of each file in turn, read in this process."""
    del call
    for job in jobs:
        try:
            yield work(*_task(given, job), partial(bar.told, job.path))
        except MemoryError as error:
            code, sentence = failure(error, texts, job.path)
            yield {"code": code, "lines": [], "told": [sentence]}


def _in_workers(
    call: Extract | Tables, given: Message, jobs: Sequence[Job], bar: Bar, texts: Texts
) -> Generator[Message, None, None]:
    """Yield what comes of each file in the order of the call; as many are read at a time as the call says.

    Broken off, it ends the workers, and clears away what they had begun to write.
    """
    one = partial(_guarded, call, given, bar=bar, texts=texts)
    keepers = ThreadPoolExecutor(call.jobs, thread_name_prefix="keeper")
    begun = [keepers.submit(one, job) for job in jobs]
    try:
        for future in begun:
            yield future.result()
    except BaseException:
        POOL.stop()
        raise
    finally:
        keepers.shutdown(wait=True, cancel_futures=True)
        POOL.resume()


def _guarded(call: Extract | Tables, given: Message, job: Job, *, bar: Bar, texts: Texts) -> Message:
    """Return what a worker makes of a file; a worker that is lost becomes a sentence about the file."""
    task, attached = _task(given, job)
    try:
        return POOL.do(
            f"{_HERE}:work",
            task,
            attached=attached,
            limits=_limits(call),
            told=partial(bar.told, job.path),
        )
    except Loss as loss:
        clear_abandoned(job.folder)
        error = loss.about(job.path)
        return {"code": error.exit_code, "lines": [], "told": [error.text(texts.language)]}


def _task(given: Message, job: Job) -> tuple[Message, bytes]:
    """Return the message about one file, and its content where it is in memory alone."""
    alone = isinstance(job.path, HeldFile) and not job.path.on_disk
    content = job.path.read_bytes() if alone else None
    task = {**given, "path": str(job.path), "folder": str(job.folder), "held": content is not None}
    return task, content or b""


def _limits(call: Extract | Tables) -> Limits:
    return Limits(memory=call.memory_limit, seconds=call.time_limit, beside=max(1, call.jobs))
