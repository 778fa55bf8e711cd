"""A card: one decision that waits, what is doubted, where it is, and what can be chosen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from schema.decisions import Place, RowAnchor, Subject, Verdict
from schema.findings import Finding
from schema.plan import PeriodType

Why = Literal["now", "read", "alternative", "often", "area", "none", "choice"]


@dataclass(frozen=True, slots=True)
class Option:
    """What can be chosen with one key: a value, or a verdict without one, and where it comes from."""

    verdict: Verdict
    value: str | None = None
    why: Why = "now"


@dataclass(frozen=True, slots=True)
class Target:
    """One value that a card decides: its row (a number among the plan's), its place, and what was read there."""

    place: Place
    printed: str
    row: int | None = None
    anchor: RowAnchor | None = None


@dataclass(frozen=True, slots=True)
class Card:
    """A doubt for a person: one decision, however many findings ask and however many rows share the value.

    `id` stays the same in another reading of the same file. `text` is what the value is now, `printed` what was read.
    `kind` is the type of the periods of a schedule, `None` for other fields. `targets` are the values that are decided.
    """

    id: str
    subject: Subject
    field: str
    findings: tuple[Finding, ...]
    targets: tuple[Target, ...]
    text: str
    options: tuple[Option, ...]
    kind: PeriodType | None = None

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes of the findings that ask, each once."""
        return tuple(dict.fromkeys(finding.code for finding in self.findings))

    @property
    def printed(self) -> str:
        """What was read at its first place."""
        return self.targets[0].printed

    @property
    def place(self) -> Place:
        """Its first place."""
        return self.targets[0].place
