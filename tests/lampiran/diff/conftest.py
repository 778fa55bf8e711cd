"""Plans to compare: the samples' truths as a perfect reading gives them, and small ones made by hand."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from benchmarks.faults.diffs import field, plan_of
from lampiran.diff.compare import compare
from lampiran.diff.reference import Reference
from samples.draw.truth import Truth, load
from schema.comparison import Comparison
from schema.decree import DecreeHead
from schema.plan import Action, Area, Component, Period, Plan, Schedule
from schema.provenance import Source

REFERENCE = Reference(
    abbreviations={"KOMISI PEMILIHAN UMUM": "KPU"},
    codes={"rencanakerja": frozenset({"x"}), "dokumenpersiapan": frozenset({"x", "y"})},
)


@pytest.fixture(scope="session")
def truth(samples: Path) -> Truth:
    """The larger sample's truth."""
    return load(samples / "kpu-batang-2025.truth.json")


@pytest.fixture(scope="session")
def plan(truth: Truth) -> Plan:
    """The plan that a perfect reading of it gives."""
    return plan_of(truth)


@pytest.fixture(scope="session")
def compared() -> Callable[[Plan, Plan], Comparison]:
    """Return the comparison of two plans, with an abbreviation and two names of one official part."""
    return lambda a, b: compare(a, b, REFERENCE)


def months(*planned: int) -> Schedule:
    """Return a schedule whose twelve cells were seen."""
    states = [
        Period(period_type="month", period=n, state="planned" if n in planned else "not-planned")
        for n in range(1, 13)
    ]
    return Schedule(state="marked" if planned else "none", periods=tuple(states))


def row(action: str, n: int = 1, **values: object) -> Action:
    """Return an action; its other texts say nothing that another row could share, unless they are given."""
    texts = {"indicator": f"Indikator {action}", "evidence": f"Bukti {action}", "responsible": "TIM SATU"}
    texts |= {name: str(value) for name, value in values.items() if name in texts}
    return Action(
        action_id=f"L1.{values.get('part', 'i')}.{n}",
        position=n,
        action=field(action),
        schedule=values.get("schedule", months(1)),
        lke_code=values.get("lke_code"),
        **{name: field(text) for name, text in texts.items()},
    )


def small(
    *parts: tuple[str, Sequence[Action]], institution: str = "", year: str = "", area: str = "TATA LAKSANA"
) -> Plan:
    """Return a plan of one area, its components by name, its rows numbered anew."""
    components = [
        Component(
            number=field(numeral),
            name=field(name),
            actions=tuple(
                action.model_copy(update={"action_id": f"L1.{numeral}.{n}", "position": n})
                for n, action in enumerate(actions, start=1)
            ),
        )
        for numeral, (name, actions) in zip(("i", "ii", "iii", "iv"), parts, strict=False)
    ]
    return Plan(
        decree_id=f"kantor-{year or 'x'}-{len(institution)}",
        source=Source(name="kantor.pdf", sha256="0" * 64, media_type="application/pdf", size=1),
        head=DecreeHead(institution=field(institution), year=field(year)),
        areas=(Area(number=1, label=field("1."), name=field(area), components=tuple(components)),),
    )


@pytest.fixture(scope="session")
def make_row() -> Callable[..., Action]:
    """Return the maker of rows."""
    return row


@pytest.fixture(scope="session")
def make_plan() -> Callable[..., Plan]:
    """Return the maker of small plans."""
    return small


@pytest.fixture(scope="session")
def make_months() -> Callable[..., Schedule]:
    """Return the maker of schedules by month."""
    return months
