"""Matched areas and components -> which were renamed, moved, are new or gone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal

from lampiran.diff.doubts import Doubts
from lampiran.diff.fields import compare_texts
from lampiran.diff.matching import Matching, Pairs, Part, moved
from schema.comparison import Kind, PartDelta
from schema.decree import Field

Level = Literal["area", "component"]
_NUMBER_FIELDS = {"area": ("area", "area_no"), "component": ("component", "component_no")}


def part_deltas(matching: Matching, a_doubts: Doubts, b_doubts: Doubts) -> tuple[PartDelta, ...]:
    """Return every area and component of both plans once: areas first, in the order of B, then those gone.

    A component has moved when its area is another one, or when its order among those that stayed changed. A new
    number alone is no change: it follows from what was added before it.
    """
    m = matching
    doubts = (a_doubts, b_doubts)
    areas = _level("area", m.a_areas, m.b_areas, m.areas, m, doubts)
    return (*areas, *_level("component", m.a_components, m.b_components, m.components, m, doubts))


def _level(
    level: Level,
    a: Sequence[Part],
    b: Sequence[Part],
    pairs: Pairs,
    matching: Matching,
    doubts: tuple[Doubts, Doubts],
) -> Iterator[PartDelta]:
    back = {m: n for n, m in pairs.items()}
    strays = _strays(a, b, pairs, matching) if level == "component" else _turned(list(pairs), pairs)
    for m, other in enumerate(b):
        one = a[back[m]] if m in back else None
        yield _delta(level, one, other, doubts, stray=back.get(m) in strays)
    for n, one in enumerate(a):
        if n not in pairs:
            yield _delta(level, one, None, doubts)


def _strays(a: Sequence[Part], b: Sequence[Part], pairs: Pairs, matching: Matching) -> frozenset[int]:
    """Return the components of A that stand in another area or in another order."""
    areas = {id(part.area): n for n, part in enumerate(matching.a_areas)}
    others = {id(part.area): n for n, part in enumerate(matching.b_areas)}
    left: set[int] = set()
    stayed: dict[int, list[int]] = {}
    for n in sorted(pairs):
        home = areas[id(a[n].area)]
        if matching.areas.get(home) == others[id(b[pairs[n]].area)]:
            stayed.setdefault(home, []).append(n)
        else:
            left.add(n)
    return frozenset(left.union(*(_turned(parts, pairs) for parts in stayed.values())))


def _turned(parts: Sequence[int], pairs: Pairs) -> frozenset[int]:
    ordered = sorted(parts)
    return frozenset(ordered[place] for place in moved([pairs[n] for n in ordered]))


def _delta(
    level: Level, a: Part | None, b: Part | None, doubts: tuple[Doubts, Doubts], *, stray: bool = False
) -> PartDelta:
    reasons = (*_doubts(level, a, doubts[0]), *_doubts(level, b, doubts[1]))
    name = compare_texts(level, _field(a), _field(b), reasons)
    if a is None or b is None:
        name = name.model_copy(update={"state": "unknown"})
    kinds = _kinds(a, b, renamed=name.state == "changed", stray=stray)
    unread = doubts[1].unread if b is None else doubts[0].unread if a is None else 0
    return PartDelta(
        level=level,
        kinds=kinds,
        a_no=_number(a),
        b_no=_number(b),
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
    return doubts.of_part(components, _NUMBER_FIELDS[level], _field(part))


def _field(part: Part | None) -> Field:
    if part is None:
        return Field(status="missing")
    return part.component.name if part.component else part.area.name


def _number(part: Part | None) -> str:
    if part is None:
        return ""
    return part.component.number.text if part.component else str(part.area.number)
