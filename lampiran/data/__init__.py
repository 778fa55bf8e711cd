"""The program's data files -> their content, and the readers that turn them into values."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def data_text(name: str) -> str:
    """Return the text of a file by its place below `lampiran/data`, as `report/report.css`."""
    return files("lampiran").joinpath("data", name).read_text(encoding="utf-8")


@cache
def data_toml(name: str) -> dict[str, Any]:
    """Return the content of a TOML file by its place below `lampiran/data`."""
    return tomllib.loads(data_text(name))
