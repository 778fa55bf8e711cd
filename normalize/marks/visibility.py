"""What recognisers are worth on the words of a schedule: how sure they are, and where ink was left unread."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from math import prod

from extract.types import Cell
from normalize.draft import Draft
from schema.geometry import BBox

_UNREAD = "ink-unexplained"


class Sight:
    """How well a document's cells of words were seen; a born-digital page or a transcription says nothing of it."""

    def __init__(self, draft: Draft) -> None:
        """Take the draft; its words are counted when they are first needed."""
        self._draft = draft

    def certainty(self, cells: Sequence[Cell]) -> float | None:
        """Return how sure it is that all words and borders of the cells are right, 0 to 1; `None`: none was recognised."""
        lines = [line for cell in cells for line in cell.lines if line.words]
        if not lines:
            return None
        sure = 1.0
        for line in lines:
            sure *= prod(word.confidence for word in line.words)
        for cell in cells:
            sure *= 1.0 if cell.border is None else cell.border
        return round(sure, 4)

    def is_unread(self, cell: Cell) -> bool:
        """Tell whether the page has ink in this cell that nothing accounts for, so that it is not empty."""
        box = cell.ref.bbox
        return box is not None and any(
            page == cell.ref.page and _overlap(box, other) for page, other in self._ink
        )

    @cached_property
    def _ink(self) -> tuple[tuple[int | None, BBox], ...]:
        return tuple(
            (f.ref.page, f.ref.bbox)
            for f in self._draft.extraction.findings
            if f.code == _UNREAD and f.ref is not None and f.ref.bbox is not None
        )


def _overlap(one: BBox, other: BBox) -> bool:
    across = min(one.x1, other.x1) - max(one.x0, other.x0)
    down = min(one.bottom, other.bottom) - max(one.top, other.top)
    return across > 0 and down > 0
