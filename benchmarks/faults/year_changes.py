"""Plants changes into a truth: the next year's truth, and the list of what was planted."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmarks.faults.planting import Bed, Plant, Planter, plant
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

    `a` and `b` are its numbers in the two years, `None` where it is missing. `changed` are its changed fields;
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


@dataclass(slots=True, kw_only=True)
class Year(Bed):
    """A truth taken apart, to be changed; `turned` are rows that changed places."""

    areas: list[list[Part]]
    turned: set[int] = field(default_factory=set)
    new_rows: list[list[str]]
    new_names: list[str]

    def parts(self, least: int = 1) -> list[Part]:
        """Components with at least so many rows."""
        return [part for area in self.areas for part in area if len(part.rows) >= least]

    def rows(self, least: int = 1) -> list[tuple[Part, int]]:
        """Old rows that nothing has happened to yet, with their component (of so many rows) and place in it."""
        return [
            (part, n)
            for part in self.parts(least)
            for n, row in enumerate(part.rows)
            if row.origin is not None and row.origin not in self.taken
        ]

    def is_untouched(self, part: Part) -> bool:
        """Tell whether all rows of a component are old ones that nothing has happened to."""
        return all(row.origin is not None and row.origin not in self.taken for row in part.rows)

    def set(self, row: Row, **values: Any) -> Plant:
        """Change a row; half of the rows may be changed again in another way."""
        row.action = row.action.model_copy(update=values)
        stays = row.origin is not None and ("responsible" in values or self.rng.random() < 0.5)
        return Plant(_origins([row]) if stays else frozenset())


def _origins(rows: Iterable[Row]) -> frozenset[int]:
    return frozenset(row.origin for row in rows if row.origin is not None)


def reword(year: Year) -> Plant:
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
    return year.set(row, **{name: " ".join(words)})


def rewrite(year: Year) -> Plant:
    """Give a row another action under the same indicator and evidence."""
    part, n = year.rng.choice(year.rows())
    return year.set(part.rows[n], action=year.rng.choice(WORDS["answers"]))


def respell(year: Year) -> Plant:
    """Write a text in capitals, or with other punctuation: no change."""
    part, n = year.rng.choice(year.rows())
    name = year.rng.choice(TEXTS[:3])
    row = part.rows[n]
    text = getattr(row.action, name)
    spelt = text.upper() if year.rng.random() < 0.5 else f"{text.replace(',', ';').rstrip('.')}."
    row.action = row.action.model_copy(update={name: spelt})
    return Plant()


def reschedule(year: Year) -> Plant:
    """Plan one to three months otherwise."""
    part, n = year.rng.choice(year.rows())
    row = part.rows[n]
    flipped = set(year.rng.sample(range(1, 13), year.rng.randint(1, 3)))
    return year.set(row, months=tuple(sorted(set(row.action.months) ^ flipped)))


def carry(year: Year) -> Plant | None:
    """Move a row to another component, where it takes over the team; its own keeps one row at least."""
    chosen = year.choose(year.rows(2))
    if chosen is None:
        return None
    part, n = chosen
    target = year.rng.choice([other for other in year.parts() if other is not part])
    row = part.rows.pop(n)
    made = year.set(row, responsible=target.rows[0].action.responsible)
    target.rows.insert(year.rng.randint(0, len(target.rows)), row)
    return made


def add(year: Year) -> Plant:
    """Add a row about something else."""
    part = year.rng.choice(year.parts())
    part.rows.insert(year.rng.randint(0, len(part.rows)), _new_row(year, part))
    return Plant()


def drop(year: Year) -> Plant | None:
    """Leave a row out; its component keeps one row at least."""
    chosen = year.choose(year.rows(2))
    if chosen is None:
        return None
    part, n = chosen
    return Plant(_origins([part.rows.pop(n)]))


def turn(year: Year) -> Plant | None:
    """Let two rows of a component change places."""
    part = year.choose([part for part in year.parts(2) if year.is_untouched(part)])
    if part is None:
        return None
    rows = part.rows
    one, other = sorted(year.rng.sample(range(len(rows)), 2))
    year.turned |= _origins([rows[one], rows[other]])
    rows[one], rows[other] = rows[other], rows[one]
    return Plant(_origins(rows))


def rename(year: Year) -> Plant:
    """Give a component another name."""
    part = year.rng.choice(year.parts())
    year.rng.shuffle(year.new_names)
    part.component = part.component.model_copy(update={"name": year.new_names.pop()})
    return Plant()


def reteam(year: Year) -> Plant:
    """Give an area another team."""
    area = year.rng.choice(year.areas)
    for row in (row for part in area for row in part.rows):
        row.action = row.action.model_copy(update={"responsible": WORDS["team"]})
    return Plant()


def open_part(year: Year) -> Plant:
    """Add a component with one row."""
    area = year.rng.choice(year.areas)
    model = area[0]
    component = model.component.model_copy(update={"name": year.new_names.pop(), "doubts": ()})
    area.insert(year.rng.randint(0, len(area)), Part(component, None, [_new_row(year, model)]))
    return Plant()


def close_part(year: Year) -> Plant | None:
    """Leave a component out with its rows."""
    free = [
        (area, n)
        for area in year.areas
        if len(area) > 1
        for n, part in enumerate(area)
        if part.origin is not None and not _origins(part.rows) & year.taken
    ]
    chosen = year.choose(free)
    if chosen is None:
        return None
    area, n = chosen
    return Plant(_origins(area.pop(n).rows))


# Whole components and pairs go first, while nothing else has happened to their rows.
KINDS: dict[str, Planter[Year]] = {
    "close": close_part,
    "turn": turn,
    "carry": carry,
    "drop": drop,
    "reword": reword,
    "rewrite": rewrite,
    "reschedule": reschedule,
    "respell": respell,
    "add": add,
    "open": open_part,
    "rename": rename,
    "reteam": reteam,
}
ONCE = {"rename", "reteam", "open", "close"}


def planted(truth: Truth, seed: int, counts: dict[str, int] | None = None) -> Planted:
    """Plant changes by lot; the same seed plants the same ones.

    `counts` says how many of each kind of `KINDS`; by default each is drawn from 0 to 4 (teams and components 0 to 1).
    """
    rng = random.Random(seed)
    new_rows, new_names = [list(row) for row in WORDS["rows"]], list(WORDS["names"])
    year = Year(rng=rng, areas=_apart(truth), new_rows=new_rows, new_names=new_names)
    rng.shuffle(new_rows)
    old = _homes(year)
    names = {part.origin: part.component.name for part in year.parts() if part.origin is not None}
    # Drawn as they are asked for, between one kind and the next.
    kinds = (
        kind
        for kind in KINDS
        for _ in range(rng.randint(0, 1 if kind in ONCE else 4) if counts is None else counts.get(kind, 0))
    )
    plant(year, KINDS, kinds)
    return _told(truth, year, old, names)


def _homes(year: Year) -> list[Home]:
    return [
        Home(row.action, n, part.origin)
        for n, area in enumerate(year.areas)
        for part in area
        for row in part.rows
    ]


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
