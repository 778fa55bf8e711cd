"""Time columns whose names the form's vocabulary does not have turned into periods by the words for time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from normalize.draft import TimeCell
from normalize.resources import Resources
from normalize.schedule_text import read_schedule_text
from schema.periods import PER_YEAR
from schema.plan import PeriodType

_FEWEST = 2


def with_labelled_periods(times: Sequence[TimeCell], resources: Resources) -> tuple[TimeCell, ...]:
    """Give time cells the periods that their columns' names end in (`Jadwal Smt. I`, `Smt. II`).

    Only where columns name different periods of one type, and either all of them do or all periods are named; else
    the cells come back as they are.
    """
    named = [_period(time, resources) for time in times]
    found = [period for period in named if period is not None]
    one_type = len({kind for kind, _ in found}) == 1 and len(set(found)) == len(found)
    if len(found) < _FEWEST or not one_type or len(found) not in (len(times), PER_YEAR[found[0][0]]):
        return tuple(times)
    return tuple(
        time if period is None else replace(time, period_type=period[0], period=period[1])
        for time, period in zip(times, named, strict=True)
    )


def _period(time: TimeCell, resources: Resources) -> tuple[PeriodType, int] | None:
    """Return the one period that a column's name, or the end of it, names."""
    words = time.label.split()
    for at in range(len(words)):
        end = " ".join(words[at:])
        reading = read_schedule_text(end, resources.schedule_words, resources.words)
        if reading.state == "marked" and not reading.finer:
            return next(iter(reading.planned)) if len(reading.planned) == 1 else None
    return None
