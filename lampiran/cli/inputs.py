"""The files of a call -> jobs, each with its own folder below the output folder."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from extract.held_file import read_whole
from extract.settings import LIMITS
from lampiran.publish.slug import slug_of

DIGITS = 8


@dataclass(frozen=True)
class Job:
    """One file to read, and the folder its result goes to."""

    path: Path
    folder: Path


@dataclass(frozen=True)
class Repeated:
    """A file that is the same input as an earlier one of the call."""

    path: Path
    first: Path


def plan_jobs(files: Iterable[Path], output: Path) -> tuple[list[Job], list[Repeated]]:
    """Give each file its folder below `output`, in the order of the call.

    The folder is the slug of the file's name without its ending; if files of different content have the same slug,
    each gets the first eight digits of its sha256 as a suffix. A file with the slug and content of an earlier one is
    not read again.
    """
    first: dict[tuple[str, str], Path] = {}
    repeated: list[Repeated] = []
    for path in files:
        key = (slug_of(path.stem), _fingerprint(path))
        if key in first:
            repeated.append(Repeated(path, first[key]))
        first.setdefault(key, path)
    names = _distinct_names(first)
    return [Job(path, output / name) for path, name in zip(first.values(), names, strict=True)], repeated


def _distinct_names(keys: Iterable[tuple[str, str]]) -> list[str]:
    """Return a name for each pair of slug and sha256: the slug, with a suffix where it is not unique."""
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


def _fingerprint(path: Path) -> str:
    """Return the sha256 of a file's bytes in hexadecimal, of its path if it cannot be read: its reader says why.

    Pipes were read before, and are held.
    """
    with suppress(OSError):
        return hashlib.sha256(read_whole(path, LIMITS.file_bytes)).hexdigest()
    return hashlib.sha256(str(path).encode("utf-8", "surrogateescape")).hexdigest()
