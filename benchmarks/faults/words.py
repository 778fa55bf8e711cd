"""Turns the official sentences into damaged ones and prints how many words the corrector repairs.

A fault is planted in one word of each sentence: a confusion of lampiran/data/confusions.json,
backwards (what is printed becomes what a reader sees), drawn by a seed. The document is all sentences, the damaged one in place of the sound one. Three
settings say how much the corrector is given: the official list and the document, the document
alone, the lexicon alone. Faults from the table flatter the corrector (its costs were set with this
list in view), so two more rows drop, add or replace any letter; most of these are not confusions of
a reader, and a suggestion is enough. What happens to the sound sentences is printed in full: the
official list has misprints, too.
"""

from __future__ import annotations

import json
import random
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from benchmarks import command
from benchmarks.faults.text_faults import misread, mistyped
from benchmarks.tree import DATA, confusions
from lampiran.data.words import word_resources
from normalize.words import (
    DocumentVocabulary,
    OfficialWording,
    WordChange,
    WordResources,
    correct_text,
    join_lines,
    official_sentences,
    read_vocabulary,
)
from normalize.words.tokens import Token, tokenize

FEWEST_SPACES = 3
LONG_WORD = 8
LEXICON = "lexicon alone"
ANY_LETTER = "any letter, list and document"
ANY_LETTER_ALONE = "any letter, lexicon alone"


def outcome(
    text: str, token: Token, damaged: str, vocabulary: DocumentVocabulary, resources: WordResources
) -> str:
    """Name what the corrector made of one planted fault."""
    result, changes = correct_text(text, vocabulary, resources)
    there = [c for c in changes if c.start <= token.start < c.start + max(1, len(c.raw))]
    sound = text[: token.start] + token.raw + text[token.start + len(damaged) :]
    expected, usual = correct_text(sound, vocabulary, resources)
    if {c.raw for c in changes if c.applied and c not in there} - {c.raw for c in usual}:
        return "wrong repair"
    if any(change.applied for change in there):
        return "repaired" if result.lower() == expected.lower() else "wrong repair"
    if any(token.folded in (c.value.lower(), *(a.lower() for a in c.alternatives)) for c in there):
        return "suggested"
    if resources.knows(damaged.lower()):
        return "became a word"
    return "missed"


def measure(sentences: Sequence[str], seeds: int, setting: str, resources: WordResources) -> Counter[str]:
    """Count the outcomes over all sentences and seeds."""
    pairs = confusions()
    counts: Counter[str] = Counter()
    for seed in range(seeds):
        rng = random.Random(seed)
        for sentence in sentences:
            fault = (
                mistyped(sentence, rng)
                if setting in {ANY_LETTER, ANY_LETTER_ALONE}
                else misread(sentence, pairs, rng)
            )
            if fault is not None:
                vocabulary = DocumentVocabulary()
                if setting not in {LEXICON, ANY_LETTER_ALONE}:
                    others = [fault[0] if other == sentence else other for other in sentences]
                    vocabulary = read_vocabulary(others, resources)
                counts[outcome(*fault, vocabulary, resources)] += 1
    return counts


def sound_changes(sentences: Sequence[str], resources: WordResources) -> Iterator[WordChange]:
    """Yield what the corrector changes or doubts in the sound sentences, spelling habits aside."""
    vocabulary = read_vocabulary(sentences, resources)
    for sentence in sentences:
        for change in correct_text(sentence, vocabulary, resources)[1]:
            if change.rule != "spelling-habit":
                yield change


def joints(sentences: Sequence[str], resources: WordResources) -> tuple[int, int, int, int]:
    """Break sentences at each space and long words at a hyphen; return tries and failures of each kind."""
    vocabulary = read_vocabulary(sentences, resources)
    spaces = wrong_spaces = hyphens = wrong_hyphens = 0
    for sentence in sentences:
        text = " ".join(sentence.split())
        for at in (place for place, char in enumerate(text) if char == " "):
            spaces += 1
            joined = join_lines([text[:at], text[at + 1 :]], vocabulary, resources)
            wrong_spaces += joined.text != text
        for token in tokenize(text):
            if len(token.raw) >= LONG_WORD and token.raw.isalpha():
                at = token.start + len(token.raw) // 2
                hyphens += 1
                joined = join_lines([text[:at] + "-", text[at:]], vocabulary, resources)
                wrong_hyphens += joined.text != text
    return spaces, wrong_spaces, hyphens, wrong_hyphens


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table."""
    parser = command.parser("words", __doc__)
    parser.add_argument("--seeds", type=int, default=5)
    seeds = parser.parse_args(arguments).seeds
    full = word_resources()
    bare = replace(full, official=OfficialWording.of((), full.lexicon))
    sentences = list(
        dict.fromkeys(
            s
            for s in official_sentences(json.loads((DATA / "lke.json").read_bytes()))
            if s.count(" ") >= FEWEST_SPACES
        )
    )
    settings = (
        ("official list and document", full),
        ("document alone", bare),
        (LEXICON, bare),
        (ANY_LETTER, full),
        (ANY_LETTER_ALONE, bare),
    )
    kinds = ("repaired", "suggested", "missed", "became a word", "wrong repair")
    print(f"{'setting':31}{'planted':>9}" + "".join(f"{kind:>15}" for kind in kinds) + f"{'recall':>9}")
    for setting, resources in settings:
        counts = measure(sentences, seeds, setting, resources)
        total = counts.total()
        shares = "".join(f"{counts[kind] / total:>15.2%}" for kind in kinds)
        print(f"{setting:31}{total:>9}{shares}{(counts['repaired'] + counts['suggested']) / total:>9.2%}")
    words = sum(len(tokenize(sentence)) for sentence in sentences)
    started = time.perf_counter()
    found = list(sound_changes(sentences, full))
    print(f"sound sentences: {words} words, {words / (time.perf_counter() - started):,.0f} words a second")
    for change in found:
        print(
            f"  {change.raw} -> {change.value} ({change.rule}, {'applied' if change.applied else 'suggested'})"
        )
    spaces, wrong_spaces, hyphens, wrong_hyphens = joints(sentences, full)
    told = f"{spaces} at spaces, {wrong_spaces} wrong; {hyphens} at hyphens, {wrong_hyphens} wrong"
    print(f"line joints: {told}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
