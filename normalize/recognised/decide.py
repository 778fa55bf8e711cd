"""The words of a document's recognised lines decided, each with the chance that it is what was printed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import prod

from extract.types import Cell, Extraction, Seen, TextLine, Word
from normalize.recognised.candidates import candidates, is_sure
from normalize.recognised.counting import Beside, numerals_beside
from normalize.recognised.document_words import Vocabulary
from normalize.recognised.model import WordModel
from normalize.recognised.settings import DECIDING
from normalize.recognised.slots import NONE, Slot, cell_slots
from normalize.recognised.word_features import features
from normalize.words.confusables import plain_marks
from normalize.words.resources import WordResources


@dataclass(frozen=True, slots=True)
class Decision:
    """What was decided on in a slot, its chance, and the texts that were likely beside it."""

    slot: Slot
    text: str
    chance: float
    others: tuple[str, ...] = ()


def decide_words(extraction: Extraction, words: WordResources, model: WordModel) -> Extraction:
    """Return the extraction with the likeliest word in each place of its recognised lines.

    A word's `confidence` becomes the chance that it is right. A line whose text changes keeps what was read of it as
    `first_read`; what the readers saw instead are its `others`. Digital pages and transcriptions stay as they are.
    """
    return _judged(extraction, words, model, change=True)


def weigh_words(extraction: Extraction, words: WordResources, model: WordModel) -> Extraction:
    """Return the extraction with its texts as they were read; a word's `confidence` becomes the chance that it is right."""
    return _judged(extraction, words, model, change=False)


def _judged(extraction: Extraction, words: WordResources, model: WordModel, *, change: bool) -> Extraction:
    lines = [line for line in _lines(extraction) if line.words]
    if not lines:
        return extraction
    judge = Judge(Vocabulary(lines, words), model, numerals_beside(extraction.grids), change=change)
    grids = tuple(
        grid.replace(cells=tuple(map(judge.cell, grid.cells)))
        if any(cell.lines for cell in grid.cells)
        else grid
        for grid in extraction.grids
    )
    loose = tuple(judge.lines([line])[0] for line in extraction.lines)
    return extraction.replace(grids=grids, lines=loose)


def _lines(extraction: Extraction) -> Iterator[TextLine]:
    yield from (line for grid in extraction.grids for cell in grid.cells for line in cell.lines)
    yield from extraction.lines


class Judge:
    """Decides on the words of one document's lines."""

    def __init__(
        self,
        vocabulary: Vocabulary,
        model: WordModel,
        numerals: Mapping[int, Beside] = NONE,
        *,
        change: bool = True,
    ) -> None:
        """Judge by a document's vocabulary and the numerals beside its lines; without `change` words stay as they were read."""
        self._numerals = numerals
        self._vocabulary = vocabulary
        self._model = model
        self._change = change

    def cell(self, cell: Cell) -> Cell:
        """Return a cell with its words decided."""
        if not any(line.words for line in cell.lines):
            return cell
        lines = self.lines(cell.lines)
        if not all(line.first_read is None for line in lines):
            return cell.replace(lines=lines, text="\n".join(line.text for line in lines))
        return cell.replace(lines=lines)

    def lines(self, lines: Sequence[TextLine]) -> tuple[TextLine, ...]:
        """Return the lines of a cell with their words decided."""
        found = zip(lines, cell_slots(lines, self._numerals), strict=True)
        return tuple(self._line(line, slots) if slots else line for line, slots in found)

    def _line(self, line: TextLine, slots: Sequence[Slot]) -> TextLine:
        wear = self._vocabulary.wear.get(line.page, 0.0)
        decisions = [self.decision(slot, wear) for slot in slots]
        words = _with_doubt([word for each in decisions for word in _words(each)], decisions)
        if not words:
            return line.replace(confidence=0.0)
        text = " ".join(word.text for word in words)
        before = " ".join(word.text for word in line.words)
        update: dict[str, object] = {
            "text": text if text != before else line.text,
            "words": words,
            "confidence": min(word.confidence for word in words),
            "others": tuple(_others(line, decisions, text)),
        }
        if text != before:
            update["first_read"] = line.text
        return line.replace(**update)

    def decision(self, slot: Slot, wear: float) -> Decision:
        """Return what is likeliest in a slot of a page that is so worn (share of its words that were unsure)."""
        if is_sure(slot, self._vocabulary):
            return Decision(slot, slot.text, self._model.sure)
        texts = candidates(slot, self._vocabulary)
        chances = self._model.chances([features(text, slot, self._vocabulary, wear) for text in texts])
        best = int(chances.argmax()) if self._change else 0
        ranked = sorted(range(len(texts)), key=lambda n: -chances[n])
        alike = [plain_marks(text) == plain_marks(texts[best]) for text in texts]
        others = tuple(texts[n] for n in ranked if not alike[n] and chances[n] >= DECIDING.unlikely)
        return Decision(slot, texts[best], float(chances[alike].sum()), others)


def _with_doubt(words: Sequence[Word], decisions: Sequence[Decision]) -> tuple[Word, ...]:
    """Return a line's words; the doubt about what was taken for dirt is that of the first one."""
    dropped = prod(decision.chance for decision in decisions if not decision.text)
    if not words or dropped == 1:
        return tuple(words)
    first = words[0].replace(confidence=round(words[0].confidence * dropped, 5))
    return (first, *words[1:])


def _words(decision: Decision) -> Iterator[Word]:
    """Yield the words of a decision; where their number changed each has the place of all."""
    own, texts = decision.slot.words, decision.text.split()
    share = round(decision.chance ** (1 / max(1, len(texts))), 5)
    if [word.text for word in own] == texts or len(own) == len(texts):
        pairs = zip(own, texts, strict=True)
        yield from (word.replace(text=text, confidence=share) for word, text in pairs)
        return
    box = own[0].bbox
    for word in own[1:]:
        box = box.union(word.bbox)
    for text in texts:
        yield Word(
            text=text, bbox=box, confidence=share, choices=(Seen(text=decision.slot.text, chance=0.0),)
        )


def _others(line: TextLine, decisions: Sequence[Decision], text: str) -> Iterator[str]:
    """Yield what was seen instead of a line's text: by the readers, or what was likely in one of its slots."""
    told: dict[str, None] = {}
    if text != line.text:
        told[line.text] = None
    told |= dict.fromkeys(other for other in line.others if other != text)
    for n, decision in enumerate(decisions):
        for other in decision.others:
            parts = [*(d.text for d in decisions[:n]), other, *(d.text for d in decisions[n + 1 :])]
            told[" ".join(part for part in parts if part)] = None
    yield from [other for other in told if other != text][: DECIDING.most_others]
