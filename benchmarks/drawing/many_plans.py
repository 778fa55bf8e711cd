"""The samples' plans -> plans of many made-up offices and years: rows dropped, added, reworded, moved in time, left unknown."""

from __future__ import annotations

import random
from collections.abc import Iterator
from itertools import count

from schema.findings import Finding, Message
from schema.plan import Action, Area, Component, Period, Plan, Schedule

_PLACES = ("UTARA", "SELATAN", "TIMUR", "BARAT", "TENGAH", "HULU", "HILIR", "RAYA", "DARAT", "LAUT")
_MONTHS = 12
_UNLIKE = 0.45  # share of rows that another office plans otherwise
_YEARLY = 0.1  # share of rows that a year changes
_UNKNOWN = 0.015  # share of rows with cells that were not read for sure


def office_names(number: int) -> list[str]:
    """Return names of offices that do not exist."""
    rounds = count(1)
    made: list[str] = []
    while len(made) < number:
        n = next(rounds)
        made += [
            f"KOMISI PEMILIHAN UMUM KABUPATEN CONTOH {place}{f' {n}' if n > 1 else ''}" for place in _PLACES
        ]
    return made[:number]


def plans(bases: tuple[Plan, ...], offices: int, years: tuple[int, ...], rows: int) -> Iterator[Plan]:
    """Yield a plan of about so many rows for each office and year; equal calls give equal plans."""
    for n, office in enumerate(office_names(offices)):
        chance = random.Random(n)
        areas = _areas(bases, rows, chance)
        for year in years:
            yield _plan(bases[0], areas, office, year, chance)
            areas = tuple(_changed_area(area, chance, _YEARLY) for area in areas)


def _areas(bases: tuple[Plan, ...], rows: int, chance: random.Random) -> tuple[Area, ...]:
    """Return the areas of the first plan with the rows of all, each once, again until there are enough."""
    made = []
    first = bases[0].areas
    for n, area in enumerate(first):
        parts = [own for base in bases for held in base.areas[n : n + 1] for own in held.components]
        rows_held = sum(len(own.actions) for own in parts)
        wanted = rows * (n + 1) // len(first) - rows * n // len(first)
        parts += [own for own in parts if chance.random() < (wanted - rows_held) / max(rows_held, 1)]
        made.append(_changed_area(area.replace(components=tuple(parts)), chance, _UNLIKE))
    return tuple(made)


def _changed_area(area: Area, chance: random.Random, share: float) -> Area:
    return area.replace(components=tuple(_changed_part(part, chance, share) for part in area.components))


def _changed_part(part: Component, chance: random.Random, share: float) -> Component:
    made: list[Action] = []
    for action in part.actions:
        if chance.random() >= share:
            made.append(action)
            continue
        kind = chance.choice(("gone", "again", "reworded", "moved", "moved"))
        if kind == "again":
            made.append(action)
        if kind in {"again", "reworded"}:
            worded = f"{action.action.text} pada {chance.choice(('aula', 'situs', 'ruang layanan'))} kantor"
            action = action.replace(action=action.action.with_text(worded))  # noqa: PLW2901 - one more of its kind
        if kind != "gone":
            made.append(action.replace(schedule=_moved(action.schedule, chance)))
    return part.replace(actions=tuple(made))


def _moved(schedule: Schedule, chance: random.Random) -> Schedule:
    step = chance.choice((1, 2, 11))
    states = {period.period: period.state for period in schedule.periods if period.period_type == "month"}
    return schedule.replace(
        periods=tuple(
            period.replace(state=states[(period.period - 1 + step) % _MONTHS + 1])
            if period.period_type == "month" and len(states) == _MONTHS
            else period
            for period in schedule.periods
        )
    )


def _plan(base: Plan, areas: tuple[Area, ...], office: str, year: int, chance: random.Random) -> Plan:
    """Return a plan with a head of its own, its rows numbered anew, and a few of them in doubt."""
    head = base.head.replace(
        institution=base.head.institution.with_text(office),
        year=base.head.year.with_text(str(year)),
        title=base.head.title.with_text(f"RENCANA AKSI PEMBANGUNAN ZONA INTEGRITAS TAHUN {year}"),
        number=base.head.number.with_text(f"{chance.randint(2, 90)}/PW.01-Kpt/9999/{year}"),
        date=base.head.date.replace(year=year) if base.head.date else None,
    )
    findings: list[Finding] = []
    made = []
    for area in areas:
        parts = []
        for place, part in enumerate(area.components, start=1):
            actions = tuple(
                _numbered(action, f"L{area.number}.{place}.{n}", chance, findings)
                for n, action in enumerate(part.actions, start=1)
            )
            parts.append(part.replace(actions=actions))
        made.append(area.replace(components=tuple(parts)))
    slug = office.lower().replace("komisi pemilihan umum", "kpu").replace(" ", "-")
    return base.replace(
        decree_id=f"{slug}-{year}",
        source=base.source.replace(name=f"{slug}-{year}.pdf"),
        head=head,
        areas=tuple(made),
        findings=tuple(findings),
    )


def _numbered(action: Action, action_id: str, chance: random.Random, findings: list[Finding]) -> Action:
    doubted = chance.random() < _UNKNOWN
    if doubted:
        findings.append(
            Finding(
                code="mark-unclear",
                severity="review",
                origin="reading",
                action_id=action_id,
                field="schedule",
                rule="decode-marks",
                message=Message.of("Sel bulan tidak terbaca.", "A month's cell was not read."),
            )
        )
    schedule = _doubted(action.schedule, chance) if doubted else action.schedule
    return action.replace(action_id=action_id, schedule=schedule, needs_review=doubted)


def _doubted(schedule: Schedule, chance: random.Random) -> Schedule:
    first = chance.randint(1, _MONTHS)
    periods: tuple[Period, ...] = tuple(
        period.replace(state="unknown")
        if period.period_type == "month" and first <= period.period < first + 3
        else period
        for period in schedule.periods
    )
    return schedule.replace(periods=periods, state="partial")
