"""The paper's rows and a transcription's -> which is which, by content: order and columns do not matter."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import takewhile

import numpy as np

from lampiran.alignment.likeness import Matrix, nearness, same
from lampiran.alignment.pairing import row_pairs
from lampiran.alignment.wording import bare_wording, likeness, wording
from lampiran.audit.match.alignment import Alignment, Title, line_likeness
from lampiran.audit.match.plan_rows import Paper, PaperPart
from lampiran.audit.match.transcription_table import StatedRow
from lampiran.audit.match.unmatched_rows import with_unmatched
from lampiran.audit.settings import ROWS
from normalize.labels import area_title, is_numeral
from normalize.resources import Resources


def align(paper: Paper, rows: Sequence[StatedRow], resources: Resources) -> Alignment:
    """Match rows so that the sum of their likenesses is greatest; then look for rows fused, split and written twice."""
    titles = tuple(_titles(paper, rows, resources))
    titled = {row.n for title in titles for row in title.rows}
    texts = {n: _wordings(row, resources) for n, row in enumerate(rows) if row.n not in titled}
    lines = list(texts)
    score = line_likeness(paper.rows, list(texts.values()))
    found = row_pairs(score, score >= ROWS.floor, _ties(paper, rows, texts, resources))
    pairs = {p: lines[s] for p, s in found.items()}
    alike = {p: float(score[p, s]) for p, s in found.items()}
    return with_unmatched(paper, rows, Alignment(pairs, alike, titles=titles), texts)


def _wordings(row: StatedRow, resources: Resources) -> tuple[str, ...]:
    texts = (bare_wording(cell.text) for cell in row.filled if not resources.form.is_mark(cell.text))
    return tuple(text for text in texts if text)


def _ties(
    paper: Paper, rows: Sequence[StatedRow], texts: Mapping[int, tuple[str, ...]], resources: Resources
) -> Matrix:
    """Return what tells rows of equal texts apart: the component that a line names, how many marks, the order."""
    names = [wording(part.name.text) for part in paper.components]
    lines = texts.values()
    named = [[any(likeness(name, text) >= ROWS.label for text in own) for own in lines] for name in names]
    labels = np.array([named[row.component] for row in paper.rows], dtype=np.float64)
    counts = [sum(resources.form.is_mark(cell.text) for cell in rows[n].cells) for n in texts]
    printed = [sum(mark.marked is True for mark in row.marks.values()) for row in paper.rows]
    ties: Matrix = ROWS.same_label * labels.reshape(len(printed), len(counts))
    return ties + ROWS.same_count * same(printed, counts) + ROWS.near * nearness(len(printed), len(counts))


def _titles(paper: Paper, rows: Sequence[StatedRow], resources: Resources) -> Iterator[Title]:
    """Find the lines that hold a title or a team alone; several of one cell each may hold it together."""
    named = _named(paper)
    at = 0
    while at < len(rows):
        lone = list(takewhile(lambda row: len(row.filled) == 1, rows[at : at + ROWS.title_lines]))
        options = [tuple(rows[at : at + count]) for count in range(len(lone), 0, -1)] or [(rows[at],)]
        found = [title for option in options if (title := _title(option, named, resources)) is not None]
        best = max(found, key=lambda pair: pair[0], default=None)
        if best is not None:
            yield best[1]
        at += len(best[1].rows) if best is not None else 1


_Named = Sequence[tuple[str, int | None, tuple[str, ...], float]]


def _named(paper: Paper) -> _Named:
    """Return the titles and teams of the paper: kind, number, wordings, and the likeness from which a line says it."""
    areas = [("area", n, _part_names(part), ROWS.title) for n, part in enumerate(paper.areas)]
    parts = enumerate(paper.components)
    components = [("component", n, _part_names(part), ROWS.part_title) for n, part in parts]
    teams = {wording(row.texts["responsible"].text) for row in paper.rows if "responsible" in row.texts}
    return [*areas, *components, *(("team", None, (team,), ROWS.title) for team in sorted(teams - {""}))]


def _part_names(part: PaperPart) -> tuple[str, ...]:
    """Return the wordings of a part's name, without its numeral and with it."""
    return wording(part.name.text), wording(f"{part.number.text}. {part.name.text}")


def _title(rows: tuple[StatedRow, ...], named: _Named, resources: Resources) -> tuple[float, Title] | None:
    """Tell whether lines hold a title or a team alone, and how surely."""
    cells = [cell for row in rows for cell in row.filled]
    few = 0 < len(cells) <= max(2, len(rows))
    marked = [cell for cell in cells if resources.form.is_mark(cell.text)]
    if not few or (marked and not (marked == cells[:1] and is_numeral(cells[0].text) and len(cells) > 1)):
        return None
    text = bare_wording(" ".join(cell.text for cell in cells))
    best: tuple[float, str, int | None] = (0.0, "", None)
    for kind, part, names, floor in named:
        score = max(likeness(text, name) for name in names)
        if score >= floor and score > best[0]:
            best = (score, kind, part)
    score, kind, part = best
    if score:
        return score, Title(rows, kind, part, score)
    title = area_title([cell.text for cell in cells], resources.official, resources.form)
    if title is not None and title.label and len(rows) == 1:
        return ROWS.title, Title(rows, "area", None, 1.0)
    return None
