"""Printed rows and lines without a partner -> what became of them: fused, split, written twice, invented."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import chain

from lampiran.alignment.wording import bare_wording, likeness, part_likeness, wording
from lampiran.audit.match.alignment import WEIGHTS, Alignment, Title, line_likeness
from lampiran.audit.match.plan_rows import Paper, PaperRow
from lampiran.audit.match.transcription_table import StatedRow
from lampiran.audit.settings import UNMATCHED
from normalize.labels import is_numeral
from schema.provenance import SourceRef

Words = tuple[str, ...]
Texts = Mapping[int, Words]


def with_unmatched(paper: Paper, rows: Sequence[StatedRow], found: Alignment, texts: Texts) -> Alignment:
    """Say what became of the rows and lines that have no partner; `texts` are the wordings of each line."""
    fused = _fused(paper, found, texts)
    taken = set(found.pairs.values())
    left = [s for s in texts if s not in taken and texts[s]]
    twice = {s: p for s, p in _said_again(paper, texts, left).items() if p in found.pairs}
    titled: dict[int, Title] = {}
    lent: dict[int, list[int]] = defaultdict(list)
    for s in (s for s in left if s not in twice):
        title, row = _title_in(paper, rows[s], found, texts)
        if title is not None and not _breaks_off(paper.rows[row], texts[s]):
            titled[s] = title
            lent[row].append(s)
    split: dict[int, list[int]] = defaultdict(list)
    near = UNMATCHED.neighbours if len(left) > UNMATCHED.many else len(paper.rows)
    for s in (s for s in left if s not in twice and s not in titled):
        whole = _whole(paper, found, texts, texts[s], s, near)
        if whole is not None:
            split[whole].append(s)
    titles = []
    for title in found.titles:
        pieces = tuple(bare_wording(cell.text) for cell in title.cells)
        whole = _whole(paper, found, texts, pieces, title.n - 1, UNMATCHED.neighbours)
        if title.score < 1 and whole is not None:
            split[whole] += (row.n - 1 for row in title.rows)
        else:
            titles.append(title)
    used = {*twice, *titled, *chain.from_iterable(split.values())}
    invented = tuple(s for s in left if s not in used)
    titles += titled.values()
    return replace(
        found, fused=fused, split=split, twice=twice, lent=lent, titles=tuple(titles), invented=invented
    )


def _title_in(paper: Paper, row: StatedRow, found: Alignment, texts: Texts) -> tuple[Title | None, int]:
    """Return the title of a component that a line holds beside other texts, and the printed row right below it.

    Not where the row's own line says the name. The other texts must be those of cells that the paper has beside the
    title, too: merged ones that begin above the row's action.
    """
    for n, part in enumerate(paper.components):
        name = wording(part.name.text)
        cell = next((c for c in row.filled if _holds_all(name, bare_wording(c.text))), None)
        lines = {found.pairs[p]: p for p in part.rows if p in found.pairs and found.pairs[p] >= row.n}
        below = min(lines, default=None)
        if not name or cell is None or below is None or below - row.n >= UNMATCHED.neighbours:
            continue
        named = any(_holds_all(name, text) for text in texts[below])
        others = [bare_wording(c.text) for c in row.filled if c is not cell and not is_numeral(c.text)]
        if not named and all(_begins_above(text, paper.rows[lines[below]]) for text in others if text):
            return Title((row,), "component", n, 1.0, cell), lines[below]
    return None, 0


def _holds_all(one: str, other: str) -> bool:
    return likeness(one, other) >= UNMATCHED.held


def _breaks_off(row: PaperRow, pieces: Words) -> bool:
    """Tell whether a text besides the component's name is only a stretch of a printed one: the line is a piece of a row."""
    return any(
        UNMATCHED.longer * len(text) <= len(whole) and part_likeness(text, whole) >= UNMATCHED.held
        for text in pieces
        if len(text) >= UNMATCHED.shortest_held and not _holds_all(text, row.part)
        for whole in row.wordings.values()
    )


def _begins_above(text: str, row: PaperRow) -> bool:
    """Tell whether a text is that of a cell of the row that begins above the cell of its action."""
    alike = [name for name, said in row.wordings.items() if likeness(text, said) >= UNMATCHED.whole]
    return any(_is_higher(row.texts[name].ref, row.texts["action"].ref) for name in alike)


def _is_higher(ref: SourceRef | None, other: SourceRef | None) -> bool:
    if ref is None or other is None or ref.bbox is None or other.bbox is None:
        return False
    return (ref.page or 0, ref.bbox.top + 1) < (other.page or 0, other.bbox.top)


def _fused(paper: Paper, found: Alignment, texts: Texts) -> dict[int, list[int]]:
    """Return, by line, the printed rows that it holds besides its own."""
    back = {s: p for p, s in found.pairs.items()}
    fused: dict[int, list[int]] = defaultdict(list)
    for p in (p for p in range(len(paper.rows)) if p not in found.pairs):
        near = sorted(back, key=lambda s: (abs(back[s] - p), s))
        rows = ((s, paper.rows[back[s]]) for s in near)
        holder = next((s for s, own in rows if _holds(texts[s], own, paper.rows[p])), None)
        if holder is not None:
            fused[holder].append(p)
    return fused


def _holds(texts: Words, own: PaperRow, other: PaperRow) -> bool:
    """Tell whether a line holds, besides its own row, the texts of another row in longer cells."""
    mine, theirs = own.wordings, other.wordings
    names = [name for name in WEIGHTS if name in theirs and name in mine and theirs[name] != mine[name]]
    long = [name for name in names if len(theirs[name]) >= UNMATCHED.shortest_held]
    return bool(long) and all(any(_held(theirs[n], mine[n], text) for text in texts) for n in long)


def _held(text: str, beside: str, cell: str) -> bool:
    least = max(UNMATCHED.longer * len(text), UNMATCHED.both * (len(text) + len(beside)))
    return len(cell) >= least and part_likeness(text, cell) >= UNMATCHED.held


def _said_again(paper: Paper, texts: Texts, left: Sequence[int]) -> dict[int, int]:
    """Return, by line, the printed row that it says once more as a whole."""
    score = line_likeness(paper.rows, [texts[s] for s in left])
    if not score.size:
        return {}
    best = score.argmax(axis=0)
    return {s: int(best[n]) for n, s in enumerate(left) if score[best[n], n] >= UNMATCHED.again}


def _whole(paper: Paper, found: Alignment, texts: Texts, pieces: Words, place: int, most: int) -> int | None:
    """Return the printed row, of those whose lines are nearest, that a line is a piece of."""
    near = sorted(found.pairs, key=lambda p: (abs(found.pairs[p] - place), p))[:most]
    return next((p for p in near if _is_piece(pieces, paper.rows[p], texts[found.pairs[p]])), None)


def _is_piece(pieces: Words, row: PaperRow, own: Words) -> bool:
    """Tell whether a line's texts, by most of their letters, are stretches of a row that its own line does not say whole."""
    printed = (text for text in (*row.wordings.values(), row.part) if text)
    left = [text for text in printed if all(likeness(text, said) < UNMATCHED.whole for said in own)]
    long = [text for text in pieces if len(text) >= UNMATCHED.shortest_piece]
    held = [text for text in long if any(_is_stretch(text, whole) for whole in left)]
    return bool(held) and sum(map(len, held)) >= UNMATCHED.mostly * sum(map(len, long))


def _is_stretch(text: str, whole: str) -> bool:
    return part_likeness(text, whole) >= UNMATCHED.held and len(text) <= UNMATCHED.longest * len(whole)
