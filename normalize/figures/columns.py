"""The cells of one column turned into doubts: what is not of the kind that its column holds, marks that disagree."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise

from normalize.confusables import STROKES, as_digits
from normalize.figures.model import Doubt, Kind, Seen, kind_of, marks_of
from schema.provenance import SourceRef

UNLIKE, MIXED, UNCOUNTED = "figure-unlike-column", "figure-marks-mixed", "figure-breaks-count"
FEWEST = 4  # cells of a kind that make a column of it
MOSTLY = 0.6  # share of a column's filled cells that are of its kind, or whose count goes on
RARELY = 0.05  # share of cells with the other mark from which on nobody knows which is printed
_WORD = 4  # letters of a word at least
_STROKES = STROKES | {"7"}

Known = Callable[[str], bool]


def column_doubts(cells: Sequence[Seen], is_known: Known) -> Mapping[SourceRef, Doubt]:
    """Return the recognised cells of one column that do not fit it, by their places.

    A cell of another kind asks unless known words alone stand in it (`is_known` tells it of a text); so does one in a column of amounts
    whose marks of thousands are not the column's, and a number that breaks the count of its column. Cells above the first
    that holds a figure are the column's head. What a digital page prints is not doubted.
    """
    body = _below_head(cells)
    kind = column_kind(body)
    if kind is None or (kind == "text" and not _are_words(body)):
        return {}
    found: dict[SourceRef, Doubt] = {}
    for cell in body:
        if cell.recognised and cell.kind != "none" and not _fits(cell, kind, is_known):
            found[cell.ref] = Doubt(UNLIKE, _likely(cell, kind))
    if kind == "number":
        fitting = [cell for cell in body if cell.ref not in found]
        tails = sum(cell.has_tail and cell.recognised for cell in body)
        found = {**_mixed(fitting, tails), **_uncounted(body), **found}
    return found


def column_kind(cells: Sequence[Seen]) -> Kind | None:
    """Return what most filled cells of a column are, `None` where no kind is that of most."""
    kinds = Counter(cell.leaning for cell in cells if cell.kind != "none")
    if not kinds:
        return None
    kind, count = kinds.most_common(1)[0]
    return kind if count >= FEWEST and count >= MOSTLY * kinds.total() else None


def _below_head(cells: Sequence[Seen]) -> Sequence[Seen]:
    """Return a column without the cells above the first one that is, or may be, of its kind."""
    kind = column_kind(cells)
    figures = kind in ("number", "share", "date")
    likely = (n for n, c in enumerate(cells) if c.kind == kind or (figures and any(map(str.isdigit, c.text))))
    return cells[next(likely, 0) :]


def _are_words(cells: Sequence[Seen]) -> bool:
    """Tell whether most texts of a column are words, not the letters of a list."""
    filled = [cell for cell in cells if cell.kind != "none"]
    return sum(len(cell.plain) >= _WORD for cell in filled) >= MOSTLY * len(filled)


def _fits(cell: Seen, kind: Kind, is_known: Known) -> bool:
    if kind == "text":
        return cell.plain not in _STROKES
    if kind == "roman":
        return cell.kind == kind
    return cell.kind == kind or (cell.kind == "text" and is_known(cell.plain))


def _likely(cell: Seen, kind: Kind) -> tuple[str, ...]:
    """Return what a cell may be: what another reader saw, its lines alone, or its signs as figures, where that is of the kind."""
    lines = cell.text.split("\n")
    shaped = [cell.plain, as_digits(cell.plain)] if len(lines) == 1 and kind != "text" else lines
    each = (*cell.others, *shaped, *(text.replace(" ", "") for text in shaped))
    return tuple(dict.fromkeys(text for text in each if text != cell.plain and kind_of(text) == kind))


def _mixed(cells: Sequence[Seen], tails: int) -> dict[SourceRef, Doubt]:
    """Return the amounts whose marks of thousands are in doubt.

    Those that are not the column's; all of them where one reader or the other saw the other mark too often. `tails` is the
    number of cells in which a comma's tail was read as a line.
    """
    marked = [cell for cell in cells if cell.marks and cell.recognised]
    votes = Counter(mark for cell in marked for mark in set(cell.marks))
    if not votes:
        return {}
    usual = votes.most_common(1)[0][0]
    odd = [cell for cell in marked if set(cell.marks) != {usual}]
    told = [c for c in marked if c in odd or any(set(marks_of(o)) - {usual} for o in c.others)]
    unsure = len(told) + tails > max(1, RARELY * len(marked))
    if not unsure:
        return {cell.ref: Doubt(MIXED, (_with_mark(cell.plain, usual),)) for cell in odd}
    return {
        cell.ref: Doubt(MIXED, tuple(_with_mark(cell.plain, mark) for mark in ".,"), told=n == 0)
        for n, cell in enumerate(marked)
    }


def _with_mark(text: str, mark: str) -> str:
    return text.replace(".", mark).replace(",", mark)


def _uncounted(cells: Sequence[Seen]) -> dict[SourceRef, Doubt]:
    """Return the numbers that break the count of a column that counts its rows, with what each must be if that is known."""
    values = [int(c.value) if c.value is not None and c.value == int(c.value) else None for c in cells]
    numbers = [(cell, value) for cell, value in zip(cells, values, strict=True) if cell.kind != "none"]
    steps = [a is not None and b == a + 1 for (_, a), (_, b) in pairwise(numbers)]
    counted = sum(a or b for a, b in zip([False, *steps], [*steps, False], strict=True))
    if len(numbers) < FEWEST or counted < MOSTLY * len(numbers):
        return {}
    found = {}
    for (_, before), (cell, own), (_, behind) in zip(numbers, numbers[1:], numbers[2:], strict=False):
        alone = own is not None and before != own - 1 and behind != own + 1
        if alone and cell.recognised and before is not None and behind == before + 2:
            found[cell.ref] = Doubt(UNCOUNTED, (str(before + 1),))
    return found
