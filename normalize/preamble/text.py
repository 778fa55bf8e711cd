"""Strings of the head: raw text into clean text, lines into running text, words into dates and keys."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable
from datetime import date

from normalize.preamble.settings import LINES
from normalize.text import squeeze
from schema.periods import month_names

MONTHS = {name.casefold(): month for month, names in month_names("id").items() for name in names}
_CENTURY, _LAST_CENTURY = 2000, 1900

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


def strip_markup(text: str) -> str:
    """Take off the residue of HTML and Markdown; what is between the marks stays."""
    text = _HEADING.sub("", _TAG.sub("", text))
    text = _EMPHASIS.sub("", _STRONG.sub("", text))
    return html.unescape(text)


def strip_bullet(text: str) -> str:
    """Take off one leading bullet."""
    return _BULLET.sub("", text)


def join_lines(texts: Iterable[str]) -> str:
    """Join the lines of a paragraph.

    A line that ends with a hyphen or slash set close to its word goes on without a space, since both
    belong to the word in Indonesian print (`perundang-` / `undangan`, `Kabupaten/` / `Kota`).
    """
    parts: list[str] = []
    tail = ""  # of what is joined so far: a letter, the sign behind it, perhaps a line feed
    for text in texts:
        close = re.search(r"\w[-/]$", tail) and re.match(r"\w", text)
        space = "" if not tail or close else " "
        parts.append(space + text)
        tail = (tail + parts[-1])[-3:]
    return squeeze("".join(parts))


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
    if len(str(year)) > 2:
        return year
    return year + (_CENTURY if year <= LINES.pivot_year else _LAST_CENTURY)


def is_capitals(text: str) -> bool:
    """Tell whether a line is printed in capitals, a letter or two aside."""
    letters = [char for char in text if char.isalpha()]
    return bool(letters) and sum(char.isupper() for char in letters) >= LINES.capitals * len(letters)
