"""Messages on stdin that name a function and its arguments -> its results on stdout: the inside of a worker.

What Python writes on stderr goes to the keeper as messages, what libraries write by themselves on stdout goes to stderr.
"""

from __future__ import annotations

import io
import os
import signal
import sys
import threading
from contextlib import suppress
from importlib import import_module
from queue import SimpleQueue
from typing import IO

from lampiran.worker.limits import limit_process, limit_work, share_cores
from lampiran.worker.messages import Message, receive, send
from lampiran.worker.network import leave_network

_ANY = 1 << 40  # bytes; the keeper is trusted


class Teller(io.TextIOBase):
    """A stderr that hands on what is written; and the way back for results and progress."""

    def __init__(self, pipe: IO[bytes]) -> None:
        self._pipe = pipe
        self._one = threading.Lock()

    def write(self, text: str) -> int:
        """Hand on some text."""
        self.hand_on({"kind": "text", "text": text})
        return len(text)

    def hand_on(self, message: Message) -> None:
        """Send a message; a keeper that has gone ends the process."""
        with self._one:
            try:
                send(self._pipe, message)
            except (OSError, ValueError):
                os._exit(1)


def main() -> None:
    """Do what is asked until nobody asks any more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the keeper decides
    asked, answers = _pipes()
    leave_network()
    limit_process()
    teller = Teller(answers)
    sys.stderr = teller
    inbox: SimpleQueue[tuple[Message, bytes]] = SimpleQueue()
    threading.Thread(target=_listen, args=(asked, inbox), daemon=True).start()
    while True:
        _answer(*inbox.get(), teller)


def _pipes() -> tuple[IO[bytes], IO[bytes]]:
    """Return the two pipes under numbers that no library knows of."""
    asked = os.fdopen(os.dup(0), "rb")
    answers = os.fdopen(os.dup(1), "wb")
    with open(os.devnull, "rb") as nothing:  # noqa: PTH123 - a device, for its number
        os.dup2(nothing.fileno(), 0)
    os.dup2(2, 1)
    return asked, answers


def _listen(asked: IO[bytes], inbox: SimpleQueue[tuple[Message, bytes]]) -> None:
    """Take in what is asked; when the keeper has gone, end at once, whatever is under way."""
    while (found := receive(asked, most=_ANY)) is not None:
        inbox.put(found)
    os._exit(0)


def _answer(asked: Message, attached: bytes, teller: Teller) -> None:
    limit_work(seconds=asked["processor"], asked=asked["asked"])
    share_cores(*asked["share"])
    with suppress(OSError):
        os.chdir(asked["folder"])
    module, _, name = asked["work"].partition(":")
    try:
        made = getattr(import_module(module), name)(asked["given"], attached, teller.hand_on)
    except MemoryError:
        teller.hand_on({"kind": "memory"})
        return
    teller.hand_on({"kind": "done", "made": made})


if __name__ == "__main__":
    main()
