"""The planter of faults: works through a list of kinds and keeps track of what was planted where."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Plant:
    """A planted fault.

    `rows` are the rows of the truth that it touches (none for a row that only the transcription has), `fields` their
    fields (none: all of them).
    """

    rows: frozenset[int] = frozenset()
    fields: frozenset[str] = frozenset()
    before: str = ""
    after: str = ""
    kind: str = ""


@dataclass(slots=True, kw_only=True)
class Bed:
    """What faults are planted into; `taken` are the rows of the truth that already hold one."""

    rng: random.Random
    taken: set[int] = field(default_factory=set)

    def choose(self, choices: Sequence[T]) -> T | None:
        """Return one of the choices by lot, `None` where there are none."""
        return self.rng.choice(choices) if choices else None


SomeBed = TypeVar("SomeBed", bound=Bed)
Planter = Callable[[SomeBed], Plant | None]
"""Plants one fault; `None` where the bed has no place for it."""


def plant(bed: SomeBed, planters: Mapping[str, Planter[SomeBed]], kinds: Iterable[str]) -> tuple[Plant, ...]:
    """Plant a fault of each kind, one after the other; a kind that finds no place is left out."""
    plants = []
    for kind in kinds:
        made = planters[kind](bed)
        if made is not None:
            plants.append(replace(made, kind=kind))
            bed.taken |= made.rows
    return tuple(plants)
