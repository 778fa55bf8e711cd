"""The cells below a header turned into what each column holds, whatever the header calls it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from extract.types import Cell
from normalize.form.settings import COLUMNS
from normalize.text import squeeze
from normalize.vocabulary import FormVocabulary


@dataclass(frozen=True, slots=True)
class Content:
    """What one column holds, except in rows with a title over half of the table.

    `texts` are those of cells that begin there, `starts` the stretch and row of each; `marks` counts marks, dashes and
    fills.
    """

    texts: tuple[str, ...] = ()
    starts: frozenset[tuple[int, int]] = frozenset()
    marks: int = 0

    def share(self, test: Callable[[str], bool]) -> float:
        """Return the share of the texts that pass a test; 0 where there are none."""
        return sum(map(test, self.texts)) / len(self.texts) if self.texts else 0.0

    def mostly(self, test: Callable[[str], bool]) -> bool:
        """Tell whether nearly all texts pass a test, and there are enough of them."""
        return len(self.texts) >= COLUMNS.fewest and self.share(test) >= COLUMNS.mostly

    def begins_with(self, other: Content) -> bool:
        """Tell whether nearly all cells of the two columns begin in the same rows."""
        both, either = self.starts & other.starts, self.starts | other.starts
        return bool(both) and len(both) / len(either) >= COLUMNS.mostly

    def belongs_to(self, other: Content) -> bool:
        """Tell whether nearly all cells of this column begin where cells of another do, and half of those with them.

        Some numbers may be missing: `V` alone looks like a mark, and recognisers lose strokes.
        """
        both = len(self.starts & other.starts)
        return bool(both) and both / len(self.starts) >= COLUMNS.mostly and both * 2 >= len(other.starts)

    @property
    def wordy(self) -> bool:
        """Tell whether the texts are sentences, by their mean length."""
        return bool(self.texts) and sum(map(len, self.texts)) >= COLUMNS.long * len(self.texts)

    @property
    def marked(self) -> bool:
        """Tell whether the column holds only marks, and at least one."""
        return self.marks > 0 and not self.texts


def columns_of(cell: Cell) -> range:
    """Return the columns of a grid that a cell covers."""
    return range(cell.column, cell.column + cell.column_span)


def covering_of(cells: Iterable[Cell]) -> dict[tuple[int, int], Cell]:
    """Map each elementary position of a grid (row, column) to the cell that covers it."""
    return {
        (r, c): cell
        for cell in cells
        for r in range(cell.row, cell.row + cell.row_span)
        for c in columns_of(cell)
    }


def contents_of(
    bodies: Sequence[Sequence[tuple[Cell, ...]]], count: int, vocabulary: FormVocabulary
) -> tuple[Content, ...]:
    """Return what each of `count` physical columns holds in the stretches below the headers of one form."""
    texts: list[list[str]] = [[] for _ in range(count)]
    starts: list[set[tuple[int, int]]] = [set() for _ in range(count)]
    marks = [0] * count
    rows = [(n, cells) for n, body in enumerate(bodies) for cells in body if not _has_title(cells, count)]
    for stretch, cell in ((n, cell) for n, cells in rows for cell in cells if cell.column < count):
        text = squeeze(cell.text)
        if vocabulary.is_mark(text) or vocabulary.is_empty_mark(text) or (cell.fill and not text):
            marks[cell.column] += 1
        elif text:
            texts[cell.column].append(text)
            starts[cell.column].add((stretch, cell.row))
    columns = zip(texts, starts, marks, strict=True)
    return tuple(Content(tuple(t), frozenset(s), m) for t, s, m in columns)


def _has_title(cells: Sequence[Cell], count: int) -> bool:
    return any(cell.column_span * 2 > count and cell.text.strip() for cell in cells)
