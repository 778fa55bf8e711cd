"""Plants changes in a year's plan and prints which of them `lampiran diff` finds."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator, Sequence

from benchmarks import command
from benchmarks.faults.year_changes import Expected, Planted, planted
from benchmarks.tree import SAMPLES
from lampiran.diff.compare import compare
from samples.draw import truth as drawn
from schema.comparison import ActionDelta, Comparison
from schema.decree import DecreeHead, Field
from schema.plan import Action, Area, Component, Period, Plan, Schedule
from schema.provenance import Source

BASES = ("kpu-batang-2025", "kpu-contoh-2024")


def plan_of(truth: drawn.Truth) -> Plan:
    """Return the plan that a perfect reading of a truth gives."""
    return Plan(
        decree_id=f"{truth.decree_id}-{truth.head.year}",
        source=Source(name=f"{truth.decree_id}.pdf", sha256="0" * 64, media_type="application/pdf", size=1),
        head=_head(truth.head),
        areas=tuple(_area(area) for area in truth.areas),
    )


def _head(head: drawn.Head) -> DecreeHead:
    return DecreeHead(
        institution=field(head.institution),
        number=field(head.number),
        year=field(str(head.year)),
        title=field(head.title),
        decides=field(head.decides),
        date_text=field(head.printed_date),
        date=head.date,
    )


def field(text: str) -> Field:
    """Return a text as a certain reading gives it."""
    return Field(printed=text, text=" ".join(text.split()), status="read" if text else "missing")


def _area(area: drawn.Area) -> Area:
    parts = tuple(_component(area.no, part) for part in area.components)
    return Area(number=area.no, label=field(area.printed_no), name=field(area.name), components=parts)


def _component(area: int, part: drawn.Component) -> Component:
    actions = tuple(_action(f"L{area}.{part.no}.{n}", n, row) for n, row in enumerate(part.actions, start=1))
    return Component(number=field(part.no), name=field(part.name), actions=actions)


def _action(action_id: str, position: int, row: drawn.Action) -> Action:
    return Action(
        action_id=action_id,
        position=position,
        indicator=field(row.indicator),
        action=field(row.action),
        evidence=field(row.evidence),
        responsible=field(row.responsible),
        schedule=_schedule(row.months),
    )


def _schedule(months: Sequence[int]) -> Schedule:
    periods = tuple(
        Period(period_type="month", period=n, state="planned" if n in months else "not-planned")
        for n in range(1, 13)
    )
    return Schedule(state="marked" if months else "none", periods=periods)


def mistakes(found: Comparison, year: Planted, a: Plan, b: Plan) -> list[str]:
    """Return one line for each planted change that is not reported as it is, and for each reported one that was not planted."""
    told = {_key(delta, a, b): delta for delta in found.actions}
    wanted = {(row.a, row.b): row for row in year.rows}
    lines = [f"row {key} is told, but not there" for key in told.keys() - wanted.keys()]
    lines += [f"row {key} is not told" for key in wanted.keys() - told.keys()]
    for key in wanted.keys() & told.keys():
        lines += _row_mistakes(key, wanted[key], told[key])
    return lines + list(_turn_mistakes(wanted, told)) + list(_part_mistakes(found, year))


def _key(delta: ActionDelta, a: Plan, b: Plan) -> tuple[int | None, int | None]:
    """Return an action's numbers in the order of print of both plans."""
    sides = ((delta.a, a), (delta.b, b))
    one, other = (
        [row.action.action_id for row in plan.placed()].index(place.action_id) if place else None
        for place, plan in sides
    )
    return one, other


def kinds_of(row: Expected, changed: frozenset[str]) -> set[str]:
    """Return the kinds that a row's changed fields make."""
    if row.a is None or row.b is None:
        return {"new"} if row.a is None else {"gone"}
    moves = {"area", "component", "position", "schedule"}
    found = ({"moved"} if changed & moves else set()) | ({"reworded"} if changed - moves else set())
    return found or {"same"}


def _row_mistakes(key: tuple[int | None, int | None], row: Expected, delta: ActionDelta) -> Iterator[str]:
    changed = frozenset(delta.changed) - ({"position"} if row.turned else set())
    if changed != row.changed:
        yield f"row {key} changed in {sorted(changed)}, planted {sorted(row.changed)}"
    if set(delta.kinds) != kinds_of(row, frozenset(delta.changed)):
        yield f"row {key} is {delta.kinds}"
    if delta.reading or delta.in_doubt:
        yield f"row {key} is said to differ by reading in {delta.reading}"


def _turn_mistakes(
    wanted: dict[tuple[int | None, int | None], Expected],
    told: dict[tuple[int | None, int | None], ActionDelta],
) -> Iterator[str]:
    """One of two rows that changed places moved; more do not."""
    turned = [key for key, row in wanted.items() if row.turned and row.b is not None]
    moved = [key for key in turned if key in told and "position" in told[key].changed]
    if not len(turned) // 2 <= len(moved) <= len(turned):
        yield f"of {turned} only {moved} moved"


def _part_mistakes(found: Comparison, year: Planted) -> Iterator[str]:
    kinds = Counter[str](kind for part in found.parts if part.level == "component" for kind in part.kinds)
    planned = {"reworded": len(year.renamed), "gone": len(year.dropped), "new": year.added, "moved": 0}
    for kind, count in planned.items():
        if kinds[kind] != count:
            yield f"{kinds[kind]} components are {kind}, planted {count}"
    if any(part.kinds != ("same",) for part in found.parts if part.level == "area"):
        yield "an area changed"


def tallied(year: Planted) -> Counter[str]:
    """Count what was planted, by what a comparison calls it."""
    counts: Counter[str] = Counter()
    for row in year.rows:
        counts.update(row.changed or kinds_of(row, row.changed))
    counts["position"] = sum(row.turned for row in year.rows) // 2
    return counts + Counter({"component renamed": len(year.renamed), "component gone": len(year.dropped)})


def main(arguments: Sequence[str] | None = None) -> int:
    """Print, over many seeds, what was planted and what was reported otherwise."""
    parser = command.parser("diffs", __doc__)
    parser.add_argument("--seeds", type=int, default=200)
    options = parser.parse_args(arguments)
    counts: Counter[str] = Counter()
    wrong: list[str] = []
    for name in BASES:
        old = drawn.load(SAMPLES / f"{name}.truth.json")
        a = plan_of(old)
        for seed in range(options.seeds):
            year = planted(old, seed)
            b = plan_of(year.truth)
            counts += tallied(year)
            wrong += [f"{name} seed {seed}: {line}" for line in mistakes(compare(a, b), year, a, b)]
    print(f"{len(BASES) * options.seeds} years")
    for kind, count in sorted(counts.items()):
        print(f"{count:7} {kind}")
    print(f"{len(wrong):7} mistakes")
    print("\n".join(wrong))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
