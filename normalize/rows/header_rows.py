"""The rows of headers turned into facts: what is dropped is told, what may be data is asked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from rapidfuzz import fuzz

from extract.types import Cell
from normalize.facts import Fact, fact
from normalize.form import HeaderSplit
from normalize.form.naming import is_recognised, named_role
from normalize.form.periods import period_of
from normalize.rows.settings import HEADERS
from normalize.text import fold, squeeze
from normalize.vocabulary import FormVocabulary
from schema.findings import Grade, RuleName

RULE: RuleName = "build-rows"


@dataclass(slots=True)
class Headers:
    """The texts of the headers so far, cell by cell and row by row."""

    texts: set[str] = field(default_factory=set)
    rows: list[str] = field(default_factory=list)

    def facts(self, split: HeaderSplit, vocabulary: FormVocabulary) -> Iterator[Fact]:
        """Yield a fact for each dropped row: repeated headers, column numbers, rows that may be data."""
        repeated = bool(self.rows)
        for row in split.header:
            if repeated:
                yield _dropped("repeated-head-dropped", row)
            if repeated and any(map(self._is_new, row)) and not self._is_explained(row, vocabulary):
                yield _dropped("head-row-unlike", row)
        for row in split.numbers:
            yield _dropped("column-numbers-dropped", row)
        self.texts.update(fold(cell.text) for row in split.header for cell in row)
        self.rows += [fold(_joined(row)) for row in split.header]

    def _is_new(self, cell: Cell) -> bool:
        text = fold(cell.text)
        return bool(text) and text not in self.texts

    def _is_explained(self, row: Sequence[Cell], vocabulary: FormVocabulary) -> bool:
        """Tell whether a row says what an earlier header said, or nothing but names of columns and periods."""
        if is_recognised(row) and any(
            fuzz.ratio(fold(_joined(row)), known) >= HEADERS.far for known in self.rows
        ):
            return True
        new = [cell for cell in row if self._is_new(cell) and not self._is_alike(cell)]
        return all(_is_name(cell, vocabulary) for cell in new)

    def _is_alike(self, cell: Cell) -> bool:
        return any(fuzz.ratio(fold(cell.text), known) >= HEADERS.alike for known in self.texts)


def _is_name(cell: Cell, vocabulary: FormVocabulary) -> bool:
    text = vocabulary.unwrapped(cell.text)
    named = named_role(text, vocabulary, recognised=is_recognised((cell,))) != "unknown"
    return named or cell.column_span > 1 or text.strip().isdigit() or period_of(text, vocabulary) is not None


def _dropped(code: str, row: Sequence[Cell]) -> Fact:
    certainty: Grade = "ambiguous" if code == "head-row-unlike" else "certain"
    return fact(code, rule=RULE, ref=row[0].ref, raw=_joined(row), certainty=certainty)


def _joined(row: Sequence[Cell]) -> str:
    return " | ".join(squeeze(c.text) for c in row if c.text.strip())
