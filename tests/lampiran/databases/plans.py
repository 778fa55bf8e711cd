"""Plans made by hand, so small that what every view must say of them can be counted on paper."""

from __future__ import annotations

import hashlib
import os
import sqlite3
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import duckdb
import pg8000.native

from lampiran.publish.writing import to_json
from schema.decree import DecreeHead, Field, Status
from schema.findings import Finding, Message
from schema.geometry import BBox
from schema.periods import PER_YEAR
from schema.plan import (
    Action,
    Area,
    Component,
    Period,
    PeriodState,
    PeriodType,
    Plan,
    Schedule,
    ScheduleState,
)
from schema.provenance import Source, SourceRef

OFFICE = "KOMISI PEMILIHAN UMUM KABUPATEN CONTOH"


def text(value: str, status: Status = "read", **more: Any) -> Field:
    """Return a text that was read, or was not where it is empty."""
    return Field(printed=value, text=value, status=status if value else "missing", **more)


def cells(
    kind: PeriodType, planned: Sequence[int], state: ScheduleState = "marked", **others: PeriodState
) -> Schedule:
    """Return a schedule with a cell for every period of a kind; `n6="covered"` is another state of the sixth."""
    said = {
        n: others.get(f"n{n}", "planned" if n in planned else "not-planned")
        for n in range(1, PER_YEAR[kind] + 1)
    }
    periods = tuple(Period(period_type=kind, period=n, state=one) for n, one in said.items())
    return Schedule(state=state, periods=periods)


def row(action_id: str, said: str, schedule: Schedule, team: Field | None = None, **more: Any) -> Action:
    """Return an action."""
    return Action(
        action_id=action_id,
        position=int(action_id.rpartition(".")[2]),
        indicator=text(f"Indikator {said}"),
        action=text(said),
        evidence=text(f"Dokumen {said}"),
        documents=(f"Dokumen {said}",),
        responsible=text("TIM A") if team is None else team,
        schedule=schedule,
        page_first=1,
        page_last=1,
        **more,
    )


def plan(
    decree_id: str, year: int, *actions: Action, name: str = "", office: str = OFFICE, **more: Any
) -> Plan:
    """Return a plan of one area whose components are those of the actions' ids; its input is known by its name."""
    numerals = list(dict.fromkeys(action.action_id.split(".")[1] for action in actions))
    components = tuple(
        Component(
            number=text(numeral),
            name=text(f"Komponen {numeral}"),
            actions=tuple(action for action in actions if action.action_id.split(".")[1] == numeral),
        )
        for numeral in numerals
    )
    file = name or f"{decree_id}.txt"
    digest = hashlib.sha256(file.encode()).hexdigest()
    return Plan(
        decree_id=decree_id,
        source=Source(name=file, sha256=digest, media_type="text/plain", size=1),
        head=DecreeHead(
            institution=text(office), year=text(str(year)), number=text("8.10"), title=text("RENCANA AKSI")
        ),
        areas=(Area(number=1, label=text("1."), name=text("MANAJEMEN PERUBAHAN"), components=components),),
        **more,
    )


def asking(action_id: str, field: str = "schedule") -> Finding:
    """Return a finding that asks a person."""
    return Finding(
        code="schedule-unknown",
        severity="review",
        origin="reading",
        action_id=action_id,
        field=field,
        raw="?",
        alternatives=("3", "6"),
        certainty="ambiguous",
        rule="decode-marks",
        message=Message.of("Jadwalnya tidak terbaca.", "Its schedule could not be read."),
    )


ODD = 'Baris satu\nbaris "dua", ;\r\n\\.\n- =1+1 \u202etebalik\u202c √ 100%'

# Counted on paper in test_views.py.
KEYED = plan(
    "kpu-contoh-8-10-2025",
    2025,
    row("L1.i.1", "Membentuk tim kerja", cells("month", (3, 6))),
    row("L1.i.2", ODD, cells("quarter", (2,))),
    row("L1.i.3", "Melaksanakan sosialisasi", Schedule(state="unknown"), text(""), needs_review=True),
    row(
        "L1.ii.1",
        "Menyusun laporan",
        cells("month", (5,), "partial", n6="covered"),
        text("TIM B", "uncertain"),
    ),
    row("L1.ii.2", "Mengevaluasi kegiatan", cells("semester", (2,), "partial"), text("TIM B")),
    findings=(asking("L1.i.3"),),
)
# The same decree once more, as a worse copy: another input, and more that asks.
COPY = KEYED.replace(
    source=KEYED.source.replace(name="pindaian.pdf", sha256="f" * 64),
    findings=(asking("L1.i.3"), asking("L1.ii.1", "responsible")),
)

THREE, FOUR = cells("month", (3,)), cells("month", (4,))
OLDER = plan(
    "kpu-uji-1-2024",
    2024,
    row("L1.i.1", "Membentuk tim kerja zona integritas", THREE),
    row("L1.i.2", "Melaksanakan sosialisasi kode etik kepada pegawai", THREE),
    row("L1.i.3", "Menyusun laporan pengaduan masyarakat triwulanan", THREE),
    row("L1.i.4", "Menetapkan standar operasional prosedur kearsipan", THREE),
    office="KPU KOTA UJI",
)
NEWER = plan(
    "kpu-uji-5-2025",
    2025,
    row("L1.i.1", "Membentuk tim kerja zona integritas", THREE),
    row("L1.i.2", "Melaksanakan sosialisasi kode etik kepada pegawai", FOUR),
    row("L1.i.3", "Menyusun laporan pengaduan masyarakat bulanan", THREE),
    row("L1.i.4", "Memasang alat pencatat kehadiran elektronik", THREE),
    office="KPU Kota Uji",
)


def many(count: int, first: int = 0) -> list[Plan]:
    """Return plans of as many offices."""
    offices = range(first, first + count)
    return [
        KEYED.replace(
            decree_id=f"kpu-{n}-8-10-2025",
            source=KEYED.source.replace(sha256=hashlib.sha256(str(n).encode()).hexdigest()),
            head=KEYED.head.replace(institution=text(f"KPU KABUPATEN {n}")),
        )
        for n in offices
    ]


def placed(plan: Plan, page: int = 1) -> Plan:
    """Return a plan whose first action has a place on a page."""
    box = BBox(x0=10, top=20, x1=110, bottom=40)
    ref = SourceRef(sha256=plan.source.sha256, page=page, bbox=box, reader="pdf-text")
    first = plan.areas[0].components[0].actions[0]
    seen = first.replace(action=first.action.replace(refs=(ref,), confidence=0.12345))
    part = plan.areas[0].components[0].replace(actions=(seen, *plan.areas[0].components[0].actions[1:]))
    area = plan.areas[0].replace(components=(part, *plan.areas[0].components[1:]))
    return plan.replace(areas=(area,))


def write(folder: Path, *plans: Plan) -> Path:
    """Write the plans as a folder of results, as far as publishing reads them."""
    for one in plans:
        place = folder / f"{one.decree_id}-{one.source.sha256[:8]}"
        place.mkdir(parents=True)
        (place / "decree.json").write_bytes(to_json(one))
    return folder


def asked(target: str, sql: str) -> list[tuple[Any, ...]]:
    """Return the rows that a database's own driver gives, with no module of ours between."""
    if target.startswith("postgresql"):
        where = target.removeprefix("postgresql://").replace("/", "@").replace(":", "@").split("@")
        user, host, port, database = where
        with_password = os.environ["PGPASSWORD"]
        server = pg8000.native.Connection(
            user, host=host, port=int(port), database=database, password=with_password
        )
        try:
            return [tuple(one) for one in server.run(sql)]
        finally:
            server.close()
    if target.endswith(".duckdb"):
        with duckdb.connect(target, read_only=True) as file:
            return file.execute(sql).fetchall()
    held = sqlite3.connect(target)
    try:
        return held.execute(sql).fetchall()
    finally:
        held.close()
