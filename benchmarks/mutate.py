"""A clean transcription of a drawn decree, and the faults that a transcriber plants into it.

A `Sheet` is the transcription as rows of cells; `clean_sheet` writes it from a truth file, `MUTATIONS` hold
one function a kind of fault. Used by the property tests and by `benchmarks/mutations.py`.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

HEAD = (
    ["NO", "KOMPONEN", "", "INDIKATOR", "LANGKAH AKSI", "BUKTI/EVIDEN", "PELAKSANAAN (BULAN)", *[""] * 11, "PENANGGUNG JAWAB"],
    ["", "", "", "", "", "", *map(str, range(1, 13)), ""],
    ["1", "2", "", *map(str, range(3, 19))],
)
FIRST_MONTH, TEAM, WIDTH = 6, 18, 19
TICK = "√"
LineKind = Literal["head", "area", "row", "text", "team"]


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a transcription: its cells, its kind and, for a row of the plan, its place in the truth."""

    cells: tuple[str, ...]
    kind: LineKind
    index: int | None = None

    def with_cells(self, cells: Sequence[str]) -> Line:
        """Return the line with other cells."""
        return replace(self, cells=tuple(cells))


@dataclass(frozen=True, slots=True)
class Expected:
    """What a row of the plan says: its place, its texts and its months."""

    area: int
    component_no: str
    component: str
    indicator: str
    action: str
    evidence: str
    responsible: str
    months: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A transcription and what it says."""

    lines: tuple[Line, ...]
    expected: tuple[Expected, ...]

    def text(self) -> str:
        """Return the transcription as tab-separated text."""
        return "\n".join("\t".join(line.cells) for line in self.lines) + "\n"

    def rows(self) -> list[int]:
        """Return the places of the plan's rows among the lines."""
        return [n for n, line in enumerate(self.lines) if line.kind == "row"]

    def changed(self, number: int, cells: Sequence[str]) -> Sheet:
        """Return the sheet with one line's cells changed."""
        lines = (*self.lines[:number], self.lines[number].with_cells(cells), *self.lines[number + 1 :])
        return replace(self, lines=lines)

    def inserted(self, number: int, *lines: Line) -> Sheet:
        """Return the sheet with lines inserted before one."""
        return replace(self, lines=(*self.lines[:number], *lines, *self.lines[number:]))


@dataclass(frozen=True, slots=True)
class Mutated:
    """A sheet with a fault: the rows it touches, and whether it leaves a trace in the text."""

    sheet: Sheet
    touched: frozenset[int]


Mutation = Callable[[Sheet, random.Random], Mutated | None]


def clean_sheet(truth: dict[str, Any], rng: random.Random, *, rows: int = 8, pages: int = 2) -> Sheet:
    """Write a clean transcription of some rows of a truth file; months that it lacks or doubts are drawn anew."""
    chosen = _choose(truth, rng, rows)
    expected = [_expected(*row, rng) for row in chosen]
    cuts = sorted(rng.sample(range(1, len(expected)), min(pages - 1, len(expected) - 1)))
    lines: list[Line] = [Line(("KEPUTUSAN KOMISI PEMILIHAN UMUM KABUPATEN CONTOH",), "text"), Line(("",), "text")]
    for start, stop in zip([0, *cuts], [*cuts, len(expected)], strict=True):
        lines += [Line(tuple(cells), "head") for cells in HEAD]
        lines += _page(expected, start, stop)
        lines.append(Line(("",), "text"))
    return Sheet(tuple(lines), tuple(expected))


def _choose(truth: dict[str, Any], rng: random.Random, count: int) -> list[tuple[Any, Any, Any]]:
    """Choose adjacent rows, so that areas and components begin and go on as they do in print."""
    rows = [(a, c, r) for a in truth["areas"] for c in a["components"] for r in c["actions"]]
    begins = [n for n, (_, c, r) in enumerate(rows) if c["actions"][0] is r]
    start = rng.choice([n for n in begins if n + count <= len(rows)])
    return rows[start : start + count]


def _expected(area: Any, component: Any, row: Any, rng: random.Random) -> Expected:
    patterns = [(1,), (2,), (10,), (3, 6, 9, 12), (6, 12), tuple(range(1, 13)), (1, 2), (4, 8), (5,), (3, 4, 5, 11)]
    doubtful = any(d["field"] == "months" for d in row.get("doubts", ()))
    months = tuple(row["months"]) if row["months"] and not doubtful else rng.choice(patterns)
    evidence = " ".join(row["evidence"].split())
    return Expected(
        area["no"], component["no"], component["name"], row["indicator"], row["action"], evidence,
        row["responsible"], months,
    )  # fmt: skip


def _page(expected: Sequence[Expected], start: int, stop: int) -> list[Line]:
    lines: list[Line] = []
    area = component = team = None
    before = expected[start - 1] if start else None
    for n in range(start, stop):
        row = expected[n]
        if row.area != (area or (before.area if before else None)):
            title = [f"{row.area}. {_AREAS[row.area]}", *[""] * (WIDTH - 1)]
            lines.append(Line(tuple(title), "area"))
            component = None
        above = component or ((before.area, before.component_no) if before else None)
        begins = (row.area, row.component_no) != above
        cells = ["", f"{row.component_no}." if begins else "", row.component if begins else ""]
        cells += [row.indicator, row.action, row.evidence]
        cells += [TICK if m in row.months else "" for m in range(1, 13)]
        cells += [row.responsible if (row.area, row.responsible) != team else ""]
        lines.append(Line(tuple(cells), "row", n))
        area, component, team = row.area, (row.area, row.component_no), (row.area, row.responsible)
    return lines


_AREAS = {
    1: "MANAJEMEN PERUBAHAN",
    2: "PENATAAN TATALAKSANA",
    3: "PENATAAN SISTEM MANAJEMEN SDM APARATUR",
    4: "PENGUATAN AKUNTABILITAS",
    5: "PENGUATAN PENGAWASAN",
    6: "PENINGKATAN KUALITAS PELAYANAN PUBLIK",
}


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


def mark_pushed(beyond: bool) -> Mutation:  # noqa: FBT001  (one of two kinds of a fault)
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
    pairs = [(a, b) for a, b in zip(rows, rows[1:], strict=False) if b == a + 1 and _marks(sheet.lines[b])]
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


def team_below(as_row: bool) -> Mutation:  # noqa: FBT001  (one of two kinds of a fault)
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


def repeated_head(noise: bool) -> Mutation:  # noqa: FBT001  (one of two kinds of a fault)
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


_CONFUSIONS = (("m", "rn"), ("t", "f"), ("l", "I"), ("o", "0"), ("a", "o"), ("I", "l"), ("i", "l"), ("e", "c"))


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
}
# Faults that leave no trace: nobody can tell them from print, so the result must be what the text says.
TRACELESS: dict[str, Mutation] = {
    "a plausible mark more": plausible_mark,
    "one of several marks dropped": mark_dropped,
    "a mark moved to another month": mark_moved,
}
