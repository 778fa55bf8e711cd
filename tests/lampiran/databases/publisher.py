"""A publisher in a process of its own, which can be told to kill itself before one of its statements."""

from __future__ import annotations

import contextlib
import io
import multiprocessing
import os
import signal
import sys
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
    """A call of `lampiran publish` that runs.

    It kills itself before one of its statements and commits, counted from 1, or of `killed_at` "file" before it puts a
    file in its place; 0 kills nobody. `before` is called first.
    """

    def __init__(
        self,
        *arguments: str | Path,
        kill_before: int = 0,
        killed_at: str = "statement",
        before: Callable[[], None] | None = None,
    ) -> None:
        self._heard, told = _PROCESSES.Pipe(duplex=False)
        words = ["publish", *map(str, arguments), "--lang", "en"]
        given = (words, kill_before, killed_at, before, dict(os.environ), told)
        self._process = _PROCESSES.Process(target=_publish, args=given)
        self._process.start()
        told.close()

    def ended(self) -> tuple[int, str, int]:
        """Return the exit code, the negative number of a signal that ended it, what it said, and how many steps it took."""
        try:
            code, said, steps = self._heard.recv()
        except EOFError:
            code, said, steps = None, "", 0
        self._process.join()
        ended = self._process.exitcode
        assert ended is not None
        return (ended if code is None else code), said, steps


def _publish(
    words: list[str],
    last: int,
    killed_at: str,
    first: Callable[[], None] | None,
    environment: dict[str, str],
    told: Connection,
) -> None:
    os.environ.update(environment)
    steps = count(1)

    def before(*_: Any) -> None:
        if next(steps) == last:
            os.kill(os.getpid(), signal.SIGKILL)

    if killed_at == "file":
        sys.addaudithook(lambda event, given: before() if _is_placing(event, given) else None)
    else:
        sa.event.listen(sa.Engine, "before_cursor_execute", before)
        sa.event.listen(sa.Engine, "commit", before)
    if first is not None:
        first()
    said = io.StringIO()
    with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
        code = run(words)
    told.send((code, said.getvalue(), next(steps) - 1))


def _is_placing(event: str, given: tuple[Any, ...]) -> bool:
    """Tell whether a file is put in its place, or a folder by the system's own call."""
    return event == "os.rename" or (event == "ctypes.dlsym" and "renameat2" in given)
