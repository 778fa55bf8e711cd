"""Printed cell texts turned into running text: lines joined, residue and superfluous space removed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from extract.types import Cell
from normalize.draft import Draft, Row
from normalize.facts import Fact, doubt, fact
from normalize.line_breaks import word_fits, would_fit
from normalize.recognised.decide import decide_words
from normalize.words import DocumentVocabulary, WordResources, join_lines, read_vocabulary
from schema.decree import Field
from schema.findings import RuleName
from schema.roles import LISTED_ROLES, FieldName

JOIN_RULE: RuleName = "join-lines"
TIDY_RULE: RuleName = "tidy-text"
FIELDS: tuple[FieldName, ...] = ("area", "component", "indicator", "action", "evidence", "responsible")
_MARKUP = re.compile(
    r"</?[A-Za-z][A-Za-z0-9]*(\s[^<>]*)?/?>|\*\*|(?<!\S)\*(?=[-–—]\*)|(?<=[-–—])\*(?!\S)|(?<!\w)\*(?=\w)|(?<=\w)\*(?!\w)|(?<!\w)__?(?=\w)|(?<=\w)__?(?!\w)"
)
_ENTITY = {"&amp;": "&", "&lt;": "<", "&gt;": ">", "&nbsp;": " ", "&quot;": '"'}
ITEM = re.compile(r"^\s*([-•▪–*]\s+\S|\(?\d{1,2}[.)]\s*\D|\(?[a-z][.)]\s+\S)")


def decide_readings(draft: Draft) -> Draft:
    """Decide each recognised word once, by what was read (`Draft.reading`)."""
    reading = draft.reading or draft.extraction
    words, model = draft.resources.words, draft.resources.word_model
    return replace(draft, reading=reading, extraction=decide_words(reading, words, model))


def join_cell_lines(draft: Draft) -> Draft:
    """Join the printed lines of every cell into running text, by the document's own words."""
    vocabulary = document_vocabulary(draft)
    lines = [line for row in draft.rows for cell in row.cells for line in cell.lines]
    keeps = any(line.text.endswith(" ") for line in lines)
    words = draft.resources.words
    memo: dict[tuple[str, str], tuple[str, tuple[str, ...]]] = {}

    def rejoined(row: Row, name: str, value: Field, *, listed: bool) -> tuple[Field, tuple[Fact, ...]]:
        key = (name, value.text)
        if key not in memo:
            memo[key] = _join(_segments(row, value, listed=listed), vocabulary, words, keeps=keeps)
        text, others = memo[key]
        ref = next(iter(value.refs), row.ref)
        said = partial(doubt, "line-join-ambiguous", JOIN_RULE, ref, name, raw=value.printed, value=text)
        return value.with_text(text), (said(alternatives=others),) if others else ()

    def joined(row: Row) -> Row:
        fields: dict[FieldName, Field] = {}
        extra: list[tuple[str, Field]] = []
        facts: list[Fact] = []
        for name in (name for name in FIELDS if "\n" in row.get(name).text):
            fields[name], told = rejoined(row, name, row.get(name), listed=name in LISTED_ROLES)
            facts += told
        for column, value in row.extra:
            changed, told = rejoined(row, column, value, listed=True)
            extra.append((column, changed))
            facts += told if value.status != "filled" else ()
        return replace(row.with_fields(fields).noting(*facts), extra=tuple(extra))

    return draft.map_rows(joined, kind=None)


def _join(
    segments: Sequence[Sequence[str]], vocabulary: DocumentVocabulary, words: WordResources, *, keeps: bool
) -> tuple[str, tuple[str, ...]]:
    """Join each segment; return the text and, where a joint is open, the other ways to read it."""
    parts = [join_lines(s, vocabulary, words, keeps_trailing_space=keeps) for s in segments]
    open_joints = [p for p in parts if p.grade == "ambiguous"]
    return "\n".join(p.text for p in parts), tuple(a for p in open_joints for a in p.alternatives)


def _segments(row: Row, value: Field, *, listed: bool) -> list[list[str]]:
    """Part the printed lines where a list item begins or where the writer broke the line by hand."""
    cell = _cell_of(row, value)
    lines = _spaced(value.text.split("\n"), cell)
    if not listed:
        return [lines]
    segments: list[list[str]] = [[lines[0]]]
    for n, line in enumerate(lines[1:], 1):
        if ITEM.match(line) or (cell is not None and _broken_by_hand(cell, n)):
            segments.append([line])
        else:
            segments[-1].append(line)
    return segments


def _cell_of(row: Row, value: Field) -> Cell | None:
    """Return the first cell of a row that a field was read from; mostly it has the very place."""
    own = set(map(id, value.refs))
    same = (c for c in row.cells if id(c.ref) in own)
    return next(same, None) or next((c for c in row.cells if c.ref in value.refs), None)


def _spaced(lines: list[str], cell: Cell | None) -> list[str]:
    """Give a line its space where the words around its end would together fit on a line: no program breaks those."""
    box = cell.ref.bbox if cell is not None else None
    if cell is None or box is None or len(cell.lines) != len(lines):
        return lines
    return [
        line + " " if n + 1 < len(lines) and line[-1:].isalnum() and word_fits(box, cell.lines, n) else line
        for n, line in enumerate(lines)
    ]


def _broken_by_hand(cell: Cell, number: int) -> bool:
    """Tell whether the first word of a line would still have fitted on the line above it."""
    box = cell.ref.bbox
    if box is None or number >= len(cell.lines):
        return False
    begins = cell.lines[number].text.lstrip()[:1]
    return not begins.islower() and would_fit(box, cell.lines, number)


def document_vocabulary(draft: Draft) -> DocumentVocabulary:
    """Count the words of the document's cells and preamble, each printed text once."""
    texts = {
        value.text: None for row in draft.rows for value in row.fields.values() if value.status != "filled"
    }
    head = draft.head
    names = [head.institution, head.title, head.place, head.enacted_by]
    if head.signatory:
        names += [head.signatory.name, head.signatory.office]
    if head.attestation:
        names += [head.attestation.name, head.attestation.office]
    return read_vocabulary(list(texts), draft.resources.words, head=[f.text for f in names])


def tidy_texts(draft: Draft) -> Draft:
    """Remove a transcription's markup residue, and superfluous white space everywhere."""

    def tidied(row: Row) -> Row:
        changed: dict[FieldName, Field] = {}
        for name, value in row.fields.items():
            text = without_markup(value.text) if row.transcribed else value.text
            spaced = _tidy_spaces(text)
            steps = {"markup-removed": text != value.text, "text-tidied": spaced != text}
            for code in (code for code, done in steps.items() if done and value.status != "filled"):
                row = row.noting(fact(code, TIDY_RULE, row.place_of(name), name, raw=value.printed))
            if spaced != value.text:
                changed[name] = value.with_text(spaced)
        extra = tuple((name, value.with_text(_tidy_spaces(value.text))) for name, value in row.extra)
        return replace(row, fields={**row.fields, **changed}, extra=extra)

    return draft.map_rows(tidied, kind=None)


def without_markup(text: str) -> str:
    """Return the text without HTML tags, entities and Markdown emphasis."""
    for entity, character in _ENTITY.items():
        text = text.replace(entity, character)
    return _MARKUP.sub("", text)


def _tidy_spaces(text: str) -> str:
    lines = (" ".join(line.split()) for line in text.split("\n"))
    return "\n".join(line for line in lines if line)
