"""Matched rows -> what became of each action, in the order of the newer plan."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from lampiran.alignment.wording import wording
from lampiran.diff.copies import Adapting, is_verbatim
from lampiran.diff.doubts import SCHEDULE_FIELDS, Doubts
from lampiran.diff.fields import EMPTY, compare_texts
from lampiran.diff.matching import Matching, Pairs, homes, moved
from lampiran.diff.schedules import compare_schedules
from lampiran.publish.frames import component_number
from lampiran.publish.periods import planned
from schema.comparison import ActionDelta, Kind, Place, State, TextDelta
from schema.decree import Field
from schema.plan import Placed

TEXTS = ("indicator", "action", "evidence", "responsible")
EXTRA = "extra."


@dataclass(frozen=True)
class Comparing:
    """What the comparison of rows rests on: the matching, both sides' doubts and years, and how texts are adapted."""

    matching: Matching
    a_doubts: Doubts
    b_doubts: Doubts
    years: tuple[str, str]
    adapting: Adapting

    @cached_property
    def columns(self) -> tuple[str, ...]:
        """The text columns that both plans have; what one of them lacks is not compared."""
        sides = (self.matching.a_rows, self.matching.b_rows)
        return tuple(n for n in TEXTS if all(any(getattr(r.action, n).text for r in rows) for rows in sides))

    @cached_property
    def out_of_order(self) -> frozenset[int]:
        """Rows of A that stay in their component but not in its order."""
        found: set[int] = set()
        for n, m in self.matching.components.items():
            held = set(self.matching.b_components[m].rows)
            stay = [row for row in self.matching.a_components[n].rows if self.matching.rows.get(row) in held]
            found |= {stay[place] for place in moved([self.matching.rows[row] for row in stay])}
        return frozenset(found)

    @cached_property
    def homes(self) -> tuple[dict[int, int], dict[int, int], dict[int, int], dict[int, int]]:
        """Components and areas of A's rows, then of B's, by row."""
        m = self.matching
        a_areas, b_areas = homes(m.a_areas), homes(m.b_areas)
        return homes(m.a_components), a_areas, homes(m.b_components), b_areas


def action_deltas(comparing: Comparing) -> tuple[ActionDelta, ...]:
    """Return every action of both plans once, numbered from 1.

    The order is that of B; an action that is gone stands behind the one it stood behind in A.
    """
    pairs = enumerate(in_order(comparing.matching), start=1)
    return tuple(_delta(comparing, n, a, b) for n, (a, b) in pairs)


def in_order(matching: Matching) -> Iterator[tuple[int | None, int | None]]:
    """Yield the pairs of rows, A's and B's, `None` on the side that does not have it."""
    behind: dict[int | None, list[int]] = {}
    last: int | None = None
    for n in range(len(matching.a_rows)):
        if n in matching.rows:
            last = matching.rows[n]
        else:
            behind.setdefault(last, []).append(n)
    yield from ((n, None) for n in behind.get(None, []))
    for m in range(len(matching.b_rows)):
        yield matching.back.get(m), m
        yield from ((n, None) for n in behind.get(m, []))


def _delta(comparing: Comparing, n: int, a: int | None, b: int | None) -> ActionDelta:
    m = comparing.matching
    if a is not None and b is not None:
        return _both(comparing, n, a, b)
    item = m.a_rows[a] if a is not None else m.b_rows[b or 0]
    return ActionDelta(
        n=n,
        kinds=("gone",) if a is not None else ("new",),
        in_doubt=_may_be_reading(comparing, a, b),
        a=_place(item) if a is not None else None,
        b=_place(item) if a is None else None,
        texts=_one_sided(item, gone=a is not None),
    )


def _may_be_reading(comparing: Comparing, a: int | None, b: int | None) -> bool:
    """Tell whether a row without a partner may come of the reading alone.

    So it is where parts of the other side were not read, and where the reading joined or split this row, or the
    other side's row that its neighbour became.
    """
    m = comparing.matching
    own, other = comparing.a_doubts, comparing.b_doubts
    row, rows, others, pairs = a or 0, m.a_rows, m.b_rows, m.rows
    if b is not None:
        own, other = other, own
        row, rows, others, pairs = b, m.b_rows, m.a_rows, m.back
    beside = (pairs[near] for near in (row - 1, row + 1) if near in pairs)
    made = any(other.of_row(others[partner].action.action_id) for partner in beside)
    return bool(other.unread or made or own.of_row(rows[row].action.action_id))


def _one_sided(item: Placed, *, gone: bool) -> tuple[TextDelta, ...]:
    """Return the texts of a row that has no partner."""
    values = {name: getattr(item.action, name) for name in TEXTS} | _extras(item)
    side, status = ("a", "a_status") if gone else ("b", "b_status")
    return tuple(
        TextDelta.model_validate({"field": name, "state": "unknown", side: value.text, status: value.status})
        for name, value in values.items()
        if value.text
    )


def _both(comparing: Comparing, n: int, a: int, b: int) -> ActionDelta:
    one, other = comparing.matching.a_rows[a], comparing.matching.b_rows[b]
    texts = tuple(_texts(comparing, one, other))
    schedule = compare_schedules(
        one.action.schedule, other.action.schedule, _doubts(comparing, one, other, SCHEDULE_FIELDS)
    )
    states: list[tuple[str, State]] = [
        *_place_states(comparing, a, b),
        *((text.field, text.state) for text in texts),
        ("schedule", schedule.state),
    ]
    named = {state: tuple(name for name, found in states if found == state) for _, state in states}
    changed = named.get("changed", ())
    return ActionDelta(
        n=n,
        kinds=_kinds(changed),
        changed=changed,
        reading=named.get("reading", ()),
        spelling=named.get("spelling", ()),
        unknown=named.get("unknown", ()),
        verbatim=is_verbatim(texts),
        adapted=not is_verbatim(texts) and all(comparing.adapting.adapted(t.a, t.b) for t in texts),
        likeness=round(float(comparing.matching.likeness[a, b]), 4),
        a=_place(one),
        b=_place(other),
        texts=texts,
        schedule=schedule,
    )


def _kinds(changed: tuple[str, ...]) -> tuple[Kind, ...]:
    """Return the kinds that the changed fields make: place and time move a row, texts reword it."""
    moves = {"area", "component", "position", "schedule"}
    found: list[Kind] = []
    if set(changed) - moves:
        found.append("reworded")
    if set(changed) & moves:
        found.append("moved")
    return tuple(found) or ("same",)


def _place_states(comparing: Comparing, a: int, b: int) -> Iterator[tuple[str, State]]:
    """Yield what changed of a row's place; a doubt on either side's place makes it a matter of reading."""
    m = comparing.matching
    components_a, areas_a, components_b, areas_b = comparing.homes
    doubtful = comparing.a_doubts.of_place(m.a_rows[a]) + comparing.b_doubts.of_place(m.b_rows[b])
    state: State = "reading" if doubtful else "changed"
    if _elsewhere(m.areas, areas_a[a], areas_b[b]):
        yield "area", state
    if _elsewhere(m.components, components_a[a], components_b[b]):
        yield "component", state
    elif a in comparing.out_of_order:
        yield "position", state


def _elsewhere(parts: Pairs, a: int, b: int) -> bool:
    return parts.get(a) != b


def _texts(comparing: Comparing, a: Placed, b: Placed) -> Iterator[TextDelta]:
    for name in TEXTS:
        one, other = getattr(a.action, name), getattr(b.action, name)
        if name in comparing.columns:
            doubts = _field_doubts(comparing, a, b, name, (one, other))
            yield compare_texts(name, one, other, doubts, comparing.years)
        elif one.text or other.text:
            yield compare_texts(name, one, other).model_copy(update={"state": "unknown"})
    extras_a, extras_b = _extras(a), _extras(b)
    for name in dict.fromkeys((*extras_a, *extras_b)):
        one, other = extras_a.get(name, EMPTY), extras_b.get(name, EMPTY)
        found = compare_texts(name, one, other, _field_doubts(comparing, a, b, name, (one, other)))
        there = name in extras_a and name in extras_b
        yield found if there else found.model_copy(update={"state": "unknown"})


def _field_doubts(
    comparing: Comparing, a: Placed, b: Placed, name: str, values: tuple[Field, Field]
) -> tuple[str, ...]:
    one = comparing.a_doubts.of_field(a.action.action_id, name, values[0])
    other = comparing.b_doubts.of_field(b.action.action_id, name, values[1])
    return tuple(dict.fromkeys(one + other))


def _doubts(comparing: Comparing, a: Placed, b: Placed, names: tuple[str, ...]) -> tuple[str, ...]:
    one = comparing.a_doubts.of_fields(a.action.action_id, names)
    return tuple(dict.fromkeys(one + comparing.b_doubts.of_fields(b.action.action_id, names)))


def _extras(item: Placed) -> dict[str, Field]:
    """Return the columns without a known role by name, case and punctuation aside."""
    return {EXTRA + (wording(extra.column) or "?"): extra.field for extra in item.action.extra}


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
