"""A clean transcription turned into one with a fault that a transcriber plants into it.

One function a kind of fault; a function returns `None` for a sheet that offers no place for its fault. Used by
the property tests and by `benchmarks/mutations.py`.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

from benchmarks.faults.sheets import FIRST_MONTH, HEAD, TEAM, TICK, WIDTH, Line, Sheet, drawn


@dataclass(frozen=True, slots=True)
class Mutated:
    """A sheet with a fault: the rows it touches, and whether it leaves a trace in the text."""

    sheet: Sheet
    touched: frozenset[int]


Mutation = Callable[[Sheet, random.Random], Mutated | None]


def _pick(sheet: Sheet, rng: random.Random, wanted: Callable[[Line], bool]) -> int | None:
    numbers = [n for n in sheet.rows() if wanted(sheet.lines[n])]
    return rng.choice(numbers) if numbers else None


def _touch(sheet: Sheet, number: int) -> frozenset[int]:
    index = sheet.lines[number].index
    return frozenset(() if index is None else (index,))


def _marks(line: Line) -> list[int]:
    return [n for n, cell in enumerate(line.cells) if cell == TICK]


def _any_row(line: Line) -> bool:
    return line.kind == "row"


def shift_right(steps: int, *, cut: bool) -> Mutation:
    """Push a row's cells to the right; cut, it keeps its length and loses its last cells."""

    def mutate(sheet: Sheet, rng: random.Random) -> Mutated | None:
        number = _pick(sheet, rng, _any_row)
        if number is None:
            return None
        cells = ["", *sheet.lines[number].cells] if steps == 1 else ["", "", *sheet.lines[number].cells]
        return Mutated(sheet.changed(number, cells[:WIDTH] if cut else cells), _touch(sheet, number))

    return mutate


def shift_left(steps: int, *, pad: bool) -> Mutation:
    """Take empty cells away at a row's start; padded, it keeps its length."""

    def mutate(sheet: Sheet, rng: random.Random) -> Mutated | None:
        number = _pick(sheet, rng, lambda line: not any(line.cells[:steps]))
        if number is None:
            return None
        cells = list(sheet.lines[number].cells[steps:]) + [""] * (steps if pad else 0)
        return Mutated(sheet.changed(number, cells), _touch(sheet, number))

    return mutate


def thirteenth_mark(sheet: Sheet, rng: random.Random) -> Mutated | None:
    """Add a mark in the team's column."""
    number = _pick(sheet, rng, lambda line: not line.cells[TEAM])
    if number is None:
        return None
    cells = list(sheet.lines[number].cells)
    cells[TEAM] = TICK
    return Mutated(sheet.changed(number, cells), _touch(sheet, number))


def mark_beyond(sheet: Sheet, rng: random.Random) -> Mutated | None:
    """Add a mark beyond the team's column."""
    number = _pick(sheet, rng, _any_row)
    if number is None:
        return None
    return Mutated(sheet.changed(number, [*sheet.lines[number].cells, TICK]), _touch(sheet, number))


def mark_pushed(beyond: bool) -> Mutation:
    """Push a row's last mark into the team's column or beyond it."""

    def mutate(sheet: Sheet, rng: random.Random) -> Mutated | None:
        number = _pick(sheet, rng, lambda line: bool(_marks(line)) and (beyond or not line.cells[TEAM]))
        if number is None:
            return None
        cells = [*sheet.lines[number].cells, ""]
        cells[_marks(sheet.lines[number])[-1]] = ""
        cells[WIDTH if beyond else TEAM] = TICK
        return Mutated(sheet.changed(number, cells if beyond else cells[:WIDTH]), _touch(sheet, number))

    return mutate


def marks_lost(sheet: Sheet, rng: random.Random) -> Mutated | None:
    """Lose all marks of a row."""
    number = _pick(sheet, rng, _any_row)
    if number is None:
        return None
    cells = ["" if cell == TICK else cell for cell in sheet.lines[number].cells]
    return Mutated(sheet.changed(number, cells), _touch(sheet, number))


def marks_orphaned(sheet: Sheet, rng: random.Random) -> Mutated | None:
    """Move the last mark of a row beyond the team's column of the row above."""
    rows = sheet.rows()
    pairs = [(a, b) for a, b in pairwise(rows) if b == a + 1 and _marks(sheet.lines[b])]
    if not pairs:
        return None
    above, number = rng.choice(pairs)
    cells = list(sheet.lines[number].cells)
    if len(_marks(sheet.lines[number])) > 1:
        cells = ["" if cell == TICK else cell for cell in cells]
    else:
        cells[_marks(sheet.lines[number])[-1]] = ""
    moved = sheet.changed(number, cells).changed(above, [*sheet.lines[above].cells, TICK])
    return Mutated(moved, _touch(sheet, number) | _touch(sheet, above))


def month_cell_lost(sheet: Sheet, rng: random.Random) -> Mutated | None:
    """Lose an empty month cell of a row, so that it is one cell short."""
    number = _pick(sheet, rng, lambda line: "" in line.cells[FIRST_MONTH:TEAM])
    if number is None:
        return None
    cells = list(sheet.lines[number].cells)
    empties = [n for n in range(FIRST_MONTH, TEAM) if not cells[n]]
    del cells[rng.choice(empties)]
    return Mutated(sheet.changed(number, cells), _touch(sheet, number))


def month_cell_added(sheet: Sheet, rng: random.Random) -> Mutated | None:
    """Add an empty cell among the months of a row, so that it is one cell longer."""
    number = _pick(sheet, rng, _any_row)
    if number is None:
        return None
    cells = list(sheet.lines[number].cells)
    cells.insert(rng.randrange(FIRST_MONTH, TEAM), "")
    return Mutated(sheet.changed(number, cells), _touch(sheet, number))


def unknown_glyph(sheet: Sheet, rng: random.Random) -> Mutated | None:
    """Misread a mark as a digit or a letter."""
    number = _pick(sheet, rng, lambda line: bool(_marks(line)))
    if number is None:
        return None
    cells = list(sheet.lines[number].cells)
    cells[rng.choice(_marks(sheet.lines[number]))] = rng.choice(["4", "J", "/", "vV", "√√"])
    return Mutated(sheet.changed(number, cells), _touch(sheet, number))


def team_below(as_row: bool) -> Mutation:
    """Let the team's name fall out of the table, below it or into a row of its own in the first column."""

    def mutate(sheet: Sheet, rng: random.Random) -> Mutated | None:
        number = _pick(sheet, rng, lambda line: bool(line.cells[TEAM]))
        if number is None or _teams_of_page(sheet, number) != 1:
            return None
        cells = list(sheet.lines[number].cells)
        team, cells[TEAM] = cells[TEAM], ""
        end = next(n for n in range(number, len(sheet.lines)) if sheet.lines[n].kind == "text")
        if as_row:
            fallen: tuple[Line, ...] = (Line((team, *[""] * (WIDTH - 1)), "team"),)
        elif all(line.kind == "text" for line in sheet.lines[end:]):
            return None
        else:
            fallen = (Line(("",), "text"), Line((f"**{team}**",), "text"))
        same_page = frozenset(line.index for line in sheet.lines[number:end] if line.index is not None)
        return Mutated(sheet.changed(number, cells).inserted(end, *fallen), same_page)

    return mutate


def _teams_of_page(sheet: Sheet, number: int) -> int:
    start = max(n for n in range(number) if sheet.lines[n].kind == "head")
    end = next(n for n in range(number, len(sheet.lines)) if sheet.lines[n].kind == "text")
    return sum(bool(line.cells[TEAM]) for line in sheet.lines[start + 1 : end] if line.kind == "row")


def repeated_head(noise: bool) -> Mutation:
    """Repeat the head in the middle of a page, with OCR noise or without."""

    def mutate(sheet: Sheet, rng: random.Random) -> Mutated | None:
        number = rng.choice(sheet.rows())
        heads = [list(cells) for cells in HEAD]
        if noise:
            heads[0] = [cell.replace("I", "l", 1).replace("KSI", "KSl") for cell in heads[0]]
        return Mutated(sheet.inserted(number, *(Line(tuple(c), "head") for c in heads)), frozenset())

    return mutate


def extra_column(sheet: Sheet, rng: random.Random) -> Mutated | None:  # noqa: ARG001  (all mutations take both)
    """Give each line of the tables an empty cell more at the right."""
    lines = tuple(x if x.kind == "text" else x.with_cells([*x.cells, ""]) for x in sheet.lines)
    return Mutated(replace(sheet, lines=lines), frozenset())


def narrow_head(sheet: Sheet, rng: random.Random) -> Mutated | None:  # noqa: ARG001  (all mutations take both)
    """Write the heads with one cell for the two columns of the component."""
    lines = tuple(x.with_cells([*x.cells[:2], *x.cells[3:]]) if x.kind == "head" else x for x in sheet.lines)
    return Mutated(replace(sheet, lines=lines), frozenset())


def numeral_joined(sheet: Sheet, rng: random.Random) -> Mutated | None:
    """Write a component's numeral into one cell with its name."""
    number = _pick(sheet, rng, lambda line: bool(line.cells[1]))
    if number is None:
        return None
    cells = list(sheet.lines[number].cells)
    cells[1:3] = ["", f"{cells[1]} {cells[2]}"]
    return Mutated(sheet.changed(number, cells), _touch(sheet, number))


def numeral_in_first_column(sheet: Sheet, rng: random.Random) -> Mutated | None:
    """Write a component's numeral into the column NO."""
    number = _pick(sheet, rng, lambda line: bool(line.cells[1]))
    if number is None:
        return None
    cells = list(sheet.lines[number].cells)
    cells[0], cells[1] = cells[1], ""
    return Mutated(sheet.changed(number, cells), _touch(sheet, number))


def numeral_lost(sheet: Sheet, rng: random.Random) -> Mutated | None:
    """Lose a component's numeral; where no other component has one, it leaves no trace."""
    number = _pick(sheet, rng, lambda line: bool(line.cells[1]))
    if number is None or sum(bool(sheet.lines[n].cells[1]) for n in sheet.rows()) < 2:
        return None
    cells = list(sheet.lines[number].cells)
    cells[1] = ""
    return Mutated(sheet.changed(number, cells), _touch(sheet, number))


def name_lost(sheet: Sheet, rng: random.Random) -> Mutated | None:
    """Lose a component's name."""
    number = _pick(sheet, rng, lambda line: bool(line.cells[2]))
    if number is None:
        return None
    cells = list(sheet.lines[number].cells)
    cells[2] = ""
    return Mutated(sheet.changed(number, cells), _touch(sheet, number))


def text_lost(sheet: Sheet, rng: random.Random) -> Mutated | None:
    """Lose the text of an indicator, an action or an evidence."""
    number = _pick(sheet, rng, _any_row)
    if number is None:
        return None
    cells = list(sheet.lines[number].cells)
    cells[rng.choice((3, 4, 5))] = ""
    return Mutated(sheet.changed(number, cells), _touch(sheet, number))


def markup(sheet: Sheet, rng: random.Random) -> Mutated | None:
    """Leave markup residue around a word."""
    number = _pick(sheet, rng, _any_row)
    if number is None:
        return None
    cells = list(sheet.lines[number].cells)
    column = rng.choice((3, 4, 5))
    words = cells[column].split(" ")
    at = rng.randrange(len(words))
    opening, closing = rng.choice([("<i>", "</i>"), ("**", "**"), ("*", "*"), ("<b>", "</b>")])
    words[at] = f"{opening}{words[at]}{closing}"
    cells[column] = " ".join(words)
    return Mutated(sheet.changed(number, cells), _touch(sheet, number))


def line_feed(sheet: Sheet, rng: random.Random) -> Mutated | None:
    """Break a row where a cell's text has a space, once or twice, as a line feed without quotes does."""
    number = _pick(sheet, rng, _any_row)
    if number is None:
        return None
    cells = list(sheet.lines[number].cells)
    for _ in range(rng.choice((1, 1, 2))):
        column = rng.choice([n for n in (2, 3, 4, 5, TEAM) if " " in cells[n]])
        words = cells[column].split(" ")
        at = rng.randrange(1, len(words))
        cells[column] = " ".join(words[:at]) + "\n" + " ".join(words[at:])
    return Mutated(sheet.changed(number, cells), _touch(sheet, number))


def ends_cut(sheet: Sheet, rng: random.Random) -> Mutated | None:  # noqa: ARG001  (all mutations take both)
    """Cut the empty cells off the ends of all lines."""
    lines = tuple(x.with_cells("\t".join(x.cells).rstrip("\t").split("\t")) for x in sheet.lines)
    return Mutated(replace(sheet, lines=lines), frozenset())


_CONFUSIONS = (
    ("m", "rn"),
    ("t", "f"),
    ("l", "I"),
    ("o", "0"),
    ("a", "o"),
    ("I", "l"),
    ("i", "l"),
    ("e", "c"),
)


def misread_word(sheet: Sheet, rng: random.Random) -> Mutated | None:
    """Misread a letter of a long word by one of the usual confusions."""
    number = _pick(sheet, rng, _any_row)
    if number is None:
        return None
    cells = list(sheet.lines[number].cells)
    column = rng.choice((3, 4, 5))
    words = cells[column].split(" ")
    long = [n for n, word in enumerate(words) if len(word) >= 7 and word.isalpha() and not word.isupper()]
    options = [(n, a, b) for n in long for a, b in _CONFUSIONS if a in words[n][1:]]
    if not options:
        return None
    at, letter, misread = rng.choice(options)
    word = words[at]
    places = [k for k in range(1, len(word)) if word.startswith(letter, k)]
    place = rng.choice(places)
    words[at] = word[:place] + misread + word[place + len(letter) :]
    cells[column] = " ".join(words)
    return Mutated(sheet.changed(number, cells), _touch(sheet, number))


def plausible_mark(sheet: Sheet, rng: random.Random) -> Mutated | None:
    """Add a mark in an empty month: nothing tells it from a printed one, so the text's word holds."""
    number = _pick(sheet, rng, lambda line: "" in line.cells[FIRST_MONTH:TEAM])
    if number is None:
        return None
    cells = list(sheet.lines[number].cells)
    added = rng.choice([n for n in range(FIRST_MONTH, TEAM) if not cells[n]])
    cells[added] = TICK
    return _as_text_says(sheet, number, cells)


def mark_dropped(sheet: Sheet, rng: random.Random) -> Mutated | None:
    """Drop one of several marks: nothing tells it from a month that was never marked."""
    number = _pick(sheet, rng, lambda line: len(_marks(line)) > 1)
    if number is None:
        return None
    cells = list(sheet.lines[number].cells)
    cells[rng.choice(_marks(sheet.lines[number]))] = ""
    return _as_text_says(sheet, number, cells)


def mark_moved(sheet: Sheet, rng: random.Random) -> Mutated | None:
    """Move a mark to an empty month."""
    number = _pick(sheet, rng, lambda line: bool(_marks(line)) and "" in line.cells[FIRST_MONTH:TEAM])
    if number is None:
        return None
    cells = list(sheet.lines[number].cells)
    target = rng.choice([n for n in range(FIRST_MONTH, TEAM) if not cells[n]])
    cells[rng.choice(_marks(sheet.lines[number]))] = ""
    cells[target] = TICK
    return _as_text_says(sheet, number, cells)


def _as_text_says(sheet: Sheet, number: int, cells: Sequence[str]) -> Mutated:
    """Return the sheet with the row's expectation set to what its cells now say."""
    index = sheet.lines[number].index or 0
    months = tuple(n - FIRST_MONTH + 1 for n in range(FIRST_MONTH, TEAM) if cells[n] == TICK)
    expected = list(sheet.expected)
    expected[index] = replace(expected[index], months=months)
    changed = sheet.changed(number, cells)
    return Mutated(replace(changed, expected=tuple(expected)), _touch(sheet, number))


# Faults that leave a trace in the text: the result must be right, or the row must hold a finding.
DETECTABLE: dict[str, Mutation] = {
    "row shifted right by 1, cut": shift_right(1, cut=True),
    "row shifted right by 2, cut": shift_right(2, cut=True),
    "row shifted right by 1": shift_right(1, cut=False),
    "row shifted right by 2": shift_right(2, cut=False),
    "row shifted left by 1": shift_left(1, pad=False),
    "row shifted left by 1, padded": shift_left(1, pad=True),
    "row shifted left by 2": shift_left(2, pad=False),
    "row shifted left by 2, padded": shift_left(2, pad=True),
    "a 13th mark": thirteenth_mark,
    "a mark beyond the team": mark_beyond,
    "last mark pushed into the team's column": mark_pushed(beyond=False),
    "last mark pushed beyond the team": mark_pushed(beyond=True),
    "all marks lost": marks_lost,
    "mark orphaned in the row above": marks_orphaned,
    "month cell lost": month_cell_lost,
    "month cell added": month_cell_added,
    "mark misread as another glyph": unknown_glyph,
    "team fallen below the table": team_below(as_row=False),
    "team fallen into the first column": team_below(as_row=True),
    "head repeated in mid-page": repeated_head(noise=False),
    "head repeated with OCR noise": repeated_head(noise=True),
    "empty extra column": extra_column,
    "head narrower than the rows": narrow_head,
    "numeral joined with the name": numeral_joined,
    "numeral in the first column": numeral_in_first_column,
    "numeral lost": numeral_lost,
    "component's name lost": name_lost,
    "text of a cell lost": text_lost,
    "markup residue": markup,
    "word misread": misread_word,
    "row broken by a line feed": line_feed,
    "empty cells cut off the lines' ends": ends_cut,
}
# Faults that leave no trace: nobody can tell them from print, so the result must be what the text says.
TRACELESS: dict[str, Mutation] = {
    "a plausible mark more": plausible_mark,
    "one of several marks dropped": mark_dropped,
    "a mark moved to another month": mark_moved,
}


def planted(kind: str, truths: Mapping[str, Any], seed: int) -> Mutated:
    """Plant one fault into a drawn sheet; a sheet that offers no place for it is drawn anew.

    Raises `LookupError` where a hundred sheets offer none.
    """
    mutate = {**DETECTABLE, **TRACELESS}[kind]
    rng = random.Random(f"{kind} {seed}")
    for _ in range(100):
        mutated = mutate(drawn(truths, rng), rng)
        if mutated is not None:
            return mutated
    raise LookupError(f"no place for the fault: {kind}")
