"""The names of our own tables' columns, in a transcription's first row -> the fields that they stand for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache

from lampiran.publish.labels import label
from lampiran.publish.periods import period_field
from schema.errors import Language
from schema.periods import PER_YEAR
from schema.tables import tables

NOTE = ""  # a column that repeats others or is a note of ours: it states nothing of the paper
_FEWEST = 5  # columns of ours that a header has at least
_NOTES = [
    "decree_id",
    "action_id",
    "months",
    "quarters",
    "schedule_state",
    "lke_code",
    "needs_review",
    "page_first",
    "page_last",
]
_PERIODS = {(kind, n): period_field(kind, n) for kind, count in PER_YEAR.items() for n in range(1, count + 1)}
# Titles of the workbook's sheet of the plan: their group and name in `labels.toml`, and the field.
_TITLES = (
    ("report", "id", NOTE), ("workbook", "area_no", "area_no"), ("report", "area", "area"),
    ("workbook", "component_no", "component_no"), ("workbook", "component", "component"),
    ("report", "indicator", "indicator"), ("report", "action", "action"), ("report", "evidence", "evidence"),
    ("report", "schedule_text", "schedule_text"), ("report", "responsible", "responsible"),
    ("workbook", "needs_review", NOTE), ("workbook", "place", NOTE),
)  # fmt: skip


def contract_names(texts: Sequence[str]) -> Mapping[str, str]:
    """Return the field of each text that names a column of `actions.csv` or of the workbook `actions.xlsx`.

    `NOTE` stands for a column that states nothing. Empty where the row is not a header of ours: it must have our id of
    actions, the action itself, and names of ours for the rest but further columns at the end.
    """
    filled = [text.strip() for text in texts if text.strip()]
    for names in _headers():
        found = {text: names[text] for text in filled if text in names}
        whole = len(found) >= _FEWEST and "action" in found.values() and filled[0] in found
        if whole and NOTE in (found[text] for text in filled[:2] if text in found):
            further = [text for text in filled if text not in found]
            return found | {t: t if t.startswith("extra.") else f"extra.{t}" for t in further}
    return {}


@cache
def _headers() -> tuple[Mapping[str, str], ...]:
    names = {c.name: NOTE if c.name in _NOTES else c.name for c in tables()["actions"].columns}
    return names | {name: name for name in _PERIODS.values()}, _workbook("id"), _workbook("en")


def _workbook(language: Language) -> Mapping[str, str]:
    """Return the titles of the workbook's sheet of the plan."""
    titles = {getattr(label(group, key), language): name for group, key, name in _TITLES}
    return titles | {getattr(label(*period), language): name for period, name in _PERIODS.items()}
