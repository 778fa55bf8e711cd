"""A Plan and its Extraction -> the files of one folder, written whole or not at all."""

from __future__ import annotations

from pathlib import Path

import pydantic_core

from extract.types import Extraction
from lampiran.publish.atomic_folder import as_output_error, place_folder, recover
from lampiran.publish.csvs import csv_files, datapackage
from lampiran.publish.existing_output import WrittenFiles, check_result_place
from lampiran.publish.frames import to_frames
from lampiran.publish.print_layout import paper_of
from lampiran.publish.records import records_of
from lampiran.publish.report import report_html
from lampiran.publish.row_pictures import FOLDER as CROPS
from lampiran.publish.row_pictures import INDEX, row_pictures
from lampiran.publish.workbook import workbook
from schema.base import Frozen
from schema.choices import PaperSize
from schema.errors import Language
from schema.plan import Plan
from schema.provenance import without_source

FILE_NAMES: tuple[str, ...] = (
    "decree.json",
    "decree.csv",
    "actions.csv",
    "actions.json",
    "actions.xlsx",
    "schedule.csv",
    "evidence.csv",
    "actions_extra.csv",
    "fields.csv",
    "findings.csv",
    "lke_coverage.csv",
    "datapackage.json",
    "extraction.json",
    "report.html",
)


def write_result(  # noqa: PLR0913 - what can be chosen of a result
    plan: Plan,
    extraction: Extraction,
    folder: Path,
    *,
    spreadsheet_safe: bool = True,
    force: bool = False,
    source_path: Path | None = None,
    language: Language = "id",
    paper: PaperSize | None = None,
    crops: bool = False,
) -> WrittenFiles:
    """Write all files of a result as the whole content of `folder`.

    `folder` is the result's own (`out/<slug>`); its parents are made. `check_result_place` says what may be replaced.
    What a person changed or added there since it was written is refused, or with `force` kept in a
    folder beside. `source_path` is the input, for the report's crops; without it, or when its digest is
    not the plan's, there are none. `spreadsheet_safe` guards the CSVs (see `csv_files`), `language` is that
    of the workbook and the one the report opens in. The workbook is laid out for `paper`, that of the decree if not given.

    With `crops` a folder of that name holds a picture of each row, and the address of each value in them; a result that
    had them gets them again.

    Equal values give equal bytes: no time, host or absolute path is written. Raises `OutputError`
    and leaves what was there whole when the place is refused or cannot be written.
    """
    with as_output_error(folder):
        recover(folder)
    check_result_place(folder, plan, force=force)
    rendered = csv_files(to_frames(plan), spreadsheet_safe=spreadsheet_safe)
    rendered["datapackage.json"] = datapackage(plan, rendered)
    rendered["decree.json"] = to_json(plan)
    rendered["extraction.json"] = to_json(extraction)
    rendered["actions.json"] = to_json(records_of(plan))
    rendered["actions.xlsx"] = workbook(plan, language=language, paper=paper or paper_of(extraction))
    rendered["report.html"] = report_html(plan, extraction, source_path=source_path, language=language)
    named = FILE_NAMES
    if crops or (folder / CROPS).is_dir():
        rendered |= _crop_files(plan, extraction, source_path)
        named = tuple(rendered)
    kept = place_folder(folder, {name: rendered[name] for name in named}, force=force)
    return WrittenFiles(folder, tuple(folder / name for name in FILE_NAMES), kept)


def _crop_files(plan: Plan, extraction: Extraction, source_path: Path | None) -> dict[str, bytes]:
    """Return the pictures of the rows, and their index, in a folder of their own; nothing where there are none."""
    made = row_pictures(plan, source_path, extraction.pages)
    files = {**made.files, INDEX: made.index()} if made.files else {}
    return {f"{CROPS}/{name}": content for name, content in files.items()}


def to_json(value: Frozen) -> bytes:
    """Return a value as UTF-8 JSON, keys in the order of its model, with a line feed at the end.

    Of a plan and an extraction the sha256 of the source is written once, not in each place.
    """
    if isinstance(value, Plan | Extraction):
        lean = without_source(value.model_dump(mode="json"), value.source.sha256)
        return pydantic_core.to_json(lean, indent=1, inf_nan_mode="null") + b"\n"
    return (value.model_dump_json(indent=1) + "\n").encode("utf-8")
