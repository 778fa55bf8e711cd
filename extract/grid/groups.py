"""Turns values into the groups in which they follow each other closely."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import pairwise
from typing import TypeVar

import numpy as np

from extract.grid.chars import Flags

Value = TypeVar("Value")


def grouped(values: Iterable[Value], belongs: Callable[[list[Value], Value], bool]) -> list[list[Value]]:
    """Return values in groups: each that belongs to the group before it joins that."""
    groups: list[list[Value]] = []
    for value in values:
        if groups and belongs(groups[-1], value):
            groups[-1].append(value)
        else:
            groups.append([value])
    return groups


def stretches(breaks: Flags) -> Iterator[slice]:
    """Yield the stretches of N + 1 things, N `breaks` telling which of them do not follow the one before."""
    for first, last in pairwise([0, *(np.flatnonzero(breaks) + 1).tolist(), len(breaks) + 1]):
        yield slice(first, last)
