"""The clean lines of a decree into its sections, from the letterhead to the annex."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from normalize.preamble.clauses import ARTICLE, DICTUM
from normalize.preamble.closing import starts_block
from normalize.preamble.lines import merge_rows
from normalize.preamble.naming import KIND
from normalize.preamble.settings import PARTS
from normalize.preamble.values import Line
from schema.language import decree_words, either

_WORDS = {name: either(words) for name, words in decree_words("sections").items()}
# The word that opens an annex, alone or before the naming of its decree.
_ANNEX = re.compile(
    rf"^(?P<word>{_WORDS['annex']})(?:\s*-?\s*(?:[IVX]+|\d{{1,2}})\b\.?)?\s*(?P<colon>:?)\s*(?P<rest>.*)$"
)
_ACT = re.compile(rf"^{KIND}\b")
_NUMBER = re.compile(rf"^{either(decree_words('naming')['number'])}\s*(?P<colon>:?)", re.IGNORECASE)
_FORMULA = re.compile(rf"^{_WORDS['formula']}", re.IGNORECASE)
_END = r"\s*(?:[:;]\s*|$"
_HEADS = tuple(
    (name, re.compile(pattern, re.IGNORECASE))
    for name, pattern in (
        ("considerations", rf"^{_WORDS['considerations']}{_END}|(?=a[.)]\s|{_WORDS['that']}\b))"),
        ("legal_basis", rf"^{_WORDS['legal_basis']}{_END}|(?=(?:1|a)[.)]\s))"),
        ("regards", rf"^{_WORDS['regards']}{_END}|(?=(?:1|a)[.)]\s))"),
        ("verdict", rf"^{either(decree_words('sections')['verdict'], spread=True)}\s*[:;]?\s*$"),
        ("decides", rf"^{_WORDS['decides']}{_END})"),
    )
)


@dataclass(frozen=True)
class Sections:
    """The lines of each section; a section that is not there is empty. `with_body` tells that the decree's clauses are.

    `regards` is "Memperhatikan", which a decree's head has no field for; `formula` the order to publish.
    `closing` and `annex` are pieces as on the page, not yet joined to visual lines.
    """

    opening: tuple[Line, ...] = ()
    considerations: tuple[Line, ...] = ()
    legal_basis: tuple[Line, ...] = ()
    regards: tuple[Line, ...] = ()
    verdict: tuple[Line, ...] = ()
    decides: tuple[Line, ...] = ()
    dictum: tuple[Line, ...] = ()
    formula: tuple[Line, ...] = ()
    closing: tuple[Line, ...] = ()
    annex: tuple[Line, ...] = ()
    with_body: bool = False

    @property
    def body(self) -> tuple[Line, ...]:
        """The lines from "Menimbang" to the order to publish, without "Memperhatikan"."""
        return (
            *(*self.considerations, *self.legal_basis, *self.verdict),
            *(*self.decides, *self.dictum, *self.formula),
        )


def split_sections(lines: Sequence[Line]) -> Sections:
    """Cut the lines of a decree at the words that open its sections."""
    annex_at = next((i for i in range(len(lines)) if annex_rest(lines, i) is not None), len(lines))
    body, annex = lines[:annex_at], tuple(lines[annex_at:])
    with_body = _has_body(body)
    if not annex and not with_body:
        return Sections(annex=tuple(lines))
    closing_at = next((i for i, line in enumerate(body) if starts_block(line.text)), len(body))
    parts = _body_sections(merge_rows(body[:closing_at]))
    return Sections(**parts, closing=tuple(body[closing_at:]), annex=annex, with_body=with_body)


def annex_rest(lines: Sequence[Line], at: int) -> str | None:
    """Return what follows the word LAMPIRAN in a line that opens an annex; `None` for any other line.

    In small letters it opens one only where a decree's labelled number is below it, as in no sentence.
    """
    if not _ANNEX.match(lines[at].text):
        return None
    rows = merge_rows(lines[at : at + 2 * PARTS.annex_lines])[: PARTS.annex_lines]
    match = _ANNEX.match(rows[0].text)
    if match is None:
        return None
    rest = match["rest"]
    if match["word"].isupper() and (not rest or _ACT.match(rest)):
        return rest
    named = re.match(KIND, rest or rows[1].text if len(rows) > 1 else rest, re.IGNORECASE)
    numbers = [number for row in rows[1:] if (number := _NUMBER.match(row.text))]
    colon = match["colon"] or (numbers and numbers[0]["colon"])
    return rest if named and numbers and colon else None


def _has_body(lines: Sequence[Line]) -> bool:
    return any(pattern.match(line.text) for line in lines for _, pattern in _HEADS[:2])


def _body_sections(lines: Sequence[Line]) -> dict[str, tuple[Line, ...]]:
    """Give every line of the body to a section; a section's opening word is taken off."""
    found: dict[str, list[Line]] = {}
    section, rank = "opening", -1
    for line in lines:
        opened = _opened(line, rank)
        if opened is not None:
            rank, section, line = opened[0], opened[1], line.with_text(opened[2])  # noqa: PLW2901
        elif section in ("verdict", "decides") and (DICTUM.match(line.text) or ARTICLE.match(line.text)):
            section, rank = "dictum", len(_HEADS)
        elif section == "dictum" and _FORMULA.match(line.text):
            section = "formula"
        found.setdefault(section, []).append(line)
    return {name: tuple(members) for name, members in found.items()}


def _opened(line: Line, rank: int) -> tuple[int, str, str] | None:
    """Return rank, name and remaining text if the line opens a later section than the present one."""
    for i, (name, pattern) in enumerate(_HEADS):
        match = pattern.match(line.text)
        if match and i > rank:
            return i, name, line.text[match.end() :]
    return None
