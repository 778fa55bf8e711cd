"""Time cells with words in them turned into a schedule, each change and doubt with its finding."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from normalize.draft import Row, TimeCell
from normalize.marks.visibility import Sight
from normalize.marks.worded_findings import TimeText, doubts_of_readers, findings_of, not_understood
from normalize.plan.texts import without_markup
from normalize.resources import Resources
from normalize.schedule_text import Reading, ScheduleWords, read_schedule_text
from normalize.text import squeeze
from schema.decree import Field, Status
from schema.findings import RuleName
from schema.plan import Period, PeriodState, PeriodType, Schedule
from schema.provenance import SourceRef

RULE: RuleName = "read-schedule-text"
_BOTH = 2


def schedule_of_words(
    row: Row,
    resources: Resources,
    year: int | None,
    sight: Sight,
    doubted: frozenset[SourceRef] = frozenset(),
) -> Row:
    """Read the time that a row's cells print in words; `year` is the plan's own, where it is known.

    `sight` tells how well the cells were seen, `doubted` are the places of blank cells that may go on from another page. An empty cell of a page was seen and plans nothing; in a transcription it may have been left out, so the
    schedule is unknown.
    """
    text = _text_of(row.times, resources.schedule_words)
    if not text.printed.strip():
        return _wordless(row, text, sight, doubted)

    def read(wording: str) -> Reading:
        return read_schedule_text(
            wording,
            resources.schedule_words,
            resources.words,
            year=year,
            unit=resources.schedule_words.hint_of(text.label),
            may_mend=text.ref.reader in ("ocr", "transcript"),
        )

    reading = read(text.wording)
    if text.apart:
        whole = squeeze(text.wording)
        reading = Reading("unknown", whole, unclear=(whole,))
    value = _field(row, text, reading, sight.certainty(text.cells))
    row = row.noting(
        *findings_of(text, reading, year, filled=value.status == "filled"),
        *doubts_of_readers(text, reading, read, value.confidence, resources.review_threshold),
    )
    schedule = Schedule(
        state=reading.state,
        periods=_periods(text, reading, value.confidence),
        printed=text.printed,
        text=value,
        refs=value.refs,
    )
    return replace(row, schedule=schedule)


def beside_marks(marked: Row, worded: Row) -> Row:
    """Keep the words beside a whole grid of marks; the marks count, and words that name other periods are reported."""
    marks, words = marked.schedule, worded.schedule
    if marks is None or words is None or not words.text.text:
        return marked
    schedule = marks.replace(text=words.text)
    kind: PeriodType = next((p.period_type for p in marks.periods), "month")
    named = words.planned(kind)
    if words.state == "marked" and named and named != marks.planned(kind):
        listed = ";".join(map(str, marks.planned(kind))) or "-"
        marked = marked.report(
            "schedule-text-disagrees",
            rule=RULE,
            ref=words.text.refs[0],
            field="schedule",
            raw=words.text.text,
            value=listed,
            alternatives=(listed, ";".join(map(str, named))),
            certainty="ambiguous",
        )
    return replace(marked, schedule=schedule)


def _text_of(times: Sequence[TimeCell], words: ScheduleWords) -> TimeText:
    """Gather the words of the time cells; those of a column for the start and one for the end make a range.

    Words in several columns whose names say nothing of start and end stand apart: what they mean together is open.
    """
    own = list({id(t.cell): t for t in times}.values())
    filled = [t for t in own if t.cell.text.strip()]
    texts = [without_markup(t.cell.text) if _is_transcribed(t) else t.cell.text for t in filled]
    ends = [words.end_of(t.label) for t in filled]
    ranged = ends == ["start", "end"]
    lone_end = len(filled) == 1 and len(own) > 1 and ends != [None]
    return TimeText(
        printed="\n".join(t.cell.printed for t in filled),
        wording=" s/d ".join(texts) if ranged else "\n".join(texts),
        cells=tuple(t.cell for t in filled or own),
        label=own[0].label,
        apart=(len(filled) >= _BOTH and not ranged) or lone_end,
    )


def _is_transcribed(time: TimeCell) -> bool:
    return time.cell.ref.reader == "transcript"


def _wordless(row: Row, text: TimeText, sight: Sight, doubted: frozenset[SourceRef]) -> Row:
    refs = tuple(cell.ref for cell in text.cells)
    if not doubted.isdisjoint(refs):
        return replace(row, schedule=Schedule(state="unknown", refs=refs))
    if any(cell.mark not in (None, "empty") for cell in text.cells):
        row = row.noting(not_understood(text, text.printed))
        return replace(row, schedule=Schedule(state="unknown", refs=refs))
    if any(map(sight.is_unread, text.cells)):  # told by the finding of that ink
        return replace(row, schedule=Schedule(state="unknown", refs=refs))
    if text.ref.reader == "transcript":
        return replace(
            row.report("schedule-unknown", rule=RULE, ref=text.ref, field="schedule", certainty="ambiguous"),
            schedule=Schedule(state="unknown", refs=refs),
        )
    return replace(row, schedule=Schedule(state="none", refs=refs))


def _field(row: Row, text: TimeText, reading: Reading, confidence: float | None) -> Field:
    lines = [line for cell in text.cells for line in cell.lines]
    own = {cell.row for cell in (*row.cells, *row.rest)}
    here = {cell.ref.page for cell in (*row.cells, *row.rest)}
    above = row.exact and not any(cell.row in own and cell.ref.page in here for cell in text.cells)
    status: Status = "filled" if above else "corrected" if reading.corrections else "read"
    if any(line.covered for line in lines):
        status = "covered"
    return Field(
        printed=text.printed,
        text=reading.text,
        status=status,
        confidence=confidence,
        refs=tuple(cell.ref for cell in text.cells),
    )


def _periods(text: TimeText, reading: Reading, confidence: float | None) -> tuple[Period, ...]:
    """Return the periods that are planned, and those that are not where the text was understood in whole."""
    states: dict[tuple[PeriodType, int], PeriodState] = {
        **dict.fromkeys(reading.planned, "planned"),
        **dict.fromkeys(reading.unplanned, "not-planned"),
    }
    return tuple(
        Period(period_type=kind, period=number, state=state, confidence=confidence, ref=text.ref)
        for (kind, number), state in sorted(states.items())
    )
