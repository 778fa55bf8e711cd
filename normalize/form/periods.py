"""Labels over the time columns turned into the months, quarters or semesters that they name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from normalize.form.settings import LABELS
from normalize.text import fold
from normalize.vocabulary import FormVocabulary
from schema.periods import MONTHS, MONTHS_IN, QUARTERS, SEMESTERS
from schema.plan import PeriodType

Periods = tuple[PeriodType, list[int | None]]


def period_of(text: str, vocabulary: FormVocabulary) -> int | None:
    """Return the month, quarter or semester that a cell of a header names, whichever it is."""
    return vocabulary.month_of(text) or vocabulary.quarter_of(text) or vocabulary.semester_of(text)


def label_periods(
    stacks: Sequence[Sequence[str]], vocabulary: FormVocabulary, *, recognised: bool = False
) -> Periods:
    """Read the labels of the time columns as months, quarters or semesters, whichever accounts for them all.

    `stacks` holds the header cells over each column from the top down; the lowest are the labels. Misread labels of a
    recognised header are known by their places. A lone label names the content of its column.
    """
    if len(stacks) < SEMESTERS:
        return "month", [None] * len(stacks)
    labels = [stack[-1] for stack in stacks]
    above = [fold(text) for stack in stacks for text in stack[:-1]]
    semesters = [vocabulary.semester_of(label) for label in labels]
    halves = [_bare(label, vocabulary) for label in labels]
    if any(map(vocabulary.speaks_of_semesters, above)) and not any(semesters):
        semesters = halves
    if _are_all(semesters, SEMESTERS):
        return "semester", semesters
    quarters = [vocabulary.quarter_of(label) for label in labels]
    if len(labels) <= QUARTERS and all(quarters) and len(set(quarters)) == len(labels):
        return "quarter", quarters
    if recognised and _are_quarters_by_place(labels, quarters, vocabulary):
        return "quarter", list(range(1, QUARTERS + 1))
    return "month", _months(stacks, labels, vocabulary, recognised=recognised)


def _months(
    stacks: Sequence[Sequence[str]], labels: Sequence[str], vocabulary: FormVocabulary, *, recognised: bool
) -> list[int | None]:
    months = [vocabulary.month_of(label) for label in labels]
    by_initial = initials_in_order(labels, vocabulary)
    by_place = in_order(months) if recognised else None
    found = by_initial or by_place or _inside_quarters(stacks, vocabulary)
    if found is not None:
        return found
    told = sum(m is not None for m in months) * 2 >= len(labels) and len(set(months)) == len(labels)
    return months if told else [None] * len(labels)


def _are_quarters_by_place(
    labels: Sequence[str], quarters: Sequence[int | None], vocabulary: FormVocabulary
) -> bool:
    """Tell whether most of four labels were read as the quarters of their places, and none as a month."""
    if len(labels) != QUARTERS:
        return False
    named = (
        vocabulary.month_of(label) for label, quarter in zip(labels, quarters, strict=True) if not quarter
    )
    right = sum(quarter == place for place, quarter in enumerate(quarters, start=1))
    return 2 * right > QUARTERS and not any(named)


def _are_all(periods: Sequence[int | None], count: int) -> bool:
    return list(periods) == list(range(1, count + 1))


def _bare(label: str, vocabulary: FormVocabulary) -> int | None:
    """Return the number of a label that is only a numeral."""
    return vocabulary.quarter_of(label) if len(label.strip(" .")) <= SEMESTERS else None


def initials_in_order(labels: Sequence[str], vocabulary: FormVocabulary) -> list[int | None] | None:
    """Return the months of a row of twelve initials (`J F M ...`), `None` if it is not one."""
    if len(labels) != MONTHS or any(len(label.strip(" .")) != 1 for label in labels):
        return None
    fits = all(fold(label) in vocabulary.initials_of(month) for month, label in enumerate(labels, start=1))
    return list(range(1, MONTHS + 1)) if fits else None


def _inside_quarters(stacks: Sequence[Sequence[str]], vocabulary: FormVocabulary) -> list[int | None] | None:
    """Return the months of labels that count `1 2 3` below each quarter."""
    if len(stacks) != MONTHS or any(len(stack) < SEMESTERS for stack in stacks):
        return None
    quarters = [vocabulary.quarter_of(stack[-2]) for stack in stacks]
    places = [vocabulary.month_of(stack[-1]) for stack in stacks]
    count = MONTHS_IN["quarter"]
    months = [
        (q - 1) * count + p if q and p and p <= count else None for q, p in zip(quarters, places, strict=True)
    ]
    return months if _are_all(months, MONTHS) else None


def in_order(periods: Sequence[int | None]) -> list[int | None] | None:
    """Return the months of adjacent columns by their places, if at least half were read in that order."""
    offsets = Counter(period - at for at, period in enumerate(periods) if period is not None)
    if not offsets:
        return None
    (offset, count), *_ = offsets.most_common(1)
    last = offset + len(periods) - 1
    fits = count >= LABELS.fewest and count * 2 >= len(periods) and offset >= 1 and last <= MONTHS
    return [offset + at for at in range(len(periods))] if fits else None
