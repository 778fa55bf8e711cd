"""The reading of a schedule's words turned into findings: what was changed, what is open, what a person decides."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from extract.types import Cell
from normalize.facts import Fact, fact
from normalize.plan.numerals import shape
from normalize.schedule_text import Reading
from normalize.text import squeeze
from schema.findings import Certainty, RuleName
from schema.provenance import SourceRef

RULE: RuleName = "read-schedule-text"
_PARTED = " | "  # between pieces of a text


@dataclass(frozen=True, slots=True)
class TimeText:
    """What the time cells of a row say.

    `printed` holds the cells as they are, `wording` the same as one wording, `label` the column's name; `apart`
    tells that the words stand in several columns whose names do not say how they belong together.
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


def findings_of(text: TimeText, reading: Reading, year: int | None, *, filled: bool) -> Iterator[Fact]:
    """Yield what there is to say of a reading; `filled` tells that its cell began in a row above."""
    if filled:
        yield _noted(text, "cell-filled", text.printed, value=reading.text)
    for correction in reading.corrections:
        yield _noted(
            text,
            "word-corrected",
            correction.raw,
            value=correction.value,
            alternatives=(correction.raw,),
            certainty="probable",
            reason=RULE,
        )
    if reading.unclear:
        yield not_understood(text, _PARTED.join(reading.unclear), reading.alternatives)
    for piece in reading.backwards:
        yield _asking(text, "schedule-range-backwards", piece, reading.alternatives)
    for piece in reading.mismatched:
        yield _asking(text, "schedule-text-contradicts", piece)
    for piece in reading.open_words:
        yield _noted(text, "schedule-text-open", piece)
    if reading.crossed and reading.state != "unknown":
        yield _noted(text, "schedule-beyond-year", reading.text, value=str(year))
    elif year is not None and not reading.years <= {year}:
        named = ", ".join(map(str, sorted(reading.years)))
        yield _noted(text, "year-mismatch", named, value=str(year))
    if reading.finer:
        yield _noted(text, "schedule-detail-kept", reading.text)


def not_understood(text: TimeText, piece: str, alternatives: Sequence[str] = ()) -> Fact:
    """Return the finding that asks what a piece of the text means."""
    return _asking(text, "schedule-text-unknown", piece, alternatives)


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
    others = list(_other_wordings(text))
    differing = [
        other
        for other in others
        if (seen := read(other)).planned != reading.planned or seen.state != reading.state
        if reading.unclear or not seen.unclear or shape(other) != shape(text.wording)
    ]
    if any(line.covered for line in lines):
        yield _asking(text, "text-covered", squeeze(text.printed), differing)
    elif differing or (confidence is not None and confidence < threshold):
        yield _asking(text, "text-uncertain", squeeze(text.printed), differing)


def _other_wordings(text: TimeText) -> Iterator[str]:
    """Yield the text with one line as another reader saw it."""
    for line in (line for cell in text.cells for line in cell.lines):
        if line.agreed is False:
            yield from (text.wording.replace(line.text, other, 1) for other in line.others)


def _asking(text: TimeText, code: str, raw: str, alternatives: Sequence[str] = ()) -> Fact:
    return _noted(text, code, raw, alternatives=alternatives, certainty="ambiguous")


def _noted(
    text: TimeText,
    code: str,
    raw: str,
    *,
    value: str | None = None,
    alternatives: Sequence[str] = (),
    certainty: Certainty = "certain",
    **details: str,
) -> Fact:
    return fact(
        code,
        rule=RULE,
        ref=text.ref,
        field="schedule",
        raw=raw,
        value=value,
        alternatives=tuple(dict.fromkeys(alternatives)),
        certainty=certainty,
        **details,
    )
