"""Changes drawn files at random and counts how reading the copies ends: none may hang, crash or be unforeseen.

Files are drawn plans: PDFs, and transcriptions of all kinds. Each copy is read in a process of its own under limits of
time and memory; every twentieth is also written as a result, and looked at for files beside it. A row for each kind says
how many copies were `read`, read in part (`partly`), `refused` with a sentence or held no plan, and how many `failed`,
of which each is named with its seed: `--only SEED` makes that copy again.
"""

from __future__ import annotations

import random
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

from benchmarks import command
from benchmarks.faults.transcription import lines_of, script_of, written
from benchmarks.hostile import running
from benchmarks.hostile.book import Book, plan_operators
from benchmarks.hostile.mutating import mutated
from benchmarks.tree import SAMPLES
from samples.draw.ruled import ruled, ruled_pdf
from samples.draw.truth import load

RIGHT = ("read", "partly", "refused", "no-plan")
WRITTEN = 20  # of so many copies one is written, too


def sources() -> dict[str, bytes]:
    """Return drawn files by their names."""
    book = Book.with_plan()
    book.page(b"0.9 0 0 0.9 20 20 cm " + plan_operators())
    script = script_of(load(SAMPLES / "kpu-contoh-2024.truth.json"))
    lines = lines_of(script)
    return {
        "plan.pdf": book.written(),
        "ruled.pdf": ruled_pdf([ruled("budget", 1)]),
        "copy.txt": written(lines, "txt"),
        "copy.md": written(lines, "md"),
        "copy.html": written(lines, "html"),
        "copy.csv": written(lines, "csv"),
        "copy.xlsx": written(lines, "xlsx"),
    }


def endings(files: Mapping[str, bytes], count: int, seed: int, folder: Path) -> Iterator[running.Ended]:
    """Yield how the reading of so many copies ended, each named by its file and its seed."""
    names = sorted(files)
    for number in range(seed, seed + count):
        name = names[number % len(names)]
        data = mutated(name, files[name], random.Random(number))

        def make(place: Path, name: str = name, data: bytes = data) -> list[str]:
            (place / name).write_bytes(data)
            return ["extract", str(place / name)]

        work = running.called if number % WRITTEN == 0 else running.read_only
        yield running.ended(f"{name} {number}", make, folder, work)


def has_failed(end: running.Ended) -> bool:
    """Tell whether a copy did what none may do."""
    return end.outcome not in RIGHT or bool(end.strays)


def main() -> int:
    """Read the copies and print the counts; 1 where a copy failed."""
    options = command.parser("hostile_mutations", __doc__)
    options.add_argument("--count", type=int, default=1000, metavar="N")
    options.add_argument("--seed", type=int, default=1, metavar="N")
    options.add_argument(
        "--only", type=int, metavar="SEED", help="the copy of one seed alone, with what was said"
    )
    given = options.parse_args()
    files = sources()
    running.prepare()
    counts: dict[str, Counter[str]] = {name: Counter() for name in sorted(files)}
    failed: list[running.Ended] = []
    count, seed = (1, given.only) if given.only is not None else (given.count, given.seed)
    with tempfile.TemporaryDirectory() as folder:
        for end in endings(files, count, seed, Path(folder)):
            counts[end.name.split()[0]]["failed" if has_failed(end) else end.outcome] += 1
            if has_failed(end) or given.only is not None:
                failed.append(end)
    kinds = (*RIGHT, "failed")
    print(f"{'':10}" + "".join(f"{kind:>9}" for kind in kinds))
    for name, found in counts.items():
        print(f"{name:10}" + "".join(f"{found[kind]:9}" for kind in kinds))
    for end in failed:
        said = end.said.strip()[-1200:] if given.only is not None else end.said.strip().splitlines()[-1:]
        print(end.name, end.outcome, f"{end.seconds} s", *end.strays, said)
    return int(any(map(has_failed, failed)))


if __name__ == "__main__":
    sys.exit(main())
