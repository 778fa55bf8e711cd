"""Values of both sides -> cells with their verdicts: what an audit says of one value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from rapidfuzz.distance import LCSseq

from extract.types import Cell
from lampiran.alignment.wording import bare_wording, likeness, same_words, wording
from lampiran.audit.catalogue import consequence_of
from lampiran.audit.judge.texts import Confusions, judge
from lampiran.audit.match.marks import MarkSaid
from lampiran.audit.match.plan_rows import PaperMark, PaperText
from lampiran.audit.settings import VERDICTS
from schema.audit import FAULTS, AuditCell, Consequence, Level, Verdict
from schema.provenance import SourceRef

_COVERED = "text-covered"
_TEAM_KINDS = frozenset({"text-wrong", "name-wrong", "word-wrong", "words-swapped", "number-wrong"})
_NAME_KINDS = ("text-wrong", "word-wrong", "name-wrong")
_FIELD_KINDS: Mapping[tuple[str, str], str] = {
    **{(level, kind): f"{level}-wrong" for level in ("area", "component") for kind in _NAME_KINDS},
    ("area", "cell-missing"): "component-missing",
    ("component", "cell-missing"): "component-missing",
    ("area_no", "cell-missing"): "numeral-missing",
    ("component_no", "cell-missing"): "numeral-missing",
    ("head", "text-wrong"): "head-wrong",
}


@dataclass(frozen=True, slots=True)
class Judging:
    """What texts are judged by: letters that readers confuse, and the names of all teams on the paper."""

    confusions: Confusions = field(default_factory=dict)
    teams: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CellVerdict:
    """A cell of the audit before it is numbered; the fields are those of `AuditCell`.

    `told`: the cell tells of its fault itself; another cell of the row does otherwise.
    """

    level: Level
    field: str
    verdict: Verdict
    kind: str | None = None
    paper: str | None = None
    stated: str | None = None
    paper_ref: SourceRef | None = None
    stated_ref: SourceRef | None = None
    confidence: float | None = None
    doubts: tuple[str, ...] = ()
    elsewhere: tuple[int, str] | None = None
    told: bool = True

    @property
    def is_fault(self) -> bool:
        """Tell whether the transcription says something else than the paper."""
        return self.verdict in FAULTS

    @property
    def consequence(self) -> Consequence:
        """The consequence of its kind; `none` where there is no fault, or another cell tells of it.

        A mark that is lost is critical, whatever took it away.
        """
        if not self.is_fault or not self.told or self.kind is None:
            return "none"
        lost = self.level == "mark" and self.verdict == "missing" and self.paper == "true"
        return "critical" if lost else consequence_of(self.kind)

    def as_part_of(self, kind: str, *, told: bool = False, verdict: Verdict | None = None) -> CellVerdict:
        """Return the cell as a part of a fault of the whole row."""
        return replace(self, kind=kind, told=told, verdict=verdict or self.verdict)

    def misplaced(self, kind: str) -> CellVerdict:
        """Return the cell as one whose text is right, but in the wrong place."""
        return replace(self, verdict="misplaced", kind=kind)

    def numbered(self, n: int, row: int | None, elsewhere: tuple[int, str] | None = None) -> AuditCell:
        """Return the audit's cell; `row` and the row in `elsewhere` are numbers of the audit's rows."""
        values = {name: getattr(self, name) for name in AuditCell.model_fields if name not in {"n", "row"}}
        return AuditCell(n=n, row=row, **{**values, "elsewhere": elsewhere})


def verdict_on(
    level: Level,
    name: str,
    verdict: Verdict,
    kind: str | None = None,
    *,
    paper: PaperText | PaperMark | None = None,
    stated: str | None = None,
    at: SourceRef | None = None,
    told: bool = True,
) -> CellVerdict:
    """Return the cell of a field from what the paper has and what is `stated` in a place of the transcription."""
    if paper is None:
        return CellVerdict(level, name, verdict, kind, stated=stated, stated_ref=at, told=told)
    return CellVerdict(
        level,
        name,
        verdict,
        kind,
        paper.said,
        stated,
        paper.ref,
        at,
        paper.confidence,
        paper.doubts,
        told=told,
    )


def text_cell(
    level: Level, name: str, paper: PaperText, stated: str | None, at: SourceRef | None, judging: Judging
) -> CellVerdict:
    """Judge one text; `stated` is `None` where the transcription says nothing of it."""
    base = verdict_on(level, name, "not-stated", paper=paper, stated=stated, at=at)
    base = replace(base, paper=paper.text or None)
    if paper.unread:
        return replace(base, verdict="unreadable")
    if stated is None:
        return base
    verdict, kind = judge(paper.text, stated, judging.confusions)
    if verdict in FAULTS and paper.in_doubt and _may_be_the_paper(paper, stated):
        return replace(base, verdict="unreadable")
    if kind is not None:
        kind = _kind(name, paper.text, stated, kind, judging)
    return replace(base, verdict=verdict, kind=kind)


def _may_be_the_paper(paper: PaperText, stated: str) -> bool:
    """Tell whether the paper, whose reading is in doubt, may say what is stated."""
    printed, said = wording(paper.text), bare_wording(stated)
    return (
        any(same_words(other, stated) for other in paper.alternatives)
        or likeness(printed, said) >= VERDICTS.nearly
        or (_COVERED in paper.doubts and _is_left_of(printed, said))
    )


def _is_left_of(printed: str, said: str) -> bool:
    """Tell whether what was read of a covered text is what a cover may leave of another: its letters in their order."""
    in_order = LCSseq.similarity(printed, said)
    return len(printed) * 2 >= len(said) and in_order >= VERDICTS.left * len(printed)


def _kind(name: str, paper: str, stated: str, kind: str, judging: Judging) -> str:
    """Return the kind by what the field is: another team's name is not a wrong word."""
    if name == "responsible":
        if kind == "cell-missing":
            return "team-missing"
        other = any(same_words(team, stated) for team in judging.teams if not same_words(team, paper))
        return "team-wrong" if other or kind in _TEAM_KINDS or is_another(paper, stated) else kind
    if name == "schedule_text":
        return "schedule-wrong"
    return _FIELD_KINDS.get(("head" if name.startswith("head.") else name, kind), kind)


def is_another(paper: str, stated: str) -> bool:
    """Tell whether a name is another one rather than the same with some fault."""
    return likeness(wording(paper), bare_wording(stated)) < VERDICTS.another


def mark_cell(name: str, paper: PaperMark | None, said: MarkSaid) -> CellVerdict:
    """Judge one period."""
    stated = said.text or None if said.marked is None else str(said.marked).lower()
    verdict, kind = _mark_verdict(paper, said, stated)
    at = said.cell.ref if said.cell is not None else None
    return verdict_on("mark", name, verdict, kind, paper=paper, stated=stated, at=at)


def _mark_verdict(paper: PaperMark | None, said: MarkSaid, stated: str | None) -> tuple[Verdict, str | None]:
    if paper is None:
        return ("invented", "mark-invented") if said.marked else ("not-stated", None)
    if paper.marked is None:
        return "unreadable", None
    if stated is None:
        lost = said.swallowed and (paper.marked or said.alone)
        return "missing" if lost else "not-stated", "column-swallowed" if said.swallowed else None
    if said.marked is None:
        return "differs", "mark-unclear"
    if said.marked == paper.marked:
        return "same", None
    return ("missing", "mark-lost") if paper.marked else ("invented", "mark-invented")


def invented_cell(level: Level, cell: Cell, kind: str, stated: str | None = None) -> CellVerdict:
    """Return a cell in the column of no field, whose text is like none of the row: a stray mark, or one too many."""
    said = cell.text if stated is None else stated
    return verdict_on(level, f"extra.cell {cell.column + 1}", "invented", kind, stated=said, at=cell.ref)
