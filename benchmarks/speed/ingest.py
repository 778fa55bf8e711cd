"""Kills runs of `lampiran ingest` over drawn decrees and compares what comes of it with an undisturbed run.

`--count` decrees are drawn (some are given twice, some in two versions, some damaged) and read into one store without disturbance, while
the memory of the process that hands out the work is looked at: it must stay flat. Then they are read into another store by runs that are
killed (SIGKILL, no chance to tidy up) at `--kills` random moments, the last of which goes through; the two must be equal byte by byte,
`.work` apart. While one run goes on a second one must be told. Exit code 1 where any of that is not so.
"""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from benchmarks import command
from benchmarks.drawing.many import draw_many

WORK = ".work"
LOOK = 0.05  # seconds between two looks at a run
FLAT = 1.25  # times the memory after a tenth of the files that the memory at the end may be
LARGEST = 300.0  # MiB that the process that hands out the work may take


def call(inputs: Path, store: str, options: Sequence[str]) -> list[str]:
    """Return the call that reads inputs into a store; damaged ones among them make it end with 4."""
    return [sys.executable, "-m", "lampiran", "ingest", inputs.name, "--store", store, "-q", *options]


@contextmanager
def started(inputs: Path, store: str, options: Sequence[str]) -> Iterator[subprocess.Popen[bytes]]:
    """Give a run that is under way."""
    with subprocess.Popen(call(inputs, store, options), cwd=inputs.parent, stderr=subprocess.PIPE) as running:  # noqa: S603 - our own program
        yield running


def undisturbed(inputs: Path, store: Path, options: Sequence[str], count: int) -> tuple[int, float, float]:
    """Read all inputs; return the exit code, and the memory in MiB after a tenth of the files and at its highest."""
    early = highest = 0.0
    with started(inputs, str(store), options) as running:
        while running.poll() is None:
            memory = memory_of(running.pid)
            highest = max(highest, memory)
            if not early and records(store) > count / 10:
                early = memory
            time.sleep(LOOK)
        return running.returncode, early or highest, highest


def killed(inputs: Path, store: Path, options: Sequence[str], after: int) -> int:
    """Kill a run when so many records are there; return its exit code, which says whether it had ended by itself."""
    with started(inputs, str(store), options) as running:
        while running.poll() is None and records(store) < after:
            time.sleep(LOOK)
        running.send_signal(signal.SIGKILL)
        return running.wait()


def second_is_told(inputs: Path, store: Path, options: Sequence[str]) -> bool:
    """Tell whether a run that meets another one ends at once, with a sentence that says so, and leaves the other alone."""
    before = records(store)
    with started(inputs, str(store), options) as first:
        while first.poll() is None and records(store) <= before:
            time.sleep(LOOK)
        second = subprocess.run(  # noqa: S603 - our own program
            call(inputs, str(store), options), cwd=inputs.parent, capture_output=True, check=False
        )
        first.send_signal(signal.SIGTERM)
        said = second.stderr.decode().count("\n") == 1 and b"--wait" in second.stderr
        return second.returncode == 6 and said and first.wait() == 128 + signal.SIGTERM


def records(store: Path) -> int:
    """Return how many records a store has."""
    folder = store / "records"
    return sum(path.suffix == ".json" for path in folder.iterdir()) if folder.is_dir() else 0


def memory_of(process: int) -> float:
    """Return the memory of a process in MiB, 0 where it has ended."""
    try:
        pages = Path(f"/proc/{process}/statm").read_text(encoding="ascii").split()[1]
    except (OSError, IndexError):
        return 0.0
    return int(pages) * 4096 / (1 << 20)


def contents(store: Path) -> dict[str, bytes]:
    """Return all files of a store by their names, without what is no part of its data."""
    files = (path for path in store.rglob("*") if path.is_file())
    return {
        name: path.read_bytes()
        for path in files
        if not (name := str(path.relative_to(store))).startswith(WORK)
    }


def differences(a: Path, b: Path) -> list[str]:
    """Return the names of files that are not equal in two stores."""
    one, other = contents(a), contents(b)
    return sorted(name for name in one.keys() | other.keys() if one.get(name) != other.get(name))


def main() -> int:
    """Run it; 1 where something was lost, doubled or grew."""
    parser = command.parser("ingest", __doc__)
    parser.add_argument("--count", type=int, default=1000, help="decrees that are drawn")
    parser.add_argument("--kills", type=int, default=5, help="runs that are killed")
    parser.add_argument("--jobs", type=int, default=2, help="workers of a run")
    parser.add_argument("--seed", type=int, default=1, help="of the moments of the kills")
    given = parser.parse_args()
    options = ["-j", str(given.jobs)]
    chance = random.Random(given.seed)
    with tempfile.TemporaryDirectory() as place:
        inputs, whole, broken = Path(place) / "masuk", Path(place) / "utuh", Path(place) / "putus"
        files = draw_many(inputs, given.count)
        began = time.perf_counter()
        code, early, highest = undisturbed(inputs, whole, options, given.count)
        spent = time.perf_counter() - began
        moments = sorted(chance.randrange(1, given.count) for _ in range(given.kills))
        ends = [killed(inputs, broken, options, moment) for moment in moments[:-1]]
        told = second_is_told(inputs, broken, options)
        ends += [killed(inputs, broken, options, moment) for moment in moments[-1:]]
        last, _, _ = undisturbed(inputs, broken, options, given.count)
        differing = differences(whole, broken)
        print(
            f"{files} files of {given.count} decrees, {records(whole)} of them distinct, {given.jobs} workers"
        )
        print(f"undisturbed: exit code {code}, {given.count / spent * 60:.0f} decrees a minute")
        print(
            f"memory of the process that hands out: {early:.0f} MiB after a tenth, {highest:.0f} MiB at most"
        )
        print(
            f"killed at {', '.join(map(str, moments))} records (ended by {', '.join(map(str, ends))}), then exit code {last}"
        )
        print(f"a second run at the same time is told: {'yes' if told else 'NO'}")
        print(f"files that differ from the undisturbed store: {len(differing)} of {len(contents(whole))}")
        flat = highest <= max(early * FLAT, early + 20) and highest < LARGEST
        good = (
            code == last and not differing and told and flat and all(end == -signal.SIGKILL for end in ends)
        )
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
