"""Names and numbers of a plan's areas turned into areas of the sheet."""

from __future__ import annotations

from collections.abc import Mapping

from rapidfuzz import fuzz

from normalize.official.settings import TITLES
from normalize.text import fold


def area_of(name: str, number: int, official: Mapping[int, tuple[str, ...]]) -> int | None:
    """Return the area that a name says; the number counts where there is no name.

    `official` holds the folded names of each area.
    """
    wanted = fold(name)
    if not wanted:
        return number if number in official else None
    scores = {
        area: max(
            max(fuzz.ratio(wanted, n), TITLES.contained * fuzz.token_set_ratio(wanted, n)) for n in names
        )
        for area, names in official.items()
    }
    best = max(scores, key=lambda area: (scores[area], area == number))
    return best if scores[best] >= TITLES.like_area else None
