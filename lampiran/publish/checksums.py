"""A folder and its `SHA256SUMS` -> what a person has changed or added since the folder was written."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Mapping
from pathlib import Path

from extract.held_file import read_regular
from extract.settings import LIMITS
from schema.errors import OutputError

NAME = "SHA256SUMS"
# What a folder may hold besides its content: the checksums, and what file managers leave.
ASIDE = frozenset({NAME, ".DS_Store", "Thumbs.db", "desktop.ini"})
_LOCK = re.compile(r"\.~lock\..*#|~\$.*\.(?:xls|ods)\w?")  # what office programs put beside an open file
_LINE = re.compile(r"(?P<digest>[0-9a-f]{64}) [ *](?P<name>.+)")
_SHOWN = 5  # names in a sentence


def checksums(files: Mapping[str, bytes]) -> bytes:
    """Return the content of `SHA256SUMS`, as `sha256sum --check` reads it, in the order of the names."""
    lines = (f"{hashlib.sha256(files[name]).hexdigest()}  {name}\n" for name in sorted(files))
    return "".join(lines).encode("utf-8")


def recorded(folder: Path) -> Mapping[str, str] | None:
    """Return the sha256 of each file as it was written, by its name; `None` where that is not known."""
    try:
        lines = read_regular(folder / NAME, LIMITS.result_bytes).decode("utf-8").splitlines()
    except (OSError, ValueError):
        return None
    found = [_LINE.fullmatch(line) for line in lines]
    return None if None in found else {match["name"]: match["digest"] for match in found if match}


def touched(folder: Path, files: Mapping[str, bytes] | None = None) -> tuple[str, ...]:
    """Return the names of what a person changed in a folder, or added to it, since it was written.

    A file that equals its counterpart in `files`, the content to be written, does not count, for it is not lost. If
    the folder has no checksums all other files count, but none without `files`. Raises `OSError`.
    """
    sums = recorded(folder)
    if not folder.is_dir() or (sums is None and files is None):
        return ()
    new = {name: hashlib.sha256(content).hexdigest() for name, content in (files or {}).items()}
    known = {*(sums or {}).items(), *new.items()}
    own = {name.partition("/")[0] for name, _ in known if "/" in name}
    entries = sorted(entry for entry in folder.iterdir() if not _is_aside(entry))
    inside = [child for entry in entries for child in _within(entry, own)]
    named = ((child.relative_to(folder).as_posix(), child) for child in inside)
    return tuple(name for name, child in named if (name, _digest(child)) not in known)


def _within(entry: Path, own: Collection[str]) -> list[Path]:
    """Return what an entry of a folder holds, if it is a folder that we wrote, else itself."""
    ours = entry.name in own and entry.is_dir() and not entry.is_symlink()
    return sorted(child for child in entry.iterdir() if not _is_aside(child)) if ours else [entry]


def _is_aside(entry: Path) -> bool:
    """Tell whether a file is nobody's work."""
    return entry.name in ASIDE or _LOCK.fullmatch(entry.name) is not None


def refuse(folder: Path, names: Collection[str], kept: Path) -> None:
    """Raise `OutputError` if there are names of touched files in a folder; `kept` is where `--force` would keep them."""
    if not names:
        return
    shown = ", ".join(sorted(names)[:_SHOWN]) + (", ..." if len(names) > _SHOWN else "")
    id_ = "berisi berkas yang diubah tangan atau ditambahkan sejak ditulis"
    en = "holds files that were changed by hand or added since it was written"
    if not (folder / NAME).exists():
        id_ = f"berisi berkas yang mungkin diubah tangan, sebab {NAME}-nya tidak ada"
        en = f"holds files that may have been changed by hand, for its {NAME} is missing"
    raise OutputError(
        id=f"{folder} {id_} ({shown}). Salin dahulu atau pilih folder lain; dengan --force folder itu ditimpa dan berkas tersebut disimpan di {kept}.",
        en=f"{folder} {en} ({shown}). Copy them first or choose another folder; with --force the folder is replaced and they are kept in {kept}.",
    )


def _digest(entry: Path) -> str | None:
    """Return the sha256 of a file, `None` for a folder or a link, which we never write."""
    if entry.is_symlink() or not entry.is_file():
        return None
    with entry.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
