"""Measures scanned pages: the time over that of the readers alone on the same crops, and memory page by page.

Each run reads a drawn scan up
to the Plan and notes the pictures of lines that each text reader was given; then the same readers read the same
pictures again, alone. The ratio of the medians is what counts, never the seconds. Budget: 1.3 at 200 dpi.

`--memory PAGES` instead reads a 300-dpi scan of that many pages in its own process and prints the memory it
holds after every tenth page, and the peak. Budget: flat, and 1.5 GiB at most.
"""

from __future__ import annotations

import argparse
import io
import resource
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import Any
from unittest.mock import patch

import pikepdf

import extract.scan.document as scan_document
from benchmarks import command
from benchmarks.drawing.scan_sources import draw
from extract.reading import read_document
from extract.scan.model import Grey
from extract.scan.text import available_readers
from extract.scan.text.reader import LineReader, RawReading
from lampiran.resources import load_resources
from normalize import build_plan

BUDGET = 1.3
MOST_MEMORY = 1536  # MiB
SEED = 41


@dataclass
class Noted:
    """A reader that notes what it is given."""

    inner: LineReader
    calls: list[list[Grey]] = field(default_factory=list)

    @property
    def name(self) -> str:
        """The inner reader's name."""
        return self.inner.name

    def read(self, crops: Sequence[Grey]) -> list[RawReading]:
        """Return what the inner reader reads."""
        self.calls.append(list(crops))
        return self.inner.read(crops)

    def again(self) -> float:
        """Return the seconds that the inner reader takes for all it was given."""
        started = time.perf_counter()
        for crops in self.calls:
            self.inner.read(crops)
        return time.perf_counter() - started


def time_ratio(path: Path, runs: int) -> float:
    """Print both sides of each run and return the ratio of their medians."""
    resources = load_resources()
    whole: list[float] = []
    alone: list[float] = []
    for run in range(runs + 1):
        readers = tuple(Noted(reader) for reader in available_readers())
        started = time.perf_counter()
        with patch.object(scan_document, "available_readers", lambda readers=readers: readers):
            extraction = read_document(path)
        read = time.perf_counter() - started
        build_plan(extraction, resources)
        total = time.perf_counter() - started
        own = {reader.name: reader.again() for reader in readers}
        if run == 0:  # warms up
            continue
        whole.append(total)
        alone.append(sum(own.values()))
        lines = sum(len(crops) for crops in readers[0].calls)
        parts = ", ".join(f"{name} {seconds:.2f} s" for name, seconds in own.items())
        print(
            f"run {run}: {lines} lines; to the extraction {read:.2f} s, to the plan {total:.2f} s; alone: {parts}"
        )
    return median(whole) / median(alone)


def memory(path: Path) -> int:
    """Read a scan, print the memory held after every tenth page, and return the peak, in MiB."""
    seen = 0
    inner = scan_document.read_scan

    def counted(*given: Any, **named: Any) -> object:
        nonlocal seen
        result = inner(*given, **named)
        seen += 1
        if seen % 10 == 0:
            print(f"page {seen}: holds {_held():.0f} MiB, peak {_peak():.0f} MiB", flush=True)
        return result

    with patch.object(scan_document, "read_scan", counted):
        extraction = read_document(path)
    build_plan(extraction, load_resources())
    print(f"{len(extraction.pages)} pages, peak {_peak():.0f} MiB")
    return int(_peak())


def _held() -> float:
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * resource.getpagesize() / 2**20


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def long_scan(source: str, pages: int) -> bytes:
    """Return a 300-dpi scan of a source's pages, repeated until there are as many as asked for."""
    drawn = draw(source, "clean300", SEED)
    with pikepdf.open(io.BytesIO(drawn.scan.pdf)) as once, pikepdf.new() as result:
        for number in range(pages):
            result.pages.append(once.pages[number % len(once.pages)])
        target = io.BytesIO()
        result.save(target)
    return target.getvalue()


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the ratio or the memory; 1 where the budget is exceeded."""
    parser = command.parser("scan_speed", __doc__)
    parser.add_argument("--source", default="kpu-batang-2025")
    parser.add_argument("--preset", default="office200")
    parser.add_argument("--pages", type=int, default=4)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--memory", type=int, metavar="PAGES")
    parser.add_argument("--file", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args(arguments)
    if options.file:
        return int(memory(options.file) > MOST_MEMORY)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "scan.pdf"
        if options.memory:
            path.write_bytes(long_scan(options.source, options.memory))
            return _in_a_process_of_its_own(path)
        path.write_bytes(draw(options.source, options.preset, SEED, options.pages).scan.pdf)
        ratio = time_ratio(path, options.runs)
    print(f"ratio {ratio:.2f}, budget {BUDGET}")
    return int(ratio > BUDGET)


def _in_a_process_of_its_own(path: Path) -> int:
    """Read in a fresh process: drawing takes memory too."""
    import subprocess  # noqa: PLC0415 - only here

    command = [sys.executable, "-m", "benchmarks.speed.scan_speed", "--file", str(path)]
    return subprocess.run(command, check=False).returncode  # noqa: S603 - our own module


if __name__ == "__main__":
    sys.exit(main())
