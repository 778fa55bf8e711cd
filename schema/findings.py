"""Findings: the log of every change and doubt, as values with a stable code."""

from __future__ import annotations

from typing import Literal

from schema.base import Frozen
from schema.provenance import SourceRef

Severity = Literal["info", "notice", "warning", "review", "error"]
Origin = Literal["reading", "decree"]
Certainty = Literal["certain", "probable", "ambiguous"]
SEVERITIES: tuple[Severity, ...] = ("error", "review", "warning", "notice", "info")


class Message(Frozen):
    """One sentence for people, in Indonesian and in English."""

    id: str
    en: str


class Finding(Frozen):
    """One change, doubt or mistake.

    `raw` is what was read, `value` what it became (`None`: unchanged or unknown), `alternatives`
    the readings a person can choose between. `rule` names the step that found it. `origin` tells a
    fault of the reading (`reading`) from a mistake of the decree itself (`decree`).
    """

    code: str
    severity: Severity
    origin: Origin
    ref: SourceRef | None = None
    action_id: str | None = None
    field: str | None = None
    raw: str | None = None
    value: str | None = None
    alternatives: tuple[str, ...] = ()
    certainty: Certainty = "certain"
    rule: str
    message: Message
