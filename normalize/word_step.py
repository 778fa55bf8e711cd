"""Misread words repaired where the repair is clear and the reading was not sure; else suggested."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from extract.types import TextLine
from normalize.draft import Draft, FieldName, Row
from normalize.lexical import DocumentWords
from normalize.second_reading import CHOSEN
from normalize.texts import FIELDS, document_vocabulary, every_row
from normalize.words import Ranker, WordChange, WordResources, correct_text
from schema.catalogue import make_finding
from schema.decree import Field
from schema.findings import Finding

RULE = "correct-words"
# A recogniser that is surer of a word than this is taken at its word: what looks wrong may be printed so.
SURE = 0.97


def correct_words(draft: Draft) -> Draft:
    """Repair misread words; on a digital page, or where a recogniser was sure, a word is only reported.

    The lines of recognised cells are changed too, so that a later step weighs the words that stand in the text.
    """
    vocabulary, words = document_vocabulary(draft), draft.resources.words
    ranker = Ranker(vocabulary, words)
    known = DocumentWords(draft)
    memo: dict[str, tuple[str, tuple[WordChange, ...]]] = {}

    def corrected(row: Row) -> Row:
        for name in FIELDS:
            value = row.get(name)
            if not value.text or value.status == "inferred":
                continue
            if value.text not in memo:
                memo[value.text] = correct_text(value.text, vocabulary, words, ranker)
            row = _with_changes(row, name, _cased(row, value, memo[value.text], known), words)
        return row

    return every_row(draft, corrected)


def _with_changes(
    row: Row, name: FieldName, corrected: tuple[str, tuple[WordChange, ...]], words: WordResources
) -> Row:
    value = row.get(name)
    text, changes = corrected
    allowed = [c.applied and _may_repair(row, value, c) for c in changes]
    if not all(ok for ok, c in zip(allowed, changes, strict=True) if c.applied):
        text = _partly(value.text, [c for c, ok in zip(changes, allowed, strict=True) if ok])
    if text != value.text:
        status = value.status if value.status == "filled" else "corrected"
        row = row.with_field(name, value.model_copy(update={"text": text, "status": status}))
        row = _with_lines(row, value, [c for c, ok in zip(changes, allowed, strict=True) if ok])
    if value.status == "filled":
        return row
    told = [(c, ok) for c, ok in zip(changes, allowed, strict=True) if not _is_official(c, words)]
    return row.noting(*(_finding(row, name, value, c, applied=ok) for c, ok in told))


def _cased(
    row: Row, value: Field, corrected: tuple[str, tuple[WordChange, ...]], known: DocumentWords
) -> tuple[str, tuple[WordChange, ...]]:
    """Return a recognised text's changes, a word whose first letter was misread in the case that the document prints.

    Where it prints the word in neither, nobody knows which letter was misread: the word is only suspected.
    """
    text, changes = corrected
    if row.ref.reader != "ocr":
        return corrected
    own = tuple(_in_printed_case(change, known) if change.applied else change for change in changes)
    return (text if own == changes else _partly(value.text, [c for c in own if c.applied])), own


def _in_printed_case(change: WordChange, known: DocumentWords) -> WordChange:
    first, rest = change.value[:1], change.value[1:]
    small = change.raw[:2].islower() and len(change.raw) > len(change.value)  # rn for m, of one case
    if small or change.raw[:1].casefold() == first.casefold() or not first.isalpha():
        return change
    forms = [form for form in (first.upper() + rest, first.lower() + rest) if known.prints(form)]
    best = max(forms, key=known.prints, default=None)
    return change.model_copy(update={"applied": False} if best is None else {"value": best})


def _partly(text: str, changes: list[WordChange]) -> str:
    """Apply only some of the changes, from the end of the text so that offsets hold."""
    for change in sorted(changes, key=lambda c: -c.start):
        text = text[: change.start] + change.value + text[change.start + len(change.raw) :]
    return text


def _may_repair(row: Row, value: Field, change: WordChange) -> bool:
    """Tell whether a clear repair may be made: always in a transcription, in OCR where the reader doubted."""
    if row.digital:
        return False
    if row.ref.reader == "transcript":
        return True
    lines = list(_lines_of(row, value))
    if any(change.value.lower() in other.lower() for line in lines for other in line.others):
        return True
    read = [w for line in lines for w in line.words if change.raw in w.text]
    return not read or min(w.confidence for w in read) < SURE


def _with_lines(row: Row, value: Field, changes: Sequence[WordChange]) -> Row:
    """Put repaired words into the recognised lines that they were read in; nobody was sure of them."""

    def line_of(line: TextLine) -> TextLine:
        for change in changes:
            line = _repaired(line, change)
        return line

    cells = tuple(
        cell.model_copy(update={"lines": tuple(map(line_of, cell.lines))}) if cell.ref in value.refs else cell
        for cell in row.cells
    )
    return replace(row, cells=cells) if row.ref.reader == "ocr" else row


def _repaired(line: TextLine, change: WordChange) -> TextLine:
    at = next((n for n, word in enumerate(line.words) if change.raw in word.text), None)
    if at is None:
        return line
    old = line.words[at]
    new = old.text.replace(change.raw, change.value, 1)
    word = old.model_copy(update={"text": new, "confidence": CHOSEN, "sure_stop": False})
    words = (*line.words[:at], word, *line.words[at + 1 :])
    update: dict[str, object] = {"text": " ".join(each.text for each in words), "words": words}
    if line.agreed is not None:
        update |= {"agreed": False, "others": tuple(dict.fromkeys((*line.others, line.text)))}
    return line.model_copy(update=update)


def _lines_of(row: Row, value: Field) -> Iterator[TextLine]:
    return (line for cell in row.cells if cell.ref in value.refs for line in cell.lines)


def _is_official(change: WordChange, words: WordResources) -> bool:
    """Tell whether a merely unusual word (`monev`) is one that the official list itself prints."""
    unusual = not change.applied and change.rule in ("near-word", "confusion")
    return unusual and change.raw.lower() in words.official.printed


def _finding(row: Row, name: FieldName, value: Field, change: WordChange, *, applied: bool) -> Finding:
    """Report a word as repaired, suspected, a spelling habit, or (digital) a suspected misprint."""
    code = "word-corrected" if applied else "print-suspect" if row.digital else "word-suspect"
    if change.rule == "spelling-habit":
        code = "spelling-habit"
    return make_finding(
        code,
        rule=RULE,
        ref=value.refs[0] if value.refs else row.ref,
        field=name,
        raw=change.raw,
        value=change.value if applied else None,
        alternatives=change.alternatives if applied else (change.value, *change.alternatives),
        certainty=change.certainty if applied else "ambiguous",
        reason=change.rule,
    )
