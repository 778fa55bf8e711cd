"""Titles of areas turned into the area of each row below them; misread numbers of titles settled by their order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from normalize.draft import Draft, Row
from normalize.facts import doubt, fact
from normalize.labels import numeral_value, plain, same_name
from normalize.official.official_list import OfficialList
from normalize.plan.numerals import STYLES, Style, choosable, numeral_finding, ordinal_of
from normalize.text import fold
from schema.findings import RuleName
from schema.roles import FieldName

RULE: RuleName = "place-rows"
_AREA: tuple[FieldName, ...] = ("area_no", "area")


def assign_areas(draft: Draft) -> Draft:
    """Give every row the area whose title is above it; a title repeated on a new page continues its area.

    A title without a number takes the number after the one above. A title of another name whose number is
    that of the title above, or does not follow it, is settled as `_settled` says. Rows below a text over all columns
    that is not a title ask for a decision: a title may have been overlooked.
    """
    if _has_no_areas(draft):
        ref = draft.rows[0].ref
        return draft.noting(fact("form-without-areas", RULE, ref, certainty="probable"))
    rows: list[Row] = []
    title: Row | None = None
    overlooked = False
    named: dict[str, int] = {}
    style = _style_of([row for row in draft.rows if row.kind == "area"])
    for row in draft.rows:
        overlooked |= row.kind == "fragment" and row.exact
        if row.kind == "area":
            title = _settled(_numbered(row, title, named), title, style, draft.resources.official)
            named.setdefault(fold(plain(title.get("area").text)), title.area_number or 0)
            overlooked = False
            rows.append(title)
        else:
            rows.append(_below(row, title, asks=overlooked))
    return replace(draft, rows=tuple(rows))


def _below(row: Row, title: Row | None, *, asks: bool) -> Row:
    """Return a row with the area of the title above it; an action without a certain one asks for a decision."""
    if row.kind == "action" and (asks or title is None):
        row = row.noting(doubt("area-missing", RULE, row.ref, "area"))
    if title is None:
        return row
    filled = {name: title.get(name).filled() for name in _AREA}
    return replace(row, area_number=title.area_number, fields={**filled, **row.fields})


def _has_no_areas(draft: Draft) -> bool:
    """Tell whether a plan is of a form without areas: no title, no column, no name of the official list."""
    kinds = {row.kind for row in draft.rows}
    if "action" not in kinds or not draft.extraction.pages or "area" in draft.roles:
        return False
    if not kinds.isdisjoint(("area", "fragment")):
        return False
    return not any(draft.resources.official.is_name(plain(row.get("component").text)) for row in draft.rows)


def _numbered(row: Row, above: Row | None, named: Mapping[str, int]) -> Row:
    """Give a title without a number that of the same name above, or the next one."""
    if row.area_number is not None:
        return row
    known = named.get(fold(plain(row.get("area").text)))
    return replace(row, area_number=known if known is not None else _number(above) + 1)


def _number(title: Row | None) -> int:
    return title.area_number or 0 if title is not None else 0


def _settled(row: Row, above: Row | None, style: Style | None, official: OfficialList) -> Row:
    """Return a title with the number of its place where the printed one cannot be that of its area.

    A recognised label that is not a numeral of the decree's kind is corrected where it looks like the one that follows
    (`Il` for `II`), another reader saw that, or the official list gives that number to the name. A numeral stays as it
    was read: where it was used above for another name, or precedes the name of another area of the list, the title is
    counted as the next one and asks for a decision.
    """
    following = _number(above) + 1
    repeats = above is not None and row.area_number == above.area_number
    named = official.match_area(plain(row.get("area").text))
    same = above is not None and same_name(row.get("area").text, above.get("area").text)
    goes_on = above is not None and repeats and (named == above.area_number or same)
    number = _number(above) if goes_on else following
    value = row.get("area_no")
    wanted = style(number) if style else ""
    if row.recognised and style and value.text not in ("", wanted):
        is_one = ordinal_of(value.text, style) is not None
        fits = number in (named, row.area_number)
        if choosable(row, value, wanted) or (fits and not is_one):
            finding = numeral_finding(row, "area_no", wanted, sure=named == number)
            changed = row.with_field("area_no", value.repaired(wanted)).noting(finding)
            return replace(changed, area_number=number)
        if named == following and not repeats:
            return _counted_on(row, following)
    return _counted_on(row, following) if repeats and not goes_on else row


def _counted_on(row: Row, number: int) -> Row:
    """Return a title as the next one, with the question whether it is."""
    raw, ref = row.get("area_no").text, row.place_of("area_no")
    return replace(
        row.noting(doubt("area-number-repeated", RULE, ref, "area_no", raw=raw)), area_number=number
    )


def _style_of(titles: Sequence[Row]) -> Style | None:
    """Return the kind of numerals in which most titles are numbered, `None` where none is."""
    labels = [(row.get("area_no").text, row.area_number) for row in titles]
    scores = {
        name: sum(number is not None and label == style(number) for label, number in labels)
        for name, style in STYLES.items()
    }
    best = max(scores, key=scores.__getitem__)
    return STYLES[best] if scores[best] else None


def areas_in_order(rows: Sequence[Row]) -> frozenset[int]:
    """Return the titles whose printed number follows that of the title above, or repeats it on a new page."""
    found: set[int] = set()
    above: Row | None = None
    for n, row in enumerate(rows):
        if row.kind != "area" or row.area_number is None:
            continue
        repeated = above is not None and above.chunk != row.chunk and row.area_number == above.area_number
        printed = numeral_value(row.get("area_no").text) == row.area_number
        if printed and (row.area_number == _number(above) + 1 or repeated):
            found.add(n)
        above = row
    return frozenset(found)
