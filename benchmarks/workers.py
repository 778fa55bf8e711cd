"""Processes that share a benchmark's work."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from multiprocessing.sharedctypes import Synchronized
from typing import Any, TypeVar

Work = TypeVar("Work")
Made = TypeVar("Made")
_HELD: list[tuple[Callable[[Any], Any], Sequence[Any]]] = []


def forked(job: Callable[[Work], Made], work: Sequence[Work], processes: int) -> list[Made]:
    """Return what a job makes of each piece of work; the processes inherit job and work, which need not be sent to them."""
    _HELD[:] = [(job, work)]
    with get_context("fork").Pool(processes) as workers:
        return workers.map(_inherited, range(len(work)), chunksize=4)


def _inherited(number: int) -> Any:
    job, work = _HELD[0]
    return job(work[number])


def in_turn_or_at_once(job: Callable[[Work], Made], work: Sequence[Work], processes: int) -> Iterator[Made]:
    """Yield what a job makes of each piece of work in order: here, or in several fresh processes."""
    if processes == 1:
        yield from map(job, work)
        return
    with pool(processes) as started:
        yield from started.map(job, work)


def pool(processes: int) -> ProcessPoolExecutor:
    """Return a pool of fresh processes bound to one core each, so that the recogniser in each starts one thread.

    They take turns over the cores that this process may use.
    """
    context = get_context("spawn")
    started = context.Value("i", 0)
    return ProcessPoolExecutor(processes, mp_context=context, initializer=_on_one_core, initargs=(started,))


def _on_one_core(started: Synchronized[int]) -> None:
    if not hasattr(os, "sched_setaffinity"):
        return
    with started.get_lock():
        number = started.value
        started.value += 1
    cores = sorted(os.sched_getaffinity(0))
    os.sched_setaffinity(0, {cores[number % len(cores)]})
