"""Turns a truth and a seed into the next year's truth with changes planted in it, and the list of what was planted."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from samples.draw.truth import Action, Area, Component, Truth
from samples.draw.variants import numeral

WORDS = json.loads(Path(__file__).with_name("year_words.json").read_text(encoding="utf-8"))
TEXTS = ("indicator", "action", "evidence", "responsible")


@dataclass
class Row:
    """A row while the year is made: `origin` is its number in the old year, `None` for an added one."""

    action: Action
    origin: int | None


@dataclass
class Part:
    """A component while the year is made, with its number in the old year."""

    component: Component
    origin: int | None
    rows: list[Row]


@dataclass(frozen=True)
class Home:
    """An old row with the numbers of its area and component."""

    action: Action
    area: int
    component: int | None


@dataclass(frozen=True)
class Expected:
    """What a comparison must say of one row.

    `a` and `b` are its numbers in the two years, `None` where it does not stand. `changed` are its changed fields;
    `turned` is its pair where it changed places with another of its component: one of the two moved.
    """

    a: int | None
    b: int | None
    changed: frozenset[str] = frozenset()
    turned: bool = False


@dataclass(frozen=True)
class Planted:
    """The new year, what happened to each row, and the components (old numbers) that were renamed or dropped."""

    truth: Truth
    rows: tuple[Expected, ...]
    renamed: frozenset[int]
    dropped: frozenset[int]
    added: int


@dataclass
class Year:
    """A truth taken apart, to be changed."""

    rng: random.Random
    areas: list[list[Part]]
    turned: set[int] = field(default_factory=set)
    touched: set[int] = field(default_factory=set)
    new_rows: list[list[str]] = field(default_factory=list)
    new_names: list[str] = field(default_factory=list)

    def parts(self, least: int = 1) -> list[Part]:
        """Components with at least so many rows."""
        return [part for area in self.areas for part in area if len(part.rows) >= least]

    def rows(self) -> list[tuple[Part, int]]:
        """Old rows that nothing has happened to yet, with their component and place in it."""
        return [
            (part, n)
            for part in self.parts()
            for n, row in enumerate(part.rows)
            if row.origin is not None and row.origin not in self.touched
        ]


def reword(year: Year) -> None:
    """Change a text in the middle, or put a phrase behind it."""
    part, n = year.rng.choice(year.rows())
    row = part.rows[n]
    name = year.rng.choice(TEXTS[:3])
    words = getattr(row.action, name).split(" ")
    phrase = year.rng.choice(WORDS["phrases"])
    if len(words) > 4 and year.rng.random() < 0.5:
        at = year.rng.randrange(1, len(words) - 1)
        words[at : at + 1] = [phrase]
    else:
        words.append(phrase)
    _set(year, row, {name: " ".join(words)})


def rewrite(year: Year) -> None:
    """Give a row another action under the same indicator and evidence."""
    part, n = year.rng.choice(year.rows())
    _set(year, part.rows[n], {"action": year.rng.choice(WORDS["answers"])})


def respell(year: Year) -> None:
    """Write a text in capitals, or with other punctuation: no change."""
    part, n = year.rng.choice(year.rows())
    name = year.rng.choice(TEXTS[:3])
    text = getattr(part.rows[n].action, name)
    part.rows[n].action = part.rows[n].action.model_copy(
        update={name: text.upper() if year.rng.random() < 0.5 else f"{text.replace(',', ';').rstrip('.')}."}
    )


def reschedule(year: Year) -> None:
    """Plan one to three months otherwise."""
    part, n = year.rng.choice(year.rows())
    row = part.rows[n]
    flipped = set(year.rng.sample(range(1, 13), year.rng.randint(1, 3)))
    _set(year, row, {"months": tuple(sorted(set(row.action.months) ^ flipped))})


def carry(year: Year) -> None:
    """Move a row to another component, where it takes over the team; its own keeps one row at least."""
    free = [(part, n) for part, n in year.rows() if len(part.rows) > 1]
    if not free:
        return
    part, n = year.rng.choice(free)
    target = year.rng.choice([other for other in year.parts() if other is not part])
    row = part.rows.pop(n)
    _set(year, row, {"responsible": target.rows[0].action.responsible})
    target.rows.insert(year.rng.randint(0, len(target.rows)), row)


def add(year: Year) -> None:
    """Add a row about something else."""
    part = year.rng.choice(year.parts())
    part.rows.insert(year.rng.randint(0, len(part.rows)), _new_row(year, part))


def drop(year: Year) -> None:
    """Leave a row out; its component keeps one row at least."""
    free = [(part, n) for part, n in year.rows() if len(part.rows) > 1]
    if free:
        part, n = year.rng.choice(free)
        part.rows.pop(n)


def turn(year: Year) -> None:
    """Let two rows of a component change places."""
    free = [
        part
        for part in year.parts(2)
        if all(r.origin is not None and r.origin not in year.touched for r in part.rows)
    ]
    if not free:
        return
    rows = year.rng.choice(free).rows
    one, other = sorted(year.rng.sample(range(len(rows)), 2))
    year.turned |= {rows[one].origin or 0, rows[other].origin or 0}
    year.touched |= {row.origin for row in rows if row.origin is not None}
    rows[one], rows[other] = rows[other], rows[one]


def rename(year: Year) -> None:
    """Give a component another name."""
    part = year.rng.choice(year.parts())
    year.rng.shuffle(year.new_names)
    part.component = part.component.model_copy(update={"name": year.new_names.pop()})


def reteam(year: Year) -> None:
    """Give an area another team."""
    area = year.rng.choice(year.areas)
    for part in area:
        for row in part.rows:
            row.action = row.action.model_copy(update={"responsible": WORDS["team"]})


def open_part(year: Year) -> None:
    """Add a component with one row."""
    area = year.rng.choice(year.areas)
    model = area[0]
    component = model.component.model_copy(update={"name": year.new_names.pop(), "doubts": ()})
    area.insert(year.rng.randint(0, len(area)), Part(component, None, [_new_row(year, model)]))


def close_part(year: Year) -> None:
    """Leave a component out with its rows."""
    free = [(area, n) for area in year.areas if len(area) > 1 for n in range(len(area))]
    free = [
        (a, n)
        for a, n in free
        if not {r.origin for r in a[n].rows} & year.touched and a[n].origin is not None
    ]
    if free:
        area, n = year.rng.choice(free)
        area.pop(n)


# Whole components and pairs go first, while nothing else has happened to their rows.
ORDER = (
    "close",
    "turn",
    "carry",
    "drop",
    "reword",
    "rewrite",
    "reschedule",
    "respell",
    "add",
    "open",
    "rename",
    "reteam",
)
KINDS: dict[str, Callable[[Year], None]] = {
    "reword": reword,
    "rewrite": rewrite,
    "respell": respell,
    "reschedule": reschedule,
    "carry": carry,
    "add": add,
    "drop": drop,
    "turn": turn,
    "rename": rename,
    "reteam": reteam,
    "open": open_part,
    "close": close_part,
}


def planted(truth: Truth, seed: int, counts: dict[str, int] | None = None) -> Planted:
    """Plant changes by lot; the same seed plants the same ones.

    `counts` says how many of each kind of `KINDS`; by default each is drawn from 0 to 4 (teams and components 0 to 1).
    """
    rng = random.Random(seed)
    year = Year(
        rng, _apart(truth), new_rows=[list(row) for row in WORDS["rows"]], new_names=list(WORDS["names"])
    )
    rng.shuffle(year.new_rows)
    old = _homes(year)
    names = {
        part.origin: part.component.name for area in year.areas for part in area if part.origin is not None
    }
    for name in ORDER:
        most = 1 if name in {"rename", "reteam", "open", "close"} else 4
        for _ in range(rng.randint(0, most) if counts is None else counts.get(name, 0)):
            KINDS[name](year)
    return _told(truth, year, old, names)


def _homes(year: Year) -> list[Home]:
    return [
        Home(row.action, n, part.origin)
        for n, area in enumerate(year.areas)
        for part in area
        for row in part.rows
    ]


def _set(year: Year, row: Row, values: dict[str, Any]) -> None:
    """Change a row; half of the rows may be changed again in another way."""
    row.action = row.action.model_copy(update=values)
    if row.origin is not None and ("responsible" in values or year.rng.random() < 0.5):
        year.touched.add(row.origin)


def _new_row(year: Year, part: Part) -> Row:
    indicator, action, evidence = year.new_rows.pop()
    model = part.rows[0].action
    months = tuple(sorted(year.rng.sample(range(1, 13), year.rng.randint(1, 4))))
    values = {"indicator": indicator, "action": action, "evidence": evidence, "months": months, "doubts": ()}
    return Row(model.model_copy(update={**values, "line": None}), None)


def _apart(truth: Truth) -> list[list[Part]]:
    numbers = iter(range(len(truth.actions)))
    origins = iter(range(sum(len(area.components) for area in truth.areas)))
    return [
        [
            Part(part, next(origins), [Row(action, next(numbers)) for action in part.actions])
            for part in area.components
        ]
        for area in truth.areas
    ]


def _told(truth: Truth, year: Year, old: list[Home], names: dict[int, str]) -> Planted:
    areas = tuple(_area(area, parts) for area, parts in zip(truth.areas, year.areas, strict=True))
    kept = [(row, n, part) for n, parts in enumerate(year.areas) for part in parts for row in part.rows]
    rows = [
        _expected(year, old, row, Home(row.action, n, part.origin), m)
        for m, (row, n, part) in enumerate(kept)
    ]
    there = {row.a for row in rows}
    rows += [Expected(n, None) for n in range(len(old)) if n not in there]
    parts = [part for area in year.areas for part in area]
    renamed = {p.origin: p for p in parts if p.origin is not None and p.component.name != names[p.origin]}
    # Another name over other rows: nothing of the component is left.
    emptied = {
        n
        for n, part in renamed.items()
        if n not in {old[row.origin or 0].component for row in part.rows if row.origin is not None}
    }
    return Planted(
        truth=truth.model_copy(update={"areas": areas}),
        rows=tuple(rows),
        renamed=frozenset(renamed) - emptied,
        dropped=(frozenset(names) - {part.origin for part in parts}) | emptied,
        added=sum(part.origin is None for part in parts) + len(emptied),
    )


def _expected(year: Year, old: list[Home], row: Row, home: Home, b: int) -> Expected:
    if row.origin is None:
        return Expected(None, b)
    was = old[row.origin]
    changed = {name for name in TEXTS if _letters(was.action, name) != _letters(row.action, name)}
    changed |= {"schedule"} if was.action.months != row.action.months else set()
    changed |= {"component"} if was.component != home.component else set()
    changed |= {"area"} if was.area != home.area else set()
    return Expected(row.origin, b, frozenset(changed), row.origin in year.turned)


def _letters(action: Action, name: str) -> str:
    return re.sub(r"\W", "", getattr(action, name)).upper()


def _area(area: Area, parts: list[Part]) -> Area:
    """Put an area together again; its numerals follow the order, as an office would write them."""
    style = area.components[0].printed_no
    printed = [numeral(style, n) for n in range(1, len(parts) + 1)]
    components = tuple(
        part.component.model_copy(
            update={
                "no": re.sub(r"\W", "", number),
                "printed_no": number,
                "actions": tuple(row.action for row in part.rows),
            }
        )
        for part, number in zip(parts, printed, strict=True)
    )
    return area.model_copy(update={"components": components})
