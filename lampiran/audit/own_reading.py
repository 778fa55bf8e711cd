"""A decree's plan -> an audit of the program's own reading, for a sample that a person judges against the paper."""

from __future__ import annotations

from collections.abc import Iterator

from lampiran.audit.judge.cells import CellVerdict, verdict_on
from lampiran.audit.match.plan_rows import Paper, PaperMark, PaperText, paper_of, side_of, versions_of
from schema.audit import Audit, AuditRow, Level
from schema.plan import Plan

READER = "lampiran"


def own_audit(plan: Plan) -> Audit:
    """Return an audit in which the plan itself is the transcription; there is no fault and no figure in it.

    Its cells are all texts and periods of the rows, and the names and numerals of areas and components once each, where
    they begin. What could not be read is `unreadable`, and can be drawn as well: a person can judge the blank.
    """
    paper = paper_of(plan)
    side = side_of(plan, len(paper.rows), reader="", pages=plan.source.page_count or 0)
    return Audit(
        decree=side,
        transcription=side.replace(reader=READER),
        rows=tuple(_rows(paper)),
        cells=tuple(cell.numbered(n, row) for n, (row, cell) in enumerate(_cells(paper), start=1)),
        versions=versions_of(plan),
    )


def is_own(audit: Audit) -> bool:
    """Tell whether an audit is of the program's own reading, so that nothing was compared in it."""
    return audit.transcription.reader == READER


def _rows(paper: Paper) -> Iterator[AuditRow]:
    for n, row in enumerate(paper.rows, start=1):
        yield AuditRow(
            n=n,
            state="matched",
            action_ids=(row.action_id,),
            stated=(n,),
            likeness=1.0,
            area=row.labels["area"],
            component=row.labels["component"],
            page=row.page,
        )


def _cells(paper: Paper) -> Iterator[tuple[int, CellVerdict]]:
    begun: set[tuple[str, int]] = set()
    for n, row in enumerate(paper.rows, start=1):
        parts: tuple[tuple[Level, int], ...] = (("area", row.area), ("component", row.component))
        for level, place in parts:
            if (level, place) not in begun:
                part = (paper.areas if level == "area" else paper.components)[place]
                yield n, _agreed(level, f"{level}_no", part.number)
                yield n, _agreed(level, level, part.name)
            begun.add((level, place))
        yield from ((n, _agreed("action", name, text)) for name, text in row.texts.items())
        yield from ((n, _agreed("mark", name, mark)) for name, mark in row.marks.items())


def _agreed(level: Level, name: str, paper: PaperText | PaperMark) -> CellVerdict:
    """Return the cell that says what was read of the paper."""
    return verdict_on(level, name, "unreadable" if paper.unread else "same", paper=paper, stated=paper.said)
