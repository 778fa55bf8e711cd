"""Turns a damaged word into the words a reader may have had before it, each with its cost."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from normalize.words.model import WordRule
from normalize.words.settings import EVIDENCE


class Origin(NamedTuple):
    """A word that may have been read as another, with the summed cost of the confusions."""

    word: str
    cost: float
    rule: WordRule


@dataclass(frozen=True, slots=True)
class ConfusionTable:
    """What readers mistake for what, by the first letter of what was seen.

    Costs add up; each replacement after a word's first adds `EVIDENCE.further_cost`, since one fault in a
    word is likelier than two. `cheapest` is the least cost of a pair.
    """

    pairs: Mapping[str, Sequence[tuple[str, str, float]]]
    thin: str = ""
    longest_ending: int = 0
    ending_cost: float = EVIDENCE.most_cost
    doubled_ending_cost: float = EVIDENCE.most_cost
    doubling_cost: float = EVIDENCE.most_cost
    cheapest: float = 0.0

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> ConfusionTable:
        """Read the parsed confusions file. Raises `KeyError` where a part of it is missing."""
        pairs: dict[str, list[tuple[str, str, float]]] = {}
        for row in data["pairs"]:
            pairs.setdefault(row["seen"][0], []).append((row["seen"], row["meant"], row["cost"]))
        endings = data["endings"]
        return cls(
            pairs=pairs,
            thin=endings["thin"],
            longest_ending=endings["longest"],
            ending_cost=endings["cost"],
            doubled_ending_cost=endings["doubled_cost"],
            doubling_cost=data["doubling"]["cost"],
            cheapest=min((row["cost"] for row in data["pairs"]), default=0.0),
        )

    def origins(self, word: str, max_cost: float = EVIDENCE.most_cost) -> Iterator[Origin]:
        """Yield every word that the table turns a lower-case word into, within a summed cost.

        Of one that is longer than any word there is none: what replacements make of it grows with a power of its length.
        """
        if len(word) > EVIDENCE.longest:
            return
        for value, cost in self._expand(word, max_cost):
            if cost:
                yield Origin(value, cost, "confusion")
        yield from self._without_ending(word, max_cost)
        yield from self._undoubled(word)

    def _expand(self, word: str, max_cost: float) -> Iterator[tuple[str, float]]:
        """Yield the word and all that replacements from left to right make of it, each with its cost."""
        matches = [
            (place, place + len(seen), meant, price)
            for place, letter in enumerate(word)
            for seen, meant, price in self.pairs.get(letter, ())
            if price <= max_cost and word.startswith(seen, place)
        ]
        waiting = [
            ("", 0, 0.0, EVIDENCE.most_replacements)
        ]  # what was made of the letters before a place, and that place
        while waiting:
            made, at, cost, left = waiting.pop()
            yield made + word[at:], cost
            already = cost + EVIDENCE.further_cost if cost else 0.0
            if left == 0 or already + self.cheapest > max_cost:
                continue
            for place, end, meant, price in matches:
                if place >= at and already + price <= max_cost:
                    waiting.append((made + word[at:place] + meant, end, already + price, left - 1))

    def _without_ending(self, word: str, limit: float) -> Iterator[Origin]:
        """Undo letters glued to the end: thin strokes, or the end of the word once more."""
        for size in range(1, self.longest_ending + 1):
            if all(char in self.thin for char in word[-size:]):
                yield Origin(word[:-size], self.ending_cost, "glued-ending")
        for size in range(2, len(word) // 2 + 1):
            if word[-size:] == word[-2 * size : -size] and self.doubled_ending_cost <= limit:
                yield Origin(word[:-size], self.doubled_ending_cost, "glued-ending")

    def _undoubled(self, word: str) -> Iterator[Origin]:
        """Undo a letter read twice, or two equal letters read as one."""
        for place, char in enumerate(word):
            if word[place : place + 2] == char * 2:
                yield Origin(word[:place] + word[place + 1 :], self.doubling_cost, "doubled-letter")
            else:
                yield Origin(word[:place] + char + word[place:], self.doubling_cost, "doubled-letter")
