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

from benchmarks.scan_sources import draw
from extract.reading import read_document
from extract.types import TextLine
from lampiran.resources import load_resources
from normalize import build_plan
from normalize.calibration import Agreement, word_kind
from normalize.certainty import agreement_of, is_known

TABLE = Path(__file__).resolve().parent.parent / "lampiran" / "data" / "calibration.json"
BANDS = (0.0, 0.3, 0.5, 0.7, 0.8, 0.9, 0.95, 0.98, 0.99)
FIT_SEEDS = (101, 102)
CHECK_SEEDS = (201, 202)
PRESETS = ("clean200", "office200", "rough150")
SOURCES = ("kpu-contoh-2024", "serif-f4-2025", "dot-a3-2020")
AGREEMENTS: tuple[Agreement, ...] = ("agreed", "differ", "alone")
FIELDS = ("indicator", "action", "evidence")
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
    resources = load_resources()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "scan.pdf"
        path.write_bytes(drawn.scan.pdf)
        extraction = read_document(path, text_readers=readers)
    placed = list(build_plan(extraction, resources).placed())
    if len(placed) != len(drawn.rows):
        return
    cells = {cell.ref: cell for grid in extraction.grids for cell in grid.cells}
    for row, wanted in zip(placed, drawn.rows, strict=True):
        for name in FIELDS:
            lines = [
                line for ref in getattr(row.action, name).refs if ref in cells for line in cells[ref].lines
            ]
            yield from _judged(lines, str(getattr(wanted.action, name)))


def _judged(lines: Sequence[TextLine], printed: str) -> Iterator[Seen]:
    """Align the letters read with those printed; a word is right if none of its letters needs an edit."""
    words = [(word, line) for line in lines for word in line.words]
    read = "".join(word.text for word, _ in words)
    edits = Levenshtein.editops(read, "".join(printed.split()))
    wrong = {edit.src_pos for edit in edits}
    position = 0
    for word, line in words:
        span = range(position, position + len(word.text))
        position = span.stop
        known = is_known(word.text, load_resources().words)
        right = not any(place in wrong for place in span)
        yield Seen(word_kind(agreement_of(line), known=known), word.confidence, right)


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
        for known in (True, False):
            kind = word_kind(agreement, known=known)
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
