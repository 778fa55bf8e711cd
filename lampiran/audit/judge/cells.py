"""Values of both sides -> cells with their verdicts: what an audit says of one value."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from rapidfuzz import fuzz
from rapidfuzz.distance import LCSseq

from extract.types import Cell
from lampiran.alignment.wording import wording
from lampiran.audit.kinds import consequence_of
from lampiran.audit.match.plan_rows import PaperMark, PaperText
from lampiran.audit.match.texts import Confusions, TextVerdict, bare, judge, same_words
from schema.audit import FAULTS, Consequence, Level, Verdict
from schema.provenance import SourceRef

LEFT = 0.95  # share of a covered text's letters that must stand in the stated one
_COVERED = "text-covered"
ANOTHER = 70.0  # per cent: names less alike than this are different names
NEARLY = 90.0  # per cent: a difference within this may be one of the paper's doubtful reading
_TEAM_KINDS = frozenset({"text-wrong", "name-wrong", "word-wrong", "words-swapped", "number-wrong"})


@dataclass(frozen=True, slots=True)
class CellVerdict:
    """A cell of the audit before it is numbered; the fields are those of `AuditCell`."""

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


def text_cell(
    level: Level,
    field: str,
    paper: PaperText,
    stated: str | None,
    ref: SourceRef | None,
    confusions: Confusions,
    teams: Iterable[str] = (),
) -> CellVerdict:
    """Judge one text; `stated` is `None` where the transcription says nothing of it."""
    base = CellVerdict(
        level,
        field,
        "not-stated",
        paper=paper.text or None,
        stated=stated,
        paper_ref=paper.ref,
        stated_ref=ref,
        confidence=paper.confidence,
        doubts=paper.doubts,
    )
    if paper.unread:
        return replace(base, verdict="unreadable")
    if stated is None:
        return base
    found = judge(paper.text, stated, confusions)
    if found.verdict in FAULTS and paper.in_doubt and _may_be_the_paper(paper, stated):
        return replace(base, verdict="unreadable", kind=None)
    return replace(base, verdict=found.verdict, kind=_kind(field, paper.text, stated, found, teams))


def _may_be_the_paper(paper: PaperText, stated: str) -> bool:
    """Tell whether the paper, whose reading is in doubt, may say what is stated."""
    others = any(same_words(other, stated) for other in paper.alternatives)
    printed, said = wording(paper.text), wording(bare(stated))
    return (
        others
        or fuzz.ratio(printed, said) >= NEARLY
        or (_COVERED in paper.doubts and _is_left_of(printed, said))
    )


def _is_left_of(printed: str, said: str) -> bool:
    """Tell whether what was read of a covered text is what a cover may leave of another: its letters in their order."""
    in_order = LCSseq.similarity(printed, said)
    return len(printed) * 2 >= len(said) and in_order >= LEFT * len(printed)


def _kind(field: str, paper: str, stated: str, found: TextVerdict, teams: Iterable[str]) -> str | None:
    """Return the kind by what the field is: another team's name is no wrong word."""
    kind = found.kind
    if kind is None:
        return None
    if field == "responsible":
        if kind == "cell-missing":
            return "team-missing"
        other = any(same_words(team, stated) for team in teams if not same_words(team, paper))
        return "team-wrong" if other or kind in _TEAM_KINDS or is_another(paper, stated) else kind
    if field == "schedule_text":
        return "schedule-wrong"
    return _FIELD_KINDS.get((field.partition(".")[0] if field.startswith("head.") else field, kind), kind)


def is_another(paper: str, stated: str) -> bool:
    """Tell whether a name is another one rather than the same with some fault: less than seven tenths are alike."""
    return fuzz.ratio(wording(paper), wording(bare(stated))) < ANOTHER


_FIELD_KINDS: Mapping[tuple[str, str], str] = {
    **{("area", kind): "area-wrong" for kind in ("text-wrong", "word-wrong", "name-wrong")},
    **{("component", kind): "component-wrong" for kind in ("text-wrong", "word-wrong", "name-wrong")},
    ("area", "cell-missing"): "component-missing",
    ("component", "cell-missing"): "component-missing",
    ("area_no", "cell-missing"): "numeral-missing",
    ("component_no", "cell-missing"): "numeral-missing",
    ("head", "text-wrong"): "head-wrong",
}


def mark_cell(
    field: str,
    paper: PaperMark | None,
    marked: bool | None,
    cell: Cell | None,
    text: str = "",
    *,
    swallowed: bool = False,
    alone: bool = False,
) -> CellVerdict:
    """Judge one period. What is written in its cell and is no mark is `text`.

    `swallowed`: its cell is not there; `alone`: those of the other lines are.
    """
    ref = cell.ref if cell is not None else None
    stated = _truth(marked) if marked is not None else (text or None)
    base = CellVerdict(
        "mark",
        field,
        "not-stated",
        stated=stated,
        stated_ref=ref,
        paper=_truth(paper.marked) if paper is not None and paper.marked is not None else None,
        paper_ref=paper.ref if paper is not None else None,
        confidence=paper.confidence if paper is not None else None,
        doubts=paper.doubts if paper is not None else (),
    )
    verdict, kind = _mark_verdict(paper, marked, stated, swallowed=swallowed, alone=alone)
    return replace(base, verdict=verdict, kind=kind)


def _mark_verdict(
    paper: PaperMark | None, marked: bool | None, stated: str | None, *, swallowed: bool, alone: bool
) -> tuple[Verdict, str | None]:
    if paper is None:
        return ("invented", "mark-invented") if marked else ("not-stated", None)
    if paper.marked is None:
        return "unreadable", None
    if stated is None:
        lost = swallowed and (paper.marked or alone)
        return "missing" if lost else "not-stated", "column-swallowed" if swallowed else None
    if marked is None:
        return "differs", "mark-unclear"
    if marked == paper.marked:
        return "same", None
    return ("missing", "mark-lost") if paper.marked else ("invented", "mark-invented")


def stray_cell(cell: Cell) -> CellVerdict:
    """Return a mark that stands in the cell of no period."""
    return CellVerdict(
        "mark",
        f"extra.cell {cell.column + 1}",
        "invented",
        kind="mark-invented",
        stated="true",
        stated_ref=cell.ref,
    )


def added_cell(cell: Cell) -> CellVerdict:
    """Return an empty cell that stands among those of the marks and that no other line has."""
    return CellVerdict(
        "mark",
        f"extra.cell {cell.column + 1}",
        "invented",
        kind="row-shifted",
        stated="",
        stated_ref=cell.ref,
    )


def left_cell(cell: Cell) -> CellVerdict:
    """Return a text that stands in the column of no field and is like none of the row."""
    field = f"extra.cell {cell.column + 1}"
    return CellVerdict(
        "action", field, "invented", kind="cell-invented", stated=cell.text, stated_ref=cell.ref
    )


def _truth(value: bool | None) -> str | None:
    return None if value is None else str(value).lower()
