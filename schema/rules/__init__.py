"""A Plan -> findings on the decree's own mistakes, by a list of rules that can be read in order."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from schema.findings import Finding
from schema.plan import Plan
from schema.rules.cells import bracket_unbalanced, missing_cells
from schema.rules.data import LegalAct, RepealedAct, RequiredAct, RuleData, read_rule_data
from schema.rules.legal import legal_basis_missing, legal_basis_repealed
from schema.rules.numbering import numbering_gap
from schema.rules.offices import office_mismatch
from schema.rules.outvoted import told_once
from schema.rules.schedules import missing_schedule, too_many_marks, words_against_marks
from schema.rules.years import year_mismatch

__all__ = [
    "RULES",
    "LegalAct",
    "RepealedAct",
    "RequiredAct",
    "Rule",
    "RuleData",
    "read_rule_data",
    "told_once",
    "validate",
]

Rule = Callable[[Plan, RuleData], Iterator[Finding]]

RULES: tuple[Rule, ...] = (
    office_mismatch,
    year_mismatch,
    legal_basis_missing,
    legal_basis_repealed,
    numbering_gap,
    missing_cells,
    missing_schedule,
    too_many_marks,
    words_against_marks,
    bracket_unbalanced,
)


def validate(plan: Plan, reference: RuleData) -> tuple[Finding, ...]:
    """Apply every rule to a plan; return the findings in the order of the rules.

    The plan is not changed: a mistake of the decree is reported and left as printed.
    """
    return tuple(finding for rule in RULES for finding in rule(plan, reference))
