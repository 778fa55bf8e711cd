"""What is known of words while one document is read: the lexicon, the official list, and what the document itself prints."""

from __future__ import annotations

import itertools
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from functools import cached_property

from extract.types import TextLine
from normalize.recognised.settings import CANDIDATES
from normalize.words.candidates import Neighbours, Ranker
from normalize.words.confusables import strokes
from normalize.words.resources import WordResources
from normalize.words.vocabulary import DocumentVocabulary

_AROUND = ".,;:!?'\"()[]{}*•-–—/“”‘’`~^|_"  # signs around a word
PARTS = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*|\d+(?:[.,]\d+)*")


class Vocabulary:
    """The words of one document and those that were known before; counts are of words in the case they are read in."""

    def __init__(self, lines: Iterable[TextLine], words: WordResources) -> None:
        """Count the words of a document's recognised lines."""
        self.lines = tuple(lines)
        self.words = words
        self._knows: dict[str, float] = {}
        self._ranker = Ranker(DocumentVocabulary(), words)
        self._near: dict[str, tuple[str, ...]] = {}

    @cached_property
    def counts(self) -> Counter[str]:
        """How often each part of a word (letters, or figures) was read, in its case."""
        return Counter(part for line in self.lines for part in PARTS.findall(line.text))

    @cached_property
    def folded(self) -> Counter[str]:
        """The same without case."""
        found: Counter[str] = Counter()
        for part, count in self.counts.items():
            found[part.casefold()] += count
        return found

    @cached_property
    def signs(self) -> Counter[str]:
        """How often each sign ends a word inside a line; `""` for words without one."""
        words = (word.text for line in self.lines for word in line.words[:-1])
        return Counter(ending(text) for text in words)

    @cached_property
    def pairs(self) -> Counter[tuple[str, str]]:
        """How often two words are neighbours in a line, without case and signs."""
        found: Counter[tuple[str, str]] = Counter()
        for line in self.lines:
            parts = [core(word).casefold() for word in line.text.split()]
            found.update(itertools.pairwise(parts))
        return found

    @cached_property
    def by_shape(self) -> Mapping[str, tuple[str, ...]]:
        """The document's words of four letters and more that were read at least twice, by length."""
        found: dict[str, list[str]] = defaultdict(list)
        for part, count in self.counts.items():
            if count > 1 and len(part) >= 4 and part[0].isalpha():
                found[str(len(part))].append(part)
        return {length: tuple(parts) for length, parts in found.items()}

    @cached_property
    def acronyms(self) -> Mapping[str, str]:
        """The acronyms that the document prints three times and more, by what they look like without case."""
        found: dict[str, str] = {}
        for part, count in sorted(self.counts.items(), key=lambda each: each[1]):
            if (
                count >= CANDIDATES.often
                and part.isalpha()
                and part.isupper()
                and 1 < len(part) <= CANDIDATES.acronym
            ):
                found[strokes(part).casefold()] = part
        return found

    def acronym(self, part: str) -> str | None:
        """Return the acronym that a part looks like in another case or with other strokes (`Zi`, `Zl` for `ZI`)."""
        found = self.acronyms.get(strokes(part).casefold())
        rare = found is not None and CANDIDATES.often * self.counts[part] <= self.counts[found]
        common = self.words.lexicon.frequency(part) >= CANDIDATES.common
        return found if rare and found != part and not common else None

    @cached_property
    def wear(self) -> Mapping[int | None, float]:
        """The share of each page's words that the first reader was unsure of."""
        unsure: Counter[int | None] = Counter()
        total: Counter[int | None] = Counter()
        for line in self.lines:
            total[line.page] += len(line.words)
            unsure[line.page] += sum(word.confidence < CANDIDATES.read for word in line.words)
        return {page: unsure[page] / max(1, count) for page, count in total.items()}

    def knows(self, part: str) -> float:
        """Return how well a part is known apart from the document: 0 not at all, 1 listed or derived, 2 official."""
        if part not in self._knows:
            folded = part.casefold()
            official = self.words.official
            known = 0.0
            if folded in official.words or folded in official.printed:
                known = 2.0
            elif self.words.knows(folded) or folded in self.words.habits:
                known = 1.0
            elif "-" in folded and all(map(self.words.knows, folded.split("-"))):
                known = 0.5
            self._knows[part] = known
        return self._knows[part]

    def near(self, part: str) -> tuple[str, ...]:
        """Return the known words that a part of letters may have been misread from, in small letters, likeliest first."""
        folded = part.casefold()
        if folded not in self._near:
            ranked = self._ranker.rank(folded, Neighbours())
            self._near[folded] = tuple(candidate.word for candidate in ranked[: CANDIDATES.confused])
        return self._near[folded]


def core(word: str) -> str:
    """Return a word without the signs around it."""
    return word.strip(_AROUND)


def ending(word: str) -> str:
    """Return the signs at a word's end."""
    return word[len(word.rstrip(_AROUND)) :]


def beginning(word: str) -> str:
    """Return the signs at a word's start."""
    return word[: len(word) - len(word.lstrip(_AROUND))]
