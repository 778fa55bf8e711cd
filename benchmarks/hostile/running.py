"""Kinds of hostile input -> what the program did with each, in a process of its own under limits of time and memory.

The program is loaded once; each call runs in a child that was forked from it and is killed where it does not end. A call
reads its file in a worker, as it does by itself, which loads the program again; or, with `here`, in the child, under the
same limits and in a tenth of the time. Run as `python -m benchmarks.hostile.running FOLDER [--here] [NAME...]`, it prints
a line of JSON for each kind.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import select
import shutil
import signal
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from benchmarks.hostile.kinds import KINDS, Outcome
from lampiran.cli.app import run as run_program
from lampiran.page_states import is_partly_read
from lampiran.pipeline import read
from schema.errors import LampiranError

MEMORY = 1_610_612_736  # 1.5 GiB; what a file may cost beyond the loaded program
SECONDS = 60  # of processor time for one call; most need less than one
WAIT = 150  # seconds until a call that waits for something is killed
OUTPUT, UNEXPECTED = "out", 1
WITH_WORKERS = frozenset({"extract", "tables"})
IN_PART = 44  # of what is read and not written: the program itself says 4, as for what it refuses
CODES: dict[int, Outcome] = {
    0: "read",
    2: "misused",
    3: "asked",
    5: "no-plan",
    6: "not-written",
    IN_PART: "partly",
}


@dataclass(frozen=True)
class Ended:
    """How a call ended: `outcome` is none of `Outcome` where it hung, crashed or did not foresee something."""

    name: str
    outcome: str
    said: str
    strays: tuple[str, ...]
    seconds: float
    mebibytes: int


def prepare() -> None:
    """Load what every call needs, once for all of them."""
    from lampiran.cli import audit, extract, profile, review, tables, verify  # noqa: F401, PLC0415
    from lampiran.publish import writing  # noqa: F401, PLC0415
    from lampiran.resources import load_resources  # noqa: PLC0415

    load_resources()


def called(arguments: list[str]) -> int:
    """Run the program as its command line does; what it writes goes below `OUTPUT`."""
    if arguments[0] in {"extract", "tables", "audit"} and "-o" not in arguments:
        arguments = [*arguments, "-o", OUTPUT]
    return run_program([*arguments, "--lang", "en"])


def here(arguments: list[str]) -> int:
    """Do the same without a worker."""
    return called([*arguments, "-j", "0"] if arguments[0] in WITH_WORKERS else arguments)


def read_only(arguments: list[str]) -> int:
    """Read the file that a call names last, and write nothing; return its exit code, `IN_PART` for a part."""
    try:
        plan = read(Path(arguments[-1])).plan
    except LampiranError as error:
        print(error.text("en"))
        return error.exit_code
    return IN_PART if is_partly_read(plan.findings) else 0


def ended(
    name: str, make: Callable[[Path], list[str]], folder: Path, work: Callable[[list[str]], int] = called
) -> Ended:
    """Make a kind's input in a fresh folder, do the work with it in a child, and say how that ended."""
    place = Path(tempfile.mkdtemp(dir=folder))
    (place / "tmp").mkdir()
    log = place / "said.txt"
    begun = time.monotonic()
    child = os.fork()
    if child == 0:
        _run(make, place, log, work)
    code, used, in_time = _waited(child)
    said = log.read_text(encoding="utf-8", errors="replace") if log.exists() else ""
    outcome = _outcome(code, place / OUTPUT) if in_time else "hung"
    strays = () if not in_time else tuple(_strays(place))
    shutil.rmtree(place, ignore_errors=True)
    return Ended(
        name, outcome, said[-2000:], strays, round(time.monotonic() - begun, 2), used.ru_maxrss >> 10
    )


def _run(make: Callable[[Path], list[str]], place: Path, log: Path, work: Callable[[list[str]], int]) -> None:
    """Be the child: make the input, note what is there, take on the limits and run the program."""
    code = UNEXPECTED
    try:
        os.chdir(place)
        tempfile.tempdir = str(place / "tmp")
        arguments = make(place)
        (place / "before.json").write_text(json.dumps(sorted(_tree(place))))
        target = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        os.dup2(target, 1)
        os.dup2(target, 2)
        held = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
        resource.setrlimit(resource.RLIMIT_AS, (held + MEMORY, held + MEMORY))
        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
        code = work(arguments)
    except BaseException as error:  # noqa: BLE001 - a child never returns to its parent's work
        os.write(2, "".join(traceback.format_exception(error))[-1500:].encode(errors="replace"))
        code = UNEXPECTED
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def _waited(child: int) -> tuple[int, resource.struct_rusage, bool]:
    """Wait for a child to end, and kill it where it does not."""
    handle = os.pidfd_open(child)
    try:
        in_time = bool(select.select([handle], [], [], WAIT)[0])
        if not in_time:
            os.kill(child, signal.SIGKILL)
        _, status, used = os.wait4(child, 0)
    finally:
        os.close(handle)
    code = os.waitstatus_to_exitcode(status)
    return code, used, in_time and code not in {-signal.SIGXCPU, -signal.SIGKILL}


def _outcome(code: int, output: Path) -> str:
    if code == 4:
        return "partly" if any(output.glob("*/SHA256SUMS")) else "refused"
    return CODES.get(code, "unexpected" if code == UNEXPECTED else f"died of {code}")


def _strays(place: Path) -> Iterator[str]:
    """Yield what was written beside the output folder."""
    before = place / "before.json"
    known = set(json.loads(before.read_text())) if before.exists() else set()
    for path in sorted(_tree(place)):
        if path not in known and path.partition("/")[0] not in {OUTPUT, "said.txt", "before.json"}:
            yield path


def _tree(place: Path) -> Iterable[str]:
    return (os.fsencode(path.relative_to(place)).decode("utf-8", "replace") for path in place.rglob("*"))


def main() -> None:
    """Run the kinds that are named, or all, and print how each ended."""
    import benchmarks.hostile.corpus  # noqa: F401, PLC0415 - registers all kinds

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("names", nargs="*", metavar="NAME")
    parser.add_argument("--here", action="store_true", help="without workers")
    given = parser.parse_intermixed_args()
    prepare()
    work = here if given.here else called
    for name in given.names or KINDS:
        print(json.dumps(asdict(ended(name, KINDS[name].make, given.folder, work))), flush=True)


if __name__ == "__main__":
    main()
