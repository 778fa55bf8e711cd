"""The paper's rows and a transcription's -> which is which, by content: order and columns do not matter."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from rapidfuzz import fuzz
from scipy.optimize import linear_sum_assignment

from lampiran.alignment.wording import wording
from lampiran.audit.match.alignment import Alignment, Matrix, Title, row_likeness
from lampiran.audit.match.plan_rows import Paper, PaperPart
from lampiran.audit.match.texts import bare
from lampiran.audit.match.transcription_table import StatedRow
from lampiran.audit.match.unmatched_rows import with_remainders
from normalize.labels import area_title, is_numeral
from normalize.resources import Resources

FLOOR = 0.3  # likeness from which a line may be a printed row
SURE = 0.55  # likeness from which it is one wherever it stands
# What tells rows of equal texts apart, the strongest first; never against the texts.
SAME_LABEL, SAME_COUNT, NEAR = 0.02, 0.01, 0.001
PART_TITLE = 0.9  # the same for a component, whose name stands beside its rows as a rule
TITLE = 0.75  # likeness from which a lone text is a printed title or team
_MOST_LINES = 3


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
    return with_remainders(paper, rows, Alignment(pairs, alike, titles=titles), texts)


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
    marked = [cell for cell in cells if resources.form.is_mark(cell.text)]
    if not few or (marked and not (marked == cells[:1] and is_numeral(cells[0].text) and len(cells) > 1)):
        return None
    text = wording(bare(" ".join(cell.text for cell in cells)))
    options: list[tuple[float, str, int | None]] = [
        (score, kind, n)
        for kind, n, part in _parts(paper)
        if (score := _titled(text, part)) >= (TITLE if kind == "area" else PART_TITLE)
    ]
    teams = {wording(r.texts["responsible"].text) for r in paper.rows if "responsible" in r.texts}
    options += [(fuzz.ratio(text, team) / 100, "team", None) for team in sorted(teams) if team]
    score, kind, part = max(options, key=lambda option: option[0], default=(0.0, "", None))
    if score >= TITLE:
        return score, Title(rows, kind, part, score)
    title = area_title([cell.text for cell in cells], resources.official, resources.form)
    if title is not None and title.label and len(rows) == 1:
        return TITLE, Title(rows, "area", None, 1.0)
    return None


def _parts(paper: Paper) -> list[tuple[str, int, PaperPart]]:
    areas = [("area", n, part) for n, part in enumerate(paper.areas)]
    return areas + [("component", n, part) for n, part in enumerate(paper.components)]


def _titled(text: str, part: PaperPart) -> float:
    """Return how alike a line's wording is to a part's name, with its numeral or without."""
    names = (part.name.text, f"{part.number.text}. {part.name.text}")
    return max(fuzz.ratio(text, wording(name)) for name in names) / 100
