"""A recognised line turned into slots: the stretches between spaces that both readers saw."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from rapidfuzz.distance import Levenshtein

from extract.types import Seen, TextLine, Word
from normalize.recognised.counting import ALONE, Beside
from normalize.recognised.settings import DECIDING
from normalize.words.confusables import plain_marks

Part = tuple[
    int, int, str | None, float
]  # first word, word behind the last, what the second reader saw, how surely
NONE: Mapping[int, Beside] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Slot:
    """A stretch of a line: the first reader's words there, and what the second saw (`None`: there was none).

    `second_chance` is the confidence of the second one's least certain word; `start` and `end` count the line's words.
    `before` and `behind` are the words beside it, in the lines above and below of the cell where it `opens` or `closes`
    its own. `indent` says how far to the right of the leftmost line of its cell a line begins, in line heights. `beside` are
    the numerals above and below a line's first one, see `numerals_beside`.
    """

    words: tuple[Word, ...]
    start: int
    second: str | None
    second_chance: float
    before: str = ""
    behind: str = ""
    opens: bool = False
    closes: bool = False
    indent: float = 0.0
    beside: Beside = ALONE

    @property
    def text(self) -> str:
        """What the first reader saw."""
        return " ".join(word.text for word in self.words)

    @property
    def end(self) -> int:
        """The number of the line's word behind the slot."""
        return self.start + len(self.words)


def cell_slots(lines: Sequence[TextLine], numerals: Mapping[int, Beside] = NONE) -> list[list[Slot]]:
    """Return the slots of each line of a cell; `numerals` are those beside lines, by their `id`."""
    texts = [line.text.split() for line in lines]
    found = []
    for n, line in enumerate(lines):
        above = texts[n - 1][-1:] if n else []
        below = texts[n + 1][:1] if n + 1 < len(lines) else []
        slots = slots_of(line, *(above or [""]), *(below or [""]), indent=_indent(line, lines))
        slots[:1] = [replace(slot, beside=numerals.get(id(line), ALONE)) for slot in slots[:1]]
        found.append(slots)
    return found


def _indent(line: TextLine, lines: Sequence[TextLine]) -> float:
    boxes = [other.bbox for other in lines if other.bbox is not None]
    if line.bbox is None or not boxes:
        return 0.0
    return (line.bbox.x0 - min(box.x0 for box in boxes)) / max(1.0, line.bbox.height)


def slots_of(line: TextLine, above: str = "", below: str = "", *, indent: float = 0.0) -> list[Slot]:
    """Return the slots of a line from left to right; each word is in one.

    `above` is the last word of the line above in its cell, `below` the first one of that below.
    """
    words = [word.text for word in line.words]
    if not words:
        return []
    if line.agreed is None:
        parts: list[Part] = [(n, n + 1, None, 0.0) for n in range(len(words))]
    else:
        parts = [*_parts(words, _second(line))]
    around = [above, *words, below]
    return [
        Slot(
            line.words[start:end],
            start,
            second,
            chance,
            around[start],
            around[end + 1],
            opens=start == 0,
            closes=end == len(words),
            indent=indent if start == 0 else 0.0,
        )
        for start, end, second, chance in parts
    ]


def _second(line: TextLine) -> Sequence[Seen]:
    """Return the second reader's words; of a line that has only its text, the other text or the same."""
    if line.second:
        return line.second
    text = line.text if line.agreed else next(iter(line.others), "")
    return [Seen(text=word, chance=DECIDING.untold) for word in text.split()]


def _parts(words: Sequence[str], second: Sequence[Seen]) -> Iterator[Part]:
    """Yield the first reader's words of each slot (start, end) with what the second saw there, and how sure it was."""
    ours, theirs = plain_marks(" ".join(words)), plain_marks(" ".join(seen.text for seen in second))
    shared = _shared_spaces(ours, theirs)
    cuts = [(0, 0), *((_words_before(ours, i), _words_before(theirs, j)) for i, j in shared)]
    cuts.append((len(words), len(second)))
    for (start, other), (end, other_end) in itertools.pairwise(cuts):
        seen = second[other:other_end]
        text = " ".join(each.text for each in seen)
        chance = min((each.chance for each in seen), default=0.0)
        if end - start <= DECIDING.most_words and len(seen) <= DECIDING.most_words:
            yield start, end, text, chance
        else:
            yield from _each(words, start, end, seen)


def _each(
    words: Sequence[str], start: int, end: int, seen: Sequence[Seen]
) -> Iterator[tuple[int, int, str | None, float]]:
    """Yield words one by one, each with that of the second reader's which is most like it."""
    for n in range(start, end):
        best = max(
            seen, key=lambda each: Levenshtein.normalized_similarity(words[n], each.text), default=None
        )
        like = best is not None and Levenshtein.normalized_similarity(words[n], best.text) >= DECIDING.unlike
        yield (n, n + 1, best.text, best.chance) if best is not None and like else (n, n + 1, "", 0.0)


def _shared_spaces(ours: str, theirs: str) -> list[tuple[int, int]]:
    """Return the places of the spaces that both texts have at the same place."""
    found = []
    for step in Levenshtein.opcodes(ours, theirs):
        if step.tag == "equal":
            span = range(step.src_end - step.src_start)
            found += [
                (step.src_start + n, step.dest_start + n) for n in span if ours[step.src_start + n] == " "
            ]
    return found


def _words_before(text: str, place: int) -> int:
    return text.count(" ", 0, place) + 1
