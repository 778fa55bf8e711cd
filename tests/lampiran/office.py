"""LibreOffice, as somebody in an office has it: a workbook printed to PDF, and the heights that its rows need."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

from lxml import etree

SOFFICE = shutil.which("soffice")
_POINTS = {"in": 72.0, "cm": 72 / 2.54, "mm": 72 / 25.4, "pt": 1.0}
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_TOO_MANY = 1000  # empty rows below a sheet's content are told as one, repeated


def converted(path: Path, kind: str, *, into: Path | None = None) -> Path:
    """Open a file in LibreOffice and save it as another kind, under the same name."""
    folder = into or path.parent
    profile = (path.parent / "profile").as_uri()
    command = [SOFFICE or "soffice", f"-env:UserInstallation={profile}", "--headless", "--convert-to", kind]
    subprocess.run([*command, "--outdir", folder, path], check=True, capture_output=True)
    return folder / f"{path.stem}.{kind}"


def row_heights(path: Path, *, optimal: bool = False) -> Mapping[str, list[float]]:
    """Return the heights in points of every sheet's rows as LibreOffice shows them, or as it would choose them itself.

    Its own choice is what it does with a file that names no heights.
    """
    flat = converted(path, "fods")
    if optimal:
        text = flat.read_text(encoding="utf-8")
        text = re.sub(r'(<style:table-row-properties[^>]*?) style:row-height="[^"]*"', r"\1", text)
        own = flat.with_stem(f"{flat.stem}-own")
        own.write_text(
            text.replace('optimal-row-height="false"', 'optimal-row-height="true"'), encoding="utf-8"
        )
        (flat.parent / "optimal").mkdir(exist_ok=True)
        flat = converted(own, "fods", into=flat.parent / "optimal")
    return _heights(flat)


def _heights(flat: Path) -> Mapping[str, list[float]]:
    root = etree.parse(flat, etree.XMLParser(huge_tree=True)).getroot()
    styles = {
        style.get(f"{_STYLE}name"): _points(str(own.get(f"{_STYLE}row-height")))
        for style in root.iter(f"{_STYLE}style")
        for own in style.iter(f"{_STYLE}table-row-properties")
    }
    found: dict[str, list[float]] = {}
    for table in root.iter(f"{_TABLE}table"):
        rows = found.setdefault(str(table.get(f"{_TABLE}name")), [])
        for row in table.iter(f"{_TABLE}table-row"):
            count = int(row.get(f"{_TABLE}number-rows-repeated", "1"))
            rows += [styles[row.get(f"{_TABLE}style-name")]] * (count if count < _TOO_MANY else 0)
    return found


def _points(length: str) -> float:
    number, unit = length[:-2], length[-2:]
    return float(number) * _POINTS[unit]
