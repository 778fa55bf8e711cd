"""The page for people: turns a Plan and its Extraction into the bytes of a self-contained `report.html`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from extract.types import Extraction
from lampiran.page_states import numbers_of
from lampiran.publish.coverage import PARTS, sheet_coverage
from lampiran.publish.crops import Crop, Spot, crops
from lampiran.publish.field_rows import place
from lampiran.publish.frames import component_number, mark_count
from lampiran.publish.heat import LEVELS, heat_maps
from lampiran.publish.html import asset, page_bytes
from lampiran.publish.labels import field_label, finding_title
from lampiran.publish.periods import period_states, used_types
from lampiran.publish.quotes import QuotedCell, Quotes
from schema.errors import Language
from schema.findings import SEVERITIES, Finding, Message, Severity
from schema.periods import PER_YEAR
from schema.plan import Plan

MOST_CROPS = 60
# How many findings of one kind are shown before the kind folds away.
_MOST_OPEN: Mapping[Severity, int] = {"info": 0, "warning": 8, "notice": 12}
_PICTURED: tuple[Severity, ...] = ("error", "review", "warning", "notice")


@dataclass(frozen=True, slots=True)
class FindingView:
    """A finding as the page shows it: its number in `findings.csv`, and the picture or line it stands in."""

    n: int
    finding: Finding
    title: Message
    crop: Crop | None
    quote: tuple[QuotedCell, ...]


@dataclass(frozen=True, slots=True)
class SeverityGroup:
    """The findings of one severity: those shown at once, and by kind those that fold away."""

    severity: Severity
    count: int
    open: tuple[FindingView, ...]
    folded: tuple[tuple[FindingView, ...], ...]


def report_html(
    plan: Plan, extraction: Extraction, *, source_path: Path | None = None, language: Language = "id"
) -> bytes:
    """Return the page as UTF-8 bytes; `language` is the one it opens in.

    Style, script and pictures are inside; a content security policy allows nothing else, so text of
    a decree cannot run even where it looks like a program. At most `MOST_CROPS` places are shown as pictures
    of the page, the most urgent first, and the page says how many of them are.
    """
    wanted = _wanted_spots(plan)
    pictures = crops(plan, source_path, list(wanted.values())[:MOST_CROPS], extraction.pages)
    views = _finding_views(plan, extraction, {n: pictures.get(spot) for n, spot in wanted.items()})
    return page_bytes(
        "report/report.html.j2",
        style=asset("report/report.css"),
        script=asset("report/report.js"),
        plan=plan,
        unread=numbers_of(plan.pages, "not_read"),
        empty=numbers_of(plan.pages, "empty"),
        language=language,
        groups=_grouped(views),
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
        levels=range(LEVELS + 1),
        parts=PARTS,
    )


def _wanted_spots(plan: Plan) -> dict[int, Spot]:
    """Return the places worth a picture by the finding's number, the most urgent first."""
    numbered = list(enumerate(plan.findings, start=1))
    ordered = sorted(numbered, key=lambda pair: SEVERITIES.index(pair[1].severity))
    return {
        n: Spot(page=finding.ref.page, bbox=finding.ref.bbox)
        for n, finding in ordered
        if finding.severity in _PICTURED and finding.ref and finding.ref.page and finding.ref.bbox
    }


def _finding_views(plan: Plan, extraction: Extraction, pictures: dict[int, Crop | None]) -> list[FindingView]:
    quotes = Quotes(extraction)
    return [
        FindingView(n, finding, finding_title(finding.code), pictures.get(n), quotes.of(finding.ref))
        for n, finding in enumerate(plan.findings, start=1)
    ]


def _grouped(views: list[FindingView]) -> tuple[SeverityGroup, ...]:
    return tuple(
        _group(severity, [view for view in views if view.finding.severity == severity])
        for severity in SEVERITIES
    )


def _group(severity: Severity, views: list[FindingView]) -> SeverityGroup:
    """Fold the mechanical findings and long rows of warnings and notices; a review is always in sight."""
    kinds: dict[str, list[FindingView]] = {}
    for view in views:
        kinds.setdefault(view.finding.code, []).append(view)
    most = _MOST_OPEN.get(severity, len(views))
    return SeverityGroup(
        severity,
        len(views),
        open=tuple(view for kind in kinds.values() if len(kind) <= most for view in kind),
        folded=tuple(tuple(kind) for kind in kinds.values() if len(kind) > most),
    )


def _by_action(views: list[FindingView]) -> dict[str, list[tuple[Severity, int, int]]]:
    """Return, for each action, its severities with their number of findings and the first one's number."""
    found: dict[str, list[FindingView]] = {}
    for view in views:
        if view.finding.action_id and view.finding.severity in _PICTURED:
            found.setdefault(view.finding.action_id, []).append(view)
    return {action_id: _chips(own) for action_id, own in found.items()}


def _chips(views: list[FindingView]) -> list[tuple[Severity, int, int]]:
    counts = Counter(view.finding.severity for view in views)
    first = {view.finding.severity: view.n for view in reversed(views)}
    return [(severity, counts[severity], first[severity]) for severity in SEVERITIES if counts[severity]]
