"""A JSON text of a stranger -> what it says, or one kind of error."""

from __future__ import annotations

import json
from typing import Any


def from_json(text: bytes | str) -> Any:  # noqa: ANN401 - whatever it says
    """Return what a JSON text says. Raises `ValueError` for anything else, also for one nested too deeply to be read."""
    try:
        return json.loads(text)
    except RecursionError as error:
        raise ValueError("nested too deeply") from error
