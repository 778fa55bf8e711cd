"""Rows of an exact table that a page's end cut in two turned into whole ones; where it cannot be told, a finding."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from extract.types import Cell
from normalize.breaks.page_breaks import Seam, Times, doubt, item_of, measured, reasons_of, successor, weigh
from normalize.breaks.row_parts import filled, longer_field, one_cell, united_extra, united_times
from normalize.breaks.table import Covering, Table
from normalize.draft import MISSING, Row, cell_field
from normalize.facts import Fact, fact
from normalize.form import Form
from normalize.labels import clean_numeral, is_numeral, plain
from normalize.text import fold
from normalize.vocabulary import Role
from schema.decree import Field
from schema.findings import RuleName
from schema.provenance import SourceRef
from schema.roles import FieldName, TextRole

RULE: RuleName = "join-pages"
_OFTEN = 0.1  # share of a column's texts that begin small from which on a small letter tells nothing
_FIELDS: tuple[FieldName, ...] = ("indicator", "action", "evidence", "responsible")
_TEXTS: tuple[TextRole, ...] = ("indicator", "action", "evidence")


@dataclass(frozen=True, slots=True)
class _Table(Table):
    """What is known of the whole document's table."""

    merged: frozenset[Role]
    lowered: frozenset[Role]
    counted: frozenset[Role]
    never_blank: frozenset[Role]


@dataclass(frozen=True, slots=True)
class _Known:
    """What has been joined so far.

    `tails` are the lowest cells of the joined rows, by the row's place; `merged` are the whole texts of cells over
    several rows whose lower part begins a page, by that part's place; `asked` are the doubts about others of them.
    """

    tails: dict[int, Mapping[int, Cell]]
    merged: dict[tuple[FieldName, SourceRef], Field]
    asked: dict[tuple[FieldName, SourceRef], Fact]


def join_over_pages(rows: Sequence[Row], forms: Sequence[Form], coverings: Sequence[Covering]) -> list[Row]:
    """Join the last row of a page and the first of the next where they are one; ask where it cannot be told.

    `forms` are those of the stretches, `coverings` those of the extraction's grids, as the rows number them. Rows of a
    transcription are left as they are.
    """
    table = _Table(
        forms,
        coverings,
        merged=frozenset(name for name in _TEXTS for row in rows if row.get(name).status == "filled"),
        lowered=_lowered(rows),
        counted=_counted(rows),
        never_blank=_never_blank(rows),
    )
    result: list[Row] = []
    known = _Known({}, {}, {})
    for read in rows:
        above = _last(result)
        area = None if above is None else _cut_area(result, above, read, table)
        if area is not None:
            result[area] = _with_rest_of_area(result[area], read)
            continue
        row = read if above is None else _no_title(result[above], read, table)
        if above is None or not _meets(result[above], row):
            result.append(_under(row, known))
            continue
        _meet(result, above, row, table, known)
    return result


def _lowered(rows: Sequence[Row]) -> frozenset[Role]:
    """Return the columns of which many texts begin with a small letter; a page's first row may be a cut one."""
    whole = [
        row
        for row, above in zip(rows[1:], rows, strict=False)
        if row.grid == above.grid and row.kind == "action"
    ]
    found: set[TextRole] = set()
    for name in _TEXTS:
        texts = [text for row in whole if (text := plain(row.get(name).text))]
        if sum(text[0].islower() for text in texts) > max(1, _OFTEN * len(texts)):
            found.add(name)
    return frozenset(found)


def _counted(rows: Sequence[Row]) -> frozenset[Role]:
    """Return the columns in which the item of a row follows that of the row above it on the same page."""
    pairs = [(a, b) for a, b in pairwise(rows) if a.grid == b.grid and a.kind == b.kind == "action"]
    found: set[TextRole] = set()
    for name in _TEXTS:
        items = ((item_of(a.get(name).text), item_of(b.get(name).text)) for a, b in pairs)
        if any(above is not None and successor(above) == below for above, below in items):
            found.add(name)
    return frozenset(found)


def _never_blank(rows: Sequence[Row]) -> frozenset[Role]:
    """Return the columns in which no cell is blank but those that begin or end a page."""
    ends = [(above, below) for above, below in pairwise(rows) if above.grid != below.grid]
    at_ends = {row.get(name).refs for pair in ends for row in pair for name in _TEXTS}
    actions = [row for row in rows if row.kind == "action"]
    return frozenset(
        name
        for name in _TEXTS
        if all(row.get(name).text.strip() or row.get(name).refs in at_ends for row in actions)
    )


def _last(rows: Sequence[Row]) -> int | None:
    """Return the last row that is not empty, if it is an action."""
    at = next((n for n in range(len(rows) - 1, -1, -1) if rows[n].kind != "empty"), None)
    return at if at is not None and rows[at].kind == "action" else None


def _meets(above: Row, below: Row) -> bool:
    """Tell whether only a page's end stands between two rows of exact tables."""
    exact = above.exact and below.exact and below.kind == "action" and above.grid != below.grid
    first, last = below.cells[0].ref.page, above.last_page or above.page
    return exact and first is not None and last is not None and first == last + 1


def _cut_area(rows: Sequence[Row], at: int, below: Row, table: _Table) -> int | None:
    """Return the area whose merged cell a page's end cut, where the row below is taken for the title of another one.

    Its cell reaches to the last row of its page, and it has a numeral; what stands in its column on the next page has none.
    """
    area = next((n for n in range(at, -1, -1) if rows[n].kind == "area"), None)
    if area is None or below.kind != "area" or below.source != "cell" or below.get("area_no").text:
        return None
    if not _meets(rows[at], replace(below, kind="action")) or not rows[area].get("area_no").text:
        return None
    if not _same_columns(table.forms[rows[at].chunk], table.forms[below.chunk]):
        return None
    upper, lower = table.at(rows[at]), table.at(below)
    reaching = (column for column, cell in upper.items() if cell.ref in rows[area].get("area").refs)
    rest = below.get("area").refs
    goes_on = any(column in lower and lower[column].ref in rest for column in reaching)
    return area if goes_on else None


def _with_rest_of_area(area: Row, below: Row) -> Row:
    """Return an area with the rest of its name, which stands in its cell on the next page."""
    name = longer_field(area.get("area"), below.cells[-1:])
    pages = f"{area.page}, {below.page}"
    return area.with_field("area", name).report(
        "row-joined",
        rule=RULE,
        ref=area.ref,
        field="area",
        raw=pages,
        value=plain(f"{area.get('area').text} {below.get('area').text}"),
        certainty="probable",
        where_id=f"halaman {pages}",
        where_en=f"pages {pages}",
        **reasons_of(["merged"]),
    )


def _no_title(above: Row, below: Row, table: _Table) -> Row:
    """Return a row taken for an area's title as an action where it is the rest of a component's name.

    `Akuntabilitas` alone names an area; below a cell that `Pengelolaan` fills to the page's end it is the cell's rest.
    """
    if below.kind != "area" or below.get("area_no").text or not _meets(above, replace(below, kind="action")):
        return below
    seams = _seams(above, below, table.at(above), table.at(below), table) or ()
    texts = [seam for seam in seams if seam.lower.text.strip()]
    rest = [seam for seam in texts if seam.role == "component" and seam.goes_on and seam.fills_its_cell]
    if len(texts) != 1 or not rest:
        return below
    return replace(below, kind="action", area_number=None, fields={"component": cell_field(rest[0].lower)})


def _meet(rows: list[Row], at: int, below: Row, table: _Table, known: _Known) -> None:
    """Add the first row of a page to the rows: joined to the one above, with a question, or as it is."""
    above = rows[at]
    cells, lower = known.tails.get(at) or table.at(above), table.at(below)
    seams = _seams(above, below, cells, lower, table)
    if seams is None or _begins_anew(rows, at, below, cells, lower, table):
        rows.append(below)
        return
    verdict, why = weigh(seams, Times.of(above.times, below.times), merges_actions="action" in table.merged)
    if verdict != "join":
        below = _under_merged(_under_component(rows, at, below, seams), above, seams, table, known)
        flowing = _may_flow(seams, table) if verdict == "apart" else []
        verdict, seams, why = ("ask", tuple(flowing), ("merged",)) if flowing else (verdict, seams, why)
    if verdict == "apart":
        rows.append(below)
    elif verdict == "ask":
        _ask(rows, at, seams, why, known)
        rows.append(below.noting(doubt(RULE, seams, below.ref, why)))
    else:
        del rows[at + 1 :]
        rows[at] = _joined(rows, at, below, seams, why)
        _spread(rows, at, seams)
        known.tails[at] = lower
        known.merged.update(_merged(rows[at], seams))


def _seams(
    above: Row, below: Row, cells: Mapping[int, Cell], lower: Mapping[int, Cell], table: _Table
) -> tuple[Seam, ...] | None:
    """Return the columns of both parts side by side, or `None` where the pages have different columns."""
    upper_form, lower_form = table.forms[above.chunk], table.forms[below.chunk]
    if not _same_columns(upper_form, lower_form):
        return None
    seams = [
        Seam(
            c.role,
            cells[c.index],
            lower[c.index],
            _whole(above, c.role, cells[c.index], upper_form),
            lowered=c.role in table.lowered,
            counted=c.role in table.counted,
        )
        for c in upper_form.columns
        if c.period is None and c.index in cells and c.index in lower
    ]
    own = {id(seam.upper): seam for seam in reversed(seams)}
    return measured(tuple(reversed(own.values())))


def _same_columns(one: Form, other: Form) -> bool:
    """Tell whether two forms have the same columns; one whose name was not understood may be any."""
    roles = [(a.role, b.role) for a, b in zip(one.columns, other.columns, strict=False)]
    return len(one.columns) == len(other.columns) and all(a == b or "unknown" in (a, b) for a, b in roles)


def _whole(above: Row, role: Role, cell: Cell, form: Form) -> str:
    """Return what is known of the text above: also what a page before says of it, where its cell is blank here."""
    own = above.get(role).text if role in _FIELDS and len(form.of(role)) == 1 else ""
    return own or cell.text


def _begins_anew(
    rows: Sequence[Row],
    at: int,
    below: Row,
    cells: Mapping[int, Cell],
    lower: Mapping[int, Cell],
    table: _Table,
) -> bool:
    """Tell whether the row below has a number of its own: another than that of the component or row above."""
    label = below.get("component_no").text
    if label:
        known = next(
            (r.get("component_no").text for r in reversed(rows[: at + 1]) if r.get("component_no").text), ""
        )
        return clean_numeral(label).lower() != clean_numeral(known).lower()
    for column in table.forms[below.chunk].of("area_no"):
        number = lower.get(column.index)
        if number is not None and number.text.strip() and is_numeral(number.text):
            known_cell = cells.get(column.index)
            return known_cell is None or fold(known_cell.text) != fold(number.text)
    return False


def _joined(rows: Sequence[Row], at: int, below: Row, seams: Sequence[Seam], why: Sequence[str]) -> Row:
    """Return the row above with all that the part below adds, and a finding that names both pages."""
    row = rows[at]
    merged = {seam.upper.ref: one_cell(seam) for seam in seams if seam.goes_on}
    row = replace(
        row,
        cells=(*(merged.get(cell.ref, cell) for cell in row.cells), *_added(seams)),
        rest=(*row.rest, *below.cells),
        times=united_times(row.times, below.times),
        extra=united_extra(row.extra, below.extra),
        last_page=below.cells[0].ref.page,
    )
    for name in _FIELDS:
        row = _with_rest(row, name, [seam for seam in seams if seam.role == name])
    pages = ", ".join(str(page) for page in (row.page, below.cells[0].ref.page))
    first = next((seam for seam in seams if seam.goes_on), None)
    finding = fact(
        "row-joined",
        rule=RULE,
        ref=row.ref,
        raw=pages,
        value=plain(f"{first.whole} {first.lower.text}") if first is not None else None,
        certainty="probable",
        where_id=f"halaman {pages}",
        where_en=f"pages {pages}",
        **reasons_of(why),
    )
    return row.noting(finding, *below.facts, *_unplaced(rows, at, seams))


def _added(seams: Sequence[Seam]) -> list[Cell]:
    """Return the cells below whose column is blank above."""
    return [seam.lower for seam in seams if seam.lower.text.strip() and not seam.whole.strip()]


def _unplaced(rows: Sequence[Row], at: int, seams: Sequence[Seam]) -> list[Fact]:
    """Report what the part below holds in columns of areas and components that is not what stands above."""
    label = next(
        (r for r in reversed(rows[: at + 1]) if r.get("component_no").text or r.get("component").text), None
    )
    names = {fold(label.get("component_no").text), fold(label.get("component").text)} if label else set()
    names |= {f"{no} {name}" for no in names for name in names}
    left = [
        seam.lower
        for seam in seams
        if seam.role in ("area_no", "area", "component")
        and seam.lower.text.strip()
        and not seam.is_repeated
        and not (seam.role == "component" and (seam.goes_on or fold(seam.lower.text) in names))
    ]
    return [
        fact("text-unplaced", rule=RULE, ref=c.ref, raw=plain(c.text), certainty="ambiguous") for c in left
    ]


def _under_component(rows: list[Row], at: int, below: Row, seams: Sequence[Seam]) -> Row:
    """Return a row of its own whose component's cell goes on from the page before, without the name's rest in it.

    The name goes on where it fills its cell above and the rest below has no numeral though components are numbered.
    """
    going = [seam for seam in seams if seam.role == "component" and seam.goes_on and seam.fills_its_cell]
    numbered = any(row.get("component_no").text for row in rows[: at + 1])
    if len(going) != 1 or not numbered or below.get("component_no").text:
        return below
    _spread(rows, at, going)
    seam = going[0]
    pages = ", ".join(str(cell.ref.page) for cell in (seam.upper, seam.lower))
    return below.with_field("component", MISSING).report(
        "row-joined",
        rule=RULE,
        ref=seam.upper.ref,
        field="component",
        raw=pages,
        value=plain(f"{seam.whole} {seam.lower.text}"),
        certainty="probable",
        where_id=f"halaman {pages}",
        where_en=f"pages {pages}",
        **reasons_of(["component"]),
    )


def _spread(rows: list[Row], at: int, seams: Sequence[Seam]) -> None:
    """Give the rows that a cut cell reaches over on the page above the whole of its text."""
    for seam in seams:
        names: tuple[FieldName, ...] = ("component",) if seam.role == "component" else _FIELDS
        if not seam.goes_on or (seam.role != "component" and seam.role not in _FIELDS):
            continue
        for n in range(at, -1, -1):
            for name in names:
                if (
                    rows[n].get(name).refs[:1] == (seam.upper.ref,)
                    and seam.lower.ref not in rows[n].get(name).refs
                ):
                    rows[n] = _whole_cell(rows[n], name, seam)


def _whole_cell(row: Row, name: FieldName, seam: Seam) -> Row:
    """Return a row whose field is that of a cut cell with both parts."""
    filled = row.get(name).status == "filled"
    value = longer_field(row.get(name), [seam.lower])
    cells = tuple(one_cell(seam) if cell.ref == seam.upper.ref else cell for cell in row.cells)
    row = row.with_field(name, value.filled() if filled else value)
    return replace(row, cells=cells)


def _merged(row: Row, seams: Sequence[Seam]) -> dict[tuple[FieldName, SourceRef], Field]:
    """Return the whole texts of the cells that reach over further rows of the new page."""
    return {
        (name, seam.lower.ref): row.get(name)
        for seam in seams
        for name in _FIELDS
        if seam.role == name and seam.lower.row_span > 1 and not seam.is_repeated
    }


def _under(row: Row, known: _Known) -> Row:
    """Return a row with the whole text of a cell over several rows that a page's end cut, or a doubt about it."""
    for name in _FIELDS:
        refs = row.get(name).refs
        if not refs:
            continue
        doubt = known.asked.get((name, refs[0]))
        if doubt is not None:
            row = row.noting(replace(doubt, ref=row.ref))
        value = known.merged.get((name, refs[0]))
        if value is not None and value.text.strip():
            row = filled(row, name, value, RULE)
    return row


def _under_merged(below: Row, above: Row, seams: Sequence[Seam], table: _Table, known: _Known) -> Row:
    """Return a row of its own with the text of a merged cell that goes on blank from the page before.

    A blank cell that begins a page goes on where other cells of its column are merged and none is blank; where none is
    merged either, a blank indicator asks for a decision.
    """
    for seam in seams:
        name = next((name for name in _TEXTS if name == seam.role), None)
        value = above.get(name) if name is not None else MISSING
        blank = name is not None and not below.get(name).text.strip()
        if not blank or name not in table.never_blank or not value.text.strip():
            continue
        if name in table.merged:
            below = filled(below, name, value, RULE)
            known.merged[name, seam.lower.ref] = value
        elif name == "indicator":
            below = below.noting(doubt(RULE, [seam], below.ref, ["blank"]))
    return below


def _may_flow(seams: Sequence[Seam], table: _Table) -> list[Seam]:
    """Return the texts that may be those of merged cells over the page's end, though the rows are two.

    In a column with merged cells a text may go on that fills its cell, if the first word below found no room in it.
    Cells beside them over the same rows that hold an amount each show that they are two.
    """
    apart = {_reach(seam) for seam in seams if seam.is_two_amounts}
    return [
        seam
        for seam in seams
        if seam.role in table.merged
        and _reach(seam) not in apart
        and seam.goes_on
        and seam.fills_its_cell
        and not (seam.fits or seam.begins_item)
    ]


def _reach(seam: Seam) -> tuple[int, int]:
    """Return over how many rows both parts reach."""
    return seam.upper.row_span, seam.lower.row_span


def _ask(rows: list[Row], at: int, seams: Sequence[Seam], why: Sequence[str], known: _Known) -> None:
    """Ask about the row above, and about all that share a cell with it or with the row below."""
    rows[at] = rows[at].noting(doubt(RULE, seams, rows[at].ref, why))
    for seam in (seam for seam in seams if seam.goes_on):
        for name in (name for name in _TEXTS if name == seam.role):
            known.asked[name, seam.lower.ref] = doubt(RULE, [seam], seam.lower.ref, why)
            for n in range(at - 1, -1, -1):
                if rows[n].get(name).refs[:1] == (seam.upper.ref,):
                    rows[n] = rows[n].noting(doubt(RULE, [seam], rows[n].ref, why))


def _with_rest(row: Row, name: FieldName, seams: Sequence[Seam]) -> Row:
    """Add what the part below holds of a field; of a field with several columns, column by column."""
    adding = [seam.lower for seam in seams if seam.lower.text.strip() and not seam.is_repeated]
    if not adding:
        return row
    value = longer_field(row.get(name), adding)
    if len(seams) > 1:
        text = "\n".join(part for seam in seams if (part := one_cell(seam).text))
        value = value.replace(printed=text, text=text)
    return row.with_field(name, value)
