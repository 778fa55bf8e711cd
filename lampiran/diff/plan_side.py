"""A plan -> one side of a comparison: its rows in the order of print, its components and areas, its doubts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from lampiran.alignment.wording import wording
from lampiran.diff.doubts import Doubts, doubts_of
from schema.decree import Field
from schema.plan import Area, Component, Placed, Plan


@dataclass(frozen=True)
class Part:
    """A component, or an area as a whole, with the numbers of its rows in the order of print."""

    area: Area
    component: Component | None
    rows: tuple[int, ...]

    @property
    def field(self) -> Field:
        """The part's name as it was read."""
        return self.component.name if self.component else self.area.name

    @cached_property
    def name(self) -> str:
        """The part's name as it is compared."""
        return wording(self.field.text)

    @property
    def number(self) -> str:
        """The part's number: a component's as printed, an area's in figures."""
        return self.component.number.text if self.component else str(self.area.number)


@dataclass(frozen=True)
class Side:
    """One of two plans that are compared."""

    plan: Plan

    @cached_property
    def rows(self) -> tuple[Placed, ...]:
        """The rows in the order of print."""
        return tuple(self.plan.placed())

    @cached_property
    def components(self) -> tuple[Part, ...]:
        """The components of all areas."""
        pairs = ((area, component) for area in self.plan.areas for component in area.components)
        return tuple(_numbered((area, component, len(component.actions)) for area, component in pairs))

    @cached_property
    def areas(self) -> tuple[Part, ...]:
        """The areas."""
        counts = ((area, sum(len(part.actions) for part in area.components)) for area in self.plan.areas)
        return tuple(_numbered((area, None, count) for area, count in counts))

    @cached_property
    def component_of(self) -> dict[int, int]:
        """The number of each row's component."""
        return homes(self.components)

    @cached_property
    def area_of(self) -> dict[int, int]:
        """The number of each row's area."""
        return homes(self.areas)

    @cached_property
    def doubts(self) -> Doubts:
        """What of the plan may have been misread."""
        return doubts_of(self.plan)

    @property
    def year(self) -> str:
        """The decree's year."""
        return self.plan.head.year.text


def homes(parts: Sequence[Part]) -> dict[int, int]:
    """Return the number of the part that each row is in."""
    return {row: number for number, part in enumerate(parts) for row in part.rows}


def _numbered(parts: Iterable[tuple[Area, Component | None, int]]) -> Iterator[Part]:
    at = 0
    for area, component, count in parts:
        yield Part(area, component, tuple(range(at, at + count)))
        at += count
