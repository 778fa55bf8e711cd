"""Merged cells followed over the page breaks: what one part of a cell says belongs to all rows of it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from extract.types import Cell
from normalize.breaks.row_parts import filled
from normalize.breaks.table import Covering, Table
from normalize.draft import FieldName, Row, TextRole
from normalize.form import Form
from normalize.form.content import columns_of
from normalize.labels import plain
from normalize.rows.physical import component_fields
from normalize.text import fold
from normalize.vocabulary import Role
from schema.findings import RuleName
from schema.provenance import SourceRef

RULE: RuleName = "follow-cells"
_LABELLED: tuple[TextRole, ...] = ("indicator", "evidence", "responsible")
_LEADING: tuple[Role, ...] = (*_LABELLED, "component")
_TITLES: tuple[FieldName, ...] = ("component_no", "component")

Verdict = Literal["one", "ask", "two"]


@dataclass(frozen=True, slots=True)
class _PageEnd:
    """Two action rows with a page break between them; `below` is `None` where the lower one is the rest of the upper.

    `upper` and `lower` are the cells on both sides by their columns; `titles` are the rows of areas between them.
    """

    above: int
    below: int | None
    upper: Mapping[int, Cell]
    lower: Mapping[int, Cell]
    titles: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class _Column:
    """What the column of a role shows away from page breaks: blank cells, and cells over several rows."""

    blank: bool
    blank_merged: bool
    merged: bool

    @classmethod
    def of(cls, cells: Collection[Cell], at_ends: Collection[SourceRef]) -> _Column:
        """Look at the cells of a column; blank ones at page breaks may be parts of merged ones and do not count."""
        blank = [cell for cell in cells if not cell.text.strip() and cell.ref not in at_ends]
        return cls(
            blank=any(cell.row_span == 1 for cell in blank),
            blank_merged=any(cell.row_span > 1 for cell in blank),
            merged=any(cell.row_span > 1 and cell.text.strip() for cell in cells),
        )

    def verdict(self, blank: Cell, other: Cell) -> Verdict:
        """Tell whether a blank cell and one with text on the other side of a page break are one merged cell.

        They are where only merged cells leave cells of this column blank. Where there are such blank cells elsewhere,
        and a merged cell reaches the page break, it cannot be told.
        """
        if blank.row_span > 1:
            return "ask" if self.blank_merged else "one"
        if self.blank:
            return "ask" if other.row_span > 1 else "two"
        return "one" if other.row_span > 1 or self.merged else "ask"


def follow_merged_cells(
    rows: Sequence[Row], forms: Sequence[Form], coverings: Sequence[Covering]
) -> list[Row]:
    """Give the rows of a digital merged cell that a page break cuts the text that its other part prints.

    A team goes on downwards; a label may also be printed on a later part. Other empty cells stay empty; a team that may
    or may not go on asks once.
    """
    follower = _Follower(list(rows), Table(forms, coverings))
    follower.follow()
    return follower.rows


@dataclass(slots=True)
class _Follower:
    """The rows, whose fields are filled as page breaks are followed downwards and then upwards."""

    rows: list[Row]
    table: Table

    def follow(self) -> None:
        """Fill the rows beside all page breaks."""
        ends = list(self._page_ends())
        if any(self.rows[n].source == "cell" for end in ends for n in end.titles):
            self._put_areas_above(ends)
            ends = list(self._page_ends())
        columns = self._columns((*_LEADING, "time"), ends)
        for end in ends:
            for name in _LABELLED if end.below is None else ("responsible",):
                self._lead(end, name, columns[name], down=True)
            self._lead_times(end, columns["time"], down=True)
        for end in reversed(ends):
            for name in _LABELLED:
                self._lead(end, name, columns[name], down=False)
            self._lead_component_up(end, columns["component"])
            self._lead_times(end, columns["time"], down=False)

    def _page_ends(self) -> Iterator[_PageEnd]:
        """Yield the page breaks with only titles of areas between two digital rows of the same columns."""
        last: int | None = None
        titles: list[int] = []
        for n, row in enumerate(self.rows):
            if row.kind in ("empty", "area"):
                titles += [n] if row.kind == "area" else []
                continue
            if row.kind != "action" or not row.exact:
                last, titles = None, []
                continue
            if last is not None and self._are_parts(self.rows[last], row):
                yield _PageEnd(last, n, self.table.at(self.rows[last]), self.table.at(row), tuple(titles))
            if row.rest:
                yield _PageEnd(n, None, self.table.at(row), self._rest_at(row))
            last, titles = n, []

    def _are_parts(self, above: Row, below: Row) -> bool:
        """Tell whether two rows are in two parts of a table with as many columns, and neither is cut between them."""
        counts = {len(self.table.form(row).columns) for row in (above, below)}
        return above.chunk != below.chunk and not above.rest and len(counts) == 1

    def _rest_at(self, row: Row) -> dict[int, Cell]:
        last = [cell for cell in row.rest if cell.ref.page == row.last_page]
        columns = [c.index for c in self.table.form(row).columns]
        return {n: cell for n in columns for cell in last if n in columns_of(cell)}

    def _columns(self, roles: Sequence[Role], ends: Sequence[_PageEnd]) -> dict[Role, _Column]:
        """Return what the column of each role shows; filling fields does not change it."""
        sides = (cell for end in ends for side in (end.upper, end.lower) for cell in side.values())
        at_ends = {cell.ref for cell in sides if not cell.text.strip()}
        cells: dict[Role, dict[int, Cell]] = {role: {} for role in roles}
        for row in (row for row in self.rows if ends and row.kind == "action" and row.exact):
            at = self.table.at(row)
            for column in self.table.form(row).columns:
                if column.role in cells and column.index in at:
                    cells[column.role][id(at[column.index])] = at[column.index]
        return {role: _Column.of(own.values(), at_ends) for role, own in cells.items()}

    def _indices(self, end: _PageEnd, role: Role) -> list[int]:
        """Return the columns of a role, periods apart, where both parts have the same ones."""
        parts = [self.rows[n].chunk for n in (end.above, end.below) if n is not None]
        columns = [[c.index for c in self.table.forms[n].of(role) if c.period is None] for n in parts]
        return columns[0] if columns[0] == columns[-1] else []

    def _sides(self, end: _PageEnd, role: Role) -> tuple[Cell, Cell] | None:
        """Return the cells above and below a page break in the only column of a role."""
        indices = self._indices(end, role)
        if len(indices) != 1 or indices[0] not in end.upper or indices[0] not in end.lower:
            return None
        return end.upper[indices[0]], end.lower[indices[0]]

    def _has_new_area(self, end: _PageEnd) -> bool:
        """Tell whether a title between two rows differs from the one above them."""
        above = next((row for row in reversed(self.rows[: end.above + 1]) if row.kind == "area"), None)
        known = _area_name(above) if above is not None else None
        return any(_area_name(self.rows[n]) != known for n in end.titles)

    def _lead(self, end: _PageEnd, name: TextRole, column: _Column, *, down: bool) -> None:
        """Give the rows of a blank cell beside a page break what the cell on the other side of it says."""
        sides = self._sides(end, name)
        if sides is None or self._has_new_area(end):
            return
        blank, other = reversed(sides) if down else sides
        giver, taker = (end.above, end.below) if down or end.below is None else (end.below, end.above)
        value = self.rows[giver].get(name)
        if blank.text.strip() or not value.text.strip():
            return
        if end.below is not None and taker is not None and self.rows[taker].get(name).text.strip():
            return
        verdict = "one" if down and end.below is None else column.verdict(blank, other)
        members = [n for n, row in enumerate(self.rows) if row.get(name).refs[:1] == (blank.ref,)]
        if verdict == "one":
            for n in (n for n in members if not self.rows[n].get(name).text.strip()):
                self.rows[n] = filled(self.rows[n], name, value, RULE)
        asked = end.below if down else next(iter(members), None)
        if verdict == "ask" and name == "responsible" and asked is not None:
            self.rows[asked] = _asking(self.rows[asked], "responsible-ambiguous", blank, plain(value.text))

    def _lead_times(self, end: _PageEnd, column: _Column, *, down: bool) -> None:
        """Give the rows of a time in words, whose cell a page break cuts, what the other part says, or both parts."""
        sides = self._sides(end, "time")
        if sides is None:
            return
        if end.below is None:
            refs = [cell.ref for cell in sides]
            self._set_times(
                sides, next((t.cell for t in self.rows[end.above].times if t.cell.ref in refs), sides[0])
            )
            return
        blank, other = reversed(sides) if down else sides
        giver, taker = (end.above, end.below) if down else (end.below, end.above)
        times = self.rows[giver].times
        told = next((t.cell for t in times if t.period is None and t.cell.text.strip()), None)
        own = any(t.cell.text.strip() for t in self.rows[taker].times)
        if told is None or blank.text.strip() or own or self._has_new_area(end):
            return
        verdict = column.verdict(blank, other)
        if verdict == "one":
            self._set_times((blank,), told)
        elif verdict == "ask":
            text = plain(told.text)
            self.rows[taker] = _asking(self.rows[taker], "schedule-cell-doubtful", blank, text, value=text)

    def _set_times(self, cells: Sequence[Cell], whole: Cell) -> None:
        refs = [cell.ref for cell in cells]
        for n, row in enumerate(self.rows):
            if any(time.cell.ref in refs for time in row.times):
                times = (replace(t, cell=whole) if t.cell.ref in refs else t for t in row.times)
                self.rows[n] = replace(row, times=tuple(times))

    def _lead_component_up(self, end: _PageEnd, column: _Column) -> None:
        """Give the rows above a page break the component whose number and name are below it in the same cell."""
        columns = self._indices(end, "component")
        sides = [(end.upper[n], end.lower[n]) for n in columns if n in end.upper and n in end.lower]
        printed = [(bool(upper.text.strip()), bool(lower.text.strip())) for upper, lower in sides]
        if self._has_new_area(end) or any(up for up, _ in printed) or not any(low for _, low in printed):
            return
        blank, label = max(sides, key=lambda pair: len(pair[1].text.strip()))
        members = self._covered_by(blank, end.above, columns)
        if column.verdict(blank, label) != "one" or self._begins_page(members):
            return
        fields = component_fields([cell for _, cell in sides if cell.row == label.row])
        named = {name: value.filled() for name, value in fields.items() if value.text}
        value = " ".join(plain(named[name].text) for name in _TITLES if name in named).strip()
        for n in members:
            row = self.rows[n].with_fields(named)
            self.rows[n] = row.report(
                "component-filled", rule=RULE, ref=row.ref, field="component", value=value
            )

    def _covered_by(self, cell: Cell, last: int, columns: Sequence[int]) -> list[int]:
        """Return the actions of a stretch, up to a row, that a cell covers in some columns."""
        return [
            n
            for n, row in enumerate(self.rows[: last + 1])
            if row.kind == "action"
            and row.chunk == self.rows[last].chunk
            and any(at.ref == cell.ref for index, at in self.table.at(row).items() if index in columns)
        ]

    def _begins_page(self, members: Sequence[int]) -> bool:
        """Tell whether a blank cell begins its page though there are rows on the page before."""
        first = members[0] if members else 0
        above = next((row for row in reversed(self.rows[:first]) if row.kind != "empty"), None)
        return above is not None and above.kind != "area" and above.chunk != self.rows[first].chunk

    def _put_areas_above(self, ends: Sequence[_PageEnd]) -> None:
        """Put an area's title in a merged cell's part on a later page before the first row of the cell."""
        ends = [end for end in ends if end.below is not None]
        column = self._columns(("area",), ends)["area"]
        moved: list[tuple[int, Row]] = []
        for end in ends:
            sides = self._sides(end, "area")
            title = next((n for n in end.titles if self.rows[n].source == "cell"), None)
            if sides is None or title is None or sides[0].text.strip() or column.verdict(*sides) != "one":
                continue
            members = self._covered_by(sides[0], end.above, self._indices(end, "area"))
            if members and not self._begins_page(members):
                above = self.rows[end.above]
                row = replace(self.rows[title], grid=above.grid, chunk=above.chunk, facts=())
                moved.append((members[0], row))
        for n, row in reversed(moved):
            self.rows.insert(n, row)


def _area_name(row: Row) -> str:
    return fold(plain(row.get("area").text))


def _asking(row: Row, code: str, cell: Cell, text: str, *, value: str | None = None) -> Row:
    """Return a row that asks whether its blank cell says what the other part of a merged cell does."""
    name = "responsible" if code.startswith("responsible") else "schedule"
    return row.report(
        code, rule=RULE, ref=cell.ref, field=name, value=value, alternatives=(text,), certainty="ambiguous"
    )
