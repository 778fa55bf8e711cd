"""What the paper says and what is stated in one cell -> a verdict, and the likely kind of fault."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from difflib import SequenceMatcher
from itertools import chain
from typing import NamedTuple

import numpy as np
from rapidfuzz.distance import OSA, Levenshtein

from lampiran.alignment.pairing import in_order
from lampiran.alignment.wording import bare, bare_wording, likeness, wording
from lampiran.audit.catalogue import gravest
from lampiran.audit.settings import TEXTS
from normalize.resources import Resources
from normalize.text import squeeze
from schema.audit import Verdict

_TOKEN = re.compile(r"\d+(?:[.,:/]\d+)*|[^\W_]+|[%‰≤≥<>=+°]")
_MOST_LETTERS = 4  # by which confusions of letters may change the length of a short word

Confusions = Mapping[tuple[str, str], float]


class TextVerdict(NamedTuple):
    """A verdict on two texts; `kind` is a code of the catalogue of kinds, `None` where they say the same."""

    verdict: Verdict
    kind: str | None = None


def confusions_of(resources: Resources) -> Confusions:
    """Return what readers take for what, as pairs of what is printed and what is seen; digits both ways."""
    rows = chain.from_iterable(resources.words.confusions.pairs.values())
    pairs = {(meant, seen): cost for seen, meant, cost in rows}
    digits = {(b, a): cost for (a, b), cost in pairs.items() if b.isdigit()}
    return {**digits, **pairs}


def judge(paper: str, stated: str, confusions: Confusions) -> TextVerdict:
    """Judge one text against the paper's; both may be empty."""
    if squeeze(paper) == squeeze(stated):
        return TextVerdict("same")
    printed, said = wording(paper), bare_wording(stated)
    if printed and not said:
        return TextVerdict("missing", "cell-missing")
    if said and not printed:
        return TextVerdict("invented", "cell-invented")
    if bare_wording(paper) == said:
        return TextVerdict("normalised")
    return TextVerdict("differs", kind_of(paper, stated, confusions))


def kind_of(paper: str, stated: str, confusions: Confusions) -> str:
    """Return the likely kind of the fault that made one text of the other; the two have different words."""
    cased, said = _TOKEN.findall(paper), _TOKEN.findall(bare(stated))
    a, b = [token.casefold() for token in cased], [token.casefold() for token in said]
    shorter, longer = sorted(("".join(a), "".join(b)), key=len)
    if likeness("".join(a), "".join(b)) < TEXTS.same_text and not (shorter and shorter in longer):
        return "text-wrong"
    whole = _whole_kind(a, b)
    return whole or gravest(_kinds_of_words(a, b, dict(zip(a, cased, strict=True)), confusions))


def _whole_kind(a: list[str], b: list[str]) -> str | None:
    """Return a kind that speaks of the text as a whole: cut short, written twice, in another order."""
    if "".join(a).startswith("".join(b)) and (len(a) - len(b) >= 2 or a[: len(b)] != b):
        return "text-truncated"
    if len(b) > len(a) and _is_repeated(a, b):
        return "text-duplicated"
    return "words-swapped" if a != b and Counter(a) == Counter(b) else None


def _is_repeated(a: list[str], b: list[str]) -> bool:
    """Tell whether `b` is `a` with one stretch of words written twice."""
    extra = len(b) - len(a)
    for at in range(len(a) + 1):
        if b[:at] + b[at + extra :] == a:
            before, after = b[max(0, at - extra) : at], b[at + extra : at + 2 * extra]
            return b[at : at + extra] in (before, after)
    return False


def _kinds_of_words(a: list[str], b: list[str], cased: Mapping[str, str], confusions: Confusions) -> set[str]:
    found: set[str] = set()
    for tag, a0, a1, b0, b1 in SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        if tag == "replace":
            found |= _kinds_of_stretch(a[a0:a1], b[b0:b1], cased, confusions, first=a0 == 0)
        elif tag != "equal":
            found.add("word-lost" if tag == "delete" else "word-added")
    return found


def _kinds_of_stretch(
    a: Sequence[str], b: Sequence[str], cased: Mapping[str, str], confusions: Confusions, *, first: bool
) -> set[str]:
    """Name what became of a stretch of words: first as a run of letters, then word by word."""
    one, other = "".join(a), "".join(b)
    if one == other:
        return set()
    few = abs(len(one) - len(other)) <= max(TEXTS.slack, min(map(len, (*a, *b))) - 1)
    if few and len(a) != len(b) and _alike(one, other) >= TEXTS.same_word:
        return {_letters(one, other, confusions)}
    scores = np.array([[TEXTS.paired + _alike(x, y) for y in b] for x in a])
    found: set[str] = set()
    for n, m in in_order(scores, pairs_first=False):
        if n is None or m is None:
            found.add("word-lost" if m is None else "word-added")
        elif a[n] != b[m]:
            found.add(_word(a[n], b[m], cased, confusions, first=first))
    return found


def _alike(x: str, y: str) -> float:
    return Levenshtein.normalized_similarity(x, y)


def _word(x: str, y: str, cased: Mapping[str, str], confusions: Confusions, *, first: bool) -> str:
    confused = _confused(x, y, confusions)
    if x[0].isdigit() and (y.isdigit() or not confused):
        return "number-wrong"
    if confused or _alike(x, y) >= TEXTS.same_word:
        return _letters(x, y, confusions)
    return "name-wrong" if cased.get(x, x)[:1].isupper() and not first else "word-wrong"


def _letters(x: str, y: str, confusions: Confusions) -> str:
    """Name what became of the letters of a word."""
    if Levenshtein.distance(x, y) == 2 and OSA.distance(x, y) == 1:
        return "letters-transposed"
    if _confused(x, y, confusions):
        return "letter-confusion"
    tag, *others = {op.tag for op in Levenshtein.editops(x, y)}
    return (
        "letter-wrong" if others or tag == "replace" else "letter-lost" if tag == "delete" else "letter-added"
    )


def _confused(x: str, y: str, confusions: Confusions) -> bool:
    """Tell whether confusions of like letters alone make `y` of `x`."""
    if x == y or abs(len(x) - len(y)) > max(_MOST_LETTERS, len(x) // 2):
        return False
    reached: dict[int, set[int]] = {0: {0}}
    for i in range(len(x) + 1):
        for j in sorted(reached.get(i, ())):
            if i < len(x) and j < len(y) and x[i] == y[j]:
                reached.setdefault(i + 1, set()).add(j + 1)
            for meant, seen in confusions:
                if x.startswith(meant, i) and y.startswith(seen, j):
                    reached.setdefault(i + len(meant), set()).add(j + len(seen))
    return len(y) in reached.get(len(x), set())
