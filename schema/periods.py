"""The names of months, quarters and semesters in heads of tables: as data, and told from other labels."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files

FEWEST = 2  # labels side by side that are a grid of periods (semesters)
_SIGNS = re.compile(r"[^\w]+")

Names = Mapping[str, Mapping[str, Sequence[str]]]


@cache
def period_names() -> Names:
    """Return how periods are written: `months`, `quarters`, `semesters`, each with names by number."""
    names: Names = json.loads(files("schema").joinpath("data/periods.json").read_text(encoding="utf-8"))
    return names


def name_periods(labels: Sequence[str]) -> bool:
    """Tell whether labels side by side, from left to right, are those of periods: at least half of them are names of some.

    Letters below each other in a narrow column (`J a n`) are one label. Figures and numerals alone begin with the first (`1 2 3`), or they number the columns; so do the twelve months'
    initials. Labels that could not be read are empty and count against it.
    """
    folded = [_SIGNS.sub(" ", label.upper()).strip() for label in labels]
    if _are_initials(folded):
        return True
    whole = [label if label in _labels() else label.replace(" ", "") for label in folded]
    known = [label for label in whole if label in _labels()]
    if len(known) < FEWEST or 2 * len(known) < len(folded):
        return False
    return any(label not in _numerals() for label in known) or known[0] in _firsts()


@cache
def _labels() -> frozenset[str]:
    each = (names for kind in period_names().values() for names in kind.values())
    return frozenset(_SIGNS.sub(" ", name.upper()).strip() for names in each for name in names)


@cache
def _numerals() -> frozenset[str]:
    return frozenset(label for label in _labels() if label.isdigit() or not label.strip("IVX"))


@cache
def _firsts() -> frozenset[str]:
    return frozenset(period_names()["months"]["1"]) & _numerals()


def _are_initials(labels: Sequence[str]) -> bool:
    months = period_names()["months"].values()
    if len(labels) != len(months):
        return False
    initials = (
        {name[0] for name in names if name[0].isalpha() and name not in _numerals()} for names in months
    )
    return all(label in known for label, known in zip(labels, initials, strict=True))
