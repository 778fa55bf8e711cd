"""A result's folder and the dashboard's -> the address of a decree, a row and a picture, relative, as links hold it."""

from __future__ import annotations

import os
from pathlib import Path
from urllib.parse import quote

REPORT = "report.html"


def result_address(folder: Path, dashboard: Path) -> str:
    """Return the way from the dashboard's folder to a result's, ending in `/`; empty where there is none (another drive).

    So the two can be moved or copied together. The page's script puts the rest behind it (`data/dashboard/addresses.js`).
    """
    try:
        way = os.path.relpath(folder.absolute(), dashboard.absolute())
    except ValueError:
        return ""
    return quote(Path(way).as_posix()) + "/"
