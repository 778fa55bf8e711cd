"""Unknown words of a schedule turned into the known word that they alone can be."""

from __future__ import annotations

from collections.abc import Iterator

from rapidfuzz.distance import OSA

from normalize.schedule_text.model import Correction, Token
from normalize.schedule_text.settings import MISREAD
from normalize.schedule_text.tokens import tokenize
from normalize.schedule_text.words import ScheduleWords
from normalize.words import WordResources
from normalize.words.confusables import as_roman, skeleton

_UNITS = "QSbw"
_WORDS = "?NR"


def mend(text: str, words: ScheduleWords, language: WordResources) -> tuple[str, tuple[Correction, ...]]:
    """Replace each unknown word by the known word it can be a misreading of, where there is just one meaning.

    Returns the text with its misread words put right, and what was changed.
    """
    tokens = tokenize(text, words)
    found: list[tuple[int, int, str]] = []
    for start, end, unit in _doubtful(tokens):
        value = _numeral(text[start:end]) if unit else None
        value = value or _only(text[start:end], words, language)
        if value is not None:
            found.append((start, end, value))
    corrections = tuple(Correction(text[start:end], value) for start, end, value in found)
    for start, end, value in reversed(found):
        text = text[:start] + value + text[end:]
    return text, corrections


def _doubtful(tokens: list[Token]) -> Iterator[tuple[int, int, bool]]:
    """Yield the stretches without white space that hold an unknown piece, and whether a unit precedes them."""
    at = 0
    while at < len(tokens):
        end = at + 1
        while end < len(tokens) and tokens[end].kind in _WORDS and tokens[end].start == tokens[end - 1].end:
            end += 1
        run = tokens[at:end]
        glued = len(run) > 1 and run[0].kind == "M"  # "Jun1" is not a month with a number
        if glued or (run[0].kind in _WORDS and any(t.kind == "?" for t in run)):
            yield run[0].start, run[-1].end, at > 0 and tokens[at - 1].kind in _UNITS
        at = end


def _numeral(seen: str) -> str | None:
    """Return the roman numeral that strokes behind a unit stand for (`TW ll`)."""
    strokes = as_roman(seen)
    return strokes if set(strokes) == {"I"} and len(strokes) <= MISREAD.longest_strokes else None


def _only(seen: str, words: ScheduleWords, language: WordResources) -> str | None:
    """Return the known word that a stretch alone can be, `None` for a word of the language.

    A long word may differ by what readers mistake, else by one letter; a short one by strokes alone.
    """
    folded = seen.casefold()
    if len(folded) < MISREAD.shortest or language.knows(folded):
        return None
    near = [o.word for o in language.confusions.origins(folded) if o.word in words.known]
    near = [w for w in near if len(w) > MISREAD.short or skeleton(w) == skeleton(folded)]
    if not near and len(folded) >= MISREAD.shortest_typo:
        near = [w for w in words.single if len(w) >= MISREAD.shortest_typo and OSA.distance(folded, w) == 1]
    meanings = {words.known[word] for word in near}
    if len(meanings) != 1:
        return None
    word = min(near, key=lambda w: (abs(len(w) - len(folded)), w))
    return word.capitalize() if seen[:1].isupper() else word
