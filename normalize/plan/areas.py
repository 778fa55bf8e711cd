"""Titles of areas turned into the area of each row below them; misread numbers of titles settled by their order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from normalize.draft import Draft, FieldName, Row
from normalize.facts import Fact, fact
from normalize.labels import numeral_value, plain, same_name
from normalize.official.official_list import OfficialList
from normalize.plan.numerals import STYLES, Style, choosable, numeral_finding, ordinal_of
from normalize.text import fold
from schema.decree import Field
from schema.findings import RuleName

RULE: RuleName = "place-rows"


def assign_areas(draft: Draft) -> Draft:
    """Give every row the area whose title stands above it; a title repeated on a new page goes on.

    A title without a number takes the number after the one above. A title of another name whose number is
    that of the title above, or does not follow it, is settled as `_settled` says. Rows below a text over all columns
    that is no title ask for a decision: a title may have been overlooked.
    """
    if _has_no_areas(draft):
        ref = draft.rows[0].ref
        return draft.noting(fact("form-without-areas", rule=RULE, ref=ref, certainty="probable"))
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
        rows.append(
            title if title is not None and row.kind == "area" else _below(row, title, asks=overlooked)
        )
    return replace(draft, rows=tuple(rows))


def _below(row: Row, title: Row | None, *, asks: bool) -> Row:
    """Return a row with the area of the title above it; an action without a sure one asks for a decision."""
    if row.kind == "action" and (asks or title is None):
        row = row.report("area-missing", rule=RULE, field="area", certainty="ambiguous")
    if title is None:
        return row
    return replace(row, area_number=title.area_number, fields={**_area_fields(title), **row.fields})


def _has_no_areas(draft: Draft) -> bool:
    """Tell whether a plan is of a form without areas: no title, no column, no name of the official list."""
    actions = [row for row in draft.rows if row.kind == "action"]
    if not actions or not draft.extraction.pages or "area" in draft.roles:
        return False
    if any(row.kind in ("area", "fragment") for row in draft.rows):
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

    A recognised label that is no numeral of the decree's kind is put right where it looks like the one that follows
    (`Il` for `II`), another reader saw that, or the official list gives that number to the name. A numeral stays as it
    was read: where it was used above for another name, or stands before the name of another area of the list, the title is
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
            changed = value.repaired(wanted)
            return replace(row, area_number=number).with_field("area_no", changed).noting(finding)
        if named == following and not repeats:
            return replace(row, area_number=following).noting(_repeated(row, value))
    if not repeats or goes_on:
        return row
    return replace(row, area_number=following).noting(_repeated(row, value))


def _repeated(row: Row, value: Field) -> Fact:
    return fact(
        "area-number-repeated",
        rule=RULE,
        ref=value.refs[0] if value.refs else row.ref,
        field="area_no",
        raw=value.text,
        certainty="ambiguous",
    )


def _style_of(titles: Sequence[Row]) -> Style | None:
    """Return the kind of numerals in which most titles are numbered, `None` where no title is."""
    labels = [(row.get("area_no").text, row.area_number) for row in titles]
    scores = {name: sum(_fits(style, *each) for each in labels) for name, style in STYLES.items()}
    best = max(scores, key=scores.__getitem__)
    return STYLES[best] if scores[best] else None


def _fits(style: Style, label: str, number: int | None) -> bool:
    return number is not None and label == style(number)


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


def _area_fields(title: Row) -> dict[FieldName, Field]:
    filled = {name: value.filled() for name, value in title.fields.items()}
    return {"area_no": filled["area_no"], "area": filled["area"]}
