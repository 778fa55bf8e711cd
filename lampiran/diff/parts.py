"""Matched areas and components -> which were renamed, moved, are new or gone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal

from lampiran.alignment.pairing import Pairs
from lampiran.diff.doubts import Doubts
from lampiran.diff.fields import EMPTY, compare_texts
from lampiran.diff.matching import Matching, moved
from lampiran.diff.plan_side import Part
from schema.comparison import Kind, PartDelta

Level = Literal["area", "component"]
_NUMBER_FIELDS = {"area": ("area", "area_no"), "component": ("component", "component_no")}


def part_deltas(matching: Matching) -> tuple[PartDelta, ...]:
    """Return every area and component of both plans once: areas first, in the order of B, then those gone.

    A component has moved when its area is another one, or when its order among those that stayed changed. A new
    number alone is no change: it follows from what was added before it.
    """
    a, b = matching.a, matching.b
    turned = _out_of_order(list(matching.areas), matching.areas)
    strays = _moved_components(matching)
    areas = _level("area", a.areas, b.areas, matching, matching.areas, turned)
    return (*areas, *_level("component", a.components, b.components, matching, matching.components, strays))


def _level(
    level: Level,
    a: Sequence[Part],
    b: Sequence[Part],
    matching: Matching,
    pairs: Pairs,
    strays: frozenset[int],
) -> Iterator[PartDelta]:
    doubts = (matching.a.doubts, matching.b.doubts)
    back = {m: n for n, m in pairs.items()}
    for m, other in enumerate(b):
        one = a[back[m]] if m in back else None
        yield _delta(level, one, other, doubts, stray=back.get(m) in strays)
    for n, one in enumerate(a):
        if n not in pairs:
            yield _delta(level, one, None, doubts)


def _moved_components(matching: Matching) -> frozenset[int]:
    """Return the components of A that are in another area or in another order."""
    sides = (matching.a, matching.b)
    areas_a, areas_b = ({id(part.area): n for n, part in enumerate(side.areas)} for side in sides)
    left: set[int] = set()
    stayed: dict[int, list[int]] = {}
    for n, m in sorted(matching.components.items()):
        home = areas_a[id(matching.a.components[n].area)]
        if matching.areas.get(home) == areas_b[id(matching.b.components[m].area)]:
            stayed.setdefault(home, []).append(n)
        else:
            left.add(n)
    return frozenset(left.union(*(_out_of_order(parts, matching.components) for parts in stayed.values())))


def _out_of_order(parts: Sequence[int], pairs: Pairs) -> frozenset[int]:
    ordered = sorted(parts)
    return frozenset(ordered[place] for place in moved([pairs[n] for n in ordered]))


def _delta(
    level: Level, a: Part | None, b: Part | None, doubts: tuple[Doubts, Doubts], *, stray: bool = False
) -> PartDelta:
    reasons = (*_doubts(level, a, doubts[0]), *_doubts(level, b, doubts[1]))
    both = a is not None and b is not None
    one, other = (part.field if part else EMPTY for part in (a, b))
    name = compare_texts(level, one, other, reasons, comparable=both)
    kinds = _kinds(a, b, renamed=name.state == "changed", stray=stray)
    unread = doubts[1].unread if b is None else doubts[0].unread if a is None else 0
    return PartDelta(
        level=level,
        kinds=kinds,
        a_no=a.number if a else "",
        b_no=b.number if b else "",
        a_area_no=a.area.number if a else None,
        b_area_no=b.area.number if b else None,
        in_doubt=bool(unread or reasons) and not {"same", "reworded"} & set(kinds),
        name=name,
    )


def _kinds(a: Part | None, b: Part | None, *, renamed: bool, stray: bool) -> tuple[Kind, ...]:
    if a is None or b is None:
        return ("gone",) if b is None else ("new",)
    told: tuple[tuple[Kind, bool], ...] = (("reworded", renamed), ("moved", stray))
    return tuple(kind for kind, true in told if true) or ("same",)


def _doubts(level: Level, part: Part | None, doubts: Doubts) -> tuple[str, ...]:
    if part is None:
        return ()
    components = (part.component,) if part.component else part.area.components
    return doubts.of_part(components, _NUMBER_FIELDS[level], part.field)
