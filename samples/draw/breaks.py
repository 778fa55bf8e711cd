"""Turns a form, a truth and the breaks of its pages into an annex whose rows are cut as word processors cut them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal

from samples.draw.body import draw_body
from samples.draw.facsimile import BOTTOM, TOP, draw_annex_head, draw_signatures
from samples.draw.forms import Form
from samples.draw.ink import Ink
from samples.draw.layout import Box, Row, areas_of, component_texts, page_boxes
from samples.draw.table import Table
from samples.draw.text import register_fonts
from samples.draw.truth import Truth

KEPT = 2  # lines of a paragraph that widow control keeps together
TEXTS = 3  # indicator, action, evidence


@dataclass(frozen=True)
class Break:
    """Where a page ends, and how the row there is cut.

    `action` counts the truth's actions from 0. With `lines` the page ends below that many lines of it; with 0
    it ends above the action, which is whole. `border` tells whether the cut row is closed by rulings at the
    page's foot and head. `component` and `team` tell what a merged cell that goes on shows on the new page: its
    text again, or nothing (what found no room on the first page goes on in either case). `marks` is the part
    that holds the row's marks, `middle` sets texts in their cells' middle, `widows` never leaves one line of a
    text alone, `head` repeats the table's head. `slack` is the room in points left at the page's foot.
    """

    action: int
    lines: int = 0
    border: Literal["closed", "open"] = "closed"
    component: Literal["blank", "repeated"] = "blank"
    team: Literal["blank", "repeated"] = "repeated"
    marks: Literal["first", "second"] = "first"
    middle: bool = False
    widows: bool = False
    head: bool = True
    slack: float = 0.0


@dataclass(frozen=True)
class _Piece:
    """A row as it stands on one page: the whole of it, or some `lines` of each text, with its marks or without.

    `shared` tells that its indicator stands in a cell with that of a row beside it.
    """

    row: Row
    lines: tuple[tuple[str, ...], ...] | None = None
    marked: bool = True
    shared: bool = False


@dataclass(frozen=True)
class _Leaf:
    """The rows of one page, the break before them and the one behind.

    `came` and `goes` tell that the indicator of the first, or last, row stands in a merged cell that goes over the
    break before, or behind.
    """

    pieces: tuple[_Piece, ...]
    before: Break | None
    behind: Break | None
    came: bool = False
    goes: bool = False


def shares(one: Row, other: Row) -> bool:
    """Tell whether two adjoining rows have the indicator in one merged cell: both say the same in one component."""
    return one.component is other.component and one.action.indicator == other.action.indicator


def _shared(rows: Sequence[Row], at: int) -> bool:
    return any(0 <= n < len(rows) and shares(rows[n], rows[at]) for n in (at - 1, at + 1))


def row_lines(form: Form, row: Row, *, shared: bool = False) -> tuple[tuple[str, ...], ...]:
    """The lines of indicator, action and evidence as the form sets them; no line of an indicator that is shared."""
    boxes = page_boxes(form, [row], areas_of([row]))
    table = Table(form, boxes, 0.0, 0.0)
    at = max(box.row for box in boxes)
    columns = range(form.first_month - TEXTS, form.first_month)
    lines = tuple(tuple(table.lines[at, column]) for column in columns)
    return ((), *lines[1:]) if shared else lines


def places(form: Form, rows: Sequence[Row], at: int) -> range:
    """The numbers of lines below which a row can be cut."""
    register_fonts()
    return range(1, max(map(len, row_lines(form, rows[at], shared=_shared(rows, at)))))


def rows_of(truth: Truth) -> list[Row]:
    """All actions in the order of print, each with its area and component."""
    return [Row(a, c, x) for a in truth.areas for c in a.components for x in c.actions]


def broken(form: Form, truth: Truth, breaks: Sequence[Break], *, body: bool = False) -> bytes:
    """Draw the annex (behind the body, if asked) with its pages ending where `breaks` say, in order.

    All annex pages are as high as the fullest of them needs. A break that would leave a part of the row empty
    falls above or below the row instead, as `effective` tells.
    """
    register_fonts()
    leaves = list(_leaves(form, truth, breaks))
    height = max(form.annex[1], *(_needed(form, truth, leaves)))
    tops = _tops(form, truth)
    left = (form.annex[0] - sum(form.columns)) / 2
    filled = list(_boxes(form, leaves))
    ink = Ink(form, f"{truth.decree_id} (facsimile)")
    if body:
        draw_body(ink, form, truth.head)
    for number, (leaf, boxes) in enumerate(filled):
        ink.page((form.annex[0], height))
        if number == 0:
            draw_annex_head(ink, form, truth.head)
        table = _table(form, leaf, boxes, left, 0.0)
        top = tops[number > 0]
        if leaf.behind is not None:
            top = height - BOTTOM - table.bottom - leaf.behind.slack
        table = _table(form, leaf, boxes, left, top)
        table.draw(ink)
        if leaf.behind is None:
            draw_signatures(ink, form, truth.head, table.bottom + 14)
    return ink.close()


def effective(form: Form, truth: Truth, breaks: Sequence[Break]) -> list[Break]:
    """The breaks as they fall: one that leaves a part of its row without any line cuts nothing."""
    register_fonts()
    rows = rows_of(truth)
    return [_falls(form, rows, each) for each in breaks]


def _place(each: Break) -> tuple[int, int]:
    return each.action, each.lines


def _falls(form: Form, rows: Sequence[Row], each: Break) -> Break:
    if not each.lines:
        return each
    lines = row_lines(form, rows[each.action], shared=_shared(rows, each.action))
    kept = [kept_lines(len(text), each) for text in lines]
    if not any(kept):
        return replace(each, lines=0)
    if all(count == len(text) for count, text in zip(kept, lines, strict=True)):
        return replace(each, action=each.action + 1, lines=0)
    return each


def kept_lines(count: int, cut: Break) -> int:
    """How many of a text's `count` lines stay on the first page."""
    if count <= cut.lines:
        return count
    kept = cut.lines
    if cut.widows and count - kept < KEPT:
        kept = count - KEPT
    return 0 if cut.widows and kept < KEPT else max(0, kept)


def _leaves(form: Form, truth: Truth, breaks: Sequence[Break]) -> Iterator[_Leaf]:
    rows = rows_of(truth)
    falls = [_falls(form, rows, each) for each in breaks]
    falls = [each for each in falls if (0, 0) < _place(each) < (len(rows), 0)]
    falls = [each for n, each in enumerate(falls) if not n or _place(each) > _place(falls[n - 1])]
    for before, behind in pairwise((None, *falls, None)):
        pieces = tuple(_pieces(form, rows, before, behind))
        yield _Leaf(pieces, before, behind, _goes_over(rows, before), _goes_over(rows, behind))


def _goes_over(rows: Sequence[Row], end: Break | None) -> bool:
    """Tell whether a page ends inside the merged cell of an indicator."""
    if end is None:
        return False
    return _shared(rows, end.action) if end.lines else shares(rows[end.action - 1], rows[end.action])


def _pieces(form: Form, rows: Sequence[Row], before: Break | None, behind: Break | None) -> Iterator[_Piece]:
    start = before.action if before else 0
    if before is not None and before.lines:
        lines = row_lines(form, rows[start], shared=_shared(rows, start))
        rest = tuple(text[kept_lines(len(text), before) :] for text in lines)
        yield _Piece(rows[start], rest, before.marks == "second", _shared(rows, start))
        start += 1
    stop = behind.action if behind else len(rows)
    yield from (_Piece(rows[n], shared=_shared(rows, n)) for n in range(start, stop))
    if behind is not None and behind.lines:
        lines = row_lines(form, rows[stop], shared=_shared(rows, stop))
        kept = tuple(text[: kept_lines(len(text), behind)] for text in lines)
        yield _Piece(rows[stop], kept, behind.marks == "first", _shared(rows, stop))


def _boxes(form: Form, leaves: Sequence[_Leaf]) -> Iterator[tuple[_Leaf, list[Box]]]:
    """The cells of each page; what a merged cell has no room for goes on on the next."""
    started: frozenset[int] = frozenset()
    rest: Mapping[int, tuple[str, ...]] = {}
    for leaf in leaves:
        boxes, rest = _leaf_boxes(form, leaf, started, rest)
        started |= areas_of(piece.row for piece in leaf.pieces)
        yield leaf, boxes


def _leaf_boxes(
    form: Form, leaf: _Leaf, started: frozenset[int], rest: Mapping[int, tuple[str, ...]]
) -> tuple[list[Box], Mapping[int, tuple[str, ...]]]:
    boxes = page_boxes(form, [piece.row for piece in leaf.pieces], started)
    last = max(box.row for box in boxes)
    first = max(box.row + box.row_span for box in boxes if box.kind in {"head", "number"})
    cut_before = leaf.before is not None and bool(leaf.before.lines)
    cut_behind = leaf.behind is not None and bool(leaf.behind.lines)
    boxes = _with_merged(form, boxes, leaf)
    if cut_behind:
        boxes = [_part(form, box, leaf.pieces[-1], leaf.behind) if box.row == last else box for box in boxes]
    if cut_before:
        boxes = [_part(form, box, leaf.pieces[0], leaf.before) if box.row == first else box for box in boxes]
    boxes = [_going_on(form, box, leaf, rest) if box.row == first else box for box in boxes]
    boxes, going = _flowing(form, boxes, last, leaf)
    if leaf.before is not None and not leaf.before.head:
        boxes = [replace(box, row=box.row - first) for box in boxes if box.row >= first]
    return boxes, going


def _part(form: Form, box: Box, piece: _Piece, cut: Break | None) -> Box:
    """A cell of a cut row with the lines of this part; its marks stand in one part only."""
    if piece.lines is None or cut is None or box.row_span > 1:
        return box
    text = box.column - (form.first_month - TEXTS)
    if box.kind == "text" and 0 <= text < TEXTS and (text or not piece.shared):
        return replace(box, lines=piece.lines[text], middle=cut.middle)
    if box.kind == "mark" and not piece.marked:
        return replace(box, text="")
    return box


def _with_merged(form: Form, boxes: Sequence[Box], leaf: _Leaf) -> list[Box]:
    """The cells of a page with one for the indicators that adjoining rows share."""
    column = form.first_month - TEXTS
    own = sorted((b for b in boxes if b.column == column and b.kind == "text"), key=lambda box: box.row)
    heads: dict[Box, int] = {}
    for box, piece in zip(own, leaf.pieces, strict=True):
        head = next(reversed(heads), None)
        above = leaf.pieces[own.index(head)].row if head is not None else None
        if above is not None and head is not None and shares(above, piece.row):
            heads[head] += 1
        else:
            heads[box] = 1
    merged = {box: replace(box, row_span=count) for box, count in heads.items()}
    return [merged.get(box, box) for box in boxes if box in merged or box not in own]


def _going_on(form: Form, box: Box, leaf: _Leaf, rest: Mapping[int, tuple[str, ...]]) -> Box:
    """A merged cell at the head of a page that goes on from the page before."""
    cut = leaf.before
    component = range(1, 1 + form.component_columns)
    if cut is None:
        return box
    if leaf.came and box.column == form.first_month - TEXTS:
        return replace(box, lines=rest.get(box.column, ()))
    if not cut.lines or (box.kind != "team" and box.column not in component):
        return box
    if rest.get(box.column):
        return replace(box, lines=rest[box.column])
    if box.kind == "team":
        return replace(box, text=box.text if cut.team == "repeated" else "")
    texts = component_texts(form, leaf.pieces[0].row.component)
    repeats = cut.component == "repeated" and not any(rest.get(column) for column in component)
    return replace(box, text=texts[box.column - 1] if repeats else "")


def _flowing(
    form: Form, boxes: Sequence[Box], last: int, leaf: _Leaf
) -> tuple[list[Box], dict[int, tuple[str, ...]]]:
    """The cells of a page, and by column the lines of merged ones that go on on the next."""
    cut = leaf.behind is not None and bool(leaf.behind.lines)
    merged = {*range(1, 1 + form.component_columns), len(form.columns) - 1} if cut else set()
    merged |= {form.first_month - TEXTS} if leaf.goes else set()
    ends = [
        box
        for box in boxes
        if box.column in merged and box.kind in {"text", "team"} and box.row + box.row_span == last + 1
    ]
    bare = [replace(box, lines=()) if box in ends else box for box in boxes]
    room, full = Table(form, bare, 0.0, 0.0), Table(form, boxes, 0.0, 0.0)
    lines = {box: tuple(full.lines[box.row, box.column]) for box in ends}
    kept = {box: room.lines_for(box) for box in ends}
    result = [replace(box, lines=lines[box][: kept[box]]) if box in lines else box for box in boxes]
    return result, {box.column: lines[box][kept[box] :] for box in ends}


def _table(form: Form, leaf: _Leaf, boxes: Sequence[Box], left: float, top: float) -> Table:
    before, behind = leaf.before, leaf.behind
    opened = before is not None and bool(before.lines) and before.border == "open" and not before.head
    ends = behind is not None and bool(behind.lines) and behind.border == "open"
    return Table(form, boxes, left, top, open_top=opened, open_bottom=ends)


def _tops(form: Form, truth: Truth) -> tuple[float, float]:
    """Where the table may start on the first page and on others."""
    ink = Ink(form, "measured")
    ink.page(form.annex)
    return draw_annex_head(ink, form, truth.head), TOP


def _needed(form: Form, truth: Truth, leaves: Sequence[_Leaf]) -> Iterator[float]:
    """The height that each page needs for its rows."""
    ink = Ink(form, "measured")
    ink.page(form.annex)
    closing = draw_signatures(ink, form, truth.head, 14.0)
    first, other = _tops(form, truth)
    for number, (leaf, boxes) in enumerate(_boxes(form, leaves)):
        top = first if number == 0 else other
        slack = leaf.behind.slack if leaf.behind else closing
        yield _table(form, leaf, boxes, 0.0, top).bottom + slack + BOTTOM
