"""Work -> what came of it, by warm workers that a process keeps for the next file, or the next call."""

from __future__ import annotations

import atexit
import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count

from lampiran.worker.loss import Loss
from lampiran.worker.messages import Message
from lampiran.worker.process import Limits, Worker

Told = Callable[[Message], None]
_AGAIN = frozenset({"crashed", "ended", "killed", "memory"})  # what a file before may have caused


class Pool:
    """The workers of this process: idle ones wait for work, busy ones can be ended from another thread."""

    def __init__(self) -> None:
        self._one = threading.Lock()
        self._idle: list[Worker] = []
        self._busy: set[Worker] = set()
        self._stopped = threading.Event()

    def do(
        self, work: str, given: Message, *, attached: bytes = b"", limits: Limits, told: Told = lambda _: None
    ) -> Message:
        """Return what `module:function` makes of what is given to it, in a worker.

        A file that takes down a worker which had others before it is tried once more in a fresh one, so that what is said
        of it does not depend on its neighbours. Raises `Loss`.
        """
        with self._borrowed() as worker:
            used = worker.files > 0
            try:
                return worker.ask(work, given, attached, limits, told)
            except Loss as loss:
                if self._stopped.is_set():
                    raise Loss("stopped") from loss
                if not used or loss.cause not in _AGAIN:
                    raise
        with self._borrowed(fresh=True) as worker:
            try:
                return worker.ask(work, given, attached, limits, told)
            except Loss as loss:
                raise Loss("stopped") if self._stopped.is_set() else loss from loss

    def stop(self) -> None:
        """End busy workers and start none any more, until `resume`."""
        self._stopped.set()
        with self._one:
            busy = list(self._busy)
        for worker in busy:
            worker.kill()

    def resume(self) -> None:
        """Take work again."""
        self._stopped.clear()

    def forget(self) -> None:
        """Know no workers any more, without ending them."""
        self.__init__()  # type: ignore[misc]

    def close(self) -> None:
        """End all workers that wait for work."""
        with self._one:
            idle, self._idle = self._idle, []
        for worker in idle:
            worker.kill()

    @contextmanager
    def _borrowed(self, *, fresh: bool = False) -> Iterator[Worker]:
        if self._stopped.is_set():
            raise Loss("stopped")
        worker = self._take(fresh=fresh)
        try:
            yield worker
        except BaseException:
            worker.kill()
            raise
        finally:
            self._put_back(worker)

    def _take(self, *, fresh: bool) -> Worker:
        with self._one:
            while self._idle and not fresh and not self._idle[-1].alive:
                self._idle.pop().kill()  # closes its pipes
            worker = Worker() if fresh or not self._idle else self._idle.pop()
            taken = {each.place for each in self._busy}
            worker.place = next(place for place in count() if place not in taken)
            self._busy.add(worker)
        return worker

    def _put_back(self, worker: Worker) -> None:
        keep = worker.alive and not worker.worn
        with self._one:
            self._busy.discard(worker)
            if keep:
                self._idle.append(worker)
        if not keep:
            worker.kill()


POOL = Pool()
atexit.register(POOL.close)
if hasattr(os, "register_at_fork"):  # a child has no workers: their pipes are its parent's
    os.register_at_fork(after_in_child=POOL.forget)
