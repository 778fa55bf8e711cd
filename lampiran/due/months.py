"""What a user calls a month (`3`, `maret`, `March`, `all`) -> its number."""

from __future__ import annotations

import datetime

from schema.errors import UsageError
from schema.periods import MONTHS, month_names

ALL = frozenset({"all", "semua"})


def months_named(text: str | int) -> tuple[int, ...]:
    """Return the months that a word names: one (1 to 12), or every month of the year.

    A number, or a name or abbreviation in Indonesian or English, in any case. Raises `UsageError` for anything else.
    """
    word = str(text).strip().casefold().rstrip(".")
    if word in ALL:
        return tuple(range(1, MONTHS + 1))
    if word.isdecimal() and 1 <= int(word) <= MONTHS:
        return (int(word),)
    for number, names in month_names("id", "en", "also_written").items():
        if word in (name.casefold() for name in names):
            return (number,)
    raise UsageError(
        id=f'"{text}" bukan bulan; berikan 1 sampai {MONTHS}, namanya (maret, mar), atau semua.',
        en=f'"{text}" is no month; give 1 to {MONTHS}, its name (march, mar), or all.',
    )


def today() -> datetime.date:
    """Return the day by the machine's clock and zone."""
    return datetime.datetime.now().astimezone().date()


def first_day(year: int, month: int) -> datetime.date:
    """Return the first day of a month; month 13 is January of the next year."""
    return datetime.date(year + (month - 1) // MONTHS, (month - 1) % MONTHS + 1, 1)
