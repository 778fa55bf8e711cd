"""A call with a decree and a transcription -> their audit in a folder, a summary on stdout, one exit code."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from lampiran.audit.audit import audit
from lampiran.audit.figures.sampling import outcome, with_sample
from lampiran.audit.match.order import check_order
from lampiran.audit.own_reading import is_own, own_audit
from lampiran.audit.report.evidence_pack import Manifest, check_pack, fault_pictures, pack, read_manifest
from lampiran.audit.report.same_decree import other_decree
from lampiran.audit.report.sample_place import check_sheets, found_sample, place_sheets, sheet_paths
from lampiran.audit.report.sample_sheet import read_judged, sample_files
from lampiran.audit.report.writing import FOLDER, folder_of, place_audit, render_files
from lampiran.cli.audit_summary import check_lines, summary_lines
from lampiran.cli.exits import DONE, FAILED_ON_REQUEST, code_of_findings, tell
from lampiran.cli.options import Audit
from lampiran.cli.output import check_output
from lampiran.cli.progress import progress_bar
from lampiran.cli.summary import print_summary, written_lines
from lampiran.cli.texts import Texts
from lampiran.pipeline import read
from lampiran.publish.atomic_folder import place_file
from lampiran.publish.print_layout import paper_of
from lampiran.publish.writing import to_json
from lampiran.result import Result
from schema.audit import Audit as Audited
from schema.audit import Sample
from schema.choices import TextReader
from schema.errors import UsageError


def run(call: Audit, texts: Texts) -> int:
    """Compare a transcription with its decree; return the exit code of the call.

    Without a transcription a sample is drawn from the program's own reading, or was judged. Raises `UsageError` for
    options that do not go together and for files that are swapped, `OutputError` before anything is read if the output
    folder cannot be used, `InputError` or `NoPlanError` for a side that cannot be read. Nothing is written then.
    """
    _check_options(call, texts)
    if call.transcription is not None:
        check_order(call.decree, call.transcription)
    if call.check_pack is not None:
        return _check_pack(call, texts)
    check_output(call.output, texts)
    folder = _folder(call)
    FOLDER.check_place(folder, force=call.force)
    if call.pack is not None:
        check_output(call.pack.parent, texts)
    result, found = _audited(call, texts)
    files, sheets = _files(call, texts, result, found), _sheets(call, texts, result, found)
    check_sheets(folder, sheets, force=call.force)
    if call.pack is not None:
        place_file(call.pack, _packed(call, texts, result, found, files | sheets))
    written = place_audit(found, folder, files, force=call.force)
    placed = place_sheets(folder, sheets, force=call.force)
    more = [f"  {texts.say('sample_written', files=', '.join(map(str, placed)))}"] if placed else []
    more += [] if call.pack is None else [f"  {texts.say('pack_written', path=call.pack)}"]
    print_summary(call, [*summary_lines(found, texts), *more, *written_lines(written, texts, placed)])
    return code_of_findings(result.plan.findings) or (FAILED_ON_REQUEST if _fails(call, found) else DONE)


def _fails(call: Audit, found: Audited) -> bool:
    """Tell whether the two are different decrees, or whether what an option asks for is so."""
    critical = call.fail_on == "critical" and any(cell.consequence == "critical" for cell in found.faults())
    below = call.fail_under is not None and (found.exactness or 0.0) < call.fail_under
    return critical or below or bool(other_decree(found))


def _check_options(call: Audit, texts: Texts) -> None:
    sampled = call.sample is not None or call.judged is not None
    if call.transcription is None and not sampled and call.check_pack is None and not _is_sampled(call):
        raise UsageError(**texts.both("audit_alone"))
    if call.sample is not None and call.judged is not None:
        raise UsageError(**texts.both("audit_judged_alone"))
    if call.judged is not None and call.pack is not None:
        raise UsageError(**texts.both("audit_judged_pack"))


def _is_sampled(call: Audit) -> bool:
    """Tell whether a sample of this audit was drawn before: its sheets lie beside the audit's folder."""
    return any(path.exists() for path in sheet_paths(_folder(call)))


def _folder(call: Audit) -> Path:
    return folder_of(call.output, call.transcription or call.decree)


def _audited(call: Audit, texts: Texts) -> tuple[Result, Audited]:
    """Read both sides and compare them; draw the sample, or read its judgements."""
    sides = (call.decree, call.transcription)
    with progress_bar(len(sides), texts, quiet=call.quiet) as bar:
        result = read(call.decree, text_readers=call.text_readers, progress=bar)
        if call.transcription is None:
            found = own_audit(result.plan)
        else:
            found = audit(result, call.transcription, progress=bar)
    found = found.replace(settings=_settings(call))
    if call.sample is not None:
        return result, with_sample(found, call.sample, seed=call.seed, fields=call.sample_fields or ())
    sample = read_judged(call.judged, found) if call.judged is not None else _found_sample(call, found, texts)
    if sample is not None:
        found = found.replace(sample=sample, figures=(*found.figures, outcome(sample).figure))
    return result, found


def _found_sample(call: Audit, found: Audited, texts: Texts) -> Sample | None:
    """Return what a person judged in the sheet beside the audit's folder; a pack is made of the two files alone."""
    if call.pack is not None or call.check_pack is not None:
        return None
    sample, strange = found_sample(_folder(call), found)
    for path in strange:
        tell(texts.say("sample_strange", path=path))
    return sample


def _settings(call: Audit) -> tuple[tuple[str, str], ...]:
    """Return the settings that change an audit, where they are given."""
    given = {
        "text_readers": ",".join(call.text_readers or ()),
        "sample": "" if call.sample is None else str(call.sample),
        "seed": "" if call.sample is None else str(call.seed),
        "sample_fields": "+".join(call.sample_fields or ()),
    }
    return tuple((name, value) for name, value in given.items() if value)


def _files(call: Audit, texts: Texts, result: Result, found: Audited) -> dict[str, bytes]:
    """Render the audit's files; without a transcription nothing was compared."""
    if is_own(found):
        return {"audit.json": to_json(found)}
    return render_files(found, decree=result, spreadsheet_safe=call.spreadsheet_safe, language=texts.language)


def _sheets(call: Audit, texts: Texts, result: Result, found: Audited) -> dict[str, bytes]:
    """Render the sheets of a sample that was drawn; one that was judged has its own, which stays as it is."""
    if call.sample is None:
        return {}
    paper = paper_of(result.extraction)
    return sample_files(found, language=texts.language, spreadsheet_safe=call.spreadsheet_safe, paper=paper)


def _packed(call: Audit, texts: Texts, result: Result, found: Audited, files: dict[str, bytes]) -> bytes:
    return pack(
        found,
        files,
        (call.decree, call.transcription or call.decree),
        pictures=fault_pictures(found, result.plan, result.source_path, result.extraction.pages),
        settings=(("language", texts.language), ("spreadsheet_safe", str(call.spreadsheet_safe).lower())),
        with_inputs=call.pack_inputs,
    )


def _check_pack(call: Audit, texts: Texts) -> int:
    """Make a pack again, under its own settings, and say whether it is the same."""
    assert call.check_pack is not None  # noqa: S101 - the caller's condition
    manifest = read_manifest(call.check_pack)
    again = _call_of(manifest, call)
    own = Texts("en" if dict(manifest.settings).get("language", "id") == "en" else "id")
    result, found = _audited(again, texts)
    files = _files(again, own, result, found) | _sheets(again, own, result, found)
    check = check_pack(call.check_pack, _packed(again, own, result, found, files))
    print_summary(call, check_lines(check, texts))
    return DONE if check.same else FAILED_ON_REQUEST


def _call_of(manifest: Manifest, call: Audit) -> Audit:
    """Return a call with the settings that a pack was made under."""
    told = dict(manifest.settings)
    readers, fields = told.get("text_readers"), told.get("sample_fields")
    return replace(
        call,
        text_readers=[TextReader(name) for name in readers.split(",")] if readers is not None else None,
        sample=int(told["sample"]) if "sample" in told else None,
        seed=int(told.get("seed", "1")),
        sample_fields=fields.split("+") if fields is not None else None,
        spreadsheet_safe=told.get("spreadsheet_safe") == "true",
        pack_inputs=any(one.member for one in manifest.inputs),
    )
