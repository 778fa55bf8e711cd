"""Turns the word data handed in into what the corrector looks things up in."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from normalize.words.affixes import stems
from normalize.words.confusions import ConfusionTable
from normalize.words.lexicon import Lexicon
from normalize.words.settings import EVIDENCE
from normalize.words.tokens import tokenize
from schema.language import decree_words

_TEXT_FIELDS = frozenset({"text", "name", "aliases", "details"})
_TWO = 2


def official_sentences(document: object, field_name: str = "") -> list[str]:
    """Return the wordings in an official list (parsed JSON): its texts, names, aliases and details."""
    if isinstance(document, str):
        return [document] if field_name in _TEXT_FIELDS else []
    if isinstance(document, Mapping):
        return [found for key, value in document.items() for found in official_sentences(value, key)]
    if isinstance(document, list):
        return [found for value in document for found in official_sentences(value, field_name)]
    return []


_POSSESSIVE = decree_words("affixes")["clitics"][0]  # `nya`
_COMPOUND = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)+")


@dataclass(frozen=True, slots=True)
class OfficialWording:
    """The words, neighbours and sentences of the official list, in lower case.

    An official list has misprints too: a word counts only where it is listed in the
    lexicon or occurs in more than one sentence. `printed` are all of its words and compounds with hyphens.
    """

    words: frozenset[str]
    printed: frozenset[str]
    bigrams: frozenset[tuple[str, str]]
    sentences: tuple[tuple[str, ...], ...]
    places: Mapping[tuple[str, str, int], tuple[tuple[int, int], ...]]

    @classmethod
    def of(cls, texts: Iterable[str], lexicon: Lexicon) -> OfficialWording:
        """Index the wordings of an official list."""
        texts = tuple(texts)
        sentences = tuple(dict.fromkeys(tuple(t.folded for t in tokenize(text)) for text in texts))
        counts = Counter(word for sentence in sentences for word in set(sentence))
        words = frozenset(w for w, n in counts.items() if n >= _TWO or lexicon.contains(w))
        bigrams = frozenset(pair for s in sentences for pair in pairwise(s))
        compounds = {found.lower() for text in texts for found in _COMPOUND.findall(text)}
        return cls(words, frozenset(counts) | compounds, bigrams, sentences, _places(sentences))


def _places(
    sentences: tuple[tuple[str, ...], ...],
) -> dict[tuple[str, str, int], tuple[tuple[int, int], ...]]:
    """Index each word's place by two of its neighbours: around it (0), before it (-1), behind it (1)."""
    found: dict[tuple[str, str, int], list[tuple[int, int]]] = {}
    for number, sentence in enumerate(sentences):
        for at in range(len(sentence)):
            for key in context_keys(sentence, at):
                found.setdefault(key, []).append((number, at))
    return {key: tuple(value) for key, value in found.items()}


def context_keys(words: tuple[str, ...], at: int) -> tuple[tuple[str, str, int], ...]:
    """Return the keys under which a word's neighbours are indexed."""
    keys: list[tuple[str, str, int]] = []
    if 0 < at < len(words) - 1:
        keys.append((words[at - 1], words[at + 1], 0))
    if at >= _TWO:
        keys.append((words[at - 2], words[at - 1], -1))
    if at + _TWO < len(words):
        keys.append((words[at + 1], words[at + 2], 1))
    return tuple(keys)


@dataclass(frozen=True, slots=True)
class WordResources:
    """All that is known before a document is seen: lexicon, official wording, confusions, spelling habits.

    `_known` and `_standard` keep what `knows` and `habit` found.
    """

    lexicon: Lexicon
    official: OfficialWording
    confusions: ConfusionTable
    habits: Mapping[str, str] = field(default_factory=dict)
    _known: dict[str, bool] = field(default_factory=dict, init=False, repr=False, compare=False)
    _standard: dict[str, str | None] = field(default_factory=dict, init=False, repr=False, compare=False)

    @classmethod
    def of(
        cls,
        lexicon: Lexicon,
        official_texts: Iterable[str],
        confusions: Mapping[str, Any],
        spelling_variants: Mapping[str, str],
    ) -> WordResources:
        """Build the resources from parsed data files."""
        return cls(
            lexicon,
            OfficialWording.of(official_texts, lexicon),
            ConfusionTable.of(confusions),
            dict(spelling_variants),
        )

    def knows(self, word: str) -> bool:
        """Tell whether a lower-case word is listed, official or regularly derived."""
        known = self._known.get(word)
        if known is None:
            known = word in self.official.words or self.lexicon.contains(word)
            _remember(self._known, word, known)
        return known

    def habit(self, word: str) -> str | None:
        """Return the standard form of a lower-case word that is a known spelling habit, else `None`.

        What is written apart by itself is rightly one word between affixes (tindak lanjut,
        ditindaklanjuti).
        """
        if word not in self._standard:
            _remember(self._standard, word, self._standard_of(word))
        return self._standard[word]

    def _standard_of(self, word: str) -> str | None:
        if not [spelling for spelling in self.habits if spelling in word]:
            return None
        for stem in (word, *stems(word)):
            standard = self.habits.get(stem)
            if standard is None or stem not in word:
                continue
            if " " not in standard or word.removesuffix(_POSSESSIVE) == stem:
                return word.replace(stem, standard)
        return None


def _remember(known: dict[str, Any], word: str, value: object) -> None:
    """Keep what was found out of a word: a document prints its words again and again."""
    if len(known) >= EVIDENCE.most_known:
        known.clear()
    known[word] = value
