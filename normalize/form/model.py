"""A Form: the role of each column of a table, read from its head."""

from __future__ import annotations

from dataclasses import dataclass

from normalize.vocabulary import Role
from schema.plan import PeriodType


@dataclass(frozen=True, slots=True)
class Column:
    """A logical column: its role, printed name and, in a grid of marks, its period.

    `index` is the physical column in an exact grid and the cell of the head in a transcription.
    """

    index: int
    role: Role
    name: str
    period_type: PeriodType | None = None
    period: int | None = None


@dataclass(frozen=True, slots=True)
class Form:
    """The columns of a table in order."""

    columns: tuple[Column, ...]
    exact: bool

    def of(self, role: Role) -> tuple[Column, ...]:
        """Return the columns of one role."""
        return tuple(c for c in self.columns if c.role == role)

    @property
    def periods(self) -> tuple[Column, ...]:
        """Return the columns of marks."""
        return tuple(c for c in self.columns if c.period is not None)

    @property
    def period_type(self) -> PeriodType:
        """Return the kind of period the marks stand for."""
        return next((c.period_type for c in self.periods if c.period_type), "month")

    @property
    def is_plan(self) -> bool:
        """Tell whether this is the form of a plan: actions, and a schedule or someone responsible."""
        roles = {c.role for c in self.columns}
        return "action" in roles and bool(roles & {"time", "responsible"}) and len(roles) >= 4
