"""How often recognised words are right, by what is known of them: `python -m benchmarks.calibrate`.

Drawn scans are read and each recognised word is held against what was printed. Without `--fit` the command
prints, for pages that the table was not fitted on, a line a kind and confidence band: the share right, how many
words, and the share that the table in use promises. With `--fit` it writes that table.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from rapidfuzz.distance import Levenshtein

from benchmarks.scan_sources import Wanted, draw
from extract.reading import read_document
from extract.types import Extraction, TextLine
from lampiran.resources import load_resources
from normalize import build_plan
from normalize.draft import Draft
from normalize.evidence import AGREEMENTS, CLASSES, Lexical, WordEvidence, line_evidence
from normalize.lexical import DocumentWords
from normalize.rows import build_rows
from normalize.second_reading import choose_readings

TABLE = Path(__file__).resolve().parent.parent / "lampiran" / "data" / "calibration.json"
BANDS = (0.0, 0.3, 0.45, 0.55, 0.585, 0.7, 0.8, 0.9, 0.95, 0.98, 0.99, 0.996)
FIT_SEEDS = (101, 102)
CHECK_SEEDS = (201, 202)
PRESETS = ("clean200", "office200", "rough150")
SOURCES = ("kpu-contoh-2024", "serif-f4-2025", "dot-a3-2020")
FIELDS = ("indicator", "action", "evidence", "responsible")
PRIOR = 2.0  # words by which a band leans on the one below it


@dataclass(frozen=True, slots=True)
class Seen:
    """One recognised word: what kind it is, its confidence, and whether it is what was printed."""

    kind: str
    confidence: float
    right: bool


def words_of_scan(
    source: str, preset: str, seed: int, readers: Sequence[str] | None, pages: int
) -> Iterator[Seen]:
    """Read a drawn scan and yield its words."""
    drawn = draw(source, preset, seed, pages)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "scan.pdf"
        path.write_bytes(drawn.scan.pdf)
        extraction = read_document(path, text_readers=readers)
    yield from words_of(extraction, drawn.rows)


def words_of(extraction: Extraction, rows: Sequence[Wanted]) -> Iterator[Seen]:
    """Yield the words of a reading whose rows are those printed; nothing where rows are missing or invented."""
    resources = load_resources()
    plan = build_plan(extraction, resources)
    placed = list(plan.placed())
    if len(placed) != len(rows):
        return
    draft = choose_readings(build_rows(Draft(extraction, resources)))
    known = DocumentWords(draft)
    cells = {cell.ref: cell for each in draft.rows for cell in each.cells}
    for row, wanted in zip(placed, rows, strict=True):
        for name in FIELDS:
            value = getattr(row.action, name)
            if value.status == "filled":
                continue
            lines = [line for ref in value.refs if ref in cells for line in cells[ref].lines]
            yield from _judged(
                [line for line in lines if not line.covered], str(getattr(wanted.action, name)), known
            )


def _judged(lines: Sequence[TextLine], printed: str, words: Lexical) -> Iterator[Seen]:
    """Align the letters read with those printed; a word is right if none of its letters needs an edit.

    A letter or space that is printed and was not read makes the word wrong before which it is missing, a space
    within a line also the word behind it.
    """
    words = [(word, n) for n, line in enumerate(lines) for word in line_evidence(line, words)]
    read, spans = _running(words)
    wrong = _misread(read, " ".join(printed.split()))
    for (word, _), span in zip(words, spans, strict=True):
        yield Seen(word.kind, word.confidence, not any(place in wrong for place in span))


def _running(words: Sequence[tuple[WordEvidence, int]]) -> tuple[str, list[range]]:
    """Return the words as running text, with the places of each word's letters and of a space before it."""
    text, spans, line = "", [], 0
    for word, number in words:
        start = len(text)
        text += ("" if not text else "\n" if number != line else " ") + word.text
        line = number
        spans.append(range(start, len(text)))
    return text, spans


def _misread(read: str, printed: str) -> set[int]:
    """Return the places of the running text that an edit touches; where a line ends a space may be missing."""
    wrong: set[int] = set()
    for edit in Levenshtein.editops(read, printed):
        at = edit.src_pos
        if edit.tag != "insert" and read[at] == "\n":
            continue
        wrong.add(at if at < len(read) else len(read) - 1)
        if edit.tag == "insert" and 0 < at < len(read) and read[at] in " \n":
            wrong.add(at - 1)
    return wrong


def tally(seen: Sequence[Seen]) -> dict[str, list[tuple[int, int]]]:
    """Return for each kind the right and all words of each band."""
    counts: dict[str, list[tuple[int, int]]] = defaultdict(lambda: [(0, 0)] * len(BANDS))
    for word in seen:
        band = bisect_right(BANDS, word.confidence) - 1
        right, total = counts[word.kind][band]
        counts[word.kind][band] = (right + word.right, total + 1)
    return counts


def fitted(counts: dict[str, list[tuple[int, int]]]) -> dict[str, list[float]]:
    """Return rising shares: each band leans on the one below it, and none lies below that.

    No share is nearer to 1 than half a wrong word among all words of its kind: more was not seen.
    """
    shares: dict[str, list[float]] = {}
    for agreement in AGREEMENTS:
        for word_class in CLASSES:
            kind = f"{agreement} {word_class}"
            below = 0.5
            most = 1 - 0.5 / (1 + sum(total for _, total in counts.get(kind, ())))
            shares[kind] = []
            for right, total in counts.get(kind, [(0, 0)] * len(BANDS)):
                below = min(most, max(below, (right + PRIOR * below) / (total + PRIOR)))
                shares[kind].append(round(below, 5))
    return shares


def main(arguments: Sequence[str] | None = None) -> None:
    """Fit the table, or print how honest it is."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--fit", action="store_true", help="fit the table and write it")
    parser.add_argument("--seeds", default="", help="seeds of the drawn scans, parted by commas")
    parser.add_argument("--sources", default=",".join(SOURCES), help="drawn decrees, parted by commas")
    parser.add_argument("--presets", default=",".join(PRESETS), help="kinds of scans, parted by commas")
    parser.add_argument("--pages", type=int, default=3, help="annex pages of each scan")
    options = parser.parse_args(arguments)
    seeds = [int(s) for s in options.seeds.split(",") if s] or list(FIT_SEEDS if options.fit else CHECK_SEEDS)
    sources, presets = options.sources.split(","), options.presets.split(",")
    seen = [
        word
        for source in sources
        for preset in presets
        for seed in seeds
        for readers in (None, ("rapidocr",))
        for word in words_of_scan(source, preset, seed, readers, options.pages)
    ]
    counts = tally(seen)
    table = load_resources().calibration
    for kind in sorted(counts):
        for band, (right, total) in enumerate(counts[kind]):
            if total:
                promised = table.shares[kind][band]
                print(
                    f"{kind:14} from {BANDS[band]:4.2f}  right {right / total:8.5f}  n {total:6}  table {promised:8.5f}"
                )
    print(f"all words {len(seen)}, right {sum(w.right for w in seen) / max(1, len(seen)):.5f}")
    if options.fit:
        text = "fitted by `python -m benchmarks.calibrate --fit` on drawn scans"
        source_note = f"{text}: {', '.join(sources)}; {', '.join(presets)}; {options.pages} pages; seeds {', '.join(map(str, seeds))}"
        data = {"source": source_note, "bands": list(BANDS), "shares": fitted(counts)}
        TABLE.write_text(json.dumps(data, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
