"""The paper's rows and a transcription's -> which is which, by content: order and columns do not matter."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz
from scipy.optimize import linear_sum_assignment

from extract.types import Cell
from lampiran.audit.paper import Paper, PaperPart, PaperRow
from lampiran.audit.stated import StatedRow
from lampiran.audit.texts import bare
from lampiran.comparison.likeness import text_likeness
from lampiran.comparison.wording import wording
from normalize.resources import Resources
from normalize.rows.labels import area_title

Matrix = NDArray[np.float64]

WEIGHTS = {"indicator": 0.3, "action": 0.45, "evidence": 0.25}
FLOOR = 0.3  # likeness from which a line may be a printed row
SURE = 0.55  # likeness from which it is one wherever it stands
# What tells rows of equal texts apart, the strongest first; never against the texts.
SAME_LABEL, SAME_COUNT, NEAR = 0.02, 0.01, 0.001
HELD = 92.0  # likeness of a text with the stretch of another that holds it
SHORTEST_HELD = 12  # letters of a text that is not held by accident
TITLE = 0.75  # likeness from which a lone text is a printed title or team
_MOST_LINES = 3
LONGER = 1.25  # how much longer a cell is that holds two texts


@dataclass(frozen=True, slots=True)
class Title:
    """Lines that hold the title of an area or a component, or a team's name, and nothing else.

    A long one may go on over several lines of one cell. `part` is its place among the paper's, `None` where the paper
    has none like it.
    """

    rows: tuple[StatedRow, ...]
    kind: str
    part: int | None

    @property
    def cells(self) -> tuple[Cell, ...]:
        """Its cells that hold something, in their order."""
        return tuple(cell for row in self.rows for cell in row.filled)

    @property
    def n(self) -> int:
        """The number of its first line."""
        return self.rows[0].n


@dataclass(frozen=True, slots=True)
class Alignment:
    """Pairs of places: paper rows (from 0) with lines of the transcription (places in `rows`).

    `fused` are paper rows by the line that holds them besides its own, `split` lines by the paper row that they are a
    part of, besides its own line; `twice` lines that say a row once more.
    """

    pairs: dict[int, int]
    likeness: dict[int, float]
    fused: dict[int, list[int]] = field(default_factory=dict)
    split: dict[int, list[int]] = field(default_factory=dict)
    twice: dict[int, int] = field(default_factory=dict)
    titles: tuple[Title, ...] = ()
    missing: tuple[int, ...] = ()
    invented: tuple[int, ...] = ()


def align(paper: Paper, rows: Sequence[StatedRow], resources: Resources) -> Alignment:
    """Match rows so that the sum of their likenesses is greatest; then look for rows fused, split and written twice."""
    titles = tuple(_titles(paper, rows, resources))
    titled = {row.n for title in titles for row in title.rows}
    open_rows = [n for n, row in enumerate(rows) if row.n not in titled]
    texts = {n: _wordings(rows[n], resources) for n in open_rows}
    score = row_likeness(paper.rows, [texts[n] for n in open_rows])
    weight = np.where(
        score >= FLOOR,
        score**3 + _ties(paper, [rows[n] for n in open_rows], texts, open_rows, resources),
        0.0,
    )
    pairs: dict[int, int] = {}
    alike: dict[int, float] = {}
    for p, s in zip(*linear_sum_assignment(weight, maximize=True), strict=True):
        if weight[p, s] > 0:
            pairs[int(p)] = open_rows[int(s)]
            alike[int(p)] = float(score[p, s])
    return _remainders(paper, Alignment(pairs, alike, titles=titles), texts)


def row_likeness(printed: Sequence[PaperRow], stated: Sequence[tuple[str, ...]]) -> Matrix:
    """Return the likeness (0 to 1) of each printed row with each line, whatever column a text stands in."""
    result: Matrix = np.zeros((len(printed), len(stated)))
    flat = [(n, text) for n, texts in enumerate(stated) for text in texts]
    if not printed or not flat:
        return result
    owners = np.array([n for n, _ in flat])
    total: Matrix = np.zeros((len(printed), 1))
    for name, weight in WEIGHTS.items():
        mine = [wording(row.texts[name].text) if name in row.texts else "" for row in printed]
        if not any(mine):
            continue
        alike = text_likeness(mine, [text for _, text in flat])
        best: Matrix = np.zeros_like(result)
        for n in range(len(stated)):
            own = alike[:, owners == n]
            if own.size:
                best[:, n] = own.max(axis=1)
        result += weight * best
        total += weight * np.array([[bool(text)] for text in mine])
    return np.divide(result, total, out=np.zeros_like(result), where=total > 0)


def _wordings(row: StatedRow, resources: Resources) -> tuple[str, ...]:
    form = resources.form
    texts = (cell.text for cell in row.filled if not form.is_mark(cell.text))
    return tuple(text for raw in texts if (text := wording(bare(raw))))


def _ties(
    paper: Paper,
    rows: Sequence[StatedRow],
    texts: dict[int, tuple[str, ...]],
    numbers: Sequence[int],
    resources: Resources,
) -> Matrix:
    """Return what tells rows of equal texts apart: the component that a line names, how many marks, the order."""
    names = [wording(part.name.text) for part in paper.components]
    label = np.array([[_best_text(name, texts[n]) for n in numbers] for name in names]).reshape(
        len(names), len(numbers)
    )
    of_rows = (
        label[[row.component for row in paper.rows]] if names else np.zeros((len(paper.rows), len(numbers)))
    )
    counts = [sum(resources.form.is_mark(cell.text) for cell in row.cells) for row in rows]
    printed = [sum(mark.marked is True for mark in row.marks.values()) for row in paper.rows]
    same = np.array([[float(a == b) for b in counts] for a in printed]).reshape(len(printed), len(counts))
    at_a = np.arange(len(printed)) / max(1, len(printed))
    at_b = np.arange(len(counts)) / max(1, len(counts))
    near = 1 - np.abs(at_a[:, None] - at_b[None, :])
    ties: Matrix = SAME_LABEL * of_rows + SAME_COUNT * same + NEAR * near
    return ties


def _best_text(name: str, texts: Sequence[str]) -> float:
    return max((float(fuzz.ratio(name, text) >= 90) for text in texts), default=0.0) if name else 0.0


def _titles(paper: Paper, rows: Sequence[StatedRow], resources: Resources) -> Iterator[Title]:
    """Find the lines that hold a title or a team alone; several of one cell each may hold it together."""
    at = 0
    while at < len(rows):
        lone = [row for row in rows[at : at + _MOST_LINES] if len(row.filled) == 1]
        options = [tuple(rows[at : at + count]) for count in range(len(lone), 0, -1)] or [(rows[at],)]
        together = [option for option in options if all(len(row.filled) == 1 for row in option)] or [
            (rows[at],)
        ]
        found = [title for option in together if (title := _title(option, paper, resources)) is not None]
        best = max(found, key=lambda pair: pair[0], default=None)
        if best is not None:
            yield best[1]
        at += len(best[1].rows) if best is not None else 1


def _title(rows: tuple[StatedRow, ...], paper: Paper, resources: Resources) -> tuple[float, Title] | None:
    """Tell whether lines hold a title or a team alone, and how surely."""
    cells = [cell for row in rows for cell in row.filled]
    few = 0 < len(cells) <= max(2, len(rows))
    if not few or any(resources.form.is_mark(cell.text) for cell in cells):
        return None
    text = wording(bare(" ".join(cell.text for cell in cells)))
    options: list[tuple[float, str, int | None]] = [
        (_titled(text, part), kind, n) for kind, n, part in _parts(paper)
    ]
    teams = {wording(r.texts["responsible"].text) for r in paper.rows if "responsible" in r.texts}
    options += [(fuzz.ratio(text, team) / 100, "team", None) for team in sorted(teams) if team]
    score, kind, part = max(options, key=lambda option: option[0], default=(0.0, "", None))
    if score >= TITLE:
        return score, Title(rows, kind, part)
    title = area_title([cell.text for cell in cells], resources.official, resources.form)
    if title is not None and title.label and len(rows) == 1:
        return TITLE, Title(rows, "area", None)
    return None


def _parts(paper: Paper) -> list[tuple[str, int, PaperPart]]:
    areas = [("area", n, part) for n, part in enumerate(paper.areas)]
    return areas + [("component", n, part) for n, part in enumerate(paper.components)]


def _titled(text: str, part: PaperPart) -> float:
    """Return how alike a line's wording is to a part's name, with its numeral or without."""
    names = (part.name.text, f"{part.number.text}. {part.name.text}")
    return max(fuzz.ratio(text, wording(name)) for name in names) / 100


def _remainders(paper: Paper, found: Alignment, texts: dict[int, tuple[str, ...]]) -> Alignment:
    """Say what became of the rows and lines that have no partner."""
    missing = [p for p in range(len(paper.rows)) if p not in found.pairs]
    taken = set(found.pairs.values())
    left = [s for s in texts if s not in taken]
    back = {s: p for p, s in found.pairs.items()}
    fused: dict[int, list[int]] = {}
    for p in list(missing):
        holder = next((s for s in _near(back, p) if _holds(texts[s], paper, back[s], p)), None)
        if holder is not None:
            fused.setdefault(holder, []).append(p)
            missing.remove(p)
    split: dict[int, list[int]] = {}
    twice: dict[int, int] = {}
    for s in list(left):
        again = _said_again(paper, texts[s])
        if again is not None and again in found.pairs:
            twice[s] = again
            left.remove(s)
            continue
        whole = next(
            (p for p in _near(found.pairs, s) if _is_piece(texts[s], paper.rows[p], texts[found.pairs[p]])),
            None,
        )
        if whole is not None:
            split.setdefault(whole, []).append(s)
            left.remove(s)
    return Alignment(
        found.pairs,
        found.likeness,
        fused,
        split,
        twice,
        found.titles,
        tuple(missing),
        tuple(s for s in left if texts[s]),
    )


def _near(pairs: dict[int, int], place: int) -> list[int]:
    """Return the keys of some pairs, those first whose value is nearest to a place."""
    return sorted(pairs, key=lambda key: (abs(pairs[key] - place), key))


def _holds(texts: tuple[str, ...], paper: Paper, own: int, other: int) -> bool:
    """Tell whether a line holds, besides its own row, the texts of another row in longer cells."""
    mine, theirs = paper.rows[own], paper.rows[other]
    asked = [
        (wording(theirs.texts[name].text), wording(mine.texts[name].text))
        for name in WEIGHTS
        if name in theirs.texts and wording(theirs.texts[name].text)
    ]
    long = [(a, b) for a, b in asked if len(a) >= SHORTEST_HELD and a != b]
    if not long:
        return False
    return all(any(_held(a, b, text) for text in texts) for a, b in long)


def _held(text: str, beside: str, cell: str) -> bool:
    longer = len(cell) >= LONGER * len(text) and len(cell) >= 0.8 * (len(text) + len(beside))
    return longer and fuzz.partial_ratio(text, cell) >= HELD


def _said_again(paper: Paper, texts: tuple[str, ...]) -> int | None:
    """Return the paper row that a line says once more as a whole."""
    score = row_likeness(paper.rows, [texts])[:, 0]
    best = int(np.argmax(score)) if score.size else None
    return best if best is not None and score[best] >= 0.9 else None


def _is_piece(texts: tuple[str, ...], row: PaperRow, own: tuple[str, ...]) -> bool:
    """Tell whether every text of a line is a stretch of a printed row that the row's own line does not say."""
    printed = [wording(value.text) for value in row.texts.values()]
    long = [text for text in texts if len(text) >= 4]
    said = [text for text in own if len(text) >= 4]
    if not long or not all(
        any(
            fuzz.partial_ratio(text, whole) >= HELD and len(text) <= 1.1 * len(whole)
            for whole in printed
            if whole
        )
        for text in long
    ):
        return False
    return any(not any(fuzz.partial_ratio(text, other) >= HELD for other in said) for text in long)
