"""How often recognised words are right, by what is known of them: `python -m benchmarks.calibrate`.

Drawn scans are read, by the default reader alone and by both, and each recognised word is held against what was
printed. Without `--fit` the command prints, for pages that the table was not fitted on, a line a band of certainty:
how many words, the share right with its 95 % interval (Wilson), and the mean of what the table promises; then the
same by the kinds of words that ask for a review most. With `--fit` it fits the table and writes it.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from pathlib import Path

from rapidfuzz.distance import Levenshtein

from benchmarks.cores import pool
from benchmarks.scan_sources import Wanted, draw
from benchmarks.word_odds import fitted, wilson
from extract.reading import read_document
from extract.types import Extraction, TextLine
from lampiran.resources import load_resources
from normalize import build_plan
from normalize.calibration import Calibration
from normalize.draft import Draft
from normalize.evidence import Lexical, WordEvidence, line_evidence
from normalize.lexical import DocumentWords
from normalize.rows.build import build_rows
from normalize.second_reading import choose_readings

TABLE = Path(__file__).resolve().parent.parent / "lampiran" / "data" / "calibration.json"
BANDS = (0.0, 0.5, 0.8, 0.9, 0.95, 0.98, 0.99, 0.995, 0.998, 0.999)
FIT_SEEDS = (101, 102)
CHECK_SEEDS = (201,)
PRESETS = ("clean300", "clean200", "office200", "rough150", "crooked200", "stamped200")
SOURCES = (
    "kpu-contoh-2024",
    "serif-f4-2025",
    "dot-a3-2020",
    *(f"random-{n}" for n in (1, 2, 3, 4, 5, 6)),
)
FIELDS = ("indicator", "action", "evidence", "responsible")
READERS: dict[str, tuple[str, ...] | None] = {"both": None, "rapidocr": ("rapidocr",)}


@dataclass(frozen=True, slots=True)
class Seen:
    """One recognised word: what speaks for it, and whether it is what was printed."""

    parts: dict[str, str]
    confidence: float
    right: bool


def words_of_scan(source: str, preset: str, seed: int, reader: str, pages: int) -> list[Seen]:
    """Read a drawn scan and return its words."""
    drawn = draw(source, preset, seed, pages)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "scan.pdf"
        path.write_bytes(drawn.scan.pdf)
        extraction = read_document(path, text_readers=READERS[reader])
    return list(words_of(extraction, drawn.rows))


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
    seen = [(word, n) for n, line in enumerate(lines) for word in line_evidence(line, words)]
    read, spans = _running(seen)
    wrong = _misread(read, " ".join(printed.split()))
    for (word, _), span in zip(seen, spans, strict=True):
        yield Seen(word.parts, word.confidence, not any(place in wrong for place in span))


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


def report(seen: Sequence[Seen], table: Calibration) -> Iterator[str]:
    """Yield the lines of the table of certainty bands, and of the kinds that are least certain."""
    bands: dict[int, list[tuple[float, bool]]] = defaultdict(list)
    kinds: dict[str, list[tuple[float, bool]]] = defaultdict(list)
    for word in seen:
        promised = table.certainty(word.confidence, word.parts)
        bands[bisect_right(BANDS, promised) - 1].append((promised, word.right))
        kinds[word.parts["kind"]].append((promised, word.right))
    yield f"{'certainty from':24} {'n':>7} {'right':>9} {'95 % interval':>19} {'promised':>9}"
    for band in sorted(bands):
        yield _line(f"{BANDS[band]:.3f}", bands[band])
    yield ""
    doubted = Counter({kind: sum(p < 0.95 for p, _ in words) for kind, words in kinds.items()})
    for kind, count in doubted.most_common(12):
        if count:
            yield _line(kind, kinds[kind])


def _line(name: str, words: Sequence[tuple[float, bool]]) -> str:
    right, promised = sum(ok for _, ok in words), sum(p for p, _ in words) / len(words)
    low, high = wilson(right, len(words))
    note = "" if low <= promised <= high else " too high" if promised > high else " too low"
    return f"{name:24} {len(words):7} {right / len(words):9.5f} {low:9.5f} {high:9.5f} {promised:9.5f}{note}"


def collect(options: argparse.Namespace, seeds: Sequence[int]) -> dict[str, list[Seen]]:
    """Read all scans, each process on a core of its own, and return the words by reader."""
    jobs = list(
        product(options.sources.split(","), options.presets.split(","), seeds, options.readers.split(","))
    )
    seen: dict[str, list[Seen]] = {reader: [] for reader in options.readers.split(",")}
    with pool(options.workers) as workers:
        found = [workers.submit(words_of_scan, *job, options.pages) for job in jobs]
        for n, (job, words) in enumerate(zip(jobs, found, strict=True), 1):
            seen[job[3]] += words.result()
            if not words.result():
                sys.stderr.write(f"left out, rows are missing or invented: {job}\n")
            if sys.stderr.isatty():
                sys.stderr.write(f"\r{n}/{len(jobs)}")
    return seen


def main(arguments: Sequence[str] | None = None) -> None:
    """Fit the table, or print how honest it is."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--fit", action="store_true", help="fit the table and write it")
    parser.add_argument("--seeds", default="", help="seeds of the drawn scans, parted by commas")
    parser.add_argument("--sources", default=",".join(SOURCES), help="drawn decrees, parted by commas")
    parser.add_argument("--presets", default=",".join(PRESETS), help="kinds of scans, parted by commas")
    parser.add_argument("--readers", default=",".join(READERS), help="both, rapidocr")
    parser.add_argument("--pages", type=int, default=2, help="annex pages of each scan")
    parser.add_argument("--workers", type=int, default=2)
    options = parser.parse_args(arguments)
    seeds = [int(s) for s in options.seeds.split(",") if s] or list(FIT_SEEDS if options.fit else CHECK_SEEDS)
    seen = collect(options, seeds)
    if options.fit:
        words = [word for each in seen.values() for word in each]
        data = fitted([(w.parts, w.confidence, w.right) for w in words])
        note = (
            f"fitted by `python -m benchmarks.calibrate --fit` on {len(words)} words of drawn scans: "
            f"{options.sources}; {options.presets}; {options.pages} pages; seeds {seeds}"
        )
        TABLE.write_text(json.dumps({"source": note, **data}, indent=1) + "\n", encoding="utf-8")
    table = Calibration.from_json(json.loads(TABLE.read_text(encoding="utf-8")))
    for reader, words in seen.items():
        print(f"\n{reader}: {len(words)} words, right {sum(w.right for w in words) / max(1, len(words)):.5f}")
        print("\n".join(report(words, table)))


if __name__ == "__main__":
    main()
