"""A decree, a transcription and settings -> their audit in a folder, a summary on stdout, one exit code."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import typer

from lampiran.audit.audit import audit
from lampiran.audit.kinds import kinds
from lampiran.audit.model import CONSEQUENCES, Audit
from lampiran.audit.writing import check_place, folder_of, write_audit
from lampiran.cli.output import check_output
from lampiran.cli.progress import progress_bar
from lampiran.cli.texts import Texts
from lampiran.log import LogLevel, start_log
from lampiran.pipeline import read
from lampiran.publish.writing import WrittenFiles
from lampiran.settings import TextReader
from schema.base import Frozen
from schema.errors import Language

DONE, BELOW = 0, 3
_SIDES = 2


class AuditSettings(Frozen):
    """How `lampiran audit` goes.

    `output` is the folder that gets the audit's own. `fail_under` makes the exit code 3 where the share of exact cells is
    below it; `force` also replaces another audit; `spreadsheet_safe` writes a CSV in which no cell can run as a formula.
    """

    output: Path = Path("out")
    fail_under: float | None = None
    force: bool = False
    spreadsheet_safe: bool = False
    text_readers: tuple[TextReader, ...] | None = None
    language: Language = "en"
    log_level: LogLevel = "warning"


def audit_command(decree: Path, transcription: Path, settings: AuditSettings) -> int:
    """Hold a transcription against its decree; return the exit code of the call.

    Raises `OutputError` before anything is read if the output folder cannot be used, `InputError` or `NoPlanError` for
    a side that cannot be read. Nothing is written then.
    """
    start_log(settings.log_level)
    texts = Texts(settings.language)
    check_output(settings.output, texts)
    folder = folder_of(settings.output, transcription)
    check_place(folder)
    with progress_bar(_SIDES, texts) as bar:
        result = read(decree, text_readers=settings.text_readers, progress=bar)
        found = audit(result, transcription, progress=bar)
    written = write_audit(
        found,
        folder,
        decree=result,
        spreadsheet_safe=settings.spreadsheet_safe,
        force=settings.force,
        language=settings.language,
    )
    typer.echo("\n".join(summary_lines(found, written, texts)))
    below = settings.fail_under is not None and (found.exactness or 0.0) < settings.fail_under
    return BELOW if below else DONE


def summary_lines(audit: Audit, written: WrittenFiles | None, texts: Texts) -> list[str]:
    """Return the lines for the terminal: the rows, the cells, the faults by kind, the gravest first."""
    lines = [
        texts.say("audit_sides", decree=audit.decree.decree_id, transcription=audit.transcription.file),
        f"  {_rows(audit, texts)}",
        f"  {_cells(audit, texts)}",
        *(f"  {line}" for line in _faults(audit, texts)),
        *(f"  {line}" for line in _other_decree(audit, texts)),
    ]
    if written:
        names = ", ".join(sorted(file.name for file in written.files))
        lines.append(f"  {texts.say('summary_written', folder=written.folder, files=names)}")
    return lines


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
