"""Doubtful words of recognised lines settled: a known word of the second reader, a form that the document repeats."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from extract.types import Cell, TextLine, Word
from normalize.draft import Draft, FieldName, Row
from normalize.evidence import WordEvidence, line_evidence
from normalize.lexical import DocumentWords
from normalize.numerals import shape
from normalize.oddities import core, roman_form, stroke_form
from normalize.repeats import numbered_teams, own_number
from normalize.texts import FIELDS
from schema.catalogue import make_finding
from schema.findings import Finding
from schema.provenance import SourceRef

RULE = "second-reading"
LEAST = 2  # letters beside a number that may be a word of its own have more
CHOSEN = 0.5  # confidence of a word that the second reader alone saw
SURE = 0.97  # confidence of the first reader from which on the document's own form does not overrule it
_PARTS = re.compile(r"([^\w|!]+)")
_NO_WORD = frozenset({"near", "stray", "odd"})


def choose_readings(draft: Draft) -> Draft:
    """Take the second reader's word where the first one's is no word and the second one's is known.

    Strokes and case that a reader was unsure of, or the two saw differently, become those of the acronym that the
    document prints elsewhere (`Zi`, `Zl` for `ZI`). What the first reader saw stays in the field's `printed`, and each
    change is a finding. The lines of the rows' cells are changed too, so that later steps weigh the words that were
    chosen.
    """
    words = DocumentWords(draft)
    changed: dict[SourceRef, Cell] = {}
    numbers = _team_numbers(draft.rows)
    for cell in (cell for row in draft.rows if row.ref.reader == "ocr" for cell in row.cells):
        lines = tuple(_line(line, words, numbers.get(cell.ref)) for line in cell.lines)
        if any(new is not old for new, old in zip(lines, cell.lines, strict=True)):
            changed[cell.ref] = cell.model_copy(update={"lines": lines})
    return replace(draft, rows=tuple(_changed(row, changed) for row in draft.rows)) if changed else draft


def _team_numbers(rows: Sequence[Row]) -> dict[SourceRef, str]:
    """Return the number that the team of each cell bears, where the decree's teams bear those of their areas."""
    counting = numbered_teams(rows)
    if counting is None:
        return {}
    numbers = ((row.get("responsible").refs, own_number(row, counting)) for row in rows)
    return {ref: number for refs, number in numbers if number is not None for ref in refs}


def _changed(row: Row, changed: Mapping[SourceRef, Cell]) -> Row:
    """Put the changed lines into a row's own cells, and into all fields that hold the text of a changed cell."""
    before = {cell.ref: cell for cell in row.cells}
    row = replace(row, cells=tuple(changed.get(cell.ref, cell) for cell in row.cells))
    for name in FIELDS:
        for ref in row.get(name).refs:
            if ref in changed:
                row = _with_lines(row, name, changed[ref], own=ref in before)
    return row


def _line(line: TextLine, words: DocumentWords, number: str | None) -> TextLine:
    """Return the line with the words that are chosen over those of the first reader; `number` is its team's."""
    evidence = list(line_evidence(line, words))
    chosen = [
        _own_number(word.text, number, words)
        or _chosen(word, words)
        or _numeral(evidence, n)
        or _elsewhere(evidence, n, words)
        for n, word in enumerate(evidence)
    ]
    if not any(chosen):
        return line
    kept: list[Word] = []
    for old, new in zip(line.words, chosen, strict=True):
        kept.append(
            old
            if new is None
            else old.model_copy(update={"text": new, "confidence": CHOSEN, "sure_stop": False})
        )
    text = " ".join(word.text for word in kept)
    others = tuple(dict.fromkeys((line.text, *line.others)))
    return line.model_copy(update={"text": text, "words": tuple(kept), "others": others})


def _own_number(word: str, number: str | None, words: DocumentWords) -> str | None:
    """Return the number of a team where a word only looks like it (`1` for `I`) or has run together with it.

    With the word behind it (`IITATA`), or the one before (`POKJAI`).
    """
    if number is None or word == number:
        return None
    if shape(word) == shape(number):
        return number
    for rest, parted in (
        (word.removeprefix(number), "{number} {rest}"),
        (word.removesuffix(number), "{rest} {number}"),
    ):
        letters = rest != word and len(rest) > LEAST and rest.isalpha() and rest.isupper()
        odd = not words.knows(word.lower()) or words.prints(rest) > words.prints(word)
        if letters and odd and words.knows(rest.lower()):
            return parted.format(number=number, rest=rest)
    return None


def _chosen(word: WordEvidence, words: DocumentWords) -> str | None:
    """Return what is chosen over a word, `None` where the word stays."""
    if (
        word.word_class in _NO_WORD
        and word.theirs_known
        and word.agreement in ("against-known", "signs", "parted", "strokes", "case", "stops")
    ):
        return word.theirs
    if _is_parted(word, words):
        return word.theirs
    settled = "".join(words.rival(part) or part for part in _PARTS.split(word.text))
    if settled == word.text:
        settled = stroke_form(word.text, words) or word.text
    if settled == word.text:
        return None
    seen = word.agreement in ("strokes", "case") and settled == word.theirs
    return settled if seen or word.confidence < SURE else None


def _is_parted(word: WordEvidence, words: DocumentWords) -> bool:
    """Tell whether the other reader saw two words that the document prints more often each than the two run together."""
    parts = word.theirs.split()
    known = word.agreement == "parted" and word.theirs_known and core(word.text).isalpha() and len(parts) > 1
    return known and all(words.prints(core(part)) > words.prints(core(word.text)) for part in parts)


def _numeral(evidence: Sequence[WordEvidence], n: int) -> str | None:
    """Return the capital numeral that a word looks like where the other reader saw it, or the first was unsure."""
    word, (before, behind) = evidence[n], _beside(evidence, n)
    form = roman_form(word.text, before, behind)
    return form if form is not None and (form == word.theirs or word.confidence < SURE) else None


def _elsewhere(evidence: Sequence[WordEvidence], n: int, words: DocumentWords) -> str | None:
    """Return what the document prints in the same place elsewhere where the other reader saw it here, too."""
    word, (before, behind) = evidence[n], _beside(evidence, n)
    form = words.elsewhere(before, word.text, behind)
    return form if form is not None and form == word.theirs else None


def _beside(evidence: Sequence[WordEvidence], n: int) -> tuple[str, str]:
    before = evidence[n - 1].text if n else ""
    return before, evidence[n + 1].text if n + 1 < len(evidence) else ""


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
