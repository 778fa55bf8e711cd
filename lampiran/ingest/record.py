"""What a store knows of one distinct input: the content of `records/<sha256>.json`."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import ConfigDict, Field

from lampiran.stored import RECORDS
from schema.base import Count, Frozen
from schema.findings import Message

Outcome = Literal["done", "waits", "failed"]
State = Literal["done", "waits", "failed", "superseded"]
# How a decree is superseded: by another file of the same content, a later version, or a decree that amends it.
Relation = Literal["same", "version", "amended"]
Digest = Annotated[str, Field(pattern="^[0-9a-f]{64}$")]
Name = Annotated[str, Field(pattern=r"^[^./\\\x00][^/\\\x00]*$")]  # of a folder in `results`


class Record(Frozen):
    """One input by its sha256, whatever it is called, and what came of reading it.

    `names` are all names that it came under, the one that it was read by first, then in alphabetical order. `outcome` is
    what came of it, `state` what holds now: `superseded` where another decree took its place (`superseded_by`, a
    sha256, by `relation`). `code` is the exit code of its reading, `reason` one sentence where something is lost or waits for more
    than decisions. `program`, `settings` and `decisions` are what it was read with. `outdated` is what a person said. `rows` is the sha256 of what the plan says, whatever the file. No times, no machine.
    """

    # What another version wrote is no reason to refuse a store: its inputs are read again.
    model_config = ConfigDict(extra="ignore")

    sha256: Digest
    size: Count
    names: tuple[str, ...]
    state: State
    outcome: Outcome
    code: Count = 0
    reason: Message | None = None
    decree_id: str | None = None
    identified: bool = False
    office: str | None = None
    number: str | None = None
    year: str | None = None
    title: str | None = None
    date: str | None = None
    rows: str | None = None
    actions: Count = 0
    reviews: Count = 0
    pages: Count = 0
    unread_pages: Count = 0
    result: Name | None = None
    superseded_by: str | None = None
    relation: Relation | None = None
    program: str = ""
    settings: str = ""
    decisions: str | None = None
    outdated: bool = False

    @classmethod
    def of(cls, name: str, content: bytes) -> Record:
        """Return the record that a file of a store holds. Raises `ValueError`, also where the name is another record's."""
        record = cls.model_validate_json(content)
        if name != f"{record.sha256}.json":
            raise ValueError(name)
        return record

    @property
    def key(self) -> str:
        """Return where the store keeps it."""
        return f"{RECORDS}/{self.sha256}.json"

    def to_json(self) -> bytes:
        """Return the record's file."""
        return (self.model_dump_json(indent=1) + "\n").encode("utf-8")
