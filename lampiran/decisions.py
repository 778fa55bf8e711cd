"""`<name>.decisions.json` <-> DecisionFile: read and written whole, by one writer at a time."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Iterator
from pathlib import Path

from extract.held_file import TooLargeFileError, read_whole
from lampiran.publish.atomic_folder import as_output_error, place_file
from lampiran.publish.file_lock import alone
from schema.decisions import DECISIONS_VERSION, DecisionFile
from schema.errors import OutputError, UsageError
from schema.settings import Settings
from schema.system_reasons import reason_of

SUFFIX = ".decisions.json"


class Files(Settings, section="decisions"):
    """How large a file of decisions may be; bytes."""

    largest: int


FILES = Files.load("lampiran")


def decisions_path(folder: Path) -> Path:
    """Return where the decisions about a result are kept: beside its folder, which `extract` replaces."""
    return folder.with_name(folder.name + SUFFIX)


def load_decisions(path: str | Path | None) -> DecisionFile:
    """Return what a file of decisions holds, an empty one for `None` or where there is no file.

    Raises `UsageError` if it cannot be read or is not a file of decisions.
    """
    if path is None or not os.path.lexists(path):
        return DecisionFile()
    file = Path(path)
    try:
        found = DecisionFile.model_validate_json(read_whole(file, FILES.largest))
    except TooLargeFileError as error:
        said = "terlalu besar untuk sebuah berkas putusan", "it is too large for a file of decisions"
        raise _unfit(file, *said) from error
    except OSError as error:
        reason = reason_of(error)
        raise _unfit(file, f"tidak dapat dibaca ({reason.id})", f"it cannot be read ({reason.en})") from error
    except ValueError as error:
        raise _unfit(
            file, "bukan berkas putusan lampiran, atau rusak", "it is not a file of decisions, or damaged"
        ) from error
    if found.decisions_version.partition(".")[0] != DECISIONS_VERSION.partition(".")[0]:
        version = found.decisions_version
        raise _unfit(file, f"ditulis oleh versi lain ({version})", f"another version wrote it ({version})")
    return found


def change_decisions(path: Path, change: Callable[[DecisionFile], DecisionFile]) -> DecisionFile:
    """Change a file of decisions and return what it holds then.

    It is read, changed and written while no other process may do the same, and is on the disk when this returns.
    Raises `UsageError` as `load_decisions` does and `OutputError` if it cannot be written; then the old file stays.
    """
    with _alone(path):
        known = load_decisions(path)
        changed = change(known)
        if changed != known:
            place_file(path, (changed.model_dump_json(indent=1) + "\n").encode("utf-8"))
        return changed


@contextlib.contextmanager
def _alone(path: Path) -> Iterator[None]:
    """Keep other processes from changing the file."""
    with contextlib.ExitStack() as held:
        with as_output_error(path.parent):
            if not path.parent.is_dir():
                raise OutputError(
                    id=f"{path.parent} tidak ada, jadi putusan tidak dapat disimpan di sana.",
                    en=f"{path.parent} does not exist, so decisions cannot be kept there.",
                )
            held.enter_context(alone(path))
        yield


def _unfit(file: Path, id: str, en: str) -> UsageError:
    return UsageError(
        id=f"Berkas putusan {file}: {id}. Pindahkan berkas itu atau perbaiki; putusan di dalamnya tidak dipakai.",
        en=f"The file of decisions {file}: {en}. Move it away or mend it; the decisions in it are not used.",
    )
