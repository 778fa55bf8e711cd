"""What people decided about doubts: the content of `<name>.decisions.json`, which `extract` finds and applies."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from pydantic import Field

from schema.base import Frozen
from schema.geometry import BBox
from schema.provenance import SourceRef

DECISIONS_VERSION = "1.0.0"

# What a decision is about: a field of a row, of an area's title or of the decree's preamble, whether two rows are one,
# or a finding of another kind, which can only be taken note of.
Subject = Literal["row", "area", "preamble", "join", "finding"]
# A value that was given or chosen; what was read is right; what is printed cannot be read; a row is one with the row
# above it; a row is as many as its cells have lines.
Verdict = Literal["value", "as-read", "unreadable", "joined", "split"]


class Place(Frozen):
    """Where the input shows something: a page and a box on it, or the line and cell of a transcription."""

    page: int | None = None
    bbox: BBox | None = None
    line: int | None = None
    cell: int | None = None

    @classmethod
    def of(cls, ref: SourceRef | None) -> Place:
        """Return the place of a reference, an empty one for `None`."""
        return cls() if ref is None else cls(page=ref.page, bbox=ref.bbox, line=ref.line, cell=ref.cell)


class RowAnchor(Frozen):
    """By what a row is found again in another reading, or in another version, of its decree.

    `texts` is what was read in its fields, `above` and `below` the actions of the rows around it.
    """

    place: Place
    area: int | None = None
    texts: dict[str, str] = Field(default_factory=dict)
    above: str = ""
    below: str = ""


class Decision(Frozen):
    """What a person decided about one field of one row, or about something else that waited.

    `sha256` is the input's that was at hand, `place` where the value is, `printed` what was read there, `options` what
    the person could choose from, and `codes` the findings that asked. `value` is the text, or for a schedule the planned
    periods (`3;6;9;12`, `-` for none); it is `None` unless the verdict is `value`. What was decided at once is of one
    `group`.
    """

    sha256: str
    subject: Subject
    field: str = ""
    codes: tuple[str, ...] = ()
    place: Place = Place()
    printed: str = ""
    options: tuple[str, ...] = ()
    row: RowAnchor | None = None
    verdict: Verdict
    value: str | None = None
    by: str = ""
    at: datetime
    note: str = ""
    group: str = ""

    @property
    def key(self) -> str:
        """What two decisions share that are about the same: input, place and field."""
        box = self.place.bbox
        edges = [round(edge) for edge in (box.x0, box.top, box.x1, box.bottom)] if box else []
        found = [
            self.sha256,
            self.subject,
            self.field,
            self.place.page,
            self.place.line,
            self.place.cell,
            *edges,
        ]
        if self.subject == "finding":
            found += [*self.codes, self.printed]
        return "|".join("" if part is None else str(part) for part in found)

    @property
    def said(self) -> tuple[Verdict, str | None]:
        """What was decided, without who and when."""
        return self.verdict, self.value


class DecisionFile(Frozen):
    """All decisions about one decree.

    `conflicts` are different decisions of several people about the same thing: none of them holds until somebody
    decides again. `past` are those that were taken back or replaced.
    """

    decisions_version: str = DECISIONS_VERSION
    decree_id: str = ""
    source_name: str = ""
    decisions: tuple[Decision, ...] = ()
    conflicts: tuple[tuple[Decision, ...], ...] = ()
    past: tuple[Decision, ...] = ()
