"""A call with results -> what is due in a month, as lines, JSON or a calendar, and one exit code."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from lampiran.cli.due_lines import due_lines, notes
from lampiran.cli.exits import DONE, attempt, tell, worst
from lampiran.cli.options import Due
from lampiran.cli.progress import Bar, progress_bar
from lampiran.cli.readers import check_readers
from lampiran.cli.terminal import give, show
from lampiran.cli.texts import Texts
from lampiran.diff.sides import plan_of
from lampiran.due.agenda import due_list
from lampiran.due.calendar import calendar
from lampiran.due.files import check_file, write_file
from lampiran.due.months import months_named, today
from lampiran.stored import results_in
from schema.due import DueList
from schema.plan import Plan

STDOUT = Path("-")


def run(call: Due, texts: Texts) -> int:
    """List what is due; return the exit code of the call, 0 also where nothing is.

    A result that cannot be read is reported with one sentence on stderr, and the rest goes on. Raises `UsageError` for
    a month, team or area that there is not, and `OutputError` for a calendar that cannot be written.
    """
    now = today()
    months = (now.month,) if call.month is None else months_named(call.month)
    check_readers(call.text_readers)
    if call.ics not in {None, STDOUT}:
        check_file(call.ics)
    plans: list[Plan] = []
    results = results_in(call.results)
    with progress_bar(len(results), texts) as bar:
        codes = [_read(call, path, plans, bar, texts) for path in results]
    if plans:
        found = due_list(plans, months, team=call.team, area=call.area, year=call.year)
        _tell_repeated(plans, texts)
        for note in notes(found, now if call.month is None else None, texts):
            tell(note)
        _print(call, found, texts)
    return worst(codes)


def _read(call: Due, path: Path, plans: list[Plan], bar: Bar, texts: Texts) -> int:
    """Read one result into `plans`; return its exit code."""

    def read() -> int:
        plans.append(plan_of(path, text_readers=call.text_readers, progress=bar))
        return DONE

    code = attempt(path, read, texts)
    bar.finished(path)
    return code


def _print(call: Due, found: DueList, texts: Texts) -> None:
    """Write what was asked for: the calendar, JSON, else lines; a calendar on stdout stands alone there."""
    content = b"" if call.ics is None else calendar(found, texts.language)
    if call.ics == STDOUT:
        sys.stdout.buffer.write(content)
        return
    if call.ics is not None:
        write_file(call.ics, content)
        tell(texts.say("due_written", path=call.ics, count=content.count(b"BEGIN:VEVENT")))
    if call.as_json:
        give(found.model_dump_json(indent=1))
    else:
        show("\n".join(due_lines(found, texts)))


def _tell_repeated(plans: Sequence[Plan], texts: Texts) -> None:
    first: dict[str, Plan] = {}
    for plan in plans:
        other = first.setdefault(plan.decree_id, plan)
        if other is not plan:
            said = partial(texts.say, "due_same", file=plan.source.name, other=other.source.name)
            tell(said(decree=plan.decree_id))
