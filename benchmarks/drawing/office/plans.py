"""Draws a plan by lot: what its rows say, before anything is laid out."""

from __future__ import annotations

import json
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

from samples.draw.truth import MONTH_NAMES as MONTHS

Vocabulary = Mapping[str, Any]
Genre = Literal["areas", "schedule", "follow-up"]
Periods = Literal["months", "quarters", "text"]
ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii")


@cache
def words() -> dict[str, Any]:
    """Return the parts of the texts."""
    read: dict[str, Any] = json.loads(Path(__file__).with_name("words.json").read_text(encoding="utf-8"))
    return read


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a plan as print says it; `months` and `quarters` are the planned periods."""

    area_no: str = ""
    area: str = ""
    component_no: str = ""
    component: str = ""
    indicator: str = ""
    element: str = ""
    action: str = ""
    evidence: str = ""
    responsible: str = ""
    schedule_text: str = ""
    months: tuple[int, ...] = ()
    quarters: tuple[int, ...] = ()
    budget: str = ""
    remark: str = ""


@dataclass(frozen=True, slots=True)
class Plan:
    """Rows in the order of print, the kind of plan and the kind of its periods."""

    genre: Genre
    periods: Periods
    rows: tuple[Row, ...]


def plan(chance: random.Random, *, lettered: bool, said: Vocabulary | None = None) -> Plan:
    """Return a plan of some 8 to 30 rows of a vocabulary; `lettered` actions begin `a.`, `b.` inside their component."""
    said = said or words()
    genre: Genre = chance.choices(("areas", "schedule", "follow-up"), (6, 2, 3))[0]
    kinds: tuple[Periods, ...] = ("months", "quarters", "text")
    periods = chance.choices(kinds, (1, 1, 4) if genre == "follow-up" else (7, 2, 2))[0]
    rows = (
        _of_areas(chance, said, periods, lettered=lettered)
        if genre == "areas"
        else _flat(chance, said, genre, periods)
    )
    return Plan(genre, periods, rows)


def _of_areas(
    chance: random.Random, said: Vocabulary, periods: Periods, *, lettered: bool
) -> tuple[Row, ...]:
    rows = []
    numerals: Sequence[str] = chance.choice((ROMAN, "12345678", "abcdefgh"))
    areas = said["areas"][: chance.randint(2, 6)]
    for place, (area, team, components) in enumerate(areas, start=1):
        for index, component in enumerate(components[: chance.randint(1, 4)]):
            for step in range(chance.choice((1, 1, 2, 3))):
                prefix = f"{'abc'[step]}. " if lettered else ""
                rows.append(
                    Row(
                        area_no=str(place),
                        area=area,
                        component_no=numerals[index],
                        component=component,
                        indicator=f"{chance.choice(said['indicators'])} {_object(chance, said)}",
                        action=prefix + _action(chance, said),
                        evidence=_evidence(chance, said),
                        responsible=team,
                        **_time(chance, periods),
                    )
                )
    return tuple(rows)


def _flat(chance: random.Random, said: Vocabulary, genre: Genre, periods: Periods) -> tuple[Row, ...]:
    rows: list[Row] = []
    count = chance.randint(8, 26)
    element, team = "", ""
    for place in range(count):
        if place % chance.randint(2, 4) == 0 or not element:
            element, team = chance.choice(said["elements"]), chance.choice(said["teams"])
        rows.append(
            Row(
                element=element if genre == "follow-up" else "",
                action=_action(chance, said),
                evidence=_evidence(chance, said) if genre == "follow-up" else "",
                responsible=team,
                remark=chance.choice(("", "", "Rutin", "Sesuai kebutuhan", "APBD")),
                budget=chance.choice(("", "1.500.000", "12.750.000", "-")),
                **_time(chance, periods),
            )
        )
    return tuple(rows)


def _object(chance: random.Random, said: Vocabulary) -> str:
    return f"{chance.choice(said['objects'])} {chance.choice(said['tails'])}"


def _action(chance: random.Random, said: Vocabulary) -> str:
    text = f"{chance.choice(said['verbs'])} {_object(chance, said)}"
    return (
        f"{text} dan {chance.choice(said['verbs']).lower()} {_object(chance, said)}"
        if chance.random() < 0.3
        else text
    )


def _evidence(chance: random.Random, said: Vocabulary) -> str:
    """Two or three documents as a list of lines, a list with commas or one document."""
    documents = chance.sample(said["evidence"], chance.randint(1, 4))
    style = chance.choice(("-", "1.", ",", ";"))
    if style == "-":
        return "\n".join(f"- {document}" for document in documents)
    if style == "1.":
        return "\n".join(f"{n}. {document}" for n, document in enumerate(documents, start=1))
    return f"{style} ".join(documents)


def _time(chance: random.Random, periods: Periods) -> dict[str, Any]:
    if periods == "quarters":
        return {"quarters": tuple(sorted(chance.sample(range(1, 5), chance.choice((1, 1, 2, 4)))))}
    if periods == "months":
        return {"months": _months(chance)}
    return _time_in_words(chance)


def _months(chance: random.Random) -> tuple[int, ...]:
    style = chance.random()
    if style < 0.15:
        return tuple(range(1, 13))
    if style < 0.35:
        return (3, 6, 9, 12)
    if style < 0.4:
        return ()
    return tuple(sorted(chance.sample(range(1, 13), chance.choice((1, 1, 1, 2, 3)))))


def _time_in_words(chance: random.Random) -> dict[str, Any]:
    first, last = sorted(chance.sample(range(12), 2))
    quarter = chance.randint(1, 4)
    roman = ROMAN[quarter - 1].upper()
    return chance.choice(
        (
            {"schedule_text": f"{MONTHS[first]} 2025", "months": (first + 1,)},
            {
                "schedule_text": f"{MONTHS[first]} s.d. {MONTHS[last]}",
                "months": tuple(range(first + 1, last + 2)),
            },
            {"schedule_text": f"{MONTHS[first]} dan {MONTHS[last]} 2025", "months": (first + 1, last + 1)},
            {"schedule_text": f"Triwulan {roman}", "quarters": (quarter,)},
            {"schedule_text": "Setiap bulan", "months": tuple(range(1, 13))},
        )
    )
