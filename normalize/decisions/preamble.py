"""A decision about a part of the decree's preamble turned into the preamble with the decided text."""

from __future__ import annotations

from typing import Any

from normalize.decisions.values import decided_field
from normalize.preamble.text import parse_date
from schema.decisions import Decision
from schema.decree import DecreeHead, Field

_NAMED = {"date": "date_text"}
_CLAUSES = ("considerations", "legal_basis", "dictum")


def part_of(head: DecreeHead, name: str) -> Field | None:
    """Return a part of the preamble by the name that findings give it (`number`, `legal_basis.3`, `signatory.name`)."""
    whole, _, part = name.partition(".")
    if whole in _CLAUSES:
        return next((clause.field for clause in getattr(head, whole) if clause.label == part), None)
    value = getattr(head, _NAMED.get(whole, whole), None)
    value = getattr(value, part, None) if part else value
    return value if isinstance(value, Field) else None


def with_part(head: DecreeHead, decision: Decision) -> DecreeHead | None:
    """Return the preamble with a part as it was decided, `None` where it has no such part."""
    value = part_of(head, decision.field)
    if value is None:
        return None
    decided = decided_field(value, decision)
    whole, _, part = decision.field.partition(".")
    if whole in _CLAUSES:
        clauses = getattr(head, whole)
        changed = tuple(c.replace(field=decided) if c.field is value else c for c in clauses)
        return head.replace(**{whole: changed})
    if part:
        return head.replace(**{whole: getattr(head, whole).replace(**{part: decided})})
    changes: dict[str, Any] = {_NAMED.get(whole, whole): decided}
    if whole == "date":
        changes["date"] = parse_date(decided.text)
    return head.replace(**changes)
