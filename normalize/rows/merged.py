"""Merged cells followed over the page breaks: what one part of a cell says belongs to all rows of it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from extract.types import Cell
from normalize.breaks.row_parts import filled
from normalize.breaks.table import Table
from normalize.draft import Row
from normalize.form.content import columns_of
from normalize.labels import plain
from normalize.rows.physical import component_fields
from normalize.text import fold
from schema.findings import RuleName
from schema.provenance import SourceRef
from schema.roles import FieldName, Role, TextRole

RULE: RuleName = "follow-cells"
_LABELLED: tuple[TextRole, ...] = ("indicator", "evidence", "responsible")
_LEADING: tuple[Role, ...] = (*_LABELLED, "component")
_TITLES: tuple[FieldName, ...] = ("component_no", "component")

Verdict = Literal["one", "ask", "two"]


@dataclass(frozen=True, slots=True)
class _RowBreak:
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
    def of(cls, cells: Collection[Cell], at_cuts: Collection[SourceRef]) -> _Column:
        """Look at the cells of a column; blank ones at page breaks may be parts of merged ones and do not count."""
        blank = [cell for cell in cells if not cell.text.strip() and cell.ref not in at_cuts]
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


def follow_merged_cells(rows: Sequence[Row], table: Table) -> list[Row]:
    """Give the rows of a digital merged cell that a page break cuts the text that its other part prints.

    A team goes on downwards; a label may also be printed on a later part. Other empty cells stay empty; a team that may
    or may not go on asks once.
    """
    follower = _Follower(list(rows), table)
    follower.follow()
    return follower.rows


@dataclass(slots=True)
class _Follower:
    """The rows, whose fields are filled as page breaks are followed downwards and then upwards."""

    rows: list[Row]
    table: Table

    def follow(self) -> None:
        """Fill the rows beside all page breaks."""
        cuts = list(self._row_breaks())
        if any(self.rows[n].source == "cell" for cut in cuts for n in cut.titles):
            self._put_areas_above(cuts)
            cuts = list(self._row_breaks())
        columns = self._columns((*_LEADING, "time"), cuts)
        for cut in cuts:
            for name in _LABELLED if cut.below is None else ("responsible",):
                self._lead(cut, name, columns[name], down=True)
            self._lead_times(cut, columns["time"], down=True)
        for cut in reversed(cuts):
            for name in _LABELLED:
                self._lead(cut, name, columns[name], down=False)
            self._lead_component_up(cut, columns["component"])
            self._lead_times(cut, columns["time"], down=False)

    def _row_breaks(self) -> Iterator[_RowBreak]:
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
                yield _RowBreak(last, n, self.table.at(self.rows[last]), self.table.at(row), tuple(titles))
            if row.rest:
                yield _RowBreak(n, None, self.table.at(row), self._rest_at(row))
            last, titles = n, []

    def _are_parts(self, above: Row, below: Row) -> bool:
        """Tell whether two rows are in two parts of a table with as many columns, and neither is cut between them."""
        counts = {len(self.table.form(row).columns) for row in (above, below)}
        return above.chunk != below.chunk and not above.rest and len(counts) == 1

    def _rest_at(self, row: Row) -> dict[int, Cell]:
        last = [cell for cell in row.rest if cell.ref.page == row.last_page]
        columns = [c.index for c in self.table.form(row).columns]
        return {n: cell for n in columns for cell in last if n in columns_of(cell)}

    def _columns(self, roles: Sequence[Role], cuts: Sequence[_RowBreak]) -> dict[Role, _Column]:
        """Return what the column of each role shows; filling fields does not change it."""
        sides = (cell for cut in cuts for side in (cut.upper, cut.lower) for cell in side.values())
        at_cuts = {cell.ref for cell in sides if not cell.text.strip()}
        cells: dict[Role, dict[int, Cell]] = {role: {} for role in roles}
        for row in (row for row in self.rows if cuts and row.kind == "action" and row.exact):
            at = self.table.at(row)
            for column in self.table.form(row).columns:
                if column.role in cells and column.index in at:
                    cells[column.role][id(at[column.index])] = at[column.index]
        return {role: _Column.of(own.values(), at_cuts) for role, own in cells.items()}

    def _indices(self, cut: _RowBreak, role: Role) -> list[int]:
        """Return the columns of a role, periods apart, where both parts have the same ones."""
        parts = [self.rows[n].chunk for n in (cut.above, cut.below) if n is not None]
        columns = [[c.index for c in self.table.forms[n].of(role) if c.period is None] for n in parts]
        return columns[0] if columns[0] == columns[-1] else []

    def _sides(self, cut: _RowBreak, role: Role) -> tuple[Cell, Cell] | None:
        """Return the cells above and below a page break in the only column of a role."""
        indices = self._indices(cut, role)
        if len(indices) != 1 or indices[0] not in cut.upper or indices[0] not in cut.lower:
            return None
        return cut.upper[indices[0]], cut.lower[indices[0]]

    def _has_new_area(self, cut: _RowBreak) -> bool:
        """Tell whether a title between two rows differs from the one above them."""
        above = next((row for row in reversed(self.rows[: cut.above + 1]) if row.kind == "area"), None)
        known = _area_name(above) if above is not None else None
        return any(_area_name(self.rows[n]) != known for n in cut.titles)

    def _lead(self, cut: _RowBreak, name: TextRole, column: _Column, *, down: bool) -> None:
        """Give the rows of a blank cell beside a page break what the cell on the other side of it says."""
        sides = self._sides(cut, name)
        if sides is None or self._has_new_area(cut):
            return
        blank, other = reversed(sides) if down else sides
        giver, taker = (cut.above, cut.below) if down or cut.below is None else (cut.below, cut.above)
        value = self.rows[giver].get(name)
        if blank.text.strip() or not value.text.strip():
            return
        if cut.below is not None and taker is not None and self.rows[taker].get(name).text.strip():
            return
        verdict = "one" if down and cut.below is None else column.verdict(blank, other)
        members = [n for n, row in enumerate(self.rows) if row.get(name).refs[:1] == (blank.ref,)]
        if verdict == "one":
            for n in (n for n in members if not self.rows[n].get(name).text.strip()):
                self.rows[n] = filled(self.rows[n], name, value, RULE)
        asked = cut.below if down else next(iter(members), None)
        if verdict == "ask" and name == "responsible" and asked is not None:
            self.rows[asked] = _asking(self.rows[asked], "responsible-ambiguous", blank, plain(value.text))

    def _lead_times(self, cut: _RowBreak, column: _Column, *, down: bool) -> None:
        """Give the rows of a time in words, whose cell a page break cuts, what the other part says, or both parts."""
        sides = self._sides(cut, "time")
        if sides is None:
            return
        if cut.below is None:
            refs = [cell.ref for cell in sides]
            self._set_times(
                sides, next((t.cell for t in self.rows[cut.above].times if t.cell.ref in refs), sides[0])
            )
            return
        blank, other = reversed(sides) if down else sides
        giver, taker = (cut.above, cut.below) if down else (cut.below, cut.above)
        times = self.rows[giver].times
        told = next((t.cell for t in times if t.period is None and t.cell.text.strip()), None)
        own = any(t.cell.text.strip() for t in self.rows[taker].times)
        if told is None or blank.text.strip() or own or self._has_new_area(cut):
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

    def _lead_component_up(self, cut: _RowBreak, column: _Column) -> None:
        """Give the rows above a page break the component whose number and name are below it in the same cell."""
        columns = self._indices(cut, "component")
        sides = [(cut.upper[n], cut.lower[n]) for n in columns if n in cut.upper and n in cut.lower]
        printed = [(bool(upper.text.strip()), bool(lower.text.strip())) for upper, lower in sides]
        if self._has_new_area(cut) or any(up for up, _ in printed) or not any(low for _, low in printed):
            return
        blank, label = max(sides, key=lambda pair: len(pair[1].text.strip()))
        members = self._covered_by(blank, cut.above, columns)
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

    def _put_areas_above(self, cuts: Sequence[_RowBreak]) -> None:
        """Put an area's title in a merged cell's part on a later page before the first row of the cell."""
        cuts = [cut for cut in cuts if cut.below is not None]
        column = self._columns(("area",), cuts)["area"]
        moved: list[tuple[int, Row]] = []
        for cut in cuts:
            sides = self._sides(cut, "area")
            title = next((n for n in cut.titles if self.rows[n].source == "cell"), None)
            if sides is None or title is None or sides[0].text.strip() or column.verdict(*sides) != "one":
                continue
            members = self._covered_by(sides[0], cut.above, self._indices(cut, "area"))
            if members and not self._begins_page(members):
                above = self.rows[cut.above]
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
