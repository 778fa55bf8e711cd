"""Runs a benchmark by its name: `python -m benchmarks NAME [options]`; README.md says what each of them measures.

--list          name the benchmarks
NAME --help     say what a benchmark measures and takes
NAME --record   put what it prints into RESULTS.md, with command, commit, date and machine
"""

from __future__ import annotations

import runpy
import sys

from benchmarks.command import benchmarks
from benchmarks.results import record


def main() -> int:
    """Run what the command line names; 2 where there is no such benchmark."""
    known = benchmarks()
    name, *options = sys.argv[1:] or ["--help"]
    if name in {"-h", "--help"}:
        print(__doc__)
    if name in {"-h", "--help", "--list"}:
        print("\n".join(f"{each:14} {line}" for each, (_, line) in known.items()))
        return 0
    if name not in known:
        sys.stderr.write(f"there is no benchmark {name}; there are {', '.join(known)}\n")
        return 2
    module, _ = known[name]
    if "--record" in options:
        return record(name, module, [option for option in options if option != "--record"])
    sys.argv[1:] = options
    runpy.run_module(module, run_name="__main__", alter_sys=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
