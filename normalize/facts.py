"""What a step did or could not settle, as a fact; the last step turns facts into findings."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import partial

from schema.catalogue import catalogue, make_finding
from schema.findings import Finding, Grade, RuleName, Severity
from schema.provenance import SourceRef


@dataclass(frozen=True, slots=True)
class Fact:
    """A finding in the making: a code of the catalogue and its particulars, without severity and message.

    The fields are those of `Finding`; `details` fill further places of the message.
    """

    code: str
    rule: RuleName
    ref: SourceRef | None = None
    action_id: str | None = None
    field: str | None = None
    raw: str | None = None
    value: str | None = None
    alternatives: tuple[str, ...] = ()
    grade: Grade = "certain"
    details: tuple[tuple[str, object], ...] = ()

    @property
    def severity(self) -> Severity:
        """Return the severity that the catalogue gives to the code."""
        return catalogue()[self.code].severity

    def of_action(self, action_id: str) -> Fact:
        """Return the fact as one of an action."""
        return replace(self, action_id=action_id)

    def finding(self) -> Finding:
        """Return the finding that the catalogue makes of the fact."""
        return make_finding(
            self.code,
            rule=self.rule,
            ref=self.ref,
            action_id=self.action_id,
            field=self.field,
            raw=self.raw,
            value=self.value,
            alternatives=self.alternatives,
            certainty=self.grade,
            **dict(self.details),
        )


def fact(  # noqa: PLR0913 - a finding has that many parts
    code: str,
    rule: RuleName,
    ref: SourceRef | None = None,
    field: str | None = None,
    *,
    raw: str | None = None,
    value: str | None = None,
    alternatives: Iterable[str] = (),
    certainty: Grade = "certain",
    action_id: str | None = None,
    **details: object,
) -> Fact:
    """Return the fact from which a finding of this code is made; the names are those of `Finding`."""
    others, more = tuple(alternatives), tuple(details.items())
    return Fact(code, rule, ref, action_id, field, raw, value, others, certainty, more)


doubt = partial(fact, certainty="ambiguous")  # a fact that only a person can decide


def with_facts(known: tuple[Fact, ...], more: Iterable[Fact]) -> tuple[Fact, ...]:
    """Return facts in the order in which they became known, each once."""
    return tuple(dict.fromkeys((*known, *more)))
