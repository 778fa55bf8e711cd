"""Rows of an exact table that a page break cut in two turned into whole ones; where it cannot be told, a question."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from extract.types import Cell
from normalize.breaks.join_facts import doubt, joined
from normalize.breaks.page_breaks import PageBreak, Times, item_of, measured, successor, weigh
from normalize.breaks.row_parts import filled, longer_field, one_cell, united_extra, united_times
from normalize.breaks.settings import BREAKS
from normalize.breaks.table import FIELDS, TEXTS, Table
from normalize.draft import MISSING, Row, cell_field
from normalize.facts import Fact, fact
from normalize.form import Form
from normalize.labels import clean_numeral, is_numeral, plain
from normalize.text import fold
from schema.decree import Field
from schema.findings import RuleName
from schema.provenance import SourceRef
from schema.roles import FieldName, Role, TextRole

RULE: RuleName = "join-pages"


def join_over_pages(rows: Sequence[Row], table: Table) -> list[Row]:
    """Join the last row of a page and the first of the next where they are one; ask where it cannot be told.

    Transcribed rows stay as they are.
    """
    joiner = _Joiner(table, _Columns.of(rows))
    for row in rows:
        joiner.add(row)
    return joiner.rows


@dataclass(frozen=True, slots=True)
class _Columns:
    """The text columns of the whole document that show something.

    `merged` have merged cells, `lowered` many texts that begin with a small letter, `counted` items that count up from
    row to row; `never_blank` have no blank cell away from page breaks.
    """

    merged: frozenset[Role]
    lowered: frozenset[Role]
    counted: frozenset[Role]
    never_blank: frozenset[Role]

    @classmethod
    def of(cls, rows: Sequence[Row]) -> _Columns:
        """Look at all rows; the first row of a page, which may be a cut one, does not count for small letters."""
        pairs = [(a, b) for a, b in pairwise(rows) if a.grid == b.grid]
        ends = [(a, b) for a, b in pairwise(rows) if a.grid != b.grid]
        at_ends = {row.get(name).refs for pair in ends for row in pair for name in TEXTS}
        actions = [row for row in rows if row.kind == "action"]
        return cls(
            frozenset(name for name in TEXTS if any(row.get(name).status == "filled" for row in rows)),
            frozenset(
                name for name in TEXTS if _is_lowered(name, [b for _, b in pairs if b.kind == "action"])
            ),
            frozenset(name for name in TEXTS if any(_counts_up(name, *pair) for pair in pairs)),
            frozenset(
                name
                for name in TEXTS
                if all(row.get(name).text.strip() or row.get(name).refs in at_ends for row in actions)
            ),
        )


def _is_lowered(name: TextRole, rows: Sequence[Row]) -> bool:
    texts = [text for row in rows if (text := plain(row.get(name).text))]
    return sum(text[0].islower() for text in texts) > max(1, BREAKS.lowered * len(texts))


def _counts_up(name: TextRole, above: Row, below: Row) -> bool:
    item = item_of(above.get(name).text)
    follows = item is not None and successor(item) == item_of(below.get(name).text)
    return above.kind == below.kind == "action" and follows


@dataclass(slots=True)
class _Joiner:
    """The rows joined so far.

    `tails` are the lowest cells of joined rows, by the row's place; `whole` are the texts of cut merged cells and
    `asked` the doubts about others, by the place of the part below.
    """

    table: Table
    columns: _Columns
    rows: list[Row] = field(default_factory=list)
    tails: dict[int, Mapping[int, Cell]] = field(default_factory=dict)
    whole: dict[tuple[FieldName, SourceRef], Field] = field(default_factory=dict)
    asked: dict[tuple[FieldName, SourceRef], Fact] = field(default_factory=dict)

    def add(self, row: Row) -> None:
        """Add the next row, as one of its own or as the rest of the last one."""
        at = next((n for n in range(len(self.rows) - 1, -1, -1) if self.rows[n].kind != "empty"), None)
        if at is None or self.rows[at].kind != "action":
            self.rows.append(self._under(row))
            return
        area = self._cut_area(at, row)
        if area is not None:
            self.rows[area] = _with_rest_of_area(self.rows[area], row)
            return
        row = self._untitled(self.rows[at], row)
        if _meets(self.rows[at], row):
            self._meet(at, row)
        else:
            self.rows.append(self._under(row))

    def _meet(self, at: int, below: Row) -> None:
        """Add the first row of a page: joined to the one above, with a question, or as it is."""
        above, lower = self.rows[at], self.table.at(below)
        cells = self.tails.get(at) or self.table.at(above)
        breaks = self._breaks(above, below, cells)
        if breaks is None or self._begins_anew(at, below, cells, lower):
            self.rows.append(below)
            return
        times = Times.of(above.times, below.times)
        verdict, why = weigh(breaks, times, merges_actions="action" in self.columns.merged)
        if verdict != "join":
            below = self._under_merged(self._under_component(at, below, breaks), above, breaks)
        flowing = self._may_flow(breaks) if verdict == "apart" else ()
        if flowing:
            verdict, breaks, why = "ask", flowing, ("merged",)
        if verdict == "join":
            del self.rows[at + 1 :]
            self.rows[at] = self._joined(at, below, breaks, why)
            self._spread(at, breaks)
            self.tails[at] = lower
            self._remember(self.rows[at], breaks)
            return
        if verdict == "ask":
            self._ask(at, breaks, why)
            below = below.noting(doubt(RULE, breaks, below.ref, *why))
        self.rows.append(below)

    def _breaks(
        self, above: Row, below: Row, cells: Mapping[int, Cell] | None = None
    ) -> tuple[PageBreak, ...] | None:
        """Return the columns of both parts side by side, or `None` where the pages have different columns."""
        form = self.table.form(above)
        if not _same_columns(form, self.table.form(below)):
            return None
        upper, lower = cells or self.table.at(above), self.table.at(below)
        breaks = {
            id(upper[c.index]): PageBreak(
                c.role,
                upper[c.index],
                lower[c.index],
                _whole(above, c.role, upper[c.index], form),
                lowered=c.role in self.columns.lowered,
                counted=c.role in self.columns.counted,
            )
            for c in reversed(form.columns)
            if c.period is None and c.index in upper and c.index in lower
        }
        return measured(tuple(reversed(breaks.values())))

    def _cut_area(self, at: int, below: Row) -> int | None:
        """Return the area whose merged cell a page break cut, where the row below was taken for another area's title."""
        if below.kind != "area" or below.source != "cell" or below.get("area_no").text:
            return None
        area = next((n for n in range(at, -1, -1) if self.rows[n].kind == "area"), None)
        if area is None:
            return None
        above = self.rows[at]
        if not _meets(above, replace(below, kind="action")) or not self.rows[area].get("area_no").text:
            return None
        if not _same_columns(self.table.form(above), self.table.form(below)):
            return None
        lower, names = self.table.at(below), self.rows[area].get("area").refs
        reaching = (column for column, cell in self.table.at(above).items() if cell.ref in names)
        rest = below.get("area").refs
        return area if any(column in lower and lower[column].ref in rest for column in reaching) else None

    def _untitled(self, above: Row, below: Row) -> Row:
        """Return a row taken for a title (`Akuntabilitas`) as an action if it is the rest of a component's name."""
        if (
            below.kind != "area"
            or below.get("area_no").text
            or not _meets(above, replace(below, kind="action"))
        ):
            return below
        texts = [cut for cut in self._breaks(above, below) or () if cut.lower.text.strip()]
        if len(texts) != 1 or not _cuts_component(texts[0]):
            return below
        fields: dict[FieldName, Field] = {"component": cell_field(texts[0].lower)}
        return replace(below, kind="action", area_number=None, fields=fields)

    def _begins_anew(self, at: int, below: Row, cells: Mapping[int, Cell], lower: Mapping[int, Cell]) -> bool:
        """Tell whether the row below has another number than the component or row above."""
        label = below.get("component_no").text
        if label:
            known = next(
                (no for row in reversed(self.rows[: at + 1]) if (no := row.get("component_no").text)), ""
            )
            return clean_numeral(label).lower() != clean_numeral(known).lower()
        for column in self.table.form(below).of("area_no"):
            number = lower.get(column.index)
            if number is not None and number.text.strip() and is_numeral(number.text):
                above = cells.get(column.index)
                return above is None or fold(above.text) != fold(number.text)
        return False

    def _joined(self, at: int, below: Row, breaks: Sequence[PageBreak], why: Sequence[str]) -> Row:
        """Return the row above with all that the part below adds."""
        row, page = self.rows[at], below.cells[0].ref.page
        whole = {cut.upper.ref: one_cell(cut) for cut in breaks if cut.goes_on}
        added = (cut.lower for cut in breaks if cut.lower.text.strip() and not cut.whole.strip())
        row = replace(
            row,
            cells=(*(whole.get(cell.ref, cell) for cell in row.cells), *added),
            rest=(*row.rest, *below.cells),
            times=united_times(row.times, below.times),
            extra=united_extra(row.extra, below.extra),
            last_page=page,
        )
        for name in FIELDS:
            row = _with_rest(row, name, [cut for cut in breaks if cut.role == name])
        value = next((plain(f"{cut.whole} {cut.lower.text}") for cut in breaks if cut.goes_on), None)
        found = joined(RULE, row.ref, (row.page, page), value, *why)
        return row.noting(found, *below.facts, *self._unplaced(at, breaks))

    def _unplaced(self, at: int, breaks: Sequence[PageBreak]) -> list[Fact]:
        """Report texts below in the columns of areas and components that differ from those above."""
        labels = (
            (row.get("component_no").text, row.get("component").text) for row in reversed(self.rows[: at + 1])
        )
        names = {fold(text) for text in next(filter(any, labels), ())}
        names |= {f"{no} {name}" for no in names for name in names}
        left = [
            cut.lower
            for cut in breaks
            if cut.role in ("area_no", "area", "component")
            and cut.adds
            and not (cut.role == "component" and (cut.goes_on or fold(cut.lower.text) in names))
        ]
        return [
            fact("text-unplaced", rule=RULE, ref=c.ref, raw=plain(c.text), certainty="ambiguous")
            for c in left
        ]

    def _under_component(self, at: int, below: Row, breaks: Sequence[PageBreak]) -> Row:
        """Return a row of its own without the rest of a component's name that goes on from the page before.

        The name goes on where it fills its cell and the rest has no number though components are numbered.
        """
        cuts = [cut for cut in breaks if _cuts_component(cut)]
        numbered = any(row.get("component_no").text for row in self.rows[: at + 1])
        if len(cuts) != 1 or not numbered or below.get("component_no").text:
            return below
        self._spread(at, cuts)
        upper, lower = cuts[0].upper, cuts[0].lower
        value = plain(f"{cuts[0].whole} {lower.text}")
        pages = (upper.ref.page, lower.ref.page)
        found = joined(RULE, upper.ref, pages, value, "component", field="component")
        return below.with_field("component", MISSING).noting(found)

    def _spread(self, at: int, breaks: Sequence[PageBreak]) -> None:
        """Give the rows that a cut cell spans on the page above the whole of its text."""
        for cut in (cut for cut in breaks if cut.goes_on):
            names: Sequence[FieldName] = (
                ("component",) if cut.role == "component" else FIELDS if cut.role in FIELDS else ()
            )
            for n in range(at, -1, -1):
                for name in names:
                    refs = self.rows[n].get(name).refs
                    if refs[:1] == (cut.upper.ref,) and cut.lower.ref not in refs:
                        self.rows[n] = _whole_cell(self.rows[n], name, cut)

    def _remember(self, row: Row, breaks: Sequence[PageBreak]) -> None:
        """Keep the whole texts of the cells that span further rows of the new page."""
        for cut in breaks:
            for name in (name for name in FIELDS if name == cut.role):
                if cut.lower.row_span > 1 and not cut.is_repeated:
                    self.whole[name, cut.lower.ref] = row.get(name)

    def _under(self, row: Row) -> Row:
        """Return a row with the whole text of a merged cell that a page break cut, or with a doubt about it."""
        for name in FIELDS:
            for ref in row.get(name).refs[:1]:
                if (doubted := self.asked.get((name, ref))) is not None:
                    row = row.noting(replace(doubted, ref=row.ref))
                if (value := self.whole.get((name, ref))) is not None and value.text.strip():
                    row = filled(row, name, value, RULE)
        return row

    def _under_merged(self, below: Row, above: Row, breaks: Sequence[PageBreak]) -> Row:
        """Return a row with the text of a merged cell that goes on blank from the page before.

        It does where other cells of its column are merged and none is blank; where none is merged either, a blank
        indicator asks.
        """
        for cut in breaks:
            for name in (name for name in TEXTS if name == cut.role and name in self.columns.never_blank):
                value = above.get(name)
                if below.get(name).text.strip() or not value.text.strip():
                    continue
                if name in self.columns.merged:
                    below = filled(below, name, value, RULE)
                    self.whole[name, cut.lower.ref] = value
                elif name == "indicator":
                    below = below.noting(doubt(RULE, [cut], below.ref, "blank"))
        return below

    def _may_flow(self, breaks: Sequence[PageBreak]) -> tuple[PageBreak, ...]:
        """Return the texts that may be those of merged cells over the page break, though the rows are two.

        Such a text fills its cell, and the first word below did not fit there. An amount in each of two cells beside
        them shows that they are two.
        """
        apart = {cut.spans for cut in breaks if cut.is_two_amounts}
        return tuple(
            cut
            for cut in breaks
            if cut.role in self.columns.merged
            and cut.spans not in apart
            and cut.goes_on
            and cut.fills_its_cell
            and not (cut.fits or cut.begins_item)
        )

    def _ask(self, at: int, breaks: Sequence[PageBreak], why: Sequence[str]) -> None:
        """Ask about the row above, and about all that share a cell with it or with the row below."""
        rows = self.rows
        rows[at] = rows[at].noting(doubt(RULE, breaks, rows[at].ref, *why))
        for cut in (cut for cut in breaks if cut.goes_on):
            for name in (name for name in TEXTS if name == cut.role):
                self.asked[name, cut.lower.ref] = doubt(RULE, [cut], cut.lower.ref, *why)
                for n in range(at - 1, -1, -1):
                    if rows[n].get(name).refs[:1] == (cut.upper.ref,):
                        rows[n] = rows[n].noting(doubt(RULE, [cut], rows[n].ref, *why))


def _meets(above: Row, below: Row) -> bool:
    """Tell whether only a page break is between two rows of exact tables."""
    exact = above.exact and below.exact and below.kind == "action" and above.grid != below.grid
    first, last = below.cells[0].ref.page, above.last_page or above.page
    return exact and first is not None and last is not None and first == last + 1


def _same_columns(one: Form, other: Form) -> bool:
    """Tell whether two forms have the same columns; one whose name was not understood may be any."""
    roles = [(a.role, b.role) for a, b in zip(one.columns, other.columns, strict=False)]
    return len(one.columns) == len(other.columns) and all(a == b or "unknown" in (a, b) for a, b in roles)


def _whole(above: Row, role: Role, cell: Cell, form: Form) -> str:
    """Return what is known of the text above, from an earlier page where its cell is blank here."""
    own = above.get(role).text if role in FIELDS and len(form.of(role)) == 1 else ""
    return own or cell.text


def _cuts_component(cut: PageBreak) -> bool:
    return cut.role == "component" and cut.goes_on and cut.fills_its_cell


def _with_rest_of_area(area: Row, below: Row) -> Row:
    name = longer_field(area.get("area"), below.cells[-1:])
    value = plain(f"{area.get('area').text} {below.get('area').text}")
    found = joined(RULE, area.ref, (area.page, below.page), value, "merged", field="area")
    return area.with_field("area", name).noting(found)


def _whole_cell(row: Row, name: FieldName, cut: PageBreak) -> Row:
    value = longer_field(row.get(name), [cut.lower])
    value = value.filled() if row.get(name).status == "filled" else value
    cells = tuple(one_cell(cut) if cell.ref == cut.upper.ref else cell for cell in row.cells)
    return replace(row.with_field(name, value), cells=cells)


def _with_rest(row: Row, name: FieldName, breaks: Sequence[PageBreak]) -> Row:
    """Add what the part below holds of a field; of a field with several columns, column by column."""
    adding = [cut.lower for cut in breaks if cut.adds]
    if not adding:
        return row
    value = longer_field(row.get(name), adding)
    if len(breaks) > 1:
        text = "\n".join(part for cut in breaks if (part := one_cell(cut).text))
        value = value.replace(printed=text, text=text)
    return row.with_field(name, value)
