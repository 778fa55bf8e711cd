"""A text of nothing but numerals turned into tokens with their unit, or into the readings it may have."""

from __future__ import annotations

import re
from collections.abc import Sequence

from normalize.schedule_text.model import Token
from normalize.schedule_text.words import UNIT_KINDS
from schema.periods import PER_YEAR
from schema.plan import PeriodType

_BARE = re.compile(r"([NR])(?:[cT]+[NR])*Y?")


def bare_numerals(
    tokens: Sequence[Token], unit: PeriodType | None
) -> tuple[Sequence[Token], tuple[str, ...]]:
    """Put the unit before lone numerals: that of the column's name, or the only one they can count.

    Where there is more than one, the tokens come back as they are with the readings to choose between. A lone
    arabic number in a column of months may be how many: it is not settled.
    """
    kinds = "".join(t.kind for t in tokens)
    if not _BARE.fullmatch(kinds):
        return tokens, ()
    numbers = [t.value for t in tokens if t.kind in "NR"]
    fitting = [kind for kind in ("month", "quarter", "semester") if _fits(numbers, kind)]
    roman = "N" not in kinds
    if unit is not None:
        settled = unit in fitting and not (unit == "month" and len(numbers) == 1 and not roman)
    else:
        settled = roman and len(numbers) > 1 and fitting == ["month"]
        unit = "month"
    if settled:
        return [Token(UNIT_KINDS[unit], tokens[0].start, tokens[0].start, unit), *tokens], ()
    listed = ";".join(map(str, numbers))
    return tokens, tuple(f"{kind} {listed}" for kind in fitting) or (listed,)


def _fits(numbers: Sequence[int], unit: PeriodType) -> bool:
    return all(1 <= number <= PER_YEAR[unit] for number in numbers)
