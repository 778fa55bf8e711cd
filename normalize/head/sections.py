"""The clean lines of a decree into its sections, from the letterhead to the annex."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from normalize.head.clauses import ARTICLE, DICTUM
from normalize.head.closing import starts_block
from normalize.head.lines import merge_rows
from normalize.head.values import Line

_ANNEX = re.compile(
    r"^LAMPIRAN(?:\s+(?:[IVX]+|\d{1,2}))?\s*:?\s*(?:$|(?:SURAT\s+)?(?:KEPUTUSAN|PERATURAN|INSTRUKSI)\b)"
    r"|^Lampiran(?:\s+(?:[IVX]+|\d{1,2}))?\s*:\s*(?:$|(?:Surat\s+)?(?:Keputusan|Peraturan|Instruksi)\b)"
)
_FORMULA = re.compile(r"^Agar setiap orang mengetahuinya", re.IGNORECASE)
_HEADS = (
    ("considerations", re.compile(r"^Menimbang\s*(?:[:;]\s*|$|(?=a[.)]\s|bahwa\b))", re.IGNORECASE)),
    ("legal_basis", re.compile(r"^Mengingat\s*(?:[:;]\s*|$|(?=(?:1|a)[.)]\s))", re.IGNORECASE)),
    ("regards", re.compile(r"^Memperhatikan\s*(?:[:;]\s*|$|(?=(?:1|a)[.)]\s))", re.IGNORECASE)),
    ("verdict", re.compile(r"^M\s*E\s*M\s*U\s*T\s*U\s*S\s*K\s*A\s*N\s*[:;]?\s*$", re.IGNORECASE)),
    ("decides", re.compile(r"^Menetapkan\s*(?:[:;]\s*|$)", re.IGNORECASE)),
)


@dataclass(frozen=True)
class Sections:
    """The lines of each section; a section that is not there is empty.

    `regards` is "Memperhatikan", which a decree's head has no field for; `formula` the order to publish.
    `closing` and `annex` are pieces as they stand on the page, not yet joined to visual lines.
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


def split_sections(lines: Sequence[Line]) -> Sections:
    """Cut the lines of a decree at the words that open its sections."""
    annex_at = next((i for i, line in enumerate(lines) if _ANNEX.match(line.text)), len(lines))
    body, annex = lines[:annex_at], tuple(lines[annex_at:])
    if not annex and not _has_body(body):
        loose = any(starts_block(line.text) for line in body)
        return Sections(annex=tuple(lines)) if loose else Sections(opening=tuple(lines))
    closing_at = next((i for i, line in enumerate(body) if starts_block(line.text)), len(body))
    parts = _body_sections(merge_rows(body[:closing_at]))
    return Sections(**parts, closing=tuple(body[closing_at:]), annex=annex)


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
