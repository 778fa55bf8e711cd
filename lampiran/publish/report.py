"""A Plan and its Extraction -> the bytes of `report.html`, a self-contained page for people."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from extract.types import Extraction
from lampiran.page_states import numbers_of
from lampiran.publish.coverage import PARTS, sheet_coverage
from lampiran.publish.crops import Crop, Spot, crops
from lampiran.publish.field_rows import place
from lampiran.publish.frames import component_number, mark_count
from lampiran.publish.heat import heat_maps
from lampiran.publish.html import asset, page_bytes
from lampiran.publish.labels import field_label, finding_title
from lampiran.publish.periods import period_states, used_types
from lampiran.publish.quotes import QuotedCell, Quotes
from lampiran.publish.settings import HEAT, REPORT
from schema.errors import Language
from schema.findings import SEVERITIES, Finding, Message, Severity
from schema.periods import PER_YEAR
from schema.plan import Plan

# How many findings of one kind are shown before the kind folds away; the others always are.
_MOST_OPEN: Mapping[Severity, int] = {
    "info": 0,
    "warning": REPORT.most_warnings,
    "notice": REPORT.most_notices,
}
_PICTURED: tuple[Severity, ...] = ("error", "review", "warning", "notice")


@dataclass(frozen=True, slots=True)
class FindingView:
    """A finding as the page shows it: its number in `findings.csv`, and a picture or quoted line of its place."""

    n: int
    finding: Finding
    title: Message
    crop: Crop | None
    quote: tuple[QuotedCell, ...]


@dataclass(frozen=True, slots=True)
class SeverityGroup:
    """The findings of one severity: those shown at once, and those folded away, by kind."""

    severity: Severity
    count: int
    open: tuple[FindingView, ...]
    folded: tuple[tuple[FindingView, ...], ...]


def report_html(
    plan: Plan, extraction: Extraction, *, source_path: Path | None = None, language: Language = "id"
) -> bytes:
    """Return the page as UTF-8 bytes; `language` is the one it opens in.

    Style, script and pictures are inside; a content security policy allows nothing else, so text of
    a decree cannot run even where it looks like a program. The most urgent places are shown as pictures
    of the page, and the page says how many of them are.
    """
    wanted = _wanted_spots(plan)
    drawn = crops(plan, source_path, list(wanted.values())[: REPORT.most_crops], extraction.pages)
    pictures = {n: drawn.get(spot) for n, spot in wanted.items()}
    quotes = Quotes(extraction)
    views = [
        FindingView(n, finding, finding_title(finding.code), pictures.get(n), quotes.of(finding.ref))
        for n, finding in enumerate(plan.findings, start=1)
    ]
    return page_bytes(
        "report/report.html.j2",
        style=asset("report/report.css"),
        script=asset("report/report.js"),
        plan=plan,
        unread=numbers_of(plan.pages, "not_read"),
        empty=numbers_of(plan.pages, "empty"),
        language=language,
        groups=[_group(severity, views) for severity in SEVERITIES],
        by_action=_by_action(views),
        covered=sheet_coverage(plan),
        maps=heat_maps(plan),
        kinds=used_types(plan),
        crops_wanted=len(wanted),
        crops_shown=sum(view.crop is not None for view in views),
        marks=sum(mark_count(item) for item in plan.placed()),
        doubtful=sum(item.action.needs_review for item in plan.placed()),
        has_schedule_text=any(item.action.schedule.text.text for item in plan.placed()),
        place=place,
        component_number=component_number,
        period_states=period_states,
        period_counts=PER_YEAR,
        field_label=field_label,
        levels=range(HEAT.levels + 1),
        parts=PARTS,
    )


def _wanted_spots(plan: Plan) -> dict[int, Spot]:
    """Return the places worth a picture by the finding's number, the most urgent first."""
    return {
        n: Spot(page=finding.ref.page, bbox=finding.ref.bbox)
        for severity in _PICTURED
        for n, finding in enumerate(plan.findings, start=1)
        if finding.severity == severity and finding.ref and finding.ref.page and finding.ref.bbox
    }


def _group(severity: Severity, views: list[FindingView]) -> SeverityGroup:
    """Fold away mechanical findings and long rows of warnings and notices; reviews are always shown."""
    own = [view for view in views if view.finding.severity == severity]
    kinds: dict[str, list[FindingView]] = {}
    for view in own:
        kinds.setdefault(view.finding.code, []).append(view)
    most = _MOST_OPEN.get(severity, len(own))
    return SeverityGroup(
        severity,
        len(own),
        open=tuple(view for kind in kinds.values() if len(kind) <= most for view in kind),
        folded=tuple(tuple(kind) for kind in kinds.values() if len(kind) > most),
    )


def _by_action(views: list[FindingView]) -> dict[str, list[tuple[Severity, int, int]]]:
    """Return, for each action, its severities with their number of findings and the first one's number."""
    found: dict[str, dict[Severity, list[int]]] = {}
    for view in views:
        finding = view.finding
        if finding.action_id and finding.severity in _PICTURED:
            found.setdefault(finding.action_id, {}).setdefault(finding.severity, []).append(view.n)
    return {
        action_id: [
            (severity, len(own[severity]), own[severity][0]) for severity in _PICTURED if severity in own
        ]
        for action_id, own in found.items()
    }
