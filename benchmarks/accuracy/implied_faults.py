"""The faults of the sample's transcription, derived from its truth file and its own lines, without the auditor.

The truth was keyed by reading the transcription line by line; `line` says where each row is. What a line says is found
by counting cells; where a line has too few or too many of them for twelve months, every choice of the cells that were
swallowed or added is tried, and the one with the fewest differences counts, the last of equal ones.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from benchmarks.tree import SAMPLES
from benchmarks.tree import truth as truth_of

TRANSCRIPT = SAMPLES / "kpu-batang-2025.transcript.txt"
MONTHS = 12
_TICK = "√"
_MARKUP = re.compile(r"<[^>]*>|\*")
_NUMERAL = re.compile(r"[ivx]+\.?|\d\.?")
_TEXTS = ("indicator", "action", "evidence")


@dataclass(frozen=True, order=True)
class Implied:
    """One fault: the line of its row (0: the head), what it is about, and of what sort it is."""

    line: int
    about: str
    sort: str


@dataclass(frozen=True)
class _Line:
    """A row's line taken apart: its texts left of the marks, the column of the last, the team's column if stated."""

    cells: tuple[str, ...]
    texts: tuple[str, ...]
    last: int
    team: int | None


def implied_faults() -> frozenset[Implied]:
    """Return every fault that the truth file implies."""
    truth = truth_of("kpu-batang-2025")
    lines = TRANSCRIPT.read_text(encoding="utf-8").splitlines()
    teams = {_plain(row["responsible"]) for _, _, row in _rows(truth)}
    taken = {row["line"]: _taken(lines[row["line"] - 1], teams) for _, _, row in _rows(truth)}
    found = [*_head(truth, lines), *_labels(truth, taken), *_teams(truth, taken, lines)]
    for page in sorted({row["page"] for _, _, row in _rows(truth)}):
        rows = [row for _, _, row in _rows(truth) if row["page"] == page]
        found += _page(rows, taken, lines)
    return frozenset(found)


def _rows(truth: Mapping[str, Any]) -> Iterator[tuple[Any, Any, Any]]:
    for area in truth["areas"]:
        for component in area["components"]:
            for row in component["actions"]:
                yield area, component, row


def _plain(text: str) -> str:
    return "".join(filter(str.isalnum, _MARKUP.sub("", text).casefold()))


def _taken(line: str, teams: set[str]) -> _Line:
    cells = tuple(line.split("\t"))
    at = [n for n, cell in enumerate(cells) if cell.strip() and cell.strip() != _TICK]
    team = at.pop() if _plain(cells[at[-1]]) in teams else None
    texts = [cells[n] for n in at if not _NUMERAL.fullmatch(cells[n].strip())]
    return _Line(cells, tuple(texts), at[-1], team)


def _head(truth: Mapping[str, Any], lines: Sequence[str]) -> Iterator[Implied]:
    """Yield values of the preamble that the lines do not hold; markup, bullets and broken lines are not faults."""
    head = truth["head"]
    said = _plain(" ".join(line for line in lines if "\t" not in line))
    values = {name: head[name] for name in ("title", "institution", "enacted_by", "decides", "place")}
    values |= {"signatory": head["signatory"]["name"], **head["attestation"]}
    for group in ("considerations", "legal_basis", "dictum"):
        values |= {f"{group}.{clause['label']}": clause["text"] for clause in head[group]}
    for name, value in values.items():
        if _plain(value) not in said:
            yield Implied(0, name, "head")


def _labels(truth: Mapping[str, Any], taken: Mapping[int, _Line]) -> Iterator[Implied]:
    """A component whose first row does not say its name."""
    for area in truth["areas"]:
        for component in area["components"]:
            first = component["actions"][0]["line"]
            labels = taken[first].texts[: -len(_TEXTS)]
            names = {_plain(re.sub(r"^[ivx]+\.\s+", "", label)) for label in labels}
            if _plain(component["name"]) not in names:
                yield Implied(first, "component", "label")


def _teams(truth: Mapping[str, Any], taken: Mapping[int, _Line], lines: Sequence[str]) -> Iterator[Implied]:
    """A team that no line above in the area states: lost, or written outside of its column."""
    for area in truth["areas"]:
        stated, told = "", ""
        for component in area["components"]:
            for row in component["actions"]:
                line = taken[row["line"]]
                stated = line.cells[line.team] if line.team is not None else stated
                if _plain(stated) == _plain(row["responsible"]) or told == row["responsible"]:
                    continue
                told = row["responsible"]
                alone = any(_plain(other) == _plain(told) for other in lines)
                yield Implied(row["line"], "responsible", "team outside" if alone else "team")


def _page(rows: Sequence[Any], taken: Mapping[int, _Line], lines: Sequence[str]) -> Iterator[Implied]:
    """Yield the faults of one page's texts and marks; its header says where the team is if no row does."""
    lasts = Counter(taken[row["line"]].last for row in rows)
    usual = max(lasts, key=lambda at: (lasts[at], at))
    teams = Counter(t for row in rows if (t := taken[row["line"]].team) is not None)
    team = teams.most_common(1)[0][0] if teams else usual + _team_of_head(rows[0]["line"], lines)
    for row in rows:
        line = taken[row["line"]]
        shift = line.last - usual
        if shift:
            yield Implied(row["line"], "row", "shifted")
        for name, text in zip(_TEXTS, line.texts[-len(_TEXTS) :], strict=True):
            if _plain(text) != _plain(row[name]):
                yield Implied(row["line"], name, "text")
        end = line.team if line.team is not None else team + shift
        yield from _marks(row, line, end)


def _team_of_head(line: int, lines: Sequence[str]) -> int:
    """Return how many columns the team is behind the evidence in the header above a line."""
    head = next(text for text in reversed(lines[: line - 1]) if text.startswith("NO\t")).split("\t")
    return head.index("PENANGGUNG JAWAB") - head.index("BUKTI/EVIDEN")


def _marks(row: Any, line: _Line, end: int) -> Iterator[Implied]:
    printed = [month in row["months"] for month in range(1, MONTHS + 1)]
    cells = [cell.strip() == _TICK for cell in line.cells[line.last + 1 : end]]
    strays = sum(cell.strip() == _TICK for cell in line.cells[end:])
    cut = len(line.cells) <= end and len(cells) < MONTHS
    options = list(_choices(printed, cells))
    if cut:
        options.insert(0, (dict(enumerate(cells)), 0))
    stated, extra = min(
        options, key=lambda option: _differences(printed, *option, cut=option is options[0] and cut)
    )
    simply_cut = cut and (stated, extra) == options[0]
    for month, mark in enumerate(printed):
        said = stated.get(month)
        if said is None and mark and not simply_cut:
            yield Implied(row["line"], f"m{month + 1:02}", "mark lost")
        elif said is not None and said != mark:
            yield Implied(row["line"], f"m{month + 1:02}", "mark lost" if mark else "mark invented")
    for number in range(strays + extra):
        yield Implied(row["line"], f"stray {number + 1}", "mark invented")


def _choices(printed: Sequence[bool], cells: Sequence[bool]) -> Iterator[tuple[dict[int, bool], int]]:
    """Yield each way to lay the cells under the months: what each month says, and how many marks are left over."""
    if len(cells) <= MONTHS:
        for gone in reversed(list(combinations(range(MONTHS), MONTHS - len(cells)))):
            months = [month for month in range(MONTHS) if month not in gone]
            yield dict(zip(months, cells, strict=True)), 0
        return
    for added in reversed(list(combinations(range(len(cells)), len(cells) - MONTHS))):
        kept = [cell for n, cell in enumerate(cells) if n not in added]
        yield dict(enumerate(kept)), sum(cells[n] for n in added)
    del printed


def _differences(printed: Sequence[bool], stated: Mapping[int, bool], extra: int, *, cut: bool) -> int:
    wrong = sum(stated[month] != mark for month, mark in enumerate(printed) if month in stated)
    lost = 0 if cut else sum(mark for month, mark in enumerate(printed) if month not in stated)
    return wrong + lost + extra
