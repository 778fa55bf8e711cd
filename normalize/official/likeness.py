"""Texts and wordings of the sheet turned into a matrix of likeness: rare words count more, forms of a word are one.

A word of a text stands for a word of the sheet if they are equal, forms of one stem, or alike in letters (a misread
one). The likeness of a text and a wording is the harmonic mean of two shares, both weighed by rarity in the sheet:
how much of the wording the text holds, and how much of the text the wording holds.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from statistics import median
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz, process

from normalize.official.settings import WORD_LIKENESS
from normalize.words.affixes import stems

Matrix: TypeAlias = NDArray[np.float32]
_NOTHING = ""
_LEAST = 1e-6  # keeps a division by nothing finite
_PERCENT = 100


@dataclass(frozen=True, slots=True)
class Wording:
    """Words of one item of the sheet, and those of them that its neighbours share (`common`)."""

    words: tuple[str, ...]
    common: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Shares:
    """For each text (rows) and wording (columns), 0 to 1: how much of the wording the text holds, and back.

    `found` says for each text (rows) and word of the sheet (columns) how surely the text holds it.
    """

    recall: Matrix
    precision: Matrix
    found: Matrix

    @property
    def likeness(self) -> Matrix:
        """The harmonic mean of both shares."""
        total = self.recall + self.precision
        return np.asarray(2 * self.recall * self.precision / np.maximum(total, _LEAST), dtype=np.float32)


@dataclass(frozen=True)
class WordIndex:
    """The wordings of the sheet, ready to be compared."""

    wordings: tuple[Wording, ...]

    @cached_property
    def vocabulary(self) -> tuple[str, ...]:
        """Every word of the wordings, sorted."""
        return tuple(sorted({word for wording in self.wordings for word in wording.words}))

    @cached_property
    def rarity(self) -> Matrix:
        """Weight of each word: the logarithm of how seldom it, or a form of it, occurs in a wording."""
        counts = Counter(word for wording in self.wordings for word in wording.words)
        counted = self._related @ np.array([counts[word] for word in self.vocabulary], dtype=np.float32)
        return (
            np.log((len(self.wordings) + 1) / (counted + WORD_LIKENESS.smoothing))
            .clip(WORD_LIKENESS.rarest)
            .astype(np.float32)
        )

    @cached_property
    def _related(self) -> NDArray[np.bool_]:
        return self._fit_of(self.vocabulary) >= WORD_LIKENESS.form

    def shares(self, texts: Sequence[Sequence[str]]) -> Shares:
        """Compare texts, each given by its words, with every wording; equal texts are compared once."""
        different = {tuple(text): n for n, text in enumerate(dict.fromkeys(map(tuple, texts)))}
        shares = self._shares(tuple(different))
        rows = [different[tuple(text)] for text in texts]
        return Shares(shares.recall[rows], shares.precision[rows], shares.found[rows])

    def _shares(self, texts: Sequence[tuple[str, ...]]) -> Shares:
        words = tuple(dict.fromkeys(word for text in texts for word in text)) or (_NOTHING,)
        places = {word: n for n, word in enumerate(words)}
        laid = np.array([places[word] for text in texts for word in text or words[:1]])
        starts = np.cumsum([0, *(len(text) or 1 for text in texts[:-1])])
        holds_nothing = np.array([not text for text in texts])
        fit = self._fit_of(words)
        found = np.maximum.reduceat(fit[laid], starts, axis=0)
        precision = self._precision(fit, laid, starts)
        found[holds_nothing], precision[holds_nothing] = 0, 0
        return Shares(self._recall(found), precision, found)

    def recall_beyond(self, found: Matrix, wording: int, other: int) -> tuple[float, float]:
        """Compare one text (a row of `found`) with what a wording says beyond another one.

        Returns how much of that the text holds, and which share of the wording it is (both 0 to 1).
        """
        weights = self._weights[wording] * ~self._related[self._places[other]].any(axis=0)
        total, whole = float(weights.sum()), float(self._weights[wording].sum())
        return (float(found @ weights) / total, total / whole) if total else (0.0, 0.0)

    def _recall(self, found: Matrix) -> Matrix:
        """Sums and not a matrix product: that would start threads, which cost more than they save here."""
        weights = self._laid_weights
        held = np.add.reduceat(found[:, self._laid] * weights, self._starts, axis=1)
        return np.asarray(held / np.add.reduceat(weights, self._starts).clip(_LEAST), dtype=np.float32)

    def _precision(self, fit: Matrix, laid: NDArray[np.int64], starts: NDArray[np.int64]) -> Matrix:
        held = np.maximum.reduceat(fit[:, self._laid], self._starts, axis=1)
        nearest, known = fit.argmax(axis=1), fit.max(axis=1)
        weight = np.where(known > 0, self.rarity[nearest], WORD_LIKENESS.unknown * self._usual)
        weighed = weight[:, None] * self._keeps[:, nearest].T
        whole = np.add.reduceat(weighed[laid], starts, axis=0)
        share = np.add.reduceat((weighed * held)[laid], starts, axis=0)
        return np.asarray(share / whole.clip(_LEAST), dtype=np.float32)

    def _fit_of(self, words: Sequence[str]) -> Matrix:
        """Return how much each word stands for each word of the vocabulary, 0 to 1."""
        ratios = process.cdist(words, self.vocabulary, scorer=fuzz.ratio, score_cutoff=WORD_LIKENESS.alike)
        long = np.array([len(word) >= WORD_LIKENESS.long for word in words])
        known_long = np.array([len(word) >= WORD_LIKENESS.long for word in self.vocabulary])
        found = np.where(long[:, None] & known_long[None, :], (ratios / _PERCENT) ** 2, 0).astype(np.float32)
        families = self._families
        for n, word in enumerate(words):
            related = {place for stem in (word, *stems(word)) for place in families.get(stem, ())}
            found[n, list(related)] = WORD_LIKENESS.form
        found[ratios >= _PERCENT] = 1.0
        return found

    @cached_property
    def _families(self) -> Mapping[str, list[int]]:
        found: dict[str, list[int]] = defaultdict(list)
        for place, word in enumerate(self.vocabulary):
            for stem in (word, *stems(word)):
                found[stem].append(place)
        return found

    @cached_property
    def _places(self) -> tuple[list[int], ...]:
        places = {word: n for n, word in enumerate(self.vocabulary)}
        return tuple([places[word] for word in wording.words] for wording in self.wordings)

    @cached_property
    def _laid(self) -> NDArray[np.int64]:
        """The places of all wordings' words, one wording behind the other; `_starts` says where each begins."""
        return np.array([place for places in self._places for place in places])

    @cached_property
    def _starts(self) -> NDArray[np.int64]:
        sizes = [len(places) for places in self._places]
        return np.cumsum([0, *sizes[:-1]])

    @cached_property
    def _keeps(self) -> Matrix:
        """What each word's weight keeps in each wording: a word common to the neighbours tells less."""
        keeps = np.ones((len(self.wordings), len(self.vocabulary)), np.float32)
        places = {word: n for n, word in enumerate(self.vocabulary)}
        for n, wording in enumerate(self.wordings):
            for word in wording.common & places.keys():
                keeps[n, self._related[places[word]]] = WORD_LIKENESS.common
        return keeps

    @cached_property
    def _weights(self) -> Matrix:
        holds = np.zeros((len(self.wordings), len(self.vocabulary)), np.float32)
        for n, places in enumerate(self._places):
            holds[n, places] = 1.0
        return np.asarray(holds * self.rarity * self._keeps, dtype=np.float32)

    @cached_property
    def _laid_weights(self) -> Matrix:
        return np.concatenate([self._weights[n, places] for n, places in enumerate(self._places)])

    @cached_property
    def _usual(self) -> float:
        return float(median(self.rarity.tolist()))
