"""Turns the text of an evidence cell into the single documents it names."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from schema.language import decree_words, either

_BULLET = re.compile(r"(?:^|(?<=\s))(?:[-–*](?=\s)|[•●▪◦·‣])\s*")
_NUMBER = re.compile(r"(?:^|(?<=[\s,;:]))(\d{1,2})[.)]\s+(?=\S)")
_LETTER = re.compile(r"(?:^|(?<=[\s,;:]))([a-z])[.)]\s+(?=\S)")
_AND = either(decree_words("evidence")["and"])
_SEPARATOR = re.compile(rf",\s*{_AND}\s+|,\s+|\s+{_AND}\s+")
_CONNECTOR = re.compile(rf"^{_AND}\s+", re.IGNORECASE)
_FIRST_WORD = re.compile(r"[^\W_]+")
_FEWEST_ITEMS = 2
_EDGES = " \t\n,;"


def split_documents(text: str, nouns: Collection[str]) -> tuple[str, ...]:
    """Return the documents an evidence text names, in its order; an empty text names none.

    List marks (their numbers may count on from line to line), line breaks and semicolons part documents always; commas, `dan` and `serta` only
    where both sides begin like a document (`nouns`, lower case). Nothing is parted inside
    brackets. Every word of the text is kept but the connectors and list marks between documents.
    """
    pieces = [piece for item in _items(text) for piece in _cut(item, ";")]
    found = [document for piece in pieces for document in _named(piece, nouns)]
    cleaned = (" ".join(_CONNECTOR.sub("", document.strip(_EDGES)).split()) for document in found)
    return tuple(document for document in cleaned if _FIRST_WORD.search(document))


def _depths(text: str) -> list[int]:
    """Return how many brackets are open at each place; a bracket never closed counts as none."""
    if "(" not in text:
        return [0] * len(text)
    depths, depth = [], 0
    for char in text:
        depth = max(0, depth + (char == "(") - (char == ")"))
        depths.append(depth)
    return depths if depth == 0 else [0] * len(text)


def _items(text: str) -> Iterator[str]:
    """Part a text at its lines and its list marks: bullets, or numbers or letters that count up from the first."""
    label = ""
    for line in text.splitlines():
        marks = _counted(line, label)
        label = _label(line, marks[-1]) if marks else label
        at = 0
        for start, end in marks or _bullets(line):
            yield line[at:start]
            at = end
        yield line[at:]


def _counted(line: str, label: str) -> list[tuple[int, int]]:
    """Return the numbers or letters of a line that count up from the first one, or on from the label above."""
    for pattern, first in ((_NUMBER, "1"), (_LETTER, "a")):
        marks = _counting(line, pattern, first)
        if not marks and label and label.isdigit() == first.isdigit():
            marks = _counting(line, pattern, _next(label))
        if marks:
            return marks
    return []


def _label(line: str, mark: tuple[int, int]) -> str:
    return line[slice(*mark)].strip(" .)\t")


def _next(label: str) -> str:
    return str(int(label) + 1) if label.isdigit() else chr(ord(label) + 1)


def _bullets(line: str) -> list[tuple[int, int]]:
    """Return the bullets of a line; a dash inside it is one only when the line begins with a dash."""
    marks = [match.span() for match in _BULLET.finditer(line) if _is_bullet(line, match.group())]
    depths = _depths(line)
    return [(start, end) for start, end in marks if depths[start] == 0]


def _is_bullet(line: str, mark: str) -> bool:
    return mark.strip() not in "-–*" or line.lstrip().startswith(mark.strip())


def _counting(line: str, pattern: re.Pattern[str], first: str) -> list[tuple[int, int]]:
    expected, marks, depths = first, [], _depths(line)
    for match in pattern.finditer(line):
        if match.group(1) == expected and depths[match.start(1)] == 0:
            marks.append(match.span())
            expected = _next(expected)
    return marks if len(marks) >= _FEWEST_ITEMS or (marks and not line[: marks[0][0]].strip()) else []


def _cut(text: str, sign: str) -> Iterator[str]:
    at = 0
    for place, depth in enumerate(_depths(text)):
        if text[place] == sign and depth == 0:
            yield text[at:place]
            at = place + 1
    yield text[at:]


def _named(text: str, nouns: Collection[str]) -> Iterator[str]:
    """Part a text at commas and connectors between two names of documents."""
    depths, at = _depths(text), 0
    for match in _SEPARATOR.finditer(text):
        listed = match.group().startswith(",")
        if depths[match.start()] == 0 and _parts(
            text[at : match.start()], text[match.end() :], listed, nouns
        ):
            yield text[at : match.start()]
            at = match.end()
    yield text[at:]


def _parts(left: str, right: str, listed: bool, nouns: Collection[str]) -> bool:
    """Tell whether both sides begin like a document; a single word before a bare `dan` is not yet a name."""
    words = _FIRST_WORD.findall(left)
    return _begins(left, nouns) and _begins(right, nouns) and (listed or len(words) > 1)


def _begins(text: str, nouns: Collection[str]) -> bool:
    first = _FIRST_WORD.search(text.lstrip())
    return first is not None and first.group().lower() in nouns
