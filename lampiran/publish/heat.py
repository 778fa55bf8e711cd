"""The schedules of a plan's actions -> heat maps: counts by area and period."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

from lampiran.publish.periods import period_states, used_types
from lampiran.publish.settings import HEAT
from schema.periods import PER_YEAR
from schema.plan import Area, PeriodType, Plan


@dataclass(frozen=True, slots=True)
class HeatCell:
    """How many actions are planned in a period, how many unknown, and the shade (0 to `HEAT.levels`)."""

    planned: int
    unknown: int
    level: int = 0


@dataclass(frozen=True, slots=True)
class HeatRow:
    """One area's cells, one per period, and their sum."""

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
    periods = range(1, PER_YEAR[kind] + 1)
    counted = [(area, [_count(area, kind, period) for period in periods]) for area in plan.areas]
    highest = max((cell.planned for _, cells in counted for cell in cells), default=0) or 1
    rows = []
    for area, cells in counted:
        shades = (math.ceil(cell.planned / highest * HEAT.levels) for cell in cells)
        shaded = (replace(cell, level=shade) for cell, shade in zip(cells, shades, strict=True))
        rows.append(HeatRow(area, tuple(shaded), _sum(cells)))
    totals = tuple(_sum(column) for column in zip(*(cells for _, cells in counted), strict=True))
    return HeatMap(kind, tuple(rows), totals, _sum(totals))


def _count(area: Area, kind: PeriodType, period: int) -> HeatCell:
    actions = (action for component in area.components for action in component.actions)
    states = [period_states(action.schedule, kind).get(period) for action in actions]
    return HeatCell(states.count("planned"), states.count("unknown") + states.count("covered"))


def _sum(cells: Sequence[HeatCell]) -> HeatCell:
    return HeatCell(sum(cell.planned for cell in cells), sum(cell.unknown for cell in cells))
