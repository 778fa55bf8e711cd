"""Ctrl-C and SIGTERM -> one exception in the main thread, so that a call ends in order and says what is left."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from lampiran.cli.exits import INTERRUPTED, TERMINATED


class Terminated(KeyboardInterrupt):
    """The system asks the process to end (SIGTERM)."""


def ending_code(ending: KeyboardInterrupt) -> int:
    """Return the exit code of a call that was broken off."""
    return TERMINATED if isinstance(ending, Terminated) else INTERRUPTED


@contextmanager
def ending_in_order() -> Iterator[None]:
    """Raise `Terminated` in the context where SIGTERM comes; in other threads than the main one nothing is changed."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGTERM, _terminated)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _terminated(_number: int, _frame: FrameType | None) -> None:
    raise Terminated
