"""Limits in numbers -> the operating system's, on the process that calls; called in a worker before it loads anything."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from typing import Any

MIB = 1 << 20
_FIRST_OF_ALL = "500"  # of 1000: where the machine has no memory left, a worker goes before what keeps it


def limit_process() -> None:
    """Leave no core file, and be what the system ends first when it has no memory left."""
    resource = _resource()
    if resource is not None:
        with suppress(OSError, ValueError):
            resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with suppress(OSError):
        Path("/proc/self/oom_score_adj").write_text(_FIRST_OF_ALL, encoding="ascii")


def limit_work(*, seconds: float, asked: int) -> None:
    """Bound the processor's time from now on, in seconds, and the memory that can be asked for, in MiB.

    The system ends the process at the first bound. At the second an allocation fails. It is far above the memory in use, which the keeper
    watches: what is reserved (stacks of threads, arenas, pools of the libraries) is many times that.
    """
    resource = _resource()
    if resource is None:
        return
    used = resource.getrusage(resource.RUSAGE_SELF)
    spent = int(used.ru_utime + used.ru_stime)
    _lower(resource, resource.RLIMIT_CPU, spent + max(1, int(seconds)))
    _lower(resource, resource.RLIMIT_DATA, asked * MIB)


def share_cores(index: int, count: int) -> None:
    """Keep to a share of the cores that were there at the start, so that workers side by side do not crowd each other."""
    if not hasattr(os, "sched_setaffinity"):
        return
    mine = CORES[index % len(CORES) :: count] if count < len(CORES) else [CORES[index % len(CORES)]]
    with suppress(OSError):
        os.sched_setaffinity(0, mine if count > 1 else CORES)


CORES = sorted(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else []


def _lower(resource: Any, kind: int, value: int) -> None:  # noqa: ANN401 - a module that is not on every system
    """Set the soft limit alone, which can be raised again for the next file."""
    _, hard = resource.getrlimit(kind)
    with suppress(OSError, ValueError):
        resource.setrlimit(kind, (value if hard == resource.RLIM_INFINITY else min(value, hard), hard))


def _resource() -> Any:  # noqa: ANN401 - a module that is not on every system
    try:
        import resource
    except ImportError:  # Windows
        return None
    return resource
