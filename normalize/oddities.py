"""Words that look misread: signs where no printer puts them, a word in pieces, strokes and case out of place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import product
from typing import Protocol

from normalize.confusables import STROKES, as_roman

# Signs where no printer puts them: a stop or the like between letters, before a word, or right behind / ( -, and a
# closing bracket with a letter right behind it, two such signs together.
_STRAY = re.compile(
    r"^[.,:;][^\W\d_]|[^\W\d_](?:_|[^\w\s/()&@+%#–—’-])[^\W\d_]|(?!\)/)[^\w\s]{2,}[^\W\d_]{3}|[/(\-][.,:;'*^~|]|[^\W\d_]\)[^\W\d_]|[;:,][.,;:]"
)
# Degrees, titles and initials (`S.H.`, `M.Si`, `Drs.`, `R.A.`): short parts with a capital each, stops between them; and
# small letters with a stop each (`s.d.`, `a.n.`).
_ABBREVIATION = re.compile(
    r"(?:[A-Z][a-z]{0,3}\.)+(?:[A-Z][a-z]{0,3})?[.,;:]*|(?:[a-z]\.)+[a-z]\.?|[a-z]{2}\."
)
_APOSTROPHES = re.compile(r"(?<=[^\W\d_])['’](?=[^\W\d_])")
_OPEN_HYPHEN = re.compile(r"[^\W\d_]-$")
_LONE_STOP = re.compile(r"[.,:;'`^~)]+")
_AROUND = re.compile(r"^[^\w|!]+|[^\w|!]+$")
# SPiP, MANAjEMEN: a small stroke, or one small letter, among capitals alone
_LONE_STROKE = re.compile(r"[A-Z]+[il][A-Z]+|[A-Z]{2,}[a-z][A-Z]{2,}")
_INNER_STROKE = re.compile(r"[a-z]I")
_LETTERS = re.compile(r"[^\W\d_]+")
_CAMEL = re.compile(r"[a-z][A-Z]")
_NAMED = frozenset("ei")  # small letters before names written in capitals
_STROKE_PLACES = 4  # strokes of a word that are tried in all ways, at most
_LIKE_ROMAN = re.compile(r"[iIlL1|!vVxX]{1,4}")
_NUMERAL = re.compile(r"[IVX]{1,4}")
_SHORT = 3
_CONNECTING = (
    "dan",
    "yang",
    "untuk",
    "dari",
    "pada",
)  # no Indonesian word of some length ends so but by running on
_DOUBLING = 4  # letters that the two halves of a doubled word share (peraturan-peraturan, perundang-undangan)


class Known(Protocol):
    """What is known of words, all of them in lower case."""

    def knows(self, word: str) -> bool:
        """Tell whether the lexicon, an official list or the document's own repetition vouches for a word."""

    def is_common(self, word: str) -> bool:
        """Tell whether a word is among the commonest of the language."""


def looks_misread(word: str, before: str, behind: str, words: Known) -> bool:
    """Tell whether a word, beside its neighbours in the line (empty: none), looks as no printer would print it.

    A full stop before a small letter, or a sign between two letters, is what a speck of dirt looks like.
    """
    return (
        _LONE_STOP.fullmatch(word) is not None
        or _is_lone_letter(word, before, behind)
        or _is_misplaced(word, behind, words)
        or _is_cased(word, words)
        or _is_broken(before, word, behind, words)
        or _is_parted(before, word)
        or _is_strung(word, words)
        or (not _is_title(word, before, behind) and any(_is_joined(p, words) for p in _LETTERS.findall(word)))
        or _is_all_strokes(core(word))
        or (before != "" and word.startswith(("/", "-")) and len(core(word)) > _SHORT)
        or (behind != "" and _OPEN_HYPHEN.search(word) is not None)
        or roman_form(word, before, behind) is not None
    )


def _is_all_strokes(inner: str) -> bool:
    """Tell whether a word is upright strokes alone and no numeral (`lili` for `III`)."""
    alike = set(inner) <= {"i"} or set(inner) <= {"I"} or inner.isdigit()
    return len(inner) >= _SHORT and set(inner) <= STROKES and not alike


def is_odd_seam(last: str, first: str, words: Known) -> bool:
    """Tell whether a line's last word and the next one's first look misread together.

    A stop before a small letter (`unit. operasional`), a doubled word without its hyphen.
    """
    return _is_stopped(last, first, (".", ":"), words) or _is_parted(last, first)


def has_commoner_twin(word: str, words: Known) -> bool:
    """Tell whether a small word that is not common differs from a common one in upright strokes only (`dil` for `dll`)."""
    inner = core(word)
    if not (inner.isalpha() and inner.islower()) or words.is_common(inner):
        return False
    return any(words.is_common(twin) for twin in _twins(inner))


def _is_lone_letter(word: str, before: str, behind: str) -> bool:
    """Tell whether a small letter stands alone, as no Indonesian word does, or a nought between two words.

    `a.` and `b)` number items, x multiplies.
    """
    letter = word.lstrip("(")
    if word == "0":
        return before.isalpha() and behind.isalpha()
    return len(letter) == 1 and letter.islower() and letter != "x"


def _is_cased(word: str, words: Known) -> bool:
    """Tell whether a capital stands behind a small letter where no known name (WhatsApp, eSakip) has one."""
    parts = [part for part in _LETTERS.findall(word) if _CAMEL.search(part)]
    stroke = _INNER_STROKE.search(word) is not None or any(_LONE_STROKE.fullmatch(part) for part in parts)
    return stroke or any(not words.knows(p.lower()) or (p[0].islower() and p[0] not in _NAMED) for p in parts)


def _is_misplaced(word: str, behind: str, words: Known) -> bool:
    """Tell whether a stop stands before a small letter, or a sign where none belongs.

    A short word may be an abbreviation (`tgl.`), save the commonest ones (`per.`).
    """
    if is_abbreviation(word):
        return False
    return _is_stopped(word, behind, (".", ":", "'"), words) or _STRAY.search(_named(word, words)) is not None


def is_abbreviation(word: str) -> bool:
    """Tell whether a word is a degree, a title or initials, as stand beside names (`S.H.,`, `Drs.`, `R.A.`)."""
    return _ABBREVIATION.fullmatch(word) is not None


def _named(word: str, words: Known) -> str:
    """Return a word without the apostrophes of a name (`Nur'aini`); in a known word they are specks (`pelaksana'an`)."""
    inner = core(word)
    whole = _APOSTROPHES.sub("", inner)
    name = any(map(str.isupper, inner)) and not words.knows(whole.lower())
    return word.replace(inner, whole, 1) if name else word


def _is_title(word: str, before: str, behind: str) -> bool:
    """Tell whether a word and one beside it begin with a capital alone: two such that ran together would show the second's."""
    inner, *beside = (core(each) for each in (word, before, behind))
    return inner.istitle() and any(each.istitle() for each in beside)


def _is_stopped(word: str, behind: str, stops: tuple[str, ...], words: Known) -> bool:
    inner = core(word)
    acronym = inner.isupper() and len(inner) > 1 and _NUMERAL.fullmatch(inner) is None
    whole = len(word) > _SHORT + 1 or acronym or (inner.islower() and words.is_common(inner))
    return word.endswith(stops) and behind[:1].islower() and whole


def is_stopped_title(text: str) -> bool:
    """Tell whether a line of capitals, as teams and titles are, ends with a stop or has one inside."""
    words = text.split()
    capitals = sum(map(str.isalpha, text)) > _SHORT and text.upper() == text
    return capitals and any(
        w.endswith((".", ",", ":")) and len(core(w)) > _SHORT and core(w).isalpha() for w in words
    )


def _is_strung(word: str, words: Known) -> bool:
    """Tell whether a hyphen stands between words that are no doubling (`kerja-setiap`, `Kerja-ZI`, `Kerja-Setiap`): a speck, most likely."""
    parts = core(word).split("-")
    if len(parts) == 2 and len(parts[0]) > _SHORT and parts[0][1:].islower() and parts[1].isupper():
        return len(parts[1]) > 1 and not words.knows(core(word).lower())
    small = [part for part in parts if len(part) >= _SHORT and part.isalpha() and part[1:].islower()]
    alike = parts[0][:1].isupper() or not parts[-1][:1].isupper()
    if len(small) != 2 or len(parts) != 2 or not alike or words.knows(core(word).lower()):
        return False
    one, other = (part.lower() for part in small)
    return not any(one[at : at + _DOUBLING] in other for at in range(len(one) - _DOUBLING + 1))


def _is_joined(part: str, words: Known) -> bool:
    """Tell whether a run of letters that is no known word is two (`evaluasipada`, `WBKWBBM`)."""
    letters = part.lower()
    least = 2 if part.isupper() else _SHORT
    if len(letters) < 2 * _SHORT or words.knows(letters):
        return False
    if any(letters.endswith(word) and len(letters) - len(word) > 2 * _SHORT for word in _CONNECTING):
        return True
    pairs = ((letters[:at], letters[at:]) for at in range(least, len(letters) - least + 1))
    return any(
        words.knows(one) and words.knows(other) and _is_likely(part, one, other, words)
        for one, other in pairs
    )


def _is_likely(part: str, one: str, other: str, words: Known) -> bool:
    """Tell whether two words may well have run together: capitals before a name, long ones, a short one that is common."""
    shorter = min(one, other, key=len)
    if part.isupper() and len(shorter) > _SHORT:
        return words.is_common(one) or words.is_common(other)  # else a name (`WAHYUNINGSIH`)
    if len(one) > 1 and part[: len(one)].isupper() and part[len(one)].isupper():
        return True
    return part.isupper() or len(shorter) > _SHORT + 1 or words.is_common(shorter)


def _is_parted(before: str, word: str) -> bool:
    """Tell whether a hyphen was lost from a doubled word (`masing masing`, `perundang undangan`)."""
    one, other = core(before).lower(), core(word).lower()
    if not (one + other).isalpha() or before != core(before):
        return False
    return any(one.endswith(other[:at]) for at in range(_DOUBLING, len(other) + 1))


def _is_broken(before: str, word: str, behind: str, words: Known) -> bool:
    """Tell whether a word and its neighbour, one of them a mere piece, make one known word."""
    pairs = [(before, word), (word, behind)]
    for left, right in pairs:
        whole = (left + right).lower()
        capitals = len(left) > 1 and len(right) > 1 and left.isupper() != right.isupper()
        if not left or not right or not whole.isalpha() or capitals:
            continue
        pieces = [part.lower() for part in (left, right)]
        mere = any(len(p) <= _SHORT and not words.is_common(p) for p in pieces)
        if words.knows(whole) and (mere or not all(map(words.knows, pieces))):
            return True
    return False


def core(word: str) -> str:
    """Return a word without the signs around it."""
    return _AROUND.sub("", word)


def roman_form(word: str, before: str, behind: str) -> str | None:
    """Return the capital roman numeral that a word looks like where it is written otherwise, `None` where it is not.

    Only beside a word of capitals (`POKJA il`), or where the word itself mixes I with other upright strokes (`IlI`).
    """
    inner = core(word)
    if not _LIKE_ROMAN.fullmatch(inner) or inner.isdigit():
        return None
    form = as_roman(inner)
    beside = [core(each) for each in (before, behind)]
    capitals = any(len(w) >= _SHORT and w.isalpha() and w.isupper() for w in beside)
    small = any(w.isalpha() and w.islower() for w in beside)
    mixed = "I" in inner and inner != form and not set(inner) & set("vx")
    if form == inner or not _NUMERAL.fullmatch(form) or not ((capitals and not small) or mixed):
        return None
    return word.replace(inner, form, 1)


def stroke_form(word: str, words: Known) -> str | None:
    """Return the one known word that differs in upright strokes only from an unknown, or far rarer, one (`dIl`, `dil`).

    Of several known ones the one that is common is taken (`dll`).
    """
    inner = core(word)
    rare = len(inner) >= _SHORT and not inner.isupper() and has_commoner_twin(inner.lower(), words)
    if not inner.isalpha() or (words.knows(inner.lower()) and not rare):
        return None
    known = {twin.lower() for twin in _twins(inner) if words.knows(twin.lower())}
    if len(known) > 1:
        known = {twin for twin in known if words.is_common(twin)}
    found = {_in_case_of(inner, twin) for twin in known}
    return word.replace(inner, found.pop(), 1) if len(found) == 1 else None


def _twins(inner: str) -> Iterator[str]:
    """Yield a word with its upright strokes read as i or l in all ways; nothing where it has none or too many."""
    places = [at for at, char in enumerate(inner) if char in STROKES]
    if not 0 < len(places) <= _STROKE_PLACES:
        return
    for choice in product("il", repeat=len(places)):
        letters = list(inner)
        for at, letter in zip(places, choice, strict=True):
            letters[at] = letter
        yield "".join(letters)


def _in_case_of(inner: str, form: str) -> str:
    """Return a form in capitals where all letters but the strokes are capitals, else small but for the first."""
    others = [char for char in inner if char not in STROKES]
    if others and all(map(str.isupper, others)):
        return form.upper() if len(inner) > 1 else form
    return form[:1].upper() + form[1:].lower() if inner[:1].isupper() and others else form.lower()
