"""A decree and a transcription of it -> an Audit: the steps in their order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from lampiran.audit.figures.figures import with_figures
from lampiran.audit.judge import across_rows
from lampiran.audit.judge.across_rows import Fills, Told
from lampiran.audit.judge.cells import CellVerdict, Judging, invented_cell
from lampiran.audit.judge.joined_rows import fused_findings, read_pieces, row_findings, split_findings
from lampiran.audit.judge.parts import head_findings, part_findings
from lampiran.audit.judge.rows import RowSaid, invented_row, missing_row, read_line
from lampiran.audit.judge.texts import confusions_of
from lampiran.audit.match.alignment import Alignment
from lampiran.audit.match.inputs import Transcription, transcription_of
from lampiran.audit.match.layout import Layout, layout_of
from lampiran.audit.match.order import check_order
from lampiran.audit.match.plan_rows import Paper, PaperRow, paper_of, side_of, versions_of
from lampiran.audit.match.rows import align
from lampiran.audit.match.transcription_table import Stated, StatedRow, without_headers
from lampiran.held_file import Input, as_path
from lampiran.pipeline import Progress, read
from lampiran.resources import load_resources
from lampiran.result import Result
from normalize.resources import Resources
from schema.audit import Audit, AuditCell, AuditRow, AuditSide
from schema.plan import Plan

_DECIMALS = 4


def audit(
    decree: Input | Result | Plan,
    transcription: Input,
    *,
    name: str | None = None,
    text_readers: Sequence[str] | None = None,
    second_reader: bool = False,
    progress: Progress | None = None,
    figures: bool = True,
) -> Audit:
    """Hold a transcription against the decree that it is of: a verdict for each cell, and figures of them all.

    `decree` is its PDF, or what was read of it. `transcription` is a text, TSV, Markdown, HTML, CSV or XLSX file, or a
    `decree.json`. Both may be bytes or binary streams, too; `name` is then what the transcription is called. Nothing of the
    transcription is put right before it is compared. `figures=False` leaves the figures out, which take about as long as the
    rest. Writes nothing. Raises `UsageError` where the two are swapped (`check_order`), `InputError`
    for what cannot be read and `NoPlanError` where a side has no row.
    """
    typed = as_path(transcription, name=name)
    if isinstance(decree, Result | Plan):
        plan = decree.plan if isinstance(decree, Result) else decree
    else:
        paper = as_path(decree)
        check_order(paper, typed)
        result = read(paper, text_readers=text_readers, second_reader=second_reader, progress=progress)
        plan = result.plan
    found = compare(plan, transcription_of(typed, progress=progress), load_resources())
    return with_figures(found) if figures else found


def compare(plan: Plan, transcription: Transcription, resources: Resources) -> Audit:
    """Compare what was read of the paper with what is stated; equal values give equal audits."""
    paper = paper_of(plan)
    stated = without_headers(transcription.stated, paper.names)
    alignment = align(paper, stated.rows, resources)
    teams = dict.fromkeys(r.texts["responsible"].text for r in paper.rows if "responsible" in r.texts)
    judging = Judging(confusions_of(resources), tuple(teams))
    layouts = _layouts(paper, stated, alignment, resources)
    rows = _Rows(paper, stated, alignment, layouts, judging, resources).told()
    rows = across_rows.told_once(across_rows.told_elsewhere(rows, paper))
    head = head_findings(paper.head, stated.head, judging)
    return _numbered(plan, paper, transcription, head, rows)


@dataclass(frozen=True)
class _Rows:
    """The rows of both sides, and what they are judged by."""

    paper: Paper
    stated: Stated
    alignment: Alignment
    layouts: Sequence[Layout]
    judging: Judging
    resources: Resources

    def told(self) -> list[Told]:
        """Return the audit's rows with their cells: those of the paper in its order, then the invented ones."""
        found = across_rows.marks_from_above({p: self._said(p) for p in sorted(self.alignment.pairs)})
        own_columns = _own_columns(found)
        fills = across_rows.filled_from_above(self.paper, found, self.stated, self.alignment)
        parts = part_findings(self.paper, found, self.alignment, self.judging, self.resources)
        fused = {p for others in self.alignment.fused.values() for p in others}
        told: list[Told] = []
        for p in (p for p in range(len(self.paper.rows)) if p not in fused):
            row, cells = self._matched(p, found[p], fills, own_columns) if p in found else self._missing(p)
            told.append((row, [*parts.get(p, []), *cells]))
        return told + [self._invented(s) for s in (*self.alignment.twice, *self.alignment.invented)]

    def _said(self, p: int) -> RowSaid:
        """Read what the line, or the lines, of a printed row say."""
        line = self.stated.rows[self.alignment.pairs[p]]
        layout = self.layouts[line.section]
        said = read_line(self.paper.rows[p], line, layout, self.resources)
        pieces = [self.stated.rows[s] for s in self.alignment.split.get(p, [])]
        pieces += [self._without_title(s) for s in self.alignment.lent.get(p, [])]
        return read_pieces(said, pieces, self.judging, self.resources) if pieces else said

    def _without_title(self, s: int) -> StatedRow:
        """Return a line without the title of the component in it."""
        row = self.stated.rows[s]
        gone = [title.cell for title in self.alignment.titles if title.rows == (row,)]
        return replace(row, cells=tuple(cell for cell in row.cells if not any(cell is one for one in gone)))

    def _printed(self, p: int) -> AuditRow:
        row = self.paper.rows[p]
        return AuditRow(
            n=p + 1,
            state="missing",
            action_ids=(row.action_id,),
            area=row.labels["area"],
            component=row.labels["component"],
            page=row.page,
        )

    def _missing(self, p: int) -> Told:
        return self._printed(p), missing_row(self.paper.rows[p])

    def _matched(self, p: int, said: RowSaid, fills: Fills, own_columns: frozenset[tuple[int, int]]) -> Told:
        s, own = self.alignment.pairs[p], fills.get(p, {})
        others = [self.paper.rows[o] for o in self.alignment.fused.get(s, [])]
        pieces = self.alignment.split.get(p, [])
        if others:
            cells = fused_findings(said, others, own, self.judging, self.resources)
        else:
            cells = (split_findings if pieces else row_findings)(said, own, self.judging)
            left = (c for c in said.placement.left if (said.line.section, c.column) not in own_columns)
            cells += [invented_cell("action", cell, "cell-invented") for cell in left]
        lines = (s, *pieces, *self.alignment.lent.get(p, []))
        row = self._printed(p).replace(
            state="fused" if others else "split" if pieces else "matched",
            action_ids=(said.row.action_id, *(other.action_id for other in others)),
            stated=tuple(sorted(self.stated.rows[n].n for n in lines)),
            likeness=round(self.alignment.likeness[p], _DECIMALS),
            shift=said.placement.shifts.shift,
            line=said.line.line,
        )
        return row, cells

    def _invented(self, s: int) -> Told:
        line = self.stated.rows[s]
        kind = "row-duplicated" if s in self.alignment.twice else "row-invented"
        row = AuditRow(n=len(self.paper.rows) + line.n, state="invented", stated=(line.n,), line=line.line)
        return row, invented_row(line, self.layouts[line.section], self.resources, kind)


def _own_columns(found: Mapping[int, RowSaid]) -> frozenset[tuple[int, int]]:
    """Return the transcriber's own columns, each with its section: those that hold texts of no field in every second line."""
    lines = Counter(said.line.section for said in found.values())
    left = ((said.line.section, cell.column) for said in found.values() for cell in said.placement.left)
    held = Counter(left)
    return frozenset(place for place, count in held.items() if count > 1 and count * 2 >= lines[place[0]])


def _layouts(paper: Paper, stated: Stated, alignment: Alignment, resources: Resources) -> list[Layout]:
    back = {s: p for p, s in alignment.pairs.items()}
    rows: list[list[tuple[PaperRow, StatedRow]]] = [[] for _ in stated.sections]
    for s, line in enumerate(stated.rows):
        if s in back:
            rows[line.section].append((paper.rows[back[s]], line))
    return [layout_of(section, own, resources) for section, own in zip(stated.sections, rows, strict=True)]


def _numbered(
    plan: Plan, paper: Paper, transcription: Transcription, head: Sequence[CellVerdict], rows: Sequence[Told]
) -> Audit:
    """Number rows and cells and put the audit together."""
    numbers = {row.n: n for n, (row, _) in enumerate(rows, start=1)}
    return Audit(
        decree=_side(plan, len(paper.rows)),
        transcription=transcription.side,
        rows=tuple(row.replace(n=numbers[row.n]) for row, _ in rows),
        cells=tuple(_cells(head, rows, numbers)),
        versions=versions_of(plan),
    )


def _cells(
    head: Sequence[CellVerdict], rows: Sequence[Told], numbers: Mapping[int, int]
) -> Iterator[AuditCell]:
    placed: list[tuple[int | None, CellVerdict]] = [(None, cell) for cell in head]
    placed += [(numbers[row.n], cell) for row, own in rows for cell in own]
    for n, (row, cell) in enumerate(placed, start=1):
        where = cell.elsewhere
        elsewhere = (numbers[where[0]], where[1]) if where is not None and where[0] in numbers else None
        yield cell.numbered(n, row, elsewhere)


def _side(plan: Plan, rows: int) -> AuditSide:
    """Return the paper's side; its reader is the one that read most of the rows."""
    readers = [r.reader for a in plan.placed() for r in a.action.action.refs]
    reader = max(sorted(set(readers)), key=readers.count, default="")
    return side_of(plan, rows, reader=reader, pages=plan.source.page_count or 0)
