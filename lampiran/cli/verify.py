"""Files -> what can be said of their signatures, a summary or a line of JSON each on stdout, one exit code."""

from __future__ import annotations

import datetime
import logging
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import typer

from lampiran.cli.extract import DONE, REVIEW, UNEXPECTED, one_line, tell, worst
from lampiran.cli.texts import Texts
from lampiran.cli.verdicts import verification_lines
from lampiran.log import LogLevel, start_log
from lampiran.verify.requirements import require_parts
from schema.authenticity import Verification
from schema.errors import LampiranError

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Asked:
    """How a call of `lampiran verify` goes; `at` is `None` for today."""

    trust: tuple[Path, ...]
    at: datetime.date | None
    as_json: bool
    require_valid: bool
    log_level: LogLevel = "warning"


def verify_command(files: Iterable[Path], asked: Asked, texts: Texts) -> int:
    """Verify every file and return the exit code of the call.

    3 where a signature is broken, cannot be checked, or its file was changed in a way that is not permitted; with
    `require_valid` also where a file has no signature or one that is not confirmed. A file that cannot be read is
    reported on stderr, and the rest goes on. Raises `UsageError` if the parts are not installed or the
    certificates to trust cannot be read.
    """
    start_log(asked.log_level)
    require_parts()
    from lampiran.verify.trust import load_trust
    from lampiran.verify.verify import verify_with

    store = load_trust(asked.trust)
    at = asked.at or datetime.datetime.now(tz=datetime.UTC).date()
    codes = [_attempt(path, lambda p: verify_with(p, store, at), asked, texts) for path in _once(files)]
    return worst(codes)


def _once(files: Iterable[Path]) -> Sequence[Path]:
    return list(dict.fromkeys(files))


def _attempt(path: Path, verify: Callable[[Path], Verification], asked: Asked, texts: Texts) -> int:
    """Verify one file, print what was found and return its exit code; an error becomes a sentence on stderr."""
    try:
        found = verify(path)
    except LampiranError as error:
        tell(error.text(texts.language))
        return error.exit_code
    except Exception as error:
        log.debug("unexpected error", exc_info=error)
        tell(texts.say("unexpected", file=path, kind=type(error).__name__, error=one_line(error)))
        return UNEXPECTED
    typer.echo(
        found.model_dump_json() if asked.as_json else "\n".join(verification_lines(found, path, texts))
    )
    return DONE if (found.confirmed if asked.require_valid else found.intact) else REVIEW
