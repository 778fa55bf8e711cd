"""Turns a born-digital PDF into a ratio: our time to the Extraction and to the Plan over pdfplumber's tables.

Run `python benchmarks/digital_speed.py [FILE] [--runs N]`. The runs are interleaved, so that a busy machine
slows both; the ratio of the medians is what counts, never the seconds. Both sides begin with the bytes in
memory and go over all pages, those without a table too. Budget: at most 1.2 to the Plan.
"""

from __future__ import annotations

import argparse
import importlib
import time
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from statistics import median
from typing import Any

import pdfplumber

from extract.pdf.document import read_pdf
from extract.survey import survey
from extract.types import Extraction

BUDGET = 1.2
DEFAULT = Path(__file__).parent.parent / "samples" / "kpu-batang-2025.pdf"


def peer(data: bytes) -> int:
    """Extract all tables as pdfplumber does; returns their number."""
    with pdfplumber.open(BytesIO(data)) as pdf:
        count = 0
        for page in pdf.pages:
            count += len(page.extract_tables())
            page.close()
        return count


def plan_builder() -> Callable[[Extraction], Any] | None:
    """Return what makes a Plan of an Extraction, or `None` where it is not there yet."""
    try:
        build = importlib.import_module("normalize").build_plan
        resources = importlib.import_module("lampiran.resources").load_resources()
    except (ImportError, AttributeError):
        return None
    return lambda extraction: build(extraction, resources)


def timed(work: Callable[[], object]) -> float:
    """Return the seconds that a call takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def main() -> None:
    """Print the ratios."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("file", type=Path, nargs="?", default=DEFAULT)
    parser.add_argument("--runs", type=int, default=5)
    options = parser.parse_args()
    seen = survey(options.file)
    build = plan_builder()
    ways: dict[str, Callable[[], object]] = {
        "pdfplumber extract_tables": lambda: peer(seen.data),
        "to the Extraction": lambda: read_pdf(options.file, seen),
        "survey and Extraction": lambda: read_pdf(options.file, survey(options.file)),
    }
    if build is not None:
        ways["to the Plan"] = lambda: build(read_pdf(options.file, seen))
    times: dict[str, list[float]] = {name: [] for name in ways}
    for work in ways.values():
        work()
    for _ in range(options.runs):
        for name, work in ways.items():
            times[name].append(timed(work))
    base = median(times.pop("pdfplumber extract_tables"))
    print(f"{options.file.name}: {len(seen.pages)} pages, {options.runs} interleaved runs, ratios of medians")
    print(f"  pdfplumber extract_tables  1.00  ({base:.3f} s)")
    for name, values in times.items():
        print(f"  {name:<26} {median(values) / base:.2f}")
    if build is None:
        print("  to the Plan                skipped: normalize.build_plan is not there")
    else:
        verdict = "within" if median(times["to the Plan"]) <= BUDGET * base else "above"
        print(f"  {verdict} the budget of {BUDGET}")


if __name__ == "__main__":
    main()
