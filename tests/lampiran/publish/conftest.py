"""A plan made by hand: months, quarters, an unknown and a covered schedule, and hostile text."""

from __future__ import annotations

import datetime
from collections.abc import Callable

import pytest

from extract.types import Cell, Extraction, Grid, Page, TextLine
from schema.catalogue import make_finding
from schema.decree import Attestation, Clause, DecreeHead, Field, Signatory, Status
from schema.findings import Finding
from schema.geometry import BBox
from schema.plan import Action, Area, Component, Period, PeriodState, PeriodType, Plan, Schedule
from schema.provenance import Source, SourceRef

SHA = "0123456789abcdef" * 4
FORMULA = '=cmd()|"x"!A1'
SCRIPT = "<script>alert('x')</script>"


def ref(line: int, cell: int | None = None) -> SourceRef:
    """Return a place in the transcription."""
    return SourceRef(sha256=SHA, line=line, cell=cell, reader="transcript")


def field(text: str, *, printed: str | None = None, status: Status = "read", line: int = 1) -> Field:
    """Return a field with its place."""
    return Field(printed=text if printed is None else printed, text=text, status=status, refs=(ref(line),))


def periods(kind: PeriodType, count: int, planned: set[int], other: PeriodState) -> tuple[Period, ...]:
    """Return all periods of a type."""
    numbers = range(1, count + 1)
    return tuple(
        Period(period_type=kind, period=n, state="planned" if n in planned else other) for n in numbers
    )


SCHEDULES = {
    "months": Schedule(
        state="marked",
        periods=periods("month", 12, {3, 6, 9, 12}, "not-planned"),
        printed="..√..√..√..√",
        refs=(ref(3),),
    ),
    "none": Schedule(state="none", periods=periods("month", 12, set(), "not-planned")),
    "unknown": Schedule(state="unknown", periods=periods("month", 12, set(), "unknown")),
    "covered": Schedule(
        state="partial",
        periods=(
            *periods("month", 11, {1}, "not-planned"),
            Period(period_type="month", period=12, state="covered"),
        ),
    ),
    "quarters": Schedule(state="marked", periods=periods("quarter", 4, {1, 4}, "not-planned")),
    "text": Schedule(
        state="marked",
        periods=periods("semester", 2, {1}, "not-planned"),
        text=field("Semester I"),
    ),
}


def action(action_id: str, position: int, schedule: str, *, text: str = "Menyusun laporan") -> Action:
    """Return an action with the named schedule."""
    return Action(
        action_id=action_id,
        position=position,
        indicator=field("Laporan telah disusun", line=position + 1),
        action=field(text, line=position + 1),
        evidence=field("- Laporan\n- Undangan, daftar hadir", line=position + 1),
        documents=("- Laporan", "Undangan, daftar hadir"),
        responsible=field("TIM MANAJEMEN PERUBAHAN", status="filled", line=position + 1),
        schedule=SCHEDULES[schedule],
        needs_review=schedule in {"unknown", "covered"},
        line=position + 1,
    )


def findings() -> tuple[Finding, ...]:
    """Return one finding or more of each severity but error."""
    return (
        make_finding("repeated-head-dropped", rule="heads", ref=ref(2)),
        make_finding(
            "word-corrected",
            rule="words",
            ref=ref(3, 4),
            action_id="L1.i.1",
            field="action",
            raw="rnonev",
            value="monev",
            certainty="probable",
            reason="rn/m",
        ),
        make_finding("schedule-unknown", rule="marks", ref=ref(4), action_id="L1.i.2", field="schedule"),
        make_finding(
            "word-suspect",
            rule="words",
            ref=ref(3, 4),
            action_id="L1.i.1",
            field="evidence",
            raw=SCRIPT,
            alternatives=(FORMULA, "sarana"),
            certainty="ambiguous",
        ),
        make_finding(
            "spelling-habit",
            rule="words",
            ref=ref(3),
            action_id="L1.i.1",
            raw="resiko",
            alternatives=("risiko",),
        ),
    )


def head() -> DecreeHead:
    """Return a decree's head with all of its parts."""
    return DecreeHead(
        institution=field("KANTOR CONTOH KABUPATEN UJI"),
        number=field("8.1"),
        year=field("2025"),
        title=field("RENCANA AKSI ZONA INTEGRITAS " + SCRIPT),
        enacted_by=field("KEPALA KANTOR CONTOH"),
        considerations=(Clause(label="a", field=field("bahwa perlu ditetapkan;")),),
        legal_basis=(Clause(label="1", field=field("Undang-Undang Nomor 1 Tahun 2020;")),),
        decides=field("KEPUTUSAN TENTANG RENCANA AKSI"),
        dictum=(Clause(label="KESATU", field=field("Menetapkan rencana aksi.")),),
        place=field("Uji"),
        date_text=field("3 Januari 2025"),
        date=datetime.date(2025, 1, 3),
        signatory=Signatory(office=field("KEPALA KANTOR CONTOH"), name=field("PEJABAT A")),
        attestation=Attestation(
            statement=field("Salinan sesuai dengan aslinya"),
            office=field("SEKRETARIAT"),
            position=field("Kepala Sub Bagian"),
            name=field("PEJABAT B"),
        ),
        signature_kind="copy",
    )


def make_plan(*, decree_id: str = "kantor-contoh-8-1-2025", sha256: str = SHA) -> Plan:
    """Return the plan with its six kinds of schedule."""
    one = Component(
        number=field("i."),
        name=field("Penyusunan Tim Kerja"),
        actions=(
            action("L1.i.1", 1, "months", text=FORMULA),
            action("L1.i.2", 2, "unknown", text=SCRIPT),
            action("L1.i.3", 3, "covered"),
        ),
    )
    two = Component(
        number=field("1"),
        name=field("Standar Pelayanan", status="inferred"),
        actions=(action("L2.1.1", 1, "quarters"), action("L2.1.2", 2, "text"), action("L2.1.3", 3, "none")),
    )
    return Plan(
        decree_id=decree_id,
        source=Source(name="contoh.txt", sha256=sha256, media_type="text/plain", size=1234, encoding="utf-8"),
        head=head(),
        areas=(
            Area(number=1, label=field("1."), name=field("MANAJEMEN PERUBAHAN"), components=(one,)),
            Area(number=2, label=field("2."), name=field("TATA LAKSANA"), components=(two,)),
        ),
        findings=findings(),
        versions=(("lampiran", "0.1.0"), ("pydantic", "2")),
    )


def make_extraction() -> Extraction:
    """Return an extraction with a page, a loose line and a grid of one row."""
    texts = ("", "i.", "Penyusunan Tim Kerja", "rnonev " + SCRIPT, FORMULA, "√")
    cells = tuple(
        Cell(row=0, column=n, text=text, ref=ref(3, n + 1), lines=(TextLine(text=text, line=3),))
        for n, text in enumerate(texts)
    )
    box = BBox(x0=1.5, top=2.25, x1=100.0, bottom=50.0)
    return Extraction(
        source=make_plan().source,
        pages=(Page(number=1, width=936.0, height=612.0, kind="digital"),),
        lines=(TextLine(text="KEPUTUSAN", line=2, page=1, bbox=box),),
        grids=(Grid(line=3, row_count=1, column_count=len(texts), cells=cells, exact=False),),
        versions=(("lampiran", "0.1.0"),),
    )


@pytest.fixture
def plan() -> Plan:
    """Return the plan made by hand."""
    return make_plan()


@pytest.fixture
def plan_of() -> Callable[..., Plan]:
    """Return the maker of plans, for another decree or input."""
    return make_plan


@pytest.fixture
def extraction() -> Extraction:
    """Return the extraction that goes with it."""
    return make_extraction()


@pytest.fixture
def formula() -> str:
    """Return the text that a spreadsheet would run."""
    return FORMULA


@pytest.fixture
def script() -> str:
    """Return the text that a browser would run."""
    return SCRIPT
