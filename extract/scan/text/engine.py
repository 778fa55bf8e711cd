"""Runs the networks of the text readers; onnxruntime does it."""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import onnxruntime
from numpy.typing import NDArray

Floats = NDArray[np.float32]


class Session:
    """A network with one input and one output, run by onnxruntime on the processor."""

    def __init__(self, path: Path, threads: int | None = None) -> None:
        """Load the network; `threads` is as many as the cores by default."""
        options = onnxruntime.SessionOptions()
        options.log_severity_level = 3
        options.intra_op_num_threads = threads or cores()
        options.inter_op_num_threads = 1
        self._session = onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
        self._input = self._session.get_inputs()[0].name
        self.metadata: dict[str, str] = self._session.get_modelmeta().custom_metadata_map

    def __call__(self, planes: Floats) -> Floats:
        """Return what the network makes of a batch."""
        return np.asarray(self._session.run(None, {self._input: planes})[0], dtype=np.float32)


def cores() -> int:
    """Return how many processor cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
