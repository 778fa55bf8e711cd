"""Kinds of faults in the lines of a transcription: cells that are shifted, lost, added, misread or out of place."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

from benchmarks.faults import text_faults
from benchmarks.faults.planting import Bed, Plant, Planter, plant
from benchmarks.faults.sheets import FIRST_MONTH, HEADER, TEAM, WIDTH, drawn
from benchmarks.faults.transcription import TICK, Entry, Line, Script, lines_of

NUMERAL, NAME = 1, 2
TEXTS = (3, 4, 5)  # columns of indicator, action and evidence
MONTHS = range(FIRST_MONTH, TEAM)
GLYPHS = ("4", "J", "/", "vV", "√√")
TRIES = 100


@dataclass(slots=True, kw_only=True)
class LineBed(Bed):
    """A transcription line by line, and what its rows say."""

    lines: list[Line]
    entries: list[Entry]

    @classmethod
    def of(cls, script: Script, rng: random.Random) -> LineBed:
        """Return the bed of a transcription."""
        return cls(rng=rng, lines=lines_of(script), entries=list(script.entries))

    def rows(self) -> list[int]:
        """Return the places of the plan's rows among the lines."""
        return [n for n, line in enumerate(self.lines) if line.kind == "row"]

    def change(self, number: int, cells: Iterable[str]) -> None:
        """Give a line other cells."""
        self.lines[number] = replace(self.lines[number], cells=tuple(cells))

    def plant_of(self, *numbers: int) -> Plant:
        """Return the plant that touches the rows of some lines."""
        rows = (self.lines[number].entry for number in numbers)
        return Plant(frozenset(row for row in rows if row is not None))


Fault = Planter[LineBed]
Cells = Sequence[str]
Change = Callable[[list[str], LineBed], Cells | None]


def _marks(cells: Cells) -> list[int]:
    return [n for n, cell in enumerate(cells) if cell == TICK]


def _open_months(cells: Cells) -> list[int]:
    return [n for n in MONTHS if not cells[n]]


def _in_row(change: Change, wanted: Callable[[Cells], object] = len, *, traceless: bool = False) -> Fault:
    """Return the fault that changes the cells of one row; `traceless`, the row says what its cells say then."""

    def fault(bed: LineBed) -> Plant | None:
        number = bed.choose([n for n in bed.rows() if wanted(bed.lines[n].cells)])
        cells = None if number is None else change(list(bed.lines[number].cells), bed)
        if number is None or cells is None:
            return None
        bed.change(number, cells)
        row = bed.lines[number].entry
        if traceless and row is not None:
            marks = frozenset(f"m{n - FIRST_MONTH + 1:02}" for n in MONTHS if cells[n] == TICK)
            bed.entries[row] = replace(bed.entries[row], marks=marks)
        return bed.plant_of(number)

    return fault


def _in_all(change: Callable[[Line], Cells]) -> Fault:
    """Return the fault that changes the cells of all lines in one way."""

    def fault(bed: LineBed) -> Plant:
        bed.lines = [replace(line, cells=tuple(change(line))) for line in bed.lines]
        return Plant()

    return fault


def _put(column: int, text: str) -> Change:
    return lambda cells, _: [*cells[:column], text, *cells[column + 1 :]]


def _shifted_right(steps: int, *, cut: bool) -> Fault:
    return _in_row(lambda cells, _: ([""] * steps + cells)[: WIDTH if cut else None])


def _shifted_left(steps: int, *, padded: bool) -> Fault:
    return _in_row(
        lambda cells, _: cells[steps:] + [""] * (steps if padded else 0), lambda cells: not any(cells[:steps])
    )


def _pushed(target: int) -> Fault:
    """Push a row's last mark into another column, of the table or beyond it."""

    def change(cells: list[str], _: LineBed) -> Cells:
        cells[_marks(cells)[-1]] = ""
        return [*cells[:target], TICK, *cells[target + 1 :]]

    return _in_row(change, lambda cells: _marks(cells) and not any(cells[target:]))


def _orphaned(bed: LineBed) -> Plant | None:
    """Move the last mark of a row beyond the team's column of the row above; several marks are lost with it."""
    pairs = [(a, b) for a, b in pairwise(bed.rows()) if b == a + 1 and _marks(bed.lines[b].cells)]
    chosen = bed.choose(pairs)
    if chosen is None:
        return None
    above, number = chosen
    bed.change(number, ("" if cell == TICK else cell for cell in bed.lines[number].cells))
    bed.change(above, (*bed.lines[above].cells, TICK))
    return bed.plant_of(above, number)


def _month_cell_lost(cells: list[str], bed: LineBed) -> Cells:
    del cells[bed.rng.choice(_open_months(cells))]
    return cells


def _month_cell_added(cells: list[str], bed: LineBed) -> Cells:
    cells.insert(bed.rng.choice(MONTHS), "")
    return cells


def _glyph(cells: list[str], bed: LineBed) -> Cells:
    glyph = bed.rng.choice(GLYPHS)
    cells[bed.rng.choice(_marks(cells))] = glyph
    return cells


def _team_below(*, as_row: bool) -> Fault:
    """Let the team's name fall out of the table: below it, or into a row of its own in the first column."""

    def fault(bed: LineBed) -> Plant | None:
        number = bed.choose([n for n in bed.rows() if bed.lines[n].cells[TEAM]])
        if number is None:
            return None
        start = max(n for n in range(number) if bed.lines[n].kind == "head")
        end = next(n for n in range(number, len(bed.lines)) if bed.lines[n].kind == "text")
        teams = sum(bool(line.cells[TEAM]) for line in bed.lines[start + 1 : end] if line.kind == "row")
        is_last = all(line.kind == "text" for line in bed.lines[end:])
        if teams != 1 or (is_last and not as_row):
            return None
        cells = list(bed.lines[number].cells)
        team, cells[TEAM] = cells[TEAM], ""
        bed.change(number, cells)
        made = bed.plant_of(*range(number, end))
        if as_row:
            bed.lines.insert(end, Line("team", (team, *[""] * (WIDTH - 1))))
        else:
            bed.lines[end:end] = [Line("text", (text,)) for text in ("", f"**{team}**")]
        return made

    return fault


def _header_repeated(*, noise: bool) -> Fault:
    """Repeat the header in the middle of a page, with misread letters or without."""

    def fault(bed: LineBed) -> Plant:
        number = bed.rng.choice(bed.rows())
        top, *rest = HEADER
        if noise:
            top = tuple(cell.replace("I", "l", 1).replace("KSI", "KSl") for cell in top)
        bed.lines[number:number] = [Line("head", cells) for cells in (top, *rest)]
        return Plant()

    return fault


def _numeral_lost(cells: list[str], bed: LineBed) -> Cells | None:
    """Lose a component's numeral; where no other component has one, it would leave no trace."""
    if sum(bool(bed.lines[n].cells[NUMERAL]) for n in bed.rows()) < 2:
        return None
    return _put(NUMERAL, "")(cells, bed)


def _in_text(change: Callable[[str, random.Random], str | None]) -> Change:
    """Return the change of one of a row's long texts."""

    def changed(cells: list[str], bed: LineBed) -> Cells | None:
        column = bed.rng.choice(TEXTS)
        text = change(cells[column], bed.rng)
        return None if text is None else _put(column, text)(cells, bed)

    return changed


def _line_feed(bed: LineBed) -> Plant | None:
    """Break a row where a cell's text has a space, once or twice, as a line feed without quotes does."""
    number = bed.rng.choice(bed.rows())
    made = bed.plant_of(number)
    cells = list(bed.lines[number].cells)
    for _ in range(bed.rng.choice((1, 1, 2))):
        column = bed.rng.choice([n for n in (NAME, *TEXTS, TEAM) if " " in cells[n]])
        words = cells[column].split(" ")
        at = bed.rng.randrange(1, len(words))
        cells[column] = " ".join(words[:at]) + "\n" + " ".join(words[at:])
    pieces = "\t".join(cells).split("\n")
    bed.lines[number : number + 1] = [Line("row", tuple(piece.split("\t"))) for piece in pieces]
    return made


def _mark_added(cells: list[str], bed: LineBed) -> Cells | None:
    return _put(bed.rng.choice(_open_months(cells)), TICK)(cells, bed)


def _mark_dropped(cells: list[str], bed: LineBed) -> Cells | None:
    return _put(bed.rng.choice(_marks(cells)), "")(cells, bed)


def _mark_moved(cells: list[str], bed: LineBed) -> Cells:
    target = bed.rng.choice(_open_months(cells))
    cells[bed.rng.choice(_marks(cells))] = ""
    cells[target] = TICK
    return cells


# Faults that leave a trace in the text: the result must be right, or the row must hold a finding.
DETECTABLE: dict[str, Fault] = {
    "row shifted right by 1, cut": _shifted_right(1, cut=True),
    "row shifted right by 2, cut": _shifted_right(2, cut=True),
    "row shifted right by 1": _shifted_right(1, cut=False),
    "row shifted right by 2": _shifted_right(2, cut=False),
    "row shifted left by 1": _shifted_left(1, padded=False),
    "row shifted left by 1, padded": _shifted_left(1, padded=True),
    "row shifted left by 2": _shifted_left(2, padded=False),
    "row shifted left by 2, padded": _shifted_left(2, padded=True),
    "a 13th mark": _in_row(_put(TEAM, TICK), lambda cells: not cells[TEAM]),
    "a mark beyond the team": _in_row(_put(WIDTH, TICK)),
    "last mark pushed into the team's column": _pushed(TEAM),
    "last mark pushed beyond the team": _pushed(WIDTH),
    "all marks lost": _in_row(lambda cells, _: ["" if cell == TICK else cell for cell in cells]),
    "mark orphaned in the row above": _orphaned,
    "month cell lost": _in_row(_month_cell_lost, _open_months),
    "month cell added": _in_row(_month_cell_added),
    "mark misread as another glyph": _in_row(_glyph, _marks),
    "team fallen below the table": _team_below(as_row=False),
    "team fallen into the first column": _team_below(as_row=True),
    "head repeated in mid-page": _header_repeated(noise=False),
    "head repeated with OCR noise": _header_repeated(noise=True),
    "empty extra column": _in_all(lambda line: line.cells if line.kind == "text" else (*line.cells, "")),
    "head narrower than the rows": _in_all(
        lambda line: (*line.cells[:NAME], *line.cells[NAME + 1 :]) if line.kind == "head" else line.cells
    ),
    "numeral joined with the name": _in_row(
        lambda cells, _: [cells[0], "", f"{cells[NUMERAL]} {cells[NAME]}", *cells[NAME + 1 :]],
        lambda cells: cells[NUMERAL],
    ),
    "numeral in the first column": _in_row(
        lambda cells, _: [cells[NUMERAL], "", *cells[NAME:]], lambda cells: cells[NUMERAL]
    ),
    "numeral lost": _in_row(_numeral_lost, lambda cells: cells[NUMERAL]),
    "component's name lost": _in_row(_put(NAME, ""), lambda cells: cells[NAME]),
    "text of a cell lost": _in_row(_in_text(text_faults.emptied)),
    "markup residue": _in_row(_in_text(text_faults.marked_up)),
    "word misread": _in_row(_in_text(text_faults.long_word_misread)),
    "row broken by a line feed": _line_feed,
    "empty cells cut off the lines' ends": _in_all(
        lambda line: "\t".join(line.cells).rstrip("\t").split("\t")
    ),
}
# Faults that leave no trace: nobody can tell them from print, so the result must be what the text says.
TRACELESS: dict[str, Fault] = {
    "a plausible mark more": _in_row(_mark_added, _open_months, traceless=True),
    "one of several marks dropped": _in_row(_mark_dropped, lambda c: len(_marks(c)) > 1, traceless=True),
    "a mark moved to another month": _in_row(
        _mark_moved, lambda cells: _marks(cells) and _open_months(cells), traceless=True
    ),
}


def planted(kind: str, truths: Mapping[str, Any], seed: int) -> LineBed:
    """Plant one fault into a drawn sheet; a sheet that offers no place for it is drawn anew.

    Raises:
        LookupError: a hundred sheets offer none.
    """
    rng = random.Random(f"{kind} {seed}")
    for _ in range(TRIES):
        bed = LineBed.of(drawn(truths, rng), rng)
        if plant(bed, DETECTABLE | TRACELESS, [kind]):
            return bed
    raise LookupError(f"no place for the fault: {kind}")
