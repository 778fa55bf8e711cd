"""A folder that a result is to be written to -> permission to replace it, or one clear refusal."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from extract.held_file import read_regular
from extract.settings import LIMITS
from lampiran.publish.atomic_folder import as_output_error, check_untouched, place_folder, recover
from lampiran.publish.checksums import ASIDE, recorded
from schema.errors import OutputError, UsageError
from schema.json_text import from_json
from schema.plan import Plan

_DAMAGED = object()


@dataclass(frozen=True, slots=True)
class WrittenFiles:
    """Where a result was written: its folder and its files, `SHA256SUMS` apart.

    `kept` is the folder with a copy of what a person had changed there, if anything.
    """

    folder: Path
    files: tuple[Path, ...]
    kept: Path | None = None


@dataclass(frozen=True, slots=True)
class FolderKind:
    """A kind of output folder, known by its files: tables, a profile, a comparison of two decrees, an audit, a dashboard.

    `is_ours` tells which file names it may hold. `identity` reads from the bytes of the file `main` what the folder is
    about; `another` says in both languages that it is about something else.
    """

    is_ours: Callable[[str], bool]
    main: str
    identity: Callable[[bytes], object]
    another: tuple[str, str]

    def check_place(self, folder: Path, wanted: object = None, *, force: bool = False) -> None:
        """Refuse with `OutputError` unless the folder is free, or of this kind and may be replaced.

        It may be if its identity is `wanted` and no person changed or added anything, or with `force`.
        Before anything is read there is no `wanted` yet; then the identity is not compared.
        """
        held = _content(folder)
        if not held:
            return
        existing = self._existing(folder)
        written = existing is not None and self.main in (recorded(folder) or {})
        foreign = sorted(
            name for name in held if not (written or (existing is not None and self.is_ours(name)))
        )
        if foreign:  # where we wrote the folder, what else lies there was added, and `force` keeps it
            texts = f"berisi berkas lain ({foreign[0]})", f"holds other files ({foreign[0]})"
            raise _refused(folder, *texts, final=True)
        if not force:
            check_untouched(folder)
            if wanted is not None and existing != wanted:
                raise _refused(folder, *self.another)

    def place(
        self,
        folder: Path,
        wanted: object,
        files: Mapping[str, bytes],
        *,
        force: bool = False,
    ) -> WrittenFiles:
        """Write `files` as the whole content of `folder`, under the rules of `check_place`; its parents are made.

        What a person changed or added there is refused, or with `force` kept in a folder next to it. Raises `OutputError` and
        leaves the old content whole.
        """
        with as_output_error(folder):
            recover(folder)
        self.check_place(folder, wanted, force=force)
        kept = place_folder(folder, files, force=force)
        return WrittenFiles(folder, tuple(folder / name for name in files), kept)

    def _existing(self, folder: Path) -> object:
        """Return the identity of the folder, `None` if it is not of this kind; a damaged one equals no other."""
        try:
            return self.identity(read_regular(folder / self.main, LIMITS.result_bytes))
        except OSError:
            return None
        except (ValueError, KeyError, TypeError, UsageError):
            return _DAMAGED if self.main in (recorded(folder) or {}) else None


def check_result_place(folder: Path, plan: Plan, *, force: bool) -> None:
    """Refuse with `OutputError` unless `plan` may be written as `folder`.

    A result of the same decree or the same input may be replaced, with `force` also that of another decree; a file, a
    link, or a folder that is not a result of ours never. `place_folder` keeps what a person changed.
    """
    if not _content(folder):
        return
    existing = _existing_result(folder)
    if existing is None:
        texts = "berisi berkas yang bukan hasil lampiran", "holds files that are no result of lampiran"
        raise _refused(folder, *texts, final=True)
    if not force:
        check_untouched(folder)
    decree_id, sha256 = existing
    if decree_id != plan.decree_id and sha256 != plan.source.sha256 and not force:
        raise _refused(folder, f"berisi keputusan lain ({decree_id})", f"holds another decree ({decree_id})")


def _existing_result(folder: Path) -> tuple[str, str] | None:
    """Return the decree and the sha256 of the input of a folder's result, `None` if it does not hold one.

    Both are question marks where its `decree.json` was changed so that it cannot be read.
    """
    if not (folder / "datapackage.json").is_file():
        return None
    try:
        written = from_json(read_regular(folder / "decree.json", LIMITS.result_bytes))
        return str(written["decree_id"]), str(written["source"]["sha256"])
    except (OSError, ValueError, KeyError, TypeError):
        return ("?", "?") if "decree.json" in (recorded(folder) or {}) else None


def _content(folder: Path) -> set[str]:
    """Return the names in a folder that may be somebody's; refuse with `OutputError` what is not a folder."""
    with as_output_error(folder):
        if folder.is_symlink() or (folder.exists() and not folder.is_dir()):
            texts = "sudah ada dan bukan folder", "already exists and is no folder"
            raise _refused(folder, *texts, final=True)
        return {entry.name for entry in folder.iterdir()} - ASIDE if folder.exists() else set()


def _refused(folder: Path, id: str, en: str, *, final: bool = False) -> OutputError:
    if final:
        remedy = "Pilih tempat lain dengan -o.", "Choose another place with -o."
    else:
        remedy = "Pilih folder lain atau pakai --force.", "Choose another folder or use --force."
    return OutputError(id=f"{folder} {id}. {remedy[0]}", en=f"{folder} {en}. {remedy[1]}")
