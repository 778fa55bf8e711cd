"""Compares a reading with what was printed: its slots of words, their candidates' features, and which one is right."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import Levenshtein

from benchmarks.accuracy.office_score import matched, read_rows
from extract.types import Cell, Extraction, TextLine
from normalize import Resources, build_plan
from normalize.plan.numerals import STYLES
from normalize.recognised.candidates import candidates, is_sure
from normalize.recognised.counting import Beside, counts_on, numerals_beside, ordinals
from normalize.recognised.document_words import Vocabulary, ending
from normalize.recognised.slots import Slot, cell_slots
from normalize.recognised.word_features import features
from normalize.words.confusables import plain_marks

FIELDS = ("area", "component", "component_no", "indicator", "action", "evidence", "responsible")
MOST_WRONG = 0.5  # of a text's letters: one that is read worse belongs to another row
# Shares of slots that are also judged as printed with a misprint, which must stay, and of texts as one reader alone saw them.
MISPRINTS, ALONE = 0.02, 0.3
DISORDER = 0.7  # share of numerals that are also judged below one that they do not follow: a decree's own miscount must be kept
LETTERS = "aeiounrtsdlmk"


@dataclass(frozen=True, slots=True)
class JudgedSlot:
    """A slot: its candidates and their features (n, f), the number of the right one (-1: none), and where it is.

    `sure`: nothing but what was read was considered.
    """

    texts: tuple[str, ...]
    features: NDArray[np.float32]
    right: int
    printed: str
    sure: bool
    place: tuple[int, str, str]


def judged_slots(
    extraction: Extraction, rows: Sequence[Mapping[str, Any]], fields: Sequence[str], resources: Resources
) -> Iterator[JudgedSlot]:
    """Yield the slots of a reading, `rows` holding what was printed; texts under foreign ink are left out."""
    lines = [line for grid in extraction.grids for cell in grid.cells for line in cell.lines if line.words]
    vocabulary = Vocabulary([*lines, *(line for line in extraction.lines if line.words)], resources.words)
    numerals = dict(numerals_beside(extraction.grids))
    rng = np.random.default_rng(len(lines))
    for row, field, own, printed in list(_texts(extraction, rows, fields, resources)):
        readings = [("", own)]
        if rng.random() < ALONE:
            alone = {"agreed": None, "second": (), "others": ()}
            copies = [line.model_copy(update=alone) for line in own]
            numerals |= {
                id(copy): numerals.get(id(line), Beside()) for copy, line in zip(copies, own, strict=True)
            }
            readings.append(("alone", copies))
        for kind, read in readings:
            for line, slot, text in _judged(read, printed, numerals):
                wear = vocabulary.wear.get(line.page, 0.0)
                if text:
                    yield _judge(slot, text, vocabulary, wear, (row, field, kind))
                if rng.random() < DISORDER and (other := _out_of_order(slot, text, rng)):
                    yield _judge(other, text, vocabulary, wear, (row, field, "disorder"))
                if rng.random() < MISPRINTS and (other := _misprinted(slot, text, vocabulary, rng)):
                    yield _judge(other, other.text, vocabulary, wear, (row, field, "misprint"))


def _judge(
    slot: Slot, printed: str, vocabulary: Vocabulary, wear: float, place: tuple[int, str, str]
) -> JudgedSlot:
    texts = candidates(slot, vocabulary)
    wanted = plain_marks(printed)
    right = next((n for n, text in enumerate(texts) if plain_marks(text) == wanted), -1)
    values = np.array([features(text, slot, vocabulary, wear) for text in texts], dtype=np.float32)
    return JudgedSlot(tuple(texts), values, right, printed, is_sure(slot, vocabulary), place)


def _texts(
    extraction: Extraction, rows: Sequence[Mapping[str, Any]], fields: Sequence[str], resources: Resources
) -> Iterator[tuple[int, str, list[TextLine], str]]:
    """Yield each text of the plan that has its own cells: its row, its field, its lines, what was printed."""
    plan = build_plan(extraction, resources)
    placed = list(plan.placed())
    cells = {cell.ref: cell for grid in extraction.grids for cell in grid.cells}
    signs = _numeral_signs(
        [cells[ref] for each in placed for ref in each.component.number.refs if ref in cells]
    )
    seen = set()
    for row, number in matched(rows, read_rows(plan), fields).items():
        found = placed[number]
        values = {"area": found.area.name, "component": found.component.name}
        values |= {"component_no": found.component.number}
        values |= {
            name: getattr(found.action, name) for name in ("indicator", "action", "evidence", "responsible")
        }
        shared = values["component"].refs == values["component_no"].refs
        for name in FIELDS:
            value = values[name]
            skipped = value.status in ("filled", "inferred", "missing") or not value.refs
            if name not in fields or skipped or value.refs in seen:
                continue
            seen.add(value.refs)
            lines = [line for ref in value.refs if ref in cells for line in cells[ref].lines]
            if lines and not any(line.covered for line in lines):
                printed = " ".join(str(rows[row][name]).split())
                if name == "component_no" or (
                    name == "component" and shared and rows[row].get("component_no")
                ):
                    rest = f" {printed}" if name == "component" else ""
                    printed = f"{rows[row]['component_no']}{signs}{rest}"
                yield row, name, lines, printed


def _numeral_signs(cells: Iterable[Cell]) -> str:
    """Return the signs behind the numerals of a document's components: the truth does not hold them."""
    first = (cell.lines[0].words[0].text for cell in cells if cell.lines and cell.lines[0].words)
    return max(Counter(ending(text) for text in first).items(), key=lambda each: each[1], default=("", 0))[0]


def _judged(
    lines: Sequence[TextLine], printed: str, numerals: Mapping[int, Beside]
) -> Iterator[tuple[TextLine, Slot, str]]:
    """Yield the slots of a text's lines with what was printed there, up to the printed spaces around it."""
    text, places = "", []
    for line, slots in zip(lines, cell_slots(lines, numerals), strict=True):
        for slot in slots:
            text += "" if not text else " "
            places.append((line, slot, len(text), len(text) + len(slot.text)))
            text += slot.text
    steps = Levenshtein.opcodes(text, printed)
    if Levenshtein.distance(text, printed) > MOST_WRONG * max(len(text), len(printed), 1):
        return
    same: dict[int, int] = {}
    near = [0] * (len(text) + 1)
    for step in steps:
        for n in range(step.src_end - step.src_start):
            near[step.src_start + n] = step.dest_start + min(n, step.dest_end - step.dest_start)
            if step.tag == "equal":
                same[step.src_start + n] = step.dest_start + n
    near[len(text)] = len(printed)
    for line, slot, start, end in places:
        first = 0 if start == 0 else same.get(start - 1, near[start] - 1) + 1
        last = len(printed) if end == len(text) else same.get(end, near[end])
        yield line, slot, printed[first:last].strip()


def _out_of_order(slot: Slot, printed: str, rng: np.random.Generator) -> Slot | None:
    """Return a slot with a numeral as if it were below another one of its kind that it does not follow."""
    if not slot.beside.above or slot.start:
        return None
    kinds = sorted(kind for kind, _ in ordinals(printed) & ordinals(slot.text) if kind in STYLES)
    if not kinds:
        return None
    above = STYLES[kinds[0]](int(rng.integers(1, 9))) + ending(printed)
    alone = Beside((above,))
    return replace(slot, beside=alone) if counts_on(printed, alone.above) < 0 else None


def _misprinted(slot: Slot, printed: str, vocabulary: Vocabulary, rng: np.random.Generator) -> Slot | None:
    """Return a slot as it would be read if a known word had been printed with one letter wrong; `None` where none fits."""
    fits = slot.text == printed and len(slot.words) == 1 and printed.isalpha() and len(printed) > 4
    if not fits or not vocabulary.knows(printed):
        return None
    at, letter = int(rng.integers(1, len(printed))), str(rng.choice(list(LETTERS)))
    ways = (
        printed[:at] + letter + printed[at + 1 :],
        printed[:at] + printed[at + 1 :],
        printed[:at] + letter + printed[at:],
        printed[: at - 1] + printed[at] + printed[at - 1] + printed[at + 1 :],
    )
    wrong = str(rng.choice(ways))
    if wrong == printed or vocabulary.knows(wrong):
        return None
    word = slot.words[0].model_copy(update={"text": wrong})
    return replace(slot, words=(word,), second=wrong if slot.second == printed else slot.second)
