"""Printed rows and lines without a partner -> what became of them: fused, split, written twice, missing, invented."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from rapidfuzz import fuzz

from lampiran.alignment.wording import wording
from lampiran.audit.match.alignment import WEIGHTS, Alignment, Title, row_likeness
from lampiran.audit.match.plan_rows import Paper, PaperRow
from lampiran.audit.match.texts import bare
from lampiran.audit.match.transcription_table import StatedRow
from normalize.labels import is_numeral
from schema.provenance import SourceRef

HELD = 92.0  # likeness, per cent, of a text with the stretch of another that holds it
SHORTEST_HELD = 12  # letters of a text that is not held by accident
LONGER = 1.25  # how much longer a cell is that holds two texts
BOTH = 0.8  # share of the letters of two texts that a cell with both has at least
AGAIN = 0.8  # likeness from which a line says a row once more
WHOLE = 95.0  # likeness, per cent, from which a line says a text whole
SHORTEST_PIECE = 4  # letters of a piece
LONGEST = 1.1  # how much longer a piece with faults may be than the text that it is of
MOSTLY = 0.7  # share of the letters of a line that a row must hold
_MANY = 100  # lines without a row, above which a piece is looked for near its row only
_NEIGHBOURS = 4  # rows nearest to a lone text, in which it may be a piece

Texts = Mapping[int, tuple[str, ...]]


def with_remainders(paper: Paper, rows: Sequence[StatedRow], found: Alignment, texts: Texts) -> Alignment:
    """Say what became of the rows and lines that have no partner; `texts` are the wordings of each line."""
    missing = [p for p in range(len(paper.rows)) if p not in found.pairs]
    fused = _fused(paper, found, texts, missing)
    held = {p for others in fused.values() for p in others}
    taken = set(found.pairs.values())
    left = [s for s in texts if s not in taken and texts[s]]
    twice = {s: p for s, p in _said_again(paper, texts, left).items() if p in found.pairs}
    titled: dict[int, Title] = {}
    lent: dict[int, list[int]] = {}
    for s in (s for s in left if s not in twice):
        below = _title_in(paper, rows[s], found, texts)
        if below is not None and not _breaks_off(paper, below[1], texts[s]):
            titled[s] = below[0]
            lent.setdefault(below[1], []).append(s)
    split: dict[int, list[int]] = {}
    for s in (s for s in left if s not in twice and s not in titled):
        whole = _whole(
            paper, found, texts, texts[s], s, _NEIGHBOURS if len(left) > _MANY else len(paper.rows)
        )
        if whole is not None:
            split.setdefault(whole, []).append(s)
    titles = []
    for title in found.titles:
        pieces = tuple(wording(bare(cell.text)) for cell in title.cells)
        whole = _whole(paper, found, texts, pieces, title.n - 1, _NEIGHBOURS) if title.score < 1 else None
        if whole is None:
            titles.append(title)
        else:
            split.setdefault(whole, []).extend(row.n - 1 for row in title.rows)
    titles += titled.values()
    used = set(titled) | {s for pieces_ in split.values() for s in pieces_}
    return replace(
        found,
        fused=fused,
        split=split,
        twice=twice,
        lent=lent,
        titles=tuple(titles),
        missing=tuple(p for p in missing if p not in held),
        invented=tuple(s for s in left if s not in twice and s not in used),
    )


def _title_in(paper: Paper, row: StatedRow, found: Alignment, texts: Texts) -> tuple[Title, int] | None:
    """Return the title of a component that a line holds beside other texts, and the printed row right below it.

    Not where the row's own line says the name. The other texts must be those of cells that the paper has beside the
    title, too: merged ones that begin above the row's action.
    """
    for n, part in enumerate(paper.components):
        name = wording(part.name.text)
        cell = next((c for c in row.filled if fuzz.ratio(name, wording(bare(c.text))) >= HELD), None)
        lines = {found.pairs[p]: p for p in part.rows if p in found.pairs and found.pairs[p] >= row.n}
        below = min(lines, default=None)
        if not name or cell is None or below is None or below - row.n >= _NEIGHBOURS:
            continue
        named = any(fuzz.ratio(name, text) >= HELD for text in texts[below])
        others = [wording(bare(c.text)) for c in row.filled if c is not cell and not is_numeral(c.text)]
        if not named and all(_begins_above(text, paper.rows[lines[below]]) for text in others if text):
            return Title((row,), "component", n, 1.0, cell), lines[below]
    return None


def _breaks_off(paper: Paper, p: int, pieces: tuple[str, ...]) -> bool:
    """Tell whether a text besides the component's name is but a stretch of a printed one: the line is a piece of a row."""
    row = paper.rows[p]
    name = wording(paper.components[row.component].name.text)
    printed = [wording(value.text) for value in row.texts.values()]
    rest = [text for text in pieces if len(text) >= SHORTEST_HELD and fuzz.ratio(text, name) < HELD]
    return any(
        LONGER * len(text) <= len(whole) and fuzz.partial_ratio(text, whole) >= HELD
        for text in rest
        for whole in printed
    )


def _begins_above(text: str, row: PaperRow) -> bool:
    """Tell whether a text is that of a cell of the row that begins above the cell of its action."""
    own = row.texts["action"].ref
    return any(
        fuzz.ratio(text, wording(value.text)) >= WHOLE and _is_higher(value.ref, own)
        for value in row.texts.values()
    )


def _is_higher(ref: SourceRef | None, other: SourceRef | None) -> bool:
    if ref is None or other is None or ref.bbox is None or other.bbox is None:
        return False
    return (ref.page or 0, ref.bbox.top + 1) < (other.page or 0, other.bbox.top)


def _fused(paper: Paper, found: Alignment, texts: Texts, missing: list[int]) -> dict[int, list[int]]:
    """Return, by line, the printed rows that it holds besides its own."""
    back = {s: p for p, s in found.pairs.items()}
    fused: dict[int, list[int]] = {}
    for p in missing:
        near = sorted(back, key=lambda s: (abs(back[s] - p), s))
        holder = next((s for s in near if _holds(texts[s], paper, back[s], p)), None)
        if holder is not None:
            fused.setdefault(holder, []).append(p)
    return fused


def _holds(texts: tuple[str, ...], paper: Paper, own: int, other: int) -> bool:
    """Tell whether a line holds, besides its own row, the texts of another row in longer cells."""
    mine, theirs = paper.rows[own], paper.rows[other]
    asked = [
        (wording(theirs.texts[name].text), wording(mine.texts[name].text))
        for name in WEIGHTS
        if name in theirs.texts and name in mine.texts
    ]
    long = [(a, b) for a, b in asked if len(a) >= SHORTEST_HELD and a != b]
    return bool(long) and all(any(_held(a, b, text) for text in texts) for a, b in long)


def _held(text: str, beside: str, cell: str) -> bool:
    longer = len(cell) >= LONGER * len(text) and len(cell) >= BOTH * (len(text) + len(beside))
    return longer and fuzz.partial_ratio(text, cell) >= HELD


def _said_again(paper: Paper, texts: Texts, left: Sequence[int]) -> dict[int, int]:
    """Return, by line, the printed row that it says once more as a whole."""
    score = row_likeness(paper.rows, [texts[s] for s in left])
    if not score.size:
        return {}
    best = score.argmax(axis=0)
    return {s: int(best[n]) for n, s in enumerate(left) if score[best[n], n] >= AGAIN}


def _whole(
    paper: Paper, found: Alignment, texts: Texts, pieces: tuple[str, ...], place: int, most: int
) -> int | None:
    """Return the printed row, of those whose lines are nearest, that a line is a piece of."""
    near = sorted(found.pairs, key=lambda p: (abs(found.pairs[p] - place), p))[:most]
    return next((p for p in near if _is_piece(pieces, paper, p, texts[found.pairs[p]])), None)


def _is_piece(pieces: tuple[str, ...], paper: Paper, p: int, own: tuple[str, ...]) -> bool:
    """Tell whether a line's texts, by most of their letters, are stretches of a row that its own line does not say whole."""
    row = paper.rows[p]
    printed = [wording(value.text) for value in row.texts.values()]
    printed.append(wording(paper.components[row.component].name.text))
    open_ = [text for text in printed if text and not any(fuzz.ratio(text, said) >= WHOLE for said in own)]
    long = [text for text in pieces if len(text) >= SHORTEST_PIECE]
    held = [
        text
        for text in long
        if any(
            fuzz.partial_ratio(text, whole) >= HELD and len(text) <= LONGEST * len(whole) for whole in open_
        )
    ]
    return bool(held) and sum(map(len, held)) >= MOSTLY * sum(map(len, long))
