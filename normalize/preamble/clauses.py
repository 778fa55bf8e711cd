"""The lines of a section into labelled clauses, joined again where blank lines or false bullets cut them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from normalize.preamble.text import join_lines
from normalize.preamble.values import LabelledPart, Line, Part
from normalize.text import counted
from schema.language import decree_words, either

_ITEM = re.compile(r"^(?P<label>[a-z]|\d{1,2})[.)]\s+(?P<text>\S.*)$")
_WORDS = {name: either(words) for name, words in decree_words("sections").items()}
DICTUM = re.compile(rf"^(?P<label>{_WORDS['ordinals']})(?=\s|:|$)\s*:?\s*(?P<text>.*)$")
ARTICLE = re.compile(rf"^(?P<label>{_WORDS['article']}\s+(?:[IVX]+|\d{{1,3}}))$")
_CLOSED = (";", ".", ":")


@dataclass
class _Draft:
    """A clause while it grows; it never leaves this module."""

    label: str
    lines: list[Line] = field(default_factory=list)
    breaks: list[Line] = field(default_factory=list)

    def closed(self) -> bool:
        return bool(self.lines) and self.lines[-1].text.endswith(_CLOSED)

    def add(self, line: Line) -> None:
        if self.lines and (line.gap or line.bullet):
            self.breaks.append(line)
        if line.text:
            self.lines.append(line)

    def done(self) -> LabelledPart:
        text = join_lines(line.text for line in self.lines)
        return LabelledPart(self.label, Part(tuple(self.lines), text, tuple(self.breaks)))


@dataclass(frozen=True)
class Clauses:
    """The clauses of a section and the lines that belong to none of them."""

    clauses: tuple[LabelledPart, ...]
    leftover: tuple[Line, ...]


def read_items(lines: Iterable[Line]) -> Clauses:
    """Read `a. .. b. ..` or `1. .. 2. ..`; a section without labels is one clause with an empty label.

    A line begins a clause if it carries the label that is due, or a later one after a closed clause; so
    a figure at the start of a wrapped line does not cut its clause.
    """
    drafts: list[_Draft] = []
    leftover: list[Line] = []
    for line in lines:
        item = _ITEM.match(line.text)
        current = drafts[-1] if drafts else None
        if item and _due(item["label"], current):
            drafts.append(_Draft(item["label"]))
            drafts[-1].lines.append(line.with_text(item["text"]))
        elif current is None:
            drafts.append(_Draft("", [line]))
        elif (line.gap or line.bullet) and current.closed():
            leftover.append(line)
        else:
            current.add(line)
    return Clauses(tuple(draft.done() for draft in drafts if draft.lines), tuple(leftover))


def _due(label: str, current: _Draft | None) -> bool:
    """Tell whether a label may follow the clause before it."""
    if current is None or not current.label:
        return label in ("a", "1")
    if label.isdigit() != current.label.isdigit():
        return False
    count = counted if label.isdigit() else ord
    here, before = count(label), count(current.label)
    if here is None or before is None:
        return False
    step = here - before
    return step == 1 or (step > 1 and current.closed())


def read_dictum(lines: Sequence[Line]) -> Clauses:
    """Read `KESATU : ..`, `KEDUA : ..`, or the articles (`Pasal I`) of a regulation."""
    drafts: list[_Draft] = []
    leftover: list[Line] = []
    for line in lines:
        match = DICTUM.match(line.text) or ARTICLE.match(line.text)
        current = drafts[-1] if drafts else None
        if match:
            drafts.append(_Draft(match["label"]))
            drafts[-1].lines.append(line.with_text(match.groupdict().get("text") or ""))
        elif current is None or ((line.gap or line.bullet) and current.closed() and line.page is None):
            leftover.append(line)
        else:
            current.add(line)
    return Clauses(tuple(draft.done() for draft in drafts), tuple(leftover))


def read_paragraph(lines: Sequence[Line]) -> tuple[Part | None, tuple[Line, ...]]:
    """Read one paragraph; separate lines after its end are returned as left over."""
    draft = _Draft("")
    for at, line in enumerate(lines):
        if draft.closed() and (line.gap or line.bullet):
            return draft.done().part, tuple(lines[at:])
        draft.add(line)
    return (draft.done().part if draft.lines else None), ()
