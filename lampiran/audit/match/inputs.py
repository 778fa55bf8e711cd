"""A transcription's file -> what it states."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from extract.reading import read_document
from extract.types import Cell, Extraction, Grid
from lampiran.alignment.fields import TEXTS
from lampiran.audit.match.plan_rows import head_texts, side_of
from lampiran.audit.match.transcription_table import Stated, stated_in
from lampiran.diff.sides import plan_of
from lampiran.own_files import ACTIONS
from lampiran.own_results import holds_json, published_file, published_table, refuse
from lampiran.pipeline import Progress
from lampiran.publish.periods import period_field
from lampiran.resources import load_resources
from normalize.resources import Resources
from schema.audit import AuditSide
from schema.errors import NoPlanError
from schema.plan import Placed, Plan
from schema.provenance import SourceRef

_LABELS = ("area_no", "area", "component_no", "component")
_HEAD = ("institution", "number", "year")


@dataclass(frozen=True, slots=True)
class Transcription:
    """One side of an audit."""

    side: AuditSide
    stated: Stated


def transcription_of(path: Path, *, progress: Progress | None = None) -> Transcription:
    """Read a transcription as it is written; a folder or a JSON file is a result of ours.

    Of its tables `actions.csv` and `actions.xlsx` state a plan; the others are refused. Raises `InputError` for them
    and for what cannot be read, `NoPlanError` where there is no row in it.
    """
    resources = load_resources()
    if path.is_dir() or path.suffix.lower() == ".json" or holds_json(path):
        return _of_plan(plan_of(path), resources)
    if progress is not None:
        progress.stage(path, "extract")
    extraction = read_document(path)
    name = published_table(extraction) or published_file(path)
    refuse(path, None if name in ACTIONS else name)
    stated = stated_in(extraction, resources)
    if not stated.rows:
        raise NoPlanError(
            id=f"{path}: tidak ada baris tabel di dalamnya; berikan transkripsi yang memuat tabel lampirannya.",
            en=f"{path}: it holds no row of a table; give a transcription that holds the annex's table.",
        )
    said = {name: stated.head[f"head.{name}"].text for name in _HEAD if f"head.{name}" in stated.head}
    side = AuditSide(
        file=extraction.source.name,
        sha256=extraction.source.sha256,
        office=said.get("institution", ""),
        number=said.get("number", ""),
        year=said.get("year", ""),
        reader="transcript",
        rows=len(stated.rows),
    )
    return Transcription(side, stated)


def _of_plan(plan: Plan, resources: Resources) -> Transcription:
    """Lay a plan out as a table of our own: one column per field, one row per action."""
    stated = stated_in(Extraction(source=plan.source, grids=(_grid(plan),)), resources)
    side = side_of(plan, len(stated.rows), reader="decree.json")
    return Transcription(side, replace(stated, head=head_texts(plan)))


def _grid(plan: Plan) -> Grid:
    placed = list(plan.placed())
    periods = (p for item in placed for p in item.action.schedule.periods)
    marks = sorted({period_field(p.period_type, p.period) for p in periods})
    extras = tuple(dict.fromkeys(e.column for item in placed for e in item.action.extra))
    names = ["action_id", *_LABELS, *TEXTS, "schedule_text", *marks, *(f"extra.{e}" for e in extras)]
    table = [names, *([*_values(item, marks, extras)] for item in placed)]
    sha256 = plan.source.sha256
    cells = tuple(
        Cell(
            row=n,
            column=m,
            text=text,
            ref=SourceRef(sha256=sha256, line=n + 1, cell=m + 1, reader="transcript"),
        )
        for n, row in enumerate(table)
        for m, text in enumerate(row)
    )
    return Grid(line=1, row_count=len(table), column_count=len(names), cells=cells, exact=False)


def _values(item: Placed, marks: Sequence[str], extras: Sequence[str]) -> Iterator[str]:
    action, component = item.action, item.component
    yield action.action_id
    yield from (item.area.label.text or str(item.area.number), item.area.name.text)
    yield from (component.number.text, component.name.text)
    yield from (getattr(action, name).text for name in TEXTS)
    yield action.schedule.text.text
    states = {period_field(p.period_type, p.period): p.state for p in action.schedule.periods}
    for mark in marks:
        yield {"planned": "true", "not-planned": "false"}.get(states.get(mark, ""), "")
    for extra in extras:
        yield "\n".join(e.field.text for e in action.extra if e.column == extra)
