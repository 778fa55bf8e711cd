"""The outcome of a call or a file -> its exit code (docs/errors.md), and for an error a sentence on stderr."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from typing import TYPE_CHECKING

from lampiran.cli.terminal import show
from lampiran.cli.texts import Texts

if TYPE_CHECKING:
    from schema.findings import Finding

log = logging.getLogger(__name__)

DONE, UNEXPECTED, MISUSED = 0, 1, 2
FAILED_ON_REQUEST = 3  # what an option such as `--fail-on` asks for
INTERRUPTED = 130  # 128 and the number of the signal, as shells count


def tell(sentence: str) -> None:
    """Say a sentence on stderr, under the program's name."""
    show(f"lampiran: {sentence}", err=True, one_line=True)


def exit_code_of(error: Exception, texts: Texts, subject: object = "lampiran") -> int:
    """Say one sentence about an error on stderr and return its exit code; `subject` is the file that it is about."""
    from schema.errors import LampiranError  # loads the models

    if isinstance(error, LampiranError):
        tell(error.text(texts.language))
        return error.exit_code
    log.debug("unexpected error", exc_info=error)
    said = " ".join(str(error).split())
    tell(texts.say("unexpected", file=subject, kind=type(error).__name__, error=said))
    return UNEXPECTED


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
