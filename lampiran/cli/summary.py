"""A result -> a few lines for the terminal: what was read, what is doubtful, where the files are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

from lampiran.cli.texts import Texts
from lampiran.page_states import numbers_of
from lampiran.publish.writing import WrittenFiles
from lampiran.tables.writing import WrittenTables
from normalize.profile import CHANGES
from schema.findings import SEVERITIES, Finding
from schema.plan import Plan
from schema.provenance import PageEntry


def summary_lines(plan: Plan, source: Path, written: WrittenFiles, texts: Texts) -> list[str]:
    """Return the lines of one file's summary, what changed in its form first; paths as they were given."""
    placed = [place.action for place in plan.placed()]
    marks = sum(period.state == "planned" for action in placed for period in action.schedule.periods)
    reviews = sum(action.needs_review for action in placed)
    counts = texts.say(
        "summary_counts",
        areas=len(plan.areas),
        components=sum(len(area.components) for area in plan.areas),
        actions=len(placed),
        marks=marks,
    )
    return [
        f"{source}",
        *form_lines(plan.findings, texts),
        f"  {counts}",
        f"  {texts.say('summary_findings', findings=findings_by_severity(plan.findings, texts))}",
        f"  {texts.say('summary_review', count=reviews, actions=len(placed))}",
        *page_lines(plan.pages, texts),
        *written_lines(written, texts),
    ]


def page_lines(pages: Sequence[PageEntry], texts: Texts) -> list[str]:
    """Return the line that says how the reading of the pages ended, which were not read, none for a transcription."""
    if not pages:
        return []
    counts = Counter(page.state for page in pages)
    line = texts.say("summary_pages", read=counts["read"], empty=counts["empty"], unread=counts["not_read"])
    numbers = numbers_of(pages, "not_read")
    return [f"  {line} ({numbers})" if numbers else f"  {line}"]


def written_lines(written: WrittenFiles | WrittenTables, texts: Texts) -> list[str]:
    """Return the line that names a folder and its files, and one that says where what a person had changed is kept."""
    names = ", ".join(sorted(file.name for file in written.files))
    kept = [f"  {texts.say('summary_kept', folder=written.kept)}"] if written.kept else []
    return [f"  {texts.say('summary_written', folder=written.folder, files=names)}", *kept]


def form_lines(findings: Iterable[Finding], texts: Texts) -> list[str]:
    """Return a line a change of the form since the profile that was given, none where nothing changed."""
    changes = [finding for finding in findings if finding.code in CHANGES]
    if not changes:
        return []
    said = [f.message.id if texts.language == "id" else f.message.en for f in changes]
    return [f"  {texts.say('summary_form', count=len(changes))}", *(f"    - {sentence}" for sentence in said)]


def findings_by_severity(findings: Iterable[Finding], texts: Texts) -> str:
    """Return the number of findings of each severity, the gravest first, zeros included."""
    counts = Counter(finding.severity for finding in findings)
    return ", ".join(texts.say(f"severity_{severity}", count=counts[severity]) for severity in SEVERITIES)
