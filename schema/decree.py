"""The head of a decree: what its body pages say before and after the annex."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import Literal

from schema.base import Frozen, shortened
from schema.provenance import SourceRef

Status = Literal[
    "read", "corrected", "filled", "joined", "inferred", "uncertain", "covered", "missing", "decided"
]
SignatureKind = Literal["electronic", "copy", "handwritten", "none", "unknown"]


class Field(Frozen):
    """One printed value.

    `printed` is the text as it was read, for ever (lines of a cell parted by a line feed); `text`
    is what it became. An empty `printed` with status `missing` means that nothing was seen.
    """

    printed: str = ""
    text: str = ""
    status: Status = "read"
    confidence: float | None = None
    refs: tuple[SourceRef, ...] = ()

    def brief(self) -> Iterator[str]:
        """Yield the text, how it came about where it is not as read, and its certainty where that was weighed."""
        yield shortened(self.text)
        if self.status != "read":
            yield self.status
        if self.confidence is not None:
            yield f"confidence={self.confidence:.3g}"

    def with_text(self, text: str, status: Status | None = None) -> Field:
        """Return the value with another text, and another status where one is given; what was printed stays."""
        return self.replace(text=text, status=status or self.status)

    def repaired(self, text: str, *, confidence: float | None = None) -> Field:
        """Return the value with a text that a reading mistake was corrected to, as sure as before or as given."""
        sure = self.confidence if confidence is None else confidence
        return self.replace(text=text, status="corrected", confidence=sure)

    def filled(self) -> Field:
        """Return the value as one that a merged cell, or a row above, gives to another row."""
        return self.with_status("filled")

    def with_status(self, status: Status) -> Field:
        """Return the value with another status."""
        return self.replace(status=status)

    def weighed(self, confidence: float | None, status: Status | None = None) -> Field:
        """Return the value with its certainty (0 to 1), and another status where one is given."""
        return self.replace(confidence=confidence, status=status or self.status)


class Clause(Frozen):
    """A labelled clause: a consideration (`a`), a legal basis (`1`) or a dictum (`KESATU`)."""

    label: str
    field: Field


class Signatory(Frozen):
    """The office holder who enacts the decree, and how the copy at hand shows the signature."""

    office: Field
    name: Field


class Attestation(Frozen):
    """Who attests that a copy agrees with the original ("Salinan sesuai dengan aslinya")."""

    statement: Field
    office: Field
    position: Field
    name: Field


class DecreeHead(Frozen):
    """What identifies a decree. `number` is a string such as `8.1` or `3/PW.01-Kpt/3321/2024`."""

    institution: Field = Field(status="missing")
    number: Field = Field(status="missing")
    year: Field = Field(status="missing")
    title: Field = Field(status="missing")
    enacted_by: Field = Field(status="missing")
    considerations: tuple[Clause, ...] = ()
    legal_basis: tuple[Clause, ...] = ()
    decides: Field = Field(status="missing")
    dictum: tuple[Clause, ...] = ()
    place: Field = Field(status="missing")
    date_text: Field = Field(status="missing")
    date: datetime.date | None = None
    signatory: Signatory | None = None
    attestation: Attestation | None = None
    signature_kind: SignatureKind = "unknown"
