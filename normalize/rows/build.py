"""The grids of an Extraction turned into draft rows; heads are set apart and loose text is collected."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from extract.types import Cell, Grid, TextLine
from normalize.draft import Draft, Row
from normalize.form import Form, HeadSplit, split_heads
from normalize.rows.exact import exact_rows
from normalize.rows.transcribed import transcribed_rows
from normalize.vocabulary import Role
from schema.catalogue import make_finding
from schema.findings import Finding

RULE = "build-rows"


@dataclass(slots=True)
class _Collected:
    """What has been read of the grids so far."""

    rows: list[Row] = field(default_factory=list)
    loose: list[TextLine] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    form: Form | None = None
    named: set[str] = field(default_factory=set)
    roles: set[Role] = field(default_factory=set)
    chunks: int = 0


def build_rows(draft: Draft) -> Draft:
    """Read every grid of the plan; a grid of another kind becomes loose text."""
    collected = _Collected()
    for number, grid in enumerate(draft.extraction.grids):
        for split in split_heads(grid, draft.resources.form):
            _take(draft, collected, number, grid, split)
    return replace(
        draft,
        rows=tuple(collected.rows),
        loose=_in_order((*draft.extraction.lines, *collected.loose)),
        findings=(*draft.findings, *collected.findings),
        roles=frozenset(collected.roles),
    )


def _in_order(lines: tuple[TextLine, ...]) -> tuple[TextLine, ...]:
    """Return the lines of a transcription in their order there; those of pages come in reading order."""
    if any(line.line is None for line in lines):
        return lines
    return tuple(sorted(lines, key=lambda line: line.line or 0))


def _take(draft: Draft, collected: _Collected, number: int, grid: Grid, split: HeadSplit) -> None:
    form = _form_for(collected.form, grid, split)
    if form is None:
        collected.loose += _as_lines(grid)
        if collected.form is not None:
            first = next((c for c in grid.cells if c.text.strip()), grid.cells[0])
            collected.findings.append(
                make_finding("text-unplaced", rule=RULE, ref=first.ref, raw=first.text, certainty="ambiguous")
            )
        return
    collected.findings += _head_findings(split, first=collected.form is None)
    collected.findings += _unknown_columns(form, split, collected.named)
    collected.form = form
    collected.roles.update(column.role for column in form.columns)
    if grid.exact:
        rows = exact_rows(split.body, form, grid, (number, collected.chunks), draft.resources)
    else:
        rows, strays = transcribed_rows(split, form, number, collected.chunks, draft.resources)
        collected.loose += strays
    collected.rows += rows
    collected.chunks += 1


def _form_for(known: Form | None, grid: Grid, split: HeadSplit) -> Form | None:
    """Return the form of a stretch: its own head's, or the one above where the table plainly goes on."""
    if split.form is not None and split.form.is_plan:
        return split.form
    if known is None or split.form is not None or known.exact != grid.exact:
        return None
    return known if not grid.exact or len(known.columns) == grid.column_count else None


def _as_lines(grid: Grid) -> list[TextLine]:
    return [line for cell in grid.cells for line in cell.lines]


def _head_findings(split: HeadSplit, *, first: bool) -> list[Finding]:
    """Report the rows that are no data: every head but the first, and each row of column numbers."""
    repeated = () if first else split.head
    dropped = [("repeated-head-dropped", row) for row in repeated]
    dropped += [("column-numbers-dropped", row) for row in split.numbers]
    return [make_finding(code, rule=RULE, ref=row[0].ref, raw=_joined(row)) for code, row in dropped]


def _unknown_columns(form: Form, split: HeadSplit, named: set[str]) -> list[Finding]:
    unknown = [c for c in form.columns if c.role == "unknown" and c.name not in named]
    named.update(c.name for c in unknown)
    ref = split.head[0][0].ref if split.head else None
    return [make_finding("column-unknown", rule=RULE, ref=ref, raw=c.name) for c in unknown]


def _joined(row: tuple[Cell, ...]) -> str:
    return " | ".join(" ".join(c.text.split()) for c in row if c.text.strip())
