"""A slot turned into the texts that may be printed there: by its readers, the document, the lexicon."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

from rapidfuzz.distance import Levenshtein

from normalize.recognised.document_words import PARTS, Vocabulary, beginning, core, ending
from normalize.recognised.settings import CANDIDATES
from normalize.recognised.slots import Slot
from normalize.words.confusables import plain_marks


def candidates(slot: Slot, vocabulary: Vocabulary) -> list[str]:
    """Return the texts that may be printed in a slot, that of the first reader first."""
    own = slot.text
    if is_sure(slot, vocabulary):
        return [own]
    seen = [own, *_weighed(slot)]
    found = dict.fromkeys(seen)
    if slot.second:
        found |= dict.fromkeys([slot.second, *_crossed(own, slot.second)])
    for text in [*seen[: CANDIDATES.tried], slot.second or ""]:
        found |= dict.fromkeys(_known(text, vocabulary))
    whole = slot.opens and slot.closes  # ink that was read is never nothing
    return [text for text in found if text or not whole][: CANDIDATES.most]


def is_sure(slot: Slot, vocabulary: Vocabulary) -> bool:
    """Tell whether the first reader was sure of a slot's one word (a dash of any kind), known, and the second saw nothing else."""
    parts = [
        part for part in PARTS.findall(slot.text) if len(part) >= CANDIDATES.shortest and part[0].isalpha()
    ]
    known = all(map(vocabulary.knows, parts))
    known &= not any(map(vocabulary.acronym, PARTS.findall(slot.text)))
    own, word = plain_marks(slot.text), slot.words[0]
    alike = slot.second is None or plain_marks(slot.second) == own
    chance = word.confidence + sum(c.chance for c in word.choices if plain_marks(c.text) == own)
    return alike and len(slot.words) == 1 and chance >= CANDIDATES.sure and known


def _weighed(slot: Slot) -> Iterator[str]:
    """Yield what the first reader weighed beside its own text, one word at a time, and its words as one."""
    words = [word.text for word in slot.words]
    if len(words) > 1:
        yield "".join(words)
    for at, word in enumerate(slot.words):
        for choice in word.choices:
            parts = [*words[:at], choice.text, *words[at + 1 :]]
            yield " ".join(part for part in parts if part)


def _crossed(own: str, other: str) -> Iterator[str]:
    """Yield one reader's letters within the other one's signs."""
    if " " in own or " " in other or not core(own) or not core(other):
        return
    signs = (beginning(own), beginning(other)), (core(own), core(other)), (ending(own), ending(other))
    yield from map("".join, product(*signs))


def _known(text: str, vocabulary: Vocabulary) -> Iterator[str]:
    """Yield the text with a known word in its letters' place: the document's own, or a listed one."""
    inner = core(text)
    if (acronym := vocabulary.acronym(inner)) is not None:
        yield beginning(text) + acronym + ending(text)
    if len(inner) < CANDIDATES.shortest or not inner.replace("-", "").isalpha() or " " in text:
        return
    before, behind = beginning(text), ending(text)
    far = CANDIDATES.far if len(inner) > CANDIDATES.short else 1
    for length in range(len(inner) - far, len(inner) + far + 1):
        for form in vocabulary.by_shape.get(str(length), ()):
            if 0 < Levenshtein.distance(inner, form, score_cutoff=far) <= far:
                yield before + form + behind
    if not vocabulary.knows(inner):
        for word in vocabulary.near(inner):
            yield before + _in_case(inner, word) + behind


def _in_case(inner: str, word: str) -> str:
    if inner.isupper():
        return word.upper()
    return word[:1].upper() + word[1:] if inner[:1].isupper() else word
