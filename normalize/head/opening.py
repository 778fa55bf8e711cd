"""The lines before "Menimbang" into institution, number, year, title and office holder."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from normalize.head.text import is_upper, join_lines, key
from normalize.head.values import Line, Part

KIND = r"(?:SURAT\s+)?(?:KEPUTUSAN|PERATURAN|INSTRUKSI)"
_KIND = re.compile(rf"^{KIND}(?=\s|$)")
# The sign between label and number may have been misread.
_NUMBER = re.compile(r"^(?P<before>.*?)(?<!\S)NOMOR(?![^\W_])[\s:;_]*(?P<after>.*)$", re.IGNORECASE)
_INLINE_ABOUT = re.compile(r"(?<!\S)TENTANG\b\s*:?\s*(?P<title>.*)$", re.IGNORECASE)
_INLINE_YEAR = re.compile(r"(?<!\S)TAHUN\s*:?\s*(?P<year>\d{4})\W*$", re.IGNORECASE)
_YEAR_LINE = re.compile(r"^TAHUN\s*:?\s*(\d{4})$", re.IGNORECASE)
_ABOUT = re.compile(r"^TENTANG\b\s*:?\s*", re.IGNORECASE)
_INVOCATION = re.compile(r"^DENGAN RAHMAT\b", re.IGNORECASE)
_NUMBER_YEAR = re.compile(r"(?:^|[/.\s-])((?:19|20)\d{2})$")
# Titles that name the head of an office whose own name follows at once.
_HOLDER = re.compile(r"^(?:KETUA|KEPALA)\s+(?=\S)")
_HOLDER_BLOCK = 4


@dataclass(frozen=True)
class Opening:
    """What the lines before "Menimbang" say; `used` are the lines that were understood."""

    institution: Part | None = None
    number: Part | None = None
    year: Part | None = None
    title: Part | None = None
    enacted_by: Part | None = None
    used: tuple[Line, ...] = ()


@dataclass(frozen=True)
class Naming:
    """The naming of a decree: who, which number and year, and the lines from TENTANG on."""

    institution: Part | None
    number: Part | None
    year: Part | None
    before: tuple[Line, ...]
    named: tuple[Line, ...]
    about: tuple[Line, ...]


def read_opening(lines: Sequence[Line]) -> Opening:
    """Read the letterhead, the decree's name and number, its title and the office holder."""
    naming = read_naming(lines)
    printed = naming.institution.text if naming.institution else ""
    title, holder = _split_holder(naming.about, printed)
    named = naming.number is not None or bool(naming.about)
    institution = naming.institution or (_from_letterhead(naming.before) if named else None)
    return Opening(
        institution=_without_holder(institution, naming.before),
        number=naming.number,
        year=naming.year,
        title=part_of(title),
        enacted_by=part_of(holder, strip=","),
        used=tuple(lines),
    )


def read_naming(lines: Sequence[Line]) -> Naming:
    """Find "KEPUTUSAN <office> / NOMOR <number> TAHUN <year> / TENTANG <title>" in the lines."""
    about = next((i for i, line in enumerate(lines) if _ABOUT.match(line.text)), None)
    at = _number_at(lines, about)
    end = at if at is not None else about if about is not None else len(lines)
    match = _NUMBER.match(lines[at].text) if at is not None else None
    head = list(lines[:end])
    if match and at is not None and match["before"]:
        head.append(lines[at].with_text(match["before"]))
    kind = next((i for i in range(len(head) - 1, -1, -1) if _KIND.match(head[i].text)), None)
    number, year = _number(lines, at, match)
    return Naming(
        institution=_institution(head[kind:]) if kind is not None else None,
        number=number,
        year=year,
        before=tuple(head[:kind] if kind is not None else head),
        named=tuple(lines[: about + 1 if about is not None else end + 1]),
        about=_about(lines, about, at, match),
    )


def _number_at(lines: Sequence[Line], about: int | None) -> int | None:
    """Find the line of the number: the last one before TENTANG, since an address may have a number too."""
    found = [i for i, line in enumerate(lines[:about]) if _NUMBER.match(line.text)]
    if not found:
        return None
    if about is not None:
        return found[-1]
    return next((i for i in found if not _NUMBER.sub(r"\g<before>", lines[i].text)), found[0])


def _number(
    lines: Sequence[Line], at: int | None, match: re.Match[str] | None
) -> tuple[Part | None, Part | None]:
    """Return number and year; the year may stand on its own line or end the number."""
    if at is None or match is None:
        return None, None
    line = lines[at]
    after = _INLINE_ABOUT.sub("", match["after"]).strip()
    year = _INLINE_YEAR.search(after)
    text = (after[: year.start()] if year else after).strip(" :.")
    number = Part((line,), text) if any(c.isdigit() for c in text) else None
    if year:
        return number, Part((line,), year["year"])
    following = lines[at + 1] if at + 1 < len(lines) else None
    own_line = _YEAR_LINE.match(following.text) if following else None
    if following and own_line:
        return number, Part((following,), own_line[1])
    inside = _NUMBER_YEAR.search(text)
    return number, Part((line,), inside[1]) if inside else None


def _about(
    lines: Sequence[Line], about: int | None, at: int | None, match: re.Match[str] | None
) -> tuple[Line, ...]:
    """Return the lines from the title on, without the word TENTANG."""
    inline = _INLINE_ABOUT.search(match["after"]) if match else None
    if inline and at is not None:
        about, text = at, inline["title"]
    elif about is not None:
        text = _ABOUT.sub("", lines[about].text)
    else:
        return ()
    first = lines[about].with_text(text)
    return ((first,) if first.text else ()) + tuple(lines[about + 1 :])


def _institution(lines: Sequence[Line]) -> Part | None:
    text = _KIND.sub("", join_lines(line.text for line in lines)).strip(" ,")
    return Part(tuple(lines), text) if text else None


def _from_letterhead(lines: Sequence[Line]) -> Part | None:
    """Take the capitals of the letterhead where no line names the decree's institution."""
    capitals = [line for line in lines if is_upper(line.text) and key(line.text) != "salinan"]
    return part_of(capitals)


def _without_holder(institution: Part | None, letterhead: Sequence[Line]) -> Part | None:
    """Take off the holder's title ("KEPALA DINAS .." becomes "DINAS ..").

    Titles other than KETUA and KEPALA come off only where the letterhead names the rest.
    """
    if institution is None:
        return None
    text = _HOLDER.sub("", institution.text)
    rest = text.partition(" ")[2]
    head = key(join_lines(line.text for line in letterhead))
    if text == institution.text and rest and head and key(rest) in head and key(text) not in head:
        text = rest
    return Part(institution.lines, text)


def _split_holder(lines: Sequence[Line], institution: str) -> tuple[tuple[Line, ...], tuple[Line, ...]]:
    """Part the title from the office holder who stands between it and "Menimbang"."""
    invocation = next((i for i, line in enumerate(lines) if _INVOCATION.match(line.text)), None)
    if invocation is not None:
        return tuple(lines[:invocation]), tuple(lines[invocation + 1 :])
    if not lines or not lines[-1].text.endswith(","):
        return tuple(lines), ()
    start = _holder_start(lines, institution)
    return tuple(lines[:start]), tuple(lines[start:])


def _holder_start(lines: Sequence[Line], institution: str) -> int:
    """Find where the office holder begins: the shortest ending that names the institution."""
    wanted = key(institution)
    first = max(1, len(lines) - _HOLDER_BLOCK)
    for start in range(len(lines) - 1, first - 1, -1):
        text = key(join_lines(line.text for line in lines[start:]))
        if wanted and wanted in text:
            alone = text == wanted and start > 1 and " " not in lines[start - 1].text
            return start - 1 if alone else start
    return next((i for i in range(len(lines) - 1, first - 1, -1) if lines[i].gap), len(lines) - 1)


def part_of(lines: Sequence[Line], strip: str = "") -> Part | None:
    """Join lines into a part; `None` if there are none."""
    text = join_lines(line.text for line in lines).rstrip(strip + " ") if lines else ""
    return Part(tuple(lines), text) if text else None
