"""Titles over the table sorted into those of areas and those of components below them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from normalize.draft import Draft, Row
from normalize.labels import clean_numeral, plain
from normalize.official.official_list import OfficialList
from normalize.text import counted, from_roman
from schema.decree import Field
from schema.roles import FieldName

_LEAST = 2


def rank_titles(draft: Draft) -> Draft:
    """Turn the titles of one kind into those of areas and the others into those of components.

    Areas are the kind that most often has an official name, or that comes first. Where areas have a column or headings,
    every title over a table is a component's. Several digital lines over the table without a number are titles.
    """
    rows = _with_unnumbered(draft.rows)
    titles = _titles(rows)
    elsewhere = any(row.kind == "area" and row.source != "row" for row in rows)
    kinds = list(dict.fromkeys(titles.values()))
    if not elsewhere and len(kinds) < _LEAST:
        return replace(draft, rows=tuple(_handed_down(rows)))
    official = draft.resources.official
    named = Counter(kind for n, kind in titles.items() if _names_area(rows[n], official))
    outer = None if elsewhere else max(kinds, key=lambda kind: (named[kind], -kinds.index(kind)))
    inner = {
        k
        for k in kinds
        if k != outer and _are_components([rows[n] for n in titles if titles[n] == k], official)
    }
    for n, kind in titles.items():
        if kind in inner and not _names_area(rows[n], official):
            rows[n] = _component_title(rows[n])
    return replace(draft, rows=tuple(_handed_down(_areas_first(rows))))


def _handed_down(rows: Sequence[Row]) -> Iterator[Row]:
    """Yield the rows; further columns beside a component's title belong to the action below if it lacks them."""
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
    """Put an area's title before that of its component, which is printed above the area's cell."""
    ordered = list(rows)
    for n in range(1, len(ordered)):
        above, row = ordered[n - 1], ordered[n]
        if above.kind == "component" and row.kind == "area" and row.source == "cell":
            ordered[n - 1], ordered[n] = row, above
    return ordered


def _are_components(rows: Sequence[Row], official: OfficialList) -> bool:
    """Tell whether titles of another kind than the areas' are components'; recognised ones need official names."""
    named = sum(official.names_component(plain(row.get("area").text)) for row in rows)
    return all(row.digital for row in rows) or named * 2 >= len(rows)


def _names_area(row: Row, official: OfficialList) -> bool:
    name = plain(row.get("area").text)
    return official.match_area(name) is not None and not official.names_component(name)


def _with_unnumbered(rows: Sequence[Row]) -> list[Row]:
    """Return the rows, digital texts over the table as titles without a number if there are several."""
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
        value = Field(printed=cell.text, text=cell.text, refs=(cell.ref,))
        changed[n] = replace(rows[n], kind="area", fields={"area_no": value.with_text(""), "area": value})
    return changed


def _titles(rows: Sequence[Row]) -> dict[int, str]:
    """Return the places of the titles over the table, each with the kind of its number that goes on the count."""
    found: dict[int, str] = {}
    last: Counter[str] = Counter()
    for n, row in enumerate(rows):
        if row.kind != "area" or row.source != "row":
            continue
        values = _values(row.get("area_no").text)
        kind = next((k for k, v in values.items() if v == last[k] + 1 and v > 1), None)
        kind = kind or next((k for k, v in values.items() if v in (1, last[k])), None)
        found[n] = kind or next(iter(values), "")
        last[found[n]] = values.get(found[n], 0)
    return found


def _values(label: str) -> dict[str, int]:
    """Return the ordinals that a label may stand for, by the kind of number: `1`, `I`, `i`, `A`, `a`."""
    text = clean_numeral(label)
    if text.isdecimal():
        number = counted(text)
        return {} if number is None else {"arabic": number}
    case = "upper" if text.isupper() else "lower"
    values: dict[str, int] = {}
    roman = from_roman(text)
    if roman is not None:
        values[f"roman {case}"] = roman
    if len(text) == 1 and text.isalpha():
        values[f"letter {case}"] = ord(text.lower()) - ord("a") + 1
    return values


def _component_title(row: Row) -> Row:
    fields: dict[FieldName, Field] = {"component_no": row.get("area_no"), "component": row.get("area")}
    return replace(row, kind="component", area_number=None, fields=fields)
