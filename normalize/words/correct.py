"""Turns a text with misread words into the repaired text and the list of every change and suggestion."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from normalize.words.candidates import Ranker
from normalize.words.doubtful import Reader, doubts
from normalize.words.model import WordChange
from normalize.words.resources import WordResources
from normalize.words.settings import REPAIR
from normalize.words.vocabulary import DocumentVocabulary


def correct_text(
    text: str, vocabulary: DocumentVocabulary, resources: WordResources, ranker: Ranker | None = None
) -> tuple[str, tuple[WordChange, ...]]:
    """Repair the misread words of a text and suggest where a repair is not clear; `ranker` is the document's, if kept.

    Applied is only what has one clearly better reading, reached by confusions of the table alone
    and vouched for by lexicon, official list or document. Acronyms, numbers, names and spelling
    habits stay. `start` of a change counts in the text handed in. The result is a fixed point:
    correcting it again changes nothing.
    """
    ranker = ranker or Ranker(vocabulary, resources)
    applied: list[WordChange] = []
    current = text
    for _ in range(REPAIR.most_passes):
        found = [_placed(change, applied) for change in doubts(Reader.of(current, ranker))]
        fresh = [change for change in found if change.applied]
        if not fresh:
            rest = [change for change in found if not _overlaps(change, applied)]
            return current, _in_order([*applied, *rest])
        if any(_overlaps(change, applied) for change in fresh):
            break
        applied = list(_in_order([*applied, *fresh]))
        current = _rewritten(text, applied)
    return text, tuple(_unsettled(text, ranker))


def _unsettled(text: str, ranker: Ranker) -> Iterator[WordChange]:
    """Yield the changes of a text on which repairs never come to rest: as suggestions only."""
    for change in doubts(Reader.of(text, ranker)):
        yield change.replace(applied=False, grade="ambiguous")


def _in_order(changes: Sequence[WordChange]) -> tuple[WordChange, ...]:
    return tuple(sorted(changes, key=lambda change: change.start))


def _rewritten(text: str, applied: Sequence[WordChange]) -> str:
    parts, at = [], 0
    for change in applied:
        parts += [text[at : change.start], change.value]
        at = change.start + len(change.raw)
    return "".join([*parts, text[at:]])


def _placed(change: WordChange, applied: Sequence[WordChange]) -> WordChange:
    """Move a change found in the rewritten text to the place of its word in the original one."""
    start = change.start
    for earlier in applied:
        if earlier.start >= start:
            break
        start += len(earlier.raw) - len(earlier.value)
    return change.replace(start=max(start, 0))


def _overlaps(change: WordChange, applied: Sequence[WordChange]) -> bool:
    end = change.start + len(change.raw)
    return any(earlier.start < end and change.start < earlier.start + len(earlier.raw) for earlier in applied)
