"""Turns the bytes of a content stream into what it names, and into whether they are operators at all."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from extract.survey.settings import OBJECTS

BLANK = rb"[\t\n\f\r ]"  # NUL is white space too by the standard; no program writes it, zeroed bytes are full of it
GAP = BLANK + rb"*+(?:%[^\r\n]*+" + BLANK + rb"*+)*+"
END = rb"(?![^\s\0/<>\[\](){}%])" + GAP
NUMBER = rb"[+-]?+(?:\d++\.?+\d*+|\.\d++)" + END
NAME = rb"/[^\s\0/<>\[\](){}%]*+" + GAP
LITERAL = rb"\((?:[^()\\]++|\\[\s\S])*+\)"
for _ in range(3):  # levels of balanced brackets within a string
    LITERAL = rb"\((?:[^()\\]++|\\[\s\S]|" + LITERAL + rb")*+\)"
HEX = rb"<(?!<)[0-9A-Fa-f\s\0]*+>"
STRING = rb"(?:" + LITERAL + rb"|" + HEX + rb")" + GAP
PLAIN = rb"|".join((NUMBER, STRING, NAME, rb"(?:true|false|null)" + END))
VALUE = rb"(?:" + PLAIN + rb")"
for _ in range(2):  # levels of arrays and dictionaries in one another
    NESTED = rb"|\[" + GAP + VALUE + rb"*+\]" + GAP + rb"|<<" + GAP + rb"(?:" + NAME + VALUE + rb")*+>>" + GAP
    VALUE = rb"(?:" + PLAIN + NESTED + rb")"
DICTIONARY = rb"<<" + GAP + rb"(?:" + NAME + VALUE + rb")*+>>" + GAP
NUMBERS_OR_STRINGS = rb"\[" + GAP + rb"(?:" + NUMBER + rb"|" + STRING + rb")*+\]" + GAP
SHOWN = rb"[\t\n\f\r\x20-\x7e]"
PICTURE_ENDS = rb"EI(?=\Z|[\s\0](?:" + SHOWN + rb"{8}|" + SHOWN + rb"*\Z))"  # behind it is text, not pixels
PICTURE = rb"BI" + END + rb"(?:" + NAME + VALUE + rb")*+ID[\s\S]*?" + PICTURE_ENDS + GAP


def _any(names: str) -> bytes:
    ordered = sorted(names.encode().split(), key=len, reverse=True)
    return rb"(?:" + rb"|".join(map(re.escape, ordered)) + rb")" + END


def _counted() -> bytes:
    """Return a pattern for an operator behind exactly as many numbers as it takes, one to six."""
    colour = " sc SC scn SCN"
    takes = ("w J j M i g G Tc Tw Tz TL Ts Tr", "m l Td TD d0", "rg RG", "re v y k K", "", "cm c Tm d1")
    pattern = NUMBER + _any(takes[5])
    for names in reversed(takes[:5]):
        quoted = rb"|" + STRING + _any('"') if "Td" in names else b""
        pattern = NUMBER + rb"(?:" + _any(names + colour) + quoted + rb"|" + pattern + rb")"
    return pattern


INSTRUCTION = rb"(?:%s)" % rb"|".join(
    (
        _counted(),
        NAME + rb"(?:" + _any("Do gs cs CS ri sh MP BMC scn SCN") + rb"|" + NUMBER + _any("Tf") + rb")",
        NAME + rb"(?:" + NAME + rb"|" + DICTIONARY + rb")" + _any("BDC DP"),
        STRING + _any("Tj '"),
        NUMBERS_OR_STRINGS + rb"(?:" + _any("TJ") + rb"|" + NUMBER + _any("d") + rb")",
        _any("q Q h S s f F f* B B* b b* n W W* BT ET T* EMC BX EX"),
        PICTURE,
        rb"(?:" + NUMBER + rb")*+(?:" + NAME + rb")?+" + _any("scn SCN sc SC"),
    )
)
CONTENT = re.compile(GAP + INSTRUCTION + rb"*+")
ESCAPE = re.compile(rb"#([0-9A-Fa-f]{2})")
APART = rb"(?![^\s/\[(<%])"
WORDS = (  # each alternative begins with a letter of its own: the search then skips all else
    LITERAL
    + rb"|/([^\s/<>\[\](){}%]+)\s+(?:[+-]?[\d.]+\s+)?(Do|Tf|gs|cs|CS|scn|SCN|sh)"
    + APART
    + b"".join(rb"|%b()(?<![^\s\])>]%b)" % (word, word) + APART for word in (b"q", b"Q", b"BT", b"ET"))
)
WITHOUT_PICTURES = re.compile(WORDS)
MENTIONED = re.compile(WORDS + rb"|BI(?<![^\s]BI)\s[\s\S]*?" + PICTURE_ENDS)
ENDS = re.compile(PICTURE_ENDS)
NAMED, SAVED, RESTORED, TEXT_BEGINS, TEXT_ENDS = range(2, 7)  # the groups of it
PICTURE_BEGINS = re.compile(rb"(?<!\S)BI(?!\S)")
NULS = b"\0" * OBJECTS.nuls


class Operators(NamedTuple):
    """What a content stream says: how often it names what with which operator, and whether it is whole.

    `names` holds pairs of operator (`Do`, `Tf`, `gs`, ...) and name with its slash. `whole` is false where the
    bytes are not a sequence of operators with their operands, or a text that begins does not end; `restored` where
    a state that is saved is not restored.
    """

    names: Counter[tuple[str, str]]
    whole: bool
    restored: bool


def operators_of(data: bytes) -> Operators:
    """Look at the bytes of a content stream, unpacked; those of several streams of a page are joined before."""
    names: Counter[tuple[str, str]] = Counter()
    counts: Counter[int | None] = Counter()
    for found in _mentioned(data):
        counts[found.lastindex] += 1
        if found.lastindex == NAMED and (name := name_of(found[1])):
            names[found[NAMED].decode("ascii"), name] += 1
    whole = counts[TEXT_BEGINS] <= counts[TEXT_ENDS] and _is_sequence(data)
    return Operators(names, whole, counts[SAVED] <= counts[RESTORED])


def _mentioned(data: bytes) -> Iterator[re.Match[bytes]]:
    """Yield what is mentioned; behind the last end of a picture no picture is looked for, which would take all of the rest."""
    last = max((found.end() for found in ENDS.finditer(data)), default=0)
    place = 0
    for found in MENTIONED.finditer(data, 0, last):
        yield found
        place = found.end()
    yield from WITHOUT_PICTURES.finditer(data, place)


def name_of(raw: bytes) -> str | None:
    """Return a name with its slash as qpdf gives it, `None` for one that is not text."""
    try:
        return "/" + ESCAPE.sub(lambda found: bytes([int(found[1], 16)]), raw).decode()
    except UnicodeDecodeError:
        return None


def _is_sequence(data: bytes) -> bool:
    """Tell whether bytes are operators, each behind the operands that it takes."""
    found = CONTENT.match(data)
    end = found.end() if found else 0
    if data[end:].strip(b"\0\t\n\f\r "):
        return False
    return NULS not in data or PICTURE_BEGINS.search(data) is not None
