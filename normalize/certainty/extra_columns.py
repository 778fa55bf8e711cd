"""Recognised texts of further columns turned into a certainty each; one below the threshold asks for a review."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from normalize.certainty.fields import RULE
from normalize.certainty.settings import CERTAINTY
from normalize.certainty.weighing import doubt_of, other_readings, rounded, status_of, words_certainty
from normalize.draft import Draft, Row
from normalize.facts import Fact
from normalize.figures import Count, Doubt, Seen, column_doubts, count_of, is_text, left_by
from normalize.plan.numerals import shape
from normalize.recognised.corrections import corrected
from normalize.recognised.counting import begins
from schema.decree import Field
from schema.provenance import SourceRef

FIELD = "extra"


def weigh_further(draft: Draft) -> Draft:
    """Give what further columns of recognised rows hold its certainty; what is covered or doubtful asks."""
    if not any(row.extra and row.recognised for row in draft.rows):
        return draft
    words, columns = draft.resources.words, list(_columns(draft.rows).values())
    doubts = column_doubts(columns, lambda text: is_text(text, words))
    counts = [count_of(column) for column in columns]
    threshold = draft.resources.review_threshold

    def weighed(row: Row) -> Row:
        if not row.recognised:
            return row
        told = [_weighed(row, value, counts, doubts, threshold) for _, value in row.extra]
        names = [name for name, _ in row.extra]
        extra = tuple(zip(names, (value for value, _ in told), strict=True))
        return replace(row.noting(*(fact for _, facts in told for fact in facts)), extra=extra)

    return draft.map_rows(weighed)


def _columns(rows: Sequence[Row]) -> dict[str, list[Seen]]:
    """Return the cells of further columns, from top to bottom."""
    columns: dict[str, list[Seen]] = {}
    for row in rows:
        cells = {cell.ref: cell for cell in row.cells}
        for name, value in row.extra:
            if value.status != "filled" and value.refs and value.refs[0] in cells:
                columns.setdefault(name, []).append(Seen.of(cells[value.refs[0]]))
    return columns


def _weighed(
    row: Row, value: Field, counts: Sequence[Count], doubts: Mapping[SourceRef, Doubt], threshold: float
) -> tuple[Field, tuple[Fact, ...]]:
    """Return a text with its certainty, and the facts about it.

    In a column that counts, a number that its neighbours settle is put right where it looks like what was read.
    """
    lines = [line for cell in row.cells_of(value) for line in cell.lines]
    if not lines or value.status == "filled":
        return value, ()
    ref, certainty = value.refs[0], words_certainty(lines)
    around = next((count.odd[ref] for count in counts if ref in count.odd), None)
    wanted = left_by(around) if around is not None else None
    covered = status_of(lines, certainty, 0) == "covered"
    if wanted is not None and shape(wanted) == shape(value.text) and not covered:
        told = corrected(value.text, wanted, ref, FIELD, "count-rows", "certain")
        return value.repaired(wanted, confidence=CERTAINTY.vouched), (told,)
    known = doubts.get(ref)
    if any(ref in count.fits for count in counts):
        certainty = max(certainty, CERTAINTY.vouched)
    if (around is not None and not begins(value.text)) or known is not None:
        certainty = min(certainty, threshold / 2)
    weighed = value.weighed(rounded(certainty), status_of(lines, certainty, threshold))
    if weighed.status not in ("covered", "uncertain"):
        return weighed, ()
    code, likely = (known.code, known.alternatives) if known else (None, ())
    others = (*likely, *other_readings(lines))
    return weighed, (doubt_of(value, FIELD, weighed.status, RULE, others=others, code=code),)
