"""The outcome of a call or a file -> its exit code (docs/errors.md), and for an error a sentence on stderr."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from lampiran.cli.terminal import show
from lampiran.cli.texts import Texts

if TYPE_CHECKING:
    from schema.findings import Finding

log = logging.getLogger(__name__)

DONE, UNEXPECTED, MISUSED = 0, 1, 2
FAILED_ON_REQUEST = 3  # what an option such as `--fail-on` asks for
INTERRUPTED, TERMINATED = 130, 143  # 128 and the number of the signal, as shells count


def tell(sentence: str) -> None:
    """Say a sentence on stderr, under the program's name."""
    show(f"lampiran: {sentence}", err=True, one_line=True)


def exit_code_of(error: Exception, texts: Texts, subject: object = "lampiran") -> int:
    """Say one sentence about an error on stderr and return its exit code; `subject` is the file that it is about."""
    code, sentence = failure(error, texts, subject)
    tell(sentence)
    return code


def failure(error: Exception, texts: Texts, subject: object) -> tuple[int, str]:
    """Return the exit code of an error and one sentence about it; `subject` is the file that it is about."""
    from schema.errors import LampiranError, WorkerError  # loads the models

    if isinstance(error, LampiranError):
        return error.exit_code, error.text(texts.language)
    if isinstance(error, MemoryError):
        return WorkerError.exit_code, texts.say("no_memory", file=subject)
    log.debug("unexpected error", exc_info=error)
    said = " ".join(str(error).split())
    return UNEXPECTED, texts.say("unexpected", file=subject, kind=type(error).__name__, error=said)


def attempt(path: Path, work: Callable[[], int], texts: Texts) -> int:
    """Do the work on one file and return its exit code; an error becomes a sentence on stderr."""
    try:
        return work()
    except Exception as error:  # noqa: BLE001 - one of the places where an error becomes an exit code
        return exit_code_of(error, texts, subject=path)


def worst(codes: Iterable[int]) -> int:
    """Return the worst of some exit codes: an unexpected error, else the highest."""
    found = set(codes)
    return UNEXPECTED if UNEXPECTED in found else max(found, default=DONE)


def code_of_findings(findings: Iterable[Finding], *, fail_on: str | None = None) -> int:
    """Return the exit code of a file that was read, by its findings; an unread part outweighs a review."""
    from lampiran.page_states import PARTLY_READ, is_partly_read

    known = tuple(findings)
    if is_partly_read(known):
        return PARTLY_READ
    asked = fail_on == "review" and any(finding.severity == "review" for finding in known)
    return FAILED_ON_REQUEST if asked else DONE
