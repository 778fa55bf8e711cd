"""The rows of a table turned into those whose figures are names, not amounts: column numbers, and years of a head."""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import pairwise

from normalize.figures import Seen
from normalize.vocabulary import is_numbers_row

_YEAR = re.compile(r"((?:19|20)\d\d)\s?\*{0,3}")  # with the signs of its notes
_FIGURE = re.compile(r"\d")


def are_labels(row: Mapping[int, Seen]) -> bool:
    """Tell whether a row counts its columns (`1 2 3 ...`), or names years."""
    return _counts(row) or _names_years(row)


def _counts(row: Mapping[int, Seen]) -> bool:
    """Tell whether a row holds column numbers; where they were recognised, none of them may be a misread one."""
    cells = [row[column] for column in sorted(row)]
    if not is_numbers_row([cell.text for cell in cells]):
        return False
    values = [cell.value for cell in cells if cell.value is not None]
    exact = all(behind == value + 1 for value, behind in pairwise(values))
    return exact or not any(cell.recognised for cell in cells)


def _names_years(row: Mapping[int, Seen]) -> bool:
    """Tell whether all figures of a row are years that follow each other (`2023 | 2024*`), two or more."""
    found = [_YEAR.fullmatch(cell.plain) for cell in row.values() if _FIGURE.search(cell.plain)]
    years = {int(year[1]) for year in found if year is not None}
    return None not in found and len(years) > 1 and max(years) - min(years) == len(years) - 1
