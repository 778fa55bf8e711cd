"""The cells of one column turned into doubts: what is not of the kind that its column holds, marks that disagree."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple, Protocol

from normalize.figures.model import Doubt, Kind, Seen, kind_of
from normalize.figures.settings import COLUMNS
from normalize.words.confusables import STROKES
from schema.provenance import SourceRef

UNLIKE, MIXED, UNCOUNTED = "figure-unlike-column", "figure-marks-mixed", "figure-breaks-count"
FIRST = frozenset({"1", "I"})  # a lone stroke where nothing counts: a first number, or a roman one
_DECIMALS = re.compile(r"[.,]\d{1,2}$")
_STROKES = STROKES | {"7"}

_LETTERS = re.compile(r"[^\W\d_]+")
_GLUED = re.compile(r"\d[^\W\d_]|[^\W\d_]\d")

Known = Callable[[str], bool]
_Marked = tuple[Seen, str]  # an amount and the mark of thousands that is usual in its column


class Words(Protocol):
    """What is known of words, in lower case."""

    def knows(self, word: str) -> bool:
        """Tell whether anything vouches for a word."""


def is_text(text: str, words: Words) -> bool:
    """Tell whether a text among figures is made of words: none of its letters may be a misread figure."""
    parts = _LETTERS.findall(text)
    told = any(len(part) >= COLUMNS.text_word for part in parts) and _GLUED.search(text) is None
    return told and all(words.knows(part.lower()) for part in parts if len(part) >= COLUMNS.text_word)


def column_doubts(columns: Sequence[Sequence[Seen]], is_known: Known) -> Mapping[SourceRef, Doubt]:
    """Return the recognised cells of a table's columns that do not fit them, by their places.

    A cell of another kind asks unless it holds known words alone (`is_known` tells it of a text); so does an amount
    whose marks of thousands are not its column's, and a number that breaks the count of its column. Where the other mark was
    read too often, all marked amounts of the table wait for one answer. Cells above the first that is of the column's kind
    are its head. What a digital page prints is not doubted.
    """
    found: dict[SourceRef, Doubt] = {}
    marked: list[_Marked] = []
    tails = 0
    for body in map(_below_head, columns):
        kind = column_kind(body)
        if kind is None or (kind == "text" and not _are_words(body)):
            continue
        unlike = [c for c in body if c.recognised and c.kind != "none" and not _fits(c, kind, is_known)]
        found |= {cell.ref: Doubt(UNLIKE, _likely(cell, kind)) for cell in unlike}
        if kind == "number":
            found = {**_uncounted(body), **found}
            marked += _marked([cell for cell in body if cell not in unlike])
            tails += sum(cell.has_tail and cell.recognised for cell in body)
    return {**_mixed(marked, tails), **found}


def column_kind(cells: Sequence[Seen]) -> Kind | None:
    """Return what most filled cells of a column are, `None` where no kind is that of most.

    Misread numbers do not count against a column of numbers.
    """
    kinds = Counter(cell.kind for cell in cells if cell.kind != "none")
    if not kinds:
        return None
    kind, count = kinds.most_common(1)[0]
    misread = sum(cell.is_misread_number for cell in cells)
    if kinds["number"] >= COLUMNS.fewest and kinds["number"] >= COLUMNS.mostly * (kinds.total() - misread):
        return "number"
    return kind if count >= COLUMNS.fewest and count >= COLUMNS.mostly * kinds.total() else None


def _below_head(cells: Sequence[Seen]) -> Sequence[Seen]:
    """Return a column without the cells above the first one that is, or may be, of its kind."""
    kind = column_kind(cells)
    figures = kind in ("number", "share", "date")
    likely = (n for n, c in enumerate(cells) if c.kind == kind or (figures and any(map(str.isdigit, c.text))))
    return cells[next(likely, 0) :]


def _are_words(cells: Sequence[Seen]) -> bool:
    """Tell whether most texts of a column are words, not the letters of a list."""
    filled = [cell for cell in cells if cell.kind != "none"]
    return sum(len(cell.plain) >= COLUMNS.word for cell in filled) >= COLUMNS.mostly * len(filled)


def _fits(cell: Seen, kind: Kind, is_known: Known) -> bool:
    if kind == "text":
        return cell.plain not in _STROKES
    if kind == "roman":
        return cell.kind == kind
    return cell.kind == kind or (cell.kind == "text" and is_known(cell.plain))


def _likely(cell: Seen, kind: Kind) -> tuple[str, ...]:
    """Return what a cell may be: what another reader saw, or one of its forms, where that is of the column's kind."""
    each = (*cell.others, *(cell.forms if kind != "text" else ()))
    return tuple(dict.fromkeys(text for text in each if text != cell.plain and kind_of(text) == kind))


def _marked(cells: Sequence[Seen]) -> list[_Marked]:
    """Return the recognised amounts of a column that have marks, each with the column's usual one.

    An amount that contradicts itself has no vote.
    """
    marked = [cell for cell in cells if cell.marks and cell.recognised]
    votes = Counter(mark for cell in marked for mark in set(cell.marks) if not cell.is_contradictory)
    votes = votes or Counter(mark for cell in marked for mark in cell.marks)
    return [(cell, votes.most_common(1)[0][0]) for cell in marked]


def _mixed(marked: Sequence[_Marked], tails: int) -> dict[SourceRef, Doubt]:
    """Return the amounts whose marks of thousands are in doubt.

    Those that are not the column's; all of them where the other mark was read too often and the decimals of the rest do not
    prove theirs. `tails` is the number of cells in which a comma's tail was read as a line.
    """
    odd = [(cell, usual) for cell, usual in marked if set(cell.marks) != {usual} or cell.is_contradictory]
    even = [cell for cell, usual in marked if set(cell.marks) == {usual} and not cell.is_contradictory]
    proved = bool(even) and len(odd) < len(even) and all(cell.proves_its_marks for cell in even)
    if proved or len(odd) + tails <= max(1, COLUMNS.rarely * len(marked)):
        return {cell.ref: Doubt(MIXED, (_with_mark(cell.plain, usual),)) for cell, usual in odd}
    return {
        cell.ref: Doubt(MIXED, tuple(_with_mark(cell.plain, mark) for mark in ".,"), told=n == 0)
        for n, (cell, _) in enumerate(marked)
    }


def _with_mark(text: str, mark: str) -> str:
    """Return an amount with one mark for all its thousands; the mark before its decimals is the other one."""
    tail = _DECIMALS.search(text)
    whole, decimals = (text[: tail.start()], tail[0][1:]) if tail else (text, "")
    other = "," if mark == "." else "."
    return re.sub(r"[.,]", mark, whole) + (other + decimals if decimals else "")


Neighbours = tuple[int | None, int | None]


class Count(NamedTuple):
    """The recognised cells of a column that counts its rows: those that count on, and the numbers beside each of the others."""

    fits: frozenset[SourceRef] = frozenset()
    odd: Mapping[SourceRef, Neighbours] = MappingProxyType({})


def count_of(cells: Sequence[Seen]) -> Count:
    """Return how a column's cells count; nothing where it does not count its rows."""
    filled = [cell for cell in cells if cell.kind != "none"]
    values = [int(c.value) if c.value is not None and c.value == int(c.value) else None for c in filled]
    beside = list(zip([None, *values], [*values[1:], None], strict=False))
    fits = [
        own is not None and (before == own - 1 or behind == own + 1)
        for own, (before, behind) in zip(values, beside, strict=True)
    ]
    if len(filled) < COLUMNS.fewest or sum(fits) < COLUMNS.mostly * len(filled):
        return Count()
    seen = [each for each in zip(filled, fits, beside, strict=True) if each[0].recognised]
    return Count(
        frozenset(cell.ref for cell, fit, _ in seen if fit),
        {cell.ref: around for cell, fit, around in seen if not fit},
    )


def left_by(neighbours: Neighbours) -> str | None:
    """Return the number that both neighbours, or the only one that is known, leave."""
    before, behind = neighbours
    left = {n + step for n, step in ((before, 1), (behind, -1)) if n is not None}
    return str(left.pop()) if len(left) == 1 else None


def _uncounted(cells: Sequence[Seen]) -> dict[SourceRef, Doubt]:
    """Return the numbers that break their column's count: one is missing between two that count on, or a stroke is not a `1`."""
    count = count_of(cells)
    filled = [cell for cell in cells if cell.kind != "none"]
    found: dict[SourceRef, Doubt] = {}
    for cell, behind in zip(filled, [*filled[1:], None], strict=False):
        around = count.odd.get(cell.ref)
        if around is None or cell.value is None:
            continue
        wanted = left_by(around) if None not in around else None
        if wanted is not None:
            found[cell.ref] = Doubt(UNCOUNTED, (wanted,))
        elif cell.plain in _STROKES and behind is not None and behind.ref in count.fits:
            found[cell.ref] = Doubt(UNCOUNTED, tuple(FIRST - {cell.plain}))
    return found
