"""A text turned into the words that say which question of the sheet it means."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from normalize.text import fold

_SHORTEST = 2


@dataclass(frozen=True)
class LkeWords:
    """Phrases that stand for each other (the first of a group for all), and words that distinguish nothing."""

    same: tuple[tuple[str, ...], ...]
    stop: frozenset[str]

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> LkeWords:
        """Build the words from the parsed content of their file."""
        return cls(tuple(tuple(group) for group in data["same"]), frozenset(data["stop"]))

    def tokens(self, text: str) -> tuple[str, ...]:
        """Return the telling words of a text, lower case, each once, in their order."""
        found = self._phrases.sub(self._standing, fold(text).lower())
        words = (word for word in found.split() if len(word) >= _SHORTEST and not word.isdigit())
        return tuple(dict.fromkeys(word for word in words if word not in self.stop))

    def _standing(self, match: re.Match[str]) -> str:
        return self._canonical[match[0]]

    @cached_property
    def _canonical(self) -> Mapping[str, str]:
        return {phrase: group[0] for group in self.same for phrase in group}

    @cached_property
    def _phrases(self) -> re.Pattern[str]:
        longest: Sequence[str] = sorted(self._canonical, key=lambda phrase: (-len(phrase), phrase))
        return re.compile(rf"\b(?:{'|'.join(map(re.escape, longest))})\b")
