"""Matched rows -> what became of each action, in the order of the newer plan."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from lampiran.alignment.fields import SCHEDULE, TEXTS
from lampiran.alignment.wording import wording
from lampiran.diff.copies import Adapting, is_verbatim
from lampiran.diff.doubts import status_doubt
from lampiran.diff.fields import EMPTY, compare_texts
from lampiran.diff.matching import Matching, moved
from lampiran.diff.schedules import compare_schedules
from lampiran.publish.frames import component_number
from lampiran.publish.periods import planned
from schema.comparison import ActionDelta, Kind, Place, State, TextDelta
from schema.decree import Field
from schema.plan import Placed

EXTRA = "extra."
PLACE, TIME = frozenset({"area", "component", "position"}), frozenset({"schedule"})
_DECIMALS = 4


@dataclass(frozen=True)
class Comparing:
    """What the comparison of rows rests on: the matching, and how texts of A are adapted to B."""

    matching: Matching
    adapting: Adapting

    @cached_property
    def columns(self) -> tuple[str, ...]:
        """The text columns that both plans have; what one of them lacks is not compared."""
        sides = (self.matching.a.rows, self.matching.b.rows)
        return tuple(n for n in TEXTS if all(any(getattr(r.action, n).text for r in rows) for rows in sides))

    @cached_property
    def out_of_order(self) -> frozenset[int]:
        """Rows of A that stay in their component but not in its order."""
        m = self.matching
        found: set[int] = set()
        for n, partner in m.components.items():
            held = set(m.b.components[partner].rows)
            stay = [row for row in m.a.components[n].rows if m.rows.get(row) in held]
            found |= {stay[place] for place in moved([m.rows[row] for row in stay])}
        return frozenset(found)


def action_deltas(comparing: Comparing) -> tuple[ActionDelta, ...]:
    """Return every action of both plans once, numbered from 1.

    The order is that of B; an action that is gone comes after the one it came after in A.
    """
    pairs = enumerate(in_order(comparing.matching), start=1)
    return tuple(_delta(comparing, n, a, b) for n, (a, b) in pairs)


def in_order(matching: Matching) -> Iterator[tuple[int | None, int | None]]:
    """Yield the pairs of rows, A's and B's, `None` on the side that does not have it."""
    behind: dict[int | None, list[int]] = {}
    last: int | None = None
    for n in range(len(matching.a.rows)):
        if n in matching.rows:
            last = matching.rows[n]
        else:
            behind.setdefault(last, []).append(n)
    yield from ((n, None) for n in behind.get(None, []))
    for m in range(len(matching.b.rows)):
        yield matching.back.get(m), m
        yield from ((n, None) for n in behind.get(m, []))


def _delta(comparing: Comparing, n: int, a: int | None, b: int | None) -> ActionDelta:
    if a is not None and b is not None:
        return _both(comparing, n, a, b)
    m = comparing.matching
    item = m.a.rows[a] if a is not None else m.b.rows[b or 0]
    return ActionDelta(
        n=n,
        kinds=("gone",) if a is not None else ("new",),
        in_doubt=_may_be_reading(m, a, b),
        a=_place(item) if a is not None else None,
        b=_place(item) if a is None else None,
        texts=_one_sided(item, gone=a is not None),
    )


def _may_be_reading(matching: Matching, a: int | None, b: int | None) -> bool:
    """Tell whether a row without a partner may come of the reading alone.

    That is so where parts of the other side were not read, and where the reading joined or split this row, or the
    other side's row that its neighbour became.
    """
    own, other, pairs = matching.a, matching.b, matching.rows
    if b is not None:
        own, other, pairs = other, own, matching.back
    row = b if b is not None else a or 0
    beside = (pairs[near] for near in (row - 1, row + 1) if near in pairs)
    made = any(other.doubts.of_row(other.rows[partner].action.action_id) for partner in beside)
    return bool(other.doubts.unread or made or own.doubts.of_row(own.rows[row].action.action_id))


def _one_sided(item: Placed, *, gone: bool) -> tuple[TextDelta, ...]:
    """Return the texts of a row that has no partner."""
    side, status = ("a", "a_status") if gone else ("b", "b_status")
    return tuple(
        TextDelta.model_validate({"field": name, "state": "unknown", side: value.text, status: value.status})
        for name, value in _fields(item).items()
        if value.text
    )


def _both(comparing: Comparing, n: int, a: int, b: int) -> ActionDelta:
    m = comparing.matching
    one, other = m.a.rows[a], m.b.rows[b]
    texts = tuple(_texts(comparing, one, other))
    schedule = compare_schedules(one.action.schedule, other.action.schedule, _doubts(m, one, other, SCHEDULE))
    states: list[tuple[str, State]] = [
        *_place_states(comparing, a, b),
        *((text.field, text.state) for text in texts),
        ("schedule", schedule.state),
    ]
    named = {state: tuple(name for name, found in states if found == state) for _, state in states}
    changed, verbatim = named.get("changed", ()), is_verbatim(texts)
    return ActionDelta(
        n=n,
        kinds=_kinds(changed),
        changed=changed,
        reading=named.get("reading", ()),
        spelling=named.get("spelling", ()),
        unknown=named.get("unknown", ()),
        verbatim=verbatim,
        adapted=not verbatim and all(comparing.adapting.adapted(t.a, t.b) for t in texts),
        likeness=round(float(m.likeness[a, b]), _DECIMALS),
        a=_place(one),
        b=_place(other),
        texts=texts,
        schedule=schedule,
    )


def _kinds(changed: tuple[str, ...]) -> tuple[Kind, ...]:
    """Return the kinds that the changed fields make: place and time move a row, texts reword it."""
    moves = PLACE | TIME
    told: tuple[tuple[Kind, bool], ...] = (
        ("reworded", bool(set(changed) - moves)),
        ("moved", bool(set(changed) & moves)),
    )
    return tuple(kind for kind, true in told if true) or ("same",)


def _place_states(comparing: Comparing, a: int, b: int) -> Iterator[tuple[str, State]]:
    """Yield what changed of a row's place; a doubt on either side's place makes it a matter of reading."""
    m = comparing.matching
    doubtful = m.a.doubts.of_place(m.a.rows[a]) + m.b.doubts.of_place(m.b.rows[b])
    state: State = "reading" if doubtful else "changed"
    if m.areas.get(m.a.area_of[a]) != m.b.area_of[b]:
        yield "area", state
    if m.components.get(m.a.component_of[a]) != m.b.component_of[b]:
        yield "component", state
    elif a in comparing.out_of_order:
        yield "position", state


def _texts(comparing: Comparing, a: Placed, b: Placed) -> Iterator[TextDelta]:
    m = comparing.matching
    fields_a, fields_b = _fields(a), _fields(b)
    for name in dict.fromkeys((*fields_a, *fields_b)):
        one, other = fields_a.get(name, EMPTY), fields_b.get(name, EMPTY)
        doubts = _doubts(m, a, b, (name,), (one, other))
        if name in comparing.columns:
            yield compare_texts(name, one, other, doubts, (m.a.year, m.b.year))
        elif name.startswith(EXTRA):
            yield compare_texts(name, one, other, doubts, comparable=name in fields_a and name in fields_b)
        elif one.text or other.text:
            yield compare_texts(name, one, other, comparable=False)


def _doubts(
    m: Matching, a: Placed, b: Placed, names: tuple[str, ...], values: tuple[Field | None, ...] = (None, None)
) -> tuple[str, ...]:
    """Return why any of the fields is doubtful on either side; `values` are those of one field."""
    sides = zip((m.a, m.b), (a, b), values, strict=True)
    codes: list[str] = []
    for side, item, value in sides:
        codes += side.doubts.of_fields(item.action.action_id, names) + status_doubt(value)
    return tuple(dict.fromkeys(codes))


def _fields(item: Placed) -> dict[str, Field]:
    """Return the texts of a row; a column without a known role by its name, case and punctuation aside."""
    extras = {EXTRA + (wording(extra.column) or "?"): extra.field for extra in item.action.extra}
    return {name: getattr(item.action, name) for name in TEXTS} | extras


def _place(item: Placed) -> Place:
    return Place(
        action_id=item.action.action_id,
        area_no=item.area.number,
        area=item.area.name.text,
        component_no=component_number(item),
        component=item.component.name.text,
        position=item.action.position,
        page=item.action.page_first,
        line=item.action.line,
        lke_code=item.action.lke_code,
        months=planned(item.action.schedule, "month"),
        quarters=planned(item.action.schedule, "quarter"),
        schedule_text=item.action.schedule.text.text,
    )
