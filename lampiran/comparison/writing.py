"""A comparison on the disk: turns it into the three files of one folder, whole or not at all."""

from __future__ import annotations

import json
from pathlib import Path

from lampiran.comparison.model import Comparison
from lampiran.comparison.page import diff_html
from lampiran.comparison.table import to_frame
from lampiran.publish.csvs import csv_files
from lampiran.publish.placing import as_output_error, place_folder, recover
from lampiran.publish.standing import SYSTEM_FILES
from lampiran.publish.writing import WrittenFiles, to_json
from schema.errors import Language, OutputError

FILE_NAMES = ("diff.json", "diff.csv", "diff.html")


def write_comparison(
    comparison: Comparison,
    folder: Path,
    *,
    spreadsheet_safe: bool = False,
    force: bool = False,
    language: Language = "id",
) -> WrittenFiles:
    """Write `diff.json`, `diff.csv` and `diff.html` as the whole content of `folder`; its parents are made.

    An earlier comparison of the same two decrees that stands there is replaced, one of other decrees only with
    `force`, anything else never. `spreadsheet_safe` guards the CSV (see `csv_files`); `language` is the one the page
    opens in. Equal values give equal bytes. Raises `OutputError` and leaves what stood there whole.
    """
    with as_output_error(folder):
        recover(folder)
    check_place(folder, comparison, force=force)
    place_folder(folder, render_files(comparison, spreadsheet_safe=spreadsheet_safe, language=language))
    return WrittenFiles(folder=folder, files=tuple(folder / name for name in FILE_NAMES))


def render_files(
    comparison: Comparison, *, spreadsheet_safe: bool = False, language: Language = "id"
) -> dict[str, bytes]:
    """Return the bytes of every file by its name, in the order of `FILE_NAMES`."""
    tables = csv_files({"diff": to_frame(comparison)}, spreadsheet_safe=spreadsheet_safe)
    return {"diff.json": to_json(comparison), **tables, "diff.html": diff_html(comparison, language=language)}


def check_place(folder: Path, comparison: Comparison | None = None, *, force: bool = False) -> None:
    """Refuse with `OutputError` unless the folder is free, or holds nothing but a comparison to be replaced.

    Without a `comparison` only what is never replaced is refused: that can be said before anything is read.
    """
    with as_output_error(folder):
        if folder.is_symlink() or (folder.exists() and not folder.is_dir()):
            raise _refused(folder, "sudah ada dan bukan folder", "already exists and is no folder")
        held = {entry.name for entry in folder.iterdir()} - SYSTEM_FILES if folder.exists() else set()
    if not held:
        return
    standing = _standing(folder)
    if held - set(FILE_NAMES) or standing is None:
        raise _refused(folder, "berisi berkas lain", "holds other files")
    if comparison is None or force:
        return
    if standing != (comparison.a.decree_id, comparison.b.decree_id):
        raise OutputError(
            id=f"{folder} berisi perbandingan keputusan lain. Pilih folder lain atau pakai --force.",
            en=f"{folder} holds the comparison of other decrees. Choose another folder or use --force.",
        )


def _standing(folder: Path) -> tuple[str, str] | None:
    """Return whose comparison a folder holds, `None` if it holds none of ours."""
    try:
        written = json.loads((folder / "diff.json").read_bytes())
        return str(written["a"]["decree_id"]), str(written["b"]["decree_id"])
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _refused(folder: Path, id: str, en: str) -> OutputError:
    return OutputError(
        id=f"{folder} {id}. Pilih tempat lain dengan -o.", en=f"{folder} {en}. Choose another place with -o."
    )
