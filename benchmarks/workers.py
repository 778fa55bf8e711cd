"""Worker processes bound to one core each, so that the recogniser in each starts one thread."""

from __future__ import annotations

import os
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from multiprocessing.sharedctypes import Synchronized


def pool(workers: int) -> ProcessPoolExecutor:
    """Return a pool of freshly started processes; they take turns over the cores that this one may use."""
    context = get_context("spawn")
    started = context.Value("i", 0)
    return ProcessPoolExecutor(workers, mp_context=context, initializer=_on_one_core, initargs=(started,))


def _on_one_core(started: Synchronized[int]) -> None:
    if not hasattr(os, "sched_setaffinity"):
        return
    with started.get_lock():
        number = started.value
        started.value += 1
    cores = sorted(os.sched_getaffinity(0))
    os.sched_setaffinity(0, {cores[number % len(cores)]})
