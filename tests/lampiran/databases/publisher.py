"""A publisher in a process of its own, which can be told to kill itself before one of its statements."""

from __future__ import annotations

import contextlib
import io
import multiprocessing
import os
import signal
from collections.abc import Callable
from itertools import count
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from lampiran.cli.app import run

# Processes begin with the program loaded, which takes longer than what they do.
_PROCESSES = multiprocessing.get_context("forkserver")
_PROCESSES.set_forkserver_preload(
    [__name__, "lampiran.cli.publish", "lampiran.diff.compare", "lampiran.databases.database"]
)


class Publisher:
    """A call of `lampiran publish` that runs; `kill_before` counts its statements and commits from 1, 0 kills nobody."""

    def __init__(
        self, *arguments: str | Path, kill_before: int = 0, before: Callable[[], None] | None = None
    ) -> None:
        self._heard, told = _PROCESSES.Pipe(duplex=False)
        words = ["publish", *map(str, arguments), "--lang", "en"]
        self._process = _PROCESSES.Process(
            target=_publish, args=(words, kill_before, before, dict(os.environ), told)
        )
        self._process.start()
        told.close()

    def ended(self) -> tuple[int, str, int]:
        """Return the exit code, the negative number of a signal that ended it, what it said, and how many statements ran."""
        try:
            code, said, statements = self._heard.recv()
        except EOFError:
            code, said, statements = None, "", 0
        self._process.join()
        ended = self._process.exitcode
        assert ended is not None
        return (ended if code is None else code), said, statements


def _publish(
    words: list[str],
    last: int,
    first: Callable[[], None] | None,
    environment: dict[str, str],
    told: Connection,
) -> None:
    os.environ.update(environment)
    statements = count(1)

    def before(*_: Any) -> None:
        if next(statements) == last:
            os.kill(os.getpid(), signal.SIGKILL)

    sa.event.listen(sa.Engine, "before_cursor_execute", before)
    sa.event.listen(sa.Engine, "commit", before)
    if first is not None:
        first()
    said = io.StringIO()
    with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
        code = run(words)
    told.send((code, said.getvalue(), next(statements) - 1))
