"""The values of an audit: a decree and a transcription of it -> a verdict for each cell, figures, and the ink's account."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Literal, get_args

from schema.base import Frozen
from schema.geometry import BBox
from schema.provenance import SourceRef

AUDIT_VERSION = "1.0.0"
SAMPLE_COLUMNS = (
    "n", "sample_id", "cell", "row", "area", "component", "field", "stated", "page", "line", "judgement", "note",
)  # fmt: skip

Verdict = Literal[
    "same", "normalised", "differs", "missing", "invented", "misplaced", "not-stated", "unreadable"
]
VERDICTS: tuple[Verdict, ...] = get_args(Verdict)
SILENT: frozenset[Verdict] = frozenset({"not-stated", "unreadable"})  # nothing is said of the transcription
FAULTS: frozenset[Verdict] = frozenset({"differs", "missing", "invented", "misplaced"})
Consequence = Literal["critical", "high", "medium", "low", "none"]
CONSEQUENCES: tuple[Consequence, ...] = get_args(Consequence)
RowState = Literal["matched", "missing", "invented", "split", "fused"]
Level = Literal["head", "area", "component", "action", "mark"]
Method = Literal["wilson", "bootstrap", "hypergeometric", "none"]
InkState = Literal["explained", "unexplained", "outside"]


class AuditCell(Frozen):
    """One value on both sides and what is to be said of it.

    `field` is a column of actions.csv (`indicator`, `responsible`, `m03`, `q1`, `area_no` ...), `extra.NAME` for a
    column without a role, or a field of the head (`head.number`). `row` is the number of the row (`AuditRow.n`),
    `None` in the head. `paper` and `stated` are the texts of the two sides, `None` where a side has nothing to
    say; of a mark they are `true` or `false`. `kind` names the likely fault (a code of the catalogue of kinds),
    `None` where there is none. `doubts` are codes of findings on the paper's reading, `confidence` (0 to 1) its
    certainty. `elsewhere` says, for a text in the wrong cell, where the paper has it: its row's number and field.
    """

    n: int
    row: int | None
    level: Level
    field: str
    verdict: Verdict
    consequence: Consequence = "none"
    kind: str | None = None
    paper: str | None = None
    stated: str | None = None
    paper_ref: SourceRef | None = None
    stated_ref: SourceRef | None = None
    confidence: float | None = None
    doubts: tuple[str, ...] = ()
    elsewhere: tuple[int, str] | None = None

    @property
    def is_fault(self) -> bool:
        """Tell whether the transcription says something else than the paper."""
        return self.verdict in FAULTS

    @property
    def counts(self) -> bool:
        """Tell whether the cell is in a share: both sides can be judged, and one of them has a text or a mark."""
        says = (
            "true" in (self.paper, self.stated) if self.level == "mark" else bool(self.paper or self.stated)
        )
        return says and self.verdict not in SILENT

    @property
    def is_exact(self) -> bool:
        """Tell whether the transcription has, letter by letter, what the paper has; line ends and runs of spaces apart."""
        return self.verdict == "same"

    @property
    def page(self) -> int | None:
        """The page of the paper."""
        return self.paper_ref.page if self.paper_ref else None

    @property
    def line(self) -> int | None:
        """The line of the transcription."""
        return self.stated_ref.line if self.stated_ref else None


class AuditRow(Frozen):
    """One row of the paper and what became of it in the transcription, or a row that only the transcription has.

    `action_ids` are the paper's actions (several where the transcription fused them), `stated` the numbers of the
    transcription's rows from 1 (several where it split one). `shift` is how many columns its cells stand too far
    right (negative: left). `likeness` is 0 to 1. `page` is the paper's, `line` the transcription's.
    """

    n: int
    state: RowState
    action_ids: tuple[str, ...] = ()
    stated: tuple[int, ...] = ()
    likeness: float | None = None
    shift: int = 0
    area: str = ""
    component: str = ""
    page: int | None = None
    line: int | None = None


class Figure(Frozen):
    """A figure with its uncertainty: a share or a mean over `n` items, between `low` and `high` with 95 % confidence.

    `name` is a code of the catalogue of figures (`cell-exactness`, `cer`, `marks-f1` ...), `column` the field that
    it is of, `None` for all. `value` is `None` where there is nothing to count.
    """

    name: str
    column: str | None = None
    value: float | None
    n: int
    low: float | None = None
    high: float | None = None
    method: Method = "none"


class InkRegion(Frozen):
    """A region of dark ink on a page and what explains it (`cell`, `mark`, `ruling`, `head`, `stamp` ...)."""

    bbox: BBox
    state: InkState
    by: str = ""


class InkPage(Frozen):
    """The account of one page's ink; `width`, `height` in points, the shares are of its dark pixels, 0 to 1."""

    page: int
    width: float
    height: float
    explained: float
    unexplained: float
    regions: tuple[InkRegion, ...] = ()


class AuditSide(Frozen):
    """What identifies one of the two inputs; `reader` says how it was read."""

    file: str
    sha256: str
    decree_id: str = ""
    office: str = ""
    number: str = ""
    year: str = ""
    reader: str = ""
    rows: int = 0
    pages: int = 0


class SampleCell(Frozen):
    """A cell drawn for a person to judge; `judgement` is theirs, `None` until given."""

    cell: int
    judgement: Literal["right", "wrong", "unreadable"] | None = None


class Sample(Frozen):
    """A random sample of cells: `seed` draws the same again; `population` cells to draw from, all or of some `fields`."""

    size: int
    seed: int
    population: int
    fields: tuple[str, ...] = ()
    cells: tuple[SampleCell, ...] = ()


class Audit(Frozen):
    """An audit: the content of `audit.json`. Cells are in the order of the paper, invented rows last."""

    schema_version: str = AUDIT_VERSION
    decree: AuditSide
    transcription: AuditSide
    rows: tuple[AuditRow, ...]
    cells: tuple[AuditCell, ...]
    figures: tuple[Figure, ...] = ()
    ink: tuple[InkPage, ...] = ()
    sample: Sample | None = None
    settings: tuple[tuple[str, str], ...] = ()
    versions: tuple[tuple[str, str], ...] = ()

    @property
    def exactness(self) -> float | None:
        """The share of exact cells (`AuditCell.is_exact`) among all that count: texts, marks and values of the head.

        It is the figure `exactness`. `None` where no cell counts.
        """
        counted = [cell for cell in self.cells if cell.counts]
        return sum(cell.is_exact for cell in counted) / len(counted) if counted else None

    def faults(self) -> tuple[AuditCell, ...]:
        """Return the faults, the gravest first, then in the order of the paper.

        A fault of several cells (a missing row, a shifted one, a merged cell) is told by one of them: its other cells
        have the same `kind` and no consequence.
        """
        chosen = (cell for cell in self.cells if cell.is_fault and cell.consequence != "none")
        return tuple(sorted(chosen, key=lambda cell: (CONSEQUENCES.index(cell.consequence), cell.n)))


def by_row(cells: Iterable[AuditCell]) -> dict[int | None, list[AuditCell]]:
    """Return the cells of each row by its number, those of the head under `None`; a row without any has an empty list."""
    found: dict[int | None, list[AuditCell]] = defaultdict(list)
    for cell in cells:
        found[cell.row].append(cell)
    return found
