"""Turns an Indonesian word into the stems it could be derived from.

The rules are the productive ones of Indonesian morphology (Sneddon et al., Indonesian: A
Comprehensive Grammar, chapter 1): nasal prefixes with their sound changes, the other prefixes and
their stackings, suffixes, and the clitics that administrative texts use. Only forms that end in a
stem of four letters or more are offered, so that a damaged word seldom passes as a derived one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache

from schema.language import decree_words

SHORTEST_STEM = 4
_VOWELS = "aeiou"
_AFFIXES = decree_words("affixes")
_PREFIXES = {
    first: tuple(prefix for prefix in _AFFIXES["prefixes"] if prefix[0] == first)
    for first in {prefix[0] for prefix in _AFFIXES["prefixes"]}
}
_MAX_PREFIXES = 2


@lru_cache(maxsize=8192)
def stems(word: str) -> tuple[str, ...]:
    """Return the possible stems of a lower-case word, the word itself not among them."""
    found: dict[str, None] = {}
    for body in _without_clitic(word):
        for stem in _analyses(body):
            if stem != word and len(stem) >= SHORTEST_STEM:
                found[stem] = None
    return tuple(found)


def is_derived(word: str, is_stem: Callable[[str], bool]) -> bool:
    """Tell whether a lower-case word is a regular form of a stem (`is_stem` says what is one)."""
    if any(is_stem(stem) for stem in stems(word)):
        return True
    return any(_is_compound(stem, is_stem) for stem in _circumfixed(word))


def same_family(one: str, other: str) -> bool:
    """Tell whether two lower-case words can be forms of one stem (pelaksana, pelaksanaan)."""
    return bool({one, *stems(one)} & {other, *stems(other)})


def _without_clitic(word: str) -> Iterator[str]:
    yield word
    for clitic in _AFFIXES["clitics"]:
        if word.endswith(clitic):
            yield word.removesuffix(clitic)


def _analyses(body: str) -> Iterator[str]:
    yield body
    for prefixed in _unprefixed(body, _MAX_PREFIXES):
        yield prefixed
        for suffix in ("kan", "an", "i"):
            if prefixed.endswith(suffix) and _fits_suffix(prefixed.removesuffix(suffix), suffix):
                yield prefixed.removesuffix(suffix)
    if body.endswith("an") and not body.endswith("kan"):
        yield body.removesuffix("an")


def _fits_suffix(stem: str, suffix: str) -> bool:
    """Refuse the suffix -i behind an i, which Indonesian does not write."""
    return bool(stem) and not (suffix == "i" and stem.endswith("i"))


def _unprefixed(body: str, depth: int) -> Iterator[str]:
    if depth == 0:
        return
    for rest in _once_unprefixed(body):
        yield rest
        yield from _unprefixed(rest, depth - 1)


def _once_unprefixed(body: str) -> Iterator[str]:
    for prefix in _PREFIXES.get(body[:1], ()):
        if body.startswith(prefix):
            yield body.removeprefix(prefix)
    if body.startswith(("ber", "per", "ter", "belajar", "pelajar")):
        yield body[2:] if body[2] == "r" else body[3:]
    for nasal in _AFFIXES["nasal"]:
        if body.startswith(nasal):
            yield from _denasalised(body.removeprefix(nasal))


def _denasalised(rest: str) -> Iterator[str]:
    """Undo the sound change of meN- and peN-; loan words may keep their first consonant."""
    if rest[:1] and rest[0] in "lrwymn":
        yield rest
    if rest.startswith("ny"):
        yield "s" + rest[2:]
    elif rest.startswith("ng"):
        yield rest[2:]
        if rest[2:3] and rest[2] in _VOWELS:
            yield "k" + rest[2:]
    elif rest.startswith("m") and rest[1:2]:
        yield ("p" + rest[1:]) if rest[1] in _VOWELS else rest[1:]
    elif rest.startswith("n") and rest[1:2]:
        yield ("t" + rest[1:]) if rest[1] in _VOWELS else rest[1:]


def _circumfixed(word: str) -> Iterator[str]:
    """Yield what a verb's prefix together with -i or -kan encloses (di-tindaklanjut-i)."""
    for prefix in ("di", "men", "mem", "meng"):
        for suffix in ("kan", "i"):
            if word.startswith(prefix) and word.endswith(suffix):
                yield word.removeprefix(prefix).removesuffix(suffix)


def _is_compound(stem: str, is_stem: Callable[[str], bool]) -> bool:
    splits = range(SHORTEST_STEM, len(stem) - SHORTEST_STEM + 1)
    return any(is_stem(stem[:at]) and is_stem(stem[at:]) for at in splits)
