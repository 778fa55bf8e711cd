"""The layout of `sheets.toml` and labels in one language -> the columns of a workbook's sheets, and their values' types."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from lampiran.data import data_toml
from lampiran.publish.labels import label
from lampiran.publish.periods import period_states, used_types
from schema.choices import Language
from schema.periods import PER_YEAR
from schema.plan import PeriodState, PeriodType, Plan, Schedule

SIGNS: dict[PeriodState, str] = {"planned": "√", "not-planned": "", "unknown": "?", "covered": "?"}
ColumnKind = Literal["text", "tick", "doubt", "entry", "status", "date", "share"]
_LAYOUT = "report/sheets.toml"
_ENTRIES = frozenset({"entry", "status", "date"})


@dataclass(frozen=True, slots=True)
class SheetColumn:
    """A column of a sheet; `width` in characters as Excel counts them, `choices` what a person may write into it."""

    title: str
    width: float
    kind: ColumnKind = "text"
    choices: tuple[str, ...] = ()

    @property
    def centred(self) -> bool:
        """Tell whether the column holds signs or short marks."""
        return bool(self.kind in {"tick", "doubt"} or self.width < data_toml(_LAYOUT)["narrow"])

    @property
    def is_entry(self) -> bool:
        """Tell whether a person fills the column in."""
        return self.kind in _ENTRIES


@dataclass(frozen=True, slots=True)
class SheetData:
    """A sheet; rows hold texts, numbers or `None`. The shade of rows alternates with the values of column `band`.

    The first `frozen` columns stay in sight, and stand on each page of the print. `heading` is a line above the header.
    """

    title: str
    columns: Sequence[SheetColumn]
    rows: Sequence[Sequence[Any]]
    band: int | None = None
    filtered: bool = True
    frozen: int = 1
    heading: str = ""


class Words:
    """Labels in one language."""

    def __init__(self, language: Language) -> None:
        self.language = language

    def __call__(self, group: str, key: object) -> str:
        """Return a label by its group and key."""
        return label(group, key).text(self.language)

    def columns(
        self,
        sheet: str,
        *,
        without: Sequence[str] = (),
        choices: tuple[str, ...] = (),
        **several: Sequence[str],
    ) -> list[SheetColumn]:
        """Return a sheet's columns by `sheets.toml`, those with a key in `without` apart.

        `several` holds the titles of its groups of columns, `choices` what a person may choose as a status.
        """
        found = []
        for key, width, *kind in data_toml(_LAYOUT)[sheet]:
            group, _, name = key.partition(".")
            titles = (
                several[key[1:]] if key.startswith("*") else [self(group, name)] if key not in without else []
            )
            kind_of: ColumnKind = kind[0] if kind else "text"
            own = choices if kind_of == "status" else ()
            found += [SheetColumn(title, width, kind_of, own) for title in titles]
        return found


@dataclass(frozen=True, slots=True)
class Ticks:
    """The periods that a plan's sheets have a column for, as their type and number."""

    periods: tuple[tuple[PeriodType, int], ...]

    @classmethod
    def of(cls, plan: Plan) -> Ticks:
        """Return all periods of the types that the plan's form has cells for, months where it has none."""
        kinds = used_types(plan) or ("month",)
        return cls(tuple((kind, period) for kind in kinds for period in range(1, PER_YEAR[kind] + 1)))

    def titles(self, words: Words) -> list[str]:
        """Return the titles of the columns."""
        return [words(*period) for period in self.periods]

    def signs(self, schedule: Schedule) -> Iterator[str]:
        """Yield a sign for each period of a schedule: planned, not known, or nothing."""
        states = {kind: period_states(schedule, kind) for kind in PER_YEAR}
        unknown = schedule.state == "unknown" and not schedule.periods
        for kind, period in self.periods:
            yield "?" if unknown else SIGNS[states[kind].get(period, "not-planned")]
