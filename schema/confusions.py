"""What readers take for what, as data: signs that look alike, and longer confusions with their costs."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def confusions() -> Mapping[str, Any]:
    """Return the parsed `data/confusions.json`: `alike` (classes of signs), `pairs`, `endings`, `doubling`."""
    found: Mapping[str, Any] = json.loads(
        files("schema").joinpath("data/confusions.json").read_text(encoding="utf-8")
    )
    return found
