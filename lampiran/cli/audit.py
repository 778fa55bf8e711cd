"""A decree, a transcription and settings -> their audit in a folder, a summary on stdout, one exit code."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import typer

from lampiran.audit.audit import audit
from lampiran.audit.catalogue import kinds
from lampiran.audit.figures.sampling import outcome, with_sample
from lampiran.audit.match.inputs import check_order
from lampiran.audit.own_reading import is_own, own_audit
from lampiran.audit.report.evidence_pack import Manifest, check_pack, fault_pictures, pack, read_manifest
from lampiran.audit.report.sample_sheet import read_judged, sample_files
from lampiran.audit.report.writing import FOLDER, folder_of, own_sheets, place_audit, render_files
from lampiran.cli.audit_pack import check_lines, sample_lines
from lampiran.cli.output import check_output
from lampiran.cli.progress import progress_bar
from lampiran.cli.summary import written_lines
from lampiran.cli.texts import Texts
from lampiran.log import LogLevel, start_log
from lampiran.page_states import PARTLY_READ, is_partly_read
from lampiran.pipeline import read
from lampiran.publish.atomic_folder import place_file
from lampiran.publish.writing import WrittenFiles, to_json
from lampiran.result import Result
from lampiran.settings import TextReader
from schema.audit import CONSEQUENCES, Audit
from schema.base import Frozen
from schema.errors import Language, UsageError

DONE, BELOW = 0, 3
_SIDES = 2


class AuditSettings(Frozen):
    """How `lampiran audit` goes.

    `output` is the folder that gets the audit's own. `fail_under` makes the exit code 3 where the share of exact cells is
    below it; `force` also replaces another audit; `spreadsheet_safe` writes a CSV in which no cell can run as a formula.
    `sample` cells are drawn by `seed`, of some `sample_fields` only where any are named; `judged` is the sheet of a
    sample that a person filled in. `pack` is the evidence pack to write, with both inputs if `pack_inputs`;
    `check_pack` one to make again and compare, which writes nothing.
    """

    output: Path = Path("out")
    fail_under: float | None = None
    force: bool = False
    spreadsheet_safe: bool = False
    text_readers: tuple[TextReader, ...] | None = None
    sample: int | None = None
    seed: int = 1
    sample_fields: tuple[str, ...] = ()
    judged: Path | None = None
    pack: Path | None = None
    pack_inputs: bool = False
    check_pack: Path | None = None
    language: Language = "en"
    log_level: LogLevel = "warning"


def audit_command(decree: Path, transcription: Path | None, settings: AuditSettings) -> int:
    """Hold a transcription against its decree; return the exit code of the call.

    Without a transcription the program's own reading is what a sample is drawn from, or was judged. Raises
    `UsageError` for options that do not go together and for files that are swapped, `OutputError` before anything is read if the output folder cannot
    be used, `InputError` or `NoPlanError` for a side that cannot be read. Nothing is written then.
    """
    start_log(settings.log_level)
    texts = Texts(settings.language)
    _check_options(transcription, settings, texts)
    if transcription is not None:
        check_order(decree, transcription)
    if settings.check_pack is not None:
        return _check_pack(settings.check_pack, decree, transcription, settings, texts)
    check_output(settings.output, texts)
    folder = folder_of(settings.output, transcription or decree)
    FOLDER.check_place(folder, force=settings.force, own=own_sheets(folder, settings.judged))
    if settings.pack is not None:
        check_output(settings.pack.parent, texts)
    result, found = _audited(decree, transcription, settings, texts)
    files = _files(result, found, settings)
    if settings.pack is not None:
        place_file(settings.pack, _packed((decree, transcription or decree), result, found, files, settings))
    written = place_audit(found, folder, files, force=settings.force, judged=settings.judged)
    typer.echo("\n".join(summary_lines(found, written, texts)))
    if settings.pack is not None:
        typer.echo(f"  {texts.say('pack_written', path=settings.pack)}")
    if is_partly_read(result.plan.findings):
        return PARTLY_READ
    below = settings.fail_under is not None and (found.exactness or 0.0) < settings.fail_under
    return BELOW if below else DONE


def _check_options(transcription: Path | None, settings: AuditSettings, texts: Texts) -> None:
    sampled = settings.sample is not None or settings.judged is not None
    if transcription is None and not sampled and settings.check_pack is None:
        raise UsageError(**texts.both("audit_alone"))
    if settings.sample is not None and settings.judged is not None:
        raise UsageError(**texts.both("audit_judged_alone"))
    if settings.judged is not None and settings.pack is not None:
        raise UsageError(**texts.both("audit_judged_pack"))


def _audited(
    decree: Path, transcription: Path | None, settings: AuditSettings, texts: Texts
) -> tuple[Result, Audit]:
    """Read both sides and compare them; draw the sample, or read its judgements."""
    with progress_bar(_SIDES, texts) as bar:
        result = read(decree, text_readers=settings.text_readers, progress=bar)
        found = (
            own_audit(result.plan) if transcription is None else audit(result, transcription, progress=bar)
        )
    found = found.model_copy(update={"settings": _told(settings)})
    if settings.sample is not None:
        return result, with_sample(found, settings.sample, seed=settings.seed, fields=settings.sample_fields)
    if settings.judged is not None:
        sample = read_judged(settings.judged, found)
        figures = (*found.figures, outcome(sample).figure)
        found = found.model_copy(update={"sample": sample, "figures": figures})
    return result, found


def _told(settings: AuditSettings) -> tuple[tuple[str, str], ...]:
    """Return the settings that change an audit, where they are given."""
    told = {
        "text_readers": ",".join(settings.text_readers or ()),
        "sample": "" if settings.sample is None else str(settings.sample),
        "seed": "" if settings.sample is None else str(settings.seed),
        "sample_fields": "+".join(settings.sample_fields),
    }
    return tuple((name, value) for name, value in told.items() if value)


def _files(result: Result, found: Audit, settings: AuditSettings) -> dict[str, bytes]:
    """Render the audit's files; of the program's own reading only what a sample needs, for nothing was compared."""
    if is_own(found):
        sheets = sample_files(found, language=settings.language, spreadsheet_safe=settings.spreadsheet_safe)
        return {"audit.json": to_json(found), **sheets}
    return render_files(
        found, decree=result, spreadsheet_safe=settings.spreadsheet_safe, language=settings.language
    )


def _packed(
    inputs: tuple[Path, Path], result: Result, found: Audit, files: dict[str, bytes], settings: AuditSettings
) -> bytes:
    written = (("language", settings.language), ("spreadsheet_safe", str(settings.spreadsheet_safe).lower()))
    return pack(
        found,
        files,
        inputs,
        pictures=fault_pictures(found, result.plan, result.source_path, result.extraction.pages),
        settings=written,
        with_inputs=settings.pack_inputs,
    )


def _check_pack(
    path: Path, decree: Path, transcription: Path | None, settings: AuditSettings, texts: Texts
) -> int:
    """Make a pack again, under its own settings, and say whether it is the same."""
    manifest = read_manifest(path)
    again = settings.model_validate({**settings.model_dump(), **_taken(manifest)})
    result, found = _audited(decree, transcription, again, texts)
    files = _files(result, found, again)
    check = check_pack(path, _packed((decree, transcription or decree), result, found, files, again))
    typer.echo("\n".join(check_lines(check, texts)))
    return DONE if check.same else BELOW


def _taken(manifest: Manifest) -> dict[str, object]:
    """Return the settings that a pack was made under."""
    told = dict(manifest.settings)
    return {
        "text_readers": tuple(told["text_readers"].split(",")) if "text_readers" in told else None,
        "sample": int(told["sample"]) if "sample" in told else None,
        "seed": int(told.get("seed", "1")),
        "sample_fields": tuple(told["sample_fields"].split("+")) if "sample_fields" in told else (),
        "spreadsheet_safe": told.get("spreadsheet_safe") == "true",
        "language": told.get("language", "id"),
        "pack_inputs": any(one.member for one in manifest.inputs),
    }


def summary_lines(audit: Audit, written: WrittenFiles | None, texts: Texts) -> list[str]:
    """Return the lines for the terminal: the rows, the cells, the faults by kind, the gravest first."""
    compared = [
        texts.say("audit_sides", decree=audit.decree.decree_id, transcription=audit.transcription.file),
        f"  {_rows(audit, texts)}",
        f"  {_cells(audit, texts)}",
        *(f"  {line}" for line in _faults(audit, texts)),
        *(f"  {line}" for line in _other_decree(audit, texts)),
        *(f"  {line}" for line in _no_paper(audit, texts)),
    ]
    own = [texts.say("audit_own", decree=audit.decree.decree_id)]
    lines = [*(own if is_own(audit) else compared), *(f"  {line}" for line in _sampled(audit, texts))]
    if written:
        lines += written_lines(written, texts)
    return lines


def _sampled(audit: Audit, texts: Texts) -> Iterator[str]:
    if audit.sample is not None:
        yield from sample_lines(outcome(audit.sample), texts)


def _rows(audit: Audit, texts: Texts) -> str:
    states = Counter(row.state for row in audit.rows)
    return texts.say(
        "audit_rows",
        printed=audit.decree.rows,
        matched=states["matched"],
        **{state: states[state] for state in ("missing", "invented", "split", "fused")},
        shifted=sum(row.shift != 0 for row in audit.rows),
    )


def _cells(audit: Audit, texts: Texts) -> str:
    verdicts = Counter(cell.verdict for cell in audit.cells)
    right = verdicts["same"] + verdicts["normalised"]
    silent, unreadable = verdicts["not-stated"], verdicts["unreadable"]
    share = "-" if audit.exactness is None else f"{audit.exactness:.2%}"
    judged = len(audit.cells) - silent - unreadable
    return texts.say(
        "audit_cells", right=right, judged=judged, share=share, silent=silent, unreadable=unreadable
    )


def _faults(audit: Audit, texts: Texts) -> Iterator[str]:
    faults = audit.faults()
    if not faults:
        yield texts.say("audit_clean")
        return
    yield texts.say("audit_faults", count=len(faults))
    counted = Counter((cell.consequence, cell.kind or "") for cell in faults)
    order = list(kinds())
    for (consequence, code), count in sorted(
        counted.items(), key=lambda item: (CONSEQUENCES.index(item[0][0]), order.index(item[0][1]))
    ):
        title = kinds()[code].title
        said = title.id if texts.language == "id" else title.en
        grave = texts.say(f"consequence_{consequence}")
        yield "  " + texts.say("audit_kind", count=count, title=said, code=code, consequence=grave)


def _other_decree(audit: Audit, texts: Texts) -> Iterator[str]:
    """Ask whether the two are the same decree where number or year differ."""
    wrong = {cell.field: cell for cell in audit.cells if cell.is_fault and cell.row is None}
    cells = [wrong[name] for name in ("head.number", "head.year") if name in wrong and wrong[name].stated]
    if cells:
        paper, stated = ("/".join(c.paper or "" for c in cells), "/".join(c.stated or "" for c in cells))
        yield texts.say("audit_other", paper=paper, stated=stated)


def _no_paper(audit: Audit, texts: Texts) -> Iterator[str]:
    """Say so where the decree's side is a transcription itself."""
    if audit.decree.reader == "transcript":
        yield texts.say("audit_no_paper", file=audit.decree.file)
