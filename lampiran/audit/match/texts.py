"""What the paper says and what is stated in one cell -> a verdict, and the likely kind of fault."""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from rapidfuzz import fuzz
from rapidfuzz.distance import OSA, Levenshtein

from lampiran.alignment.wording import wording
from lampiran.audit.kinds import gravest
from normalize.text import squeeze
from schema.audit import Verdict

_TAG = re.compile(r"</?[A-Za-z][^<>]*>")
_STARS = re.compile(r"\*{1,3}|__|`")
_TOKEN = re.compile(r"\d+(?:[.,:/]\d+)*|[^\W_]+|[%‰≤≥<>=+°]")
_LIKE_WORDS = 0.5  # share of letters that two readings of one word have in common
_SAME_TEXT = 0.5  # likeness below which two texts are not readings of one

Confusions = Mapping[tuple[str, str], float]


@dataclass(frozen=True, slots=True)
class TextVerdict:
    """A verdict on two texts; `kind` is a code of the catalogue of kinds, `None` where they say the same."""

    verdict: Verdict
    kind: str | None = None


SAME, NORMALISED = TextVerdict("same"), TextVerdict("normalised")


def bare(text: str) -> str:
    """Return a text without markup: tags, stars and entities; white space squeezed."""
    return squeeze(_STARS.sub("", _TAG.sub("", html.unescape(text))))


def same_words(one: str, other: str) -> bool:
    """Tell whether two texts differ in case, spaces, punctuation and markup only."""
    return wording(bare(one)) == wording(bare(other)) and bool(wording(bare(one))) == bool(
        wording(bare(other))
    )


def judge(paper: str, stated: str, confusions: Confusions) -> TextVerdict:
    """Judge one text against the paper's; both may be empty."""
    if squeeze(paper) == squeeze(stated):
        return SAME
    if not wording(bare(stated)) and wording(paper):
        return TextVerdict("missing", "cell-missing")
    if not wording(paper) and wording(bare(stated)):
        return TextVerdict("invented", "cell-invented")
    if same_words(paper, stated):
        return NORMALISED
    return TextVerdict("differs", kind_of(paper, stated, confusions))


def kind_of(paper: str, stated: str, confusions: Confusions) -> str:
    """Return the likely kind of the fault that made one text of the other; the two have different words."""
    a, b = _tokens(paper), _tokens(bare(stated))
    if fuzz.ratio("".join(a), "".join(b)) / 100 < _SAME_TEXT and not _is_part(a, b):
        return "text-wrong"
    whole = _whole_kind(a, b)
    if whole is not None:
        return whole
    cased = dict(zip(a, _cased(paper), strict=True))
    return gravest(_kinds_of_words(a, b, cased, confusions))


def _tokens(text: str) -> list[str]:
    return [token.casefold() for token in _TOKEN.findall(text)]


def _cased(text: str) -> list[str]:
    return _TOKEN.findall(text)


def _is_part(a: Sequence[str], b: Sequence[str]) -> bool:
    """Tell whether one text is a begin, an end or a stretch of the other."""
    one, other = sorted(("".join(a), "".join(b)), key=len)
    return bool(one) and one in other


def _whole_kind(a: list[str], b: list[str]) -> str | None:
    """Return a kind that speaks of the text as a whole: cut short, written twice, in another order."""
    one, other = "".join(a), "".join(b)
    if one.startswith(other) and (len(a) - len(b) >= 2 or a[: len(b)] != b):
        return "text-truncated"
    if len(b) > len(a) and _without_repeats(a, b):
        return "text-duplicated"
    if a != b and Counter(a) == Counter(b):
        return "words-swapped"
    return None


def _without_repeats(a: list[str], b: list[str]) -> bool:
    """Tell whether `b` is `a` with one stretch of words written twice."""
    extra = len(b) - len(a)
    for at in range(len(b) - extra + 1):
        if b[:at] + b[at + extra :] == a:
            repeated = b[at : at + extra]
            before, after = b[max(0, at - extra) : at], b[at + extra : at + 2 * extra]
            return repeated in (before, after)
    return False


def _kinds_of_words(a: list[str], b: list[str], cased: Mapping[str, str], confusions: Confusions) -> set[str]:
    found: set[str] = set()
    for tag, a0, a1, b0, b1 in SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        if tag == "delete":
            found.add("word-lost")
        elif tag == "insert":
            found.add("word-added")
        elif tag == "replace":
            found |= _kinds_of_stretch(a[a0:a1], b[b0:b1], cased, confusions, first=a0 == 0)
    return found


def _kinds_of_stretch(
    a: Sequence[str], b: Sequence[str], cased: Mapping[str, str], confusions: Confusions, *, first: bool
) -> set[str]:
    """Name what became of a stretch of words: first as a run of letters, then word by word."""
    one, other = "".join(a), "".join(b)
    if one == other:
        return set()
    few = abs(len(one) - len(other)) <= max(2, min(map(len, (*a, *b))) - 1)
    if few and len(a) != len(b) and Levenshtein.normalized_similarity(one, other) >= _LIKE_WORDS:
        return {_letters(one, other, confusions)}
    found: set[str] = set()
    for x, y in _paired(a, b):
        if x and y:
            found.add(_word(x, y, cased, confusions, first=first))
        else:
            found.add("word-lost" if x else "word-added")
    return found - {""}


def _paired(a: Sequence[str], b: Sequence[str]) -> list[tuple[str, str]]:
    """Pair the words of two stretches by likeness in their order; a word without a pair stands against nothing."""
    rows, columns = len(a) + 1, len(b) + 1
    best = [[0.0] * columns for _ in range(rows)]
    for i in range(1, rows):
        for j in range(1, columns):
            alike = 0.01 + Levenshtein.normalized_similarity(a[i - 1], b[j - 1])
            best[i][j] = max(best[i - 1][j], best[i][j - 1], best[i - 1][j - 1] + alike)
    pairs: list[tuple[str, str]] = []
    i, j = len(a), len(b)
    while i or j:
        if i and j and best[i][j] > max(best[i - 1][j], best[i][j - 1]):
            i, j = i - 1, j - 1
            pairs.append((a[i], b[j]))
        elif i and (not j or best[i][j] == best[i - 1][j]):
            i -= 1
            pairs.append((a[i], ""))
        else:
            j -= 1
            pairs.append(("", b[j]))
    return pairs[::-1]


def _word(x: str, y: str, cased: Mapping[str, str], confusions: Confusions, *, first: bool) -> str:
    if x == y:
        return ""
    numbers = x[0].isdigit() and any(map(str.isdigit, x))
    if numbers and (y.isdigit() or not _confused(x, y, confusions)):
        return "number-wrong"
    if _confused(x, y, confusions) or Levenshtein.normalized_similarity(x, y) >= _LIKE_WORDS:
        return _letters(x, y, confusions)
    printed = cased.get(x, x)
    named = printed[:1].isupper() and not first
    return "name-wrong" if named else "word-wrong"


def _letters(x: str, y: str, confusions: Confusions) -> str:
    """Name what became of the letters of a word."""
    transposed = Levenshtein.distance(x, y) == 2 and OSA.distance(x, y) == 1
    if _confused(x, y, confusions) and not transposed:
        return "letter-confusion"
    if transposed:
        return "letters-transposed"
    tags = {op.tag for op in Levenshtein.editops(x, y)}
    if tags == {"delete"}:
        return "letter-lost"
    if tags == {"insert"}:
        return "letter-added"
    return "letter-wrong"


def _confused(x: str, y: str, confusions: Confusions) -> bool:
    """Tell whether confusions of like letters alone make `y` of `x`."""
    if x == y or abs(len(x) - len(y)) > max(4, len(x) // 2):
        return False
    reached: dict[int, set[int]] = {0: {0}}
    for i in range(len(x) + 1):
        for j in sorted(reached.get(i, ())):
            if i < len(x) and j < len(y) and x[i] == y[j]:
                reached.setdefault(i + 1, set()).add(j + 1)
            for meant, seen in _from(x, i, confusions):
                if y.startswith(seen, j):
                    reached.setdefault(i + len(meant), set()).add(j + len(seen))
    return len(y) in reached.get(len(x), set())


def _from(x: str, at: int, confusions: Confusions) -> list[tuple[str, str]]:
    return [pair for pair in confusions if x.startswith(pair[0], at)]
