"""Recognised texts of further columns turned into a certainty each; one below the threshold asks for a review."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from math import prod

from extract.types import TextLine
from normalize.certainty.fields import VOUCHED
from normalize.draft import Draft, Row
from normalize.figures import Count, Doubt, Seen, column_doubts, count_of, is_text, left_by
from normalize.plan.numerals import shape
from normalize.recognised.corrections import corrected
from normalize.recognised.counting import begins
from normalize.resources import Resources
from schema.catalogue import make_finding
from schema.decree import Field, Status
from schema.findings import Finding, RuleName
from schema.provenance import SourceRef

RULE: RuleName = "weigh-words"
COUNT_RULE: RuleName = "count-rows"
_Doubts = Mapping[SourceRef, Doubt]
FIELD = "extra"


def weigh_further(draft: Draft) -> Draft:
    """Give what further columns of recognised rows hold its certainty; what is covered or doubtful asks."""
    if not any(row.extra and row.ref.reader == "ocr" for row in draft.rows):
        return draft
    words = draft.resources.words
    columns = list(_cells(draft.rows).values())
    doubts = column_doubts(columns, lambda text: is_text(text, words))
    counts = [count_of(column) for column in columns]
    return draft.map_rows(lambda row: _weighed(row, draft.resources, counts, doubts))


def _cells(rows: Sequence[Row]) -> dict[str, list[Seen]]:
    """Return the cells of further columns, from top to bottom."""
    columns: dict[str, list[Seen]] = {}
    for row in rows:
        cells = {cell.ref: cell for cell in row.cells}
        for name, value in row.extra:
            if value.status != "filled" and value.refs and value.refs[0] in cells:
                columns.setdefault(name, []).append(Seen.of(cells[value.refs[0]]))
    return columns


def _weighed(row: Row, resources: Resources, counts: Sequence[Count], doubts: _Doubts) -> Row:
    if row.ref.reader != "ocr":
        return row
    extra: list[tuple[str, Field]] = []
    for name, value in row.extra:
        lines = [line for cell in row.cells if cell.ref in value.refs for line in cell.lines]
        if not lines or value.status == "filled":
            extra.append((name, value))
            continue
        certainty = prod(word.confidence for line in lines for word in line.words)
        covered = any(line.covered for line in lines)
        around = next((count.odd[ref] for count in counts if (ref := value.refs[0]) in count.odd), None)
        wanted = left_by(around) if around is not None else None
        if wanted is not None and shape(wanted) == shape(value.text) and not covered:
            row = row.noting(corrected(value.text, wanted, value.refs[0], FIELD, COUNT_RULE, "certain"))
            update = {"text": wanted, "status": "corrected", "confidence": VOUCHED}
            extra.append((name, value.model_copy(update=update)))
            continue
        doubt = doubts.get(value.refs[0])
        if any(value.refs[0] in count.fits for count in counts):
            certainty = max(certainty, VOUCHED)
        if (around is not None and not begins(value.text)) or doubt is not None:
            certainty = min(certainty, resources.review_threshold / 2)
        update = {"confidence": round(certainty, 4)}
        doubtful = certainty < resources.review_threshold
        status: Status | None = "covered" if covered else "uncertain" if doubtful else None
        if status is not None:
            update["status"] = status
            row = row.noting(_finding(value, lines, status, doubt))
        extra.append((name, value.model_copy(update=update)))
    return replace(row, extra=tuple(extra))


def _finding(value: Field, lines: list[TextLine], status: Status, doubt: Doubt | None) -> Finding:
    code = "text-covered" if status == "covered" else doubt.code if doubt else "text-uncertain"
    likely = doubt.alternatives if doubt else ()
    return make_finding(
        code,
        rule=RULE,
        ref=value.refs[0],
        field=FIELD,
        raw=" ".join(value.printed.split()),
        alternatives=tuple(dict.fromkeys((*likely, *(o for line in lines for o in line.others)))),
        certainty="ambiguous",
    )
