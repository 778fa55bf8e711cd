"""Recognised numerals of components read as what their column counts in; what does not follow is reported, not changed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from string import ascii_lowercase, ascii_uppercase
from types import MappingProxyType
from typing import Literal

from normalize.draft import Draft, Row
from normalize.facts import Fact, fact
from normalize.labels import clean_numeral, plain, same_name
from normalize.text import to_roman
from normalize.words.confusables import numeral_skeleton
from schema.decree import Field, Status
from schema.findings import RuleName

RULE: RuleName = "settle-numerals"
_ORDINALS = range(1, len(ascii_lowercase) + 1)

Style = Callable[[int], str]
STYLES: Mapping[str, Style] = MappingProxyType(
    {
        "roman": to_roman,
        "ROMAN": lambda number: to_roman(number).upper(),
        "letter": lambda number: ascii_lowercase[number - 1 : number],
        "LETTER": lambda number: ascii_uppercase[number - 1 : number],
        "arabic": str,
    }
)


@dataclass(frozen=True, slots=True)
class _Placed:
    """A row's numeral in the order of its area: its ordinal (0: it is none), and whether it follows the one before.

    `repeats` tells that it is the one above, printed again with the same name.
    """

    row: int
    ordinal: int
    follows: bool
    repeats: bool = False


def shape(numeral: str) -> str:
    """Return what a numeral or code looks like to a recogniser: without case, signs that look alike made equal."""
    return numeral_skeleton(clean_numeral(numeral))


def ordinal_of(text: str, style: Style) -> int | None:
    """Return the ordinal of a numeral as it was read, `None` where it is not of the kind."""
    return next((number for number in _ORDINALS if text == style(number)), None)


def choosable(row: Row, value: Field, wanted: str) -> bool:
    """Tell whether a numeral may be taken for `wanted`: it looks like it, or another reader saw it so.

    What is only likely by the numerals around it is not.
    """
    if shape(value.text) == shape(wanted):
        return True
    lines = (cell.lines[0] for cell in row.cells if cell.lines and cell.ref in value.refs)
    seen = (other.split()[0] for line in lines for other in line.others if other.split())
    return any(clean_numeral(other) == wanted for other in seen)


def settle_numerals(draft: Draft) -> Draft:
    """Give recognised numerals the signs in which their column counts.

    The kind of numerals that accounts for most of the plan's is the decree's; what is not of that kind but looks like
    it (`C` for `c`, `I` for `1`) is put right, with a finding. A numeral of the kind stays as it was read, whatever
    is around it; one that was lost between two others is inferred. Digital pages and transcriptions stay as they are,
    and so does a plan in which two kinds account for the same number of numerals.
    """
    style = _style_of(draft.rows)
    if style is None:
        return draft
    rows = list(draft.rows)
    for placed in _placed(rows, style):
        row, value = rows[placed.row], rows[placed.row].get("component_no")
        if not placed.ordinal or value.text == style(placed.ordinal):
            continue
        wanted = style(placed.ordinal)
        status: Status = "corrected" if value.text else "inferred"
        changed = value.with_text(wanted, status)
        finding = numeral_finding(row, "component_no", wanted, sure=placed.follows)
        rows[placed.row] = row.with_field("component_no", changed).noting(finding)
    return replace(draft, rows=tuple(rows))


def numeral_finding(row: Row, name: Literal["area_no", "component_no"], wanted: str, *, sure: bool) -> Fact:
    """Tell that a row's numeral was taken for another, or that a lost one was inferred."""
    value = row.get(name)
    return fact(
        "numeral-corrected" if value.text else "numeral-inferred",
        RULE,
        row.place_of(name),
        name,
        raw=value.text,
        value=wanted,
        certainty="certain" if sure else "probable",
    )


def numeral_order(rows: Sequence[Row]) -> tuple[frozenset[int], frozenset[int]]:
    """Return the rows whose recognised numeral is in order, and those where it is not.

    In order is one that follows the one before in the decree's way of counting, or repeats it with its name.
    """
    style = _style_of(rows)
    placed = list(_placed(rows, style)) if style else []
    right = {p.row: p.ordinal for p in placed if p.follows or p.repeats}
    exact = (
        n for n, ordinal in right.items() if style and rows[n].get("component_no").text == style(ordinal)
    )
    return frozenset(exact), frozenset(p.row for p in placed) - right.keys()


def _style_of(rows: Sequence[Row]) -> Style | None:
    """Return the kind of numerals that accounts for the most, exactly printed ones counting more."""

    def score(name: str) -> tuple[int, int]:
        placed = list(_placed(rows, STYLES[name]))
        read = [ordinal_of(rows[p.row].get("component_no").text, STYLES[name]) for p in placed]
        exact = sum(ordinal == p.ordinal for ordinal, p in zip(read, placed, strict=True))
        return sum(p.follows for p in placed), exact

    scores = {name: score(name) for name in STYLES}
    best, second = sorted(STYLES, key=scores.__getitem__, reverse=True)[:2]
    return STYLES[best] if scores[best][0] and scores[best] > scores[second] else None


def _placed(rows: Sequence[Row], style: Style) -> Iterator[_Placed]:
    """Yield each recognised numeral with its place; a lost one has the place that its neighbours leave."""
    read = [(n, row) for n, row in enumerate(rows) if _is_read(row)]
    for _, group in groupby(read, key=lambda pair: pair[1].area_number):
        own = list(_in_area(list(group), style))
        before = 0
        for n, placed in enumerate(own):
            lost = placed.ordinal == 0 and not rows[placed.row].get("component_no").text
            known = _lost(placed, own[n + 1 :], rows, before) if lost else placed
            before = known.ordinal or before + 1
            yield known


def _in_area(group: Sequence[tuple[int, Row]], style: Style) -> Iterator[_Placed]:
    """Yield an area's numerals, each with its ordinal.

    After some that have no place, a numeral may follow them or the last one that has a place, but not its like. One
    that is out of order has no place if the next numeral continues as if it were right.
    """
    above: Row | None = None
    ordinal, astray, last = 0, 0, 0
    for at, (n, row) in enumerate(group):
        same = _is_same(row, above)
        if not row.get("component_no").text and same:
            continue
        above = row
        expected = {ordinal + 1, ordinal + 1 + astray}
        found = _ordinal(row, style, {*expected, *([ordinal] if same else [])})
        follows, repeats = found in expected and found != last, same and found == ordinal
        last = found
        next_one = {ordinal + 2 + astray}
        behind = _ordinal(group[at + 1][1], style, next_one) if at + 1 < len(group) else 0
        yield _Placed(n, found, follows, repeats)
        if found and (follows or repeats or behind not in next_one):
            ordinal, astray = found, 0
        else:
            astray += 1


def _ordinal(row: Row, style: Style, likely: set[int]) -> int:
    """Return the ordinal of a numeral: as it was read, else the one that it looks like."""
    value = row.get("component_no")
    read = ordinal_of(value.text, style)
    if read is not None or not value.text:
        return read or 0
    found = [n for n in _ORDINALS if style(n) and choosable(row, value, style(n))]
    fitting = [n for n in found if n in likely] or found
    return fitting[0] if len(fitting) == 1 else 0


def _lost(placed: _Placed, behind: Sequence[_Placed], rows: Sequence[Row], before: int) -> _Placed:
    """Return a lost numeral with its place: between two others, or behind the last one."""
    run = 1
    for other in behind:
        if other.ordinal or rows[other.row].get("component_no").text:
            fits = other.ordinal == before + run + 1
            return replace(placed, ordinal=before + 1, follows=True) if fits else placed
        run += 1
    return replace(placed, ordinal=before + 1) if run == 1 else placed


def _is_read(row: Row) -> bool:
    """Tell whether a row has a numeral of its own, or a component's name of its own and none that was read."""
    value, name = row.get("component_no"), row.get("component")
    own = value.status != "filled" if value.text else bool(plain(name.text)) and name.status != "filled"
    return row.kind == "action" and row.recognised and own


def _is_same(row: Row, above: Row | None) -> bool:
    """Tell whether a row has the name of the component above, or none at the beginning of a page."""
    if above is None:
        return False
    name = plain(row.get("component").text)
    if not name:
        return (row.chunk, row.page) != (above.chunk, above.page)
    return same_name(name, above.get("component").text)
