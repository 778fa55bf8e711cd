"""Rows of two plans -> how alike each pair is, and which pairs may be the same action at all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz, process

from lampiran.alignment.wording import wording
from schema.plan import Placed

Matrix = NDArray[np.float64]

WEIGHTS = {"action": 0.5, "indicator": 0.3, "evidence": 0.2}
# Unlike sentences of one language share about half of their letters: a ratio counts from there.
CHANCE = 0.5
FLOOR = 0.35  # likeness from which two rows may be the same action
SAME_CODE, OTHER_CODE = 0.05, 0.7  # what codes of the official list add to the likeness, and leave of it
SAME_QUESTION = 0.9  # likeness of indicators that ask the same question


@dataclass(frozen=True)
class Rows:
    """The rows of one plan with the wordings of their texts."""

    items: tuple[Placed, ...]
    wordings: dict[str, tuple[str, ...]]
    codes: tuple[str | None, ...]


@dataclass(frozen=True)
class Likeness:
    """`score` (0 to 1) by rows of A and of B; `allowed` where the two share enough to be matched."""

    score: Matrix
    allowed: NDArray[np.bool_]


def rows_of(items: Sequence[Placed]) -> Rows:
    """Take the texts that rows are matched by."""
    return Rows(
        items=tuple(items),
        wordings={
            name: tuple(wording(getattr(item.action, name).text) for item in items) for name in WEIGHTS
        },
        codes=tuple(item.action.lke_code for item in items),
    )


def row_likeness(a: Rows, b: Rows) -> Likeness:
    """Return the likeness of each pair: the mean of its texts' likenesses, by weight.

    A column that one of the plans does not have is left out. The same code of the official list raises
    the likeness a little, two different codes lower it. A pair is allowed from `FLOOR` on, and below it where the
    two, and no other row of either plan, ask the same question: by code, or by an indicator all but equal.
    """
    names = [name for name in WEIGHTS if any(a.wordings[name]) and any(b.wordings[name])]
    shape = (len(a.items), len(b.items))
    if not names or 0 in shape:
        return Likeness(np.zeros(shape), np.zeros(shape, dtype=np.bool_))
    found = {name: text_likeness(a.wordings[name], b.wordings[name]) for name in names}
    total = sum(WEIGHTS[name] for name in names)
    score: Matrix = np.sum([found[name] * (WEIGHTS[name] / total) for name in names], axis=0)
    same, other = _codes(a.codes, b.codes)
    score = np.where(other, score * OTHER_CODE, score + SAME_CODE * same * (1 - score))
    question = same | (found["indicator"] * 0.5 + CHANCE >= SAME_QUESTION if "indicator" in found else False)
    alone = question & (question.sum(axis=1, keepdims=True) == 1) & (question.sum(axis=0, keepdims=True) == 1)
    return Likeness(score, (score >= FLOOR) | alone)


def text_likeness(a: Sequence[str], b: Sequence[str]) -> Matrix:
    """Return the likeness of each pair of wordings, 0 for what chance gives and 1 for equal ones.

    An empty text is like no other.
    """
    unique_a, at_a = np.unique(np.array(a), return_inverse=True)
    unique_b, at_b = np.unique(np.array(b), return_inverse=True)
    ratios = process.cdist(list(unique_a), list(unique_b), scorer=fuzz.ratio, dtype=np.float64) / 100
    ratios[unique_a == "", :] = 0
    ratios[:, unique_b == ""] = 0
    spread: Matrix = np.clip((ratios - CHANCE) / (1 - CHANCE), 0, 1)[np.ix_(at_a, at_b)]
    return spread


def _codes(a: Sequence[str | None], b: Sequence[str | None]) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Tell for each pair whether both have the same code, and whether they have different ones."""
    one, two = np.array(a, dtype=object)[:, None], np.array(b, dtype=object)[None, :]
    known = (one != None) & (two != None)  # noqa: E711 - element by element
    return known & (one == two), known & (one != two)
