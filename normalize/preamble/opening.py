"""The naming of a decree and what follows it into institution, number, year, title and office holder."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from normalize.preamble.lines import paragraphs_of
from normalize.preamble.naming import COPY, Naming
from normalize.preamble.settings import PARTS
from normalize.preamble.text import is_capitals, join_lines
from normalize.preamble.values import Line, NamesPlan, Part
from schema.language import decree_words, either
from schema.rules.texts import key

_WORDS = {name: either(words) for name, words in decree_words("naming").items()}
_INVOCATION = re.compile(rf"(?:^|\s){_WORDS['invocation']}\b.*$", re.IGNORECASE)
_HOLDER = re.compile(rf"^{_WORDS['holders']}\s+(?=\S)", re.IGNORECASE)


@dataclass(frozen=True)
class Opening:
    """What the lines before "Menimbang" say; `used` are the lines that were understood."""

    institution: Part | None = None
    number: Part | None = None
    year: Part | None = None
    title: Part | None = None
    enacted_by: Part | None = None
    used: tuple[Line, ...] = ()


def read_opening(naming: Naming | None, names: Sequence[str], *, with_body: bool) -> Opening:
    """Read a decree's naming, its title and the office holder below.

    `names` are other names that the document has for its office holder, such as that above the signature.
    """
    if naming is None:
        return Opening()
    printed = naming.institution.text if naming.institution else ""
    lines = naming.about if with_body else _block(naming.about)
    title, invocation, holder = _split_holder(lines, [*names, printed])
    if not with_body and not holder:
        title = title[: next((i for i, line in enumerate(title) if i and line.gap), len(title))]
    institution = naming.institution or _from_letterhead(naming.before)
    return Opening(
        institution=_without_holder(institution, naming.before),
        number=naming.number,
        year=naming.year,
        title=part_of(title),
        enacted_by=part_of(holder, strip=","),
        used=(*naming.before, *naming.named, *title, *invocation, *holder),
    )


def _block(lines: Sequence[Line]) -> tuple[Line, ...]:
    """Return the lines of a title and its holder where no clause ends them: those that go on in capitals."""
    if not lines or not is_capitals(lines[0].text):
        return tuple(lines[:1])
    end = next((i for i, line in enumerate(lines) if not is_capitals(line.text)), len(lines))
    return tuple(lines[:end])


def _from_letterhead(lines: Sequence[Line]) -> Part | None:
    """Take the capitals of the letterhead where no line names the decree's institution."""
    capitals = [line for line in lines if line.text.isupper() and key(line.text) != COPY]
    return part_of(capitals)


def _without_holder(institution: Part | None, letterhead: Sequence[Line]) -> Part | None:
    """Take off the holder's title ("KEPALA DINAS .." becomes "DINAS ..").

    Titles other than KETUA and KEPALA come off only where lines of the letterhead name the rest.
    """
    if institution is None:
        return None
    text = _HOLDER.sub("", institution.text)
    rest = text.partition(" ")[2]
    heads = [key(join_lines(line.text for line in letterhead[at:])) for at in range(len(letterhead))]
    if text == institution.text and rest and any(f"{head} ".startswith(f"{key(rest)} ") for head in heads):
        text = rest
    return Part(institution.lines, text)


Split = tuple[tuple[Line, ...], tuple[Line, ...], tuple[Line, ...]]


def _split_holder(lines: Sequence[Line], names: Sequence[str]) -> Split:
    """Part the title from the invocation and the office holder who are named between it and "Menimbang"."""
    for at, line in enumerate(lines):
        if said := _INVOCATION.search(line.text):
            before = line.with_text(line.text[: said.start()])
            return (*lines[:at], *([before] if before.text else [])), (line,), tuple(lines[at + 1 :])
    start = _holder_start(lines, [name for name in map(key, names) if name])
    return tuple(lines[:start]), (), tuple(lines[start:])


def _holder_start(lines: Sequence[Line], names: Sequence[str]) -> int:
    """Find where the office holder begins: the ending of the lines that says one of the holder's names again.

    An ending that nobody names is a holder's only where it ends with a comma, as a title does not.
    """
    first = max(1, len(lines) - PARTS.holder_lines)
    endings = [(at, key(join_lines(line.text for line in lines[at:]))) for at in range(first, len(lines))]
    for name in names:
        for at, text in reversed(endings):
            if _is_holder(text, name):
                alone = text == name and at > 1 and " " not in lines[at - 1].text
                return at - 1 if alone and lines[at - 1].text.isalpha() else at
    if not lines or not lines[-1].text.endswith(","):
        return len(lines)
    return next((at for at, _ in reversed(endings) if lines[at].gap), len(lines) - 1)


def _is_holder(text: str, name: str) -> bool:
    """Tell whether a text is a holder's name: whole, with a title in front, or shortened or lengthened at its end."""
    if text == name or text.partition(" ")[2] == name:
        return True
    longer, shorter = (text, name) if len(text) > len(name) else (name, text)
    more = longer.count(" ") - shorter.count(" ")
    return (
        shorter.count(" ") + 1 >= PARTS.telling_words
        and more <= PARTS.more_words
        and longer.startswith(f"{shorter} ")
    )


def own_titles(lines: Sequence[Line], names_plan: NamesPlan) -> tuple[tuple[Line, ...], ...]:
    """Return the titles that a plan without a decree gives itself: paragraphs of capitals that name a plan."""
    found = []
    for paragraph in paragraphs_of(lines):
        end = next((i for i, line in enumerate(paragraph) if not is_capitals(line.text)), len(paragraph))
        title = tuple(paragraph[:end])
        if 0 < end <= PARTS.title_lines and names_plan(join_lines(line.text for line in title)):
            found.append(title)
    return tuple(found)


def part_of(lines: Sequence[Line], strip: str = "") -> Part | None:
    """Join lines into a part; `None` if there are none."""
    text = join_lines(line.text for line in lines).rstrip(strip + " ") if lines else ""
    return Part(tuple(lines), text) if text else None
