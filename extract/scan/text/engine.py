"""The seam of engines: runs the networks of the scan reader with OpenVINO where it is installed, else onnxruntime.

`LAMPIRAN_ENGINE` (`onnxruntime` or `openvino`) in the environment chooses one of them.
"""

from __future__ import annotations

import os
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Literal, Protocol

import numpy as np
from numpy.typing import NDArray

from schema.errors import UsageError

CHOICE = "LAMPIRAN_ENGINE"
Name = Literal["onnxruntime", "openvino"]
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


def session(path: Path, threads: int | None = None) -> Session:
    """Load a network; it uses `threads`, as many as the cores by default."""
    made = OpenVino if engine() == "openvino" else OnnxRuntime
    return made(path, threads or cores())


@cache
def engine() -> Name:
    """Return the name of this process's engine. Raises `UsageError` for one that is not known or not installed."""
    chosen = os.environ.get(CHOICE)
    if not chosen:
        return "openvino" if find_spec("openvino") is not None else "onnxruntime"
    if chosen not in ("onnxruntime", "openvino") or find_spec(chosen) is None:
        raise UsageError(
            id=f"{CHOICE}={chosen}: pakailah onnxruntime, atau openvino bila terpasang.",
            en=f"{CHOICE}={chosen}: use onnxruntime, or openvino where it is installed.",
        )
    return "openvino" if chosen == "openvino" else "onnxruntime"


class OnnxRuntime:
    """A network run by onnxruntime on the processor."""

    def __init__(self, path: Path, threads: int) -> None:
        library: Any = import_module("onnxruntime")
        options = library.SessionOptions()
        options.log_severity_level = 3
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
        hints = {"INFERENCE_NUM_THREADS": threads, "INFERENCE_PRECISION_HINT": "f32"}
        self._network = library.compile_model(self._model, "CPU", hints)

    def __call__(self, planes: Array) -> Array:
        """See `Session`."""
        return np.array(self._network(planes)[0])

    def note(self, name: str) -> str:
        """See `Session`."""
        return str(self._model.get_rt_info(["framework", name]).astype(str))


def cores() -> int:
    """Return how many processor cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
