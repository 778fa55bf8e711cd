"""Strings of the head: raw text into clean text, lines into running text, words into dates and keys."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable
from datetime import date

MONTHS = {
    "januari": 1, "februari": 2, "pebruari": 2, "maret": 3, "april": 4, "mei": 5, "juni": 6, "juli": 7,
    "agustus": 8, "september": 9, "oktober": 10, "november": 11, "nopember": 11, "desember": 12,
}  # fmt: skip

_TAG = re.compile(r"</?[A-Za-z][A-Za-z0-9]*(?:\s[^<>]*)?/?>")
_HEADING = re.compile(r"^\s*#{1,6}\s+")
_STRONG = re.compile(r"\*\*|__")
_EMPHASIS = re.compile(r"(?<![\w*])\*(?=\S)|(?<=\S)\*(?![\w*])")
_BULLET = re.compile(r"^\s*[-•●▪–*]\s+")
_DATE = re.compile(r"(\d{1,2})\s+([A-Za-z]+)\s+(\d{4})")
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
    """Return the first Indonesian date in the text; `None` if there is none or no such day exists."""
    match = _DATE.search(text)
    if match is None or match[2].casefold() not in MONTHS:
        return None
    try:
        return date(int(match[3]), MONTHS[match[2].casefold()], int(match[1]))
    except ValueError:
        return None


def is_upper(text: str) -> bool:
    """Tell whether the text has letters and all of them are capitals."""
    return text.isupper()
