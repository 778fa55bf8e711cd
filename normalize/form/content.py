"""The cells below a head turned into what each column holds, whatever the head calls it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from extract.types import Cell
from normalize.text import squeeze
from normalize.vocabulary import FormVocabulary

_LONG = 15  # letters from which on a cell's text is a sentence or a name, not a number or a word


@dataclass(frozen=True, slots=True)
class Content:
    """What stands in one column in rows without a cell over half of the table.

    `texts` are the texts of the cells that begin there, `starts` the stretch and row of each; `marks` counts cells
    with a mark, a dash or a fill, `rows` the rows looked at.
    """

    texts: tuple[str, ...] = ()
    starts: frozenset[tuple[int, int]] = frozenset()
    marks: int = 0
    rows: int = 0

    def share(self, test: Callable[[str], bool]) -> float:
        """Return the share of the texts that pass a test; 0 where there are none."""
        return sum(map(test, self.texts)) / len(self.texts) if self.texts else 0.0

    def begins_with(self, other: Content) -> bool:
        """Tell whether nearly all cells of the two columns begin in the same rows."""
        both, either = self.starts & other.starts, self.starts | other.starts
        return bool(both) and len(both) * 5 >= len(either) * 4

    def belongs_to(self, other: Content) -> bool:
        """Tell whether nearly all cells of this column begin where cells of another do, and half of those with them.

        Some numbers may be missing: `V` alone looks like a mark, and recognisers lose strokes.
        """
        both = len(self.starts & other.starts)
        return bool(both) and both * 5 >= len(self.starts) * 4 and both * 2 >= len(other.starts)

    @property
    def wordy(self) -> bool:
        """Tell whether the texts are sentences, by their mean length."""
        return bool(self.texts) and sum(map(len, self.texts)) >= _LONG * len(self.texts)

    @property
    def marked(self) -> bool:
        """Tell whether the column holds nothing but marks, and some of them."""
        return self.marks > 0 and not self.texts


def contents_of(
    bodies: Sequence[Sequence[tuple[Cell, ...]]], count: int, vocabulary: FormVocabulary
) -> tuple[Content, ...]:
    """Return what each of `count` physical columns holds in the stretches below the heads of one form."""
    texts: list[list[str]] = [[] for _ in range(count)]
    starts: list[set[tuple[int, int]]] = [set() for _ in range(count)]
    marks = [0] * count
    rows = 0
    for stretch, body in enumerate(bodies):
        for cells in body:
            if any(cell.column_span * 2 > count and cell.text.strip() for cell in cells):
                continue
            rows += 1
            for cell in cells:
                if cell.column >= count:
                    continue
                text = squeeze(cell.text)
                if vocabulary.is_mark(text) or vocabulary.is_empty_mark(text) or (cell.fill and not text):
                    marks[cell.column] += 1
                elif text:
                    texts[cell.column].append(text)
                    starts[cell.column].add((stretch, cell.row))
    return tuple(
        Content(tuple(t), frozenset(s), m, rows) for t, s, m in zip(texts, starts, marks, strict=True)
    )
