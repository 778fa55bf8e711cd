"""What the steps look things up in: vocabularies, lexicon, official list, rules' data; handed in, never read here."""

from __future__ import annotations

from dataclasses import dataclass

from normalize.official import LkeMatcher, OfficialList
from normalize.recognised.model import WordModel
from normalize.schedule_text import ScheduleWords
from normalize.vocabulary import FormVocabulary
from normalize.words import WordResources
from schema.choices import DEFAULT_THRESHOLD
from schema.decisions import Decision
from schema.profile import Profile
from schema.rules import RuleData


@dataclass(frozen=True)
class Resources:
    """All data that the normaliser rests on.

    `profile` is the one that a user gives for the form at hand, `decisions` what people decided about earlier readings.
    """

    form: FormVocabulary
    official: OfficialList
    lke: LkeMatcher
    words: WordResources
    rules: RuleData
    document_nouns: frozenset[str]
    schedule_words: ScheduleWords
    word_model: WordModel
    review_threshold: float = DEFAULT_THRESHOLD
    profile: Profile | None = None
    decisions: tuple[Decision, ...] = ()
