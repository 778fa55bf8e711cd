"""Stages and pages of a file that a worker reads <-> messages to its keeper, and the bar that shows them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Literal

from lampiran.worker.messages import Message

Stage = Literal["extract", "normalize", "write"]


class Watching:
    """Tells what happens to a file, by messages; hears it in the keeper by `told`."""

    def __init__(self, tell: Callable[[Message], None]) -> None:
        self._tell = tell

    def stage(self, path: Path, stage: Stage) -> None:
        """Tell that a stage begins."""
        del path
        self._tell({"kind": "stage", "stage": stage})

    def pages(self, path: Path, done: int, count: int) -> None:
        """Tell how many pages are read."""
        del path
        self._tell({"kind": "pages", "done": done, "count": count})
