"""Signature blocks into place, date, signatory and attestation."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from normalize.preamble.lines import columns, join_values
from normalize.preamble.opening import part_of
from normalize.preamble.settings import PARTS
from normalize.preamble.text import DATE, join_lines
from normalize.preamble.values import ATTESTATION, SIGNATURE, Line, Part, SignatureParts, indices_of
from normalize.text import squeeze
from schema.language import decree_words, either
from schema.rules.texts import key

_WORDS = {
    name: either(words) for name, words in {**decree_words("naming"), **decree_words("closing")}.items()
}
_TANGGAL = rf"(?:{_WORDS['on']}\s+)?{_WORDS['date']}\b[\s.:]*"
_ENACTED = re.compile(rf"^{_WORDS['enacted']}\b[\s:]*(?P<place>.*)$")
_ON = re.compile(rf"^{_TANGGAL}(?P<date>.*)$", re.IGNORECASE)
_INLINE_ON = re.compile(
    rf"[\s,]*(?:\b{_WORDS['on']}\s+)?(?:\b{_WORDS['date']}\b[\s.:]*(?P<said>.*)|(?P<date>{DATE.pattern}))$",
    re.IGNORECASE,
)
_DATED = re.compile(rf"^(?P<place>[A-Z][\w .'-]*),\s*(?:{_WORDS['dated']}\s+)?(?P<date>{DATE.pattern})$")
_COPY = re.compile(rf"^{_WORDS['copy']}\b.*\b{_WORDS['original']}\b", re.IGNORECASE)
_PROMULGATED = re.compile(rf"^{_WORDS['promulgated']}\b", re.IGNORECASE)
_OTHER_BLOCK = re.compile(
    rf"^(?:{_WORDS['gazette']}|{_WORDS['copies_to']}|{_WORDS['copied']}\s.*\b{_WORDS['sent']})\b"
)
# "ttd." in place of the signature, with or without the seal ("cap / ttd.") and brackets.
_INITIALS = r"\.?\s*".join(*decree_words("closing")["signed"])
_TTD_PATTERN = rf"[\[(]?\s*(?:{_WORDS['seal']}\s*/\s*)?{_INITIALS}\.?\s*[\])]?"
_TTD = re.compile(rf"^{_TTD_PATTERN}$", re.IGNORECASE)
# What is printed for the signature: "ttd.", a place holder of a signing program, words of an electronic signature.
_SIGNED = re.compile(
    rf"^(?:{_TTD_PATTERN}|{_WORDS['seal']}|[$#^]\S*|{_WORDS['electronically']}.*)$", re.IGNORECASE
)
# Nothing but strokes and stray letters, as a signature is read; no name has so few letters.
_STROKES = re.compile(r"^\W*(?:\w\W*){0,3}$")
_STAFF_NUMBER = re.compile(rf"\b{_WORDS['staff_number']}\b", re.IGNORECASE)
_ELECTRONIC = re.compile(rf"^{_WORDS['this_document']}\b.*\b{_WORDS['electronic']}\b", re.IGNORECASE)
_INSIDE = re.compile(rf"\S\s+{_WORDS['beside']}\b|\b{_WORDS['original']}\b\W*\w", re.IGNORECASE)


def starts_block(text: str) -> bool:
    """Tell whether a line begins a signature block."""
    return any(p.match(text) for p in (_ENACTED, _DATED, _COPY, _PROMULGATED))


def read_closing(lines: Sequence[Line], names: Sequence[str] = ()) -> SignatureParts:
    """Read all signature blocks in the lines; of several of one kind the first holds.

    `names` are those that the document has for its office holder elsewhere: a line that says them is no person's name.
    Blocks side by side that were read as one line cannot be separated: they are left unread.
    """
    notices = [line for line in lines if _ELECTRONIC.match(line.text)]
    result = SignatureParts(understood=indices_of(notices))
    for column in columns(join_values(line for line in lines if line not in notices)):
        if any(_INSIDE.search(line.text) for line in column):
            continue
        for block in _blocks(column, names):
            result = _merge(result, _read_block(block, names))
    return result


def signs_for(lines: Sequence[Line], at: int, names: Sequence[str]) -> bool:
    """Tell whether a signature without place and date begins in a line: one of the holder's names, then "ttd."."""
    wanted = {key(name) for name in names}
    for end in range(at + 1, min(len(lines), at + PARTS.holder_lines + 1)):
        if _SIGNED.match(lines[end].text):
            return key(join_lines(line.text for line in lines[at:end])) in wanted
    return False


def _blocks(lines: Sequence[Line], names: Sequence[str]) -> list[list[Line]]:
    """Cut a column where a block begins; lines before the first block are left out."""
    blocks: list[list[Line]] = []
    for at, line in enumerate(lines):
        other = _OTHER_BLOCK.match(line.text)
        if starts_block(line.text) or other or (not blocks and signs_for(lines, at, names)):
            blocks.append([line])
        elif blocks:
            blocks[-1].append(line)
    return blocks


def _read_block(block: Sequence[Line], names: Sequence[str]) -> SignatureParts:
    first = block[0].text
    if _COPY.match(first):
        return _read_attestation(block)
    if _PROMULGATED.match(first) or _OTHER_BLOCK.match(first):
        return SignatureParts(understood=indices_of([x for x in block if x.page == block[0].page]))
    return _read_signature(block, names)


def _read_signature(block: Sequence[Line], names: Sequence[str]) -> SignatureParts:
    place, day, used = _place_and_date(block)
    office, name, understood = _office_and_name(block[used:], names)
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
    enacted = _ENACTED.match(block[0].text)
    if enacted is None:
        dated = _DATED.match(block[0].text)
        if dated is None:
            return None, None, 0
        return Part((block[0],), dated["place"]), Part((block[0],), dated["date"]), 1
    rest = squeeze(enacted["place"])
    inline = _INLINE_ON.search(rest)
    if inline:
        return (
            _part(block[0], rest[: inline.start()]),
            _part(block[0], inline["said"] or inline["date"] or ""),
            1,
        )
    following = _ON.match(block[1].text) if len(block) > 1 else None
    day = _part(block[1], following["date"]) if following else None
    return _part(block[0], rest), day, 2 if following else 1


def _part(line: Line, text: str) -> Part | None:
    text = text.strip(" ,:")
    return Part((line,), text) if text else None


Signed = tuple[tuple[Line, ...], tuple[Line, ...], frozenset[int]]


def _office_and_name(lines: Sequence[Line], names: Sequence[str]) -> Signed:
    """Part the office from the name below the signature; also return the indices understood.

    Words of an electronic signature may be above the office too.
    """
    start = next((i for i, line in enumerate(lines) if not _SIGNED.match(line.text)), len(lines))
    block = lines[start:]
    end = _office_end(block, names)
    below = [line for line in block[end:] if not _is_mark(line.text)]
    office = [*block[:end]]
    known = {word for text in (*names, *(line.text for line in office)) for word in key(text).split()}
    more = next((i for i, line in enumerate(below) if not _is_office(line.text, known)), len(below))
    said = key(join_lines(line.text for line in office))
    if more and key(join_lines(line.text for line in below[:more])) not in said:
        office += below[:more]
    marks = [line for line in (*lines[:start], *block[end:]) if _is_mark(line.text)]
    used = (*office, *marks, *below[:more], *_with_rank(below[more:]))
    return tuple(office), _name(below[more:]), indices_of(used)


def _name(lines: Sequence[Line]) -> tuple[Line, ...]:
    """Return the person's name that lines begin with, without a staff number in the same line."""
    if not lines:
        return ()
    staff = _STAFF_NUMBER.search(lines[0].text)
    name = lines[0].with_text(lines[0].text[: staff.start()]) if staff else lines[0]
    return (name,) if name.text else ()


def _office_end(block: Sequence[Line], names: Sequence[str]) -> int:
    """Return how many lines name the office.

    It ends at a mark of the signature, where the lines have said one of the office holder's names, at white space, at
    the last comma; else the last line before the staff number is the person's name.
    """
    last = next((i for i, line in enumerate(block) if i and _STAFF_NUMBER.search(line.text)), len(block)) - 1
    signed = next((i for i, line in enumerate(block) if i and _SIGNED.match(line.text)), None)
    if signed is not None:
        return signed
    wanted = {key(name) for name in names}
    said = [i for i in range(1, len(block)) if key(join_lines(line.text for line in block[:i])) in wanted]
    if said:
        return said[-1]
    parted = next((i for i, line in enumerate(block) if i and (line.gap or _is_mark(line.text))), None)
    if parted is not None:
        return parted
    commas = [i for i, line in enumerate(block[:last], start=1) if line.text.endswith(",")]
    return commas[-1] if commas else max(last, 1) if len(block) > 1 else len(block)


def _is_mark(text: str) -> bool:
    return bool(_SIGNED.match(text) or _STROKES.match(text))


def _is_office(text: str, known: set[str]) -> bool:
    """Tell whether a line goes on with the office's title: it ends with a comma or has only words of the office."""
    return text.endswith(",") or set(key(text).split()) <= known


def _with_rank(lines: Sequence[Line]) -> Sequence[Line]:
    """Return the name with what is right below it: rank and staff number."""
    staff = next((i for i, line in enumerate(lines) if _STAFF_NUMBER.search(line.text)), None)
    if staff is not None:
        return lines[: staff + 1]
    end = next((i for i, line in enumerate(lines) if i and line.gap), len(lines))
    return lines[:1] if end > PARTS.rank_lines else lines[:end]


def _read_attestation(block: Sequence[Line]) -> SignatureParts:
    titles, name, understood = _office_and_name(block[1:], ())
    capitals = next((i for i, line in enumerate(titles) if not line.text.isupper()), len(titles))
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
    taken: tuple[str, ...] = ()
    if first.office is None and first.place is None and (second.office or second.place):
        taken += SIGNATURE
    if first.statement is None and second.statement:
        taken += ATTESTATION
    understood, copy = first.understood | second.understood, first.copy or second.copy
    return replace(first, understood=understood, copy=copy, **{name: getattr(second, name) for name in taken})
