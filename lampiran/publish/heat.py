"""Heat maps of a plan: turns the schedules of its actions into counts by area and period."""

from __future__ import annotations

import math
from dataclasses import dataclass

from lampiran.publish.periods import period_states, used_types
from schema.periods import PER_YEAR
from schema.plan import Area, PeriodType, Plan

LEVELS = 6


@dataclass(frozen=True, slots=True)
class HeatCell:
    """How many actions are planned in a period, how many are not known, and the shade (0 to 6)."""

    planned: int
    unknown: int
    level: int = 0


@dataclass(frozen=True, slots=True)
class HeatRow:
    """One area's cells, one a period, and their sum."""

    area: Area
    cells: tuple[HeatCell, ...]
    total: HeatCell


@dataclass(frozen=True, slots=True)
class HeatMap:
    """The counts of one period type; `totals` are the sums over the areas."""

    kind: PeriodType
    rows: tuple[HeatRow, ...]
    totals: tuple[HeatCell, ...]
    total: HeatCell


def heat_maps(plan: Plan) -> tuple[HeatMap, ...]:
    """Return one map for each period type the plan's form has cells for."""
    return tuple(_heat_map(plan, kind) for kind in used_types(plan))


def _heat_map(plan: Plan, kind: PeriodType) -> HeatMap:
    counted = [(area, [_count(area, kind, n) for n in range(1, PER_YEAR[kind] + 1)]) for area in plan.areas]
    highest = max((cell.planned for _, cells in counted for cell in cells), default=0)
    rows = tuple(
        HeatRow(area, tuple(_shaded(cell, highest) for cell in cells), _sum(cells)) for area, cells in counted
    )
    totals = tuple(_sum(column) for column in zip(*(cells for _, cells in counted), strict=True))
    return HeatMap(kind, rows, totals, _sum(totals))


def _count(area: Area, kind: PeriodType, period: int) -> HeatCell:
    actions = (action for component in area.components for action in component.actions)
    states = [period_states(action.schedule, kind).get(period) for action in actions]
    unknown = sum(state in {"unknown", "covered"} for state in states)
    return HeatCell(planned=states.count("planned"), unknown=unknown)


def _shaded(cell: HeatCell, highest: int) -> HeatCell:
    level = math.ceil(cell.planned / highest * LEVELS) if highest else 0
    return HeatCell(cell.planned, cell.unknown, level)


def _sum(cells: list[HeatCell] | tuple[HeatCell, ...]) -> HeatCell:
    return HeatCell(sum(cell.planned for cell in cells), sum(cell.unknown for cell in cells))
