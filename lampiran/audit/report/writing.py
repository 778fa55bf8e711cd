"""An audit on the disk: turns it into the files of one folder, whole or not at all."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from lampiran.audit.report.page import audit_html
from lampiran.audit.report.sample_sheet import NAMES as SAMPLE_NAMES
from lampiran.audit.report.table import to_frame
from lampiran.audit.report.workbook import audit_workbook
from lampiran.publish.csvs import csv_files
from lampiran.publish.existing_output import FolderKind, WrittenFiles
from lampiran.publish.print_layout import paper_of
from lampiran.publish.slug import slug_of
from lampiran.publish.writing import to_json
from lampiran.result import Result
from schema.audit import Audit
from schema.errors import Language

FILE_NAMES = ("audit.json", "audit.csv", "audit.xlsx", "audit.html")


def _sides(data: bytes) -> tuple[str, str]:
    written = json.loads(data)
    return str(written["decree"]["decree_id"]), str(written["transcription"]["file"])


FOLDER = FolderKind(
    is_ours=frozenset((*FILE_NAMES, *SAMPLE_NAMES)).__contains__,  # the sheets of a sample lay there once
    main="audit.json",
    identity=_sides,
    another=("berisi audit lain", "holds another audit"),
)
ENDING = ".audit"


def folder_of(output: Path, transcription: Path) -> Path:
    """Return the folder of a transcription's audit below the output folder."""
    return output / f"{slug_of(transcription.stem)}{ENDING}"


def place_audit(
    audit: Audit, folder: Path, files: Mapping[str, bytes], *, force: bool = False
) -> WrittenFiles:
    """Write an audit's rendered files as the whole content of `folder`; its parents are made.

    An earlier audit of the same transcription of the same decree there is replaced, another one only with `force`,
    anything else never. What a person changed there is refused, or with `force` kept in a folder beside. Raises
    `OutputError` and leaves what was there whole.
    """
    wanted = (audit.decree.decree_id, audit.transcription.file)
    return FOLDER.place(folder, wanted, files, force=force)


def render_files(
    audit: Audit,
    *,
    decree: Result | None = None,
    spreadsheet_safe: bool = True,
    language: Language = "id",
) -> dict[str, bytes]:
    """Return the bytes of every file by its name, in the order of `FILE_NAMES`.

    `decree` is the reading that the audit was made of: from its file come the page's crops and the account of the ink.
    `spreadsheet_safe` guards the CSV (see `csv_files`), `language`
    is that of the workbook and the one the page opens in. Equal values give equal bytes.
    """
    from lampiran.audit.ink.proof import ink_accounts  # the one door to an optional part

    ink = ink_accounts(decree) if decree is not None else ()
    paper = paper_of(decree.extraction) if decree is not None else "a4"
    told = audit.replace(ink=tuple(account.page for account in ink)) if ink else audit
    return {
        "audit.json": to_json(told),
        **csv_files({"audit": to_frame(told)}, spreadsheet_safe=spreadsheet_safe),
        "audit.xlsx": audit_workbook(told, language=language, paper=paper),
        "audit.html": audit_html(told, decree=decree, ink=ink, language=language),
    }
