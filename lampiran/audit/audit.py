"""A decree and a transcription of it -> an Audit: the steps in their order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from lampiran.audit.figures.figures import with_figures
from lampiran.audit.judge.cells import CellVerdict, left_cell
from lampiran.audit.judge.elsewhere import told_elsewhere
from lampiran.audit.judge.filled_cells import Fills, filled_from_above, marks_from_above, told_once
from lampiran.audit.judge.joined_rows import fused_findings, read_pieces, split_findings
from lampiran.audit.judge.parts import part_findings
from lampiran.audit.judge.preamble import head_findings
from lampiran.audit.judge.rows import (
    RowSaid,
    invented_row,
    mark_findings,
    missing_row,
    read_line,
    text_findings,
)
from lampiran.audit.match.alignment import Alignment
from lampiran.audit.match.inputs import Transcription, check_order, transcription_of
from lampiran.audit.match.layout import Layout, layout_of
from lampiran.audit.match.plan_rows import Paper, paper_of
from lampiran.audit.match.rows import align
from lampiran.audit.match.texts import Confusions
from lampiran.audit.match.transcription_table import Stated, StatedRow, without_heads
from lampiran.pipeline import Progress, read
from lampiran.resources import load_resources
from lampiran.result import Result
from lampiran.version import __version__
from normalize.resources import Resources
from schema.audit import Audit, AuditCell, AuditRow, AuditSide, RowState
from schema.plan import Plan


def audit(
    decree: str | Path | Result | Plan,
    transcription: str | Path,
    *,
    text_readers: Sequence[str] | None = None,
    second_reader: bool = False,
    progress: Progress | None = None,
    figures: bool = True,
) -> Audit:
    """Hold a transcription against the decree that it is of: a verdict for each cell, and figures of them all.

    `decree` is its PDF, or what was read of it. `transcription` is a text, TSV, Markdown, HTML, CSV or XLSX file, or a
    `decree.json`. Nothing of the transcription is put right before it is compared. `figures=False` leaves the
    figures out, which take about as long as the rest. Writes nothing. Raises `UsageError` where the two are swapped, `InputError`
    for what cannot be read and `NoPlanError` where a side has no row.
    """
    if isinstance(decree, Result | Plan):
        plan = decree.plan if isinstance(decree, Result) else decree
    else:
        check_order(Path(decree), Path(transcription))
        result = read(decree, text_readers=text_readers, second_reader=second_reader, progress=progress)
        plan = result.plan
    found = compare(plan, transcription_of(Path(transcription), progress=progress), load_resources())
    return with_figures(found) if figures else found


def audit_files(
    decree: Path,
    transcription: Path,
    *,
    text_readers: Sequence[str] | None = None,
    second_reader: bool = False,
    progress: Progress | None = None,
) -> Audit:
    """Hold a transcription's file against a decree's, see `audit`."""
    return audit(
        decree, transcription, text_readers=text_readers, second_reader=second_reader, progress=progress
    )


def compare(plan: Plan, transcription: Transcription, resources: Resources) -> Audit:
    """Compare what was read of the paper with what is stated; equal values give equal audits."""
    paper = paper_of(plan)
    stated = without_heads(transcription.stated, paper.names)
    alignment = align(paper, stated.rows, resources)
    layouts = _layouts(paper, stated, alignment, resources)
    judge = _Judge(paper, stated, alignment, layouts, resources)
    rows = judge.rows()
    rows = told_once(told_elsewhere(rows, paper))
    head = head_findings(paper.head, stated.head, judge.confusions)
    return _numbered(plan, paper, transcription, head, rows)


Told = tuple[AuditRow, list[CellVerdict]]


class _Judge:
    """Judges the rows of one pair of sides; holds what all rows need."""

    def __init__(
        self,
        paper: Paper,
        stated: Stated,
        alignment: Alignment,
        layouts: Sequence[Layout],
        resources: Resources,
    ) -> None:
        self.paper = paper
        self.stated = stated
        self.alignment = alignment
        self.layouts = layouts
        self.resources = resources
        self.confusions = confusions_of(resources)
        self.teams = tuple(
            dict.fromkeys(row.texts["responsible"].text for row in paper.rows if "responsible" in row.texts)
        )

    def rows(self) -> list[Told]:
        """Return the audit's rows with their cells: those of the paper in its order, then the invented ones."""
        found = marks_from_above({p: self._said(p) for p in sorted(self.alignment.pairs)})
        strangers = _strangers(found)
        fills = filled_from_above(self.paper, found, self.stated, self.alignment)
        parts = part_findings(self.paper, found, self.alignment, self.confusions, self.resources)
        fused = {p for others in self.alignment.fused.values() for p in others}
        told = [
            self._row(p, found, fills, parts.get(p, []), strangers)
            for p in range(len(self.paper.rows))
            if p not in fused
        ]
        return told + [self._invented(s) for s in (*self.alignment.twice, *self.alignment.invented)]

    def _said(self, p: int) -> RowSaid:
        """Read what the line, or the lines, of a printed row say."""
        line = self.stated.rows[self.alignment.pairs[p]]
        names = labels(self.paper, p)
        said = read_line(self.paper.rows[p], names, line, self.layouts[line.stretch], self.resources)
        pieces = [self.stated.rows[s] for s in self.alignment.split.get(p, [])]
        pieces += [self._without_title(s) for s in self.alignment.lent.get(p, [])]
        if not pieces:
            return said
        return read_pieces(said, pieces, names, self.confusions, self.resources)

    def _without_title(self, s: int) -> StatedRow:
        """Return a line without the title of the component in it."""
        row = self.stated.rows[s]
        gone = [title.cell for title in self.alignment.titles if title.rows == (row,)]
        return replace(row, cells=tuple(cell for cell in row.cells if not any(cell is one for one in gone)))

    def _row(
        self,
        p: int,
        found: Mapping[int, RowSaid],
        fills: Fills,
        parts: list[CellVerdict],
        strangers: frozenset[tuple[int, int]],
    ) -> Told:
        row = self.paper.rows[p]
        base = AuditRow(
            n=p + 1,
            state="missing",
            action_ids=(row.action_id,),
            area=self.paper.areas[row.area].name.text,
            component=self.paper.components[row.component].name.text,
            page=row.page,
        )
        if p not in found:
            return base, [*parts, *missing_row(row)]
        said = found[p]
        s = self.alignment.pairs[p]
        others = self.alignment.fused.get(s, [])
        pieces = self.alignment.split.get(p, [])
        names = labels(self.paper, p)
        state: RowState = "fused" if others else "split" if pieces else "matched"
        if others:
            rows = [self.paper.rows[o] for o in others]
            cells = fused_findings(said, rows, names, fills.get(p, {}), self.confusions, self.resources)
        elif pieces:
            cells = split_findings(said, fills.get(p, {}), self.confusions, self.teams)
        else:
            cells = text_findings(said, fills.get(p, {}), self.confusions, self.teams) + mark_findings(said)
        cells += [
            left_cell(cell)
            for cell in said.placement.left
            if not others and (said.line.stretch, cell.column) not in strangers
        ]
        told = base.model_copy(
            update={
                "state": state,
                "action_ids": (row.action_id, *(self.paper.rows[o].action_id for o in others)),
                "stated": tuple(
                    sorted(self.stated.rows[n].n for n in (s, *pieces, *self.alignment.lent.get(p, [])))
                ),
                "likeness": round(self.alignment.likeness[p], 4),
                "shift": said.placement.shift,
                "line": said.line.line,
            }
        )
        return told, [*parts, *cells]

    def _invented(self, s: int) -> Told:
        line = self.stated.rows[s]
        kind = "row-duplicated" if s in self.alignment.twice else "row-invented"
        row = AuditRow(n=len(self.paper.rows) + line.n, state="invented", stated=(line.n,), line=line.line)
        return row, invented_row(line, self.layouts[line.stretch], self.resources, kind)


def _strangers(found: Mapping[int, RowSaid]) -> frozenset[tuple[int, int]]:
    """Return the columns, each with its stretch, that hold texts of no field in every second line: the transcriber's own."""
    lines = Counter(said.line.stretch for said in found.values())
    held = Counter(
        (said.line.stretch, cell.column) for said in found.values() for cell in said.placement.left
    )
    return frozenset(place for place, count in held.items() if count > 1 and count * 2 >= lines[place[0]])


def labels(paper: Paper, p: int) -> dict[str, str]:
    """Return the numerals and names of the area and the component that a paper row stands in."""
    row = paper.rows[p]
    area, component = paper.areas[row.area], paper.components[row.component]
    return {
        "area_no": area.number.text,
        "area": area.name.text,
        "component_no": component.number.text,
        "component": component.name.text,
    }


def _layouts(paper: Paper, stated: Stated, alignment: Alignment, resources: Resources) -> list[Layout]:
    back = {s: p for p, s in alignment.pairs.items()}
    rows = [
        [
            (paper.rows[back[s]], labels(paper, back[s]), line)
            for s, line in enumerate(stated.rows)
            if line.stretch == number and s in back
        ]
        for number in range(len(stated.stretches))
    ]
    return [layout_of(stretch, own, resources) for stretch, own in zip(stated.stretches, rows, strict=True)]


def confusions_of(resources: Resources) -> Confusions:
    """Return what readers take for what, as pairs of what is printed and what is seen; digits both ways."""
    pairs = {
        (meant, seen): cost
        for rows in resources.words.confusions.pairs.values()
        for seen, meant, cost in rows
    }
    digits = {(b, a): cost for (a, b), cost in pairs.items() if b.isdigit()}
    return {**digits, **pairs}


def _numbered(
    plan: Plan, paper: Paper, transcription: Transcription, head: Sequence[CellVerdict], rows: Sequence[Told]
) -> Audit:
    """Number rows and cells and put the audit together."""
    numbers = {row.n: n for n, (row, _) in enumerate(rows, start=1)}
    cells: list[AuditCell] = [_cell(n, None, cell, numbers) for n, cell in enumerate(head, start=1)]
    for row, found in rows:
        for cell in found:
            cells.append(_cell(len(cells) + 1, numbers[row.n], cell, numbers))
    return Audit(
        decree=_side(plan, len(paper.rows)),
        transcription=transcription.side,
        rows=tuple(row.model_copy(update={"n": numbers[row.n]}) for row, _ in rows),
        cells=tuple(cells),
        versions=tuple({**dict(plan.versions), "lampiran": __version__}.items()),
    )


def _cell(n: int, row: int | None, cell: CellVerdict, numbers: Mapping[int, int]) -> AuditCell:
    where = cell.elsewhere
    return AuditCell(
        n=n,
        row=row,
        level=cell.level,
        field=cell.field,
        verdict=cell.verdict,
        consequence=cell.consequence,
        kind=cell.kind,
        paper=cell.paper,
        stated=cell.stated,
        paper_ref=cell.paper_ref,
        stated_ref=cell.stated_ref,
        confidence=cell.confidence,
        doubts=cell.doubts,
        elsewhere=(numbers[where[0]], where[1]) if where is not None and where[0] in numbers else None,
    )


def _side(plan: Plan, rows: int) -> AuditSide:
    readers = [r.reader for a in plan.placed() for r in a.action.action.refs]
    return AuditSide(
        file=plan.source.name,
        sha256=plan.source.sha256,
        decree_id=plan.decree_id,
        office=plan.head.institution.text,
        number=plan.head.number.text,
        year=plan.head.year.text,
        reader=max(sorted(set(readers)), key=readers.count, default=""),
        rows=rows,
        pages=plan.source.page_count or 0,
    )
