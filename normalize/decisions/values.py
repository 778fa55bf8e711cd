"""A text and a decision about it turned into the decided text."""

from __future__ import annotations

from schema.decisions import Decision
from schema.decree import Field


def decided_field(value: Field, decision: Decision) -> Field:
    """Return a text as it was decided: what was printed stays, and the certainty is no program's any more."""
    if decision.verdict == "unreadable":
        return value.weighed(None, "uncertain")
    text = value.text if decision.value is None else decision.value
    return value.replace(text=text, status="decided", confidence=None)
