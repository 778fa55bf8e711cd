"""The loose lines of the annex into its head, its heading, its signature blocks and what is left."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from normalize.preamble.closing import read_closing, signs_for, starts_block
from normalize.preamble.lines import merge_rows, paragraphs_of
from normalize.preamble.naming import COPY, Naming, annex_naming
from normalize.preamble.opening import part_of
from normalize.preamble.sections import annex_rest
from normalize.preamble.settings import LINES, PARTS
from normalize.preamble.text import is_capitals, join_lines
from normalize.preamble.values import Line, NamesPlan, Part, SignatureParts, indices_of
from schema.language import decree_words
from schema.rules.texts import key

_SIGNED = {*decree_words("closing")["signed"], COPY}


@dataclass(frozen=True)
class Annex:
    """What the annex's loose lines say; `understood` holds the indices of the lines used, `opened` the line LAMPIRAN."""

    naming: Naming | None = None
    title: Part | None = None
    heading: Part | None = None
    signature: SignatureParts = field(default_factory=SignatureParts)
    understood: frozenset[int] = frozenset()
    opened: tuple[Line, ...] = ()


def read_annex(
    lines: Sequence[Line], title: str, body: SignatureParts, names: Sequence[str], names_plan: NamesPlan
) -> Annex:
    """Read the annex's head, heading and signature blocks.

    `title` and `body` are the title and the signature blocks of the decree's body: the annex says them
    again; `names` are those of the decree's office holder, `names_plan` tells whether a text names a plan.
    """
    if not lines:
        return Annex()
    naming, opened = _read_naming(lines)
    holders = [*names, *_holders(naming)]
    block_at = _first_block(lines, holders)
    about = _title_lines(naming, title) if naming else ()
    known = indices_of((*opened, *(naming.named if naming else ()), *about))
    rest = [row for row in merge_rows(lines[:block_at]) if not known & frozenset(row.indices)]
    printed = join_lines(line.text for line in about) or title
    heading = _heading(rest, printed, names_plan)
    signature = read_closing(lines[block_at:], holders)
    understood = known | indices_of(heading) | signature.understood
    understood |= _repeated(rest, heading) | _echo(lines, body)
    return Annex(naming, part_of(about), part_of(heading), signature, understood, opened)


def _read_naming(lines: Sequence[Line]) -> tuple[Naming | None, tuple[Line, ...]]:
    """Return the naming at the annex's head and the line with the word LAMPIRAN; no line where it has none."""
    rest = annex_rest(lines, 0)
    if rest is None:
        return None, ()
    rows = merge_rows(lines[: _first_block(lines, ())])[: PARTS.annex_head_lines]
    first = rows[0].with_text(rest)
    return annex_naming([*([first] if first.text else []), *rows[1:]]), (rows[0],)


def _holders(naming: Naming | None) -> list[str]:
    return [naming.institution.text] if naming and naming.institution else []


def _first_block(lines: Sequence[Line], names: Sequence[str]) -> int:
    return next(
        (i for i, line in enumerate(lines) if starts_block(line.text) or (i and signs_for(lines, i, names))),
        len(lines),
    )


def _title_lines(naming: Naming, title: str) -> tuple[Line, ...]:
    """Return the lines of the title in the annex's head.

    It ends where it says what the body's title says, at white space, where capitals begin or end, or where a
    left-aligned block gives way to centred lines.
    """
    chosen: list[Line] = []
    for line in naming.about:
        said = title and key(join_lines(line.text for line in chosen)) == key(title)
        if chosen and (said or _changes_case(chosen[0], line) or _ends_block(chosen[-1], line)):
            break
        chosen.append(line)
    return tuple(chosen)


def _changes_case(first: Line, line: Line) -> bool:
    letters = any(char.isalpha() for char in line.text)
    return letters and is_capitals(line.text) != is_capitals(first.text)


def _ends_block(before: Line, line: Line) -> bool:
    if line.gap or line.page != before.page:
        return True
    if before.x0 is None or line.x0 is None:
        return False
    return line.x0 < before.x0 - LINES.indent


def _heading(rest: Sequence[Line], title: str, names_plan: NamesPlan) -> tuple[Line, ...]:
    """Return the annex's own heading: the first paragraph of capitals if it names a plan or is like the title."""
    paragraphs = paragraphs_of(rest)
    if not paragraphs:
        return ()
    first = paragraphs[0]
    text = join_lines(line.text for line in first)
    like = names_plan(text) or _likeness(text, title) >= PARTS.heading_alike
    return tuple(first) if text.isupper() and like else ()


def _repeated(rest: Sequence[Line], heading: Sequence[Line]) -> frozenset[int]:
    wanted = key(join_lines(line.text for line in heading))
    same = [p for p in paragraphs_of(rest) if wanted and key(join_lines(x.text for x in p)) == wanted]
    return frozenset(index for paragraph in same for index in indices_of(paragraph))


def _echo(lines: Sequence[Line], body: SignatureParts) -> frozenset[int]:
    """Return the last lines of the annex that hold only words of the body's signature blocks.

    So a block is recognised that has no place and date, or whose columns were read as one line.
    """
    words = {word for part in body.parts for word in key(part.text).split()} | _SIGNED
    found: list[Line] = []
    for line in reversed(lines):
        if not set(key(line.text).split()) <= words:
            break
        found.append(line)
    return indices_of(found) if body.office else frozenset()


def _likeness(text: str, title: str) -> float:
    words = set(key(text).split())
    return len(words & set(key(title).split())) / len(words) if words else 0.0
