"""Turns a form's printed columns into values: what each holds, how wide it is, the names above it."""

from dataclasses import dataclass
from typing import Literal

Held = Literal[
    "blank",
    "row_no",
    "area_no",
    "area",
    "component_no",
    "component_name",
    "component",
    "indicator",
    "action",
    "evidence",
    "responsible",
    "month",
    "quarter",
    "semester",
    "time",
    "extra",
]
PERIODS: tuple[Held, ...] = ("month", "quarter", "semester")
COMPONENT: tuple[Held, ...] = ("component_no", "component_name", "component")
OVER_AREA: tuple[Held, ...] = ("blank", "area_no", "area")
BY_ROW: tuple[Held, ...] = ("row_no", "indicator", "action", "evidence", *PERIODS, "time", "extra")


@dataclass(frozen=True)
class Column:
    """A physical column.

    `width` is in points, `head` the names from the topmost row of the head down; neighbours with the same
    names share a cell. `period` is the number of a month, quarter or semester. An extra column's texts are
    merged over a component with `merged`.
    """

    holds: Held
    width: float
    head: tuple[str, ...]
    period: int = 0
    merged: bool = False

    @property
    def name(self) -> str:
        """The names above the column in one line."""
        return " ".join(self.head)


def usual_columns(
    widths: tuple[float, ...], labels: tuple[str, ...], months: tuple[str, ...], component: int
) -> tuple[Column, ...]:
    """The columns of the samples' form: number, component, three texts, twelve months, team."""
    no, part, *texts, time, team = labels
    numeral_and_name: tuple[Held, ...] = (
        ("component",) if component == 1 else ("component_no", "component_name")
    )
    holds: list[tuple[Held, tuple[str, ...], int]] = [("blank", (no,), 0)]
    holds += [(held, (part,), 0) for held in numeral_and_name]
    names: tuple[Held, ...] = ("indicator", "action", "evidence")
    holds += [(held, (text,), 0) for held, text in zip(names, texts, strict=True)]
    holds += [("month", (time, label), month) for month, label in enumerate(months, start=1)]
    holds.append(("responsible", (team,), 0))
    return tuple(
        Column(held, width, head, period) for (held, head, period), width in zip(holds, widths, strict=True)
    )
