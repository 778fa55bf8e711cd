"""A decree's plan -> an audit of the program's own reading, for a sample that a person judges against the paper."""

from __future__ import annotations

from collections.abc import Iterator

from lampiran.audit.match.plan_rows import Paper, PaperMark, PaperText, paper_of
from lampiran.version import __version__
from schema.audit import Audit, AuditCell, AuditRow, AuditSide, Level
from schema.plan import Plan

READER = "lampiran"


def own_audit(plan: Plan) -> Audit:
    """Return an audit in which the plan itself is the transcription; there is no fault and no figure in it.

    Its cells are all texts and periods of the rows, and the names and numerals of areas and components once each, where
    they begin. What could not be read is `unreadable`, and can be drawn as well: a person can judge the blank.
    """
    paper = paper_of(plan)
    side = AuditSide(
        file=plan.source.name,
        sha256=plan.source.sha256,
        decree_id=plan.decree_id,
        office=plan.head.institution.text,
        number=plan.head.number.text,
        year=plan.head.year.text,
        rows=len(paper.rows),
        pages=plan.source.page_count or 0,
    )
    return Audit(
        decree=side,
        transcription=side.model_copy(update={"reader": READER}),
        rows=tuple(_rows(paper)),
        cells=tuple(cell.model_copy(update={"n": n}) for n, cell in enumerate(_cells(paper), start=1)),
        versions=tuple({**dict(plan.versions), "lampiran": __version__}.items()),
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
            area=paper.areas[row.area].name.text,
            component=paper.components[row.component].name.text,
            page=row.page,
        )


def _cells(paper: Paper) -> Iterator[AuditCell]:
    begun: set[tuple[str, int]] = set()
    for n, row in enumerate(paper.rows, start=1):
        parts: tuple[tuple[Level, int], ...] = (("area", row.area), ("component", row.component))
        for level, place in parts:
            if (level, place) in begun:
                continue
            begun.add((level, place))
            part = (paper.areas if level == "area" else paper.components)[place]
            yield _text(n, level, f"{level}_no", part.number)
            yield _text(n, level, level, part.name)
        for field, text in row.texts.items():
            yield _text(n, "action", field, text)
        for field, mark in row.marks.items():
            yield _mark(n, field, mark)


def _text(n: int, level: Level, field: str, text: PaperText) -> AuditCell:
    return AuditCell(
        n=0,
        row=n,
        level=level,
        field=field,
        verdict="unreadable" if text.unread else "same",
        paper=text.text,
        stated=text.text,
        paper_ref=text.ref,
        confidence=text.confidence,
        doubts=text.doubts,
    )


def _mark(n: int, field: str, mark: PaperMark) -> AuditCell:
    said = None if mark.marked is None else str(mark.marked).lower()
    return AuditCell(
        n=0,
        row=n,
        level="mark",
        field=field,
        verdict="unreadable" if said is None else "same",
        paper=said,
        stated=said,
        paper_ref=mark.ref,
        confidence=mark.confidence,
        doubts=mark.doubts,
    )
