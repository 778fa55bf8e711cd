"""How sure it must be that a row is the one that somebody decided about."""

from __future__ import annotations

from schema.settings import Settings


class Recognition(Settings, section="decisions"):
    """Likeness (0 to 1) of rows, and shares (0 to 1) of boxes, from which on they count as the same."""

    same_row: float
    margin: float
    same_text: float
    same_place: float


RECOGNITION = Recognition.load("normalize")
