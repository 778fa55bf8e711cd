"""A schedule's text turned into tokens: broken words joined, every character either a token or mere punctuation."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from normalize.schedule_text.model import Span, Token
from normalize.schedule_text.words import UNIT_KINDS, ScheduleWords
from normalize.text import counted, from_roman
from normalize.words.confusables import plain_dashes
from schema.language import decree_words, either
from schema.periods import MONTHS

# One letter a kind: M month, b Q S y w d units (month to day), E adverb of a unit, z one unit ("setahun"), N number,
# R roman numeral, Y year, X span of periods, W week or day of a month, T range, c list, ( ) brackets, ? not known;
# u a number of months, the others are the lists of the data file (`words._KINDS`).
_BROKEN = re.compile(r"([^\W\d_]+)(-?)[^\S\n]*\n\s*([^\W\d_]+)")
_DATE = re.compile(r"(?<!\d)(?:(\d{1,2})([-/.])(\d{1,2})\2(\d{4}|\d{2})|(\d{4})-(\d{2})-(\d{2}))(?!\d)")
_WORD = re.compile(r"[^\W\d_]+")
_NUMBER = re.compile(r"\d+")
_KE = either(decree_words("frequency")["ordinal"])
_ORDINAL = re.compile(rf"{_KE}\s*-?\s*(?=\d|[ivx]+(?![^\W_]))", re.IGNORECASE)
_BEHIND_KE = re.compile(rf"(?<![^\W\d_]){_KE}\s*-?\s*$", re.IGNORECASE)
_NEAR = 16  # letters before a number among which "ke-" is
_UNIT_DASH = re.compile(r"\s?[.-]\s?(?=\d|[IVX]+(?![^\W_]))")
_DASH_ITEM = re.compile(r"-")
_NUMBER_ITEM = re.compile(r"(\d{1,2})[.)]\s+(?=\D)")
_NUMERAL = re.compile(r"[IVXivx]+")
_LISTS = {",", ";", "&", "+", "/"}
_SILENT = frozenset(".:\"'“”‘’")
_UNITS = frozenset("bQSw")


def joined_lines(printed: str, words: ScheduleWords) -> str:
    """Return the text with one kind of dash and with the words joined that a line's end has cut in two.

    A word is put together only where it is a known one and its parts are not.
    """
    text = plain_dashes(printed)
    at = 0
    while (found := _BROKEN.search(text, at)) is not None:
        left, _, right = found.groups()
        apart = words.look_up(left) is not None and words.look_up(right) is not None
        if words.look_up(left + right) is None or apart:
            at = found.start(3)
            continue
        text = text[: found.start()] + left + right + text[found.end() :]
        at = found.start()
    return text


def tokenize(text: str, words: ScheduleWords) -> list[Token]:
    """Split a text whose lines were joined; what is neither a known word nor punctuation is a token of kind `?`."""
    bullet = _bullet(text)
    tokens: list[Token] = []
    at = 0
    while at < len(text):
        new = list(_next(text, at, words, tokens, bullet))
        tokens += [token for token in new if token.kind not in ("", "f")]
        at = new[-1].end
    return tokens


def _bullet(text: str) -> re.Pattern[str] | None:
    """Return what begins each item of a list: dashes where the first line has one, numbers that count from 1."""
    if text.lstrip().startswith("-"):
        return _DASH_ITEM
    numbered = [found[1] for line in text.splitlines() if (found := _NUMBER_ITEM.match(line.lstrip()))]
    counts = numbered == [str(n) for n in range(1, len(numbered) + 1)]
    return _NUMBER_ITEM if counts and len(numbered) > 1 else None


def _next(
    text: str, at: int, words: ScheduleWords, before: list[Token], bullet: re.Pattern[str] | None
) -> Iterator[Token]:
    """Yield the tokens that begin here; kind `` is what says nothing."""
    skipped = _skipped(text, at, before, bullet)
    if skipped:
        yield Token("", at, skipped)
    elif found := _DATE.match(text, at):
        yield _date(found)
    elif found := words.phrases.match(text, at):
        yield from _known(text, found, words)
    elif found := _NUMBER.match(text, at):
        yield _number(found)
    elif found := _WORD.match(text, at):
        yield from _word(found, words, before)
    else:
        kind = (
            "T" if text[at] == "-" else "c" if text[at] in _LISTS else text[at] if text[at] in "()" else "?"
        )
        yield Token(kind, at, at + 1)


def _skipped(text: str, at: int, before: list[Token], bullet: re.Pattern[str] | None) -> int:
    """Return where white space, a stop, a bullet or the `ke` of an ordinal ends, 0 if none begins here."""
    if text[at].isspace() or text[at] in _SILENT:
        return at + 1
    if bullet is not None and not text[:at].rpartition("\n")[2].strip() and (item := bullet.match(text, at)):
        return item.end()
    if (at == 0 or not text[at - 1].isalpha()) and (ordinal := _ORDINAL.match(text, at)):
        return ordinal.end()
    touching = bool(before) and before[-1].end == at
    if touching and before[-1].kind == "e" and text[at] == "-":
        return at + 1
    dash = _UNIT_DASH.match(text, at) if touching and before[-1].kind in _UNITS else None
    return dash.end() if dash else 0


def _known(text: str, found: re.Match[str], words: ScheduleWords) -> Iterator[Token]:
    """Yield a known word; short forms that stand for a unit only before a number are looked at there."""
    entry = words.look_up(found[0])
    if entry is None:  # a phrase with other white space than one blank is looked up with one
        yield Token("?", found.start(), found.end())
        return
    kind, value = entry
    # The x of "2x" is a separate word; alone it may be a tick.
    if found[0].casefold() == "x" and not text[: found.start()].rstrip()[-1:].isdigit():
        yield _roman_or_unknown(found)
        return
    yield Token(kind, found.start(), found.end(), value)


def _date(found: re.Match[str]) -> Token:
    day, _, month, year, iso_year, iso_month, iso_day = found.groups()
    parts = (
        (iso_year, iso_month, iso_day) if iso_year else (year if len(year) > 2 else f"20{year}", month, day)
    )
    try:
        seen = date(*map(int, parts))
    except ValueError:
        return Token("?", found.start(), found.end())
    span = Span("month", seen.month, seen.month, seen.year, seen.year, finer=True)
    return Token("X", found.start(), found.end(), (span,))


def _number(found: re.Match[str]) -> Token:
    """Return a number: a year, an ordinal ("ke-2"), which counts as a roman numeral does, or any other."""
    number = counted(found[0])
    if number is None:
        return Token("?", found.start(), found.end())
    if _BEHIND_KE.search(found.string[max(0, found.start() - _NEAR) : found.start()]):
        return Token("R", found.start(), found.end(), number)
    year = len(found[0]) == len("2025") and found[0][:2] in ("19", "20")
    return Token("Y" if year else "N", found.start(), found.end(), number)


def _word(found: re.Match[str], words: ScheduleWords, before: list[Token]) -> Iterator[Token]:
    text, start, end = found[0], found.start(), found.end()
    behind = found.string[end : end + 2]
    code = words.codes.get(text.casefold())
    if code is not None and (
        behind[:1].isdigit() or (behind[:1] in (".", "-", " ") and behind[1:].isdigit())
    ):
        yield Token(UNIT_KINDS[code], start, end, code)
        return
    yield from _glued(found, words, before)


def _glued(found: re.Match[str], words: ScheduleWords, before: list[Token]) -> Iterator[Token]:
    """Yield a unit and the roman numeral glued to it (`TWIV`), a numeral alone, or an unknown word."""
    text, start = found[0], found.start()
    for code in sorted(words.codes, key=len, reverse=True):
        number = from_roman(text[len(code) :]) if text[len(code) :].isupper() else None
        if text.casefold().startswith(code) and number is not None and number <= MONTHS:
            unit = words.codes[code]
            yield Token(UNIT_KINDS[unit], start, start + len(code), unit)
            yield Token("R", start + len(code), found.end(), number)
            return
    small = text.islower() and not (before and before[-1].kind in "bQSwRTc")
    yield Token("?", start, found.end()) if small else _roman_or_unknown(found)


def _roman_or_unknown(found: re.Match[str]) -> Token:
    number = from_roman(found[0]) if _NUMERAL.fullmatch(found[0]) else None
    known = number is not None and number <= MONTHS
    return Token("R" if known else "?", found.start(), found.end(), number if known else None)
