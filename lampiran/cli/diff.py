"""A call with two results -> their comparison in a folder, a summary on stdout, one exit code."""

from __future__ import annotations

from collections.abc import Iterator

from lampiran.cli.exits import DONE, FAILED_ON_REQUEST
from lampiran.cli.options import Diff
from lampiran.cli.output import check_output
from lampiran.cli.progress import progress_bar
from lampiran.cli.readers import check_readers
from lampiran.cli.summary import print_summary, written_lines
from lampiran.cli.texts import Texts
from lampiran.diff.compare import diff
from lampiran.diff.sides import plan_of
from lampiran.diff.writing import FOLDER, write_comparison
from schema.comparison import Comparison


def run(call: Diff, texts: Texts) -> int:
    """Compare two results; return the exit code of the call.

    Raises `OutputError` before anything is read if the output folder cannot be used, `InputError` or `NoPlanError` for
    a side that cannot be read. Nothing is written then.
    """
    if call.output is not None:
        check_output(call.output, texts)
        FOLDER.check_place(call.output, force=call.force)
    check_readers(call.text_readers)
    with progress_bar(len((call.a, call.b)), texts, quiet=call.quiet) as bar:
        a = plan_of(call.a, text_readers=call.text_readers, progress=bar)
        bar.finished(call.a)
        b = plan_of(call.b, text_readers=call.text_readers, progress=bar)
    comparison = diff(a, b)
    lines = list(_summary_lines(comparison, texts))
    if call.output is not None:
        written = write_comparison(
            comparison,
            call.output,
            spreadsheet_safe=call.spreadsheet_safe,
            force=call.force,
            language=texts.language,
        )
        lines += written_lines(written, texts)
    print_summary(call, lines)
    return FAILED_ON_REQUEST if call.fail_on_change and comparison.has_changes else DONE


def _summary_lines(comparison: Comparison, texts: Texts) -> Iterator[str]:
    """Yield the lines for the terminal, without those whose count is zero."""
    a, b, counts = comparison.a, comparison.b, comparison.counts
    for name, side in (("A", a), ("B", b)):
        said = texts.say("diff_side", decree=side.decree_id, actions=side.actions, file=side.file)
        yield f"{name}  {said}"
    copied = 0 if a.decree_id == b.decree_id else counts.verbatim + counts.adapted
    told = {
        "diff_counts": True,
        "diff_parts": counts.parts_changed,
        "diff_head": counts.head_changed,
        "diff_reading": counts.reading,
        "diff_unknown": counts.unknown,
        "diff_verbatim": copied,  # of one decree's two readings nothing is a copy
    }
    yield from (f"  {texts.say(key, **counts.model_dump())}" for key, number in told.items() if number)
    if comparison.copies:
        yield f"  {texts.say('diff_copies', count=len(comparison.copies))}"
    if a.unread or b.unread:
        yield f"  {texts.say('diff_unread', a=a.unread, b=b.unread)}"
