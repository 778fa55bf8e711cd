"""Two results of one decree -> whether they say the same, as far as readings can tell; done in a worker."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from lampiran.diff.compare import diff
from lampiran.loading import load_plan
from lampiran.worker.messages import Message


def work(given: Message, _attached: bytes, _tell: Callable[[Message], None]) -> Message:
    """Compare two results, each by its folder: `same` where every difference may be one of reading or spelling."""
    a, b = (load_plan(Path(folder)) for folder in given["folders"])
    return {"same": not diff(a, b).has_changes}
