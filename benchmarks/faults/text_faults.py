"""Kinds of faults in a text: each function returns the text with one fault, `None` where there is no place for it."""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from string import ascii_lowercase

from normalize.words.tokens import Token, is_acronym, tokenize

CONFUSIONS = (
    ("rn", "m"), ("m", "rn"), ("l", "1"), ("I", "l"), ("a", "o"), ("o", "a"), ("t", "f"), ("c", "e"), ("u", "n"),
    ("h", "b"), ("g", "q"), ("O", "0"),
)  # fmt: skip
# What is printed and how it is read, in long words.
MISREAD = (("m", "rn"), ("t", "f"), ("l", "I"), ("o", "0"), ("a", "o"), ("I", "l"), ("i", "l"), ("e", "c"))
LONG = 7  # letters of a word whose misreading leaves a trace
SHORTEST = 4  # letters of a word that is misread by the program's own table
MARKUP = (("<i>", "</i>"), ("**", "**"), ("*", "*"), ("<b>", "</b>"))
PLACES = ("Kendal", "Rembang", "Brebes", "Wonosobo", "Purworejo", "Temanggung")
ADDED = ("seluruh", "tersebut", "lengkap", "kembali", "khusus", "utama")


def digit(text: str, rng: random.Random) -> str | None:
    """Put another digit in a number's place."""
    places = [found.start() for found in re.finditer(r"(?<![\w])\d+|\d+(?!\w)", text)]
    if not places:
        return None
    place = rng.choice(places)
    other = rng.choice([digit for digit in "123456789" if digit != text[place]])
    return text[:place] + other + text[place + 1 :]


def long_words(text: str) -> list[re.Match[str]]:
    """Return the words of four letters and more."""
    return list(re.finditer(r"[^\W\d_]{4,}", text))


def name(text: str, rng: random.Random) -> str | None:
    """Put another place's name for one with a capital."""
    names = list(re.finditer(r"(?<=[a-z] )[A-Z][a-z]{3,}\b", text))
    if not names:
        return None
    found = rng.choice(names)
    other = rng.choice([place for place in PLACES if place != found.group()])
    return text[: found.start()] + other + text[found.end() :]


def word_lost(text: str, rng: random.Random) -> str | None:
    """Leave out a word."""
    words = long_words(text)
    if len(words) < 3:
        return None
    found = rng.choice(words)
    return " ".join((text[: found.start()] + text[found.end() :]).split())


def word_added(text: str, rng: random.Random) -> str | None:
    """Put in a word."""
    words = long_words(text)
    if len(words) < 2:
        return None
    found = rng.choice(words[:-1])
    return f"{text[: found.end()]} {rng.choice(ADDED)}{text[found.end() :]}"


def words_swapped(text: str, rng: random.Random) -> str | None:
    """Exchange two neighbouring words."""
    words = text.split(" ")
    pairs = [
        n
        for n in range(len(words) - 1)
        if words[n].isalpha() and words[n + 1].isalpha() and words[n] != words[n + 1]
    ]
    if not pairs:
        return None
    n = rng.choice(pairs)
    words[n], words[n + 1] = words[n + 1], words[n]
    return " ".join(words)


def confused(text: str, rng: random.Random) -> str | None:
    """Read a letter as one of like shape."""
    places = [
        (found.start(), seen, read)
        for seen, read in CONFUSIONS
        for found in re.finditer(re.escape(seen), text)
        if text[max(0, found.start() - 1) : found.end() + 1].isalpha()
    ]
    if not places:
        return None
    start, seen, read = rng.choice(places)
    return text[:start] + read + text[start + len(seen) :]


def _letter(text: str, rng: random.Random) -> int | None:
    """Return the place of a letter inside a long word."""
    words = long_words(text)
    if not words:
        return None
    found = rng.choice(words)
    return rng.randrange(found.start() + 1, found.end() - 1)


def letter_lost(text: str, rng: random.Random) -> str | None:
    """Leave out a letter inside a word."""
    place = _letter(text, rng)
    return None if place is None else text[:place] + text[place + 1 :]


def transposed(text: str, rng: random.Random) -> str | None:
    """Exchange two neighbouring letters inside a word."""
    place = _letter(text, rng)
    if place is None or text[place] == text[place + 1]:
        return None
    return text[:place] + text[place + 1] + text[place] + text[place + 2 :]


def truncated(text: str, rng: random.Random) -> str | None:
    """Break off after some words."""
    words = text.split()
    if len(words) < 4:
        return None
    return " ".join(words[: rng.randrange(2, len(words) - 1)])


def duplicated(text: str, rng: random.Random) -> str | None:
    """Write a few words twice."""
    words = text.split()
    if len(words) < 4:
        return None
    start = rng.randrange(len(words) - 2)
    end = rng.randrange(start + 2, min(len(words), start + 5) + 1)
    return " ".join([*words[:end], *words[start:end], *words[end:]])


def numeral(text: str, rng: random.Random) -> str | None:
    """Put another numeral of the same style."""
    bare = re.sub(r"\W", "", text)
    others = ("vii", "viii", "ix") if re.fullmatch(r"[ivx]+", bare) else ("VII", "VIII", "IX")
    if bare.isdigit():
        others = ("7", "8", "9")
    elif re.fullmatch(r"[a-h]", bare):
        others = ("g", "h", "k")
    elif re.fullmatch(r"[A-H]", bare):
        others = ("G", "H", "K")
    return re.sub(r"\w+", rng.choice([other for other in others if other != bare]), text, count=1)


def emptied(_text: str, _rng: random.Random) -> str | None:
    """Leave nothing."""
    return ""


def other(choices: Sequence[str], _text: str, rng: random.Random) -> str | None:
    """Take another text."""
    return rng.choice(choices)


def marked_up(text: str, rng: random.Random) -> str | None:
    """Leave residue of markup around a word."""
    words = text.split(" ")
    at = rng.randrange(len(words))
    opening, closing = rng.choice(MARKUP)
    words[at] = f"{opening}{words[at]}{closing}"
    return " ".join(words)


def long_word_misread(text: str, rng: random.Random) -> str | None:
    """Misread a letter of a long word, not its first, as one of like shape."""
    words = text.split(" ")
    long = [n for n, word in enumerate(words) if len(word) >= LONG and word.isalpha() and not word.isupper()]
    options = [(n, printed, read) for n in long for printed, read in MISREAD if printed in words[n][1:]]
    if not options:
        return None
    at, printed, read = rng.choice(options)
    word = words[at]
    place = rng.choice([k for k in range(1, len(word)) if word.startswith(printed, k)])
    words[at] = word[:place] + read + word[place + len(printed) :]
    return " ".join(words)


WordFault = tuple[str, Token, str]
"""A text with one damaged word, the sound word, and how it is written now."""


def _some_word(text: str, rng: random.Random, shortest: int) -> Token | None:
    """Return a word of so many letters by lot; acronyms are left alone."""
    tokens = [
        t for t in tokenize(text) if len(t.raw) >= shortest and t.raw.isalpha() and not is_acronym(t.raw)
    ]
    return rng.choice(tokens) if tokens else None


def _with_word(text: str, token: Token, damaged: str) -> WordFault:
    return text[: token.start] + damaged + text[token.end :], token, damaged


def misread(text: str, pairs: Sequence[tuple[str, str]], rng: random.Random) -> WordFault | None:
    """Misread one word of a text by a pair of what a reader sees and what was printed."""
    token = _some_word(text, rng, SHORTEST)
    if token is None:
        return None
    places = [
        (at, seen, printed)
        for seen, printed in pairs
        for at in range(len(token.raw))
        if token.folded.startswith(printed, at)
    ]
    if not places:
        return None
    at, seen, printed = rng.choice(places)
    return _with_word(text, token, token.raw[:at] + seen + token.raw[at + len(printed) :])


def mistyped(text: str, rng: random.Random) -> WordFault | None:
    """Drop, add or replace any letter of one word of a text."""
    token = _some_word(text, rng, SHORTEST + 1)
    if token is None:
        return None
    at, letter, kept = rng.randrange(1, len(token.raw)), rng.choice(ascii_lowercase + " "), rng.randrange(2)
    damaged = token.raw[:at] + letter.strip() + token.raw[at + kept :]
    return None if damaged == token.raw else _with_word(text, token, damaged)
