"""A comparison on the disk: turns it into the three files of one folder, whole or not at all."""

from __future__ import annotations

import json
from pathlib import Path

from lampiran.diff.page import diff_html
from lampiran.diff.table import to_frame
from lampiran.publish.csvs import csv_files
from lampiran.publish.existing_output import FolderKind, WrittenFiles
from lampiran.publish.writing import to_json
from schema.comparison import Comparison
from schema.errors import Language

FILE_NAMES = ("diff.json", "diff.csv", "diff.html")


def _sides(data: bytes) -> tuple[str, str]:
    written = json.loads(data)
    return str(written["a"]["decree_id"]), str(written["b"]["decree_id"])


FOLDER = FolderKind(
    is_ours=frozenset(FILE_NAMES).__contains__,
    main="diff.json",
    identity=_sides,
    another=("berisi perbandingan keputusan lain", "holds the comparison of other decrees"),
)


def write_comparison(
    comparison: Comparison,
    folder: Path,
    *,
    spreadsheet_safe: bool = True,
    force: bool = False,
    language: Language = "id",
) -> WrittenFiles:
    """Write `diff.json`, `diff.csv` and `diff.html` as the whole content of `folder`; its parents are made.

    An earlier comparison of the same two decrees is replaced, one of other decrees only with `force`, see
    `FolderKind.place`. `spreadsheet_safe` guards the CSV (see `csv_files`); `language` is the one the page
    opens in. Equal values give equal bytes.
    """
    files = render_files(comparison, spreadsheet_safe=spreadsheet_safe, language=language)
    return FOLDER.place(folder, (comparison.a.decree_id, comparison.b.decree_id), files, force=force)


def render_files(
    comparison: Comparison, *, spreadsheet_safe: bool = True, language: Language = "id"
) -> dict[str, bytes]:
    """Return the bytes of every file by its name, in the order of `FILE_NAMES`."""
    tables = csv_files({"diff": to_frame(comparison)}, spreadsheet_safe=spreadsheet_safe)
    return {"diff.json": to_json(comparison), **tables, "diff.html": diff_html(comparison, language=language)}
