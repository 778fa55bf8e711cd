"""Measures what a decree costs at each step on one core, and reckons what ten thousand decrees and ten million pages cost.

`read` is a drawn digital plan, and a drawn scan, read and written. `lists` is what a run does with the records of all
decrees of a store, for two numbers of them, in a process whose memory is looked at. `publish` is copies of the digital
plan's result put into an SQLite file, then published again unchanged. Times are the processor's, the best of `--rounds`.
Everything else is arithmetic with `--pages` of a decree: a page costs the same whatever its file, lists and databases
grow by the same for each decree. Storage is what the files hold, without what a file system adds.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from hashlib import sha256
from itertools import pairwise
from pathlib import Path
from typing import Any

from benchmarks import command
from benchmarks.tree import SAMPLES
from lampiran.ingest.catalogue import derived
from lampiran.ingest.opening import open_store
from lampiran.ingest.record import Record
from lampiran.ingest.relations import related
from lampiran.ingest.run import load_records
from lampiran.stored import RECORDS

DIGITAL, SCAN = "kpu-batang-2025.pdf", "kpu-contoh-2024.scan.pdf"
FEW, MANY = 2_000, 20_000  # records
PUBLISHED = 40  # results
DECREES, PAGES = 10_000, 10_000_000
CORES = (2, 16, 64)
SCANS = (0.0, 0.5, 1.0)  # share of pages
MIB, GB, HOUR = 1 << 20, 1e9, 3600


def reading(folder: Path, name: str) -> dict[str, float]:
    """Read and write a sample twice, the second time with everything loaded; return cost and size a page."""
    from lampiran.pipeline import read  # noqa: PLC0415 - what makes lists does not load it

    read(SAMPLES / name).write(folder / "warm")
    before = time.process_time()
    result = read(SAMPLES / name)
    result.write(folder / "out")
    pages = len(result.plan.pages)
    return {
        "seconds": (time.process_time() - before) / pages,
        "bytes": size_of(folder / "out") / pages,
        "pages": pages,
    }


def lists(folder: Path, count: str) -> dict[str, float]:
    """Make the lists of a store with so many records; return seconds, memory in MiB and bytes."""
    (folder / RECORDS).mkdir()
    for number in range(int(count)):
        record = _record(number)
        (folder / record.key).write_bytes(record.to_json())
    before = time.process_time()
    known = load_records(open_store(str(folder)))
    related(known.values(), lambda _a, _b: False)
    made = derived(list(known.values()))
    return {
        "seconds": time.process_time() - before,
        "memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / MIB,
        "bytes": sum(map(len, made.values())) + size_of(folder / RECORDS),
    }


def publishing(folder: Path, count: str) -> dict[str, float]:
    """Publish copies of a result, and once more; return seconds and bytes a result."""
    import lampiran  # noqa: PLC0415 - as above

    many = int(count)
    result = lampiran.read(SAMPLES / DIGITAL)
    result.write(folder / "out")
    text = (folder / "out" / "decree.json").read_text(encoding="utf-8")
    for number in range(many):
        copy = text.replace(result.plan.decree_id, f"kpu-kabupaten-contoh-{number}-2025")
        copy = copy.replace(result.plan.source.sha256, sha256(str(number).encode()).hexdigest())
        place = folder / "results" / str(number)
        place.mkdir(parents=True)
        (place / "decree.json").write_text(copy, encoding="utf-8")
    target = folder / "plans.sqlite"
    times = [time.process_time()]
    for _ in range(2):
        lampiran.publish(folder / "results", to=target)
        times.append(time.process_time())
    first, again = ((after - before) / many for before, after in pairwise(times))
    return {"first": first, "again": again, "bytes": target.stat().st_size / many}


STEPS: Mapping[str, Callable[[Path, str], dict[str, float]]] = {
    "read": reading,
    "lists": lists,
    "publish": publishing,
}


def size_of(folder: Path) -> int:
    """Return the bytes in the files of a folder."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def measured(step: str, given: object, rounds: int) -> dict[str, float]:
    """Return the least of each figure of a step, done in processes of their own on one core."""
    call = [sys.executable, "-m", "benchmarks.speed.scale", "--step", step, str(given)]
    alone = {"OPENBLAS_NUM_THREADS": "1"}  # as workers have it
    cores = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {min(cores)})
    try:
        told: list[dict[str, float]] = [
            json.loads(subprocess.check_output(call, env=os.environ | alone))  # noqa: S603 - ourselves
            for _ in range(rounds)
        ]
    finally:
        os.sched_setaffinity(0, cores)
    return {name: min(each[name] for each in told) for name in told[0]}


def estimate(decrees: int, pages: int, costs: Mapping[str, Mapping[str, float]]) -> None:
    """Print what so many decrees with so many pages in all cost."""
    print(f"\n{decrees:,} decrees, {pages:,} pages")
    digital, scan = costs["digital"], costs["scan"]
    print("  of them scans   core-hours" + "".join(f"{f'{n} cores':>12}" for n in CORES) + "     results")
    for share in SCANS:
        hours = pages * (digital["seconds"] * (1 - share) + scan["seconds"] * share) / HOUR
        held = pages * (digital["bytes"] * (1 - share) + scan["bytes"] * share) / GB
        on = "".join(f"{f'{hours / n:,.1f} h':>12}" for n in CORES)
        print(f"  {share:13.0%} {hours:12,.0f}{on}{held:9,.0f} GB")
    few, many, published = costs["few"], costs["many"], costs["publish"]
    each = {name: (many[name] - few[name]) / (MANY - FEW) for name in many}
    lasting = {name: few[name] + each[name] * (decrees - FEW) for name in each}
    print(
        f"  lists of a run: {lasting['seconds']:,.0f} s, {lasting['memory']:,.0f} MiB of memory, {lasting['bytes'] / GB:.2f} GB"
    )
    spent = {name: decrees * published[name] / HOUR for name in ("first", "again")}
    print(
        f"  SQLite: {spent['first']:,.1f} h on one core, unchanged again {spent['again']:,.1f} h, {decrees * published['bytes'] / GB:,.1f} GB"
    )


def _record(number: int) -> Record:
    key = sha256(str(number).encode()).hexdigest()
    office = f"KABUPATEN CONTOH {number % 550}"
    return Record(
        sha256=key,
        size=71_137,
        names=(f"/berbagi/keputusan/2025/{office}/rencana-kerja-{number}.pdf",),
        state="done",
        outcome="done",
        decree_id=f"kpu-kabupaten-contoh-{number}-2025",
        identified=True,
        office=f"KOMISI PEMILIHAN UMUM {office}",
        number=f"{number} TAHUN 2025",
        year="2025",
        title=f"RENCANA KERJA PEMBANGUNAN ZONA INTEGRITAS MENUJU WILAYAH BEBAS DARI KORUPSI KOMISI PEMILIHAN UMUM {office}",
        date="2025-01-03",
        rows=sha256(key.encode()).hexdigest(),
        actions=32,
        pages=11,
        result=f"rencana-kerja-{number}-{key[:8]}",
        program="1",
        settings=key[:12],
    )


def main() -> int:
    """Print costs and estimates; there is no bar to miss."""
    parser = command.parser("scale", __doc__)
    parser.add_argument("--pages", type=int, default=11, help="pages of a decree")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--step", nargs=2, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.step:
        with tempfile.TemporaryDirectory() as folder:
            print(json.dumps(STEPS[given.step[0]](Path(folder), given.step[1])))
        return 0
    wanted: dict[str, tuple[str, Any]] = {
        "digital": ("read", DIGITAL),
        "scan": ("read", SCAN),
        "few": ("lists", FEW),
        "many": ("lists", MANY),
        "publish": ("publish", PUBLISHED),
    }
    costs = {name: measured(step, value, given.rounds) for name, (step, value) in wanted.items()}
    for name in ("digital", "scan"):
        one = costs[name]
        print(
            f"{name:8} {one['seconds']:6.2f} s and {one['bytes'] / 1000:,.0f} kB a page, of {one['pages']:.0f}"
        )
    for name, count in (("few", FEW), ("many", MANY)):
        one = costs[name]
        print(
            f"lists    {one['seconds']:6.2f} s, {one['memory']:.0f} MiB, {one['bytes'] / 1e6:.1f} MB for {count:,}"
        )
    one = costs["publish"]
    print(
        f"publish  {one['first']:6.2f} s, again {one['again']:.2f} s, {one['bytes'] / 1000:,.0f} kB a decree"
    )
    estimate(DECREES, DECREES * given.pages, costs)
    estimate(PAGES // given.pages, PAGES, costs)
    return 0


if __name__ == "__main__":
    sys.exit(main())
