"""A Plan and its Extraction -> the bytes of `report.html`, a self-contained page for people."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from extract.types import Extraction
from lampiran.page_states import numbers_of
from lampiran.publish.cards import chips_of, group_of, parts_of, spots_of
from lampiran.publish.coverage import PARTS, sheet_coverage
from lampiran.publish.crops import crops
from lampiran.publish.field_rows import place
from lampiran.publish.frames import component_number, mark_count
from lampiran.publish.heat import heat_maps
from lampiran.publish.html import asset, assets, page_bytes
from lampiran.publish.labels import field_label
from lampiran.publish.periods import period_field, period_states, used_types
from lampiran.publish.quotes import Quotes
from lampiran.publish.row_view import row_view, team_names
from lampiran.publish.settings import HEAT, REPORT
from lampiran.waiting import waiting_of
from schema.errors import Language
from schema.findings import SEVERITIES, Message
from schema.periods import MONTHS, PER_YEAR, month_names
from schema.plan import Plan
from schema.rules.texts import plan_year

# The files beside the page that it links to; its readers are people.
LINKED: tuple[str, ...] = (
    "actions.xlsx",
    "actions.csv",
    "schedule.csv",
    "evidence.csv",
    "findings.csv",
    "decree.json",
)


def report_html(
    plan: Plan, extraction: Extraction, *, source_path: Path | None = None, language: Language = "id"
) -> bytes:
    """Return the page as UTF-8 bytes; `language` is the one it opens in.

    Style, script and pictures are inside; a content security policy allows nothing else, so text of
    a decree cannot run even where it looks like a program. The most urgent places are shown as pictures
    of the page, and the page says how many of them are.
    """
    parts = parts_of(plan.findings, Quotes(extraction))
    wanted = spots_of(parts)
    drawn = crops(plan, source_path, list(wanted.values())[: REPORT.most_crops], extraction.pages)
    pictured = [
        replace(part, crop=drawn.get(wanted[part.numbers[0]]) if part.numbers[0] in wanted else None)
        for part in parts
    ]
    return page_bytes(
        "report/report.html.j2",
        style=asset("report/report.css"),
        script=assets("language.js", "report/report.js"),
        plan=plan,
        unread=numbers_of(plan.pages, "not_read"),
        empty=numbers_of(plan.pages, "empty"),
        language=language,
        groups=[group_of(severity, pictured) for severity in SEVERITIES],
        by_action=chips_of(parts),
        covered=sheet_coverage(plan),
        maps=heat_maps(plan),
        kinds=used_types(plan),
        crops_wanted=len(wanted),
        crops_shown=sum(part.crop is not None for part in pictured),
        marks=sum(mark_count(item) for item in plan.placed()),
        reviews=len(waiting_of(plan)),
        doubtful=sum(item.action.needs_review for item in plan.placed()),
        has_schedule_text=any(item.action.schedule.text.text for item in plan.placed()),
        place=place,
        component_number=component_number,
        period_states=period_states,
        period_counts=PER_YEAR,
        field_label=field_label,
        levels=range(HEAT.levels + 1),
        linked=LINKED,
        rows={item.action.action_id: row_view(item.action) for item in plan.placed()},
        teams=team_names(plan),
        year=plan_year(plan.head),
        months=[_month_label(month) for month in range(1, MONTHS + 1)],
        period_field=period_field,
        parts=PARTS,
    )


def _month_label(month: int) -> Message:
    """Return the whole name of a month."""
    return Message.of(*(month_names(language)[month][0] for language in ("id", "en")))
