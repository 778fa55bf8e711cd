"""A Form: the role of each column of a table, read from its header, its place and what it holds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Literal

from schema.findings import Grade
from schema.plan import PeriodType
from schema.roles import Role

Why = Literal["name", "position", "content", "profile"]
ScheduleKind = Literal["month", "quarter", "semester", "year", "text", "none"]


@dataclass(frozen=True, slots=True)
class Column:
    """A logical column: its role, printed name and, in a grid of marks, its period.

    `index` is the physical column of an exact grid, or the header's cell in a transcription; `head` are the header's
    texts over the column from the top down. `why` and `certainty` say what settled the role and how surely, `rivals`
    are the other roles that it could have.
    """

    index: int
    role: Role
    name: str
    period_type: PeriodType | None = None
    period: int | None = None
    head: tuple[str, ...] = ()
    certainty: Grade = "certain"
    why: Why = "name"
    rivals: tuple[Role, ...] = ()

    def given(self, role: Role, why: Why, certainty: Grade = "probable") -> Column:
        """Return the column with another role and no period; the old role becomes a rival."""
        return replace(
            self,
            role=role,
            why=why,
            certainty=certainty,
            rivals=(self.role,) if self.role != "unknown" else (),
            period=None,
            period_type=None,
        )


@dataclass(frozen=True)
class Form:
    """The columns of a table in order; `levels` is the number of rows of its header.

    `sectioned`: the component's column holds titles of components in rows of their own, and other texts beside actions.
    `placed`: the cells of a transcription are taken by their places, since its form is unusual.
    """

    columns: tuple[Column, ...]
    exact: bool
    levels: int = 1
    sectioned: bool = False
    placed: bool = False

    @property
    def roles(self) -> tuple[Role, ...]:
        """Return the roles of the columns in their order: what makes the headers of two tables alike."""
        return tuple(column.role for column in self.columns)

    def of(self, *roles: Role) -> tuple[Column, ...]:
        """Return the columns of some roles, role by role."""
        if len(roles) == 1:
            return self._by_role.get(roles[0], ())
        return tuple(column for role in roles for column in self._by_role.get(role, ()))

    @cached_property
    def _by_role(self) -> Mapping[Role, tuple[Column, ...]]:
        """The columns of each role, in order."""
        found: dict[Role, tuple[Column, ...]] = {}
        for column in self.columns:
            found[column.role] = (*found.get(column.role, ()), column)
        return found

    def changed(self, *columns: Column) -> Form:
        """Return the form with some columns replaced by those of the same place."""
        by_index = {column.index: column for column in columns}
        return replace(self, columns=tuple(by_index.get(c.index, c) for c in self.columns))

    @property
    def periods(self) -> tuple[Column, ...]:
        """Return the columns of marks."""
        return tuple(c for c in self.columns if c.period is not None)

    @property
    def period_type(self) -> PeriodType:
        """Return the kind of period the marks stand for."""
        return next((c.period_type for c in self.periods if c.period_type), "month")

    @property
    def schedule(self) -> ScheduleKind:
        """Return how the form tells the time: by marks in periods of a kind, in words, or not at all."""
        if self.periods:
            return self.period_type
        return "text" if self.of("time") else "none"

    @property
    def is_plan(self) -> bool:
        """Tell whether this may be a plan's form (see `normalize.rows.plan_likeness`): actions, and a time or team."""
        return "action" in self.roles and not {"time", "responsible"}.isdisjoint(self.roles)
