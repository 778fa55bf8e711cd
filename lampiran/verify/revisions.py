"""The bytes of a PDF -> where each of its revisions ends."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate

from lampiran.verify.settings import LIMITS

LAST = re.compile(rb"startxref\s+(\d{1,15})\s+%%EOF")
END = re.compile(rb"startxref\s+\d+\s+%%EOF(?:\r\n|\r|\n)?")
PREVIOUS = re.compile(rb"/Prev\s+(\d{1,15})")
OBJECT = re.compile(rb"(?<!\d)\d+\s+\d+\s+obj\b")
STREAM_TABLE = re.compile(rb"\s*\d+\s+\d+\s+obj\b")


@dataclass(frozen=True)
class Revisions:
    """The revisions of a file: `ends` are byte offsets, `tables` those of their tables of objects.

    Both ascend and have one entry per revision; the extra table of objects at the head of a linearised file belongs to
    the first revision and has no entry. Both are empty if the tables could not be followed.
    """

    ends: tuple[int, ...] = ()
    tables: tuple[int, ...] = ()


def trailing_bytes(data: bytes, revisions: Revisions) -> int:
    """Count the bytes after the last revision, white space apart; 0 if no revision is known."""
    return len(data[revisions.ends[-1] :].strip(b"\x00\t\n\f\r ")) if revisions.ends else 0


def is_cut_off(data: bytes, revisions: Revisions) -> bool:
    """Tell whether another revision begins after the last one but does not end."""
    return bool(revisions.ends) and OBJECT.search(data, revisions.ends[-1]) is not None


def revisions_of(data: bytes) -> Revisions:
    """Follow the tables of objects from the last to the first; a chain that breaks off gives no revisions."""
    sections = list(_sections(data))
    known = [section for section in reversed(sections) if section is not None]
    if not known or len(known) < len(sections):
        return Revisions()
    # The greatest end so far: a linearised file's second table ends before its first.
    ends = list(accumulate((end for _, end in known), max))
    kept = [n for n in range(len(ends)) if n == 0 or ends[n] > ends[n - 1]]
    return Revisions(tuple(ends[n] for n in kept), tuple(known[n][0] for n in kept))


def _sections(data: bytes) -> Iterator[tuple[int, int] | None]:
    """Yield offset and end of each table of objects, the last first; `None` where the chain breaks off."""
    last = [match.group(1) for match in LAST.finditer(data, max(0, len(data) - 2 * LIMITS.header))]
    offset = int(last[-1]) if last else None
    header = max(0, data.find(b"%PDF-", 0, LIMITS.header))
    seen: set[int] = set()
    while offset is not None:
        found = _section(data, offset) or (_section(data, offset + header) if header else None)
        if found is None or offset in seen or len(seen) >= LIMITS.sections:
            yield None
            return
        seen.add(offset)
        end, previous = found
        yield offset, end
        offset = previous


def _section(data: bytes, offset: int) -> tuple[int, int | None] | None:
    """Return where the revision of a table ends and where the table before it begins; `None`: there is no table."""
    start = _dictionary_start(data, offset)
    end = END.search(data, offset)
    if start is None or end is None:
        return None
    stop = data.find(b"stream", start, start + LIMITS.dictionary)
    stop = min(stop, end.start()) if stop > 0 else end.start()
    previous = PREVIOUS.search(data, start, stop)
    return end.end(), int(previous.group(1)) if previous else None


def _dictionary_start(data: bytes, offset: int) -> int | None:
    if data[offset : offset + 32].lstrip().startswith(b"xref"):
        start = data.find(b"trailer", offset)
        return start if start >= 0 else None
    return offset if STREAM_TABLE.match(data, offset) else None
