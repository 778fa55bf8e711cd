"""What the columns of a table hold (amounts, shares, dates, numerals) turned into doubts about cells that do not fit."""

from normalize.figures.columns import Count, column_doubts, count_of, is_text, left_by
from normalize.figures.model import Doubt, Seen
from normalize.figures.sums import checked_sums

__all__ = [
    "Count",
    "Doubt",
    "Seen",
    "checked_sums",
    "column_doubts",
    "count_of",
    "is_text",
    "left_by",
]
