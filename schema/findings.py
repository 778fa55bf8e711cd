"""Findings: the log of every change and doubt, as values with a stable code."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, Protocol, TypeVar

from schema.base import Frozen
from schema.choices import Language
from schema.provenance import SourceRef

Severity = Literal["info", "notice", "warning", "review", "error"]
Origin = Literal["reading", "decree"]
Grade = Literal["certain", "probable", "ambiguous"]
# The published values of `rule`. They stay as they are whatever becomes of the modules; a new one is added here.
RuleName = Literal[
    "account-for-text",
    "anchor-rows",
    "apply-decisions",
    "bracket-unbalanced",
    "build-rows",
    "check-figures",
    "check-signatures",
    "compare-grids",
    "correct-words",
    "count-rows",
    "decode-marks",
    "decode-text",
    "fill-teams",
    "follow-cells",
    "head",
    "head-outvoted",
    "infer-components",
    "join-lines",
    "join-pages",
    "join-rows",
    "join-tables",
    "judge-plan",
    "legal-basis-missing",
    "legal-basis-repealed",
    "match-lke",
    "missing-action",
    "missing-evidence",
    "missing-responsible",
    "missing-schedule",
    "number-actions",
    "numbering-gap",
    "office-mismatch",
    "official-spacing",
    "pin-form",
    "place-cells",
    "place-rows",
    "read-cells",
    "read-page",
    "read-rows",
    "read-scan",
    "read-schedule-text",
    "repeated-texts",
    "second-reading",
    "settle-numerals",
    "survey-file",
    "tidy-text",
    "too-many-marks",
    "weigh-cells",
    "weigh-head",
    "weigh-words",
    "words-against-marks",
    "year-mismatch",
]
SEVERITIES: tuple[Severity, ...] = ("error", "review", "warning", "notice", "info")


class Message(Frozen):
    """One sentence for people, in Indonesian and in English."""

    id: str
    en: str

    @classmethod
    def of(cls, id: str, en: str | None = None) -> Message:
        """Return a sentence in both languages, the same in both where only one is given."""
        return cls(id=id, en=id if en is None else en)

    def text(self, language: Language) -> str:
        """Return the sentence in one language."""
        return self.id if language == "id" else self.en


class Finding(Frozen):
    """One change, doubt or mistake.

    `raw` is what was read, `value` what it became (`None`: unchanged or unknown), `alternatives`
    the readings a person can choose between. `rule` names the step that found it, one of `RuleName`. `origin` tells a
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
    certainty: Grade = "certain"
    rule: str
    message: Message


class Graded(Protocol):
    """Whatever has a severity: a finding, or a kind of finding."""

    @property
    def severity(self) -> Severity:
        """How grave it is."""


GradedT = TypeVar("GradedT", bound=Graded)


def gravest_first(found: Iterable[GradedT]) -> list[GradedT]:
    """Return findings by severity, those of one severity in their order."""
    return sorted(found, key=lambda one: SEVERITIES.index(one.severity))
