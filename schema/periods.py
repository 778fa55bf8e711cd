"""The periods of a year: how many there are of each type, how they are written, which labels of a table name them."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Any

from schema.plan import PeriodType

FEWEST = 2  # labels side by side that can be a grid of periods (semesters)
_SIGNS = re.compile(r"[^\w]+")
_DATA: Mapping[str, Any] = json.loads(
    files("schema").joinpath("data/periods.json").read_text(encoding="utf-8")
)
PER_YEAR: Mapping[PeriodType, int] = _DATA["per_year"]
MONTHS, QUARTERS, SEMESTERS = (PER_YEAR[kind] for kind in ("month", "quarter", "semester"))
MONTHS_IN: Mapping[PeriodType, int] = {kind: MONTHS // count for kind, count in PER_YEAR.items()}
DAY_NAMES: Mapping[str, Sequence[str]] = _DATA["days"]  # Monday first, by language

Names = Mapping[int, Sequence[str]]


def months_of(period_type: PeriodType, period: int) -> frozenset[int]:
    """Return the months (1 to 12) of a period."""
    size = MONTHS_IN[period_type]
    return frozenset(range((period - 1) * size + 1, period * size + 1))


def month_names(*kinds: str) -> Names:
    """Return the names of each month, the whole one first: `id`, `en` (names), `also_written`, `numerals`."""
    months = enumerate(_DATA["months"], start=1)
    return {number: [name for kind in kinds for name in month[kind]] for number, month in months}


def period_labels() -> Mapping[str, Names]:
    """Return what heads of tables call the `months`, `quarters` and `semesters`, by their numbers."""
    numbered = {kind: dict(enumerate(_DATA[kind], start=1)) for kind in ("quarters", "semesters")}
    return {"months": month_names("numerals", "id"), **numbered}


def name_periods(labels: Sequence[str]) -> bool:
    """Tell whether labels side by side, from left to right, name periods; at least half of them must.

    Letters below each other in a narrow column (`J a n`) are one label. Figures and numerals alone begin with the first
    (`1 2 3`), otherwise they number the columns; the initials of the twelve months count as well. Empty labels, which
    could not be read, count against it.
    """
    folded = [_folded(label) for label in labels]
    if _are_initials(folded):
        return True
    names, numerals = _labels()
    whole = [label if label in names else label.replace(" ", "") for label in folded]
    known = [label for label in whole if label in names]
    if len(known) < FEWEST or 2 * len(known) < len(folded):
        return False
    return known[0] in month_names("numerals")[1] or any(label not in numerals for label in known)


def _folded(label: str) -> str:
    return _SIGNS.sub(" ", label.upper()).strip()


@cache
def _labels() -> tuple[frozenset[str], frozenset[str]]:
    """Return all labels of periods, and those among them that are mere figures or roman numerals."""
    each = (names for kind in period_labels().values() for names in kind.values())
    labels = frozenset(_folded(name) for names in each for name in names)
    return labels, frozenset(label for label in labels if label.isdigit() or not label.strip("IVX"))


def _are_initials(labels: Sequence[str]) -> bool:
    initials = [{name[0] for name in names} for names in month_names("id").values()]
    return len(labels) == MONTHS and all(
        label in known for label, known in zip(labels, initials, strict=True)
    )
