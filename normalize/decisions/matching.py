"""Decisions and the rows of a reading turned into which decision is about which row, or about none for sure."""

from __future__ import annotations

from collections.abc import Sequence

from rapidfuzz import fuzz

from normalize.decisions.anchors import RowView, anchors_of
from normalize.decisions.settings import RECOGNITION
from normalize.text import fold
from schema.decisions import Decision, Place, RowAnchor

_PERCENT = 100  # rapidfuzz's likeness of equal texts


class Rows:
    """The rows of a reading, among which those of decisions are looked for."""

    def __init__(self, views: Sequence[RowView], sha256: str) -> None:
        self.views = views
        self.anchors = anchors_of(views)
        self.sha256 = sha256

    def of(self, decision: Decision) -> int | None:
        """Return the number of the row that a decision is about, `None` where none is for sure or its value changed.

        In the file that was decided on, the place tells; in another version of it the row's texts and those
        of the rows around it, and what was read in the field must be what it was.
        """
        if decision.row is None:
            return None
        if decision.sha256 == self.sha256:
            places = [n for n, row in enumerate(self.anchors) if is_same_place(row.place, decision.row.place)]
            return max(places, key=lambda n: likeness(self.anchors[n], decision), default=None)
        scored = sorted(((likeness(row, decision), n) for n, row in enumerate(self.anchors)), reverse=True)
        if not scored or scored[0][0] < RECOGNITION.same_row:
            return None
        if len(scored) > 1 and scored[0][0] - scored[1][0] < RECOGNITION.margin:
            return None
        n = scored[0][1]
        return n if self._reads_the_same(n, decision) else None

    def _reads_the_same(self, n: int, decision: Decision) -> bool:
        now = fold(self.views[n].printed(decision.field, decision.place))
        then = fold(decision.printed)
        if now == then:
            return True
        ref = self.views[n].ref
        recognised = ref is not None and ref.reader == "ocr"
        return recognised and fuzz.ratio(now, then) >= RECOGNITION.same_text * _PERCENT


def likeness(anchor: RowAnchor, decision: Decision) -> float:
    """Return how alike (0 to 1) a row and that of a decision are, the decided field left out."""
    if decision.row is None:
        return 0.0
    old = decision.row
    pairs = [(old.texts.get(name, ""), text) for name, text in anchor.texts.items() if name != decision.field]
    pairs += [(old.above, anchor.above), (old.below, anchor.below)]
    told = [fuzz.ratio(fold(one), fold(two)) / _PERCENT for one, two in pairs if one or two]
    return sum(told) / len(told) if told else 0.0


def is_same_place(one: Place, two: Place) -> bool:
    """Tell whether two places are of the same line, or beside each other on the same page."""
    if one.line is not None or two.line is not None:
        return one.line == two.line
    if one.page != two.page or one.bbox is None or two.bbox is None:
        return one.page == two.page and one.bbox == two.bbox
    common = min(one.bbox.bottom, two.bbox.bottom) - max(one.bbox.top, two.bbox.top)
    whole = max(one.bbox.bottom, two.bbox.bottom) - min(one.bbox.top, two.bbox.top)
    beside = min(one.bbox.x1, two.bbox.x1) - max(one.bbox.x0, two.bbox.x0)
    return beside > 0 and common >= RECOGNITION.same_place * whole
