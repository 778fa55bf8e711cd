"""A result's folder and the dashboard's -> the address of the result, relative, as links begin with it, and of its pictures."""

from __future__ import annotations

import csv
import io
import os
import re
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import quote

from extract.held_file import read_regular
from extract.settings import LIMITS

REPORT = "report.html"
CROPS, INDEX = (
    "crops",
    "crops.csv",
)  # pictures of rows, where a result has them, and the addresses of values in them
_CROP = re.compile(r"[A-Za-z0-9._-]+\.png#xywh=\d+,\d+,\d+,\d+")


def result_address(folder: Path, dashboard: Path) -> str:
    """Return the way from the dashboard's folder to a result's, ending in `/`, so that both can be moved together.

    Empty where no link can lead there: the result has no report, or lies on another drive. What follows the way is put
    behind it by the page's script (`data/dashboard/addresses.js`).
    """
    if not (folder / REPORT).is_file():
        return ""
    try:
        way = os.path.relpath(folder.absolute(), dashboard.absolute())
    except ValueError:
        return ""
    return quote(Path(way).as_posix()) + "/"


def crops_of(folder: Path) -> Mapping[tuple[str, str], str]:
    """Return, by an action's id and a field, the picture's name and the place in it (`L1.i.1-p4.png#xywh=10,20,90,30`).

    Empty where the result has no pictures, or their index cannot be read.
    """
    try:
        content = read_regular(folder / CROPS / INDEX, LIMITS.result_bytes).decode("utf-8")
        rows = list(csv.DictReader(io.StringIO(content, newline="")))
    except (OSError, ValueError, csv.Error):
        return {}
    found = {(row.get("action_id") or "", row.get("field") or ""): row.get("crop") or "" for row in rows}
    return {value: address for value, address in found.items() if _CROP.fullmatch(address)}
