"""The grids of an Extraction turned into draft rows; heads are set apart and loose text is collected."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from rapidfuzz import fuzz

from extract.types import Cell, Grid, TextLine
from normalize.breaks.broken_rows import join_over_pages
from normalize.breaks.table import Covering, coverings_of
from normalize.breaks.table_sections import join_over_stretches
from normalize.draft import Draft, Row
from normalize.facts import Fact, fact
from normalize.form import Form, HeadSplit, bounded, split_heads, with_title_names
from normalize.form.column_roles import Evidence, settle
from normalize.form.content import contents_of
from normalize.labels import area_title
from normalize.line_breaks import line_ref
from normalize.profile import pin, with_names
from normalize.resources import Resources
from normalize.rows.anchored import placed_rows
from normalize.rows.header_rows import Heads
from normalize.rows.headings import Heading, headings_of
from normalize.rows.merged import follow_merged_cells
from normalize.rows.physical import exact_rows
from normalize.rows.plan_likeness import ENOUGH, OTHER, roles_of, tables_of
from normalize.rows.transcribed import transcribed_rows
from normalize.running_text import RunningLines
from normalize.text import fold, squeeze
from normalize.vocabulary import Role
from schema.findings import RuleName

RULE: RuleName = "build-rows"
_SAME_NAME = 85.0
_SAME_EDGE = 0.01  # share of a table's width by which an edge may differ from page to page


@dataclass(slots=True)
class _Collected:
    """What has been read of the grids so far; `stretches` holds the form of each, `forms` the different ones.

    `coverings` are those of all grids.
    """

    coverings: Sequence[Covering]
    rows: list[Row] = field(default_factory=list)
    loose: list[TextLine] = field(default_factory=list)
    facts: list[Fact] = field(default_factory=list)
    form: Form | None = None
    named: set[str] = field(default_factory=set)
    roles: set[Role] = field(default_factory=set)
    forms: list[Form] = field(default_factory=list)
    stretches: list[Form] = field(default_factory=list)
    headings: dict[int, Heading] = field(default_factory=dict)
    heads: Heads = field(default_factory=Heads)


_Split = tuple[int, Grid, HeadSplit]


def build_rows(draft: Draft) -> Draft:
    """Read every grid of the plan; a grid of another kind becomes loose text."""
    names = with_names(draft.resources.form, draft.resources.profile)
    grids = tuple(with_title_names(bounded(grid, names), names) for grid in draft.extraction.grids)
    headings = headings_of(draft.extraction.replace(grids=grids), draft.resources)
    collected = _Collected(coverings_of(grids), headings=headings)
    splits = [(n, grid, split) for n, grid in enumerate(grids) for split in split_heads(grid, names)]
    splits = _named_alike(_settled(splits, draft.resources))
    splits, changes = pin(splits, draft.resources.profile)
    collected.facts += changes
    fullest = _fullest_forms((grid, split) for _, grid, split in splits)
    used: set[int] = set()
    for number, grid, split in splits:
        used |= _take(draft, collected, number, grid, _completed(split, grid, fullest, collected))
    _leave_others(collected, draft.resources)
    left = [line for line in draft.extraction.lines if id(line) not in used]
    left, dropped = _without_running(left, draft)
    built = replace(
        draft,
        rows=tuple(_joined_rows(draft, collected)),
        loose=_in_order((*left, *collected.loose)),
        roles=frozenset(collected.roles),
        forms=tuple(collected.forms),
        stretches=tuple(collected.stretches),
    )
    return built.noting(*collected.facts, *dropped)


def _without_running(lines: Sequence[TextLine], draft: Draft) -> tuple[list[TextLine], list[Fact]]:
    """Leave out digital lines of pages with tables that are catchwords, or stand at the same place of a page before."""
    running = RunningLines(draft.extraction)
    tabled = {grid.page for grid in draft.extraction.grids if grid.page is not None}
    gone = [
        line
        for line in lines
        if line.page in tabled
        and line.confidence is None
        and any(map(str.isalpha, line.text))
        and (running.is_catchword(line) or running.is_repeated(line))
    ]
    ids = {id(line) for line in gone}
    sha256 = draft.extraction.source.sha256
    findings = [
        fact("running-text-dropped", rule=RULE, ref=line_ref(line, sha256), raw=squeeze(line.text))
        for line in gone
    ]
    return [line for line in lines if id(line) not in ids], findings


def _joined_rows(draft: Draft, collected: _Collected) -> list[Row]:
    rows = join_over_pages(collected.rows, collected.stretches, collected.coverings)
    rows = follow_merged_cells(rows, collected.stretches, collected.coverings)
    return join_over_stretches(rows, draft.resources)


def _leave_others(collected: _Collected, resources: Resources) -> None:
    """Leave the tables beside a plan that are none by their rows (a procedure sheet behind it), each with a finding."""
    tables = tables_of(collected.rows, collected.stretches, resources)
    if not any(table.points >= ENOUGH for table in tables):
        return
    others = {roles_of(table.form) for table in tables if table.points < OTHER}
    for table in (table for table in tables if roles_of(table.form) in others):
        collected.facts.append(
            fact("table-left", rule=RULE, ref=table.rows[0].ref, raw=table.names, certainty="ambiguous")
        )
    left = {n for n, form in enumerate(collected.stretches) if roles_of(form) in others}
    collected.rows = [row for row in collected.rows if row.chunk not in left]
    collected.forms = [form for form in collected.forms if roles_of(form) not in others]
    collected.roles = {column.role for form in collected.forms for column in form.columns}


def _settled(splits: Sequence[_Split], resources: Resources) -> list[_Split]:
    """Settle the form of each exact head by what all tables with a head of the same columns hold."""
    bodies: dict[tuple[Role, ...], list[tuple[tuple[Cell, ...], ...]]] = {}
    keys: list[tuple[Role, ...] | None] = []
    last: tuple[Role, ...] | None = None
    for _, grid, split in splits:
        if split.form is not None:
            by_place = split.form.exact or split.form.placed
            last = tuple(column.role for column in split.form.columns) if by_place else None
        fits = last is not None and (len(last) == grid.column_count or not grid.exact)
        keys.append(last if fits else None)
        if (key := keys[-1]) is not None:
            bodies.setdefault(key, []).append(split.body)
    forms: dict[tuple[Form, tuple[Role, ...]], Form] = {}
    settled: list[_Split] = []
    for (number, grid, split), key in zip(splits, keys, strict=True):
        form = split.form
        if form is not None and key is not None:
            if (form, key) not in forms:
                contents = contents_of(bodies[key], len(key), resources.form)
                reader = grid.cells[0].ref.reader
                evidence = Evidence(
                    contents, resources.form, resources.official, resources.words.lexicon.is_stem, reader
                )
                forms[form, key] = settle(form, evidence)
            form = forms[form, key]
        settled.append((number, grid, replace(split, form=form)))
    return settled


def _named_alike(splits: Sequence[_Split]) -> list[_Split]:
    """Give the columns of recognised heads the names that an earlier head of the same columns has for them.

    What differs in a few letters is the same name read again (`TWI` for `TW I`).
    """
    first: dict[tuple[Role, ...], Form] = {}
    named: list[_Split] = []
    for number, grid, split in splits:
        form = split.form
        if form is not None and _is_recognised(grid):
            known = first.setdefault(tuple(column.role for column in form.columns), form)
            columns = (
                replace(own, name=other.name, head=other.head) if _are_alike(own.name, other.name) else own
                for own, other in zip(form.columns, known.columns, strict=True)
            )
            form = replace(form, columns=tuple(columns))
        named.append((number, grid, replace(split, form=form)))
    return named


def _are_alike(one: str, other: str) -> bool:
    return fuzz.ratio(fold(one), fold(other)) >= _SAME_NAME


def _fullest_forms(splits: Iterable[tuple[Grid, HeadSplit]]) -> dict[int, tuple[Form, Grid]]:
    """Return, by the number of physical columns, the recognised form that says most of what columns hold."""
    fullest: dict[int, tuple[Form, Grid]] = {}
    for grid, split in splits:
        if split.form is None or not split.form.is_plan or not _is_recognised(grid):
            continue
        known = fullest.get(grid.column_count)
        if known is None or _fullness(split.form) > _fullness(known[0]):
            fullest[grid.column_count] = (split.form, grid)
    return fullest


def _fullness(form: Form) -> tuple[int, int]:
    return sum(column.role != "unknown" for column in form.columns), len(form.periods)


def _is_recognised(grid: Grid) -> bool:
    return grid.exact and grid.cells[0].ref.reader == "ocr"


def _completed(
    split: HeadSplit, grid: Grid, fullest: Mapping[int, tuple[Form, Grid]], collected: _Collected
) -> HeadSplit:
    """Give a recognised head that was misread in part what another page's head with the same columns says.

    The columns must be those of the other page: their number is the same, each edge stands at the same share of the
    table's width, and most of what could be read of them means the same.
    """
    if split.form is None or not _is_recognised(grid) or grid.column_count not in fullest:
        return split
    form, source = fullest[grid.column_count]
    if _fullness(split.form) >= _fullness(form) or not _same_columns(grid, source):
        return split
    if not _means_alike(split.form, form):
        return split
    first = split.head[0][0]
    collected.facts.append(
        fact("form-taken-over", rule=RULE, ref=first.ref, raw=first.text, value=str(source.page))
    )
    return replace(split, form=form, inferred=())


def _means_alike(form: Form, other: Form) -> bool:
    """Tell whether most columns whose role was read have it in another form, too."""
    pairs = [
        (a.role, b.role) for a, b in zip(form.columns, other.columns, strict=True) if a.role != "unknown"
    ]
    return 2 * sum(a == b for a, b in pairs) > len(pairs)


def _same_columns(one: Grid, other: Grid) -> bool:
    return all(abs(a - b) <= _SAME_EDGE for a, b in zip(_shares(one), _shares(other), strict=True))


def _shares(grid: Grid) -> list[float]:
    left, right = grid.column_edges[0], grid.column_edges[-1]
    return [(edge - left) / max(1.0, right - left) for edge in grid.column_edges]


def _in_order(lines: tuple[TextLine, ...]) -> tuple[TextLine, ...]:
    """Return the lines of a transcription in their order there; those of pages come in reading order."""
    if any(line.line is None for line in lines):
        return lines
    return tuple(sorted(lines, key=lambda line: line.line or 0))


def _take(draft: Draft, collected: _Collected, number: int, grid: Grid, split: HeadSplit) -> set[int]:
    """Read one stretch; return the loose lines that were taken as its heading."""
    form = _form_for(collected.form, grid, split)
    if form is None:
        _leave(draft, collected, number, grid, split)
        return set()
    collected.facts += collected.heads.facts(split, draft.resources.form)
    collected.facts += _inferred_labels(form, split)
    collected.facts += _column_findings(form, split, collected.named)
    collected.form = form
    if form not in collected.forms:
        collected.forms.append(form)
    collected.roles.update(column.role for column in form.columns)
    place = (number, len(collected.stretches))
    heading = collected.headings.pop(number, None)
    if heading is not None:
        sha256 = draft.extraction.source.sha256
        collected.rows.append(heading.row(*place, sha256, exact=grid.exact))
    if grid.exact:
        rows = exact_rows(split.body, form, collected.coverings[number], place, draft.resources)
    elif form.placed:
        rows = tuple(placed_rows(split, form, grid, place, draft.resources))
    else:
        above = _area_above(collected.rows)
        rows, strays = transcribed_rows(split, form, place, draft.resources, area=above)
        collected.loose += strays
    collected.rows += rows
    collected.stretches.append(form)
    return {id(line) for line in heading.lines} if heading is not None else set()


def _area_above(rows: Sequence[Row]) -> int | None:
    return next((row.area_number for row in reversed(rows) if row.kind == "area"), None)


def _leave(draft: Draft, collected: _Collected, number: int, grid: Grid, split: HeadSplit) -> None:
    """Hand rows without a form on as loose text; titles of areas above a head are those of the rows below it."""
    for cells in split.body:
        texts = [cell for cell in cells if cell.text.strip()]
        title = area_title([c.text for c in texts], draft.resources.official, draft.resources.form)
        if grid.exact and len(texts) == 1 and title is not None and split.form is None:
            lines = tuple(texts[0].lines)
            row = Heading(title, lines).row(number, len(collected.stretches), texts[0].ref.sha256, exact=True)
            collected.rows.append(replace(row, source="row"))
        else:
            collected.loose += [line for cell in cells for line in cell.lines]
    if split.form is not None:
        collected.loose += [
            line for row in (*split.head, *split.numbers) for cell in row for line in cell.lines
        ]
    if collected.form is not None:
        first = next((c for c in grid.cells if c.text.strip()), grid.cells[0])
        collected.facts.append(
            fact("text-unplaced", rule=RULE, ref=first.ref, raw=first.text, certainty="ambiguous")
        )


def _form_for(known: Form | None, grid: Grid, split: HeadSplit) -> Form | None:
    """Return the form of a stretch: its own head's, or the one above where the table plainly goes on."""
    if split.form is not None and split.form.is_plan:
        return split.form
    if known is None or split.form is not None or known.exact != grid.exact:
        return None
    return known if not grid.exact or len(known.columns) == grid.column_count else None


def _inferred_labels(form: Form, split: HeadSplit) -> list[Fact]:
    periods = {column.index: column.period for column in form.periods}
    return [
        fact(
            "period-label-inferred",
            rule=RULE,
            ref=cell.ref,
            field="schedule",
            raw=cell.text,
            value=str(periods.get(cell.column)),
            certainty="certain",
        )
        for cell in split.inferred
    ]


def _column_findings(form: Form, split: HeadSplit, named: set[str]) -> list[Fact]:
    """Report, once a name, each column whose role is not known, and each whose role its name does not settle.

    What a profile settles is told of where the form is held against it.
    """
    told = [
        c
        for c in form.columns
        if c.name not in named and (c.role == "unknown" or (c.certainty != "certain" and c.why != "profile"))
    ]
    named.update(c.name for c in told)
    ref = split.head[0][0].ref if split.head else None
    found: dict[str, Fact] = {}
    for column in told:
        code = "column-unknown" if column.role == "unknown" else "column-role-doubtful"
        found.setdefault(
            column.name,
            fact(
                code,
                rule=RULE,
                ref=ref,
                raw=column.name,
                value=None if column.role == "unknown" else column.role,
                alternatives=column.rivals,
                certainty=column.certainty,
                why=column.why,
            ),
        )
    return list(found.values())
