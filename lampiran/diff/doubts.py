"""A plan -> which of its fields may have been misread, and why."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from lampiran.alignment.fields import ASKING
from schema.decree import Field
from schema.findings import Finding
from schema.plan import Component, Placed, Plan

PLACE_FIELDS = ("area", "area_no", "component", "component_no")
_DOUBTFUL = ("uncertain", "covered", "corrected", "inferred")
WHOLE_ROW = ""
# The reading may have made one row of two, or two of one.
MADE_ROWS = frozenset({"row-joined", "row-join-doubtful", "action-fragment"})


Codes = tuple[str, ...]


@dataclass(frozen=True)
class Doubts:
    """The codes of the findings that make fields doubtful.

    By action and field for rows, by field for the head; findings of severity `review` or `warning` alone, for the
    rest is certain, or is a mistake of the decree itself. `unread` counts the parts that could not be read at all.
    """

    rows: Mapping[str, Mapping[str, Codes]] = field(default_factory=dict)
    head: Mapping[str, Codes] = field(default_factory=dict)
    unread: int = 0

    def of_fields(self, action_id: str, names: Codes) -> Codes:
        """Return why any of the fields of an action is doubtful, findings on the whole row included."""
        row = self.rows.get(action_id, {})
        return tuple(dict.fromkeys(code for name in (*names, WHOLE_ROW) for code in row.get(name, ())))

    def of_row(self, action_id: str) -> Codes:
        """Return why there may be no such row: joined from pieces, or split off by the reading."""
        codes = (code for found in self.rows.get(action_id, {}).values() for code in found)
        return tuple(code for code in codes if code in MADE_ROWS)

    def of_place(self, item: Placed) -> Codes:
        """Return why an action's area or component is doubtful."""
        own = self.of_fields(item.action.action_id, PLACE_FIELDS)
        parts = (item.area.label, item.area.name, item.component.number, item.component.name)
        return own + tuple(code for part in parts for code in status_doubt(part))

    def of_part(self, components: Sequence[Component], names: Codes, value: Field) -> Codes:
        """Return why the name of an area or a component, whose components are given, is doubtful."""
        ids = (action.action_id for component in components for action in component.actions)
        sources = (*(self.rows.get(id_, {}) for id_ in ids), self.head)
        found = (code for source in sources for name in names for code in source.get(name, ()))
        return tuple(dict.fromkeys(found)) + status_doubt(value)


def doubts_of(plan: Plan) -> Doubts:
    """Collect the doubts of a plan."""
    rows: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    head: dict[str, list[str]] = defaultdict(list)
    for finding in plan.findings:
        if finding.severity in ASKING:
            _place(finding, rows, head)
    return Doubts(
        rows={key: {name: tuple(codes) for name, codes in row.items()} for key, row in rows.items()},
        head={name: tuple(codes) for name, codes in head.items()},
        unread=sum(finding.severity == "error" for finding in plan.findings),
    )


def status_doubt(value: Field | None) -> Codes:
    """Return a field's status where it says that the text is not simply what was read."""
    return (value.status,) if value is not None and value.status in _DOUBTFUL else ()


def _place(finding: Finding, rows: dict[str, dict[str, list[str]]], head: dict[str, list[str]]) -> None:
    if finding.action_id is not None:
        rows[finding.action_id][finding.field or WHOLE_ROW].append(finding.code)
    elif finding.field is not None:
        head[finding.field].append(finding.code)
