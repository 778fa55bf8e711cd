"""Merged cells followed over the ends of pages: what one part of a cell prints belongs to all rows of it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from extract.types import Cell
from normalize.breaks.row_parts import filled
from normalize.breaks.table import Covering, Table
from normalize.draft import Row
from normalize.form import Form
from normalize.labels import plain
from normalize.rows.physical import with_component
from normalize.text import fold
from normalize.vocabulary import Role
from schema.decree import Field
from schema.findings import RuleName
from schema.provenance import SourceRef
from schema.roles import FieldName, TextRole

RULE: RuleName = "follow-cells"
_LABELLED: tuple[TextRole, ...] = ("indicator", "evidence", "responsible")
_LEADING: tuple[Role, ...] = (*_LABELLED, "component")
_TITLES: tuple[FieldName, ...] = ("component_no", "component")

Verdict = Literal["one", "ask", "two"]


@dataclass(frozen=True, slots=True)
class _PageEnd:
    """Two action rows between which a page ends; `below` is `None` where the lower one is the rest of the upper.

    `upper` and `lower` are the cells on both sides by their columns; `titles` are the rows of areas between them.
    """

    above: int
    below: int | None
    upper: Mapping[int, Cell]
    lower: Mapping[int, Cell]
    titles: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class _Column:
    """What the column of a role shows away from the ends of pages: blank cells, and cells over several rows."""

    blank: bool
    blank_merged: bool
    merged: bool

    def verdict(self, blank: Cell, other: Cell) -> Verdict:
        """Tell whether a blank cell and one with text on the other side of a page's end are one merged cell.

        They are where nothing but a merged cell leaves a cell of this column blank. Where blank cells of the same kind
        stand on their own elsewhere, and a merged cell reaches the page's end, it cannot be told.
        """
        if blank.row_span > 1:
            return "ask" if self.blank_merged else "one"
        if self.blank:
            return "ask" if other.row_span > 1 else "two"
        return "one" if other.row_span > 1 or self.merged else "ask"


def follow_merged_cells(
    rows: Sequence[Row], forms: Sequence[Form], coverings: Sequence[Covering]
) -> list[Row]:
    """Give the rows of a digital merged cell that a page's end cuts the text that its other part prints.

    A team goes on downwards; a label may also stand on a later page's part. An empty cell that is no part of such a
    cell stays empty; a team for which this cannot be told asks, once for the cell.
    """
    table = Table(forms, coverings)
    result = list(rows)
    ends = list(_page_ends(result, table))
    if any(result[n].source == "cell" for end in ends for n in end.titles):
        result = _with_areas_above(result, table)
        ends = list(_page_ends(result, table))
    columns = _columns((*_LEADING, "time"), result, ends, table)
    for end in ends:
        _lead_down(result, end, table, columns["responsible"])
        _lead_times(result, end, table, columns["time"], down=True)
    for end in reversed(ends):
        for role in _LEADING:
            _lead_up(result, end, table, role, columns[role])
        _lead_times(result, end, table, columns["time"], down=False)
    return result


def _page_ends(rows: Sequence[Row], table: Table) -> Iterator[_PageEnd]:
    """Yield the ends of pages with only titles of areas between two digital rows of the same columns."""
    last: int | None = None
    titles: list[int] = []
    for n, row in enumerate(rows):
        if row.kind == "area":
            titles.append(n)
        if row.kind in ("empty", "area"):
            continue
        if row.kind != "action" or not row.exact:
            last, titles = None, []
            continue
        if last is not None and _parts(rows[last], row, table):
            yield _PageEnd(last, n, table.at(rows[last]), table.at(row), tuple(titles))
        if row.rest:
            yield _PageEnd(n, None, table.at(row), _rest_at(row, table))
        last, titles = n, []


def _parts(above: Row, below: Row, table: Table) -> bool:
    """Tell whether two rows stand in two parts of a table with as many columns, and neither is cut between them."""
    counts = {len(table.forms[row.chunk].columns) for row in (above, below)}
    return above.chunk != below.chunk and not above.rest and len(counts) == 1


def _rest_at(row: Row, table: Table) -> dict[int, Cell]:
    """Return the cells of a cut row's part on its last page, by their columns."""
    last = [cell for cell in row.rest if cell.ref.page == row.last_page]
    columns = [c.index for c in table.forms[row.chunk].columns]
    return {n: cell for n in columns for cell in last if cell.column <= n < cell.column + cell.column_span}


def _columns(
    roles: Sequence[Role], rows: Sequence[Row], ends: Sequence[_PageEnd], table: Table
) -> dict[Role, _Column]:
    """Return what the column of each role shows; filling fields in changes nothing of it."""
    sides = (cell for end in ends for side in (end.upper, end.lower) for cell in side.values())
    at_ends = {cell.ref for cell in sides if not cell.text.strip()}
    cells: dict[Role, dict[int, Cell]] = {role: {} for role in roles}
    for row in (row for row in rows if ends and row.kind == "action" and row.exact):
        at = table.at(row)
        for column in table.forms[row.chunk].columns:
            if column.role in cells and column.index in at:
                cell = at[column.index]
                cells[column.role][id(cell)] = cell
    return {role: _column(own.values(), at_ends) for role, own in cells.items()}


def _column(cells: Collection[Cell], at_ends: Collection[SourceRef]) -> _Column:
    blank = [cell for cell in cells if not cell.text.strip() and cell.ref not in at_ends]
    return _Column(
        blank=any(cell.row_span == 1 for cell in blank),
        blank_merged=any(cell.row_span > 1 for cell in blank),
        merged=any(cell.row_span > 1 and cell.text.strip() for cell in cells),
    )


def _sides(end: _PageEnd, table: Table, rows: Sequence[Row], role: Role) -> tuple[Cell, Cell] | None:
    """Return the cells above and below a page's end in the only column of a role, the same one in both parts."""
    parts = [rows[n].chunk for n in (end.above, end.below) if n is not None]
    columns = [[c.index for c in table.forms[n].of(role) if c.period is None] for n in parts]
    index = columns[0][0] if len(columns[0]) == 1 and columns[0] == columns[-1] else None
    if index is None or index not in end.upper or index not in end.lower:
        return None
    return end.upper[index], end.lower[index]


def _new_area(rows: Sequence[Row], end: _PageEnd) -> bool:
    """Tell whether a title between two rows is another than the one above them."""
    above = next((rows[n] for n in range(end.above, -1, -1) if rows[n].kind == "area"), None)
    known = fold(plain(above.get("area").text)) if above is not None else None
    return any(fold(plain(rows[n].get("area").text)) != known for n in end.titles)


def _lead_down(rows: list[Row], end: _PageEnd, table: Table, column: _Column) -> None:
    """Give the rows of a blank cell that begins a page the team of the cell above that goes on in it."""
    if end.below is None:
        _lead_through(rows, end, table)
        return
    sides = _sides(end, table, rows, "responsible")
    team = rows[end.above].get("responsible")
    if sides is None or not team.text.strip() or sides[1].text.strip():
        return
    if rows[end.below].get("responsible").text.strip() or _new_area(rows, end):
        return
    verdict = column.verdict(sides[1], sides[0])
    if verdict == "one":
        _fill(rows, "responsible", sides[1], team)
    elif verdict == "ask":
        rows[end.below] = _asking(rows[end.below], sides[1], team.text)


def _lead_through(rows: list[Row], end: _PageEnd, table: Table) -> None:
    """Give the rows that share a blank cell with the lower part of a cut row what that row has."""
    for name in _LABELLED:
        sides, value = _sides(end, table, rows, name), rows[end.above].get(name)
        if sides is not None and value.text.strip() and not sides[1].text.strip():
            _fill(rows, name, sides[1], value)


def _fill(rows: list[Row], name: FieldName, cell: Cell, value: Field) -> None:
    """Fill a field into the rows that read it blank from a cell."""
    for n in _rows_of(rows, name, cell):
        if not rows[n].get(name).text.strip():
            rows[n] = filled(rows[n], name, value, RULE)


def _asking(row: Row, cell: Cell, team: str) -> Row:
    return row.report(
        "responsible-ambiguous",
        rule=RULE,
        ref=cell.ref,
        field="responsible",
        alternatives=(plain(team),),
        certainty="ambiguous",
    )


def _rows_of(rows: Sequence[Row], name: FieldName, cell: Cell) -> list[int]:
    """Return the rows whose field was read from a cell."""
    return [n for n, row in enumerate(rows) if row.get(name).refs[:1] == (cell.ref,)]


def _lead_up(rows: list[Row], end: _PageEnd, table: Table, role: Role, column: _Column) -> None:
    """Give the rows of a blank cell that ends a page the label that stands on the next page's part of it."""
    if _new_area(rows, end):
        return
    if role == "component":
        _lead_component_up(rows, end, table, column)
        return
    sides = _sides(end, table, rows, role)
    name = next((name for name in _LABELLED if name == role), None)
    if name is None or sides is None or sides[0].text.strip():
        return
    value = rows[end.above if end.below is None else end.below].get(name)
    if not value.text.strip() or (rows[end.above].get(name).text.strip() and end.below is not None):
        return
    verdict = column.verdict(*sides)
    if verdict == "one":
        _fill(rows, name, sides[0], value)
    elif verdict == "ask" and name == "responsible":
        for n in _rows_of(rows, name, sides[0])[:1]:
            rows[n] = _asking(rows[n], sides[0], value.text)


def _lead_times(rows: list[Row], end: _PageEnd, table: Table, column: _Column, *, down: bool) -> None:
    """Give the rows of a time in words, whose cell a page's end cuts, what the other part prints, or both parts."""
    sides = _sides(end, table, rows, "time")
    if sides is None:
        return
    upper, lower = sides
    if end.below is None:
        whole = next((t.cell for t in rows[end.above].times if t.cell.ref in (upper.ref, lower.ref)), upper)
        _set_times(rows, (upper, lower), whole)
        return
    blank, other = (lower, upper) if down else (upper, lower)
    row = rows[end.above if down else end.below]
    told = next((t.cell for t in row.times if t.period is None and t.cell.text.strip()), None)
    n = end.below if down else end.above
    own = any(t.cell.text.strip() for t in rows[n].times)
    if told is None or blank.text.strip() or own or _new_area(rows, end):
        return
    verdict = column.verdict(blank, other)
    if verdict == "one":
        _set_times(rows, (blank,), told)
    elif verdict == "ask":
        rows[n] = rows[n].report(
            "schedule-cell-doubtful",
            rule=RULE,
            ref=blank.ref,
            field="schedule",
            value=plain(told.text),
            alternatives=(plain(told.text),),
            certainty="ambiguous",
        )


def _set_times(rows: list[Row], cells: Sequence[Cell], whole: Cell) -> None:
    """Let the time of all rows that read it from some cells be that of one cell."""
    refs = [cell.ref for cell in cells]
    for n, row in enumerate(rows):
        if any(time.cell.ref in refs for time in row.times):
            times = (replace(t, cell=whole) if t.cell.ref in refs else t for t in row.times)
            rows[n] = replace(row, times=tuple(times))


def _lead_component_up(rows: list[Row], end: _PageEnd, table: Table, column: _Column) -> None:
    """Give the rows above a page's end the component whose numeral and name stand below it in the same cell.

    A blank cell that goes on from a component above it, on its own page or the one before, is that component's.
    """
    parts = [rows[n].chunk for n in (end.above, end.below) if n is not None]
    columns = [c.index for c in table.forms[parts[0]].of("component")]
    if columns != [c.index for c in table.forms[parts[-1]].of("component")]:
        return
    sides = [(end.upper[n], end.lower[n]) for n in columns if n in end.upper and n in end.lower]
    if (
        not sides
        or any(upper.text.strip() for upper, _ in sides)
        or not any(low.text.strip() for _, low in sides)
    ):
        return
    blank, label = max(sides, key=lambda pair: len(pair[1].text.strip()))
    members = [
        n for n in range(end.above + 1) if _is_covered(rows[n], rows[end.above], blank, columns, table)
    ]
    if column.verdict(blank, label) != "one" or _begins_page(rows, members):
        return
    lower = [cell for _, cell in sides]
    labelled = with_component(replace(rows[end.above], fields={}), lower, label.row)
    for n in members:
        fields = {name: labelled.get(name).filled() for name in _TITLES}
        named = replace(rows[n], fields={**rows[n].fields, **{k: v for k, v in fields.items() if v.text}})
        value = f"{fields['component_no'].text} {plain(fields['component'].text)}".strip()
        rows[n] = named.report("component-filled", rule=RULE, ref=named.ref, field="component", value=value)


def _is_covered(row: Row, last: Row, cell: Cell, columns: Sequence[int], table: Table) -> bool:
    if row.kind != "action" or row.chunk != last.chunk:
        return False
    at = table.at(row)
    return any(at[n].ref == cell.ref for n in columns if n in at)


def _begins_page(rows: Sequence[Row], members: Sequence[int]) -> bool:
    """Tell whether no row stands above a blank cell on its page though rows stand on the page before."""
    first = members[0] if members else 0
    above = next((rows[n] for n in range(first - 1, -1, -1) if rows[n].kind != "empty"), None)
    return above is not None and above.kind != "area" and above.chunk != rows[first].chunk


def _with_areas_above(rows: list[Row], table: Table) -> list[Row]:
    """Put the title of an area that stands in a merged cell's part on a later page before the first row of the cell."""
    ends = [end for end in _page_ends(rows, table) if end.below is not None]
    column = _columns(("area",), rows, ends, table)["area"]
    result = list(rows)
    for end in reversed(ends):
        sides = _sides(end, table, rows, "area")
        title = next((n for n in end.titles if rows[n].source == "cell"), None)
        if sides is None or title is None or sides[0].text.strip() or column.verdict(*sides) != "one":
            continue
        index = table.forms[rows[end.above].chunk].of("area")[0].index
        members = [
            n for n in range(end.above + 1) if _is_covered(rows[n], rows[end.above], sides[0], [index], table)
        ]
        if members and not _begins_page(rows, members):
            above = rows[end.above]
            result.insert(members[0], replace(rows[title], grid=above.grid, chunk=above.chunk, facts=()))
    return result
