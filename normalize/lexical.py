"""What is known of words while one document is read: lexicon, official list, the document's own repetition."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cached_property
from itertools import pairwise

from rapidfuzz.distance import Levenshtein

from extract.types import Cell
from normalize.confusables import STROKES, strokes
from normalize.draft import Draft
from normalize.evidence import Support
from normalize.oddities import core
from normalize.words import DocumentVocabulary, Neighbours, Ranker, split_joined, tokenize

_PARTS = re.compile(r"[/\-(),.;:]")
_STROKES = STROKES - {"I", "i", "!"}
_ROMAN = frozenset({"II", "III", "IV", "V", "VI"})
REPEATED = 3  # cells of a document in which a word must stand to vouch for itself
SHORTEST = 4
OFTEN = 3  # times: a form that the document prints so often is its own
RIVAL = 3  # times as often as the form in question, a rival is printed at least
# The same of what stands between two words, the least times and times as often; EDITS apart at most.
OFTEN_BETWEEN, TIMES_BETWEEN, EDITS = 2, 2, 2
ACRONYM = 6  # letters of the longest acronym whose other forms are taken for misread
WEAR = (("fresh", 0.01), ("worn", 0.04))  # shares of unsure words on a page, up to which it is called so
ROUGH = "rough"
UNSURE = 0.9  # a reader's confidence below which a word is unsure
COMMONEST = 6.0  # the same of a word of two letters
COMMON = 5.0  # frequency (Zipf) from which on a short word is no mere piece of one


class DocumentWords:
    """What is known of words while one document is read: lexicon, official list, the document's repetition.

    What the draft's cells print is counted when it is first asked for: nobody asks of a digital page.
    """

    def __init__(self, draft: Draft) -> None:
        """Know the words of the draft's cells."""
        self._draft = draft
        self._words = draft.resources.words
        self._ranker = Ranker(DocumentVocabulary(), self._words)
        self._known: dict[str, bool] = {}
        self._near: dict[str, bool] = {}
        self._near_another: dict[str, bool] = {}

    def knows(self, word: str) -> bool:
        """See `Lexical`."""
        if word not in self._known:
            printed = self._words.official.printed
            habit = word in self._words.habits  # as many write it; a notice tells the standard form
            self._known[word] = habit or word in self._repeated or word in printed or self._words.knows(word)
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

    def support(self, form: str) -> Support:
        """See `Lexical`; of a compound, each part has a say."""
        parts = [part for part in _PARTS.split(form) if part]
        if any(self.rival(part) is not None or self._is_near_another(part) for part in parts):
            return "rival"
        return "repeated" if parts and all(self._forms[part] >= OFTEN for part in parts) else "single"

    def is_pair(self, letters: str) -> bool:
        """See `Lexical`."""
        vouched = letters in self._repeated or letters in self._words.official.printed
        return vouched or self._words.lexicon.frequency(letters) >= COMMONEST

    def prints(self, form: str) -> int:
        """See `Lexical`."""
        return self._forms[form]

    def parts_by(self, sign: str) -> int:
        """See `Lexical`."""
        return self._partings[sign]

    def rival(self, form: str) -> str | None:
        """See `Lexical`."""
        found = self._rivals.get(strokes(form).casefold())
        if found is None or found == form or self._forms[found] < RIVAL * max(1, self._forms[form]):
            return None
        return found

    def _is_near_another(self, form: str) -> bool:
        """Tell whether an unknown form is one edit from one that the document prints far more often."""
        if form not in self._near_another:
            odd = len(form) > 1 and form.isalpha() and not self.knows(form.lower())
            least = max(OFTEN, RIVAL * self._forms[form])
            self._near_another[form] = odd and any(
                count >= least
                and len(other) > len(form) - 2
                and Levenshtein.distance(other, form, score_cutoff=1) == 1
                for other, count in self._forms.items()
            )
        return self._near_another[form]

    def elsewhere(self, before: str, word: str, behind: str) -> str | None:
        """See `Lexical`; words with digits differ for good reasons, and so do those with a comma or slash behind."""
        if word in _STROKES and self._counts_in_roman(core(before)):
            return "I"
        forms = self._contexts.get(_context(before, behind), Counter())
        if len(forms) < 2 or any(map(str.isdigit, word)):
            return None
        least = max(OFTEN_BETWEEN, TIMES_BETWEEN * forms[word])
        near = (
            (count, form)
            for form, count in forms.items()
            if form.rstrip(",;/") != word.rstrip(",;/")
            and count >= least
            and not any(map(str.isdigit, form))
            and _is_near(form, word)
        )
        return max(near, default=(0, None))[1]

    def _counts_in_roman(self, name: str) -> bool:
        """Tell whether the document numbers what has this name (POKJA) in capital roman numerals and never in digits."""
        numbers = self._numbers.get(name, set())
        return bool(numbers & _ROMAN) and not any(map(str.isdigit, numbers - _STROKES))

    def wear(self, page: int | None) -> str:
        """See `Lexical`."""
        return self._wear.get(page, WEAR[0][0])

    @cached_property
    def _repeated(self) -> frozenset[str]:
        return _repeated(self._draft)

    @cached_property
    def _forms(self) -> Counter[str]:
        return _forms(self._draft)

    @cached_property
    def _partings(self) -> Counter[str]:
        return _partings(self._draft)

    @cached_property
    def _wear(self) -> Mapping[int | None, str]:
        return _wear(self._draft)

    @cached_property
    def _contexts(self) -> Mapping[tuple[str, str], Counter[str]]:
        return _contexts(self._draft)

    @cached_property
    def _numbers(self) -> Mapping[str, set[str]]:
        return _numbers(self._draft)

    @cached_property
    def _rivals(self) -> dict[str, str]:
        """Return the acronyms that are no common words, by what they look like; an ambiguous look is left out."""
        found: dict[str, set[str]] = {}
        for form, count in self._forms.items():
            fits = form.isalpha() and form.isupper() and 1 < len(form) <= ACRONYM
            if fits and count >= OFTEN and not self.is_common(form.lower()):
                found.setdefault(strokes(form).casefold(), set()).add(form)
        return {look: forms.pop() for look, forms in found.items() if len(forms) == 1}


def _cells(draft: Draft) -> Iterator[Cell]:
    yield from {id(cell): cell for row in draft.rows for cell in row.cells if cell.lines}.values()


def _partings(draft: Draft) -> Counter[str]:
    """Return how often each sign ends a word inside a recognised line."""
    lines = (line for row in draft.rows for cell in row.cells for line in cell.lines)
    return Counter(word.text[-1] for line in lines for word in line.words[:-1] if not word.text[-1].isalnum())


def _forms(draft: Draft) -> Counter[str]:
    """Count the words of the document's cells in the case they are printed in, without signs around them."""
    return Counter(
        form
        for cell in _cells(draft)
        for line in cell.lines
        for part in line.text.split()
        for word in _PARTS.split(part)
        if (form := core(word))
    )


def _is_near(one: str, other: str) -> bool:
    most = min(EDITS, max(1, min(len(one), len(other)) // 3))
    return Levenshtein.distance(one, other, score_cutoff=most) <= most


def _context(before: str, behind: str) -> tuple[str, str]:
    return core(before).casefold(), core(behind).casefold()


def _contexts(draft: Draft) -> dict[tuple[str, str], Counter[str]]:
    """Count what stands between each two words of the document's lines, the lines' ends among them."""
    found: dict[tuple[str, str], Counter[str]] = {}
    for line in (line for cell in _cells(draft) for line in cell.lines):
        parts = ["", *line.text.split(), ""]
        for before, word, behind in zip(parts, parts[1:], parts[2:], strict=False):
            found.setdefault(_context(before, behind), Counter())[word] += 1
    return found


def _numbers(draft: Draft) -> dict[str, set[str]]:
    """Return what stands right behind each word of capitals in the document's lines."""
    found: dict[str, set[str]] = {}
    for line in (line for cell in _cells(draft) for line in cell.lines):
        for before, word in pairwise(map(core, line.text.split())):
            if before.isalpha() and before.isupper():
                found.setdefault(before, set()).add(word)
    return found


def _wear(draft: Draft) -> dict[int | None, str]:
    """Name how worn each page is."""
    unsure: Counter[int | None] = Counter()
    total: Counter[int | None] = Counter()
    for line in (line for cell in _cells(draft) for line in cell.lines):
        total[line.page] += len(line.words)
        unsure[line.page] += sum(word.confidence < UNSURE for word in line.words)
    shares = {page: unsure[page] / max(1, count) for page, count in total.items()}
    return {page: next((n for n, most in WEAR if share <= most), ROUGH) for page, share in shares.items()}


def _repeated(draft: Draft) -> frozenset[str]:
    counts: Counter[str] = Counter()
    for cell in _cells(draft):
        counts.update({token.folded for token in tokenize(" ".join(line.text for line in cell.lines))})
    return frozenset(word for word, count in counts.items() if count >= REPEATED and len(word) >= SHORTEST)
