"""Recognised numerals of components settled by their order: which kind the decree counts in, and what each must be."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from types import MappingProxyType

from rapidfuzz import fuzz

from normalize.draft import Draft, Row
from normalize.rows.labels import clean_numeral, plain
from normalize.text import fold, to_roman
from schema.catalogue import make_finding
from schema.decree import Field

RULE = "settle-numerals"
# Signs that recognisers take for each other where numerals stand alone; compared without case.
_ALIKE = str.maketrans("l1|!jt0szb", "iiiiiio528")
_CLOSING = re.compile(r"\s*\w+\s*([).\]/])")
_RUN = re.compile(r"(.)\1+")
_LIKELY_NAME = 90.0
_MOST = 26

Style = Callable[[int], str]
STYLES: Mapping[str, Style] = MappingProxyType(
    {
        "roman": to_roman,
        "ROMAN": lambda number: to_roman(number).upper(),
        "letter": lambda number: chr(ord("a") + number - 1) if number <= _MOST else "",
        "LETTER": lambda number: chr(ord("A") + number - 1) if number <= _MOST else "",
        "arabic": str,
    }
)


@dataclass(frozen=True, slots=True)
class _Placed:
    """A row's numeral in the order of its area: the ordinal it has, and whether it follows the one before.

    `repeats` tells that it is the one above, repeated on a new page; the ordinal of one that has no place is 0.
    """

    row: int
    ordinal: int
    follows: bool
    repeats: bool = False


def shape(numeral: str) -> str:
    """Return what a numeral or code looks like to a recogniser: without case, signs that look alike made equal."""
    return clean_numeral(numeral).casefold().translate(_ALIKE)


def collapsed(numeral: str) -> str:
    """Return a numeral with equal signs side by side as one: recognisers drop strokes (`iii` read as `ii`)."""
    return _RUN.sub(r"\1", numeral)


def settle_numerals(draft: Draft) -> Draft:
    """Give recognised numerals the letters that the decree's own way of counting shows.

    The kind of numerals that accounts for most of the plan's is the decree's; a numeral that looks like the
    one of that kind in its place and was read as another (`C` for `c`, `I` for `1`) is put right, with a
    finding. Digital pages and transcriptions stay as they are, and so does a plan of which two kinds account
    for the same number of numerals.
    """
    style = _style_of(draft.rows)
    if style is None:
        return draft
    rows = list(draft.rows)
    for placed in _in_place(rows, style):
        row, value = rows[placed.row], rows[placed.row].get("component_no")
        wanted = style(placed.ordinal)
        if value.text == wanted:
            continue
        finding = make_finding(
            "numeral-corrected" if value.text else "numeral-inferred",
            rule=RULE,
            ref=value.refs[0] if value.refs else row.ref,
            field="component_no",
            raw=value.text,
            value=wanted,
            certainty="certain" if placed.follows else "probable",
        )
        status = "corrected" if value.text else "inferred"
        changed = value.model_copy(update={"text": wanted, "status": status})
        rows[placed.row] = row.with_field("component_no", changed).noting(finding)
    return replace(draft, rows=tuple(rows))


def rows_in_order(rows: Sequence[Row]) -> frozenset[int]:
    """Return the rows whose recognised numeral follows the one before in the decree's way of counting."""
    style = _style_of(rows)
    if style is None:
        return frozenset()
    return frozenset(
        placed.row
        for placed in _in_place(rows, style)
        if placed.follows and rows[placed.row].get("component_no").text == style(placed.ordinal)
    )


def rows_out_of_order(rows: Sequence[Row]) -> frozenset[int]:
    """Return the rows whose recognised numeral neither follows the one before nor repeats it on a new page."""
    style = _style_of(rows)
    if style is None:
        return frozenset()
    return frozenset(p.row for p in _placed(rows, style) if not (p.follows or p.repeats))


def _style_of(rows: Sequence[Row]) -> Style | None:
    """Return the kind of numerals that accounts for the most, exactly printed ones counting more."""
    scores: list[tuple[int, int, str]] = []
    for name, style in STYLES.items():
        placed = list(_in_place(rows, style))
        exact = sum(rows[p.row].get("component_no").text == style(p.ordinal) for p in placed)
        scores.append((sum(p.follows for p in placed), exact, name))
    scores.sort(reverse=True)
    best, second = scores[0], scores[1]
    return STYLES[best[2]] if best[0] and best[:2] > second[:2] else None


def _in_place(rows: Sequence[Row], style: Style) -> Iterator[_Placed]:
    return (placed for placed in _placed(rows, style) if placed.ordinal)


def _placed(rows: Sequence[Row], style: Style) -> Iterator[_Placed]:
    """Yield each numeral with its place; those that look like none have the places between their neighbours.

    A plain numeral out of order may be printed so and has no place; the last one of an area has the next place,
    unproven.
    """
    plain_ones = {style(number) for number in range(1, _MOST + 1)}

    def is_settled(placed: _Placed) -> bool:
        return placed.ordinal > 0 or rows[placed.row].get("component_no").text in plain_ones

    for _, group in groupby(_recognised(rows, style), key=lambda placed: rows[placed.row].area_number):
        before = 0
        own = _behind_lost(list(group), rows, style)
        runs = [(settled, list(run)) for settled, run in groupby(own, key=is_settled)]
        for n, (settled, run) in enumerate(runs):
            if settled:
                yield from run
                before = run[-1].ordinal
                continue
            behind = runs[n + 1][1][0].ordinal if n + 1 < len(runs) else None
            yield from _between(run, before, behind, known=n == 0 or before > 0)


def _behind_lost(group: Sequence[_Placed], rows: Sequence[Row], style: Style) -> list[_Placed]:
    """Return an area's numerals; one read as the next, though others before it were lost, by what stands behind it.

    `i` behind a lost numeral and before `iii` dropped a stroke: it is `ii`. Where nothing tells, it follows nothing.
    """
    found: list[_Placed] = []
    ordinal, lost = 0, 0
    for n, read in enumerate(group):
        placed = read
        behind = group[n + 1].ordinal if n + 1 < len(group) else 0
        if placed.ordinal == ordinal + 1 and lost and behind != ordinal + 2:
            own = shape(rows[placed.row].get("component_no").text)
            dropped = collapsed(own) == collapsed(shape(style(ordinal + 1 + lost)))
            fits = dropped and behind == ordinal + 2 + lost
            placed = replace(placed, ordinal=ordinal + 1 + lost * fits, follows=fits)
        found.append(placed)
        ordinal, lost = (placed.ordinal, 0) if placed.ordinal else (ordinal, lost + 1)
    return found


def _between(run: Sequence[_Placed], before: int, behind: int | None, *, known: bool) -> Iterator[_Placed]:
    """Yield numerals that look like none with their places: as many as are left out between two ordinals."""
    fits = known and behind == before + len(run) + 1
    last = known and behind is None and len(run) == 1
    for n, placed in enumerate(run, 1):
        yield replace(placed, ordinal=before + n, follows=fits) if fits or last else placed


def _recognised(rows: Sequence[Row], style: Style) -> Iterator[_Placed]:
    """Yield each numeral with its place where it looks like one of a kind: the next, the same going on, a later one."""
    area: int | None = None
    above: Row | None = None
    ordinal, astray = 0, 0
    closing = _closing_of(rows)
    for n, row in enumerate(rows):
        if row.area_number != area:
            area, ordinal, astray, above = row.area_number, 0, 0, None
        if not _is_read(row):
            continue
        goes_on = _goes_on(row, above)
        found = _first_ordinal(_shapes(row.get("component_no"), closing), ordinal, style, goes_on=goes_on)
        lost = not row.get("component_no").text
        if lost and goes_on:
            continue
        above = row
        if found is None:
            astray += 1
            yield _Placed(n, 0, follows=False)
            continue
        yield _Placed(n, found, found == ordinal + 1 + astray or found == ordinal + 1, found == ordinal)
        ordinal, astray = found, 0


def _is_read(row: Row) -> bool:
    """Tell whether a row has a numeral of its own, or a component's name of its own and none that was read."""
    value, name = row.get("component_no"), row.get("component")
    own = value.status != "filled" if value.text else bool(plain(name.text)) and name.status != "filled"
    return row.kind == "action" and row.ref.reader == "ocr" and own


def _closing_of(rows: Sequence[Row]) -> str:
    """Return the sign behind most numerals (`1)`, `1.`), empty where most have none."""
    values = [row.get("component_no") for row in rows if _is_read(row) and row.get("component_no").text]
    signs = Counter(found[1] for value in values if (found := _CLOSING.match(value.printed)))
    sign, count = signs.most_common(1)[0] if signs else ("", 0)
    return sign if 2 * count > len(values) else ""


def _shapes(value: Field, closing: str) -> list[str]:
    """Return what a numeral may look like: whole, and without a last letter that may be the sign misread (`19` for `1)`)."""
    lacks = closing and len(value.text) > 1 and _CLOSING.match(value.printed) is None
    return [shape(value.text), *([shape(value.text[:-1])] if lacks else [])]


def _first_ordinal(shapes: Sequence[str], before: int, style: Style, *, goes_on: bool) -> int | None:
    found = (_ordinal(each, before, style, goes_on=goes_on) for each in shapes)
    return next((ordinal for ordinal in found if ordinal is not None), None)


def _ordinal(read: str, before: int, style: Style, *, goes_on: bool) -> int | None:
    likely = [before, before + 1] if goes_on and before else [before + 1]
    later = range(before + 2, before + 6)
    found = next((n for n in (*likely, *later) if read == shape(style(n))), None)
    if found is None and before and not goes_on and read == shape(style(before)):
        return before + 1 if collapsed(read) == collapsed(shape(style(before + 1))) else None
    return found


def _goes_on(row: Row, above: Row | None) -> bool:
    """Tell whether a row on a new page may repeat the component that stands above: the names are alike."""
    if above is None or above.chunk == row.chunk:
        return False
    names = [fold(plain(each.get("component").text)) for each in (above, row)]
    return not names[1] or fuzz.ratio(*names) >= _LIKELY_NAME
