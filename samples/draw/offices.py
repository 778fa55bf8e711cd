"""Turns the rows of `offices.json`, or a seed, into the columns of other offices' tables and what is printed in them."""

import json
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np

from samples.draw.columns import PERIODS, Column
from samples.draw.truth import MONTH_NAMES, Action, Truth

DATA = Path(__file__).with_name("offices.json")
ROMAN = ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
COUNTS = {"month": 12, "quarter": 4, "semester": 2}
LONG_RUN = 3  # months from which on a text names the first and the last alone

Spec = Mapping[str, Any]


@cache
def office_data() -> dict[str, Any]:
    """Content of the data file."""
    loaded: dict[str, Any] = json.loads(DATA.read_text(encoding="utf-8"))
    return loaded


def columns_of(specs: Sequence[Spec], room: float) -> tuple[Column, ...]:
    """The physical columns of a table, their widths scaled to a room in points."""
    columns = [column for spec in specs for column in _expanded(spec)]
    scale = room / sum(column.width for column in columns)
    return tuple(Column(c.holds, round(c.width * scale, 2), c.head, c.period, c.merged) for c in columns)


def _expanded(spec: Spec) -> Iterator[Column]:
    """One column, or one a period with its label below the names of the whole."""
    head = tuple(spec["head"])
    if spec["holds"] not in PERIODS:
        yield Column(spec["holds"], spec["width"], head, merged=spec.get("merged", False))
        return
    for period in range(1, COUNTS[spec["holds"]] + 1):
        over = (_label(spec["over"], (period + 2) // 3),) if "over" in spec else ()
        yield Column(spec["holds"], spec["width"], (*head, *over, _label(spec["labels"], period)), period)


def _label(style: str, period: int) -> str:
    """The name of a period in the style of the first one's: `1`, `01`, `B01`, `I`, `TW I`, `Jan`, `JANUARI`, `J`."""
    lead, _, last = style.rpartition(" ")
    prefix = f"{lead} " if lead else ""
    if last.endswith("1"):
        bare = last.rstrip("01")
        return f"{prefix}{bare}{period:0{len(last) - len(bare)}}"
    if last == "I":
        return prefix + ROMAN[period]
    name = MONTH_NAMES[period - 1] if last.lower() == "januari" else MONTH_NAMES[period - 1][: len(last)]
    return name.upper() if last.isupper() else name


def filled(truth: Truth, entry: Mapping[str, Any], table: Sequence[Column]) -> Truth:
    """Give each action what the form prints besides: its time in other periods or in words, further columns.

    What the form has no column for is left out.
    """
    held = {column.holds for column in table}
    specs = {" ".join(spec["head"]): spec for spec in entry["table"] if spec["holds"] == "extra"}
    row = part_no = 0
    areas = []
    for area in truth.areas:
        parts = []
        for part in area.components:
            actions = []
            for action in part.actions:
                extra = _extra(table, specs, row, part_no)
                actions.append(_timed(action, held, entry).model_copy(update={"extra": extra}))
                row += 1
            part_no += 1
            parts.append(part.model_copy(update={"actions": tuple(actions)}))
        areas.append(area.model_copy(update={"components": tuple(parts)}))
    return truth.model_copy(update={"areas": tuple(areas)})


def _extra(
    table: Sequence[Column], specs: Mapping[str, Spec], row: int, part: int
) -> tuple[tuple[str, str], ...]:
    """The texts of further columns, which go round in the order of the data."""
    found = []
    for column in table:
        if column.holds == "row_no":
            found.append((column.name, str(row + 1)))
        elif column.holds == "extra":
            values = specs[column.name]["values"]
            found.append((column.name, values[(part if column.merged else row) % len(values)]))
    return tuple(found)


def _timed(action: Action, held: AbstractSet[str], entry: Mapping[str, Any]) -> Action:
    months = action.months
    update: dict[str, Any] = {
        "months": months if held & {"month", "time"} else (),
        "quarters": tuple(sorted({(m + 2) // 3 for m in months})) if "quarter" in held else (),
        "semesters": tuple(sorted({(m + 5) // 6 for m in months})) if "semester" in held else (),
    }
    if "time" in held:
        update["schedule_text"] = time_text(months, entry["time"], int(entry["year"]))
    return action.model_copy(update=update)


def time_text(months: Sequence[int], style: str, year: int) -> str:
    """Months in words in the style of January's: `Januari`, `Jan` or `B01`; runs with their first and last."""
    if len(months) == COUNTS["month"]:
        return f"Januari s/d Desember {year}" if style == "Januari" else "Tiap Bulan"
    names = [_label(style, month) for month in months]
    runs = len(months) >= LONG_RUN and all(b == a + 1 for a, b in pairwise(months))
    if runs and style == "Januari":
        return f"{names[0]} s/d {names[-1]} {year}"
    if style == "B01" and len(names) > 1:
        return f"{', '.join(names[:-1])} dan {names[-1]}"
    return ", ".join(names)


def drawn_by_lot(name: str, seed: int) -> dict[str, Any]:
    """A form of which each choice is drawn; the same number gives the same form."""
    rng = np.random.default_rng([seed, 20260126])
    entry: dict[str, Any] = {"name": name, "year": int(rng.integers(2019, 2027))}
    entry["number"] = f"{int(rng.integers(2, 180))}/PW.01-Kpt/9999/{entry['year']}"
    choices = office_data()["choices"]
    parts: dict[str, list[Spec]] = {}
    for kind, options in choices.items():
        chosen = dict(options[int(rng.integers(len(options)))])
        parts[kind] = chosen.pop("columns", [])
        entry |= chosen
    order = ("lead", "area", "component", "texts", "further", "period", "team", "end")
    entry["table"] = [spec for kind in order for spec in parts.get(kind, ())]
    if entry.pop("team_first", False):
        entry["table"] = [
            spec for kind in (*order[:4], "team", "further", "period", "end") for spec in parts[kind]
        ]
    return entry
