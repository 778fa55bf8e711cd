"""The draft of a plan: rows on their way through the chain of steps, with what was found about each."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from extract.types import Cell, Extraction, TextLine
from normalize.facts import Fact, fact, with_facts
from normalize.form.model import Form
from normalize.resources import Resources
from schema.decisions import Decision
from schema.decree import DecreeHead, Field, Status
from schema.findings import RuleName
from schema.plan import PeriodType, Schedule
from schema.provenance import Reader, SourceRef
from schema.roles import FieldName, Role

Origin = Literal["digital", "recognised", "transcribed"]
_ORIGINS: Mapping[Reader, Origin] = {"ocr": "recognised", "transcript": "transcribed"}
RowKind = Literal["head", "numbers", "area", "component", "action", "team", "empty", "fragment"]
TitleSource = Literal["row", "cell", "heading"]
MISSING = Field(status="missing")


@dataclass(frozen=True, slots=True)
class TimeCell:
    """A cell of the time columns. `period` is `None` where the column has none: it holds words. `label` is its name."""

    cell: Cell
    period_type: PeriodType = "month"
    period: int | None = None
    label: str = ""


@dataclass(frozen=True, slots=True)
class TimeEvidence:
    """What a transcribed row shows right of its last text cell.

    `marks` are offsets from the first cell right of that text, `cells` how many cells there are before
    the team's text or the row's end, `team_at` the offset of the team's text, `odd` the cells with something
    that is neither mark nor team, each with its offset; `shift` is by how many columns the row's texts are right of
    their usual ones.
    """

    marks: tuple[int, ...]
    cells: int
    team_at: int | None
    refs: tuple[SourceRef, ...]
    odd: tuple[tuple[int, Cell], ...] = ()
    shift: int = 0

    @property
    def months(self) -> frozenset[int]:
        """Return the months of the marks where each cell is in its place."""
        return frozenset(offset + 1 for offset in self.marks)


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the table. `chunk` numbers the stretches between two headers (mostly a page).

    `rest` are the cells of its other parts, where the ends of pages cut it; `last_page` is the page of the last.
    The title of an area or a component is a row as well, whether it is printed over the table, in a cell beside its
    rows, or as a heading above: `source` tells which. `decided` is what people decided about the row.
    """

    grid: int
    chunk: int
    cells: tuple[Cell, ...]
    exact: bool
    kind: RowKind = "action"
    fields: Mapping[FieldName, Field] = field(default_factory=dict)
    extra: tuple[tuple[str, Field], ...] = ()
    times: tuple[TimeCell, ...] = ()
    evidence: TimeEvidence | None = None
    schedule: Schedule | None = None
    area_number: int | None = None
    source: TitleSource = "row"
    last_page: int | None = None
    rest: tuple[Cell, ...] = ()
    facts: tuple[Fact, ...] = ()
    decided: tuple[Decision, ...] = ()

    def get(self, name: FieldName) -> Field:
        """Return a field, or a missing one."""
        return self.fields.get(name, MISSING)

    def with_field(self, name: FieldName, value: Field) -> Row:
        """Return the row with one field set."""
        return self.with_fields({name: value})

    def with_fields(self, fields: Mapping[FieldName, Field]) -> Row:
        """Return the row with some fields set."""
        return replace(self, fields={**self.fields, **fields})

    def noting(self, *facts: Fact) -> Row:
        """Return the row with facts added; one that it has already is not added again."""
        return replace(self, facts=with_facts(self.facts, facts)) if facts else self

    def report(self, code: str, rule: RuleName, ref: SourceRef | None = None, **said: Any) -> Row:  # noqa: ANN401
        """Return the row with a fact about it, made as by `fact`; its place is the row's where no other is given."""
        return self.noting(fact(code, rule, ref or self.ref, **said))

    def place_of(self, name: FieldName) -> SourceRef:
        """Return the first place of a field, or that of the row where the field has none."""
        return next(iter(self.get(name).refs), self.ref)

    def cells_of(self, value: Field) -> tuple[Cell, ...]:
        """Return the row's cells from which a field was read."""
        return tuple(cell for cell in self.cells if cell.ref in value.refs)

    def asks(self, field: str) -> bool:
        """Tell whether a fact about a field of the row asks for a person's decision."""
        return any(f.field == field and f.severity == "review" for f in self.facts)

    @property
    def ref(self) -> SourceRef:
        """Return the place of the row: that of its first cell with text, else of its first cell."""
        for cell in self.cells:
            if cell.text and not cell.text.isspace():
                return cell.ref
        return self.cells[0].ref

    @property
    def page(self) -> int | None:
        """Return the page the row begins on."""
        return self.ref.page

    @property
    def digital(self) -> bool:
        """Tell whether the row's text is that of a born-digital page, which is never corrected."""
        return self.ref.reader == "pdf-text"

    @property
    def recognised(self) -> bool:
        """Tell whether the row's text was recognised on a scanned page."""
        return self.ref.reader == "ocr"

    @property
    def transcribed(self) -> bool:
        """Tell whether the row's text is that of a transcription."""
        return self.ref.reader == "transcript"


@dataclass(frozen=True, slots=True)
class Draft:
    """Everything the steps know; each step returns a new one.

    `loose` is the text outside the plan's tables, `unused` what no step has taken of it.
    `reading` is the extraction as it was read, where words were decided on; `origins` tells where its text comes from.

    `forms` are the different forms of the plan's tables in the order of print, `roles` those of all their columns,
    `stretches` the form of each stretch of rows (`Row.chunk`),
    `annex_says` what the annex says of the decree, by the name of the preamble's field, `annex_doubts` the fields of
    which the annex and the body were not both read for sure. `decided` is what people decided about the preamble, and
    what they took note of, `unfit` what of their decisions fits no longer.
    """

    extraction: Extraction
    resources: Resources
    rows: tuple[Row, ...] = ()
    loose: tuple[TextLine, ...] = ()
    unused: tuple[TextLine, ...] = ()
    head: DecreeHead = field(default_factory=DecreeHead)
    annex_says: Mapping[str, str] = field(default_factory=dict)
    annex_doubts: frozenset[str] = frozenset()
    facts: tuple[Fact, ...] = ()
    roles: frozenset[Role] = frozenset()
    forms: tuple[Form, ...] = ()
    stretches: tuple[Form, ...] = ()
    reading: Extraction | None = None
    origins: frozenset[Origin] = frozenset()
    decided: tuple[Decision, ...] = ()
    unfit: tuple[Decision, ...] = ()

    def __post_init__(self) -> None:
        """Note where the text comes from, unless it is known."""
        if not self.origins:
            object.__setattr__(self, "origins", _origins(self.extraction))

    @property
    def digital(self) -> bool:
        """Tell whether all pages are born-digital."""
        pages = [page for page in self.extraction.pages if page.kind != "empty"]
        return bool(pages) and all(page.kind == "digital" for page in pages)

    def noting(self, *facts: Fact) -> Draft:
        """Return the draft with facts about the decree as a whole added, but for those that it has."""
        return replace(self, facts=with_facts(self.facts, facts))

    def map_rows(self, change: Callable[[Row], Row], *, kind: RowKind | None = "action") -> Draft:
        """Return the draft with every row of one kind changed, or with `None` all rows, titles and teams too."""
        return replace(self, rows=tuple(change(r) if kind in (None, r.kind) else r for r in self.rows))


def _origins(extraction: Extraction) -> frozenset[Origin]:
    readers = {cell.ref.reader for grid in extraction.grids for cell in grid.cells}
    found: set[Origin] = {_ORIGINS.get(reader, "digital") for reader in readers}
    for line in extraction.lines:
        found.add("transcribed" if line.line is not None else "recognised" if line.words else "digital")
    return frozenset(found)


def cell_field(cell: Cell, *, status: Status = "read", text: str | None = None) -> Field:
    """Return a cell's text as a field with its place."""
    return Field(
        printed=cell.printed,
        text=cell.text if text is None else text,
        status=status if cell.text.strip() else "missing",
        confidence=cell.confidence,
        refs=(cell.ref,),
    )
