"""The values of the head's reading: lines as the steps see them, parts of the head, and the result."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import reduce

from extract.types import TextLine
from normalize.facts import Fact
from schema.base import Frozen
from schema.decree import DecreeHead, Field
from schema.geometry import BBox

NamesPlan = Callable[[str], bool]
SIGNATURE = ("place", "date", "office", "name")  # the parts of a signature block, and of a copy's attestation
ATTESTATION = ("statement", "attesting_office", "attesting_position", "attesting_name")


@dataclass(frozen=True)
class Line:
    """A cleaned line of loose text.

    `text` is free of markup and doubled spaces, `origins` the lines as read, `indices` their places in
    the input. `gap` tells that white space (a blank line, a wide vertical distance) precedes it,
    `bullet` that a leading bullet was taken off, `markup` and `untidy` what else was cleaned.
    """

    text: str
    origins: tuple[TextLine, ...]
    indices: tuple[int, ...]
    gap: bool = False
    bullet: bool = False
    markup: bool = False
    untidy: bool = False

    @property
    def raw(self) -> str:
        """The line as it was read; pieces of one visual line are parted by one space."""
        return " ".join(origin.printed for origin in self.origins)

    @property
    def page(self) -> int | None:
        """The page, counted from 1; `None` in a transcription."""
        return self.origins[0].page

    @property
    def x0(self) -> float | None:
        """The left edge in points; `None` in a transcription."""
        return min((o.bbox.x0 for o in self.origins if o.bbox), default=None)

    @property
    def bbox(self) -> BBox | None:
        """The box around all pieces, in points; `None` in a transcription."""
        boxes = [origin.bbox for origin in self.origins if origin.bbox is not None]
        return reduce(BBox.union, boxes) if boxes else None

    def with_text(self, text: str) -> Line:
        """Return the same line with only a share of its text."""
        return replace(self, text=text.strip())


@dataclass(frozen=True)
class Part:
    """One value of the head before it becomes a `Field`: its lines, its text, where it had been broken."""

    lines: tuple[Line, ...]
    text: str
    breaks: tuple[Line, ...] = ()


@dataclass(frozen=True)
class LabelledPart:
    """A clause with its label."""

    label: str
    part: Part


@dataclass(frozen=True)
class SignatureParts:
    """What the signature blocks say; `understood` holds the indices of every line they used."""

    place: Part | None = None
    date: Part | None = None
    office: Part | None = None
    name: Part | None = None
    statement: Part | None = None
    attesting_office: Part | None = None
    attesting_position: Part | None = None
    attesting_name: Part | None = None
    copy: bool = False
    understood: frozenset[int] = frozenset()

    @property
    def parts(self) -> Iterator[Part]:
        """The parts that were found."""
        parts: Iterator[Part | None] = (getattr(self, name) for name in (*SIGNATURE, *ATTESTATION))
        yield from filter(None, parts)


class AnnexPreamble(Frozen):
    """What the annex says of the decree it belongs to, and the annex's own heading."""

    institution: Field = Field(status="missing")
    number: Field = Field(status="missing")
    year: Field = Field(status="missing")
    title: Field = Field(status="missing")
    heading: Field = Field(status="missing")


class PreambleResult(Frozen):
    """The head of a decree, what was found on the way, and the lines that were not understood."""

    head: DecreeHead
    facts: tuple[Fact, ...] = ()
    annex_head: AnnexPreamble | None = None
    unused: tuple[TextLine, ...] = ()


def indices_of(lines: Sequence[Line]) -> frozenset[int]:
    """Return the places in the input of all the lines."""
    return frozenset(index for line in lines for index in line.indices)
