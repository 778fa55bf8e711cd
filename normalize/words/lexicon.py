"""Turns banded word lists into a lexicon that says whether and how often a word is used."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from normalize.words.affixes import is_derived
from normalize.words.settings import EVIDENCE


def parse_bands(text: str) -> dict[str, float]:
    """Read a word list: a line holds ten times the Zipf frequency and the words of that band.

    Lines that begin with `#` are notes. Raises `ValueError` for a line without a number.
    """
    words: dict[str, float] = {}
    for line in text.splitlines():
        if line and not line.startswith("#"):
            band, _, rest = line.partition(" ")
            words |= dict.fromkeys(rest.split(), int(band) / 10)
    return words


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Words with their frequency on the Zipf scale (log10 of occurrences per billion words).

    `native` are the words of the documents' language, `foreign` those it borrows. All lower case.
    """

    native: Mapping[str, float]
    foreign: Mapping[str, float] = field(default_factory=dict)

    @classmethod
    def of(cls, native: Iterable[str], foreign: Iterable[str] = ()) -> Lexicon:
        """Build a lexicon from the lines of banded word lists."""
        return cls(parse_bands("\n".join(native)), parse_bands("\n".join(foreign)))

    def contains(self, word: str) -> bool:
        """Tell whether a word is listed or regularly derived from a listed one."""
        folded = word.lower()
        return self.lists(folded) or is_derived(folded, self.is_stem)

    def lists(self, word: str) -> bool:
        """Tell whether a lower-case word itself is listed."""
        return word in self.native or word in self.foreign

    def is_stem(self, word: str) -> bool:
        """Tell whether a lower-case word is common enough to derive others from."""
        return self.native.get(word, 0.0) >= EVIDENCE.stem_floor

    def frequency(self, word: str) -> float:
        """Return the Zipf frequency of a word, 0 where it is not listed; a borrowed word counts one less."""
        folded = word.lower()
        borrowed = max(0.0, self.foreign.get(folded, 0.0) - 1.0)
        return max(self.native.get(folded, 0.0), borrowed)
