"""What both readers saw of a scan turned into one text of each line."""

from __future__ import annotations

from dataclasses import replace

from normalize.draft import Draft
from normalize.recognised.decide import decide_words


def decide_readings(draft: Draft) -> Draft:
    """Decide each recognised word once, by what was read (`Draft.reading`)."""
    reading = draft.reading or draft.extraction
    words, model = draft.resources.words, draft.resources.word_model
    return replace(draft, reading=reading, extraction=decide_words(reading, words, model))
