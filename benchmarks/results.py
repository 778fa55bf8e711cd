"""A benchmark's output as a section of RESULTS.md: command, commit, date, machine and figures."""

from __future__ import annotations

import os
import platform
import re
import shlex
import subprocess
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.command import HERE
from benchmarks.tree import ROOT

PAGE = HERE / "RESULTS.md"
HEADING = """\
# Results

Written by `python -m benchmarks NAME --record`, which replaces the section of NAME; edit nothing here by hand.
"""


def record(name: str, module: str, options: Sequence[str]) -> int:
    """Run a benchmark, print what it prints and put it into RESULTS.md; return its exit code."""
    command = [sys.executable, "-m", module, *options]
    lines = []
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as running:  # noqa: S603 - our own module
        for line in running.stdout or ():
            print(line, end="", flush=True)
            lines.append(line.rstrip())
    # 1 says that a budget or a bar was missed, which is a result too.
    if running.returncode in {0, 1}:
        called = shlex.join(["python", "-m", "benchmarks", name, *map(_without_folders, options)])
        section = f"`{called}`\n\n{_circumstances()}\n\n```text\n" + "\n".join(lines).strip("\n") + "\n```\n"
        page = PAGE.read_text(encoding="utf-8") if PAGE.exists() else HEADING
        PAGE.write_text(with_section(page, name, section), encoding="utf-8")
    return running.returncode


def with_section(page: str, name: str, section: str) -> str:
    """Return the page with the section of a name added or replaced; sections are in alphabetical order."""
    heading, *parts = re.split(r"^## ", page, flags=re.MULTILINE)
    sections = {part.partition("\n")[0]: part.partition("\n")[2].strip("\n") for part in parts}
    sections[name] = section.strip("\n")
    told = [f"## {each}\n\n{text}\n" for each, text in sorted(sections.items())]
    return "\n".join([heading.strip("\n") + "\n", *told])


def _without_folders(option: str) -> str:
    path = Path(option)
    return path.name if path.is_absolute() else option


def _circumstances() -> str:
    """Return commit, date and machine in one line, without the machine's name."""
    git = ["git", "-C", str(ROOT)]
    commit = _output([*git, "rev-parse", "--short=10", "HEAD"])
    changed = _output([*git, "status", "--porcelain", "--", ".", f":!{PAGE.relative_to(ROOT)}"])
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    parts = [
        f"commit {commit}{' with changes' if changed else ''}",
        f"{datetime.now(UTC):%Y-%m-%d}",
        f"{len(os.sched_getaffinity(0))} cores of {_processor()}",
        f"{memory:.0f} GiB of memory",
        f"Python {platform.python_version()}",
    ]
    return ", ".join(parts) + "."


def _output(command: Sequence[str]) -> str:
    return subprocess.run(command, capture_output=True, text=True, check=False).stdout.strip()  # noqa: S603 - git


def _processor() -> str:
    cpuinfo = Path("/proc/cpuinfo")
    text = cpuinfo.read_text(encoding="utf-8") if cpuinfo.exists() else ""
    found = re.search(r"^model name\s*: (.+)$", text, re.MULTILINE)
    return found[1] if found else platform.machine()
