"""The rows below one head, matched with the paper -> the column in which each field mostly stands."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from extract.types import Cell
from lampiran.alignment.wording import wording
from lampiran.audit.match.plan_rows import PaperRow
from lampiran.audit.match.texts import bare
from lampiran.audit.match.transcription_table import StatedRow, Stretch
from normalize.labels import is_numeral
from normalize.resources import Resources

ALIKE = 80.0  # per cent, from which a cell votes for its column
CLEARLY = 5.0  # per cent by which it is liker one field than any other
NUMERALS = ("component_no", "area_no")
_NAMELESS = ("extra.", "schedule_text")  # what the head calls a column of marks that it does not name well


@dataclass(frozen=True, slots=True)
class Layout:
    """`columns` by field, of texts; `periods` by field, of marks; `start` and `end` bound the block of marks.

    `left` and `right` are the text fields next to the block. `exact`: the columns are what our own head calls them.
    `width` is how many columns its lines mostly have, 0 where they do not agree.
    """

    columns: Mapping[str, int]
    periods: tuple[str, ...]
    start: int
    end: int
    left: str | None
    right: str | None
    exact: bool
    placed: Mapping[str, int]
    worded: bool
    width: int = 0
    ticked: bool = False


def layout_of(
    stretch: Stretch,
    rows: Sequence[tuple[PaperRow, Mapping[str, str], StatedRow]],
    resources: Resources,
) -> Layout:
    """Learn a layout; each row comes with the paper's row and the labels of its area and component.

    The content votes; the head says the rest, moved by as much as its nearest name to the left stands beside what the
    content says.
    """
    if stretch.exact:
        columns = {name: at for at, name in stretch.names.items()}
        placed = {name: at for name, at in columns.items() if _is_period(name)}
        texts = {name: at for name, at in columns.items() if name not in placed}
        return Layout(
            texts, tuple(placed), 0, 0, None, None, True, placed, "schedule_text" in texts, 0, stretch.ticked
        )
    voted = _voted(rows, {name: at for at, name in stretch.names.items()}, resources)
    named = _named(stretch, voted)
    printed = _printed_periods(row for row, _, _ in rows)
    in_words = _in_words(rows, named.get("schedule_text"), resources)
    if rows and not in_words and not any(row.worded for row, _, _ in rows) and printed:
        named.pop("schedule_text", None)
    marked = Counter(
        cell.column for _, _, row in rows for cell in row.filled if resources.form.is_mark(cell.text)
    )
    moved = {
        name: at
        for name, at in _moved(named, voted).items()
        if at not in marked or not name.startswith(_NAMELESS)
    }
    columns = {**moved, **voted}
    labels = [(at, name) for at, name in sorted(stretch.names.items()) if _is_period(name)]
    if printed and not {name for _, name in labels} & set(printed):
        labels = []
    periods = tuple(name for _, name in labels) or (() if in_words else printed)
    start = _start(labels, named, columns, marked)
    left = _beside(columns, start, before=True)
    right = _beside(columns, start, before=False)
    end = columns[right] if right is not None and right in voted else start + len(periods)
    if right is not None and columns[right] < end:
        end = columns[right]
    return Layout(
        columns, periods, start, end, left, right, False, {}, "schedule_text" in named, stretch.width
    )


def _in_words(
    rows: Sequence[tuple[PaperRow, Mapping[str, str], StatedRow]], column: int | None, resources: Resources
) -> bool:
    """Tell whether the column of the time mostly holds words."""
    if column is None:
        return False
    cells = [cell for _, _, row in rows for cell in row.filled if cell.column == column]
    worded = [
        cell for cell in cells if not resources.form.is_mark(cell.text) and not cell.text.strip().isdigit()
    ]
    return bool(worded) and len(worded) * 2 > len(cells)


def _is_period(name: str) -> bool:
    return len(name) in (2, 3) and name[0] in "mqsy" and name[1:].isdigit()


def _printed_periods(rows: Iterable[PaperRow]) -> tuple[str, ...]:
    return max((tuple(row.marks) for row in rows if not row.worded), key=len, default=())


def _voted(
    rows: Sequence[tuple[PaperRow, Mapping[str, str], StatedRow]],
    named: Mapping[str, int],
    resources: Resources,
) -> dict[str, int]:
    """Return the column in which each field is said most often; of equal ones that of the head, else the first."""
    votes: dict[str, Counter[int]] = defaultdict(Counter)
    for printed, labels, stated in rows:
        for name, cell in _plain_pairs(printed, labels, stated, resources):
            votes[name][cell.column] += 1
    best = {
        name: min(count, key=lambda at: (-count[at], at != named.get(name), at))
        for name, count in votes.items()
    }
    taken: dict[int, str] = {}
    for name in sorted(best, key=lambda n: -votes[n][best[n]]):
        taken.setdefault(best[name], name)
    return {name: at for at, name in taken.items()}


def _plain_pairs(
    printed: PaperRow, labels: Mapping[str, str], stated: StatedRow, resources: Resources
) -> Iterable[tuple[str, Cell]]:
    """Yield the cells that say, all but a letter, what one field alone of the row says."""
    texts = {name: wording(value.text) for name, value in printed.texts.items()}
    texts |= {name: wording(text) for name, text in labels.items() if name in ("area", "component")}
    known = {name: text for name, text in texts.items() if text}
    for cell in stated.filled:
        said = wording(bare(cell.text))
        alike = {name: fuzz.ratio(said, text) for name, text in known.items()} if said else {}
        best = max(alike.values(), default=0.0)
        fitting = [name for name, score in alike.items() if score >= max(ALIKE, best - CLEARLY)]
        if len(fitting) == 1:
            yield fitting[0], cell
        elif not fitting and is_numeral(cell.text) and not resources.form.is_mark(cell.text):
            same = [name for name in NUMERALS if _same(cell, labels.get(name, ""))]
            if len(same) == 1:
                yield same[0], cell


def _same(cell: Cell, text: str) -> bool:
    return bool(text) and wording(bare(cell.text)) == wording(text)


def _named(stretch: Stretch, voted: Mapping[str, int]) -> dict[str, int]:
    """Return the columns of texts that a head names; of a component's two the second holds its name.

    Of several of one name that counts which is nearest to where the content has it.
    """
    named: dict[str, int] = {}
    for at, name in sorted(stretch.names.items()):
        if name in voted and name in named and name != "component":
            named[name] = min(named[name], at, key=lambda column: abs(column - voted[name]))
            continue
        if name == "component" and name in named:
            named.setdefault("component_no", named[name])
            named[name] = at
        elif not _is_period(name):
            named.setdefault(name, at)
    return named


def _moved(named: Mapping[str, int], voted: Mapping[str, int]) -> dict[str, int]:
    """Place what the head names and no content tells beside its nearest neighbour that it tells."""
    known = {name: voted[name] - at for name, at in named.items() if name in voted}
    moved: dict[str, int] = {}
    for name, at in named.items():
        if name in voted:
            continue
        near = min(known, key=lambda n: (named[n] > at, abs(named[n] - at)), default=None)
        place = max(0, at + (known[near] if near is not None else 0))
        if place not in voted.values() and place not in moved.values():
            moved[name] = place
    return moved


def _start(
    labels: Sequence[tuple[int, str]],
    named: Mapping[str, int],
    columns: Mapping[str, int],
    marked: Counter[int],
) -> int:
    """Return the first column of marks: the first label's, moved as the text left of it is, else behind that text."""
    if labels:
        first = labels[0][0]
        left = max(
            (n for n, at in named.items() if at < first and n in columns),
            key=lambda n: named[n],
            default=None,
        )
        return first + (columns[left] - named[left] if left is not None else 0)
    if not marked:
        return max(columns.values(), default=-1) + 1
    middle = sorted(marked.elements())[sum(marked.values()) // 2]
    return max((at for at in columns.values() if at < middle), default=-1) + 1


def _beside(columns: Mapping[str, int], start: int, *, before: bool) -> str | None:
    """Return the text field whose column is next to the block of marks."""
    if before:
        return max((n for n, at in columns.items() if at < start), key=lambda n: columns[n], default=None)
    return min((n for n, at in columns.items() if at >= start), key=lambda n: columns[n], default=None)
