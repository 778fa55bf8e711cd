"""A decree's file -> Result: the stages in their order. A file of one of our results is refused."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Literal, Protocol

from extract.reading import read_document
from extract.types import Extraction
from lampiran.decisions import load_decisions
from lampiran.held_file import Input, as_path
from lampiran.log import reading_file
from lampiran.own_results import published_file, published_table, refuse
from lampiran.page_states import is_partly_read, partly_read_error
from lampiran.resources import load_resources
from lampiran.result import Result
from lampiran.verify.authenticity import as_checked, with_authenticity
from lampiran.version import __version__
from normalize import build_plan, take_note
from schema.choices import DEFAULT_THRESHOLD, PageReader
from schema.decisions import Decision, DecisionFile
from schema.errors import NoPlanError
from schema.findings import Message
from schema.plan import Plan, ReadingSettings
from schema.profile import Profile

log = logging.getLogger(__name__)

Stage = Literal["extract", "normalize"]


class Progress(Protocol):
    """Somebody who wants to know how far the reading of a file is."""

    def stage(self, path: Path, stage: Stage) -> None:
        """Take note that a stage of a file begins."""

    def pages(self, path: Path, done: int, count: int) -> None:
        """Take note that so many of a file's pages are read."""


def read(  # noqa: PLR0913 - what can be chosen of a reading
    path: Input,
    *,
    name: str | None = None,
    second_reader: bool = False,
    text_readers: Sequence[str] | None = None,
    page_reader: PageReader = "pdfium",
    review_threshold: float = DEFAULT_THRESHOLD,
    profile: str | Path | Profile | None = None,
    decisions: str | Path | DecisionFile | None = None,
    progress: Progress | None = None,
) -> Result:
    """Read a decree: a PDF, born-digital or scanned, or a transcription (`.txt`, `.md`, `.html`, `.tsv`, `.csv`, `.xlsx`).

    The file is a path, its bytes, or a binary stream that is read once to its end; `name` is what bytes or a stream are
    called in the result. `second_reader` has an independent reader check the grid of each page of a PDF; a disagreement is a finding.
    `text_readers` names the recognisers for scanned pages, by default all that are installed; `page_reader` is the
    reader of digital pages. A recognised field less certain than `review_threshold` (0 to 1) asks for a review.
    `profile` is a profile of the form, or its file: it settles what is doubtful, and differences of the form are
    findings. `decisions` is what people decided about an earlier reading, or its file (`<name>.decisions.json`): what
    fits is applied, the rest becomes findings. If a part of the file cannot be read, the rest is: `Plan.pages` and an
    error in `Plan.findings` say so.

    Writes nothing. Raises `InputError` if the file cannot be read or is a file of one of our results, `NoPlanError` if
    it holds no plan and `UsageError` if the file of the profile or of the decisions does not hold one.
    """
    file = as_path(path, name=name)
    if profile is not None and not isinstance(profile, Profile):
        from lampiran.profile.reading import load_profile  # loads the YAML parser

        profile = load_profile(profile)
    with reading_file(file.name):
        extraction = read_input(
            file, progress, second_reader=second_reader, text_readers=text_readers, page_reader=page_reader
        )
        made = decisions if isinstance(decisions, DecisionFile) else load_decisions(decisions)
        settings = ReadingSettings(
            review_threshold=review_threshold, profile=profile.model_dump_json() if profile else None
        )
        plan = plan_from(extraction, settings, made.decisions, path=file)
        _require_actions(plan, extraction, file)
        _log_findings(plan)
    return Result(plan=plan, extraction=extraction, source_path=file)


def plan_from(
    extraction: Extraction,
    settings: ReadingSettings,
    decisions: Sequence[Decision] = (),
    *,
    path: Path | None = None,
    checked: Plan | None = None,
) -> Plan:
    """Return the plan of an extraction, the second stage, with the decisions that fit.

    Its file's authenticity is looked at where `path` is given, or taken from a plan that was `checked` before.
    """
    profile = Profile.model_validate_json(settings.profile) if settings.profile is not None else None
    resources = replace(
        load_resources(),
        review_threshold=settings.review_threshold,
        profile=profile,
        decisions=tuple(decisions),
    )
    plan = build_plan(extraction, resources)
    plan = plan.replace(settings=settings, versions=(("lampiran", __version__), *plan.versions))
    if path is not None:
        plan = with_authenticity(plan, path)
    elif checked is not None:
        plan = as_checked(plan, checked)
    return take_note(plan, decisions)


def read_input(
    path: Path,
    progress: Progress | None,
    *,
    second_reader: bool = False,
    text_readers: Sequence[str] | None = None,
    page_reader: PageReader = "pdfium",
    every_table: bool = False,
) -> Extraction:
    """Read a file as `extract.reading.read_document` does, the first stage. Raises `InputError` for a result of ours."""
    if progress is not None:
        progress.stage(path, "extract")
    refuse(path, published_file(path))
    extraction = read_document(
        path,
        second_reader=second_reader,
        text_readers=text_readers,
        page_reader=page_reader,
        every_table=every_table,
        page_done=partial(progress.pages, path) if progress is not None else None,
    )
    refuse(path, published_table(extraction))
    if progress is not None:
        progress.stage(path, "normalize")
    return extraction


def _log_findings(plan: Plan) -> None:
    """Log each finding with its page: errors as warnings, all others for debugging."""
    for finding in plan.findings:
        level = logging.WARNING if finding.severity == "error" else logging.DEBUG
        page = finding.ref.page if finding.ref and finding.ref.page is not None else "-"
        log.log(level, "%s %s: %s", finding.severity, finding.code, finding.message.en, extra={"page": page})


def _require_actions(plan: Plan, extraction: Extraction, file: Path) -> None:
    """Raise `NoPlanError` for a plan without actions; it says what the file holds instead.

    Where not all of the file could be read, there may be a plan after all: then it is an `InputError`.
    """
    if next(plan.placed(), None) is not None:
        return
    if is_partly_read(plan.findings):
        missing = Message.of("rencana aksi", "action plan")
        raise partly_read_error(file, plan.pages, plan.findings, missing)
    use_id = f'"lampiran tables {file}" membaca tabel jenis apa pun'
    use_en = f'"lampiran tables {file}" reads tables of any kind'
    unlikely = next((finding for finding in plan.findings if finding.code == "plan-unlikely"), None)
    if unlikely is not None:
        raise NoPlanError(
            id=f"{file}: tabelnya menyerupai rencana aksi hanya pada nama kolomnya ({unlikely.raw}), jadi tidak dibaca sebagai rencana; {use_id}.",
            en=f"{file}: its table is like an action plan in the names of its columns only ({unlikely.raw}), so it was not read as one; {use_en}.",
        )
    if any(grid.page is not None for grid in extraction.grids):
        raise NoPlanError(
            id=f"{file}: tidak ada rencana aksi di dalamnya, tetapi ada tabel bergaris; {use_id}.",
            en=f"{file}: it holds no action plan, but it does hold ruled tables; {use_en}.",
        )
    raise NoPlanError(
        id=f"{file}: tidak ada rencana aksi di dalamnya; periksa apakah lampirannya ikut dalam berkas.",
        en=f"{file}: it holds no action plan; check that the annex is part of the file.",
    )
