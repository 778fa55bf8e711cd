"""Recognised names of areas and components turned into the official ones of the same letters: only spaces differ."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from normalize.draft import FieldName, Row
from normalize.labels import plain
from normalize.official.official_list import OfficialList
from schema.findings import RuleName

RULE: RuleName = "official-spacing"
_NAMES: tuple[FieldName, ...] = ("area", "component")
_UNREAD = frozenset({"inferred", "missing", "covered"})


def officially_spaced(rows: Sequence[Row], official: OfficialList, certainty: float) -> Iterator[Row]:
    """Yield the rows; a name that is an official one but for its spaces takes those, with a finding and a certainty.

    Recognisers lose spaces between capitals (`SDMAPARATUR`); `printed` keeps what was read.
    """
    for row in rows:
        yield _spaced(row, official, certainty) if row.recognised else row


def _spaced(row: Row, official: OfficialList, certainty: float) -> Row:
    for name in _NAMES:
        value = row.get(name)
        text = plain(value.text)
        if not text or value.status in _UNREAD or official.is_name(text):
            continue
        spaced = official.spaced(text)
        if spaced is None:
            continue
        filled = value.status == "filled"
        update = {"text": spaced, "status": "filled" if filled else "corrected", "confidence": certainty}
        row = row.with_field(name, value.replace(**update))
        if not filled:
            row = row.report(
                "word-corrected",
                rule=RULE,
                ref=value.refs[0] if value.refs else row.ref,
                field=name,
                raw=text,
                value=spaced,
                alternatives=(text,),
                certainty="probable",
                reason=RULE,
            )
    return row
