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
_FEWEST = 5
_NOTES = frozenset(
    {
        "decree_id",
        "action_id",
        "months",
        "quarters",
        "schedule_state",
        "lke_code",
        "needs_review",
        "page_first",
        "page_last",
    }
)


def contract_names(texts: Sequence[str]) -> Mapping[str, str]:
    """Return the field of each text that names a column of `actions.csv` or of the workbook `actions.xlsx`.

    `NOTE` stands for a column that states nothing. Empty where the row is no head of ours: it must have our id of
    actions, the action itself, and names of ours for the rest but further columns at the end.
    """
    filled = [text.strip() for text in texts if text.strip()]
    for names in _heads():
        found = {text: names[text] for text in filled if text in names}
        whole = len(found) >= _FEWEST and "action" in found.values() and filled[0] in found
        if whole and NOTE in (found[text] for text in filled[:2] if text in found):
            further = {text: f"extra.{text}" for text in filled if text not in found}
            return {**found, **{t: t if t.startswith("extra.") else name for t, name in further.items()}}
    return {}


@cache
def _heads() -> tuple[Mapping[str, str], ...]:
    names = {c.name: NOTE if c.name in _NOTES else c.name for c in tables()["actions"].columns}
    periods = [period_field(kind, n) for kind, count in PER_YEAR.items() for n in range(1, count + 1)]
    return ({**names, **{name: name for name in periods}}, _workbook("id"), _workbook("en"))


def _workbook(language: Language) -> Mapping[str, str]:
    """Return the titles of the workbook's sheet of the plan."""
    titles = {
        ("report", "id"): NOTE,
        ("workbook", "area_no"): "area_no",
        ("report", "area"): "area",
        ("workbook", "component_no"): "component_no",
        ("workbook", "component"): "component",
        ("report", "indicator"): "indicator",
        ("report", "action"): "action",
        ("report", "evidence"): "evidence",
        ("report", "schedule_text"): "schedule_text",
        ("report", "responsible"): "responsible",
        ("workbook", "needs_review"): NOTE,
        ("workbook", "place"): NOTE,
    }
    found = {getattr(label(*key), language): name for key, name in titles.items()}
    for kind, count in PER_YEAR.items():
        found |= {getattr(label(kind, n), language): period_field(kind, n) for n in range(1, count + 1)}
    return found
