"""Turns a text into its words with their places, and back into the case a word was written in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from normalize.words.confusables import capital_skeleton

_WORD = re.compile(r"[^\W_|](?:[^\W_]|[|!](?=[^\W_]))*")
_MARKUP = re.compile(r"<[^<>]{0,40}>")
_ADDRESS = re.compile(r"\S*(?:@|://|\b[a-z0-9-]+\.[a-z]{2,}\b)\S*")
_BARRED = (("<", _MARKUP), (".", _ADDRESS), ("@", _ADDRESS))
_SENTENCE_END = re.compile(r"(?:^|[.:;!?\n•)]|(?:^|\s)[-–])\s*$")


class Token(NamedTuple):
    """A run of letters and digits at `start` of its text; `opens` where a sentence or item begins.

    `folded` is the token in lower case.
    """

    raw: str
    start: int
    opens: bool
    folded: str

    @property
    def end(self) -> int:
        """Return the offset just behind the token."""
        return self.start + len(self.raw)


@lru_cache(maxsize=4096)  # texts: those of a document are read for its vocabulary and again for their doubts
def tokenize(text: str) -> tuple[Token, ...]:
    """Return the words of a text; markup tags, web addresses and mail addresses hold none."""
    patterns = [pattern for sign, pattern in _BARRED if sign in text]
    barred = [match.span() for pattern in patterns for match in pattern.finditer(text)]
    return tuple(_tokens(text, barred))


def _tokens(text: str, barred: list[tuple[int, int]]) -> Iterator[Token]:
    for match in _WORD.finditer(text):
        start, raw = match.start(), match[0]
        if not barred:
            yield Token(raw, start, _opens(text, start), raw.lower())
        elif not any(low <= start < high for low, high in barred):
            before = _MARKUP.sub("", text[:start])
            opens = start <= len(before) and not before.strip()
            opens = opens or _SENTENCE_END.search(before[-8:]) is not None
            yield Token(raw, start, opens, raw.lower())


def _opens(text: str, start: int) -> bool:
    """Tell whether a sentence or item begins at a word of a text without markup."""
    if start > 1 and text[start - 1] == " " and text[start - 2].isalnum():  # as at most words
        return False
    before = text[max(0, start - 8) : start]
    return (start <= len(before) and not before.strip()) or _SENTENCE_END.search(before) is not None


def is_acronym(raw: str) -> bool:
    """Tell whether a word is written in capitals throughout (LAKIP, PPID)."""
    return raw.isalpha() and raw.isupper()


def is_camel(raw: str) -> bool:
    """Tell whether a word has inner capitals beyond what a misread i or o explains (WhatsApp, iPad)."""
    inner = [char for char in raw[1:] if char.isupper() and char not in "IO"]
    return bool(inner) and not is_capitals(raw)


def is_capitals(raw: str) -> bool:
    """Tell whether a word was printed in capitals, reading a small l in it as a misread I."""
    shaped = capital_skeleton(raw)
    return len(shaped) > 1 and shaped.isupper() and sum(char.isupper() for char in raw) * 2 > len(raw)


def in_case_of(raw: str, value: str) -> str:
    """Return `value` in the case `raw` was printed in.

    A small l at the start that became an i was the capital I, which most types draw alike.
    """
    if is_capitals(raw):
        return value.upper()
    if raw[0].isupper() or (raw[0] in "l|1!" and value[0] == "i"):
        return value[0].upper() + value[1:]
    return value
