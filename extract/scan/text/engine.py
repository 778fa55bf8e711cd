"""Runs the networks of the scan reader with OpenVINO where it is installed, else with onnxruntime.

`LAMPIRAN_ENGINE` (`onnxruntime` or `openvino`) in the environment chooses one of them.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from threading import Lock, get_ident, local
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from schema.errors import UsageError

CHOICE = "LAMPIRAN_ENGINE"
# onnxruntime keeps an identifier of the machine in the home folder, and sends what it counts to its maker, unless this is set.
TELEMETRY = "ORT_DISABLE_TELEMETRY"
Floats = NDArray[np.float32]
Array = NDArray[Any]


class Session(Protocol):
    """A network with one input and one output."""

    def __call__(self, planes: Array) -> Array:
        """Return what the network makes of a batch."""
        ...

    def note(self, name: str) -> str:
        """Return a text that the network's file carries under a name."""
        ...


@cache
def session(path: Path) -> Session:
    """Return this process's one network of a file. It may be asked by several threads, see `core_share`."""
    return _Shared(path)


@contextmanager
def core_share() -> Iterator[None]:
    """Let this thread run networks beside others that do: each gets an equal part of the cores while it runs."""
    _running.add(get_ident())
    try:
        yield
    finally:
        _running.discard(get_ident())


_running: set[int] = set()  # the threads that run networks


class _Shared:
    """A network in as many copies as it was run with different numbers of threads: one, or two."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._made: dict[int, Session] = {}
        self._making = Lock()

    def __call__(self, planes: Array) -> Array:
        """See `Session`."""
        return self._now()(planes)

    def note(self, name: str) -> str:
        """See `Session`."""
        return self._now().note(name)

    def _now(self) -> Session:
        threads = max(1, cores() // max(1, len(_running)))
        with self._making:
            if threads not in self._made:
                self._made[threads] = ENGINES[engine()](self._path, threads)
            return self._made[threads]


class OnnxRuntime:
    """A network run by onnxruntime on the processor; each call may use as many threads as given."""

    def __init__(self, path: Path, threads: int) -> None:
        os.environ.setdefault(TELEMETRY, "1")  # counts as soon as the library is loaded
        library: Any = import_module("onnxruntime")
        options = library.SessionOptions()
        options.log_severity_level = 3  # errors
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        options.enable_cpu_mem_arena = False  # an arena keeps the memory of the largest page for good
        self._session = library.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
        self._input = self._session.get_inputs()[0].name

    def __call__(self, planes: Array) -> Array:
        """See `Session`."""
        return np.asarray(self._session.run(None, {self._input: planes})[0])

    def note(self, name: str) -> str:
        """See `Session`."""
        return str(self._session.get_modelmeta().custom_metadata_map[name])


class OpenVino:
    """A network run by OpenVINO on the processor, in single precision so that its chances are those of onnxruntime."""

    def __init__(self, path: Path, threads: int) -> None:
        library: Any = import_module("openvino")
        self._model = library.Core().read_model(path)
        streams = max(1, cores() // threads)
        hints = {
            "INFERENCE_NUM_THREADS": threads * streams,
            "NUM_STREAMS": streams,
            "INFERENCE_PRECISION_HINT": "f32",
        }
        self._network = library.compile_model(self._model, "CPU", hints)
        self._own = local()  # a request may be used by one thread at a time

    def __call__(self, planes: Array) -> Array:
        """See `Session`."""
        if not hasattr(self._own, "request"):
            self._own.request = self._network.create_infer_request()
        return np.array(self._own.request.infer([planes])[0])

    def note(self, name: str) -> str:
        """See `Session`."""
        return str(self._model.get_rt_info(["framework", name]).astype(str))


ENGINES: dict[str, Callable[[Path, int], Session]] = {"openvino": OpenVino, "onnxruntime": OnnxRuntime}


@cache
def engine() -> str:
    """Return the name of this process's engine. Raises `UsageError` for one that is not known or not installed."""
    chosen = os.environ.get(CHOICE)
    if not chosen:
        return "openvino" if find_spec("openvino") is not None else "onnxruntime"
    if chosen not in ENGINES or find_spec(chosen) is None:
        raise UsageError(
            id=f"{CHOICE}={chosen}: pakailah onnxruntime, atau openvino bila terpasang.",
            en=f"{CHOICE}={chosen}: use onnxruntime, or openvino where it is installed.",
        )
    return chosen


def cores() -> int:
    """Return how many processor cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
