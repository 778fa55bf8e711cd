"""The names of our own tables' columns, in a transcription's first row -> the fields that they stand for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from schema.tables import tables

_FEWEST = 4
_ASKED = ("action",)
# Columns that repeat others or are our own notes: they state nothing of the paper.
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
    """Return the field of each text that is the name of a column of `actions.csv`.

    The names may be those of the CSV or the titles of the workbook, in either language. Empty where the row is no head
    of ours.
    """
    for names in _heads():
        found = {text: names[text.strip()] for text in texts if text.strip() in names}
        if len(found) >= _FEWEST and set(_ASKED) <= set(found.values()) and _is_mostly(found, texts):
            return {text: name for text, name in found.items() if name not in _NOTES}
    return {}


def _is_mostly(found: Mapping[str, str], texts: Sequence[str]) -> bool:
    return len(found) * 2 >= sum(bool(text.strip()) for text in texts) and any(
        name in _NOTES or name.startswith(("m0", "q")) for name in found.values()
    )


def _heads() -> tuple[Mapping[str, str], ...]:
    columns = tables()["actions"].columns
    return (
        {column.name: column.name for column in columns},
        {column.title.id: column.name for column in columns},
        {column.title.en: column.name for column in columns},
    )
