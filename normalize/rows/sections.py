"""Titles over the table told apart: those of areas, and those of components below them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from normalize.draft import Draft, Row
from normalize.rows.labels import clean_numeral, plain
from normalize.text import from_roman

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
        return replace(draft, rows=tuple(rows))
    outer = None if elsewhere else _outer(kinds, titles, rows, draft)
    for title in titles:
        if title.kind != outer:
            rows[title.row] = _component_title(rows[title.row])
    return replace(draft, rows=tuple(rows))


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
        value = rows[n].get("area").model_copy(
            update={"printed": cell.text, "text": cell.text, "status": "read", "refs": (cell.ref,)}
        )
        fields = {"area_no": value.model_copy(update={"text": ""}), "area": value}
        kept = tuple(f for f in rows[n].findings if f.code != "action-fragment")
        changed[n] = replace(rows[n], kind="area", fields=fields, findings=kept)
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
    if text.isdigit():
        return {_ARABIC: int(text)}
    case = "upper" if text.isupper() else "lower"
    values: dict[str, int] = {}
    roman = from_roman(text)
    if roman is not None:
        values[f"roman {case}"] = roman
    if len(text) == 1 and text.isalpha():
        values[f"letter {case}"] = ord(text.lower()) - ord("a") + 1
    return values


def _outer(kinds: Sequence[str], titles: Sequence[_Title], rows: Sequence[Row], draft: Draft) -> str:
    official = draft.resources.official
    votes = Counter(
        title.kind
        for title in titles
        if official.match_area(plain(rows[title.row].get("area").text)) is not None
    )
    return max(kinds, key=lambda kind: (votes[kind], -kinds.index(kind)))


def _component_title(row: Row) -> Row:
    number, name = row.get("area_no"), row.get("area")
    return replace(
        row, kind="component", area_number=None, fields={"component_no": number, "component": name}
    )
