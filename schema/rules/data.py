"""Facts that the rules rest on (regulations, abbreviations of offices), handed in as JSON texts, as values."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Literal

from schema.base import Frozen
from schema.language import decree_words


class LegalAct(Frozen):
    """A regulation: its kind as decrees write it, other spellings of the kind, number and year."""

    kind: str
    aliases: tuple[str, ...] = ()
    number: str
    year: int

    def cited(self) -> str:
        """Return the citation in the form decrees use."""
        before_number, before_year = decree_words("acts")["cited"]
        return f"{self.kind} {before_number} {self.number} {before_year} {self.year}"


class RequiredAct(Frozen):
    """A regulation that a plan on `subject` rests on since `since`, and where that is said."""

    act: LegalAct
    subject: str
    since: int
    source: str


class RepealedAct(Frozen):
    """A regulation that `by` put out of force in the year `since`.

    `certainty` is `certain` where the source says so in words, `probable` where it follows from a
    successor on the same subject.
    """

    act: LegalAct
    by: LegalAct
    since: int
    certainty: Literal["certain", "probable"]
    source: str


class RuleData(Frozen):
    """All facts the rules are given.

    `abbreviations` maps the full name of a kind of office to its abbreviation, in capitals.
    """

    required: tuple[RequiredAct, ...] = ()
    repealed: tuple[RepealedAct, ...] = ()
    abbreviations: Mapping[str, str] = {}


def read_rule_data(legal_basis: str, offices: str) -> RuleData:
    """Build the rules' data from the texts of `legal_basis.json` and `offices.json`.

    Raises `ValueError` for a text that is not JSON or lacks a part.
    """
    legal = json.loads(legal_basis)
    return RuleData.model_validate(
        {
            "required": legal["required"],
            "repealed": legal["repealed"],
            "abbreviations": json.loads(offices)["abbreviations"],
        }
    )
