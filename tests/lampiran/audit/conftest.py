"""A decree read once, its table as somebody might have typed it, and the audit of what is planted in it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

import lampiran
from lampiran.result import Result
from schema.audit import Audit, AuditCell
from schema.plan import Placed, Plan

Row = list[str]
Plant = Callable[[list[Row]], None]
HEAD = [
    "NO",
    "KOMPONEN",
    "",
    "INDIKATOR",
    "LANGKAH AKSI",
    "BUKTI/EVIDEN",
    *(str(month) for month in range(1, 13)),
    "PENANGGUNG JAWAB",
]
INDICATOR, ACTION, EVIDENCE, FIRST, TEAM = 3, 4, 5, 6, 18


@pytest.fixture(scope="session")
def result(samples: Path) -> Result:
    """The larger sample decree, read from its PDF."""
    return lampiran.read(samples / "kpu-batang-2025.pdf")


@pytest.fixture(scope="session")
def sample_audit(result: Result, samples: Path) -> Audit:
    """The audit of the sample's transcription."""
    return lampiran.audit(result, samples / "kpu-batang-2025.transcript.txt")


def typed(plan: Plan, *, filled: bool = False) -> list[Row]:
    """Return a plan's table as rows of cells; `filled` repeats what stands in merged cells."""
    rows: list[Row] = []
    for area in plan.areas:
        rows.append([f"{area.label.text}. {area.name.text}", *[""] * TEAM])
        for component in area.components:
            label = [f"{component.number.text}.", component.name.text]
            for n, action in enumerate(component.actions):
                own = label if filled or n == 0 else ["", ""]
                rows.append(_typed_row(Placed(area=area, component=component, action=action), own, filled))
    return rows


def _typed_row(item: Placed, label: Row, filled: bool) -> Row:
    action = item.action
    marks = ["√" if month in action.schedule.planned() else "" for month in range(1, 13)]
    team = action.responsible.text if filled or action.responsible.status != "filled" else ""
    return ["", *label, action.indicator.text, action.action.text, action.evidence.text, *marks, team]


def tsv(rows: Sequence[Row]) -> str:
    """Return rows as tab-separated text under their head."""
    return "\n".join("\t".join(row) for row in [HEAD, *rows]) + "\n"


def row_at(rows: Sequence[Row], action: str) -> Row:
    """Return the row of an action whose text begins so."""
    return next(row for row in rows if len(row) > ACTION and row[ACTION].startswith(action))


@pytest.fixture
def audited(result: Result, tmp_path: Path) -> Callable[..., Audit]:
    """Type the decree's table, let somebody spoil it, and audit it."""

    def run(plant: Plant | None = None, *, filled: bool = False, plan: Plan | None = None) -> Audit:
        rows = typed(result.plan, filled=filled)
        if plant is not None:
            plant(rows)
        path = tmp_path / "typed.tsv"
        path.write_text(tsv(rows), encoding="utf-8")
        return lampiran.audit(plan or result, path)

    return run


def told(audit: Audit) -> list[tuple[str, str, str | None]]:
    """Return each fault as row, field and kind; the row is the paper's id, `head` or `invented`."""
    ids = {row.n: row.action_ids[0] if row.action_ids else "invented" for row in audit.rows}
    return [(ids.get(cell.row or 0, "head"), cell.field, cell.kind) for cell in audit.faults()]


def verdicts(audit: Audit) -> list[tuple[object, ...]]:
    """Return what an audit says of every cell, without the places in the transcription."""
    return [
        (cell.row, cell.field, cell.verdict, cell.consequence, cell.kind, cell.paper, cell.stated)
        for cell in audit.cells
    ]


def cell_of(audit: Audit, action_id: str, field: str) -> AuditCell:
    """Return one cell."""
    number = next(row.n for row in audit.rows if action_id in row.action_ids)
    return next(cell for cell in audit.cells if cell.row == number and cell.field == field)
