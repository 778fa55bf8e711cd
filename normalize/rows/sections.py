"""Titles over the table told apart: those of areas, and those of components below them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from normalize.draft import Draft, Row
from normalize.labels import clean_numeral, plain
from normalize.official.official_list import OfficialList
from normalize.text import from_roman
from schema.decree import Field
from schema.roles import FieldName

_LEAST = 2
_ARABIC, _NONE = "1", ""


@dataclass(frozen=True, slots=True)
class _Title:
    """A title over the table: its place among the rows and the kind of its numeral, with the signs around it."""

    row: int
    kind: str


def rank_titles(draft: Draft) -> Draft:
    """Turn the titles of one kind into those of areas and the others into those of components.

    Areas are the kind that more often has the name of an official one, else the kind that comes first. Where areas
    have a column of their own or stand as headings above their tables, every title over a table is a component's.
    Digital lines over the table without a numeral are titles where there are several.
    """
    rows = _with_unnumbered(draft.rows)
    titles = _titles(rows)
    elsewhere = any(row.kind == "area" and row.source != "row" for row in rows)
    kinds = list(dict.fromkeys(title.kind for title in titles))
    if not elsewhere and len(kinds) < _LEAST:
        return replace(draft, rows=tuple(_handed_down(rows)))
    official = draft.resources.official
    outer = None if elsewhere else _outer(kinds, titles, rows, official)
    inner = {kind for kind in kinds if kind != outer and _are_components(kind, titles, rows, official)}
    for title in titles:
        if title.kind in inner and not _names_area(rows[title.row], official):
            rows[title.row] = _component_title(rows[title.row])
    return replace(draft, rows=tuple(_handed_down(_areas_first(rows))))


def _handed_down(rows: Sequence[Row]) -> Iterator[Row]:
    """Yield the rows; what further columns print beside a component's title goes to the action below that lacks it.

    A page's end may cut a merged cell after the title's row.
    """
    held: tuple[tuple[str, Field], ...] = ()
    for row in rows:
        if row.kind == "component":
            held = row.extra
            yield replace(row, extra=())
            continue
        if row.kind != "action" or not held:
            yield row
            continue
        own = {name for name, _ in row.extra}
        lacking = ((n, f.filled()) for n, f in held if n not in own)
        held = ()
        yield replace(row, extra=(*lacking, *row.extra))


def _areas_first(rows: Sequence[Row]) -> list[Row]:
    """Put an area's title before that of its component, which stands over the table above the area's cell."""
    ordered = list(rows)
    for n in range(1, len(ordered)):
        above, row = ordered[n - 1], ordered[n]
        if above.kind == "component" and row.kind == "area" and row.source == "cell":
            ordered[n - 1], ordered[n] = row, above
    return ordered


def _are_components(kind: str, titles: Sequence[_Title], rows: Sequence[Row], official: OfficialList) -> bool:
    """Tell whether titles of another kind than the areas' are components': misread numerals make kinds of their own.

    So those of a page that is not digital need the names of official components.
    """
    own = [rows[title.row] for title in titles if title.kind == kind]
    named = sum(official.names_component(plain(row.get("area").text)) for row in own)
    return all(row.digital for row in own) or named * 2 >= len(own)


def _names_area(row: Row, official: OfficialList) -> bool:
    """Tell whether a title has the name of an official area and not that of a component, which may be much alike."""
    name = plain(row.get("area").text)
    return official.match_area(name) is not None and not official.names_component(name)


def _with_unnumbered(rows: Sequence[Row]) -> list[Row]:
    """Return the rows, digital texts over the table that nobody recognised as titles without a numeral if several."""
    lone = [
        n
        for n, row in enumerate(rows)
        if row.kind == "fragment" and row.digital and sum(bool(c.text.strip()) for c in row.cells) == 1
    ]
    changed = list(rows)
    if len(lone) < _LEAST:
        return changed
    for n in lone:
        cell = next(c for c in rows[n].cells if c.text.strip())
        value = (
            rows[n].get("area").replace(printed=cell.text, text=cell.text, status="read", refs=(cell.ref,))
        )
        fields: dict[FieldName, Field] = {"area_no": value.with_text(""), "area": value}
        changed[n] = replace(rows[n], kind="area", fields=fields)
    return changed


def _titles(rows: Sequence[Row]) -> list[_Title]:
    """Return the titles over the table with the kinds of their numerals, each the one that goes on the count."""
    found: list[_Title] = []
    last: Counter[str] = Counter()
    for n, row in enumerate(rows):
        if row.kind != "area" or row.source != "row":
            continue
        values = _values(row.get("area_no").text)
        kind = next((k for k, v in values.items() if v == last[k] + 1 and v > 1), None)
        kind = kind or next((k for k, v in values.items() if v in (1, last[k])), None)
        kind = kind or next(iter(values), _NONE)
        last[kind] = values.get(kind, 0)
        found.append(_Title(n, kind))
    return found


def _values(label: str) -> dict[str, int]:
    """Return the ordinals that a label may stand for, by the kind of numeral: `1`, `I`, `i`, `A`, `a`."""
    text = clean_numeral(label)
    if text.isdecimal():
        return {_ARABIC: int(text)}
    case = "upper" if text.isupper() else "lower"
    values: dict[str, int] = {}
    roman = from_roman(text)
    if roman is not None:
        values[f"roman {case}"] = roman
    if len(text) == 1 and text.isalpha():
        values[f"letter {case}"] = ord(text.lower()) - ord("a") + 1
    return values


def _outer(
    kinds: Sequence[str], titles: Sequence[_Title], rows: Sequence[Row], official: OfficialList
) -> str:
    votes = Counter(title.kind for title in titles if _names_area(rows[title.row], official))
    return max(kinds, key=lambda kind: (votes[kind], -kinds.index(kind)))


def _component_title(row: Row) -> Row:
    number, name = row.get("area_no"), row.get("area")
    return replace(
        row, kind="component", area_number=None, fields={"component_no": number, "component": name}
    )
