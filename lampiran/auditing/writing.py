"""An audit on the disk: turns it into the files of one folder, whole or not at all."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from lampiran.auditing.ink import ink_accounts
from lampiran.auditing.model import Audit
from lampiran.auditing.page import audit_html
from lampiran.auditing.sample_sheet import NAMES as SAMPLE_NAMES
from lampiran.auditing.sample_sheet import sample_files
from lampiran.auditing.table import to_frame
from lampiran.auditing.workbook import audit_workbook
from lampiran.publish.csvs import csv_files
from lampiran.publish.placing import as_output_error, place_folder, recover
from lampiran.publish.slug import slug_of
from lampiran.publish.standing import SYSTEM_FILES
from lampiran.publish.writing import WrittenFiles, to_json
from lampiran.result import Result
from schema.errors import Language, OutputError

FILE_NAMES = ("audit.json", "audit.csv", "audit.xlsx", "audit.html", *SAMPLE_NAMES)
ENDING = ".audit"


def folder_of(output: Path, transcription: Path) -> Path:
    """Return the folder of a transcription's audit below the output folder."""
    return output / f"{slug_of(transcription.stem)}{ENDING}"


def write_audit(
    audit: Audit,
    folder: Path,
    *,
    decree: Result | None = None,
    spreadsheet_safe: bool = False,
    force: bool = False,
    language: Language = "id",
) -> WrittenFiles:
    """Write the audit's files as the whole content of `folder`; its parents are made.

    `decree` is the reading that the audit was made of: from its file come the page's crops and the account of the ink.
    `language` is that of the workbook and the one the page opens in.

    An earlier audit of the same transcription of the same decree that stands there is replaced, another one only with
    `force`, anything else never. `spreadsheet_safe` guards the CSV (see `csv_files`). Equal values give equal bytes.
    Raises `OutputError` and leaves what stood there whole.
    """
    files = render_files(audit, decree=decree, spreadsheet_safe=spreadsheet_safe, language=language)
    return place_audit(audit, folder, files, force=force)


def place_audit(
    audit: Audit, folder: Path, files: Mapping[str, bytes], *, force: bool = False
) -> WrittenFiles:
    """Write an audit's rendered files as `write_audit` does."""
    with as_output_error(folder):
        recover(folder)
    check_place(folder, audit, force=force)
    place_folder(folder, files)
    return WrittenFiles(folder=folder, files=tuple(folder / name for name in files))


def render_files(
    audit: Audit,
    *,
    decree: Result | None = None,
    spreadsheet_safe: bool = False,
    language: Language = "id",
) -> dict[str, bytes]:
    """Return the bytes of every file by its name, in the order of `FILE_NAMES`.

    With `decree` the ink is accounted for; the sheet of a sample is there where one was drawn.
    """
    ink = ink_accounts(decree) if decree is not None else ()
    told = audit.model_copy(update={"ink": tuple(account.page for account in ink)}) if ink else audit
    tables = csv_files({"audit": to_frame(told)}, spreadsheet_safe=spreadsheet_safe)
    page = audit_html(told, decree=decree, ink=ink, language=language)
    return {
        "audit.json": to_json(told),
        **tables,
        "audit.xlsx": audit_workbook(told, language=language),
        "audit.html": page,
        **sample_files(told, language=language, spreadsheet_safe=spreadsheet_safe),
    }


def check_place(folder: Path, audit: Audit | None = None, *, force: bool = False) -> None:
    """Refuse with `OutputError` unless the folder is free, or holds nothing but an audit to be replaced.

    Without an `audit` only what is never replaced is refused: that can be said before anything is read.
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
    if audit is None or force:
        return
    if standing != (audit.decree.decree_id, audit.transcription.file):
        raise OutputError(
            id=f"{folder} berisi audit lain. Pilih folder lain atau pakai --force.",
            en=f"{folder} holds another audit. Choose another folder or use --force.",
        )


def _standing(folder: Path) -> tuple[str, str] | None:
    """Return which decree and transcription a folder's audit is of, `None` if it holds none of ours."""
    try:
        written = json.loads((folder / "audit.json").read_bytes())
        return str(written["decree"]["decree_id"]), str(written["transcription"]["file"])
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _refused(folder: Path, id: str, en: str) -> OutputError:
    return OutputError(
        id=f"{folder} {id}. Pilih tempat lain dengan -o.", en=f"{folder} {en}. Choose another place with -o."
    )
