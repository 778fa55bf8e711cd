"""Measures pages a second of `lampiran ingest`: two workers against one, a cluster against them, and what safety costs.

Drawn PDFs of three pages each are read in five ways, in turn, `--rounds` times: `bare` reads and writes them in this process, on one
core, without a store; `one` is a run with one worker on one core, `two` one with two workers, `cluster` one with a scheduler of Dask and
a worker of it with two threads on the loopback. Start and warming up do not count: the rate is that of the last nine tenths of the files. `two` must be at
least 1.8 times `one`; what a killable process and a store with its journal take beyond `bare` must be below a tenth. Best rounds count.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from benchmarks import command
from benchmarks.drawing.many import draw_pdfs
from lampiran.ingest.journal import events
from lampiran.ingest.opening import open_store
from lampiran.pipeline import read

LEAST_TWO, MOST_SAFETY = 1.8, 0.1
WARM = 10  # one of so many files does not count
PAGES = 3  # of each file
HOST = "127.0.0.1"


def bare(inputs: Path, place: Path) -> float:
    """Return pages a second of reading and writing in this process."""
    files = sorted(inputs.iterdir())
    began = 0.0
    for number, path in enumerate(files):
        if number == len(files) // WARM:
            began = time.perf_counter()
        read(path).write(place / path.stem)
    return PAGES * (len(files) - len(files) // WARM) / (time.perf_counter() - began)


def ingested(inputs: Path, store: Path, *options: str) -> float:
    """Return pages a second of a run, by its journal."""
    call = [sys.executable, "-m", "lampiran", "ingest", str(inputs), "--store", str(store), "-q", *options]
    subprocess.run(call, check=True)  # noqa: S603 - our own program
    times = [moment for moment, event in events(open_store(str(store))) if event == "file"]
    counted = times[len(times) // WARM :]
    return PAGES * (len(counted) - 1) / (counted[-1] - counted[0])


@contextmanager
def on_one_core() -> Iterator[None]:
    """Keep this process, and those that it starts, to one core."""
    cores = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {min(cores)})
    try:
        yield
    finally:
        os.sched_setaffinity(0, cores)


@contextmanager
def cluster(folder: Path, count: int) -> Iterator[str]:
    """Give the address of a scheduler of Dask with a worker that reads so many files at a time."""
    address = folder / "scheduler.json"
    words = [sys.executable, "-m", "distributed.cli.dask_scheduler", "--host", HOST, "--port", "0"]
    worker = [
        sys.executable,
        "-m",
        "distributed.cli.dask_worker",
        "--host",
        HOST,
        "--nthreads",
        str(count),
        "--no-nanny",
    ]
    with ExitStack() as stack:
        for call in (words, worker):
            running = subprocess.Popen(  # noqa: S603 - of the library
                [*call, "--dashboard-address", ":0", "--scheduler-file", str(address)],
                cwd=folder,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
            stack.callback(running.wait)
            stack.callback(running.kill)
        while not address.is_file():
            time.sleep(0.1)
        yield str(json.loads(address.read_text(encoding="utf-8"))["address"])


def main() -> int:
    """Print the rates; 1 where two workers gain too little, or safety costs too much."""
    parser = command.parser("throughput", __doc__)
    parser.add_argument("--count", type=int, default=60, help="files that are read in each way")
    parser.add_argument("--rounds", type=int, default=3)
    given = parser.parse_args()
    best = dict.fromkeys(("bare", "one", "two", "cluster"), 0.0)
    with tempfile.TemporaryDirectory() as folder:
        inputs = Path(folder) / "masuk"
        draw_pdfs(inputs, given.count)
        for number in range(given.rounds):
            place = Path(folder) / str(number)
            with on_one_core():
                best["bare"] = max(best["bare"], bare(inputs, place / "bare"))
                best["one"] = max(best["one"], ingested(inputs, place / "one"))
            best["two"] = max(best["two"], ingested(inputs, place / "two", "-j", "2"))
            with cluster(place, 2) as address:
                best["cluster"] = max(
                    best["cluster"], ingested(inputs, place / "cluster", "--cluster", address)
                )
    for name, rate in best.items():
        print(f"{name:8}{rate:8.2f} pages a second")
    gain, safety = best["two"] / best["one"], best["bare"] / best["one"] - 1
    print(f"two workers against one: {gain:.2f} (at least {LEAST_TWO})")
    print(f"a cluster of two against two workers: {best['cluster'] / best['two']:.2f}")
    print(f"what the process and the store take of the work: {safety:.1%} (at most {MOST_SAFETY:.0%})")
    return 0 if gain >= LEAST_TWO and safety <= MOST_SAFETY else 1


if __name__ == "__main__":
    sys.exit(main())
