"""The grids of an Extraction turned into draft rows; headers are set apart and loose text is collected."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from extract.types import Cell, Grid, TextLine
from normalize.breaks.over_pages import join_over_pages
from normalize.breaks.over_stretches import join_over_stretches
from normalize.breaks.table import Covering, Table, coverings_of
from normalize.draft import Draft, Row
from normalize.facts import Fact, fact
from normalize.form import Form, HeaderSplit, bounded, split_headers, with_title_names
from normalize.form.content import covering_of
from normalize.labels import area_title
from normalize.line_breaks import line_ref
from normalize.profile import pin, with_names
from normalize.rows.header_rows import Headers
from normalize.rows.headings import Heading, headings_of
from normalize.rows.merged import follow_merged_cells
from normalize.rows.physical import exact_rows
from normalize.rows.placed import placed_rows
from normalize.rows.plan_likeness import tables_of
from normalize.rows.settings import PLAN
from normalize.rows.shared_forms import RULE, completed, fullest_forms, named_alike, settled
from normalize.rows.stretch import Stretch
from normalize.rows.transcribed import transcribed_rows
from normalize.running_text import RunningLines
from normalize.text import squeeze


def build_rows(draft: Draft) -> Draft:
    """Read every grid of the plan; a grid of another kind becomes loose text."""
    names = with_names(draft.resources.form, draft.resources.profile)
    grids = tuple(with_title_names(bounded(grid, names), names) for grid in draft.extraction.grids)
    splits = [(n, grid, split) for n, grid in enumerate(grids) for split in split_headers(grid, names)]
    splits, changes = pin(named_alike(settled(splits, draft.resources)), draft.resources.profile)
    headings = headings_of(draft.extraction.replace(grids=grids), draft.resources)
    reader = _Reader(draft, coverings_of(grids), headings, facts=list(changes))
    fullest = fullest_forms(splits)
    for number, grid, split in splits:
        whole, taken = completed(split, grid, fullest)
        reader.facts += taken
        reader.read(number, grid, whole)
    reader.leave_others()
    left = [line for line in draft.extraction.lines if id(line) not in reader.used]
    left, dropped = _without_running(left, draft)
    built = replace(
        draft,
        rows=tuple(_joined_rows(reader)),
        loose=_in_order((*left, *reader.loose)),
        roles=frozenset(role for form in reader.forms for role in form.roles),
        forms=tuple(reader.forms),
        stretches=tuple(reader.stretches),
    )
    return built.noting(*reader.facts, *dropped)


def _joined_rows(reader: _Reader) -> list[Row]:
    table = Table(reader.stretches, reader.coverings)
    rows = follow_merged_cells(join_over_pages(reader.rows, table), table)
    return join_over_stretches(rows, reader.draft.resources)


def _without_running(lines: Sequence[TextLine], draft: Draft) -> tuple[list[TextLine], list[Fact]]:
    """Leave out digital lines of pages with tables that are catchwords or repeat a line of a page before."""
    running = RunningLines(draft.extraction)
    tabled = {grid.page for grid in draft.extraction.grids if grid.page is not None}
    gone = {
        id(line): line
        for line in lines
        if line.page in tabled
        and line.confidence is None
        and any(map(str.isalpha, line.text))
        and (running.is_catchword(line) or running.is_repeated(line))
    }
    sha256 = draft.extraction.source.sha256
    facts = [
        fact("running-text-dropped", rule=RULE, ref=line_ref(line, sha256), raw=squeeze(line.text))
        for line in gone.values()
    ]
    return [line for line in lines if id(line) not in gone], facts


def _in_order(lines: tuple[TextLine, ...]) -> tuple[TextLine, ...]:
    """Return the lines of a transcription in its order; those of pages are in reading order already."""
    if any(line.line is None for line in lines):
        return lines
    return tuple(sorted(lines, key=lambda line: line.line or 0))


@dataclass(slots=True)
class _Reader:
    """What has been read of the grids so far.

    `coverings` and `headings` are those of the grids, by their numbers, `used` the ids of lines taken as headings;
    `stretches` are the forms of all stretches, `forms` the different ones, `form` the last; `named` were reported.
    """

    draft: Draft
    coverings: Sequence[Covering]
    headings: dict[int, Heading]
    facts: list[Fact]
    rows: list[Row] = field(default_factory=list)
    loose: list[TextLine] = field(default_factory=list)
    used: set[int] = field(default_factory=set)
    form: Form | None = None
    forms: list[Form] = field(default_factory=list)
    stretches: list[Form] = field(default_factory=list)
    named: set[str] = field(default_factory=set)
    headers: Headers = field(default_factory=Headers)
    placed: dict[int, Covering] = field(default_factory=dict)

    def read(self, number: int, grid: Grid, split: HeaderSplit) -> None:
        """Read one stretch of a grid."""
        form = self._form_for(grid, split)
        if form is None:
            self._leave(number, grid, split)
            return
        resources = self.draft.resources
        self.facts += self.headers.facts(split, resources.form)
        self.facts += _inferred_labels(form, split)
        self.facts += _column_facts(form, split, self.named)
        self.form = form
        if form not in self.forms:
            self.forms.append(form)
        heading = self.headings.pop(number, None)
        if heading is not None:
            self.rows.append(self._heading_row(heading, number, exact=grid.exact))
            self.used.update(map(id, heading.lines))
        covering = self._placed(number, grid) if form.placed else self.coverings[number]
        self._read_rows(
            split, Stretch(number, len(self.stretches), form, covering, resources), exact=grid.exact
        )
        self.stretches.append(form)

    def _placed(self, number: int, grid: Grid) -> Covering:
        """Return what covers a grid whose cells are placed, looked up once for all of its stretches."""
        if number not in self.placed:
            self.placed[number] = covering_of(grid.cells)
        return self.placed[number]

    def _read_rows(self, split: HeaderSplit, stretch: Stretch, *, exact: bool) -> None:
        if exact or stretch.form.placed:
            read = exact_rows if exact else placed_rows
            self.rows += [row for cells in split.body for row in read(cells, stretch)]
            return
        area = next((row.area_number for row in reversed(self.rows) if row.kind == "area"), None)
        rows, strays = transcribed_rows(split, stretch, area=area)
        self.rows += rows
        self.loose += strays

    def _heading_row(self, heading: Heading, grid: int, *, exact: bool) -> Row:
        sha256 = self.draft.extraction.source.sha256
        return heading.row(grid, len(self.stretches), sha256, exact=exact)

    def _form_for(self, grid: Grid, split: HeaderSplit) -> Form | None:
        """Return the form of a stretch: its own header's, or the one above where the table plainly goes on."""
        known = self.form
        if split.form is not None and split.form.is_plan:
            return split.form
        if known is None or split.form is not None or known.exact != grid.exact:
            return None
        return known if not grid.exact or len(known.columns) == grid.column_count else None

    def _leave(self, number: int, grid: Grid, split: HeaderSplit) -> None:
        """Hand rows without a form on as loose text; titles of areas above a header belong to the rows below it."""
        resources = self.draft.resources
        for cells in split.body:
            texts = [cell for cell in cells if cell.text.strip()]
            title = area_title([c.text for c in texts], resources.official, resources.form)
            if grid.exact and len(texts) == 1 and title is not None and split.form is None:
                row = self._heading_row(Heading(title, texts[0].lines), number, exact=True)
                self.rows.append(replace(row, source="row"))
            else:
                self.loose += _lines(cells)
        if split.form is not None:
            self.loose += [line for row in (*split.header, *split.numbers) for line in _lines(row)]
        if self.form is not None:
            first = next((c for c in grid.cells if c.text.strip()), grid.cells[0])
            self.facts.append(
                fact("text-unplaced", rule=RULE, ref=first.ref, raw=first.text, certainty="ambiguous")
            )

    def leave_others(self) -> None:
        """Leave tables beside a plan that are not plans by their rows (a procedure sheet behind it), with a fact."""
        tables = tables_of(self.rows, self.stretches, self.draft.resources)
        if not any(table.points >= PLAN.enough for table in tables):
            return
        others = {table.form.roles for table in tables if table.points < PLAN.other}
        self.facts += [
            fact("table-left", rule=RULE, ref=table.rows[0].ref, raw=table.names, certainty="ambiguous")
            for table in tables
            if table.form.roles in others
        ]
        self.rows = [row for row in self.rows if self.stretches[row.chunk].roles not in others]
        self.forms = [form for form in self.forms if form.roles not in others]


def _lines(cells: Sequence[Cell]) -> list[TextLine]:
    return [line for cell in cells for line in cell.lines]


def _inferred_labels(form: Form, split: HeaderSplit) -> list[Fact]:
    periods = {column.index: str(column.period) for column in form.periods}
    return [
        fact(
            "period-label-inferred",
            rule=RULE,
            ref=cell.ref,
            field="schedule",
            raw=cell.text,
            value=periods.get(cell.column, "None"),
        )
        for cell in split.inferred
    ]


def _column_facts(form: Form, split: HeaderSplit, named: set[str]) -> list[Fact]:
    """Report each name of a column once, if its role is unknown or its name does not settle it (a profile may)."""
    ref = split.header[0][0].ref if split.header else None
    facts: list[Fact] = []
    for c in form.columns:
        doubtful = c.certainty != "certain" and c.why != "profile"
        if c.name in named or not (c.role == "unknown" or doubtful):
            continue
        named.add(c.name)
        code, role = ("column-unknown", None) if c.role == "unknown" else ("column-role-doubtful", c.role)
        found = fact(
            code,
            rule=RULE,
            ref=ref,
            raw=c.name,
            value=role,
            certainty=c.certainty,
            why=c.why,
            alternatives=c.rivals,
        )
        facts.append(found)
    return facts
