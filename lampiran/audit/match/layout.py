"""The rows below one header, matched with the paper -> the column that mostly holds each field."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from extract.types import Cell
from lampiran.alignment.wording import bare_wording, likeness, wording
from lampiran.audit.match.plan_rows import PaperRow
from lampiran.audit.match.transcription_table import Section, StatedRow
from lampiran.audit.settings import LAYOUT
from lampiran.publish.periods import period_of
from normalize.labels import is_numeral
from normalize.resources import Resources

NUMERALS = ("component_no", "area_no")
_NAMELESS = ("extra.", "schedule_text")  # what the header calls a column of marks that it does not name well
Matched = Sequence[tuple[PaperRow, StatedRow]]


@dataclass(frozen=True, slots=True)
class Layout:
    """`columns` by field, of texts; `periods` by field, of marks; `start` and `end` bound the block of marks.

    `left` and `right` are the text fields next to the block. `exact`: the columns are what our own header calls them.
    `width` is how many columns its lines mostly have, 0 where they do not agree.
    """

    columns: Mapping[str, int]
    periods: tuple[str, ...]
    start: int = 0
    end: int = 0
    left: str | None = None
    right: str | None = None
    exact: bool = False
    placed: Mapping[str, int] = field(default_factory=dict)
    worded: bool = False
    width: int = 0
    ticked: bool = False


def layout_of(section: Section, rows: Matched, resources: Resources) -> Layout:
    """Learn a layout from the lines of a section, each with the paper's row that it says.

    The content votes; the header says the rest, moved by as much as its nearest name to the left is beside what the
    content says.
    """
    if section.exact:
        return _own_layout(section)
    voted = _voted(rows, {name: at for at, name in section.names.items()}, resources)
    named = _named(section, voted)
    printed = max((tuple(row.marks) for row, _ in rows if not row.worded), key=len, default=())
    in_words = _in_words(rows, named.get("schedule_text"), resources)
    if rows and not in_words and not any(row.worded for row, _ in rows) and printed:
        named.pop("schedule_text", None)
    cells = (cell for _, row in rows for cell in row.filled)
    marked = Counter(cell.column for cell in cells if resources.form.is_mark(cell.text))
    moved = _moved(named, voted).items()
    columns = {n: at for n, at in moved if at not in marked or not n.startswith(_NAMELESS)} | voted
    labels = [(at, name) for at, name in sorted(section.names.items()) if period_of(name)]
    if printed and not {name for _, name in labels} & set(printed):
        labels = []
    periods = tuple(name for _, name in labels) or (() if in_words else printed)
    start = _start(labels, named, columns, marked)
    left = max((n for n, at in columns.items() if at < start), key=columns.__getitem__, default=None)
    right = min((n for n, at in columns.items() if at >= start), key=columns.__getitem__, default=None)
    end = start + len(periods)
    if right is not None:
        end = columns[right] if right in voted else min(end, columns[right])
    worded = "schedule_text" in named
    return Layout(columns, periods, start, end, left, right, worded=worded, width=section.width)


def _own_layout(section: Section) -> Layout:
    """Return the layout of a table of ours, in which each column is what it is called."""
    columns = {name: at for at, name in section.names.items()}
    placed = {name: at for name, at in columns.items() if period_of(name)}
    texts = {name: at for name, at in columns.items() if name not in placed}
    worded = "schedule_text" in texts
    return Layout(texts, tuple(placed), exact=True, placed=placed, worded=worded, ticked=section.ticked)


def _in_words(rows: Matched, column: int | None, resources: Resources) -> bool:
    """Tell whether the column of the time mostly holds words."""
    if column is None:
        return False
    cells = [cell.text for _, row in rows for cell in row.filled if cell.column == column]
    worded = [text for text in cells if not resources.form.is_mark(text) and not text.strip().isdigit()]
    return bool(worded) and len(worded) * 2 > len(cells)


def _voted(rows: Matched, named: Mapping[str, int], resources: Resources) -> dict[str, int]:
    """Return the column in which each field is said most often; of equal ones that of the header, else the first."""
    votes: dict[str, Counter[int]] = defaultdict(Counter)
    for printed, stated in rows:
        for name, cell in _plain_pairs(printed, stated, resources):
            votes[name][cell.column] += 1
    best = {n: min(c, key=lambda at: (-c[at], at != named.get(n), at)) for n, c in votes.items()}
    taken: dict[int, str] = {}
    for name in sorted(best, key=lambda n: -votes[n][best[n]]):
        taken.setdefault(best[name], name)
    return {name: at for at, name in taken.items()}


def _plain_pairs(printed: PaperRow, stated: StatedRow, resources: Resources) -> Iterable[tuple[str, Cell]]:
    """Yield the cells that say, all but a letter, what one field alone of the row says."""
    labels = {name: wording(text) for name, text in printed.labels.items()}
    texts = {**printed.wordings, **{name: labels[name] for name in ("area", "component")}}
    for cell in stated.filled:
        said = bare_wording(cell.text)
        alike = {name: likeness(said, text) for name, text in texts.items() if text} if said else {}
        best = max(alike.values(), default=0.0)
        fitting = [name for name, score in alike.items() if score >= max(LAYOUT.alike, best - LAYOUT.clearly)]
        if not fitting and is_numeral(cell.text) and not resources.form.is_mark(cell.text):
            fitting = [name for name in NUMERALS if said == labels[name] != ""]
        if len(fitting) == 1:
            yield fitting[0], cell


def _named(section: Section, voted: Mapping[str, int]) -> dict[str, int]:
    """Return the columns of texts that a header names; of a component's two the second holds its name.

    Of several of one name that counts which is nearest to where the content has it.
    """
    named: dict[str, int] = {}
    for at, name in sorted(section.names.items()):
        if name in voted and name in named and name != "component":
            named[name] = min(named[name], at, key=lambda column: abs(column - voted[name]))
            continue
        if name == "component" and name in named:
            named.setdefault("component_no", named[name])
            named[name] = at
        elif not period_of(name):
            named.setdefault(name, at)
    return named


def _moved(named: Mapping[str, int], voted: Mapping[str, int]) -> dict[str, int]:
    """Place what the header names and no content shows beside its nearest neighbour that the content shows."""
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
        before = (name for name, at in named.items() if at < first and name in columns)
        left = max(before, key=named.__getitem__, default=None)
        return first + (columns[left] - named[left] if left is not None else 0)
    if not marked:
        return max(columns.values(), default=-1) + 1
    middle = sorted(marked.elements())[sum(marked.values()) // 2]
    return max((at for at in columns.values() if at < middle), default=-1) + 1
