"""The scan benchmark counts what is lost, invented, wrong and silent, and nothing else."""

from collections.abc import Callable
from functools import cache
from typing import Any

import lampiran
from benchmarks.accuracy.scan_score import plain, score
from benchmarks.accuracy.scans import missed_bars
from benchmarks.drawing.scan_sources import Wanted, draw, source
from benchmarks.tree import SAMPLES
from schema.plan import Action, Plan

NAME = "kpu-contoh-2024"


@cache
def plan() -> Plan:
    return lampiran.read(SAMPLES / f"{NAME}.pdf").plan


@cache
def printed() -> tuple[Wanted, ...]:
    chosen, _ = source(NAME)
    truth = chosen.truth
    return tuple(
        Wanted(area.no, area.name, part.no, part.name, action, frozenset())
        for area in truth.areas
        for part in area.components
        for action in part.actions
    )


def changed(change: Callable[[tuple[Action, ...]], tuple[Action, ...]]) -> Plan:
    """The plan with the first component's actions changed."""
    area, *areas = plan().areas
    part, *parts = area.components
    part = part.model_copy(update={"actions": change(part.actions)})
    area = area.model_copy(update={"components": (part, *parts)})
    return plan().model_copy(update={"areas": (area, *areas)})


def first(action: Action, **update: Any) -> Action:
    return action.model_copy(update=update)


def month(action: Action, number: int, state: str) -> Action:
    periods = tuple(
        p.model_copy(update={"state": state}) if p.period == number else p for p in action.schedule.periods
    )
    return first(action, schedule=action.schedule.model_copy(update={"periods": periods}))


def test_a_digital_reading_has_no_error() -> None:
    counted = score(plan(), printed(), source(NAME)[0].truth)
    assert counted.found == counted.schedules_right == counted.area_no == counted.responsible == 36
    assert counted.misses == []
    assert counted.head_right == counted.head_fields
    assert list(missed_bars("office200", counted)) == []


def test_a_lost_row_is_missing_and_its_letters_are_wrong() -> None:
    counted = score(changed(lambda actions: actions[1:]), printed(), None)
    assert (counted.missing, counted.invented, counted.found) == (1, 0, 35)
    assert counted.letters_wrong > 50


def test_a_row_read_twice_is_invented() -> None:
    counted = score(changed(lambda actions: (actions[0], *actions)), printed(), None)
    assert (counted.missing, counted.invented) == (0, 1)


def test_two_rows_in_the_wrong_order_are_found() -> None:
    counted = score(changed(lambda actions: actions[::-1]), printed(), None)
    assert counted.missing == counted.invented == 1


def test_a_wrong_month_is_silent_unless_the_row_asks_for_review() -> None:
    silent = score(changed(lambda a: (month(a[0], 12, "planned"), *a[1:])), printed(), None)
    asking = score(
        changed(lambda a: (first(month(a[0], 12, "planned"), needs_review=True), *a[1:])), printed(), None
    )
    assert (silent.schedules_wrong, silent.marks_invented, silent.silent_schedules) == (1, 1, 1)
    assert (asking.schedules_wrong, asking.silent_schedules, asking.reviews) == (1, 0, 1)


def test_an_open_month_is_unknown_or_covered_where_ink_hides_it() -> None:
    read = changed(lambda actions: (month(actions[0], 12, "covered"), *actions[1:]))
    hidden = tuple(
        Wanted(w.area_no, w.area, w.component_no, w.component, w.action, frozenset({12})) for w in printed()
    )
    assert score(read, printed(), None).schedules_unknown == 1
    assert score(read, hidden, None).schedules_covered == 1


def test_nothing_read_is_all_missing() -> None:
    counted = score(None, printed(), source(NAME)[0].truth)
    assert (counted.missing, counted.head_right, counted.cer) == (36, 0, 1.0)


def test_spaces_after_a_slash_and_line_ends_do_not_count() -> None:
    assert plain("WBK/ WBBM\n tahun") == plain("WBK/WBBM tahun")


def test_the_months_below_a_stamp_are_known() -> None:
    drawn = draw(NAME, "stamped200", 1, annex_pages=1)
    assert drawn.pages == 1
    assert sum(len(row.hidden) for row in drawn.rows) > 10
    assert all(row.hidden <= set(range(1, 13)) for row in drawn.rows)
