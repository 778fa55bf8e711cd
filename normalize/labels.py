"""Numerals and area titles: recognised in a cell's text, alone or before a name."""

from __future__ import annotations

import re
from dataclasses import dataclass

from rapidfuzz import fuzz

from normalize.official.official_list import OfficialList
from normalize.settings import NAMES
from normalize.text import counted, fold, from_roman, squeeze
from normalize.vocabulary import FormVocabulary
from normalize.words.confusables import as_roman
from schema.numerals import from_letter

_TAGS = re.compile(r"</?[A-Za-z][^<>]*>|\*{1,3}")
_NUMERAL = re.compile(r"^\(?(?P<no>[ivxlIVXL1|j]{1,5}|[a-zA-Z]|\d{1,2})\s*[.,:;)]?$")
_COMBINED = re.compile(
    r"^\(?(?P<no>[ivxlIVXL|j]{1,5}|[a-zA-Z]|\d{1,2})\s*(?:[.)]|:(?=\s))\s*(?P<name>\D.{2,})$", re.DOTALL
)
_AREA = re.compile(r"^(?P<no>\d{1,2}|[IVXLl|1]{1,5}|[A-Z])\s*[.,)]?\s+(?P<name>\D.{3,})$", re.DOTALL)
_CLOSE_AREA = re.compile(r"^(?P<no>\d{1,2}|[IVXLl|1]{1,5})\s*[.)](?P<name>\D.{3,})$", re.DOTALL)
_SIGNED = re.compile(r"^(\w{1,5})\s*[:–-]\s*")


@dataclass(frozen=True, slots=True)
class AreaTitle:
    """The title of an area: its printed label, its number if the label or the name tells it, its name."""

    label: str
    number: int | None
    name: str


def plain(text: str) -> str:
    """Return the text without markup residue, white space squeezed: what the recognisers look at."""
    return squeeze(_TAGS.sub("", text) if "<" in text or "*" in text else text)


def same_name(one: str, other: str) -> bool:
    """Tell whether two names of areas or components are one but for a letter or two."""
    return fuzz.ratio(fold(plain(one)), fold(plain(other))) >= NAMES.same


def is_numeral(text: str) -> bool:
    """Tell whether a cell holds nothing but a numeral (`iv.`, `2`, `b)`)."""
    match = _NUMERAL.match(plain(text))
    return match is not None and (len(match["no"]) == 1 or numeral_value(match["no"]) is not None)


def clean_numeral(text: str) -> str:
    """Return a numeral without punctuation, as printed."""
    return plain(text).strip("().,:;-–— ")


def split_numeral(text: str) -> tuple[str, str] | None:
    """Split `iv. Name` into numeral and name, or return `None`."""
    match = _COMBINED.match(plain(text))
    if match is None or numeral_value(match["no"]) is None:
        return None
    return match["no"], match["name"].strip()


def without_numeral(text: str) -> str:
    """Return a text without the numeral of an area or a component before it."""
    match = _COMBINED.match(plain(text)) or _AREA.match(plain(text))
    return match["name"].strip() if match else text


def numeral_value(numeral: str) -> int | None:
    """Return the ordinal that a numeral stands for: roman, Arabic, or a letter."""
    text = clean_numeral(numeral)
    if text.isdecimal() and text != "1":
        return counted(text)
    roman = from_roman(as_roman(text)) if text != "l" else 1
    if roman is not None:
        return roman
    return from_letter(text)


def bare_title(text: str, vocabulary: FormVocabulary) -> str:
    """Return a title without the word for the area before its number: `AREA I: Name`, `POKJA I NAME` as `I. Name`."""
    folded = fold(text)
    words = [word for word in vocabulary.area_words if folded.startswith(word + " ")]
    if not words:
        return text
    parts = plain(text).split(None, max(len(word.split()) for word in words))
    return _SIGNED.sub(r"\1. ", parts[-1].lstrip(" :.-–"))


def area_title(texts: list[str], official: OfficialList, vocabulary: FormVocabulary) -> AreaTitle | None:
    """Recognise the title of an area in the only texts of a row.

    The title has a number before it, or says what the official list says. A team's name without a number
    is not a title.
    """
    joined = " ".join(plain(text) for text in texts)
    match = _AREA.match(joined) or _CLOSE_AREA.match(joined)
    name = match["name"].strip() if match else joined
    if match is None and (vocabulary.names_team(joined) or len(texts) > 1):
        return None
    known = official.match_area(name)
    if match is None:
        return AreaTitle("", known, name) if known else None
    return AreaTitle(match["no"], _area_number(match["no"]) or known, name)


def _area_number(label: str) -> int | None:
    """Return the number of a title's label; letters that are not a numeral are taken for strokes only together."""
    return counted(label) if label.isdecimal() else numeral_value(label)
