"""A sound plan of an invented office, and ways to spoil it in one place."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from schema.decree import Clause, DecreeHead, Field
from schema.plan import Action, Area, Component, Period, PeriodType, Plan, Schedule, ScheduleState
from schema.provenance import Source, SourceRef
from schema.rules import RuleData, read_rule_data

SHA = "cd" * 32
OFFICE = "KOMISI PEMILIHAN UMUM KABUPATEN CONTOH"


def field(text: str, line: int = 1, **values: Any) -> Field:
    """Return a field that was seen on a line."""
    ref = SourceRef(sha256=SHA, line=line, reader="transcript")
    return Field(**{"printed": text, "text": text, "refs": (ref,), **values})


def schedule(*planned: int, kind: PeriodType = "month", state: ScheduleState = "marked") -> Schedule:
    """Return a schedule with the periods planned."""
    return Schedule(
        state=state,
        periods=tuple(Period(period_type=kind, period=n, state="planned") for n in planned),
    )


def action(number: int = 1, **values: Any) -> Action:
    """Return a sound row, with the given texts or fields in place of its own."""
    own: dict[str, Any] = {
        "action_id": f"L1.i.{number}",
        "position": number,
        "indicator": field("Tim kerja telah dibentuk", 10 + number),
        "action": field("Menyusun keputusan tim kerja tahun 2025", 10 + number),
        "evidence": field("Keputusan tim kerja", 10 + number),
        "responsible": field("TIM MANAJEMEN PERUBAHAN", 10 + number),
        "schedule": schedule(1),
    }
    return Action(**own | {k: field(v, 10 + number) if isinstance(v, str) else v for k, v in values.items()})


def component(number: str, *actions: Action, **values: Any) -> Component:
    """Return a component with its rows, one sound row if none is given."""
    return Component(number=field(number, **values), name=field("Tim Kerja"), actions=actions or (action(),))


def area(number: int, *components: Component, **values: Any) -> Area:
    """Return an area with its components, one if none is given."""
    return Area(
        number=number,
        label=field(f"{number}.", **values),
        name=field("MANAJEMEN PERUBAHAN"),
        components=components or (component("i"),),
    )


def head(**values: Any) -> DecreeHead:
    """Return a sound head, with the given values in place of its own."""
    own: dict[str, Any] = {
        "institution": field(OFFICE),
        "number": field("1"),
        "year": field("2025"),
        "title": field(f"RENCANA AKSI PEMBANGUNAN ZONA INTEGRITAS DI LINGKUNGAN {OFFICE} TAHUN 2025"),
        "decides": field(f"KEPUTUSAN {OFFICE} TENTANG RENCANA AKSI TAHUN 2025."),
        "legal_basis": clauses(
            "Peraturan Menteri Pendayagunaan Aparatur Negara dan Reformasi Birokrasi Republik Indonesia "
            "Nomor 90 Tahun 2021 tentang Pembangunan dan Evaluasi Zona Integritas;"
        ),
        "dictum": clauses("Keputusan ini mulai berlaku pada tanggal ditetapkan."),
        "date": datetime.date(2025, 1, 3),
        "date_text": field("3 Januari 2025"),
    }
    return DecreeHead(**own | {k: field(v) if isinstance(v, str) else v for k, v in values.items()})


def clauses(*texts: str) -> tuple[Clause, ...]:
    """Return numbered clauses."""
    return tuple(Clause(label=str(n), field=field(text, n)) for n, text in enumerate(texts, start=1))


def plan(*areas: Area, **values: Any) -> Plan:
    """Return a plan with the areas, a sound one if none is given."""
    source = Source(name="x.txt", sha256=SHA, media_type="text/plain", size=1)
    return Plan(
        **{"decree_id": "x", "source": source, "head": head(), "areas": areas or (area(1),), **values}
    )


@pytest.fixture
def rows() -> Callable[..., Plan]:
    """Make a plan of one component from rows."""
    return lambda *actions, **values: plan(area(1, component("i", *actions)), **values)


@pytest.fixture
def make() -> dict[str, Callable[..., Any]]:
    """The makers of a plan's parts by name."""
    return {
        "action": action,
        "area": area,
        "clauses": clauses,
        "component": component,
        "field": field,
        "head": head,
        "plan": plan,
        "schedule": schedule,
    }


@pytest.fixture(scope="session")
def reference(program_data: Path) -> RuleData:
    """The facts that the program hands to the rules."""
    return read_rule_data(
        (program_data / "legal_basis.json").read_text(encoding="utf-8"),
        (program_data / "offices.json").read_text(encoding="utf-8"),
    )
