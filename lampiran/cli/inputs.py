"""The files of a call -> jobs, each with a folder of its own below the output folder."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from lampiran.publish.slug import slug_of

DIGITS = 8


@dataclass(frozen=True)
class Job:
    """One file to read, and the folder its result goes to."""

    path: Path
    folder: Path


@dataclass(frozen=True)
class Repeated:
    """A file that stands for the same input as an earlier one of the call."""

    path: Path
    first: Path


def plan_jobs(files: Iterable[Path], output: Path) -> tuple[list[Job], list[Repeated]]:
    """Give each file its folder below `output`, in the order of the call.

    The folder is the slug of the file's name without its ending. Where the slugs of files of different content are equal, each of
    them gets the first eight digits of its sha256 behind it. A file whose slug and content were there before is
    not read again.
    """
    first: dict[tuple[str, str], Path] = {}
    repeated: list[Repeated] = []
    for path in files:
        key = (slug_of(path.stem), fingerprint(path))
        if key in first:
            repeated.append(Repeated(path, first[key]))
        else:
            first[key] = path
    jobs = [
        Job(path, output / name) for path, name in zip(first.values(), distinct_names(first), strict=True)
    ]
    return jobs, repeated


def distinct_names(keys: Iterable[tuple[str, str]]) -> list[str]:
    """Return a name for each pair of slug and sha256: the slug, or where two are equal both with a suffix."""
    pairs = list(keys)
    names = [slug for slug, _ in pairs]
    digits = DIGITS
    while len(counted := Counter(names)) < len(names):
        names = [
            name if counted[name] == 1 else f"{name}-{digest[:digits]}"
            for name, (_, digest) in zip(names, pairs, strict=True)
        ]
        digits += DIGITS
    return names


def fingerprint(path: Path) -> str:
    """Return the sha256 of a file's bytes in hexadecimal; of its path where that cannot be had.

    A file that cannot be opened becomes a job like any other: reading it says what is wrong with it. A pipe is
    not touched, for its bytes can be taken only once.
    """
    try:
        if path.is_file():
            with path.open("rb") as stream:
                return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError:
        pass
    return hashlib.sha256(str(path).encode("utf-8", "surrogateescape")).hexdigest()
