"""Strings of the head: raw text into clean text, lines into running text, words into dates and keys."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable
from datetime import date

MONTHS = {
    "januari": 1, "februari": 2, "pebruari": 2, "maret": 3, "april": 4, "mei": 5, "juni": 6, "juli": 7,
    "agustus": 8, "september": 9, "oktober": 10, "november": 11, "nopember": 11, "desember": 12,
    "jan": 1, "feb": 2, "peb": 2, "mar": 3, "mrt": 3, "apr": 4, "jun": 6, "jul": 7, "agu": 8, "ags": 8, "agt": 8,
    "agust": 8, "sep": 9, "sept": 9, "okt": 10, "nov": 11, "nop": 11, "des": 12,
}  # fmt: skip
PIVOT = 69  # two-digit years up to this are of this century, as POSIX's strptime reads them
CAPITALS = 0.8  # share of a line's letters from which on it is in capitals: a scan's I may be read as l

_TAG = re.compile(r"</?[A-Za-z][A-Za-z0-9]*(?:\s[^<>]*)?/?>")
_HEADING = re.compile(r"^\s*#{1,6}\s+")
_STRONG = re.compile(r"\*\*|__")
_EMPHASIS = re.compile(r"(?<![\w*])\*(?=\S)|(?<=\S)\*(?![\w*])")
_BULLET = re.compile(r"^\s*[-•●▪–*]\s+")
_YEAR = r"(?P<year>\d{4}|['’]?\d{2})(?!\d)"
# `4 Januari 2024`, `4 Jan 24`, `04-01-2024`, `4/1/24`
DATE = re.compile(
    rf"(?<!\d)(?P<day>\d{{1,2}})(?:\s*[-\s]\s*(?P<name>[A-Za-z]{{3,9}})\.?\s*[-\s]\s*"
    rf"|\s*(?P<sign>[-/.])\s*(?P<month>\d{{1,2}})\s*(?P=sign)\s*){_YEAR}"
)
_WORD = re.compile(r"[^\W_]+")


def strip_markup(text: str) -> str:
    """Take off the residue of HTML and Markdown; what stands between the marks stays."""
    text = _HEADING.sub("", _TAG.sub("", text))
    text = _EMPHASIS.sub("", _STRONG.sub("", text))
    return html.unescape(text)


def strip_bullet(text: str) -> str:
    """Take off one leading bullet."""
    return _BULLET.sub("", text)


def squeeze(text: str) -> str:
    """Turn every run of white space into one space and trim the ends."""
    return " ".join(text.split())


def join_lines(texts: Iterable[str]) -> str:
    """Join the lines of a paragraph.

    A line that ends with a hyphen or slash set close to its word goes on without a space, since both
    belong to the word in Indonesian print (`perundang-` / `undangan`, `Kabupaten/` / `Kota`).
    """
    joined = ""
    for text in texts:
        close = re.search(r"\w[-/]$", joined) and re.match(r"\w", text)
        joined = joined + text if not joined or close else f"{joined} {text}"
    return squeeze(joined)


def key(text: str) -> str:
    """Return the words of a text in lower case, for comparison."""
    return " ".join(_WORD.findall(text.casefold()))


def parse_date(text: str) -> date | None:
    """Return the first Indonesian date in the text (day, month, year); `None` if there is none or no such day.

    A year of two digits is one of 1970 to 2069.
    """
    for match in DATE.finditer(text):
        month = MONTHS.get(match["name"].casefold()) if match["name"] else int(match["month"])
        if month is not None:
            try:
                return date(full_year(match["year"]), month, int(match["day"]))
            except ValueError:
                return None
    return None


def full_year(digits: str) -> int:
    """Return a year of four digits; one of two is of 1970 to 2069."""
    year = int(digits.strip("'’"))
    if year >= 100:
        return year
    return year + (2000 if year <= PIVOT else 1900)


def is_upper(text: str) -> bool:
    """Tell whether the text has letters and all of them are capitals."""
    return text.isupper()


def is_capitals(text: str) -> bool:
    """Tell whether a line is printed in capitals, a letter or two aside."""
    letters = [char for char in text if char.isalpha()]
    return bool(letters) and sum(char.isupper() for char in letters) >= CAPITALS * len(letters)
