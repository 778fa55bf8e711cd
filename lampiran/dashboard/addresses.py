"""A result's folder and the dashboard's -> the address of the result, relative, as links begin with it."""

from __future__ import annotations

import os
from pathlib import Path
from urllib.parse import quote

REPORT = "report.html"


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
