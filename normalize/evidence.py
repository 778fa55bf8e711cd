"""The words of recognised lines turned into what is known of each: who agreed on it, and what kind of word it is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal, Protocol, get_args

from rapidfuzz.distance import Levenshtein

from extract.types import TextLine, Word
from normalize.confusables import skeleton
from normalize.oddities import (
    Known,
    core,
    has_commoner_twin,
    is_abbreviation,
    is_stopped_title,
    looks_misread,
)

# agreed: two readers saw the same; stops, strokes, case, signs: they differ only in `.,;:`, in signs of one shape (an
# upright stroke I l i 1 |, a round O 0), in the case of letters, in other signs, in where words or lone signs are
# parted; against-odd, against-known: the other saw another word, one that nothing vouches for or a known one; alone:
# one reader looked.
Agreement = Literal[
    "agreed", "stops", "strokes", "case", "signs", "parted", "against-odd", "against-known", "alone"
]
# known: listed, official or repeated; near: no known word, but one letter or space from one; stray: it looks misread,
# whatever else it is; odd: another unknown word; number: with digits; roman: a capital numeral; letter, short: one, two
# or three letters; signs: no letter; name: any other with capitals.
WordClass = Literal["known", "near", "stray", "odd", "number", "roman", "letter", "short", "signs", "name"]
# repeated: the document prints the word in this form at least three times; rival: it prints the same letters in
# another form far more often, or nearly the same between the same two words; single: neither.
Support = Literal["repeated", "rival", "single"]
AGREEMENTS: tuple[Agreement, ...] = get_args(Agreement)
CLASSES: tuple[WordClass, ...] = get_args(WordClass)

_LETTERS = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_CORE = re.compile(r"[^\w]+")
_ALIKE = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'", "–": "-", "—": "-"})
_SHORT, _PAIR = 3, 2
# The wear of a page on which dirt, or a comma, is commonly read as a stop, and of one on which it is within a line.
ROUGH, WORN = "rough", "worn"
# Of 69 stops that both readers saw and the first gave so much, on copies in one bit, photographed, faint and dirty, 46 were
# stops; but for the dirty ones all.
SURE_STOP = 0.99
DOUBTED_STOP = (
    0.6  # confidence from which down a word's full stop is more likely dirt (`extract.scan.text.stops`)
)

_AGAINST = ("against-odd", "against-known")
RATHER = 3  # times as often as the word, the other reader's is printed at least to count against it
_NUMERAL = re.compile(r"[IVX]{1,4}[.,;]?")
_STOPS = re.compile(r"[.,;:]+")
_STROKES_ALONE = re.compile(r"[ivxIVXl1]{1,5}")
_SHARE = re.compile(r"(\d+(?:[.,]\d+)?)%[.,;]?")


class Lexical(Known, Protocol):
    """What is known of words; all of them in lower case."""

    def nearly(self, word: str) -> bool:
        """Tell whether a word that nothing vouches for is a letter or a space from one that is known."""

    def support(self, form: str) -> Support:
        """Tell how often the document prints a form (in its case, without signs around it)."""

    def is_pair(self, letters: str) -> bool:
        """Tell whether two small letters are a word that decrees print."""

    def prints(self, form: str) -> int:
        """Return how many times the document prints a form (in its case, without signs around it)."""

    def elsewhere(self, before: str, word: str, behind: str) -> str | None:
        """Return what the document prints between the same two words far more often, if it is nearly the same."""

    def parts_by(self, sign: str) -> int:
        """Return how many times the document ends a word inside a line with a sign."""

    def rival(self, form: str) -> str | None:
        """Return the acronym that the document prints far more often with the same strokes in other case (ZI for Zi)."""

    def wear(self, page: int | None) -> str:
        """Return how worn a page is: a name by the share of its words that the reader was unsure of."""


@dataclass(frozen=True, slots=True)
class WordEvidence:
    """One recognised word and what speaks for it.

    `confidence` is the reader's, 0 to 1; `theirs` is what the other reader saw in its place, `theirs_known` tells
    that every word of that is known; `support` is the document's own, `wear` tells how worn the page is.
    """

    text: str
    confidence: float
    agreement: Agreement
    word_class: WordClass
    theirs: str = ""
    theirs_known: bool = False
    support: Support = "single"
    wear: str = ""

    @property
    def kind(self) -> str:
        """Agreement and class together."""
        return f"{self.agreement} {self.word_class}"

    @property
    def parts(self) -> dict[str, str]:
        """The word's value for each part of the calibration."""
        return {
            "agreement": self.agreement,
            "class": self.word_class,
            "kind": self.kind,
            "support": self.support,
            "wear": self.wear,
        }


def lines_evidence(lines: Sequence[TextLine], words: Lexical) -> Iterator[WordEvidence]:
    """Yield the words of a cell's recognised lines; the halves of a known word that its column cuts in two are known."""
    cut = [is_cut_word(a, b, words) for a, b in pairwise(lines)]
    if not lines:
        return
    for line, with_above, with_below in zip(lines, [False, *cut], [*cut, False], strict=True):
        found = list(line_evidence(line, words))
        if with_above:
            found[0] = replace(found[0], word_class="known")
        if with_below:
            found[-1] = replace(found[-1], word_class="known")
        yield from found


def is_cut_word(line: TextLine, below: TextLine, words: Known) -> bool:
    """Tell whether the last word of a line and the first one of the next are one known word that the column cuts in two."""
    if not line.words or not below.words:
        return False
    one, other = _CORE.split(line.words[-1].text)[-1].lower(), _CORE.split(below.words[0].text)[0].lower()
    both = words.knows(one) and words.knows(other)
    return one.isalpha() and other.isalpha() and not both and words.knows(one + other)


def line_evidence(line: TextLine, words: Lexical) -> Iterator[WordEvidence]:
    """Yield the words of a recognised line; `words` is what is known of words."""
    other = line.others[0] if line.agreed is False and line.others else None
    steps = _steps(line.text, other) if other is not None else []
    position = 0
    for n, word in enumerate(line.words):
        start = line.text.find(word.text, position)
        position = start + len(word.text)
        theirs = _counterpart(other, steps, start, position) if other is not None else word.text
        agreement: Agreement = "alone" if line.agreed is None else _agreement(word.text, theirs, words)
        before = line.words[n - 1].text if n else ""
        behind = line.words[n + 1].text if n + 1 < len(line.words) else ""
        kind = word_class(word.text, words, before=before, behind=behind)
        titled = kind == "known" and is_stopped_title(line.text) and core(word.text) != word.text
        wear = words.wear(line.page)
        sure = agreement == "agreed" and word.confidence >= SURE_STOP
        doubted = not sure and _is_doubted_stop(word, n, behind, wear)
        if titled or doubted or words.rival(core(word.text)) is not None:
            kind = "stray"
        seen = theirs.strip()
        against = agreement in _AGAINST and _prints_rather(seen, word.text, words)
        rival = against or words.elsewhere(before, word.text, behind) is not None
        support = "rival" if rival else words.support(core(word.text))
        known = _all_known(seen, words)
        if _is_no_dissent(agreement, word.text, seen, support, words):
            agreement = "agreed"
        alike = core(word.text).casefold() == core(seen).casefold()
        if agreement in ("case", "strokes") and alike and support != "repeated" and len(core(seen)) <= _SHORT:
            kind = "stray"  # in so few letters nothing tells which case was printed
        yield WordEvidence(word.text, word.confidence, agreement, kind, seen, known, support, wear)


def _is_no_dissent(agreement: Agreement, ours: str, theirs: str, support: Support, words: Lexical) -> bool:
    """Tell whether what the other reader saw speaks for nothing else: a form that the document never prints, no word."""
    if _STROKES_ALONE.fullmatch(core(ours)):
        return False  # a numeral's strokes are counted by no other cell's
    if agreement == "strokes" and is_known(ours, words) and not is_known(theirs, words):
        return True
    if agreement == "stops" and _is_own_parting(ours, theirs, words):
        return True
    repeated = support == "repeated" and not words.prints(core(theirs))
    garbled = agreement in _AGAINST and _SHARE.fullmatch(ours) is not None and _is_garbled(theirs)
    return repeated and (agreement in ("case", "strokes") or garbled)


def _is_own_parting(ours: str, theirs: str, words: Lexical) -> bool:
    """Tell whether a word ends with the sign that parts the document's items, where the other saw one that it hardly prints."""
    one, other = ours[-1:], theirs[-1:]
    if core(ours) != core(theirs) or one == other or not _STOPS.fullmatch(one) or not _STOPS.fullmatch(other):
        return False
    return words.parts_by(one) >= RATHER * max(1, words.parts_by(other))


def _is_garbled(word: str) -> bool:
    """Tell whether letters stand behind figures (`715Yo` for `75%`), as in no number."""
    return re.fullmatch(r"\d+[^\W\d_]+", word) is not None


def _prints_rather(theirs: str, ours: str, words: Lexical) -> bool:
    """Tell whether what the other reader saw is printed far more often: by the document, or a common word for a rare one."""
    own, other = core(ours), core(theirs)
    if words.prints(other) >= RATHER * max(1, words.prints(own)):
        return True
    small = own.isalpha() and other.isalpha() and own.islower() and other.islower()
    return small and words.is_common(other) and not words.is_common(own) and words.prints(own) == 1


def _is_doubted_stop(word: Word, place: int, behind: str, wear: str) -> bool:
    """Tell whether a word's full stop may be dirt, or the foot of a comma: the picture doubts it, or the page is worn.

    A numeral or an abbreviation (`IV.` at the start of a line, `No.`) has one by right.
    """
    common = wear == ROUGH or (wear == WORN and behind != "")
    doubted = word.text.endswith(".") and word.confidence <= DOUBTED_STOP
    return doubted or (common and is_whole_stop(word.text, place) and not word.sure_stop)


def is_whole_stop(word: str, place: int = 1) -> bool:
    """Tell whether a full stop ends a whole word or an acronym, no abbreviation; `place` counts words of its line from 0."""
    inner = core(word)
    whole = len(inner) > _SHORT or (place > 0 and len(inner) >= _PAIR and inner.isupper())
    return word.endswith(".") and whole and inner.isalpha()


def is_known(word: str, words: Lexical) -> bool:
    """Tell whether every part of a word that is made of letters is vouched for."""
    parts = [part.lower() for part in _LETTERS.findall(word)]
    return bool(parts) and all(words.knows(p) or all(map(words.knows, p.split("-"))) for p in parts)


def _all_known(text: str, words: Lexical) -> bool:
    """Tell whether a text is words and numerals only, one of them known, none with a sign where none belongs."""
    parts = text.split()
    kinds = [word_class(part, words) for part in parts]
    numerals = all(k == "known" or _NUMERAL.fullmatch(p) for k, p in zip(kinds, parts, strict=True))
    return "known" in kinds and numerals


def word_class(word: str, words: Lexical, *, before: str = "", behind: str = "") -> WordClass:
    """Return what kind of word it is; `before` and `behind` are its neighbours in the line (empty: none).

    One that looks misread is told by `normalize.oddities`.
    """
    letters = "".join(_LETTERS.findall(word))
    if looks_misread(word, before, behind, words):
        return "stray"
    if any(char.isdigit() for char in word):
        return "number"
    if not letters or (word == "x" and before[-1:].isdigit() and behind[:1].isdigit()):
        return "signs"
    if _NUMERAL.fullmatch(core(word)):
        return "roman"
    if is_abbreviation(word) and (any(map(str.isupper, word)) or "." in word[:-1]):
        return "short"
    kind = _class_of_letters(word, letters, words)
    named = core(word).istitle() and (is_abbreviation(before) or is_abbreviation(behind))
    return "odd" if kind == "near" and named else kind


def _class_of_letters(word: str, letters: str, words: Lexical) -> WordClass:
    if has_commoner_twin(word, words) or _is_odd_pair(letters, words):
        return "near"
    known = is_known(word, words)
    if len(letters) <= _SHORT and not (known and letters.islower() and len(letters) > 1):
        return "letter" if len(letters) == 1 else "short"
    return "known" if known else _unknown_class(word, letters, words)


def _is_odd_pair(letters: str, words: Lexical) -> bool:
    """Tell whether two small letters are none of the few such words (`di`, `ke`): mostly what is left of a word."""
    return len(letters) == _PAIR and letters.islower() and not words.is_pair(letters)


def _unknown_class(word: str, letters: str, words: Lexical) -> WordClass:
    parts = [part.lower() for part in _LETTERS.findall(word) if not words.knows(part.lower())]
    pieces = [piece for part in parts for piece in {part, *part.split("-")} if not words.knows(piece)]
    if any(map(words.nearly, pieces)):
        return "near"
    return "odd" if letters[1:].islower() else "name"


def _steps(ours: str, theirs: str) -> list[tuple[int, int, int, int]]:
    codes = Levenshtein.opcodes(ours.translate(_ALIKE), theirs.translate(_ALIKE))
    return [(c.src_start, c.src_end, c.dest_start, c.dest_end) for c in codes]


def _counterpart(other: str, steps: Sequence[tuple[int, int, int, int]], start: int, end: int) -> str:
    """Return what the other reader saw where a word stands, with what it saw beyond the word's ends."""
    low, high = len(other), 0
    for src_start, src_end, dest_start, dest_end in steps:
        if src_end < start or src_start > end or (src_end == start and src_end > src_start):
            continue
        if src_start == end and src_end > src_start:
            continue
        equal = src_end - src_start == dest_end - dest_start
        low = min(low, dest_start + max(0, start - src_start) if equal else dest_start)
        high = max(high, dest_end - max(0, src_end - end) if equal else dest_end)
    return other[low:high]


def _is_share(ours: str, theirs: str) -> bool:
    """Tell whether one reader saw a percentage, the other its figures with no sign or a misread one (`25Yo`, `10076`)."""
    share = _SHARE.fullmatch(ours)
    return share is not None and theirs.startswith(share[1]) and len(theirs) - len(share[1]) <= _SHORT


def _agreement(ours: str, theirs: str, words: Lexical) -> Agreement:
    seen = theirs.strip()
    if ours.translate(_ALIKE) == seen.translate(_ALIKE) or _is_share(ours, seen):
        return "agreed"
    if _STOPS.sub("", ours) == _STOPS.sub("", seen):
        return "stops"
    if skeleton(ours) == skeleton(seen):
        return "strokes"
    if ours.casefold() == seen.casefold():
        return "case"
    if _CORE.sub("", ours) == _CORE.sub("", seen):
        return "signs" if len(ours.split()) == len(seen.split()) else "parted"
    return "against-known" if is_known(seen, words) else "against-odd"
