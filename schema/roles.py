"""The roles of a table's columns and the fields of a plan's rows: the one list of them."""

from __future__ import annotations

from typing import Literal, get_args

# What a column of the annex table holds.
Role = Literal[
    "area_no",
    "area",
    "component",
    "indicator",
    "action",
    "evidence",
    "time",
    "responsible",
    "extra",
    "unknown",
]
# The fields of a row while a plan is put together; the schedule is kept apart.
FieldName = Literal[
    "area_no", "area", "component_no", "component", "indicator", "action", "evidence", "responsible"
]
# The fields of an action as they are published, in the order of the form.
PublishedField = Literal[
    "area", "component_no", "component", "indicator", "action", "evidence", "responsible", "schedule"
]
# The roles of running text that belongs to an action.
TextRole = Literal["indicator", "action", "evidence", "responsible"]

ROLES: tuple[Role, ...] = get_args(Role)
FIELD_NAMES: tuple[FieldName, ...] = get_args(FieldName)
PUBLISHED_FIELDS: tuple[PublishedField, ...] = get_args(PublishedField)
TEXT_ROLES: tuple[TextRole, ...] = get_args(TextRole)
# The texts that list things; a team is a list of another kind.
LISTED_ROLES: tuple[TextRole, ...] = ("indicator", "action", "evidence")
