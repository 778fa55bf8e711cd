"""Misread words of transcriptions repaired where the repair is clear, else suggested; in print they are only reported."""

from __future__ import annotations

from normalize.draft import Draft, Row
from normalize.facts import Fact, fact
from normalize.plan.settings import PLAN
from normalize.plan.texts import FIELDS, document_vocabulary
from normalize.words import Ranker, WordChange, WordResources, correct_text
from schema.decree import Field
from schema.findings import RuleName
from schema.roles import FieldName

RULE: RuleName = "correct-words"


def correct_words(draft: Draft) -> Draft:
    """Repair misread words of a transcription; what is odd in print, digital or recognised for sure, is only reported."""
    vocabulary, words = document_vocabulary(draft), draft.resources.words
    ranker = Ranker(vocabulary, words)
    memo: dict[str, tuple[str, tuple[WordChange, ...]]] = {}

    def corrected(row: Row) -> Row:
        for name in FIELDS:
            value = row.get(name)
            if not value.text or value.status == "inferred":
                continue
            if value.text not in memo:
                memo[value.text] = correct_text(value.text, vocabulary, words, ranker)
            row = _with_changes(row, name, memo[value.text], words)
        return row

    return draft.map_rows(corrected, kind=None)


def _with_changes(
    row: Row, name: FieldName, corrected: tuple[str, tuple[WordChange, ...]], words: WordResources
) -> Row:
    value = row.get(name)
    text, changes = corrected
    written = row.transcribed
    if written and text != value.text:
        status = value.status if value.status == "filled" else "corrected"
        row = row.with_field(name, value.with_text(text, status))
    if value.status == "filled":
        return row
    told = [c for c in changes if not _is_official(c, words) and (written or _is_print(row, value, c))]
    return row.noting(*(_finding(row, name, c, applied=written and c.applied) for c in told))


def _is_print(row: Row, value: Field, change: WordChange) -> bool:
    """Tell whether a word is printed so: on a digital page, or read for sure."""
    lines = (line for cell in row.cells_of(value) for line in cell.lines)
    read = [word.confidence for line in lines for word in line.words if change.raw in word.text]
    return not row.recognised or (bool(read) and min(read) >= PLAN.sure)


def _is_official(change: WordChange, words: WordResources) -> bool:
    """Tell whether a merely unusual word (`monev`) is one that the official list itself prints."""
    unusual = not change.applied and change.rule in ("near-word", "confusion")
    return unusual and change.raw.lower() in words.official.printed


def _finding(row: Row, name: FieldName, change: WordChange, *, applied: bool) -> Fact:
    """Report a word as repaired, suspected, a spelling habit, or (in print) a suspected misprint."""
    code = "word-corrected" if applied else "word-suspect" if row.transcribed else "print-suspect"
    if change.rule == "spelling-habit":
        code = "spelling-habit"
    return fact(
        code,
        RULE,
        row.place_of(name),
        name,
        raw=change.raw,
        value=change.value if applied else None,
        alternatives=change.alternatives if applied else (change.value, *change.alternatives),
        certainty=change.grade if applied else "ambiguous",
        reason=change.rule,
    )
