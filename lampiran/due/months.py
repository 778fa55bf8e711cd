"""What a user calls months (`3`, `maret`, `March`, `q1`, `all`) -> their numbers."""

from __future__ import annotations

import datetime

from schema.errors import UsageError
from schema.periods import MONTHS, month_names, months_of, period_labels

ALL = frozenset({"all", "semua"})


def months_named(text: str | int) -> tuple[int, ...]:
    """Return the months that a word names: one (1 to 12), those of a quarter, or every month of the year.

    A number, a name or abbreviation in Indonesian or English, or a quarter (`q1`, `triwulan II`), in any case. Raises `UsageError` for anything else.
    """
    word = str(text).strip().casefold().rstrip(".")
    if word in ALL:
        return tuple(range(1, MONTHS + 1))
    if word.isdecimal() and 1 <= int(word) <= MONTHS:
        return (int(word),)
    for number, labels in period_labels()["quarters"].items():
        if word in (label.casefold() for label in labels if len(label.strip("IVX")) > 1):
            return tuple(sorted(months_of("quarter", number)))
    for number, names in month_names("id", "en", "also_written").items():
        if word in (name.casefold() for name in names):
            return (number,)
    raise UsageError(
        id=f'"{text}" bukan bulan; berikan 1 sampai {MONTHS}, namanya (maret, mar), triwulan (q1), atau semua.',
        en=f'"{text}" is no month; give 1 to {MONTHS}, its name (march, mar), a quarter (q1), or all.',
    )


def today() -> datetime.date:
    """Return the day by the machine's clock and zone."""
    return datetime.datetime.now().astimezone().date()


def first_day(year: int, month: int) -> datetime.date:
    """Return the first day of a month; month 13 is January of the next year."""
    return datetime.date(year + (month - 1) // MONTHS, (month - 1) % MONTHS + 1, 1)
