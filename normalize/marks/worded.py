"""Time cells with words in them turned into a schedule, each change and doubt with its finding."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from extract.types import Cell
from normalize.certainty.weighing import borders_certainty, rounded, words_certainty
from normalize.draft import Draft, Row, TimeCell
from normalize.facts import doubt
from normalize.marks.readings import listed
from normalize.marks.worded_findings import RULE, TimeText, doubts_of_readers, findings_of
from normalize.plan.texts import without_markup
from normalize.resources import Resources
from normalize.schedule_text import Reading, ScheduleWords, read_schedule_text
from normalize.text import squeeze
from schema.decree import Field, Status
from schema.plan import Period, PeriodState, PeriodType, Schedule
from schema.provenance import SourceRef
from schema.rules.texts import plan_year


@dataclass(frozen=True, slots=True)
class WordedTimes:
    """What the words of a document's schedules are read by.

    `year` is the plan's own, where it is known; `ink` are the places of ink that nothing accounts for, `continued`
    those of blank cells that may continue one of the page before.
    """

    resources: Resources
    year: int | None
    ink: tuple[SourceRef, ...]
    continued: frozenset[SourceRef]

    @classmethod
    def of(cls, draft: Draft) -> WordedTimes:
        """Take what the draft knows."""
        facts = (fact for row in draft.rows for fact in row.facts)
        found = draft.extraction.findings
        return cls(
            draft.resources,
            plan_year(draft.head),
            tuple(f.ref for f in found if f.code == "ink-unexplained" and f.ref is not None),
            frozenset(f.ref for f in facts if f.code == "schedule-cell-doubtful" and f.ref is not None),
        )

    def schedule(self, row: Row) -> Row:
        """Read the time that a row's cells print in words.

        An empty cell of a page was seen and plans nothing; in a transcription it may have been left out, so the
        schedule is unknown.
        """
        resources = self.resources
        text = _text_of(row.times, resources.schedule_words)
        if not text.printed.strip():
            return self._wordless(row, text)

        def read(wording: str) -> Reading:
            return read_schedule_text(
                wording,
                resources.schedule_words,
                resources.words,
                year=self.year,
                unit=resources.schedule_words.hint_of(text.label),
                may_mend=text.ref.reader in ("ocr", "transcript"),
            )

        whole = squeeze(text.wording)
        reading = Reading("unknown", whole, unclear=(whole,)) if text.apart else read(text.wording)
        value = _field(row, text, reading)
        threshold = resources.review_threshold
        row = row.noting(
            *findings_of(text, reading, self.year, filled=value.status == "filled"),
            *doubts_of_readers(text, reading, read, value.confidence, threshold),
        )
        schedule = Schedule(
            state=reading.state,
            periods=_periods(text, reading, value.confidence),
            printed=text.printed,
            text=value,
            refs=value.refs,
        )
        return replace(row, schedule=schedule)

    def _wordless(self, row: Row, text: TimeText) -> Row:
        refs = tuple(cell.ref for cell in text.cells)
        unknown = replace(row, schedule=Schedule(state="unknown", refs=refs))
        if not self.continued.isdisjoint(refs):
            return unknown
        if any(cell.mark not in (None, "empty") for cell in text.cells):
            return unknown.noting(text.doubt("schedule-text-unknown", text.printed))
        if any(map(self._has_ink, refs)):  # told by the finding about that ink
            return unknown
        if text.ref.reader == "transcript":
            return unknown.noting(doubt("schedule-unknown", RULE, text.ref, "schedule"))
        return replace(row, schedule=Schedule(state="none", refs=refs))

    def _has_ink(self, ref: SourceRef) -> bool:
        """Tell whether the page has ink at this place that nothing accounts for, so that it is not empty."""
        box = ref.bbox
        return box is not None and any(
            ink.page == ref.page and ink.bbox is not None and box.overlap(ink.bbox) > 0 for ink in self.ink
        )


def beside_marks(marked: Row, worded: Row) -> Row:
    """Keep the words beside a whole grid of marks; the marks count, and words that name other periods are reported."""
    marks, words = marked.schedule, worded.schedule
    if marks is None or words is None or not words.text.text:
        return marked
    kind: PeriodType = next((p.period_type for p in marks.periods), "month")
    named = words.planned(kind)
    if words.state == "marked" and named and named != marks.planned(kind):
        chosen = listed(marks.planned(kind)), listed(named)
        ref, raw = words.text.refs[0], words.text.text
        code = "schedule-text-disagrees"
        marked = marked.noting(
            doubt(code, RULE, ref, "schedule", raw=raw, value=chosen[0], alternatives=chosen)
        )
    return replace(marked, schedule=marks.replace(text=words.text))


def _text_of(times: Sequence[TimeCell], words: ScheduleWords) -> TimeText:
    """Gather the words of the time cells; those of a column for the start and one for the end make a range.

    Words in several columns whose names say nothing of start and end are apart: what they mean together is open.
    """
    own = list({id(t.cell): t for t in times}.values())
    filled = [t for t in own if t.cell.text.strip()]
    texts = [_wording(t.cell) for t in filled]
    ends = [words.end_of(t.label) for t in filled]
    ranged = ends == ["start", "end"]
    lone_end = len(filled) == 1 and len(own) > 1 and ends != [None]
    return TimeText(
        printed="\n".join(t.cell.printed for t in filled),
        wording=" s/d ".join(texts) if ranged else "\n".join(texts),
        cells=tuple(t.cell for t in filled or own),
        label=own[0].label,
        apart=(len(filled) > 1 and not ranged) or lone_end,
    )


def _wording(cell: Cell) -> str:
    return without_markup(cell.text) if cell.ref.reader == "transcript" else cell.text


def _field(row: Row, text: TimeText, reading: Reading) -> Field:
    own = (*row.cells, *row.rest)
    rows, pages = {cell.row for cell in own}, {cell.ref.page for cell in own}
    above = row.exact and not any(cell.row in rows and cell.ref.page in pages for cell in text.cells)
    status: Status = "filled" if above else "corrected" if reading.corrections else "read"
    lines = [line for cell in text.cells for line in cell.lines]
    sure = words_certainty(lines) * borders_certainty(text.cells)
    return Field(
        printed=text.printed,
        text=reading.text,
        status="covered" if any(line.covered for line in lines) else status,
        confidence=rounded(sure) if any(line.words for line in lines) else None,
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
