"""A command line -> a worker: one process that does one piece of work after the other, watched and killable."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from queue import Empty, SimpleQueue
from time import monotonic
from typing import IO

from lampiran.worker.limits import CORES, MIB
from lampiran.worker.loss import Loss, loss_of
from lampiran.worker.messages import Message, receive, send
from lampiran.worker.settings import BOUNDS, REST
from schema.choices import MEMORY_LIMIT, TIME_LIMIT

# A page's matrices are small: with threads they took a third more of the processor's time and were no faster (60 drawn
# plans on two cores). The recogniser of scans has threads of its own, see `extract/scan/text/engine.py`.
_ONE_THREAD = {"OPENBLAS_NUM_THREADS": "1"}
_GONE = 5.0  # seconds that a killed process may take to be gone; it takes milliseconds


@dataclass(frozen=True)
class Limits:
    """What the work on one file may take: MiB of memory in use, seconds on the clock, and the cores.

    `beside` is how many workers share the cores of this machine; each keeps to a part of them.
    """

    memory: int = MEMORY_LIMIT
    seconds: int = TIME_LIMIT
    beside: int = 1


class Worker:
    """One process. It reads nothing of its keeper's but what it is asked, and has no terminal and no network."""

    def __init__(self) -> None:
        search = os.pathsep.join(path or str(Path.cwd()) for path in sys.path)
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-m", "lampiran.worker"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=_ONE_THREAD | os.environ | {"PYTHONPATH": search},
            start_new_session=True,  # a key at the terminal interrupts the keeper, which ends the worker in order
        )
        self._inbox: SimpleQueue[Message | None] = SimpleQueue()
        self._reading = threading.Thread(target=self._listen, daemon=True)
        self._reading.start()
        self.files = 0
        self.place = 0  # among those that are busy

    @property
    def alive(self) -> bool:
        """Tell whether the process is there."""
        return self._process.poll() is None

    @property
    def worn(self) -> bool:
        """Tell whether the worker has done enough: many files, or its memory has grown."""
        return self.files >= REST.files or self.memory() > REST.memory

    def memory(self) -> float:
        """Return the memory in use in MiB; 0 where the system does not say (it does on Linux)."""
        try:
            pages = Path(f"/proc/{self._process.pid}/statm").read_text(encoding="ascii").split()[1]
        except (OSError, IndexError):
            return 0.0
        return int(pages) * os.sysconf("SC_PAGE_SIZE") / MIB

    def ask(
        self,
        work: str,
        given: Message,
        attached: bytes,
        limits: Limits,
        told: Callable[[Message], None],
    ) -> Message:
        """Return what `module:function` makes of what is given to it; `told` hears what it says on the way.

        Raises `Loss` if a limit is passed or the process ends; it is gone then.
        """
        self.files += 1
        asked = {
            "work": work,
            "given": given,
            "folder": str(Path.cwd()),
            "processor": limits.seconds * max(1, len(CORES)),
            "asked": limits.memory * BOUNDS.asked,
            "share": (self.place, limits.beside),
        }
        with suppress(OSError, ValueError):  # it ended: the end of its answers says so, too
            send(self._stdin, asked, attached)
        return self._answer(limits, told)

    def _answer(self, limits: Limits, told: Callable[[Message], None]) -> Message:
        began = monotonic()
        while True:
            try:
                message = self._inbox.get(timeout=REST.look)
            except Empty:
                message = {}
            if message is None:
                raise self._ended()
            made = message.get("made")
            if isinstance(made, dict):
                return made
            if self.memory() > limits.memory or message.get("kind") == "memory":
                self._kill_for(Loss("memory", str(limits.memory)))
            if monotonic() - began > limits.seconds:
                self._kill_for(Loss("time", str(limits.seconds)))
            if message:
                told(message)

    def _ended(self) -> Loss:
        with suppress(subprocess.TimeoutExpired):
            return loss_of(self._process.wait(_GONE))
        self.kill()
        return Loss("ended", "?")

    def _kill_for(self, loss: Loss) -> None:
        self.kill()
        raise loss

    def kill(self) -> None:
        """End the process, whatever it is doing, and wait until it is gone."""
        self._process.kill()
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(_GONE)
        self._reading.join(_GONE)
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                with suppress(OSError):
                    pipe.close()

    @property
    def _stdin(self) -> IO[bytes]:
        assert self._process.stdin is not None  # noqa: S101 - it is a pipe
        return self._process.stdin

    def _listen(self) -> None:
        assert self._process.stdout is not None  # noqa: S101 - it is a pipe
        with suppress(OSError, ValueError):
            while (found := receive(self._process.stdout, most=BOUNDS.message * MIB)) is not None:
                self._inbox.put(found[0])
        self._inbox.put(None)
