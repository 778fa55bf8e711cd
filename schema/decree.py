"""The head of a decree: what its body pages say before and after the annex."""

from __future__ import annotations

import datetime
from typing import Literal

from schema.base import Frozen
from schema.provenance import SourceRef

Status = Literal["read", "corrected", "filled", "joined", "inferred", "uncertain", "covered", "missing"]
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
