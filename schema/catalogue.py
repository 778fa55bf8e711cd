"""The catalogue of findings: turns a code and its particulars into a Finding in both languages."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files

from schema.base import Frozen
from schema.findings import Finding, Grade, Message, Origin, RuleName, Severity
from schema.provenance import SourceRef


class CatalogueEntry(Frozen):
    """One kind of finding: its stable code, title, description, severity, origin and message template."""

    code: str
    severity: Severity
    origin: Origin
    title: Message
    description: Message
    message: Message


@cache
def catalogue() -> Mapping[str, CatalogueEntry]:
    """Return every kind of finding by its code, in the order of the catalogue file."""
    raw = tomllib.loads(files("schema").joinpath("data/findings.toml").read_text(encoding="utf-8"))
    return {code: CatalogueEntry(code=code, **entry) for code, entry in raw.items()}


@cache
def _field_labels() -> Mapping[str, Message]:
    raw = tomllib.loads(files("schema").joinpath("data/fields.toml").read_text(encoding="utf-8"))
    return {name: Message(**label) for name, label in raw.items()}


_UNKNOWN = "-"


def field_label(field: str | None) -> Message:
    """Return a field's name for people; a part such as `legal_basis.6` keeps what follows the point."""
    name = field or "-"
    labels = _field_labels()
    whole, _, part = name.partition(".")
    found = labels.get(name)
    if found is None and part and whole in labels:
        found = Message(id=f"{labels[whole].id} {part}", en=f"{labels[whole].en} {part}")
    return found or Message(id=name, en=name)


def make_finding(  # noqa: PLR0913  (a finding has that many parts)
    code: str,
    *,
    rule: RuleName,
    ref: SourceRef | None = None,
    action_id: str | None = None,
    field: str | None = None,
    raw: str | None = None,
    value: str | None = None,
    alternatives: Sequence[str] = (),
    certainty: Grade = "certain",
    **details: object,
) -> Finding:
    """Build a finding of a catalogued kind.

    `details` fill further places of the message template. Raises `KeyError` for a code that the
    catalogue does not hold or a template whose place is not filled; what is `None` is shown as a dash. Its place `names` is the value, with the names
    of fields in it in words.
    """
    entry = catalogue()[code]
    label, names = field_label(field), [field_label(part) for part in (value or "-").split(", ")]
    known = {"raw": raw, "value": value, **details}
    places = {name: _UNKNOWN if one is None else one for name, one in known.items()}
    places["alternatives"] = " / ".join(alternatives)
    return Finding(
        code=code,
        severity=entry.severity,
        origin=entry.origin,
        ref=ref,
        action_id=action_id,
        field=field,
        raw=raw,
        value=value,
        alternatives=tuple(alternatives),
        certainty=certainty,
        rule=rule,
        message=Message(
            id=entry.message.id.format(field=label.id, names=", ".join(name.id for name in names), **places),
            en=entry.message.en.format(field=label.en, names=", ".join(name.en for name in names), **places),
        ),
    )
