"""Fields of a plan that hold running text, their words, and the findings on them, for the rules."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from schema.catalogue import make_finding
from schema.decree import DecreeHead, Field
from schema.findings import Finding, RuleName
from schema.plan import Action, Plan
from schema.provenance import SourceRef

YEAR = r"(?<![\d.,/])(?:19|20)\d{2}(?!\d)"
_YEAR = re.compile(YEAR)
_WORD = re.compile(r"[^\W_]+")


@lru_cache(maxsize=1024)  # clauses, and names of acts and offices that each of them is held against
def key(text: str) -> str:
    """Return the words of a text in lower case, parted by one space."""
    return " ".join(_WORD.findall(text.casefold()))


def first_ref(field: Field) -> SourceRef | None:
    """Return the first place a field was seen at."""
    return field.refs[0] if field.refs else None


def is_sound(field: Field) -> bool:
    """Tell whether a text can be held against the decree: it was read without a doubt."""
    return field.status not in ("covered", "uncertain")


def fault(code: RuleName, name: str, field: Field, action: Action | None = None, **details: Any) -> Finding:  # noqa: ANN401 - places of the message
    """Return the finding of a rule, whose code is also its name, on a field of the head or of an action."""
    details = {"ref": first_ref(field), "action_id": action and action.action_id} | details
    return make_finding(code, rule=code, field=name, **details)


def cells_of(action: Action) -> Iterator[tuple[str, Field]]:
    """Yield the text fields of a row with their names; one whose reading is in doubt is left out."""
    named = (("indicator", action.indicator), ("action", action.action), ("evidence", action.evidence))
    yield from ((name, field) for name, field in named if is_sound(field))


def row_cells(plan: Plan) -> Iterator[tuple[Action, str, Field]]:
    """Yield the text fields of all rows (see `cells_of`) with their row."""
    yield from ((action, name, field) for action in plan.actions for name, field in cells_of(action))


def clauses_of(head: DecreeHead) -> Iterator[tuple[str, Field]]:
    """Yield title, considerations, Menetapkan and dictum with their names; a doubtful reading is left out."""
    named = [
        ("title", head.title),
        *((f"considerations.{clause.label}", clause.field) for clause in head.considerations),
        ("decides", head.decides),
        *((f"dictum.{clause.label}", clause.field) for clause in head.dictum),
    ]
    yield from ((name, field) for name, field in named if is_sound(field))


def plan_year(head: DecreeHead) -> int | None:
    """Return the year that is planned: the one the title names, else the decree's own; `None` where neither was read."""
    named = set(_YEAR.findall(head.title.text))
    return int(named.pop()) if len(named) == 1 else year_of(head)


def year_of(head: DecreeHead) -> int | None:
    """Return the decree's year; `None` where it was not read for sure."""
    sound = is_sound(head.year) and re.fullmatch(r"\d{4}", head.year.text)
    return int(head.year.text) if sound else None
