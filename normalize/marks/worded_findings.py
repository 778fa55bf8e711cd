"""The reading of a schedule's words turned into findings: what was changed, what is open, what a person decides."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from extract.types import Cell
from normalize.certainty.weighing import CODES, status_of
from normalize.facts import Fact, doubt, fact
from normalize.plan.numerals import shape
from normalize.recognised.corrections import corrected
from normalize.schedule_text import Reading
from normalize.text import squeeze
from schema.findings import RuleName
from schema.provenance import SourceRef

RULE: RuleName = "read-schedule-text"


@dataclass(frozen=True, slots=True)
class TimeText:
    """What the time cells of a row say.

    `printed` holds the cells as they are, `wording` the same as one wording, `label` the column's name; `apart`
    tells that the words are in several columns whose names do not say how they belong together.
    """

    printed: str
    wording: str
    cells: tuple[Cell, ...]
    label: str = ""
    apart: bool = False

    @property
    def ref(self) -> SourceRef:
        """Return the place of the first cell."""
        return self.cells[0].ref

    def fact(self, code: str, raw: str, value: str | None = None) -> Fact:
        """Return a fact about a piece of the text."""
        return fact(code, RULE, self.ref, "schedule", raw=raw, value=value)

    def doubt(self, code: str, raw: str, alternatives: Iterable[str] = ()) -> Fact:
        """Return the fact that asks what a piece of the text means."""
        return doubt(code, RULE, self.ref, "schedule", raw=raw, alternatives=dict.fromkeys(alternatives))


def findings_of(text: TimeText, reading: Reading, year: int | None, *, filled: bool) -> Iterator[Fact]:
    """Yield what there is to say of a reading; `filled` tells that its cell began in a row above."""
    if filled:
        yield text.fact("cell-filled", text.printed, reading.text)
    for correction in reading.corrections:
        yield corrected(correction.raw, correction.value, text.ref, "schedule", RULE)
    if reading.unclear:
        yield text.doubt("schedule-text-unknown", " | ".join(reading.unclear), reading.alternatives)
    for piece in reading.backwards:
        yield text.doubt("schedule-range-backwards", piece, reading.alternatives)
    for piece in reading.mismatched:
        yield text.doubt("schedule-text-contradicts", piece)
    for piece in reading.open_words:
        yield text.fact("schedule-text-open", piece)
    if reading.crossed and reading.state != "unknown":
        yield text.fact("schedule-beyond-year", reading.text, str(year))
    elif year is not None and not reading.years <= {year}:
        yield text.fact("year-mismatch", ", ".join(map(str, sorted(reading.years))), str(year))
    if reading.finer:
        yield text.fact("schedule-detail-kept", reading.text)


def doubts_of_readers(
    text: TimeText,
    reading: Reading,
    read: Callable[[str], Reading],
    confidence: float | None,
    threshold: float,
) -> Iterator[Fact]:
    """Yield a doubt about recognised words: foreign ink over them, an unsure reader, or one who saw another time.

    Readers who differ in letters and agree on the periods do not differ, nor do they where the other's words mean
    nothing and look like those that do (`BO2` for `B02`).
    """
    lines = [line for cell in text.cells for line in cell.lines]
    differing = [
        other
        for other in _other_wordings(text)
        if (seen := read(other)).planned != reading.planned or seen.state != reading.state
        if reading.unclear or not seen.unclear or shape(other) != shape(text.wording)
    ]
    status = status_of(lines, 1 if confidence is None else confidence, threshold)
    if status or differing:
        yield text.doubt(CODES[status or "uncertain"], squeeze(text.printed), differing)


def _other_wordings(text: TimeText) -> Iterator[str]:
    """Yield the text with one line as another reader saw it."""
    for line in (line for cell in text.cells for line in cell.lines):
        if line.agreed is False:
            yield from (text.wording.replace(line.text, other, 1) for other in line.others)
