"""The rows that were set apart as heads turned into findings: what is dropped is told, what may be data is asked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from rapidfuzz import fuzz

from extract.types import Cell
from normalize.facts import Fact, fact
from normalize.form import HeadSplit
from normalize.form.naming import is_recognised, named_role
from normalize.form.periods import period_of
from normalize.text import fold
from normalize.vocabulary import FormVocabulary
from schema.findings import RuleName

RULE: RuleName = "build-rows"
_ALIKE = 85.0  # score of two readings of one text, as for names of columns
_FAR = 60.0  # of a recognised row as a whole: where worn letters fail, the row's other words still agree


@dataclass(slots=True)
class Heads:
    """The texts of the heads so far, cell by cell and row by row."""

    texts: set[str] = field(default_factory=set)
    rows: list[str] = field(default_factory=list)

    def facts(self, split: HeadSplit, vocabulary: FormVocabulary) -> Iterator[Fact]:
        """Yield a finding for each dropped row: every head but the first, rows of column numbers, rows that may be data."""
        repeated = bool(self.rows)
        for row in split.head:
            if repeated:
                yield _finding("repeated-head-dropped", row)
            if repeated and any(map(self._is_new, row)) and not self._is_explained(row, vocabulary):
                yield _finding("head-row-unlike", row)
        for row in split.numbers:
            yield _finding("column-numbers-dropped", row)
        self.texts.update(fold(cell.text) for row in split.head for cell in row)
        self.rows += [fold(_joined(row)) for row in split.head]

    def _is_new(self, cell: Cell) -> bool:
        text = fold(cell.text)
        return bool(text) and text not in self.texts

    def _is_explained(self, row: Sequence[Cell], vocabulary: FormVocabulary) -> bool:
        """Tell whether a row says what an earlier head said, or nothing but names of columns and periods."""
        if is_recognised(row) and any(fuzz.ratio(fold(_joined(row)), known) >= _FAR for known in self.rows):
            return True
        new = [cell for cell in row if self._is_new(cell) and not self._is_alike(cell)]
        return all(_is_name(cell, vocabulary) for cell in new)

    def _is_alike(self, cell: Cell) -> bool:
        return any(fuzz.ratio(fold(cell.text), known) >= _ALIKE for known in self.texts)


def _is_name(cell: Cell, vocabulary: FormVocabulary) -> bool:
    text = vocabulary.unwrapped(cell.text)
    named = named_role(text, vocabulary, recognised=is_recognised((cell,))) != "unknown"
    return named or cell.column_span > 1 or text.strip().isdigit() or period_of(text, vocabulary) is not None


def _finding(code: str, row: Sequence[Cell]) -> Fact:
    asks = code == "head-row-unlike"
    return fact(
        code, rule=RULE, ref=row[0].ref, raw=_joined(row), certainty="ambiguous" if asks else "certain"
    )


def _joined(row: Sequence[Cell]) -> str:
    return " | ".join(" ".join(c.text.split()) for c in row if c.text.strip())
