"""Recognised fields whose text the document prints more than once: readings that confirm or settle each other."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Literal, get_args

from rapidfuzz.distance import Levenshtein

from normalize.certainty.settings import REPEATS
from normalize.certainty.weighing import put_right, rounded
from normalize.draft import Row
from normalize.labels import plain
from normalize.text import to_roman
from schema.decree import Field
from schema.provenance import SourceRef
from schema.roles import FieldName

Counting = Literal["roman", "arabic"]
COUNTINGS: tuple[Counting, ...] = get_args(Counting)
_SIGNS = re.compile(r"\W+")
_STOPS = re.compile(r"[.:'`]")
_NUMBER = re.compile(r"\d+|[IVX]+")


def confirmed(rows: Sequence[Row], names: Sequence[FieldName]) -> tuple[Row, ...]:
    """Raise the certainty of texts that were read alike in several cells: 1 - (1 - c) ** n for n cells.

    A text that is rather doubtful stays so: the same print is misread alike.
    """
    places: dict[str, set[SourceRef]] = {}
    for value in (value for row in rows for name in names if (value := _read(row, name)) is not None):
        places.setdefault(plain(value.text), set()).update(value.refs[:1])
    return tuple(_raised(row, names, places) for row in rows)


def _raised(row: Row, names: Sequence[FieldName], places: Mapping[str, set[SourceRef]]) -> Row:
    for name in names:
        value = _read(row, name)
        if value is None or len(plain(value.text)) < REPEATS.long or _sure(value) < REPEATS.likely:
            continue
        times = len(places[plain(value.text)])
        if times > 1:
            raised = min(REPEATS.most, 1 - (1 - _sure(value)) ** times)
            row = row.with_field(name, value.weighed(max(_sure(value), rounded(raised))))
    return row


def settled_teams(rows: Sequence[Row], threshold: float) -> tuple[Row, ...]:
    """Give a doubtful team the letters of the surest reading of the same team in its area, with a finding.

    A merged cell over an area is printed anew on each page; readings that differ in a few letters are of one team,
    and one that is not quite sure is doubtful beside a surer one. Rows into which the doubtful cell was filled follow
    it. A team is never given another number: it asks. A number that was not read at all was lost.
    """
    best: dict[int | None, Field] = {}
    for row, value in _teams(rows):
        best[row.area_number] = max(best.get(row.area_number, value), value, key=_sure)
    settled = {
        value.refs[0]: best[row.area_number]
        for row, value in _teams(rows)
        if value.refs and _is_settled_by(value, best[row.area_number])
    }
    settled |= _without_signs(rows)
    return tuple(_with_team(row, settled, threshold) for row in rows)


def _without_signs(rows: Sequence[Row]) -> dict[SourceRef, Field]:
    """Return, by place, readings of teams for those with a stop that another reading in the area does not have.

    Dirt is read as a stop more often than a printed stop is overlooked. Commas are left alone: they part names.
    """
    found: dict[SourceRef, Field] = {}
    plainest: dict[tuple[int | None, str], Field] = {}
    for row, value in _teams(rows):
        key = row.area_number, _SIGNS.sub("", plain(value.text))
        if key not in plainest or len(plain(value.text)) < len(plain(plainest[key].text)):
            plainest[key] = value
    for row, value in _teams(rows):
        text = plain(value.text)
        best = plainest[row.area_number, _SIGNS.sub("", text)]
        if value.refs and _STOPS.sub("", text) == plain(best.text) != text:
            found[value.refs[0]] = best
    return found


def numbered_teams(rows: Sequence[Row]) -> Counting | None:
    """Tell how the teams of this decree bear the numbers of their areas (`POKJA I`), as most read ones show."""
    read = [(row, value) for row in rows if (value := _read(row, "responsible")) is not None]
    fitting = {
        counting: [row.area_number for row, value in read if own_number(row, counting) in _parts(value)]
        for counting in COUNTINGS
    }
    areas = [area for found in fitting.values() for area in found]
    if len(set(areas)) < REPEATS.team_areas or len(areas) < REPEATS.numbered_teams * len(read):
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
    most = REPEATS.edits
    doubtful = _sure(value) < REPEATS.sure <= _sure(best)
    return (
        doubtful and 0 < Levenshtein.distance(plain(value.text), plain(best.text), score_cutoff=most) <= most
    )


def _with_team(row: Row, settled: Mapping[SourceRef, Field], threshold: float) -> Row:
    value = row.get("responsible")
    best = settled.get(value.refs[0]) if value.refs else None
    if best is None:
        return row
    numbers, known = (list(filter(is_number, _parts(each))) for each in (value, best))
    if numbers not in ([], known):
        return row.with_field("responsible", value.weighed(min(_sure(value), threshold / 2)))
    return put_right(row, "responsible", best.text, best.confidence, "repeated-texts")


def _read(row: Row, name: FieldName) -> Field | None:
    """Return a field that was recognised in a cell of the row itself."""
    value = row.get(name)
    wanted = row.kind == "action" and row.recognised and value.text
    return value if wanted and value.status not in ("filled", "inferred", "missing") else None


def _sure(value: Field) -> float:
    return value.confidence or 0.0


def _parts(value: Field) -> list[str]:
    return plain(value.text).split()
