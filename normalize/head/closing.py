"""Signature blocks into place, date, signatory and attestation."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from normalize.head.lines import columns
from normalize.head.opening import part_of
from normalize.head.text import is_upper, squeeze
from normalize.head.values import Line, Part, SignatureParts, indices_of

_ENACTED = re.compile(r"^(?:Ditetapkan|Dikeluarkan|Ditandatangani)\s+di\s*:?\s*(?P<place>.*)$", re.IGNORECASE)
_ON = re.compile(r"^(?P<before>.*?)(?:pada\s+)?tanggal\s*:?\s*(?P<date>.*)$", re.IGNORECASE)
_DATED = re.compile(r"^(?P<place>[A-Z][\w .'-]*),\s*(?:tanggal\s+)?(?P<date>\d{1,2}\s+[A-Za-z]+\s+\d{4})$")
_COPY = re.compile(r"^(?:Salinan|Disalin|Sesuai)\b.*\baslinya\b", re.IGNORECASE)
_PROMULGATED = re.compile(r"^Diundangkan\s+di\b", re.IGNORECASE)
_GAZETTE = re.compile(r"^(?:BERITA|LEMBARAN)\s+(?:NEGARA|DAERAH)\b")
# What stands for the signature: "ttd.", also misread, a stroke; no name has so few letters.
_MARK = re.compile(
    r"^(?:[\[(]?\s*t\.?\s*t\.?\s*d\.?\s*[\])]?|\W*(?:\w\W*){0,3}|cap(?:\s*/\s*ttd\.?)?|"
    r"(?:telah\s+)?ditandatangani secara elektronik.*)$",
    re.IGNORECASE,
)
_TTD = re.compile(r"^[\[(]?\s*(?:cap\s*/\s*)?t\.?\s*t\.?\s*d\.?\s*[\])]?$", re.IGNORECASE)
_STAFF_NUMBER = re.compile(r"^NIP\b", re.IGNORECASE)


_INSIDE = re.compile(r"\S\s+(?:Ditetapkan\s+di|Salinan\s+sesuai)\b|\baslinya\b\W*\w", re.IGNORECASE)


def starts_block(text: str) -> bool:
    """Tell whether a line begins a signature block."""
    return any(p.match(text) for p in (_ENACTED, _DATED, _COPY, _PROMULGATED))


def read_closing(lines: Sequence[Line]) -> SignatureParts:
    """Read all signature blocks in the lines; of several of one kind the first holds.

    Blocks that stand side by side and came as one line cannot be told apart: they are left unread.
    """
    result = SignatureParts()
    for column in columns(lines):
        if any(_INSIDE.search(line.text) for line in column):
            continue
        for block in _blocks(column):
            result = _merge(result, _read_block(block))
    return result


def _blocks(lines: Sequence[Line]) -> list[list[Line]]:
    """Cut a column where a block begins; lines before the first block are left out."""
    blocks: list[list[Line]] = []
    for line in lines:
        if starts_block(line.text) or _GAZETTE.match(line.text):
            blocks.append([line])
        elif blocks:
            blocks[-1].append(line)
    return blocks


def _read_block(block: Sequence[Line]) -> SignatureParts:
    first = block[0].text
    if _COPY.match(first):
        return _read_attestation(block)
    if _PROMULGATED.match(first) or _GAZETTE.match(first):
        return SignatureParts(understood=indices_of(block))
    return _read_signature(block)


def _read_signature(block: Sequence[Line]) -> SignatureParts:
    place, day, used = _place_and_date(block)
    office, name, understood = _office_and_name(block[used:])
    return SignatureParts(
        place=place,
        date=day,
        office=part_of(office, strip=","),
        name=part_of(name),
        copy=any(_TTD.match(line.text) for line in block),
        understood=indices_of(block[:used]) | understood,
    )


def _place_and_date(block: Sequence[Line]) -> tuple[Part | None, Part | None, int]:
    """Return place, date and how many lines of the block they took."""
    dated = _DATED.match(block[0].text)
    if dated:
        return Part((block[0],), dated["place"]), Part((block[0],), dated["date"]), 1
    enacted = _ENACTED.match(block[0].text)
    rest = squeeze(enacted["place"]) if enacted else ""
    inline = _ON.match(rest)
    if inline:
        return _part(block[0], inline["before"]), _part(block[0], inline["date"]), 1
    following = _ON.match(block[1].text) if len(block) > 1 else None
    day = _part(block[1], following["date"]) if following else None
    return _part(block[0], rest), day, 2 if following else 1


def _part(line: Line, text: str) -> Part | None:
    text = text.strip(" ,:")
    return Part((line,), text) if text else None


def _office_and_name(
    lines: Sequence[Line],
) -> tuple[tuple[Line, ...], tuple[Line, ...], frozenset[int]]:
    """Part the office from the name below the signature; also return the indices understood.

    The signature shows as white space or as a mark such as "ttd."; without either, the last line is
    the name.
    """
    end = next(
        (i for i, line in enumerate(lines) if i and (line.gap or _MARK.match(line.text))),
        None,
    )
    if end is None:
        end = max(len(lines) - 1, 1) if len(lines) > 1 else len(lines)
    names = [line for line in lines[end:] if not _MARK.match(line.text)]
    marks = [line for line in lines[end:] if _MARK.match(line.text)]
    staff = next((i for i, line in enumerate(names) if _STAFF_NUMBER.match(line.text)), 0)
    known = names[: staff + 1]
    office = tuple(lines[:end])
    return office, tuple(names[:1]), indices_of((*office, *known, *marks))


def _read_attestation(block: Sequence[Line]) -> SignatureParts:
    titles, name, understood = _office_and_name(block[1:])
    capitals = next((i for i, line in enumerate(titles) if not is_upper(line.text)), len(titles))
    return SignatureParts(
        statement=part_of(block[:1]),
        attesting_office=part_of(titles[:capitals], strip=","),
        attesting_position=part_of(titles[capitals:], strip=","),
        attesting_name=part_of(name),
        copy=True,
        understood=indices_of(block[:1]) | understood,
    )


def _merge(first: SignatureParts, second: SignatureParts) -> SignatureParts:
    """Keep what the first says and add what only the second says; a block is never mixed."""
    understood = first.understood | second.understood
    copy = first.copy or second.copy
    if first.office is None and first.place is None and (second.office or second.place):
        first = replace(first, place=second.place, date=second.date, office=second.office, name=second.name)
    if first.statement is None and second.statement:
        first = replace(
            first,
            statement=second.statement,
            attesting_office=second.attesting_office,
            attesting_position=second.attesting_position,
            attesting_name=second.attesting_name,
        )
    return replace(first, understood=understood, copy=copy)
