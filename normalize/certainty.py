"""Recognised words turned into a certainty of each field; a field below the threshold asks for a review."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extract.types import TextLine
from normalize.calibration import Agreement, Calibration
from normalize.draft import Draft, FieldName, Row
from normalize.texts import FIELDS, every_row
from normalize.words import WordResources
from schema.catalogue import make_finding
from schema.decree import Field

RULE = "weigh-words"
_LETTERS = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_CHECKED: tuple[FieldName, ...] = ("component_no", *FIELDS)


def agreement_of(line: TextLine) -> Agreement:
    """Tell whether two readers agreed on a line, differed, or one read it alone."""
    if line.agreed is None:
        return "alone"
    return "agreed" if line.agreed else "differ"


def is_known(word: str, words: WordResources) -> bool:
    """Tell whether every part of a word that is made of letters is one the lexicon or the official list knows."""
    parts = _LETTERS.findall(word)
    return bool(parts) and all(words.knows(part.lower()) for part in parts)


def weigh_words(draft: Draft) -> Draft:
    """Give each recognised field its certainty; one below the threshold asks for a person's decision."""
    calibration, threshold = draft.resources.calibration, draft.resources.review_threshold

    def weighed(row: Row) -> Row:
        if row.ref.reader != "ocr":
            return row
        for name in _CHECKED:
            value = row.get(name)
            lines = list(_lines_of(row, value))
            if not lines or value.status in ("inferred", "missing"):
                continue
            certainty = _certainty(lines, calibration, draft.resources.words)
            row = row.with_field(name, value.model_copy(update={"confidence": round(certainty, 4)}))
            if certainty < threshold and value.status != "filled":
                row = _doubted(row, name, lines)
        return row

    return every_row(draft, weighed)


def _lines_of(row: Row, value: Field) -> Iterator[TextLine]:
    return (line for cell in row.cells if cell.ref in value.refs for line in cell.lines)


def _certainty(lines: Sequence[TextLine], calibration: Calibration, words: WordResources) -> float:
    """Return the certainty that all words of the lines are right, taking them as independent."""
    certainty = 1.0
    for line in lines:
        agreement = agreement_of(line)
        for word in line.words:
            certainty *= calibration.certainty(word.confidence, agreement, known=is_known(word.text, words))
    return certainty


def _doubted(row: Row, name: FieldName, lines: Sequence[TextLine]) -> Row:
    value = row.get(name)
    others = tuple(dict.fromkeys(other for line in lines for other in line.others))
    finding = make_finding(
        "text-uncertain",
        rule=RULE,
        ref=value.refs[0] if value.refs else row.ref,
        field=name,
        raw=" ".join(value.printed.split()),
        value=None,
        alternatives=others,
        certainty="ambiguous",
    )
    status = value.status if value.status == "filled" else "uncertain"
    return row.with_field(name, row.get(name).model_copy(update={"status": status})).noting(finding)
