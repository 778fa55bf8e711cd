"""A comparison -> the rows of `diff.csv`, one an action, area, component and value of the head."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Literal, TypeAlias

import pandas as pd

from lampiran.alignment.fields import TEXTS
from lampiran.publish.frames import frame_of
from lampiran.publish.periods import listed
from schema.comparison import ActionDelta, Comparison, CopyNote, PartDelta, Place, TextDelta
from schema.tables import comparison_tables

Row: TypeAlias = dict[str, Any]
Side = Literal["a", "b"]
JOINT = ";"
SIDES: tuple[Side, Side] = ("a", "b")


def to_frame(comparison: Comparison) -> pd.DataFrame:
    """Return the comparison as one frame with nullable types: actions, areas, components, head."""
    return frame_of(comparison_tables()["diff"], _rows(comparison))


def _rows(comparison: Comparison) -> Iterator[Row]:
    blank = {column.name: None for column in comparison_tables()["diff"].columns}
    both = {"a_decree_id": comparison.a.decree_id, "b_decree_id": comparison.b.decree_id, "in_doubt": False}
    found = (
        *(_action_row(action, comparison.copies) for action in comparison.actions),
        *(_part_row(part) for part in comparison.parts),
        *(_head_row(value, comparison.copies) for value in comparison.head),
        *_clause_rows(comparison),
    )
    for n, row in enumerate(found, start=1):
        yield blank | both | {"n": n} | row


def _action_row(action: ActionDelta, copies: Iterable[CopyNote]) -> Row:
    row: Row = {
        "level": "action",
        "kinds": JOINT.join(action.kinds),
        "in_doubt": action.in_doubt,
        "likeness": action.likeness,
        "verbatim": action.verbatim if action.b else None,
        "adapted": action.adapted if action.b else None,
        **{name: JOINT.join(getattr(action, name)) for name in ("changed", "reading", "spelling", "unknown")},
        **_copied(note for note in copies if note.n == action.n),
    }
    for side in SIDES:
        place = action.a if side == "a" else action.b
        if place is not None:
            row |= {f"{side}_{name}": value for name, value in _placed(place, action, side).items()}
    return row


def _placed(place: Place, action: ActionDelta, side: Side) -> Row:
    texts = {text.field: getattr(text, side) for text in action.texts if text.field in TEXTS}
    times = {"months": listed(place.months), "quarters": listed(place.quarters)}
    return place.model_dump() | texts | times


def _part_row(part: PartDelta) -> Row:
    row: Row = {"level": part.level, "kinds": JOINT.join(part.kinds), "in_doubt": part.in_doubt}
    if part.name.state in {"changed", "reading", "spelling"}:
        row[part.name.state] = part.level
    for side in SIDES:
        row[f"{side}_area_no"] = getattr(part, f"{side}_area_no")
        row[f"{side}_{part.level}"] = getattr(part.name, side)
        if part.level == "component":
            row[f"{side}_component_no"] = getattr(part, f"{side}_no")
    return row


def _head_row(value: TextDelta, copies: Iterable[CopyNote]) -> Row:
    changed = value.state == "changed"
    row: Row = {"level": "head", "field": value.field, "kinds": "reworded" if changed else "same"}
    row |= {"a_value": value.a, "b_value": value.b}
    if value.state != "same":
        row[value.state] = value.field
    return row | _copied(note for note in copies if note.n is None and note.field == value.field)


def _clause_rows(comparison: Comparison) -> Iterator[Row]:
    """Yield a row a clause that carries something of A: clauses are not compared otherwise."""
    shown = {value.field for value in comparison.head}
    notes = [note for note in comparison.copies if note.n is None and note.field not in shown]
    for name in dict.fromkeys(note.field for note in notes):
        row: Row = {"level": "head", "field": name, "kinds": "same"}
        yield row | _copied(note for note in notes if note.field == name)


def _copied(notes: Iterable[CopyNote]) -> Row:
    kept = tuple(notes)
    names = {"copied_years": "year", "copied_offices": "office"}
    return {
        column: JOINT.join(dict.fromkeys(note.mention for note in kept if note.kind == kind))
        for column, kind in names.items()
    }
