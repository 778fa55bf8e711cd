"""Recognised fields whose text the document prints more than once: readings that confirm or settle each other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from rapidfuzz.distance import Levenshtein

from normalize.draft import FieldName, Row
from normalize.rows.labels import plain
from schema.catalogue import make_finding
from schema.decree import Field
from schema.provenance import SourceRef

RULE = "repeated-texts"
LONG = 8  # letters from which on two equal readings are no accident
MOST = 0.999  # certainty of a text however often it was read alike
EDITS = 3  # by which a doubtful team may differ from the sure one of its area
SURE = 0.97  # certainty of the reading that settles another


def confirmed(rows: Sequence[Row], names: Sequence[FieldName]) -> tuple[Row, ...]:
    """Raise the certainty of texts that were read alike in several cells: 1 - (1 - c) ** n for n cells."""
    places: dict[str, set[SourceRef]] = {}
    for value in (value for row in rows for name in names if (value := _read(row, name)) is not None):
        places.setdefault(_text(value), set()).update(value.refs[:1])
    return tuple(_raised(row, names, places) for row in rows)


def _raised(row: Row, names: Sequence[FieldName], places: dict[str, set[SourceRef]]) -> Row:
    for name in names:
        value = _read(row, name)
        if value is None or value.confidence is None or len(_text(value)) < LONG:
            continue
        times = len(places[_text(value)])
        if times > 1:
            raised = min(MOST, 1 - (1 - value.confidence) ** times)
            row = row.with_field(
                name, value.model_copy(update={"confidence": max(value.confidence, round(raised, 4))})
            )
    return row


def settled_teams(rows: Sequence[Row], threshold: float) -> tuple[Row, ...]:
    """Give a doubtful team the letters of the surest reading of the same team in its area, with a finding.

    A merged cell over an area is printed anew on each page; readings within three letters of each other are of
    one team.
    """
    best: dict[int | None, Field] = {}
    for row, value in _teams(rows):
        known = best.get(row.area_number)
        if known is None or (value.confidence or 0.0) > (known.confidence or 0.0):
            best[row.area_number] = value
    return tuple(_with_team(row, best.get(row.area_number), threshold) for row in rows)


def _teams(rows: Sequence[Row]) -> Iterator[tuple[Row, Field]]:
    for row in rows:
        value = _read(row, "responsible")
        if value is not None and value.confidence is not None:
            yield row, value


def _with_team(row: Row, best: Field | None, threshold: float) -> Row:
    value = _read(row, "responsible")
    if best is None or value is None or value.confidence is None or value.confidence >= threshold:
        return row
    near = 0 < Levenshtein.distance(_text(value), _text(best), score_cutoff=EDITS) <= EDITS
    if not near or (best.confidence or 0.0) < SURE:
        return row
    finding = make_finding(
        "word-corrected",
        rule=RULE,
        ref=value.refs[0] if value.refs else row.ref,
        field="responsible",
        raw=_text(value),
        value=_text(best),
        alternatives=(_text(value),),
        certainty="probable",
        reason=RULE,
    )
    changed = value.model_copy(
        update={"text": best.text, "status": "corrected", "confidence": best.confidence}
    )
    return replace(row.with_field("responsible", changed)).noting(finding)


def _read(row: Row, name: FieldName) -> Field | None:
    """Return a field that was recognised in a cell of the row itself."""
    value = row.get(name)
    wanted = row.kind == "action" and row.ref.reader == "ocr" and value.text
    return value if wanted and value.status not in ("filled", "inferred", "missing") else None


def _text(value: Field) -> str:
    return plain(value.text)
