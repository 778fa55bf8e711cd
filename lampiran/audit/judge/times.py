"""Time that a transcription states in words -> what it says of each period."""

from __future__ import annotations

from collections.abc import Mapping

from lampiran.audit.judge.marks import MarkSaid
from lampiran.audit.match.cell_assignment import Said
from lampiran.audit.match.plan_rows import PaperRow
from lampiran.audit.match.texts import bare
from lampiran.publish.periods import period_field
from normalize.resources import Resources
from normalize.schedule_text import Reading, read_schedule_text


def periods_in_words(said: Said, resources: Resources) -> Mapping[str, bool]:
    """Return the periods that a text plans, and those that it does not where it was understood in whole.

    No word is mended: what is misspelt is not understood.
    """
    reading = _reading(said.text, resources)
    states = {period_field(kind, number): False for kind, number in reading.unplanned}
    return states | {period_field(kind, number): True for kind, number in reading.planned}


def _reading(text: str, resources: Resources) -> Reading:
    return read_schedule_text(bare(text), resources.schedule_words, resources.words)


def same_periods(row: PaperRow, said: Said, resources: Resources) -> bool:
    """Tell whether words that differ name just the periods that the paper plans."""
    named = periods_in_words(said, resources)
    planned = {name for name, mark in row.marks.items() if mark.marked}
    return bool(planned) and planned == {name for name, value in named.items() if value}


def marks_in_words(row: PaperRow, said: Said, resources: Resources) -> Mapping[str, MarkSaid]:
    """Return what a text in words says of the paper's periods; empty where it names none of their sort."""
    named = periods_in_words(said, resources)
    if not any(name in named for name in row.marks):
        return {}
    return {name: MarkSaid(named.get(name), said.cell) for name in row.marks}
