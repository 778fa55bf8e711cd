"""What is known of words while one document is read: lexicon, official list, the document's own repetition."""

from __future__ import annotations

from collections import Counter

from normalize.draft import Draft
from normalize.words import DocumentVocabulary, Neighbours, Ranker, split_joined, tokenize

REPEATED = 3  # cells of a document in which a word must stand to vouch for itself
SHORTEST = 4
COMMON = 5.0  # frequency (Zipf) from which on a short word is no mere piece of one


class DocumentWords:
    """What is known of words while one document is read: lexicon, official list, the document's repetition."""

    def __init__(self, draft: Draft) -> None:
        """Count the words of the draft's cells."""
        self._words = draft.resources.words
        self._repeated = _repeated(draft)
        self._ranker = Ranker(DocumentVocabulary(), self._words)
        self._known: dict[str, bool] = {}
        self._near: dict[str, bool] = {}

    def knows(self, word: str) -> bool:
        """See `Lexical`."""
        if word not in self._known:
            printed = self._words.official.printed
            self._known[word] = word in self._repeated or word in printed or self._words.knows(word)
        return self._known[word]

    def nearly(self, word: str) -> bool:
        """See `Lexical`."""
        if word not in self._near:
            alike = self._ranker.rank(word, Neighbours()) or split_joined(
                word, DocumentVocabulary(), self._words
            )
            self._near[word] = bool(alike)
        return self._near[word]

    def is_common(self, word: str) -> bool:
        """See `Lexical`."""
        return self._words.lexicon.frequency(word) >= COMMON


def _repeated(draft: Draft) -> frozenset[str]:
    counts: Counter[str] = Counter()
    cells = {id(cell): cell for row in draft.rows for cell in row.cells if cell.lines}
    for cell in cells.values():
        counts.update({token.folded for token in tokenize(" ".join(line.text for line in cell.lines))})
    return frozenset(word for word, count in counts.items() if count >= REPEATED and len(word) >= SHORTEST)
