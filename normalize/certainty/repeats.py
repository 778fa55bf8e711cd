"""Recognised fields whose text the document prints more than once: readings that confirm or settle each other."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Literal, get_args

from rapidfuzz.distance import Levenshtein

from normalize.draft import FieldName, Row
from normalize.facts import Fact, fact
from normalize.labels import plain
from normalize.text import to_roman
from schema.decree import Field
from schema.findings import RuleName
from schema.provenance import SourceRef

Counting = Literal["roman", "arabic"]
COUNTINGS: tuple[Counting, ...] = get_args(Counting)
RULE: RuleName = "repeated-texts"
LIKELY = 0.7  # certainty from which on readings confirm each other
LONG = 8  # letters from which on two equal readings are no accident
MOST = 0.999  # certainty of a text however often it was read alike
TEAMS = (
    3  # areas at least whose teams bear their numbers, before a team's number is expected to be its area's
)
EDITS = 3  # by which a doubtful team may differ from the sure one of its area
MOST_TEAMS = 0.7  # share of the read teams that bear their area's number then
_SIGNS = re.compile(r"\W+")
_STOPS = re.compile(r"[.:'`]")
_NUMBER = re.compile(r"\d+|[IVX]+")
SURE = 0.97  # certainty of the reading that settles another


def confirmed(rows: Sequence[Row], names: Sequence[FieldName]) -> tuple[Row, ...]:
    """Raise the certainty of texts that were read alike in several cells: 1 - (1 - c) ** n for n cells.

    A text that is rather doubtful stays so: the same print is misread alike.
    """
    places: dict[str, set[SourceRef]] = {}
    for value in (value for row in rows for name in names if (value := _read(row, name)) is not None):
        places.setdefault(_text(value), set()).update(value.refs[:1])
    return tuple(_raised(row, names, places) for row in rows)


def _raised(row: Row, names: Sequence[FieldName], places: dict[str, set[SourceRef]]) -> Row:
    for name in names:
        value = _read(row, name)
        if value is None or len(_text(value)) < LONG or (value.confidence or 0.0) < LIKELY:
            continue
        times = len(places[_text(value)])
        if times > 1:
            raised = min(MOST, 1 - (1 - (value.confidence or 0.0)) ** times)
            row = row.with_field(name, value.weighed(max(value.confidence or 0.0, round(raised, 4))))
    return row


def settled_teams(rows: Sequence[Row], threshold: float) -> tuple[Row, ...]:
    """Give a doubtful team the letters of the surest reading of the same team in its area, with a finding.

    A merged cell over an area is printed anew on each page; readings within three letters of each other are of
    one team, and one that is not quite sure is doubtful beside a surer one. Rows into which the doubtful cell was
    filled follow it. Teams of two numbers are never settled: they ask. A number that was not read at all was lost.
    """
    best: dict[int | None, Field] = {}
    for row, value in _teams(rows):
        known = best.get(row.area_number)
        if known is None or (value.confidence or 0.0) > (known.confidence or 0.0):
            best[row.area_number] = value
    settled = {
        value.refs[0]: best[row.area_number]
        for row, value in _teams(rows)
        if value.refs and _is_settled_by(value, best[row.area_number])
    }
    settled |= _without_signs(rows)
    return tuple(_with_team(row, settled, threshold) for row in rows)


def _without_signs(rows: Sequence[Row]) -> dict[SourceRef, Field]:
    """Return, by their places, the readings of teams with a stop that another reading in the area does not have.

    Dirt is read as a stop more often than a printed stop is overlooked. Commas are left alone: they part names.
    """
    found: dict[SourceRef, Field] = {}
    plainest: dict[tuple[int | None, str], Field] = {}
    for row, value in _teams(rows):
        key = row.area_number, _SIGNS.sub("", _text(value))
        if key not in plainest or len(_text(value)) < len(_text(plainest[key])):
            plainest[key] = value
    for row, value in _teams(rows):
        best = plainest[row.area_number, _SIGNS.sub("", _text(value))]
        if value.refs and _STOPS.sub("", _text(value)) == _text(best) != _text(value):
            found[value.refs[0]] = best
    return found


def numbered_teams(rows: Sequence[Row]) -> Counting | None:
    """Tell how the teams of this decree bear the numbers of their areas (`POKJA I`), as most read ones show."""
    read = [(row, value) for row in rows if (value := _read(row, "responsible")) is not None]
    fitting = {
        counting: [
            row.area_number for row, value in read if own_number(row, counting) in _text(value).split()
        ]
        for counting in COUNTINGS
    }
    areas = [area for found in fitting.values() for area in found]
    if len(set(areas)) < TEAMS or len(areas) < MOST_TEAMS * len(read):
        return None
    return max(COUNTINGS, key=lambda counting: len(fitting[counting]))


def own_number(row: Row, counting: Counting) -> str | None:
    """Return the number that the team of a row's area would bear."""
    number = row.area_number
    if not number:
        return None
    return to_roman(number).upper() if counting == "roman" else str(number)


def is_number(word: str) -> bool:
    """Tell whether a word is a number in figures or capital roman numerals."""
    return _NUMBER.fullmatch(word) is not None


def _teams(rows: Sequence[Row]) -> Iterator[tuple[Row, Field]]:
    for row in rows:
        value = _read(row, "responsible")
        if value is not None and value.confidence is not None:
            yield row, value


def _is_settled_by(value: Field, best: Field) -> bool:
    doubtful = (value.confidence or 0.0) < SURE <= (best.confidence or 0.0)
    return doubtful and 0 < Levenshtein.distance(_text(value), _text(best), score_cutoff=EDITS) <= EDITS


def _numbers(value: Field) -> list[str]:
    return [part for part in _text(value).split() if is_number(part)]


def _with_team(row: Row, settled: Mapping[SourceRef, Field], threshold: float) -> Row:
    value = row.get("responsible")
    best = settled.get(value.refs[0]) if value.refs else None
    if best is None:
        return row
    if _numbers(value) not in ([], _numbers(best)):
        doubt = min(value.confidence or 0.0, threshold / 2)
        return row.with_field("responsible", value.weighed(doubt))
    filled = value.status == "filled"
    update = {"text": best.text, "confidence": best.confidence, "status": "filled" if filled else "corrected"}
    changed = row.with_field("responsible", value.replace(**update))
    return changed if filled else changed.noting(_finding(value, best))


def _finding(value: Field, best: Field) -> Fact:
    return fact(
        "word-corrected",
        rule=RULE,
        ref=value.refs[0],
        field="responsible",
        raw=_text(value),
        value=_text(best),
        alternatives=(_text(value),),
        certainty="probable",
        reason=RULE,
    )


def _read(row: Row, name: FieldName) -> Field | None:
    """Return a field that was recognised in a cell of the row itself."""
    value = row.get(name)
    wanted = row.kind == "action" and row.recognised and value.text
    return value if wanted and value.status not in ("filled", "inferred", "missing") else None


def _text(value: Field) -> str:
    return plain(value.text)
