"""A result -> a few lines for the terminal: what was read, what is doubtful, where the files are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from lampiran.cli.options import LoggedCall
from lampiran.cli.terminal import show_lines
from lampiran.cli.texts import Texts
from lampiran.page_states import numbers_of
from lampiran.publish.existing_output import WrittenFiles
from lampiran.waiting import waiting_of
from normalize.profile import CHANGES
from schema.findings import SEVERITIES
from schema.plan import Plan
from schema.ruled import TableSet

_OPENED = (".html", ".xlsx")  # what a person opens first


def print_summary(call: LoggedCall, lines: Iterable[str], *, err: bool = False) -> None:
    """Print the lines of a summary on stdout, or on stderr beside data, unless the call asks for quiet."""
    if not call.quiet:
        show_lines(lines, err=err)


def summary_lines(plan: Plan, source: Path, written: WrittenFiles, texts: Texts) -> list[str]:
    """Return the lines of one decree's summary, what changed in its form first; paths as they were given."""
    actions = tuple(plan.actions)
    counts = texts.say(
        "summary_counts",
        areas=len(plan.areas),
        components=sum(len(area.components) for area in plan.areas),
        actions=len(actions),
        marks=sum(period.state == "planned" for action in actions for period in action.schedule.periods),
    )
    reviews = sum(action.needs_review for action in actions)
    asked = texts.say("summary_review", count=reviews, actions=len(actions))
    changes = [finding for finding in plan.findings if finding.code in CHANGES]
    form = [f"  {texts.say('summary_form', count=len(changes))}"] if changes else []
    form += [f"    - {finding.message.text(texts.language)}" for finding in changes]
    lines = [f"{source}", *form, *reading_lines(plan, counts, asked, written, texts)]
    if waiting := len(waiting_of(plan)):
        lines.insert(-1, f"  {texts.say('summary_decide', count=waiting, folder=written.folder)}")
    return lines


def decisions_line(plan: Plan, path: Path, texts: Texts) -> str:
    """Return the line on decisions of people: how many fitted, how many no longer do, and where they are kept."""
    codes = Counter(finding.code for finding in plan.findings)
    said = texts.say("summary_decisions", applied=codes["decided"], unfit=codes["decision-unfit"], path=path)
    return f"  {said}"


def reading_lines(
    content: Plan | TableSet, counts: str, asked: str, written: WrittenFiles, texts: Texts
) -> Iterator[str]:
    """Yield the lines that every summary has: `counts`, findings, what is `asked` of a person, pages, files."""
    severities = Counter(finding.severity for finding in content.findings)
    named = ", ".join(
        texts.say(f"severity_{severity}", count=severities[severity]) for severity in SEVERITIES
    )
    yield f"  {counts}"
    yield f"  {texts.say('summary_findings', findings=named)}"
    yield f"  {asked}"
    if content.pages:
        states = Counter(page.state for page in content.pages)
        line = texts.say(
            "summary_pages", read=states["read"], empty=states["empty"], unread=states["not_read"]
        )
        unread = numbers_of(content.pages, "not_read")
        yield f"  {line} ({unread})" if unread else f"  {line}"
    yield from written_lines(written, texts)


def written_lines(written: WrittenFiles, texts: Texts, beside: Sequence[Path] = ()) -> Iterator[str]:
    """Yield the line that names a folder and its files, one about files of a person that were kept, and what to open.

    That is the page for people, or the workbook where there is no page; one of the files `beside` the folder where
    the folder has neither.
    """
    names = ", ".join(sorted(file.name for file in written.files))
    yield f"  {texts.say('summary_written', folder=written.folder, files=names)}"
    if written.kept:
        yield f"  {texts.say('summary_kept', folder=written.kept)}"
    for ending in _OPENED:
        found = [file for file in (*written.files, *beside) if file.suffix == ending]
        if found:
            yield f"  {texts.say('summary_open', path=found[0])}"
            return
