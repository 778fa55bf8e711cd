"""The paths of a call -> an exit code before the readers are loaded, where none of them can be read."""

from __future__ import annotations

import os
import stat
import sys
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

from extract.errors import refused
from extract.held_file import HeldFile, held
from extract.settings import LIMITS
from lampiran.cli.exits import tell, worst
from lampiran.cli.options import Audit, Call
from lampiran.cli.output import check_output
from lampiran.cli.texts import Texts
from lampiran.held_file import as_path, is_folder
from lampiran.own_files import FOLDER
from lampiran.own_results import published_early, refusal
from schema.errors import LampiranError, UsageError

CallT = TypeVar("CallT", bound=Call)
STDIN, STDIN_NAME = Path("-"), "stdin"
# Files that options name: they never come by stdin, and of one that is missing the command speaks, once it has seen that
# its options go together.
OF_OPTIONS = frozenset({"profile", "decisions", "judged", "check_pack", "merge"})


def through_door(call: CallT, texts: Texts) -> CallT:
    """Return the call with its files in memory, each read once: what came by stdin (`-`) or a pipe, and others as they fit.

    What cannot be read stays a path, of which its reader speaks in its turn; a pipe that is named twice is one file.
    Raises `UsageError` where `-` is given twice, or a name without it, and `InputError` for more than may be read of
    stdin.
    """
    door = _Door()
    named = _with_stdin(call, texts)
    fields = {field: getattr(named, field) for field in named.reads}
    changed: dict[str, Any] = {
        field: [door.held(path) for path in given] if isinstance(given, list) else door.held(given)
        for field, given in fields.items()
        if given is not None
    }
    return replace(named, **changed)


class _Door:
    """Holds files while there is room; a pipe always, for its bytes can be taken once."""

    def __init__(self) -> None:
        self._room = LIMITS.held_bytes
        self._known: dict[str, Path] = {}

    def held(self, path: Path) -> Path:
        """Return a path with its content, or as it was."""
        if isinstance(path, HeldFile):
            return path
        if str(path) not in self._known:
            self._known[str(path)] = self._taken(path)
        return self._known[str(path)]

    def _taken(self, path: Path) -> Path:
        try:
            found = os.stat(path)  # noqa: PTH116 - of a path that no method of it may refuse
            is_pipe = stat.S_ISFIFO(found.st_mode)
            if not is_pipe and (not stat.S_ISREG(found.st_mode) or found.st_size > self._room):
                return path
            made = held(path)
        except (LampiranError, OSError, ValueError):
            return path
        self._room -= 0 if is_pipe else len(made.read_bytes())
        return made


def _with_stdin(call: CallT, texts: Texts) -> CallT:
    """Return the call with what came by stdin in the place of `-`, read once and kept in memory."""
    fields = {field: getattr(call, field) for field in call.reads if field not in OF_OPTIONS}
    count = Counter(path for paths in fields.values() for path in _listed(paths))[STDIN]
    name = getattr(call, "name", None)
    if count > 1:
        raise UsageError(**texts.both("call_stdin_twice"))
    if not count:
        if name is not None:
            raise UsageError(**texts.both("call_name_alone"))
        return call
    if sys.stdin is None:
        raise UsageError(**texts.both("call_no_stdin"))
    taken = as_path(sys.stdin.buffer, name=name or STDIN_NAME)
    changed: dict[str, Any] = {
        field: [taken if path == STDIN else path for path in paths] if isinstance(paths, list) else taken
        for field, paths in fields.items()
        if STDIN in _listed(paths)
    }
    return replace(call, **changed)


def checked(call: Call, texts: Texts) -> int | None:
    """Say what is wrong with paths that are not there, or are files of ours that the command does not take.

    Returns the exit code where nothing is left to read, and `None` where the command can go on: what is wrong with one
    file of several it says itself. Raises `OutputError` where no result can be written, `UsageError` where the
    files of an audit are swapped.
    """
    output = getattr(call, "output", None)
    if output is not None and getattr(call, "check_pack", None) is None:
        check_output(output, texts)
    for field, takes in call.reads.items():
        wrong = [_wrong(path, field, takes) for path in _listed(getattr(call, field))]
        errors = [error for error in wrong if error is not None]
        if errors and len(errors) == len(wrong):
            if isinstance(call, Audit) and call.transcription is not None and _is_there(call.decree):
                from lampiran.audit.match.order import check_order  # loads the readers

                check_order(call.decree, call.transcription)
            for error in errors:
                tell(error.text(texts.language))
            return worst(error.exit_code for error in errors)
    return None


def _listed(paths: list[Path] | Path | None) -> list[Path]:
    if paths is None:
        return []
    return paths if isinstance(paths, list) else [paths]


def _wrong(path: Path, field: str, takes: frozenset[str]) -> LampiranError | None:
    """Return what is wrong with a path, if it can be told without reading what it holds."""
    if not _is_there(path):
        return None if field in OF_OPTIONS else refused("not-found", path=path)
    name = published_early(path)
    if name is not None and name not in takes:
        return refusal(path, name)
    return refused("directory", path=path) if is_folder(path) and FOLDER not in takes else None


def _is_there(path: Path) -> bool:
    return path.exists() if isinstance(path, HeldFile) else os.path.exists(path)  # noqa: PTH110 - false for a name that is too long
