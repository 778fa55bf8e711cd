"""Disputed words of recognised lines settled by the lexicon: a known word of the second reader over no word at all."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from extract.types import Cell, TextLine, Word
from normalize.draft import Draft, FieldName, Row
from normalize.evidence import Lexical, WordEvidence, line_evidence
from normalize.lexical import DocumentWords
from normalize.texts import FIELDS
from schema.catalogue import make_finding
from schema.findings import Finding
from schema.provenance import SourceRef

RULE = "second-reading"
CHOSEN = 0.5  # confidence of a word that the second reader alone saw
_NO_WORD = frozenset({"near", "odd"})


def choose_readings(draft: Draft) -> Draft:
    """Take the second reader's word where the first one's is no word and the second one's is known.

    What the first reader saw stays in the field's `printed`, and each change is a finding. The lines of the
    rows' cells are changed too, so that later steps weigh the words that were chosen.
    """
    words = DocumentWords(draft)
    changed: dict[SourceRef, Cell] = {}
    for cell in (cell for row in draft.rows if row.ref.reader == "ocr" for cell in row.cells):
        lines = tuple(_line(line, words) for line in cell.lines)
        if any(new is not old for new, old in zip(lines, cell.lines, strict=True)):
            changed[cell.ref] = cell.model_copy(update={"lines": lines})
    return replace(draft, rows=tuple(_changed(row, changed) for row in draft.rows)) if changed else draft


def _changed(row: Row, changed: Mapping[SourceRef, Cell]) -> Row:
    """Put the changed lines into a row's own cells, and into all fields that hold the text of a changed cell."""
    before = {cell.ref: cell for cell in row.cells}
    row = replace(row, cells=tuple(changed.get(cell.ref, cell) for cell in row.cells))
    for name in FIELDS:
        for ref in row.get(name).refs:
            if ref in changed:
                row = _with_lines(row, name, changed[ref], own=ref in before)
    return row


def _line(line: TextLine, words: Lexical) -> TextLine:
    """Return the line with the second reader's words where those alone are words."""
    if line.agreed is not False or not line.others:
        return line
    evidence = list(line_evidence(line, words))
    if not any(_is_better(word) for word in evidence):
        return line
    kept: list[Word] = []
    for old, word in zip(line.words, evidence, strict=True):
        if not _is_better(word):
            kept.append(old)
            continue
        kept.append(old.model_copy(update={"text": word.theirs, "confidence": CHOSEN}))
    text = " ".join(word.text for word in kept)
    others = tuple(dict.fromkeys((line.text, *line.others)))
    return line.model_copy(update={"text": text, "words": tuple(kept), "others": others})


def _is_better(word: WordEvidence) -> bool:
    """Tell whether the second reader's word is known and the first one's is no word, or two written as one."""
    return word.word_class in _NO_WORD and word.theirs_known and word.agreement in ("against-known", "signs")


def _with_lines(row: Row, name: FieldName, cell: Cell, *, own: bool) -> Row:
    """Put a cell's changed lines into a field; a cell of the row's own gives a finding a line."""
    value = row.get(name)
    text = value.text
    findings: list[Finding] = []
    for old, new in zip(cell.text.split("\n"), cell.lines, strict=False):
        if old != new.text and old in text:
            text = text.replace(old, new.text, 1)
            findings.append(_finding(name, old, new, cell))
    if text == value.text:
        return row
    status = "filled" if value.status == "filled" else "corrected"
    row = row.with_field(name, value.model_copy(update={"text": text, "status": status}))
    return row.noting(*findings) if own else row


def _finding(name: FieldName, old: str, new: TextLine, cell: Cell) -> Finding:
    """Report the words in which the two readings of a line differ."""
    chosen = [word.text for word in new.words if word.text not in old.split()]
    kept = new.text.split()
    replaced = [word for word in old.split() if word not in kept]
    return make_finding(
        "word-corrected",
        rule=RULE,
        ref=cell.ref,
        field=name,
        raw=" ".join(replaced) or old,
        value=" ".join(chosen) or new.text,
        alternatives=(" ".join(replaced) or old,),
        certainty="probable",
        reason=RULE,
    )
