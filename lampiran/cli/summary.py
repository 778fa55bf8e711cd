"""A result -> a few lines for the terminal: what was read, what is doubtful, where the files are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from lampiran.cli.texts import Texts
from schema.findings import SEVERITIES, Finding
from schema.plan import Plan


def summary_lines(plan: Plan, source: Path, folder: Path, files: Iterable[Path], texts: Texts) -> list[str]:
    """Return the lines of one file's summary; paths as they were given."""
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
    names = ", ".join(sorted(file.name for file in files))
    return [
        f"{source}",
        f"  {counts}",
        f"  {texts.say('summary_findings', findings=findings_by_severity(plan.findings, texts))}",
        f"  {texts.say('summary_review', count=reviews, actions=len(placed))}",
        f"  {texts.say('summary_written', folder=folder, files=names)}",
    ]


def findings_by_severity(findings: Iterable[Finding], texts: Texts) -> str:
    """Return the number of findings of each severity, the gravest first, zeros included."""
    counts = Counter(finding.severity for finding in findings)
    return ", ".join(texts.say(f"severity_{severity}", count=counts[severity]) for severity in SEVERITIES)
