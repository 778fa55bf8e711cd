"""Two results and settings -> their comparison in a folder, a summary on stdout, one exit code."""

from __future__ import annotations

from pathlib import Path

import typer

from lampiran.cli.extract import check_readers
from lampiran.cli.output import check_output
from lampiran.cli.progress import progress_bar
from lampiran.cli.summary import written_lines
from lampiran.cli.texts import Texts
from lampiran.diff.compare import diff
from lampiran.diff.sides import plan_of
from lampiran.diff.writing import FOLDER, write_comparison
from lampiran.log import LogLevel, start_log
from lampiran.publish.writing import WrittenFiles
from schema.base import Frozen
from schema.comparison import Comparison, Counts, SideInfo
from schema.errors import Language
from schema.plan import Plan

DONE, CHANGED = 0, 3


class DiffSettings(Frozen):
    """How `lampiran diff` goes.

    `output` is the folder of the comparison, `None`: nothing is written. `fail_on_change` makes the exit code 3 where an
    action, component or area changed; `force` also replaces the comparison of other decrees. `text_readers` are asked on
    the scanned pages of a decree's file, `None`: all that are installed.
    """

    output: Path | None = None
    text_readers: tuple[str, ...] | None = None
    fail_on_change: bool = False
    force: bool = False
    spreadsheet_safe: bool = False
    language: Language = "en"
    log_level: LogLevel = "warning"


def diff_command(a: Path, b: Path, settings: DiffSettings) -> int:
    """Compare two results; return the exit code of the call.

    Raises `OutputError` before anything is read if the output folder cannot be used, `InputError` or `NoPlanError` for
    a side that cannot be read. Nothing is written then.
    """
    start_log(settings.log_level)
    texts = Texts(settings.language)
    if settings.output is not None:
        check_output(settings.output, texts)
        FOLDER.check_place(settings.output, force=settings.force)
    check_readers(settings.text_readers)
    comparison = diff(*_plans((a, b), settings.text_readers, texts))
    written = _written(comparison, settings.output, settings) if settings.output else None
    typer.echo("\n".join(summary_lines(comparison, written, texts)))
    return CHANGED if settings.fail_on_change and comparison.has_changes else DONE


def _plans(sides: tuple[Path, Path], readers: tuple[str, ...] | None, texts: Texts) -> tuple[Plan, Plan]:
    """Return the plans of both sides, with a bar where a decree's file is read."""
    with progress_bar(len(sides), texts) as bar:
        a = plan_of(sides[0], text_readers=readers, progress=bar)
        bar.finished()
        return a, plan_of(sides[1], text_readers=readers, progress=bar)


def _written(comparison: Comparison, folder: Path, settings: DiffSettings) -> WrittenFiles:
    return write_comparison(
        comparison,
        folder,
        spreadsheet_safe=settings.spreadsheet_safe,
        force=settings.force,
        language=settings.language,
    )


def summary_lines(comparison: Comparison, written: WrittenFiles | None, texts: Texts) -> list[str]:
    """Return the lines for the terminal; lines that would count nothing are left out."""
    counts = comparison.counts
    lines = [
        f"A  {_named(comparison.a, texts)}",
        f"B  {_named(comparison.b, texts)}",
        f"  {texts.say('diff_counts', **counts.model_dump())}",
        *(
            f"  {texts.say(key, **counts.model_dump())}"
            for key in _told(counts, same=comparison.a.decree_id == comparison.b.decree_id)
        ),
    ]
    if comparison.copies:
        lines.append(f"  {texts.say('diff_copies', count=len(comparison.copies))}")
    if comparison.a.unread or comparison.b.unread:
        lines.append(f"  {texts.say('diff_unread', a=comparison.a.unread, b=comparison.b.unread)}")
    if written:
        lines += written_lines(written, texts)
    return lines


def _told(counts: Counts, *, same: bool) -> list[str]:
    """Return the keys of the lines that have something to count; of one decree's two readings nothing is a copy."""
    told = {
        "diff_parts": counts.parts_changed,
        "diff_head": counts.head_changed,
        "diff_reading": counts.reading,
        "diff_unknown": counts.unknown,
        "diff_verbatim": 0 if same else counts.verbatim + counts.adapted,
    }
    return [key for key, count in told.items() if count]


def _named(side: SideInfo, texts: Texts) -> str:
    return texts.say("diff_side", decree=side.decree_id, actions=side.actions, file=side.file)
