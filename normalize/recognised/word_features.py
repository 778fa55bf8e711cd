"""A candidate in its slot turned into numbers that speak for or against it."""

from __future__ import annotations

import math
import re

from rapidfuzz.distance import Levenshtein

from normalize.recognised.counting import begins, counts_on, is_numeral, leads_on
from normalize.recognised.document_words import PARTS, Vocabulary, core, ending
from normalize.recognised.settings import DECIDING
from normalize.recognised.slots import Slot
from normalize.words.confusables import plain_marks

EDIT = math.exp(-DECIDING.edits)  # share of its chance that an edit leaves, where a like text was weighed
KINDS = ("known", "unknown", "capitals", "number", "share", "short", "signs", "numeral")
NAMES = (
    "weighed",
    "nearly",
    "guessed",
    "own",
    "edits-own",
    "second",
    "second-core",
    "edits-second",
    "second-chance",
    "known",
    "official",
    "frequency",
    "printed",
    "printed-cased",
    "odd",
    "lone",
    "stop-before-small",
    "sign-rare",
    "pair",
    "capital-inside",
    "unbalanced",
    "indent",
    "opens",
    "closes",
    "list-sign",
    "agreed",
    "own-chance",
    "alone",
    "wear",
    "counts-on",
    "leads-on",
    "begins",
    "acronym-otherwise",
    *KINDS,
)
_ODD = re.compile(
    r"[^\W\d_][^\w\s/()&@+%#–—’'.-]+[^\W\d_]|[^\W\d_]\d|\d[^\W\d_]|[^\w\s]{3,}|[/(\-][.,:;'*^~|]|[;:,][.,;:]"
)
_ITEM = re.compile(r"[-–•]|\(?(?:\d{1,2}|[a-z])[.)]")
_CAMEL = re.compile(r"[a-z][A-Z]|[A-Z]{2}[a-z]")


def features(text: str, slot: Slot, vocabulary: Vocabulary, wear: float) -> list[float]:
    """Return the values of `NAMES` for a candidate text in a slot."""
    own, second = slot.text, slot.second
    is_own = text == own
    is_second = second is not None and plain_marks(text) == plain_marks(second)
    known = known_in(text, slot, vocabulary)
    kind = "numeral" if slot.opens and is_numeral(text) else kind_of(text, known)
    parts = PARTS.findall(text)
    words = [part for part in parts if part[0].isalpha()]
    used = list(PARTS.findall(own))
    printed = min((vocabulary.folded[p.casefold()] - (p in used) for p in parts), default=0)
    cased = min((vocabulary.counts[p] - (p in used) for p in parts), default=0)
    values = [
        math.log(max(_floor(slot), chance(text, slot))),
        math.log(max(DECIDING.least, _nearly(text, slot))),
        float(not is_own and not is_second and not chance(text, slot)),
        float(is_own),
        float(min(DECIDING.edits, Levenshtein.distance(text, own))),
        float(is_second),
        float(second is not None and core(text).casefold() == core(second).casefold()),
        float(min(DECIDING.edits, Levenshtein.distance(plain_marks(text), plain_marks(second))))
        if second is not None
        else 0.0,
        slot.second_chance * is_second,
        float(known > 0),
        float(known > 1),
        min((vocabulary.words.lexicon.frequency(part) for part in words), default=0.0),
        math.log1p(max(0, printed)),
        math.log1p(max(0, cased)),
        float(_ODD.search(text) is not None),
        float(len(core(text)) == 1 and core(text).isalpha() and core(text).islower()),
        float(ending(text)[:1] in {".", ":"} and len(core(text)) > 3 and slot.behind[:1].islower()),
        _rare(text, vocabulary) if slot.behind else 0.0,
        math.log1p(_pairs(text, slot, vocabulary)),
        float(_CAMEL.search(text) is not None),
        float(text.count("(") != text.count(")") and _ITEM.fullmatch(text) is None),
        min(2.0, slot.indent),
        float(slot.opens),
        float(slot.closes),
        float(slot.opens and not slot.closes and _ITEM.fullmatch(text) is not None),
        float(second is not None and plain_marks(own) == plain_marks(second)),
        -math.log10(max(DECIDING.least, 1 - chance(own, slot))),
        float(second is None),
        math.sqrt(wear),
        counts_on(text, slot.beside.above),
        leads_on(text, slot.beside.below),
        float(bool(slot.beside.above) and begins(text)),
        float(any(map(vocabulary.acronym, parts))),
    ]
    values += [float(kind == each) for each in KINDS]
    return values


def chance(text: str, slot: Slot) -> float:
    """Return the chance that the first reader gave a text, 0 where it did not weigh it."""
    if text == slot.text:
        return math.prod(word.confidence for word in slot.words)
    if len(slot.words) == 1:
        return next((choice.chance for choice in slot.words[0].choices if choice.text == text), 0.0)
    parts = text.split(" ")
    if len(parts) != len(slot.words):
        return 0.0
    found = 1.0
    for part, word in zip(parts, slot.words, strict=True):
        choice = next((c.chance for c in word.choices if c.text == part), 0.0)
        found *= word.confidence if part == word.text else choice
    return found


def _floor(slot: Slot) -> float:
    """Return the chance of a text that the first reader did not weigh: the less, the surer it was of its own."""
    return min(DECIDING.floor, max(DECIDING.least, 1 - chance(slot.text, slot)))


def _nearly(text: str, slot: Slot) -> float:
    """Return the chances of what the first reader weighed, each the less the more edits part it from a text."""
    if len(slot.words) > 1:
        return EDIT ** Levenshtein.distance(text, slot.text)
    word = slot.words[0]
    weighed = [(word.text, word.confidence), *((choice.text, choice.chance) for choice in word.choices)]
    return sum(share * EDIT ** Levenshtein.distance(text, seen) for seen, share in weighed)


def known_in(text: str, slot: Slot, vocabulary: Vocabulary) -> float:
    """Return how well the least known word of a text is known; the halves of a word that its column cuts make one."""
    words = [part for part in PARTS.findall(text) if part[0].isalpha()]
    found = [vocabulary.knows(word) for word in words]
    if words and not found[0] and slot.opens and slot.before.endswith(core(slot.before)):
        found[0] = vocabulary.knows(core(slot.before) + words[0]) if core(slot.before).isalpha() else 0.0
    if words and not found[-1] and slot.closes and text.endswith(words[-1]):
        found[-1] = vocabulary.knows(words[-1] + core(slot.behind)) if core(slot.behind).isalpha() else 0.0
    return min(found, default=0.0)


def kind_of(text: str, known: float) -> str:
    """Return which of `KINDS` a text is; `known` tells how well its words are known."""
    inner = core(text)
    if not any(map(str.isalnum, inner)):
        return "signs"
    if any(map(str.isdigit, inner)):
        return "share" if "%" in text else "number"
    letters = sum(map(str.isalpha, inner))
    if letters <= 2:
        return "short"
    if inner.isupper() and letters <= 6:
        return "capitals"
    return "known" if known else "unknown"


def _rare(text: str, vocabulary: Vocabulary) -> float:
    """Return how rarely words inside lines end as this one does, as a logarithm."""
    total = sum(vocabulary.signs.values()) + 1
    return -math.log((vocabulary.signs[ending(text)] + 0.5) / total) if ending(text) else 0.0


def _pairs(text: str, slot: Slot, vocabulary: Vocabulary) -> int:
    """Return how often the document prints a text beside one of its neighbours, apart from here."""
    inner = core(text).casefold()
    here = text == slot.text
    left, right = core(slot.before).casefold(), core(slot.behind).casefold()
    count = (vocabulary.pairs[left, inner] - here) if left else 0
    return max(0, count) + max(0, (vocabulary.pairs[inner, right] - here) if right else 0)
